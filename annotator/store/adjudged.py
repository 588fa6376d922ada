"""What adjudication compares, read as bare rows: of one article after a decision, or of all when a queue is opened."""

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

Fragment = tuple[str, str, str, str, int, int]
"""Article, annotation, annotator, label, start and end of one fragment."""
_FRAGMENTS = (
    'SELECT a.article, a.id, a.annotator, a.label, f.start, f."end"'
    " FROM annotation a JOIN fragment f ON f.annotation = a.id"
)


def articles(db: Database) -> list[str]:
    """Return the ids of all articles in the order of the list."""
    return [row[0] for row in db.execute("SELECT id FROM article ORDER BY place, id")]


def fragments(db: Database, article: str = "") -> Iterator[Fragment]:
    """Yield the fragments in an article, or in all; those of one annotation in a row and in order."""
    if article:
        yield from db.execute(f"{_FRAGMENTS} WHERE a.article = ? ORDER BY a.id, f.place", (article,))
    else:
        yield from db.execute(f"{_FRAGMENTS} ORDER BY a.article, a.id, f.place")


def attributes(db: Database, article: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield annotation, attribute and value, sorted."""
    if article:
        yield from db.execute(
            "SELECT v.annotation, v.name, v.value FROM annotation a JOIN attribute v ON v.annotation = a.id"
            " WHERE a.article = ? ORDER BY v.annotation, v.name, v.value",
            (article,),
        )
    else:
        yield from db.execute("SELECT annotation, name, value FROM attribute ORDER BY annotation, name, value")


def links(db: Database, article: str = "") -> Iterator[tuple[str, str, str, str | None, str]]:
    """Yield id, kind, origin, target (None: not in this article) and annotator of links that leave an article, or all."""
    order = "ORDER BY l.kind, l.place, l.id"
    if article:
        yield from db.execute(
            "SELECT l.id, l.kind, l.origin_id, l.target, l.annotator FROM annotation a JOIN link l ON l.origin_id = a.id"
            f" WHERE a.article = ? {order}",
            (article,),
        )
    else:
        yield from db.execute(f"SELECT l.id, l.kind, l.origin_id, l.target, l.annotator FROM link l {order}")


def elsewhere(db: Database, annotations: Iterable[str]) -> dict[str, tuple[str, tuple[tuple[int, int], ...]]]:
    """Return article and fragments of annotations that links of another article lead to."""
    found: dict[str, tuple[str, tuple[tuple[int, int], ...]]] = {}
    for key in annotations:
        rows = db.execute(f"{_FRAGMENTS} WHERE a.id = ? ORDER BY f.place", (key,)).fetchall()
        if rows:
            found[key] = (rows[0][0], tuple((row[4], row[5]) for row in rows))
    return found


def finished(db: Database, states: Iterable[str], article: str = "") -> Iterator[tuple[str, str]]:
    """Yield article and annotator where the annotator's state is one of `states`."""
    words = tuple(states)
    where = f"state IN ({', '.join('?' * len(words))})" + (" AND article = ?" if article else "")
    given = (*words, article) if article else words
    yield from db.execute(f"SELECT article, annotator FROM state WHERE {where} ORDER BY article, annotator", given)


def blocks(db: Database, article: str = "") -> Iterator[tuple[str, str, int, int]]:
    """Yield article, kind, start and end of the blocks of an article, or of all."""
    where, given = (" WHERE article = ?", (article,)) if article else ("", ())
    yield from db.execute(f'SELECT article, kind, start, "end" FROM block{where} ORDER BY article, place', given)


def linking_into(db: Database, article: str) -> list[str]:
    """Return the other articles from which links lead into an article."""
    rows = db.execute(
        "SELECT DISTINCT o.article FROM annotation a JOIN link l ON l.target = a.id JOIN annotation o ON o.id = l.origin_id"
        " WHERE a.article = ? AND o.article != a.article ORDER BY o.article",
        (article,),
    )
    return [row[0] for row in rows]
