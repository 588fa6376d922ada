"""An OpenDocument text (ODT) -> article."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.articles.archive import Members
from annotator.articles.databases import read_pieces
from annotator.articles.document import Document, Paragraph, row_lines
from annotator.articles.markup import local_name, parse_xml
from annotator.articles.reading import Page, Reading
from annotator.articles.source import Source, UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_BLANKS = re.compile(r"[ \t\r\n]+")
"""What counts as one blank; more of them are written as elements."""
_MOST_BLANKS = 100
"""A run of blanks is written as its number, and that may be a lie."""
_LEFT_OUT = frozenset({
    "annotation-end", "sequence-decls", "variable-decls", "user-field-decls", "forms", "table-of-content-source",
    "tracked-changes", "hidden-text", "desc", "event-listeners", "binary-data", "script", "note-citation",
    "change", "change-start", "change-end", "bookmark", "bookmark-start", "bookmark-end", "ruby-text",
})  # fmt: skip
_STYLED = {
    "title": "title",
    "subtitle": "subtitle",
    "caption": "caption",
    "illustration": "caption",
    "figure": "caption",
}


def read_odt(source: Source) -> Reading:
    """Return the articles of an OpenDocument text: one, or those of the news database that wrote it.

    Tables, text boxes and notes are read; tracked deletions, comments and hidden text are left out.

    Raises:
        UnreadableError: it is damaged, encrypted, packed to do harm, too large, or has no words.
    """
    with Members(source) as members:
        if _MANIFEST in members and b"encryption-data" in members.read(_MANIFEST):
            raise UnreadableError("This document is protected by a password. Save it without one and add that.")
        content = parse_xml(members.read(_CONTENT, source.limits.document))
        styles = parse_xml(members.read(_STYLES, source.limits.document)) if _STYLES in members else None
    document = _Odt(content, styles).read()
    pieces = document.pieces()
    if not pieces:
        raise UnreadableError(
            "There are no words in this document. If it shows pictures of pages, save their text and add that."
        )
    return read_pieces(source, Page(pieces, "odt", report=document.report()))


class _Odt:
    """One pass over the content of a document."""

    def __init__(self, content: "_Element", styles: "_Element | None") -> None:
        self._content = content
        self._styles = styles
        self._parents = {
            _get(style, "name"): _get(style, "parent-style-name")
            for root in (content, styles)
            if root is not None
            for style in root.iter("{*}style")
        }
        self._document = Document()
        self._boxes: list[_Element] = []

    def read(self) -> Document:
        body = next(self._content.iter("{*}body"), None)
        text = None if body is None else next(iter(body), None)
        if text is not None:
            changes = next(text.iter("{*}tracked-changes"), None)
            if changes is not None:
                self._document.deletions = sum(1 for _ in changes.iter("{*}deletion"))
                self._document.insertions = sum(1 for _ in changes.iter("{*}insertion"))
            self._document.body += self._paragraphs(text)
        if self._styles is not None:
            for kind in ("header", "footer"):
                for margin in self._styles.iter("{*}" + kind):
                    self._document.margins.append("\n".join(self._texts(margin)))
        return self._document

    def _texts(self, root: "_Element") -> list[str]:
        return [each.text for each in self._paragraphs(root) if each.text.strip()]

    def _paragraphs(self, root: "_Element") -> Iterator[Paragraph]:
        for child in root:
            name = local_name(child)
            if name in ("p", "h"):
                level = _get(child, "outline-level") or "1" if name == "h" else ""
                yield Paragraph("".join(self._words(child)), f"heading {level}" if level else self._style(child))
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self._paragraphs(box)
            elif name == "table-row":
                yield from (Paragraph(line) for line in row_lines([self._texts(cell) for cell in child]))
            elif name == "annotation":
                self._document.comments += 1
            elif name not in _LEFT_OUT:
                yield from self._paragraphs(child)

    def _style(self, element: "_Element") -> str:
        """Return the style's name among those that say a kind; an automatic style says its parent's."""
        name = _get(element, "style-name")
        for _ in range(10):
            if name.lower() in _STYLED:
                return _STYLED[name.lower()]
            name = self._parents.get(name, "")
        return ""

    def _words(self, element: "_Element") -> Iterator[str]:
        yield _BLANKS.sub(" ", element.text or "")
        for child in element:
            name = local_name(child)
            if name == "s":
                count = _get(child, "c")
                yield " " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS)
            elif name == "tab":
                yield "\t"
            elif name == "line-break":
                yield "\n"
            elif name == "note":
                self._document.notes += ["\n".join(self._texts(body)) for body in child.iter("{*}note-body")]
            elif name == "annotation":
                self._document.comments += 1
            elif name == "hidden-text":
                self._document.hidden += 1
            elif name == "text-box":
                self._boxes.append(child)
            elif name not in _LEFT_OUT and name:
                yield from self._words(child)
            yield _BLANKS.sub(" ", child.tail or "")


def _get(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
