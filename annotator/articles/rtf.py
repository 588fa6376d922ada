"""A rich text document (RTF) -> article."""

from annotator.articles.databases import read_pieces
from annotator.articles.reading import Page, Reading
from annotator.articles.rich_text import read_rich_text
from annotator.articles.source import Source, UnreadableError


def read_rtf(source: Source) -> Reading:
    """Return the articles of a rich text document: one, or those of the news database that wrote it.

    Tables, text boxes and footnotes are read; tracked deletions, comments and hidden text are left out.

    Raises:
        UnreadableError: it is too large, or has no words.
    """
    document = read_rich_text(source.read(source.limits.document))
    pieces = document.pieces()
    if not pieces:
        raise UnreadableError(
            "There are no words in this document. If it shows pictures of pages, save their text and add that."
        )
    return read_pieces(source, Page(pieces, "rtf", report=document.report()))
