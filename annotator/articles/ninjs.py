"""What agencies send as JSON (ninjs 1, 2 and 3) -> an article: each field under its name, the body's paragraphs."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.articles.compose import compose
from annotator.articles.dates import read_date
from annotator.articles.encoding import decode
from annotator.articles.reading import Page, Piece, Reading
from annotator.articles.source import Source, UnreadableError
from annotator.articles.web import Origin, page_of
from annotator.model.article import BlockKind, Metadatum

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_MARKED_UP = ("xhtml", "html")
_PLAIN = ("text", "plain")
_DATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("date published", ("contentcreated", "firstcreated", "versioncreated")),
    ("date updated", ("versioncreated", "contentmodified")),
)
_TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("agency", ("infosource", "infosources", "creditline", "copyrightholder")),
    ("dateline", ("located", "locateds")),
    ("rights", ("usageterms", "copyrightnotice")),
    ("database id", ("uri",)),
)


def read_ninjs(source: Source) -> Reading:
    """Return the article of a ninjs item.

    Raises:
        UnreadableError: it is no sound JSON, or holds no text.
    """
    decoded = decode(source.read())
    try:
        item = json.loads(decoded.text.lstrip("\ufeff"))
    except ValueError as error:
        raise UnreadableError(f"This is no sound JSON ({error}). Get the file once more.") from None
    if not isinstance(item, dict):
        raise UnreadableError("This is no single item of an agency. Add it as a table, with a line for each article.")
    body = list(_body(item))
    if not body:
        raise UnreadableError("There is no text in this item; it may describe a picture or a video only.")
    headline = _said(item, ("headline", "headlines"))
    byline = _said(item, ("byline", "by"))
    head = ((headline, BlockKind.HEADLINE), (byline, BlockKind.BYLINE))
    pieces = [Piece(words, kind) for words, kind in head if words]
    said = {piece.text for piece in pieces}
    pieces += [piece for piece in body if " ".join(piece.text.split()) not in said]
    language = str(item.get("language") or "").split("-")[0].lower()
    metadata = tuple(_metadata(item))
    page = Page(tuple(pieces), "ninjs", headline, metadata, language, encoding=decoded.how)
    return Reading((compose(source, page),))


def _body(item: Mapping[str, Any]) -> Iterator[Piece]:
    """Yield the paragraphs of the body: with markup where there is one, because that says what they are."""
    bodies = item.get("bodies")
    found: dict[str, str] = {}
    if isinstance(bodies, list):
        for each in bodies:
            if isinstance(each, dict) and isinstance(each.get("value"), str):
                kind = str(each.get("contenttype") or each.get("role") or "text").lower()
                found.setdefault("html" if "html" in kind else "text", each["value"])
    for kind in (*_MARKED_UP, *_PLAIN):
        if isinstance(item.get(f"body_{kind}"), str):
            found.setdefault("html" if kind in _MARKED_UP else "text", item[f"body_{kind}"])
    if found.get("html", "").strip():
        yield from page_of(found["html"], Origin(importer="ninjs"), whole=False).pieces
    elif found.get("text", "").strip():
        yield from map(Piece, _PARAGRAPHS.split(found["text"].replace("\r\n", "\n")))


def _metadata(item: Mapping[str, Any]) -> Iterator[Metadatum]:
    byline = _said(item, ("byline", "by"))
    if byline:
        name = re.sub(r"(?i)^by\s+", "", byline)
        yield Metadatum("byline", name, byline if name != byline else "")
    for key, names in _DATES:
        date = _said(item, names)
        if date:
            yield Metadatum(key, read_date(date), date)
    for key, names in _TOLD:
        value = _said(item, names)
        if value:
            yield Metadatum(key, value)


def _said(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the words of the first of some fields that says anything: a text, or the first of a list of them."""
    for name in names:
        value = item.get(name)
        if isinstance(value, list):
            main = [each for each in value if isinstance(each, dict) and each.get("role") == "main"]
            value = next(iter(main or value), None)
        if isinstance(value, dict):
            value = value.get("value") or value.get("name") or value.get("uri")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""
