"""What is asked of the labels of an article to know which are plain: without note, values and links, in one piece."""

from sqlite_utils import Database

Place = tuple[str, str, str, int, int, int]
"""Id, annotator and label of an annotation; place, start and end of one of its fragments."""
_ADORNED = (
    "SELECT a.id FROM annotation a WHERE a.article = ? AND (a.note != ''"
    " OR EXISTS (SELECT 1 FROM attribute WHERE annotation = a.id)"
    " OR EXISTS (SELECT 1 FROM link WHERE origin_id = a.id) OR EXISTS (SELECT 1 FROM link WHERE target = a.id))"
)
_PLACES = (
    'SELECT a.id, a.annotator, a.label, f.place, f.start, f."end"'
    " FROM annotation a INDEXED BY annotation_article CROSS JOIN fragment f ON f.annotation = a.id"
    " WHERE a.article = ? ORDER BY f.annotation, f.place"
)
_COUNTS = (
    "SELECT annotator, label, count(*) FROM annotation INDEXED BY annotation_article WHERE article = ?"
    " GROUP BY annotator, label"
)


def adorned(db: Database, article: str) -> list[tuple[str]]:
    """Return the ids of the labels of an article that have a note, values or links."""
    # Not `Database.execute`, which looks around first: this is asked of thousands of articles.
    return db.conn.execute(_ADORNED, (article,)).fetchall()


def places(db: Database, article: str) -> list[Place]:
    """Return where the labels of an article lie, by their ids."""
    return db.conn.execute(_PLACES, (article,)).fetchall()


def counts(db: Database, article: str) -> list[tuple[str, str, int]]:
    """Return annotator, label and how many annotations of an article are so."""
    return db.conn.execute(_COUNTS, (article,)).fetchall()
