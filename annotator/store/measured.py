"""What agreement is computed from, read once: bare rows, because a million annotations would be slow as values."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.store.rows import among, stored

File = Database
"""For who holds a project open and asks: what the functions here take."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An article without its text: `length` in code points, `written` what is known of it, as it stands in the file."""

    id: str
    title: str
    length: int
    written: str

    @property
    def metadata(self) -> list[tuple[str, str]]:
        """What is known of it, as pairs."""
        return [(each[0], each[1]) for each in stored(json.loads, self.written, "metadata")]


def headings(db: Database, wanted: Collection[str] = ()) -> list[Heading]:
    """Return all articles, or those that are wanted, ordered by id."""
    where, values = among("a.id", wanted)
    rows = db.execute(
        "SELECT a.id, a.title, t.length, a.metadata FROM article a JOIN text t ON t.id = a.text"
        f" WHERE {where} ORDER BY a.id",
        values,
    )
    return [Heading(*row) for row in rows]


def states(db: Database, wanted: Collection[str] = ()) -> Iterator[tuple[str, str, str, str]]:
    """Yield article, annotator, state and when it was set, of all articles or those that are wanted."""
    where, values = among("article", wanted)
    yield from db.execute(
        f"SELECT article, annotator, state, changed_at FROM state WHERE {where} ORDER BY article, annotator", values
    )


def blocks(db: Database, wanted: Collection[str] = ()) -> Iterator[tuple[str, str, int, int]]:
    """Yield article, kind, start and end of every block, of all articles or those that are wanted."""
    where, values = among("article", wanted)
    yield from db.execute(
        f'SELECT article, kind, start, "end" FROM block WHERE {where} ORDER BY article, place', values
    )


def keys(db: Database, wanted: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield article, annotator, label and id of every annotation in the wanted articles, as they stand in `works`."""
    where, values = among("article", wanted)
    yield from db.execute(
        "SELECT article, annotator, label, id FROM annotation INDEXED BY annotation_article"
        f" WHERE {where} ORDER BY article, annotator, label, id",
        values,
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


def contents(db: Database, wanted: Collection[str]) -> dict[str, str]:
    """Return the texts of the wanted articles, by their ids."""
    if not wanted:
        return {}
    where, values = among("a.id", wanted)
    return dict(db.execute(f"SELECT a.id, t.content FROM article a JOIN text t ON t.id = a.text WHERE {where}", values))


def cited(db: Database) -> Iterator[tuple[str, str, str, int]]:
    """Yield article, cited clause, kind and revision of the codebook of every disagreement that was decided."""
    yield from db.execute("SELECT article, clause, kind, codebook FROM decision WHERE kind != 'agreed' ORDER BY id")
