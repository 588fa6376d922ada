"""What goes into a copy for one annotator, as it stands in the project."""

from collections.abc import Iterator

from sqlite_utils import Database

from annotator.store.articles import ArticleNoun, BlocksNoun, TextNoun
from annotator.store.history import Image
from annotator.store.rows import fetch


def books(db: Database) -> list[Image]:
    """Return every revision of the codebook whole, in order."""
    return list(fetch(db, "SELECT revision, content, note, annotator, made_at FROM codebook ORDER BY revision"))


def article(db: Database, article_id: str) -> Iterator[tuple[str, str, Image]]:
    """Yield noun, key and image of an article's text, of the article, and of its blocks where it has any."""
    found = ArticleNoun().read(db, article_id)
    if found is None:
        return
    text = TextNoun().read(db, found["text"])
    if text is not None:
        yield "text", found["text"], text
    yield "article", article_id, found
    blocks = BlocksNoun().read(db, article_id)
    if blocks is not None:
        yield "blocks", article_id, blocks
