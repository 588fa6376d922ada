"""The kinds of files that are read, a reader a kind. The modules are light: what is heavy they import when they read."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.articles.delimited import preview_csv, read_csv
from annotator.articles.docx import read_docx
from annotator.articles.epub import read_epub
from annotator.articles.feed import read_feed
from annotator.articles.json_rows import preview_json, preview_jsonl, read_json, read_jsonl
from annotator.articles.mail import read_eml, read_mbox
from annotator.articles.mhtml import read_mhtml
from annotator.articles.newsml import read_newsml, read_nitf
from annotator.articles.ninjs import read_ninjs
from annotator.articles.odt import read_odt
from annotator.articles.parquet import preview_parquet, read_parquet
from annotator.articles.pdf import read_pdf
from annotator.articles.plain import read_plain
from annotator.articles.reading import Reading
from annotator.articles.rtf import read_rtf
from annotator.articles.sheets import preview_workbook, read_workbook
from annotator.articles.source import Source
from annotator.articles.table import TablePreview
from annotator.articles.warc import read_warc
from annotator.articles.web import read_html


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read.

    Attributes:
        words: what a person calls it, with its article: ``a web page (HTML)``.
        suffixes: how the names of such files end, in lower case: those are taken from a folder. What has no suffix is
            taken for plain text.
        read: see the rules of this package.
        preview: of a table: its first rows and what its columns may hold. None: it is no table.
    """

    words: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Reading]
    preview: Callable[[Source], TablePreview] | None = None


READERS: dict[str, Reader] = {
    "html": Reader("a web page (HTML)", (".html", ".htm", ".xhtml"), read_html),
    "mhtml": Reader("a saved web page (MHTML)", (".mht", ".mhtml"), read_mhtml),
    "warc": Reader("a web archive (WARC)", (".warc", ".warc.gz"), read_warc),
    "epub": Reader("an e-book (EPUB)", (".epub",), read_epub),
    "eml": Reader("a message (EML)", (".eml",), read_eml),
    "mbox": Reader("a mailbox (mbox)", (".mbox",), read_mbox),
    "feed": Reader("a feed (RSS or Atom)", (".rss", ".atom", ".rdf", ".xml"), read_feed),
    "newsml": Reader("a NewsML item", (".newsml", ".xml"), read_newsml),
    "ninjs": Reader("an agency's item (ninjs)", (".ninjs", ".json"), read_ninjs),
    "nitf": Reader("a NITF item", (".nitf", ".xml"), read_nitf),
    "pdf": Reader("a PDF", (".pdf",), read_pdf),
    "docx": Reader("a Word document", (".docx", ".docm"), read_docx),
    "odt": Reader("an OpenDocument text", (".odt", ".ott"), read_odt),
    "rtf": Reader("a rich text (RTF) document", (".rtf",), read_rtf),
    "csv": Reader("a table (CSV)", (".csv",), read_csv, preview_csv),
    "tsv": Reader("a table (TSV)", (".tsv", ".tab"), read_csv, preview_csv),
    "json": Reader("a table (JSON)", (".json",), read_json, preview_json),
    "jsonl": Reader("a table (JSON Lines)", (".jsonl", ".ndjson"), read_jsonl, preview_jsonl),
    "xlsx": Reader("an Excel table", (".xlsx", ".xlsm"), read_workbook, preview_workbook),
    "xls": Reader("an old Excel table (XLS)", (".xls",), read_workbook, preview_workbook),
    "ods": Reader("an OpenDocument table", (".ods",), read_workbook, preview_workbook),
    "parquet": Reader("a table (Parquet)", (".parquet",), read_parquet, preview_parquet),
    "text": Reader("plain text", (".txt", ".text", ".md"), read_plain),
}
"""By the kind that `kinds.kind_of` returns."""

_ENDS = (".zip", ".wacz", *(suffix for reader in READERS.values() for suffix in reader.suffixes))


def is_taken(name: str) -> bool:
    """Return whether a file of that name is taken from a folder or an archive."""
    return name.lower().endswith(_ENDS) or "." not in name
