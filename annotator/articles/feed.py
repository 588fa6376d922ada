"""A feed (RSS 0.9 to 2.0, Atom) -> articles, one an entry. Most feeds hold summaries only; the report says so."""

from typing import TYPE_CHECKING

from annotator.articles.compose import compose
from annotator.articles.dates import read_date
from annotator.articles.markup import local_name, parse_xml, words
from annotator.articles.reading import NewArticle, Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.articles.web import Origin, page_of
from annotator.model.article import BlockKind, Metadatum
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = frozenset({"item", "entry"})
_BODIES = ("encoded", "content", "body", "description", "summary")
"""From the whole text to the summary."""
_FULL = frozenset({"encoded", "content", "body"})
_DATES = {
    "date published": ("pubDate", "published", "date", "issued", "created"),
    "date updated": ("updated", "modified"),
}


def read_feed(source: Source) -> Reading:
    """Return the articles of a feed.

    Raises:
        UnreadableError: it is no sound XML, or has no entries.
    """
    root = parse_xml(source.read())
    entries = [each for each in root.iter() if local_name(each) in _ENTRIES]
    if not entries:
        raise UnreadableError("This feed has no entries.")
    channel = next((each for each in root.iter() if local_name(each) in ("channel", "feed")), root)
    outlet, language = _child(channel, "title"), _child(channel, "language") or _xml_language(root)
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries[: source.limits.articles], start=1):
        if source.cancelled():
            break
        try:
            articles.append(compose(source, _page(source, entry, number, outlet, language)))
        except UnreadableError as error:
            problems.append(source.problem(f"Entry {number:,}: {error}", getattr(entry, "sourceline", None)))
        source.told(len(articles))
    return Reading(tuple(articles), tuple(problems))


def _page(source: Source, entry: "_Element", number: int, outlet: str, language: str) -> Page:
    title = _child(entry, "title")
    body, is_whole = _body(entry)
    pieces = [Piece(title, BlockKind.HEADLINE)] if title else []
    if body:
        # The markup of an entry is escaped into text, so it is read as a page of its own.
        pieces += page_of(body, Origin(), whole=False).pieces if "<" in body else (Piece(body),)
    metadata = [Metadatum("outlet", outlet)] if outlet else []
    for key, names in _DATES.items():
        original = next((value for name in names if (value := _child(entry, name))), "")
        if original:
            metadata.append(Metadatum(key, read_date(original), original))
    author = _child(entry, "creator") or _author(entry)
    link = _link(entry)
    metadata += [Metadatum(key, value) for key, value in (("byline", author), ("url", link)) if value]
    metadata += [Metadatum("section", value) for value in [_child(entry, "category")] if value]
    return Page(
        tuple(pieces),
        "feed",
        title,
        tuple(metadata),
        language.split("-", maxsplit=1)[0].lower() if len(body) < 200 else "",
        report=() if is_whole else ("the feed gives a summary only",),
        name=f"{source.name}, entry {number}",
    )


def _body(entry: "_Element") -> tuple[str, bool]:
    for name in _BODIES:
        for child in entry:
            if local_name(child) == name and (len(child) or (child.text or "").strip()):
                if len(child):
                    from lxml import etree  # noqa: PLC0415 - as heavy as the parser that made the tree

                    return etree.tostring(child, encoding="unicode", with_tail=False), name in _FULL
                return child.text or "", name in _FULL
    return "", False


def _child(element: "_Element", name: str) -> str:
    return next((text for each in element if local_name(each) == name and (text := words(each))), "")


def _author(entry: "_Element") -> str:
    author = next((each for each in entry if local_name(each) == "author"), None)
    return "" if author is None else _child(author, "name") or words(author)


def _link(entry: "_Element") -> str:
    for each in entry:
        if local_name(each) == "link" and each.get("rel", "alternate") == "alternate":
            return each.get("href") or words(each)
    return ""


def _xml_language(root: "_Element") -> str:
    return root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
