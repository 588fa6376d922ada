"""Files that a news database wrote: one file, many articles, each under field names.

Such a file comes as DOCX, RTF, HTML or plain text, so the readers of those ask here what wrote it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.articles.compose import compose
from annotator.articles.reading import Page, Piece, Reading
from annotator.articles.source import Source


@dataclass(frozen=True, slots=True)
class Database:
    """A news database whose files are known.

    Attributes:
        name: the importer's name in provenance: ``nexis`` …
        recognises: whether the paragraphs of a file are its export. Quick: it is asked about every file.
        split: returns the articles of such a file, and its problems (a count that does not fit the cover page …).
    """

    name: str
    recognises: Callable[[Sequence[str]], bool]
    split: Callable[[Source, Sequence[Piece]], Reading]


DATABASES: tuple[Database, ...] = ()
"""In the order in which they are asked."""


def read_pieces(source: Source, page: Page) -> Reading:
    """Return the articles of a file: those of the database that wrote it, or the one that `page` is.

    Raises:
        UnreadableError: there is nothing in it, or too much.
    """
    split = _split(source, page.pieces)
    return split if split is not None else Reading((compose(source, page),))


def read_text(source: Source, text: str) -> Reading | None:
    """Return the articles of a plain text that a database wrote, else None."""
    return _split(source, [Piece(line) for line in text.splitlines()])


def _split(source: Source, pieces: Sequence[Piece]) -> Reading | None:
    texts = [piece.text for piece in pieces]
    written_by = next((each for each in DATABASES if each.recognises(texts)), None)
    return written_by.split(source, pieces) if written_by else None
