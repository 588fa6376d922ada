"""What agencies send (NewsML-G2, NewsML 1, NITF) -> articles: each field under its name, the body's paragraphs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.articles.compose import compose
from annotator.articles.dates import read_date
from annotator.articles.markup import local_name, parse_xml, words
from annotator.articles.reading import NewArticle, Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.model.article import BlockKind, Metadatum
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_ITEMS = frozenset({"newsItem", "NewsItem"})
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HEAD = (
    (("headline", "hl1", "HeadLine"), BlockKind.HEADLINE),
    (("hl2", "SubHeadLine", "slugline-subhead"), BlockKind.SUBHEAD),
    (("by", "byline", "ByLine"), BlockKind.BYLINE),
    (("dateline", "DateLine"), BlockKind.DATELINE),
)
_CREDITS = ("creditline", "CreditLine", "distributor")
_INSIDE = {
    "hl1": BlockKind.HEADLINE,
    "hl2": BlockKind.SUBHEAD,
    "h1": BlockKind.SUBHEAD,
    "h2": BlockKind.SUBHEAD,
    "h3": BlockKind.SUBHEAD,
    "h4": BlockKind.SUBHEAD,
    "media-caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "media-producer": BlockKind.CREDIT,
    "tagline": None,
    "p": None,
    "li": None,
    "dt": None,
    "dd": None,
    "blockquote": None,
    "bq": None,
    "pre": None,
    "td": None,
    "th": None,
}
_BODIES = ("body.content", "inlineXML", "DataContent", "body", "inlineData")


def read_newsml(source: Source) -> Reading:
    """Return the articles of a NewsML-G2 or NewsML 1 file: one an item that has text.

    Raises:
        UnreadableError: it is no sound XML, or holds no text.
    """
    root = parse_xml(source.read())
    items = [root] if local_name(root) in _ITEMS else [each for each in root.iter() if local_name(each) in _ITEMS]
    return _read(source, items or [root], "newsml")


def read_nitf(source: Source) -> Reading:
    """Return the article of a NITF file.

    Raises:
        UnreadableError: it is no sound XML, or holds no text.
    """
    root = parse_xml(source.read())
    inside = [each for each in root.iter() if local_name(each) == "nitf"]
    return _read(source, inside or [root], "nitf")


def _read(source: Source, items: list["_Element"], importer: str) -> Reading:
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    for number, item in enumerate(items[: source.limits.articles], start=1):
        if source.cancelled():
            break
        try:
            page = _page(item, importer, f"{source.name}, item {number}" if len(items) > 1 else "")
            articles.append(compose(source, page))
        except UnreadableError as error:
            if len(items) == 1:
                raise
            problems.append(source.problem(f"Item {number:,}: {error}", getattr(item, "sourceline", None)))
        source.told(len(articles))
    return Reading(tuple(articles), tuple(problems))


def _page(item: "_Element", importer: str, name: str) -> Page:
    head: dict[BlockKind, list[str]] = {}
    for names, kind in _HEAD:
        found = (words(each) for each in _named(item, names))
        head[kind] = list(dict.fromkeys(text for text in found if text))[: 3 if kind is BlockKind.BYLINE else 1]
    pieces = [Piece(text, kind) for kind, texts in head.items() for text in texts]
    said = {piece.text for piece in pieces}
    body = next((each for part in _BODIES for each in _named(item, (part,))), None)
    if body is None:
        raise UnreadableError("There is no text in this item; it may describe a picture or a video only.")
    pieces += [piece for piece in _paragraphs(body) if " ".join(piece.text.split()) not in said]
    headline = next(iter(head[BlockKind.HEADLINE]), "")
    return Page(tuple(pieces), importer, headline, tuple(_metadata(item)), _language(item), name=name)


def _paragraphs(body: "_Element") -> Iterator[Piece]:
    """Yield what stands in the body: paragraphs as the tags part them, or lines where there are no tags."""
    if not any(local_name(each) in _INSIDE for each in body.iter()):
        for line in "".join(map(str, body.itertext())).splitlines():
            yield Piece(line)
        return
    inner: set[_Element] = set()
    for each in body.iter():
        name = local_name(each)
        if name not in _INSIDE or each in inner or name == "hl1":
            continue
        leaves = [below for below in each.iter() if below is not each and local_name(below) in _INSIDE]
        if leaves and _INSIDE[name] is None and not (each.text or "").strip():
            continue
        inner.update(leaves)
        yield Piece(words(each), _INSIDE[name])


def _metadata(item: "_Element") -> Iterator[Metadatum]:
    for key, names, attribute in (
        ("date published", ("date.issue", "story.date", "FirstCreated", "contentCreated", "firstCreated"), "norm"),
        ("date updated", ("contentModified", "ThisRevisionCreated", "versionCreated"), "norm"),
    ):
        found = next(((each.get(attribute) or words(each)) for each in _named(item, names)), "")
        if found:
            yield Metadatum(key, read_date(found), found)
    credit = next((text for each in _named(item, _CREDITS) if (text := words(each))), "")
    if credit:
        yield Metadatum("agency", credit)
    published = next(_named(item, ("position.section", "pubdata")), None)
    if published is not None:
        for key, name in (("outlet", "name"), ("section", "position.section"), ("page", "position.sequence")):
            if published.get(name):
                yield Metadatum(key, published.get(name, ""))
    identity = item.get("guid") or next((each.get("id-string", "") for each in _named(item, ("doc-id",))), "")
    if identity:
        yield Metadatum("database id", identity)
    rights = next((text for each in _named(item, ("copyrightNotice", "usageTerms")) if (text := words(each))), "")
    if rights:
        yield Metadatum("rights", rights)


def _named(item: "_Element", names: tuple[str, ...]) -> Iterator["_Element"]:
    return (each for each in item.iter() if local_name(each) in names)


def _language(item: "_Element") -> str:
    said = next((each.get("tag") or "" for each in _named(item, ("language",))), "") or item.get(_LANGUAGE, "")
    return said.split("-")[0].lower()
