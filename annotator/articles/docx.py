"""A Word document (DOCX) -> article.

Read from its XML and not through python-docx, whose paragraphs leave out what was inserted with tracking on, what stands
in content controls and text boxes, and the notes.
"""

import posixpath
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

_OFFICE = "officeDocument"
_NOTES = ("footnotes", "endnotes")
_MARGINS = ("header", "footer")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
_LEFT_OUT = frozenset({
    "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "commentReference", "annotationRef",
    "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr",
    "sectPr", "binData", "rt", "rubyPr",
})  # fmt: skip
_OFF = frozenset({"0", "false", "off"})


def read_docx(source: Source) -> Reading:
    """Return the articles of a Word document: one, or those of the news database that wrote it.

    Tables, text boxes, content controls and notes are read; tracked changes are taken as accepted; comments and hidden
    text are left out. What was done stands in the provenance.

    Raises:
        UnreadableError: it is damaged, packed to do harm, too large, or has no words.
    """
    with Members(source) as members:
        document = _Docx(members, source.limits.document).read()
    pieces = document.pieces()
    if not pieces:
        raise UnreadableError(
            "There are no words in this document. If it shows pictures of pages, save their text and add that."
        )
    return read_pieces(source, Page(pieces, "docx", report=document.report()))


class _Docx:
    """One pass over the parts of a document."""

    def __init__(self, members: Members, largest: int) -> None:
        self._members = members
        self._largest = largest
        self._main = self._target("_rels/.rels", _OFFICE) or "word/document.xml"
        self._styles: dict[str, str] = {}
        self._document = Document()
        self._boxes: list[_Element] = []
        self._joins = False
        self._links: dict[str, str] = {}
        self._link = ""

    def read(self) -> Document:
        relations = self._relations()
        for target in relations.get("styles", ()):
            self._styles = _style_names(self._part(target))
        self._add(self._part(self._main))
        for kind in _NOTES:
            for target in relations.get(kind, ()):
                self._document.notes += self._noted(self._part(target))
        for kind in _MARGINS:
            for target in relations.get(kind, ()):
                self._document.margins += ["\n".join(self._texts(self._part(target)))]
        return self._document

    def _part(self, name: str) -> "_Element":
        return parse_xml(self._members.read(name, self._largest))

    def _target(self, relations: str, kind: str) -> str:
        if relations not in self._members:
            return ""
        root = parse_xml(self._members.read(relations))
        found = next((each for each in root if each.get("Type", "").endswith("/" + kind)), None)
        return "" if found is None else found.get("Target", "").lstrip("/")

    def _relations(self) -> dict[str, list[str]]:
        folder, name = posixpath.split(self._main)
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, list[str]] = {}
        if path not in self._members:
            return found
        for each in parse_xml(self._members.read(path)):
            target = each.get("Target", "")
            if each.get("TargetMode") == "External":
                self._links[each.get("Id", "")] = target
                continue
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if full in self._members:
                found.setdefault(each.get("Type", "").rpartition("/")[2], []).append(full)
        return found

    def _add(self, root: "_Element") -> None:
        for paragraph in self._paragraphs(root):
            body = self._document.body
            if self._joins and body:
                # The mark between the two was deleted with tracking on.
                body[-1] = Paragraph(body[-1].text + paragraph.text, body[-1].style)
            else:
                body.append(paragraph)
            self._joins = paragraph.style == _JOINED

    def _noted(self, root: "_Element") -> list[str]:
        return ["\n".join(self._texts(each)) for each in root if local_name(each) in ("footnote", "endnote")]

    def _texts(self, root: "_Element") -> list[str]:
        return [each.text for each in self._paragraphs(root) if each.text.strip()]

    def _paragraphs(self, root: "_Element") -> Iterator[Paragraph]:
        for child in root:
            match local_name(child):
                case "p":
                    yield self._paragraph(child)
                    boxes, self._boxes = self._boxes, []
                    for box in boxes:
                        yield from self._paragraphs(box)
                case "tr" if not self._is_deleted_row(child):
                    yield from (Paragraph(line) for line in row_lines(self._cells(child)))
                case name if name not in _LEFT_OUT:
                    # Tables, content controls, tracked blocks, the body itself.
                    yield from self._paragraphs(child)

    def _cells(self, row: "_Element") -> list[list[str]]:
        cells: list[list[str]] = []
        for child in row:
            if local_name(child) == "tc":
                cells.append(self._texts(child))
            elif local_name(child) not in _LEFT_OUT:
                cells += self._cells(child)
        return cells

    def _is_deleted_row(self, row: "_Element") -> bool:
        properties = _child(row, "trPr")
        return properties is not None and _child(properties, "del") is not None

    def _paragraph(self, element: "_Element") -> Paragraph:
        properties = _child(element, "pPr")
        style = ""
        if properties is not None:
            style = self._styles.get(_value(_child(properties, "pStyle")), "")
            marks = _child(properties, "rPr")
            if marks is not None and _child(marks, "del") is not None:
                self._document.deletions += 1
                style = _JOINED
        self._link = ""
        words = "".join(self._words(element))
        return Paragraph(words, style, self._link)

    def _words(self, element: "_Element") -> Iterator[str]:
        for child in element:
            name = local_name(child)
            if name == "t":
                yield child.text or ""
            elif name in _MARKS:
                yield _MARKS[name]
            elif name == "r":
                yield from self._run(child)
            elif name == "sym":
                yield _symbol(child)
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name in _LEFT_OUT:
                self._document.deletions += name in ("del", "moveFrom")
                self._document.comments += name == "commentReference"
            else:
                if name == "hyperlink":
                    self._link = self._link or self._links.get(_attribute(child, "id"), "")
                self._document.insertions += name in ("ins", "moveTo")
                yield from self._words(child)

    def _run(self, run: "_Element") -> Iterator[str]:
        properties = _child(run, "rPr")
        hidden = None if properties is None else _child(properties, "vanish")
        if hidden is None or _value(hidden) in _OFF:
            yield from self._words(run)
        else:
            self._document.hidden += 1


_JOINED = "joined to the next"
"""Stands for the style of a paragraph whose end was deleted with tracking on."""


def _child(element: "_Element", name: str) -> "_Element | None":
    return next((each for each in element if local_name(each) == name), None)


def _value(element: "_Element | None") -> str:
    return "" if element is None else _attribute(element, "val")


def _attribute(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name)), "")


def _style_names(root: "_Element") -> dict[str, str]:
    """Return the English name of each style by its id: ids are translated, names of built-in styles are not."""
    names: dict[str, str] = {}
    for style in root:
        if local_name(style) == "style":
            names[_attribute(style, "styleId")] = _value(_child(style, "name")).lower()
    return names


def _symbol(element: "_Element") -> str:
    try:
        letter = chr(int(_attribute(element, "char"), 16))
    except (ValueError, OverflowError):
        return ""
    # Symbol fonts keep their letters where Unicode means nothing.
    return "" if "\ue000" <= letter <= "\uf8ff" or "\ud800" <= letter <= "\udfff" else letter
