"""What a web page says about itself: headline, names, dates, outlet, addresses."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotator.articles.dates import read_date
from annotator.model.article import Metadatum

if TYPE_CHECKING:
    from lxml.etree import _Element

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)(?:\s+saved date:\s*([^\n]+))?")
_LD_LARGEST = 500_000
_COMMENTS = 20
_META = {
    "url": ("og:url",),
    "outlet": ("og:site_name", "application-name", "citation_journal_title", "dc.publisher"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "date published": (
        "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "parsely-pub-date",
        "publishdate", "sailthru.date", "citation_publication_date", "og:published_time",
    ),
    "date updated": ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified"),
    "section": ("article:section", "parsely-section", "section"),
    "headline": ("og:title", "twitter:title", "dc.title", "headline", "citation_title"),
    "language": ("og:locale", "content-language", "dc.language"),
}  # fmt: skip
_KINDS = re.compile(r"article|newsarticle|blogposting|report|posting", re.IGNORECASE)


def describe(root: "_Element") -> dict[str, Metadatum]:
    """Return what the page's head says, by key; ``headline`` and ``language`` too."""
    found: dict[str, Metadatum] = {}
    for key, words in (*_linked_data(root), *_meta(root), *_addresses(root)):
        value = " ".join(words.split())[:1000]
        if not value or (key == "byline" and value.startswith("http")):
            continue
        if key.startswith("date "):
            found.setdefault(key, Metadatum(key, read_date(value), value))
        else:
            found.setdefault(key, Metadatum(key, value))
    return found


def _meta(root: "_Element") -> Iterator[tuple[str, str]]:
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content"):
            said.setdefault(name.lower(), element.get("content", ""))
    for key, names in _META.items():
        for name in names:
            if name in said:
                yield key, said[name]
    for time in root.iter("time"):
        if time.get("datetime") and (time.get("itemprop") == "datePublished" or "pubdate" in time.attrib):
            yield "date published", time.get("datetime", "")
    yield "language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _addresses(root: "_Element") -> Iterator[tuple[str, str]]:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield "canonical url", link.get("href", "")
    for comment in _comments(root):
        saved = _SAVED_FROM.search(comment)
        if saved:
            yield "url", saved[1]
        single = _SINGLE_FILE.search(comment)
        if single:
            yield "url", single[1]
            yield "date accessed", single[2] or ""


def _comments(root: "_Element") -> Iterator[str]:
    # Lazily, as lxml is: this module is imported when the program starts.
    from lxml import etree  # noqa: PLC0415

    # Browsers write where a page was saved from above its html element, or first in it.
    before = list(root.itersiblings(preceding=True))
    above = [each for each in before if not isinstance(each.tag, str)]
    for each in (*above, *islice(root.iter(etree.Comment), _COMMENTS)):
        yield str(each.text or "")


def _linked_data(root: "_Element") -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LD_LARGEST:
            continue
        try:
            data = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        for each in _articles(data):
            yield "headline", _string(each.get("headline"))
            yield "byline", _names(each.get("author"))
            yield "outlet", _names(each.get("publisher"))
            yield "date published", _string(each.get("datePublished"))
            yield "date updated", _string(each.get("dateModified"))
            yield "section", _string(each.get("articleSection"))


def _articles(data: object) -> Iterator[dict[str, object]]:
    items = data if isinstance(data, list) else [data]
    for item in items[:50]:
        if not isinstance(item, dict):
            continue
        graph = item.get("@graph")
        if isinstance(graph, list):
            yield from (each for each in graph[:100] if isinstance(each, dict) and _is_article(each))
        elif _is_article(item):
            yield item


def _is_article(item: dict[str, object]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and _KINDS.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _string(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(each for each in value if isinstance(each, str))
    return value if isinstance(value, str) else ""


def _names(value: object) -> str:
    several = value if isinstance(value, list) else [value]
    names = (each.get("name") if isinstance(each, dict) else each for each in several)
    return ", ".join(name for name in names if isinstance(name, str))
