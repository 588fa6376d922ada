"""The kinds of files that are read, a reader a kind. The modules are light: what is heavy they import when they read."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.articles.mail import read_eml
from annotator.articles.plain import read_plain
from annotator.articles.reading import Reading
from annotator.articles.source import Source


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read.

    Attributes:
        words: what a person calls it, with its article: ``a web page (HTML)``.
        suffixes: how the names of such files end, in lower case: those are taken from a folder. What has no suffix is
            taken for plain text.
        read: see the rules of this package.
    """

    words: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Reading]


READERS: dict[str, Reader] = {
    "eml": Reader("a message (EML)", (".eml",), read_eml),
    "text": Reader("plain text", (".txt", ".text", ".md"), read_plain),
}
"""By the kind that `kinds.kind_of` returns."""

UNREAD = {
    "pdf": "a PDF",
    "rtf": "a rich text (RTF) document",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "xlsx": "an Excel table",
    "xls": "an Excel table",
    "ods": "an OpenDocument table",
    "csv": "a table (CSV)",
    "tsv": "a table (TSV)",
    "json": "a table (JSON)",
    "jsonl": "a table (JSON Lines)",
    "parquet": "a table (Parquet)",
    "epub": "an e-book (EPUB)",
    "html": "a web page (HTML)",
    "mhtml": "a saved web page (MHTML)",
    "feed": "a feed (RSS or Atom)",
    "newsml": "a NewsML item",
    "nitf": "a NITF item",
    "warc": "a web archive (WARC)",
}
"""What a person calls the kinds that are known but have no reader (yet)."""

_ENDS = (".zip", *(suffix for reader in READERS.values() for suffix in reader.suffixes))


def is_taken(name: str) -> bool:
    """Return whether a file of that name is taken from a folder or an archive."""
    return name.lower().endswith(_ENDS) or "." not in name
