"""A web archive (WARC) -> articles: the pages in it, as they were fetched."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import TYPE_CHECKING, BinaryIO

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
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    kept = 0
    with source.open() as file:
        pages = _Pages(source, file)
        for found in source.spread(_made, pages, _lost, len):
            if isinstance(found, str):
                problems.append(source.problem(found))
                continue
            # The hash is that of the archive, which the page alone does not know.
            articles.append(replace(found, provenance=replace(found.provenance, source_hash=source.digest())))
            kept += len(found.text)
            source.told(len(articles))
            if kept > source.limits.kept or len(articles) >= source.limits.articles:
                problems.append(source.problem(too_many(len(articles))))
                break
        if pages.damage:
            problems.append(
                source.problem(f"This archive is damaged after {counted(len(articles), 'page')} ({pages.damage}).")
            )
    if not articles and not problems and not source.cancelled():
        raise UnreadableError("There are no web pages in this archive.")
    return Reading(tuple(articles), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A page as it lies in an archive.

    Attributes:
        source: the page's bytes.
        charset: the one that was announced.
        fault: why it cannot be read; empty where it can.
    """

    source: Source
    origin: Origin
    charset: str = ""
    fault: str = ""

    def __len__(self) -> int:
        return len(self.source.content or b"")


class _Pages:
    """The pages of an archive; `damage` says in the end what was wrong with it."""

    def __init__(self, source: Source, file: BinaryIO) -> None:
        self._source = source
        self._file = file
        self.damage = ""

    def __iter__(self) -> Iterator[_Fetched]:
        # Loaded when the first archive is read.
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

        # It would quote addresses and words of articles on the terminal.
        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        ArchiveIterator.INC_RECORD = ""
        try:
            for record in ArchiveIterator(self._file):
                if self._source.cancelled():
                    return
                page = _fetched(self._source, record)
                if page is not None:
                    yield page
        # It trips over records without an address, and over lengths that no machine counts to.
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, OverflowError, AttributeError) as error:
            self.damage = str(error) or type(error).__name__


def _fetched(source: Source, record: "ArcWarcRecord") -> _Fetched | None:
    headers = record.http_headers
    if record.rec_type not in ("response", "resource"):
        return None
    kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
    if not kind.lower().startswith(_PAGES) or (headers and not str(headers.get_statuscode()).startswith("2")):
        return None
    bound = source.limits.largest
    # One byte more than is allowed, so that a page which unpacks without end is seen to.
    data = record.content_stream().read(bound + 1)
    if not data:
        return None
    address = _address(record)
    origin = Origin(
        url=address,
        accessed=record.rec_headers.get_header("WARC-Date") or "",
        importer="warc",
        name=f"{source.name}, {address}",
    )
    packing = (headers.get_header("Content-Encoding") or "") if headers else ""
    fault = ""
    if len(data) > bound:
        fault = too_large(len(data), bound)
    elif packing.lower() in ("br", "zstd") and b"<" not in data[:4096]:
        fault = f"This page is packed in a way ({packing}) that is not read here."
    page = Source(source.name, source.where, content=b"" if fault else data, limits=source.limits)
    return _Fetched(page, origin, _charset(kind), fault)


def _made(page: _Fetched) -> NewArticle | str:
    """Return the article on a page, or what is wrong with it."""
    if page.fault:
        return f"{page.origin.url}: {page.fault}"
    try:
        decoded = decode_page(page.source.read(), page.charset)
        return compose(page.source, page_of(decoded.text, page.origin, encoding=decoded.how))
    except UnreadableError as error:
        return f"{page.origin.url}: {error}"


def _lost(page: _Fetched) -> str:
    return f"{page.origin.url}: Reading this page ended without a word. Save it as a web page and add that."


def _address(record: "ArcWarcRecord") -> str:
    return record.rec_headers.get_header("WARC-Target-URI") or "a record without address"


def _charset(kind: str) -> str:
    message = Message()
    message["content-type"] = kind
    return str(message.get_param("charset") or "")
