"""Everything that can be read on a web page, paragraph by paragraph, with what its tags say about it.

The extractor says which paragraphs are the article; the words themselves come from here. So nothing is lost that was
to be seen, and no character is changed: extractors drop ZWNJ and soft hyphens and compose letters anew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from annotator.model.article import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "head",
        "title",
        "select",
        "datalist",
        "textarea",
        "input",
        "meta",
        "link",
        "map",
        "progress",
        "meter",
    ]
)
_PARTS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_AROUND = {
    "nav": BlockKind.FURNITURE,
    "footer": BlockKind.FURNITURE,
    "aside": BlockKind.FURNITURE,
    "button": BlockKind.FURNITURE,
    "menu": BlockKind.FURNITURE,
    "figcaption": BlockKind.CAPTION,
}
_NAMED = (
    (
        re.compile(r"(?:^|[\s_-])(?:comment|comments|commentlist|respond|disqus|responses)(?:$|[\s_-])"),
        BlockKind.COMMENT,
    ),
    (re.compile(r"photo-?credit|image-?credit|(?:^|[\s_-])credit|copyright-?holder|photographer"), BlockKind.CREDIT),
    (re.compile(r"caption"), BlockKind.CAPTION),
    (re.compile(r"(?:^|[\s_-])by-?line|(?:^|\s)author(?:-?name)?(?:$|\s)|article-?author"), BlockKind.BYLINE),
    (
        re.compile(
            r"(?:^|[\s_-])(?:share|sharing|social|sharedaddy|newsletter|related|breadcrumbs?|sidebar|widget|advert\w*|ads?|promo|"
            r"cookie|menu|navbar|navigation|tags?|footer|masthead|paywall|subscribe|toolbar|pagination|skip-link)(?:$|[\s_-])"
        ),
        BlockKind.FURNITURE,
    ),
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_HEADING = re.compile(r"h[1-6]")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a page.

    Attributes:
        text: its words; blanks as a browser shows them.
        tag: the tag it stands in: ``p``, ``h1``, ``li`` …
        kind: what the tags around it say it is, or None.
        parent: a number that paragraphs in the same container share.
        linked: how many of its characters are links.
    """

    text: str
    tag: str
    kind: BlockKind | None
    parent: int
    linked: int


@dataclass(slots=True)
class _Place:
    """What is known inside an element."""

    tag: str = "body"
    kind: BlockKind | None = None
    number: int = 0
    parent: int = 0
    is_link: bool = False
    is_pre: bool = False


@dataclass(slots=True)
class _Collector:
    found: list[Paragraph] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str | None, place: _Place) -> None:
        if text:
            self.parts.append(text if place.is_pre else _BLANKS.sub(" ", text))
            self.linked += len(text.strip()) if place.is_link else 0

    def end(self, place: _Place) -> None:
        if not self.parts:
            return
        text = "".join(self.parts)
        text = text.strip("\n") if place.is_pre else re.sub(" {2,}", " ", text).strip(" ")
        if text.strip():
            self.found.append(Paragraph(text, place.tag, place.kind, place.parent, self.linked))
        self.parts.clear()
        self.linked = 0


def visible(root: "_Element") -> list[Paragraph]:
    """Return the paragraphs of a page in their order. Scripts, styles, form fields and hidden parts are left out."""
    collector = _Collector()
    places = [_Place()]
    for number, (event, element) in enumerate(_walk(root)):
        place = places[-1]
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _PARTS or tag == "br":
                collector.end(place)
            inner = _inside(element, tag, place, number)
            places.append(inner)
            collector.add(element.text, inner)
        else:
            if tag in _PARTS:
                collector.end(place)
            if event == "end":
                places.pop()
            collector.add(element.tail, places[-1])
    collector.end(places[-1])
    return collector.found


def _walk(root: "_Element") -> Iterator[tuple[str, "_Element"]]:
    """Yield ``start`` and ``end`` of what is shown, and ``skip`` for what is not; without recursion."""
    stack = [(root, iter(root))]
    yield "start", root
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif _is_shown(child):
            yield "start", child
            stack.append((child, iter(child)))
        else:
            yield "skip", child


def _is_shown(element: "_Element") -> bool:
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return False
    return "hidden" not in element.attrib and not _HIDDEN.search(element.get("style", ""))


def _inside(element: "_Element", tag: str, place: _Place, number: int) -> _Place:
    is_part = tag in _PARTS
    return _Place(
        tag=tag if is_part else place.tag,
        kind=_kind(element, tag, place.kind),
        number=number if is_part else place.number,
        parent=place.number if is_part else place.parent,
        is_link=place.is_link or tag == "a",
        is_pre=place.is_pre or tag == "pre",
    )


def _kind(element: "_Element", tag: str, outer: BlockKind | None) -> BlockKind | None:
    if tag == "button":
        return BlockKind.FURNITURE
    if outer in (BlockKind.COMMENT, BlockKind.CREDIT):
        return outer
    if tag in ("html", "body", "main", "article"):
        return outer
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}".lower()
    kind = _named(names) if names.strip() and len(names) <= 300 else None
    if kind is not None:
        # A caption in a gallery's widget is a caption; a share box in an article is no article.
        return outer if outer is BlockKind.CAPTION and kind is BlockKind.FURNITURE else kind
    if element.get("rel") == "author":
        return BlockKind.BYLINE
    return _AROUND.get(tag, outer)


@lru_cache(10_000)
def _named(names: str) -> BlockKind | None:
    """Return what names of classes say; kept, because the pages of a site have the same ones."""
    return next((kind for pattern, kind in _NAMED if pattern.search(names)), None)


def is_heading(tag: str) -> bool:
    """Return whether a tag is one of h1 to h6."""
    return bool(_HEADING.fullmatch(tag))
