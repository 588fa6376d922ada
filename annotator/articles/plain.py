"""Plain text -> article."""

from annotator.articles.compose import compose_text
from annotator.articles.databases import read_text
from annotator.articles.encoding import decode
from annotator.articles.reading import Reading
from annotator.articles.source import Source


def read_plain(source: Source) -> Reading:
    """Return the article that a file of plain text holds, in any encoding; several where a news database wrote it.

    Raises:
        UnreadableError: it cannot be read, is empty or too large.
    """
    decoded = decode(source.read())
    database = read_text(source, decoded.text, decoded.how)
    if database is not None:
        return database
    return Reading((compose_text(source, decoded.text, importer="text", encoding=decoded.how),))
