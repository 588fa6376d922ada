"""A web page -> article: all that can be read on it, with the article told from the page around it."""

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from annotator.articles.databases import read_pieces
from annotator.articles.dates import read_date
from annotator.articles.encoding import Decoded, decode
from annotator.articles.reading import Page, Piece, Reading
from annotator.articles.shapes import (
    is_byline,
    is_caption,
    is_comments_heading,
    is_credit,
    is_date_line,
    is_furniture,
    split_caption,
)
from annotator.articles.source import Source, UnreadableError, too_large
from annotator.articles.visible import Paragraph, is_heading, visible
from annotator.articles.webmeta import describe
from annotator.model.article import BlockKind, Metadatum
from annotator.text.language import detect_language
from annotator.text.similar import comparable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_WESTERN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})
_OTHER_SCRIPTS = frozenset({"cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u"})
_DATA = re.compile(r"data:[\w/+.-]{3,40};base64,[A-Za-z0-9+/=\s]{100,}")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*>")
_DEEP = "Excessive depth"
_EXTRACTED = 3_000_000
"""Code points of markup above which the extractor would take minutes; larger pages are typed by their tags alone."""
_LARGEST = 8_000_000
"""Code points of markup without the pictures in it. A tree of more takes a gigabyte; no page of news has a tenth."""
_SITE = re.compile(r"\s+[|\u2013\u2014\u00bb-]\s+[^|\u2013\u2014\u00bb]{2,60}$")
_LONG = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known about a page from outside: its address, when it was fetched, the charset that was announced."""

    url: str = ""
    accessed: str = ""
    charset: str = ""
    importer: str = "html"
    name: str = ""


def read_html(source: Source) -> Reading:
    """Return the article on a web page; several where a news database made the page.

    Raises:
        UnreadableError: there is nothing to read on it, it is too large, or nests too deeply.
    """
    decoded = decode_page(source.read())
    return read_pieces(source, page_of(decoded.text, Origin(), encoding=decoded.how))


def decode_page(data: bytes, announced: str = "") -> Decoded:
    """Return the text of a page: by mark, as UTF-8, as it says itself where that fits, else by a guess.

    What a page says of its encoding is often a lie, and that it is UTF-8 can be seen.
    """
    decoded = decode(data)
    if decoded.encoding.startswith("utf") and "guessed" not in decoded.how and "broken" not in decoded.how:
        return decoded
    found = _META_CHARSET.search(data[:8192])
    for said in (found[1].decode("ascii") if found else "", announced):
        name = "cp1252" if said.lower() in _WESTERN else said
        if not name or (name == "cp1252" and decoded.encoding in _OTHER_SCRIPTS):
            continue
        try:
            return Decoded(data.decode(name), name.lower(), f"{said} (the page says so)")
        except (LookupError, UnicodeDecodeError):
            continue
    return decoded


def page_of(markup: str, origin: Origin, *, encoding: str = "", whole: bool = True) -> Page:
    """Return the page that some HTML is: a whole one, or a part that somebody copied (then all of it is article).

    Raises:
        UnreadableError: it nests too deeply or is too large.
    """
    markup = _DATA.sub("data:,", _DECLARED.sub("", markup)).replace("\0", "")
    if len(markup) > _LARGEST:
        raise UnreadableError(too_large(len(markup), _LARGEST))
    root, is_deep = parse_html(markup)
    paragraphs = visible(root)
    said = describe(root)
    kept = extracted(root) if whole and not is_deep and len(markup) <= _EXTRACTED else None
    headline = _headline(paragraphs, root, said)
    pieces = _pieces(paragraphs, kept, headline)
    body = "\n".join(piece.text for piece in pieces if piece.kind is None)
    metadata = _metadata(said, origin)
    language = detect_language(body) or _language(said)
    title = _title(paragraphs, headline, said)
    return Page(pieces, origin.importer, title, metadata, language, encoding, name=origin.name)


def parse_html(markup: str) -> tuple["HtmlElement", bool]:
    """Return the root of a page, and whether it nests so deeply that only a walk without recursion is safe.

    Raises:
        UnreadableError: there is nothing in it, or it nests deeper than the parser goes.
    """
    # Heavy: loaded when the first page is read.
    from lxml import etree, html  # noqa: PLC0415

    for huge in (False, True):
        parser = html.HTMLParser(encoding="utf-8", huge_tree=huge, no_network=True)
        try:
            root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
            raise UnreadableError("There is nothing on this page that could be read.") from None
        # libxml2 stops there and leaves out the rest without an error.
        if not any(_DEEP in entry.message for entry in parser.error_log):
            return root, huge
    raise UnreadableError("This page nests deeper than any page does. Save its text as a .txt file and add that.")


def extracted(root: "HtmlElement") -> frozenset[str] | None:
    """Return what the extractor takes for the article, as comparable paragraphs; None where it finds nothing."""
    # Heavy, half a second: loaded when the first page is read.
    from trafilatura import bare_extraction  # noqa: PLC0415

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # It takes the tree apart.
    document = bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, with_metadata=False, include_links=False
    )
    text = getattr(document, "text", None)
    if not text:
        return None
    return frozenset(key for line in text.split("\n") if (key := comparable(line)))


def _pieces(paragraphs: Sequence[Paragraph], kept: frozenset[str] | None, headline: int | None) -> tuple[Piece, ...]:
    keys = [comparable(each.text) for each in paragraphs]
    joined = f" {'  '.join(sorted(kept))} " if kept else ""
    is_kept = [kept is None or key in kept or (len(key) > 24 and f" {key} " in joined) for key in keys]
    homes = {each.parent for each, taken in zip(paragraphs, is_kept, strict=True) if kept and taken and each.tag == "p"}
    pieces: list[Piece] = []
    for number, (paragraph, taken) in enumerate(zip(paragraphs, is_kept, strict=True)):
        if number == headline:
            pieces.append(Piece(paragraph.text, BlockKind.HEADLINE))
            continue
        kind = _kind(paragraph, taken=taken, at_home=paragraph.parent in homes, extracted=kept is not None)
        is_menu = kind is BlockKind.FURNITURE and len(paragraph.text) < _LONG
        before = pieces[-1] if pieces else None
        if is_menu and before and before.kind is BlockKind.FURNITURE and number - 1 != headline:
            # A menu of a hundred links is one stretch of furniture, not a hundred.
            pieces[-1] = Piece(f"{before.text}\n{paragraph.text}", BlockKind.FURNITURE)
        else:
            pieces.append(Piece(paragraph.text, kind))
    return tuple(pieces)


def _kind(paragraph: Paragraph, *, taken: bool, at_home: bool, extracted: bool) -> BlockKind | None:
    """Return what a paragraph is where its tags or the extractor say it, or None where its words must."""
    words = " ".join(paragraph.text.split())
    if paragraph.kind is BlockKind.COMMENT:
        return BlockKind.FURNITURE if is_furniture(words) or is_comments_heading(words) else paragraph.kind
    if paragraph.kind in (BlockKind.CAPTION, BlockKind.CREDIT):
        return BlockKind.CREDIT if is_credit(words) and not split_caption(words) else paragraph.kind
    if paragraph.kind is BlockKind.BYLINE and len(words) <= _LONG:
        return BlockKind.DATELINE if is_date_line(words) else BlockKind.BYLINE
    if _is_shaped_often(words) if len(words) <= _LONG else _is_shaped(words):
        return None if taken or at_home or not extracted else _shape(words)
    if taken and not (paragraph.kind is BlockKind.FURNITURE and not extracted):
        return BlockKind.SUBHEAD if is_heading(paragraph.tag) and not is_furniture(words) else None
    # Something that the extractor dropped from among the paragraphs it kept is its mistake, unless it is all links.
    if at_home and paragraph.tag == "p" and paragraph.kind is None and paragraph.linked * 2 < len(paragraph.text):
        return None
    return BlockKind.FURNITURE


def _is_shaped(words: str) -> bool:
    return bool(
        is_caption(words) or split_caption(words) or is_credit(words) or is_byline(words) or is_date_line(words)
    )


_is_shaped_often = lru_cache(10_000)(_is_shaped)
"""The same for short lines, which are kept: the menus of a site are the same on all its pages."""


def _shape(words: str) -> BlockKind:
    if is_byline(words):
        return BlockKind.BYLINE
    if is_date_line(words):
        return BlockKind.DATELINE
    return BlockKind.CREDIT if is_credit(words) and not split_caption(words) else BlockKind.CAPTION


def _headline(paragraphs: Sequence[Paragraph], root: "HtmlElement", said: dict[str, Metadatum]) -> int | None:
    """Return the number of the paragraph that is the headline: what the head names, or the first h1."""
    title = root.find(".//title")
    whole = "" if title is None else str(title.text or "")
    named = [said["headline"].value if "headline" in said else "", whole, _SITE.sub("", whole)]
    wanted = {key for each in named if (key := comparable(each))}
    headings: list[int] = [number for number, each in enumerate(paragraphs) if is_heading(each.tag)]
    first: list[int] = [number for number in headings if paragraphs[number].tag == "h1"]
    for number in chain(first, headings, range(len(paragraphs))):
        if comparable(paragraphs[number].text) in wanted and paragraphs[number].kind is not BlockKind.FURNITURE:
            return number
    page = comparable(whole)
    inside = [each for each in first if (key := comparable(paragraphs[each].text)) and key in page]
    if inside:
        return inside[0]
    return first[0] if len(first) == 1 else None


def _title(paragraphs: Sequence[Paragraph], headline: int | None, said: dict[str, Metadatum]) -> str:
    """Return the title: the headline as it is shown, else as the head names it."""
    if headline is not None:
        return " ".join(paragraphs[headline].text.split())
    return said["headline"].value if "headline" in said else ""


def _metadata(said: dict[str, Metadatum], origin: Origin) -> tuple[Metadatum, ...]:
    found = {key: value for key, value in said.items() if key not in ("headline", "language")}
    if origin.url:
        found["url"] = Metadatum("url", origin.url)
    if origin.accessed:
        found["date accessed"] = Metadatum("date accessed", read_date(origin.accessed), origin.accessed)
    if found.get("canonical url") and found.get("url") and found["canonical url"].value == found["url"].value:
        del found["canonical url"]
    return tuple(found.values())


def _language(said: dict[str, Metadatum]) -> str:
    code = said["language"].value.replace("_", "-").split("-")[0].lower() if "language" in said else ""
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""
