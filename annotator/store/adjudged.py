"""What adjudication compares, read as bare rows: of one article after a decision, or of all when a queue is opened."""

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from annotator.model.annotator import GOLD
from annotator.model.article import State

Fragments = tuple[tuple[int, int], ...]
_BREAK = "char(10)"
_ARTICLES, _FRAGMENTS = 500, 50_000
"""So many are read at once where all are: nobody can write into the file while a statement runs."""


def articles(db: Database) -> list[str]:
    """Return the ids of all articles in the order of the list."""
    return [row[0] for row in db.execute("SELECT id FROM article ORDER BY place, id")]


def labels(db: Database, article: str = "") -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield article, annotator, label, and the ids of what the annotator labelled so there: of an article, or of all."""
    every = [article] if article else sorted(articles(db))
    for some in (every[first : first + _ARTICLES] for first in range(0, len(every), _ARTICLES)):
        # A row for each of these rather than for each label: most of the time goes into strings that are all the same.
        for key, who, label, ids in db.execute(
            f"SELECT article, annotator, label, group_concat(id, {_BREAK}) FROM annotation"
            " WHERE article BETWEEN ? AND ? GROUP BY article, annotator, label",
            (some[0], some[-1]),
        ).fetchall():
            yield key, who, label, ids.split("\n")


def spans(db: Database, article: str = "") -> dict[str, Fragments]:
    """Return the fragments of each annotation of an article, or of all, in order."""
    found: dict[str, Fragments] = {}
    for rows in [_fragments_of(db, article)] if article else _fragments(db):
        for key, place, start, end in rows:
            found[key] = ((start, end),) if place == 0 else (*found.get(key, ()), (start, end))
    return found


def _fragments_of(db: Database, article: str) -> list[tuple[str, int, int, int]]:
    return db.execute(
        'SELECT f.annotation, f.place, f.start, f."end" FROM annotation a JOIN fragment f ON f.annotation = a.id'
        " WHERE a.article = ? ORDER BY f.annotation, f.place",
        (article,),
    ).fetchall()


def _fragments(db: Database) -> Iterator[list[tuple[str, int, int, int]]]:
    last: tuple[str, int] = ("", 0)
    while rows := db.execute(
        'SELECT annotation, place, start, "end" FROM fragment WHERE (annotation, place) > (?, ?)'
        " ORDER BY annotation, place LIMIT ?",
        (*last, _FRAGMENTS),
    ).fetchall():
        yield rows
        last = rows[-1][:2]


def attributes(db: Database, article: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield annotation, attribute and value, sorted."""
    if article:
        yield from db.execute(
            "SELECT v.annotation, v.name, v.value FROM annotation a JOIN attribute v ON v.annotation = a.id"
            " WHERE a.article = ? ORDER BY v.annotation, v.name, v.value",
            (article,),
        )
    else:
        rows = db.execute("SELECT annotation, name, value FROM attribute ORDER BY annotation, name, value")
        yield from rows.fetchall()


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
        rows = db.execute(f"SELECT l.id, l.kind, l.origin_id, l.target, l.annotator FROM link l {order}")
        yield from rows.fetchall()


def elsewhere(db: Database, annotations: Iterable[str]) -> dict[str, tuple[str, Fragments]]:
    """Return article and fragments of annotations that links of another article lead to."""
    found: dict[str, tuple[str, Fragments]] = {}
    for key in annotations:
        rows = db.execute(
            'SELECT a.article, f.start, f."end" FROM annotation a JOIN fragment f ON f.annotation = a.id'
            " WHERE a.id = ? ORDER BY f.place",
            (key,),
        ).fetchall()
        if rows:
            found[key] = (rows[0][0], tuple((start, end) for _, start, end in rows))
    return found


def finished(db: Database, states: Iterable[str], article: str = "") -> Iterator[tuple[str, str]]:
    """Yield article and annotator where the annotator's state is one of `states`."""
    words = tuple(states)
    where = f"state IN ({', '.join('?' * len(words))})" + (" AND article = ?" if article else "")
    given = (*words, article) if article else words
    rows = db.execute(f"SELECT article, annotator FROM state WHERE {where} ORDER BY article, annotator", given)
    yield from rows.fetchall()


def waiting(db: Database) -> Iterator[str]:
    """Yield the articles about which gold does not say that all is decided, in the order of the list.

    Several have finished each; what gold says is written with every step, so that they need not be read to know.
    """
    done = [each.value for each in State if each.is_finished]
    marks = ", ".join("?" * len(done))
    rows = db.execute(
        "SELECT a.id FROM article a JOIN state s ON s.article = a.id JOIN annotator w ON w.id = s.annotator"
        f" WHERE s.state IN ({marks}) GROUP BY a.id HAVING count(*) > 1 AND NOT max(w.kind = ?) ORDER BY a.place, a.id",
        (*done, GOLD),
    )
    yield from (row[0] for row in rows.fetchall())


def blocks(db: Database, article: str = "") -> Iterator[tuple[str, str, int, int]]:
    """Yield article, kind, start and end of the blocks of an article, or of all."""
    where, given = (" WHERE article = ?", (article,)) if article else ("", ())
    rows = db.execute(f'SELECT article, kind, start, "end" FROM block{where} ORDER BY article, place', given)
    yield from rows.fetchall()


def linking_into(db: Database, annotations: Iterable[str], article: str) -> list[str]:
    """Return the other articles than `article` from which links lead to some annotations of it."""
    rows = db.execute(
        "SELECT DISTINCT o.article FROM json_each(?) a JOIN link l ON l.target = a.value"
        " JOIN annotation o ON o.id = l.origin_id WHERE o.article != ? ORDER BY o.article",
        (json.dumps(list(annotations)), article),
    )
    return [row[0] for row in rows]
