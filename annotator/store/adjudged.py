"""What adjudication compares, read as bare rows: of one article after a decision, or of all when a queue is opened."""

import json
from collections.abc import Collection, Iterable, Iterator

from sqlite_utils import Database

from annotator.model.annotator import GOLD
from annotator.model.article import State
from annotator.store.rows import among

Fragments = tuple[tuple[int, int], ...]
_BREAK = "char(10)"
_FINISHED = (State.DONE.value, State.EMPTY.value)


def articles(db: Database) -> list[str]:
    """Return the ids of all articles in the order of the list."""
    return [row[0] for row in db.execute("SELECT id FROM article ORDER BY place, id")]


def decided(db: Database) -> list[str]:
    """Return the ids of the articles about which something was decided or asked, in the order of the list."""
    rows = db.execute("SELECT id FROM article WHERE id IN (SELECT article FROM decision) ORDER BY place, id")
    return [row[0] for row in rows]


def labels(db: Database, chosen: Collection[str]) -> list[tuple[str, str, str, list[str]]]:
    """Return article, annotator, label, and the ids of what the annotator labelled so there."""
    where, given = among("article", chosen)
    # A row for each of these rather than for each label: most of the time goes into strings that are all the same.
    rows = db.execute(
        f"SELECT article, annotator, label, group_concat(id, {_BREAK}) FROM annotation"
        f" WHERE {where} GROUP BY article, annotator, label",
        given,
    ).fetchall()
    return [(key, who, label, ids.split("\n")) for key, who, label, ids in rows]


def spans(db: Database, chosen: Collection[str]) -> dict[str, Fragments]:
    """Return the fragments of each annotation of some articles, in order."""
    where, given = among("a.article", chosen)
    rows = db.execute(
        'SELECT f.annotation, f.place, f.start, f."end" FROM annotation a JOIN fragment f ON f.annotation = a.id'
        f" WHERE {where} ORDER BY f.annotation, f.place",
        given,
    ).fetchall()
    found: dict[str, Fragments] = {}
    for key, place, start, end in rows:
        found[key] = ((start, end),) if place == 0 else (*found.get(key, ()), (start, end))
    return found


def attributes(db: Database, chosen: Collection[str]) -> list[tuple[str, str, str]]:
    """Return annotation, attribute and value, sorted."""
    where, given = among("a.article", chosen)
    return db.execute(
        "SELECT v.annotation, v.name, v.value FROM annotation a JOIN attribute v ON v.annotation = a.id"
        f" WHERE {where} ORDER BY v.annotation, v.name, v.value",
        given,
    ).fetchall()


def links(db: Database, chosen: Collection[str]) -> list[tuple[str, str, str, str | None, str]]:
    """Return id, kind, origin, target (None: not in this article) and annotator of links that leave some articles."""
    where, given = among("a.article", chosen)
    return db.execute(
        "SELECT l.id, l.kind, l.origin_id, l.target, l.annotator FROM annotation a JOIN link l ON l.origin_id = a.id"
        f" WHERE {where} ORDER BY l.kind, l.place, l.id",
        given,
    ).fetchall()


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


def finished(db: Database, chosen: Collection[str]) -> list[tuple[str, str]]:
    """Return article and annotator where the annotator has finished the article."""
    where, given = among("article", chosen)
    return db.execute(
        f"SELECT article, annotator FROM state WHERE {where} AND state IN (?, ?) ORDER BY article, annotator",
        (*given, *_FINISHED),
    ).fetchall()


def waiting(db: Database) -> Iterator[str]:
    """Yield the articles about which gold does not say that all is decided, in the order of the list.

    Several have finished each; what gold says is written with every step, so that they need not be read to know.
    """
    rows = db.execute(
        "SELECT a.id FROM article a JOIN state s ON s.article = a.id JOIN annotator w ON w.id = s.annotator"
        " WHERE s.state IN (?, ?) GROUP BY a.id HAVING count(*) > 1 AND NOT max(w.kind = ?) ORDER BY a.place, a.id",
        (*_FINISHED, GOLD),
    )
    yield from (row[0] for row in rows.fetchall())


def blocks(db: Database, chosen: Collection[str]) -> list[tuple[str, str, int, int]]:
    """Return article, kind, start and end of the blocks of some articles."""
    where, given = among("article", chosen)
    return db.execute(
        f'SELECT article, kind, start, "end" FROM block WHERE {where} ORDER BY article, place', given
    ).fetchall()


def linking_into(db: Database, annotations: Iterable[str], article: str) -> list[str]:
    """Return the other articles than `article` from which links lead to some annotations of it."""
    rows = db.execute(
        "SELECT DISTINCT o.article FROM json_each(?) a JOIN link l ON l.target = a.value"
        " JOIN annotation o ON o.id = l.origin_id WHERE o.article != ? ORDER BY o.article",
        (json.dumps(list(annotations)), article),
    )
    return [row[0] for row in rows]
