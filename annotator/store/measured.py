"""What agreement is computed from, read once: bare rows, because a million annotations would be slow as values."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.store.rows import stored

File = Database
"""For who holds a project open and asks: what the functions here take."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An article without its text: `length` in code points, `metadata` as pairs."""

    id: str
    title: str
    length: int
    metadata: tuple[tuple[str, str], ...]


def headings(db: Database) -> list[Heading]:
    """Return all articles, ordered by id."""
    rows = db.execute(
        "SELECT a.id, a.title, t.length, a.metadata FROM article a JOIN text t ON t.id = a.text ORDER BY a.id"
    )
    return [
        Heading(key, title, length, tuple((each[0], each[1]) for each in stored(json.loads, metadata, "metadata")))
        for key, title, length, metadata in rows
    ]


def states(db: Database) -> Iterator[tuple[str, str, str, str]]:
    """Yield article, annotator, state and when it was set."""
    yield from db.execute("SELECT article, annotator, state, changed_at FROM state ORDER BY article, annotator")


def blocks(db: Database) -> Iterator[tuple[str, str, int, int]]:
    """Yield article, kind, start and end of every block."""
    yield from db.execute('SELECT article, kind, start, "end" FROM block ORDER BY article, place')


def fragments(db: Database, article: str) -> Iterator[tuple[str, str, str, int, int, int, str]]:
    """Yield the fragments in an article, those of one annotation in a row and in order.

    Each as annotation, annotator, label, place, start, end and the covered text.
    """
    yield from db.execute(
        'SELECT a.id, a.annotator, a.label, f.place, f.start, f."end", f.covered'
        " FROM annotation a JOIN fragment f ON f.annotation = a.id WHERE a.article = ? ORDER BY a.id, f.place",
        (article,),
    )


def attributes(db: Database) -> Iterator[tuple[str, str, str]]:
    """Yield annotation, attribute and value."""
    yield from db.execute("SELECT annotation, name, value FROM attribute")


def links(db: Database) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, where it leaves and the article of that, where it leads (empty: not in this article) and its article."""
    yield from db.execute(
        "SELECT l.kind, l.origin_id, o.article, coalesce(l.target, ''), coalesce(a.article, '')"
        " FROM link l JOIN annotation o ON o.id = l.origin_id LEFT JOIN annotation a ON a.id = l.target"
        " ORDER BY l.origin_id, l.kind, l.place, l.id"
    )


def places(db: Database) -> Iterator[tuple[str, int, int]]:
    """Yield annotation, start and end of every fragment of what a link leaves or leads to."""
    yield from db.execute(
        'SELECT annotation, start, "end" FROM fragment'
        " WHERE annotation IN (SELECT target FROM link UNION SELECT origin_id FROM link) ORDER BY annotation, place"
    )


def content(db: Database, article: str) -> str:
    """Return an article's text; empty when there is no such article."""
    row = db.execute(
        "SELECT t.content FROM article a JOIN text t ON t.id = a.text WHERE a.id = ?", (article,)
    ).fetchone()
    return "" if row is None else str(row[0])


def cited(db: Database) -> Iterator[tuple[str, str, str, int]]:
    """Yield article, cited clause, kind and revision of the codebook of every disagreement that was decided."""
    yield from db.execute("SELECT article, clause, kind, codebook FROM decision WHERE kind != 'agreed' ORDER BY id")
