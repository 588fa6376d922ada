"""Files that a news database wrote: one file, many articles, each under field names.

Such a file comes as DOCX, RTF, HTML or plain text, so the readers of those ask here what wrote it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotator.articles.compose import compose
from annotator.articles.factiva import is_factiva, split_factiva
from annotator.articles.lexis import is_lexis, split_lexis
from annotator.articles.nexis import is_nexis, split_nexis
from annotator.articles.proquest import is_proquest, split_proquest
from annotator.articles.reading import NewArticle, Page, Piece, Reading
from annotator.articles.source import Source
from annotator.model.article import BlockKind


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


DATABASES: tuple[Database, ...] = (
    Database("nexis", is_nexis, split_nexis),
    Database("nexis", is_lexis, split_lexis),
    Database("factiva", is_factiva, split_factiva),
    Database("proquest", is_proquest, split_proquest),
)
"""In the order in which they are asked."""


def read_pieces(source: Source, page: Page) -> Reading:
    """Return the articles of a file: those of the database that wrote it, or the one that `page` is.

    Raises:
        UnreadableError: there is nothing in it, or too much.
    """
    split = _split(source, page.pieces, page.encoding, page.report)
    return split if split is not None else Reading((compose(source, page),))


def read_text(source: Source, text: str, encoding: str = "") -> Reading | None:
    """Return the articles of a plain text that a database wrote, else None."""
    return _split(source, [Piece(line) for line in text.splitlines()], encoding, ())


def _split(source: Source, pieces: Sequence[Piece], encoding: str, report: tuple[str, ...]) -> Reading | None:
    pieces = [
        Piece(line, piece.kind, piece.link)
        for piece in pieces
        # On a web page, lines of furniture that follow one another are one piece; here each is a field.
        for line in (piece.text.split("\n") if piece.kind is BlockKind.FURNITURE else (piece.text,))
    ]
    texts = [piece.text for piece in pieces]
    written_by = next((each for each in DATABASES if each.recognises(texts)), None)
    if written_by is None:
        return None
    reading = written_by.split(source, pieces)
    return Reading(tuple(_from(each, encoding, report) for each in reading.articles), reading.problems)


def _from(article: NewArticle, encoding: str, report: tuple[str, ...]) -> NewArticle:
    """Return an article that also says what the reader of the file knew."""
    known = article.provenance
    return replace(article, provenance=replace(known, encoding=encoding, report=(*report, *known.report)))
