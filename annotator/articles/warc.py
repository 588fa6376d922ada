"""A web archive (WARC) -> articles: the pages in it, as they were fetched."""

import logging
from email.message import Message
from typing import TYPE_CHECKING

from annotator.articles.compose import compose
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.source import Source, UnreadableError, too_large, too_many
from annotator.articles.web import Origin, decode_page, page_of
from annotator.model.counting import counted
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source) -> Reading:
    """Return the articles on the pages of an archive, which is read as a stream.

    Pages that were not found, that lead elsewhere, and files that are no pages are passed over.

    Raises:
        UnreadableError: it is damaged from its beginning, or holds no pages.
    """
    # Loaded when the first archive is read.
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    # It would quote addresses and words of articles on the terminal.
    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    ArchiveIterator.INC_RECORD = ""

    articles: list[NewArticle] = []
    problems: list[Problem] = []
    kept = 0
    with source.open() as file:
        try:
            for record in ArchiveIterator(file):
                if source.cancelled():
                    break
                try:
                    article = _article(source, record)
                except UnreadableError as error:
                    problems.append(source.problem(f"{_address(record)}: {error}"))
                    continue
                if article is not None:
                    articles.append(article)
                    kept += len(article.text)
                    source.told(len(articles))
                if kept > source.limits.kept or len(articles) >= source.limits.articles:
                    problems.append(source.problem(too_many(len(articles))))
                    break
        # It trips over records without an address, and over lengths that no machine counts to.
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, OverflowError, AttributeError) as error:
            problems.append(
                source.problem(f"This archive is damaged after {counted(len(articles), 'page')} ({error}).")
            )
    if not articles and not problems and not source.cancelled():
        raise UnreadableError("There are no web pages in this archive.")
    return Reading(tuple(articles), tuple(problems))


def _article(source: Source, record: "ArcWarcRecord") -> NewArticle | None:
    headers = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return None
    kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
    if not kind.lower().startswith(_PAGES) or (headers and not str(headers.get_statuscode()).startswith("2")):
        return None
    bound = source.limits.largest
    # One byte more than is allowed, so that a page which unpacks without end is seen to.
    data = record.content_stream().read(bound + 1)
    if len(data) > bound:
        raise UnreadableError(too_large(len(data), bound))
    if not data:
        return None
    packing = (headers.get_header("Content-Encoding") or "") if headers else ""
    if packing.lower() in ("br", "zstd") and b"<" not in data[:4096]:
        raise UnreadableError(f"This page is packed in a way ({packing}) that is not read here.")
    decoded = decode_page(data, _charset(kind))
    origin = Origin(
        url=_address(record),
        accessed=record.rec_headers.get_header("WARC-Date") or "",
        importer="warc",
        name=f"{source.name}, {_address(record)}",
    )
    return compose(source, page_of(decoded.text, origin, encoding=decoded.how))


def _address(record: "ArcWarcRecord") -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or "a record without address"


def _charset(kind: str) -> str:
    message = Message()
    message["content-type"] = kind
    return str(message.get_param("charset") or "")
