"""Copies that were handed out, and copies that were merged."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from annotator.store.history import Image
from annotator.store.rows import Row, fetch, one, stored, write

_HANDOUT = "id, annotator, articles, made_at"
_VISIT = "id, file, untaken, alias, made_at"
_MANY = 500
_PORTION = 20_000


class HandoutNoun:
    """Copies that were handed out, a row each."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_HANDOUT} FROM handout WHERE id = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "handout", image)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM handout WHERE id = ?", (key,))


class VisitNoun:
    """Merged copies: the row, ``untaken`` and ``alias`` as lists, ``steps`` as [[id, annotator, article, made_at], …]."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        row = one(db, f"SELECT {_VISIT} FROM visit WHERE id = ?", key)
        if row is None:
            return None
        steps = db.execute(
            "SELECT step, annotator, article, made_at FROM visited WHERE visit = ? ORDER BY place", (key,)
        )
        return {**row, **_lists(row), "steps": [list(each) for each in steps.fetchall()]}

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        key = image["id"]
        db.execute("DELETE FROM visited WHERE visit = ?", (key,))
        row = {name: image[name] for name in ("id", "file", "made_at")}
        write(db, "visit", {**row, "untaken": _dump(image["untaken"]), "alias": _dump(image["alias"])})
        for place, step in enumerate(image["steps"]):
            db.execute(
                "INSERT INTO visited (visit, place, step, annotator, article, made_at) VALUES (?, ?, ?, ?, ?, ?)",
                (key, place, *step),
            )

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM visited WHERE visit = ?", (key,))
        db.execute("DELETE FROM visit WHERE id = ?", (key,))


def handouts(db: Database) -> list[Image]:
    """Return the copies that were handed out, in the order of their making."""
    return list(fetch(db, f"SELECT {_HANDOUT} FROM handout ORDER BY made_at, id"))


def visits(db: Database) -> list[Image]:
    """Return the copies that were merged, without their steps, in the order of merging."""
    rows = fetch(db, f"SELECT {_VISIT} FROM visit ORDER BY made_at, id")
    return [{**row, **_lists(row)} for row in rows]


def visits_of(db: Database, step_ids: Iterable[str]) -> set[str]:
    """Return the ids of the merged copies in which any of the steps was known."""
    found: set[str] = set()
    for some in portions(list(step_ids)):
        marks = ", ".join("?" * len(some))
        found.update(row[0] for row in db.execute(f"SELECT DISTINCT visit FROM visited WHERE step IN ({marks})", some))
    return found


def known_steps(db: Database, step_ids: list[str]) -> dict[str, int]:
    """Return which of a copy's steps are known here, and the number of the step here by which each became known.

    A step that both files have made together is known by its own number, one that was merged by that of the merge, and
    the first step of a copy that was handed out by that of the handing out.
    """
    found: dict[str, int] = {}
    queries = (
        """
        SELECT v.step, min(c.step) FROM visited v JOIN change c ON c.key = v.visit AND c.noun = 'visit'
        WHERE v.step IN ({}) GROUP BY v.step
        """,
        "SELECT key, min(step) FROM change WHERE noun = 'handout' AND key IN ({}) GROUP BY key",
        "SELECT id, number FROM step WHERE id IN ({})",
    )
    for some in portions(step_ids):
        marks = ", ".join("?" * len(some))
        for query in queries:
            found.update(db.execute(query.format(marks), some).fetchall())
    return found


def all_steps(db: Database) -> frozenset[str]:
    """Return the ids of all steps that were merged into this file."""
    return frozenset(row[0] for row in db.execute("SELECT step FROM visited"))


def work(db: Database) -> Iterator[tuple[str, str, str]]:
    """Yield annotator, article and time of every step that somebody made here or in a copy; some of them twice.

    In portions, each of which is read in one go: as long as a reader is at it, nobody can store a label.
    """
    yield from _in_portions(db, "number", "step", (0,))
    yield from _in_portions(db, "visit, place", "visited", ("", 0))


def _in_portions(db: Database, key: str, table: str, last: tuple[object, ...]) -> Iterator[tuple[str, str, str]]:
    marks = ", ".join("?" for _ in last)
    query = (
        f"SELECT annotator, article, made_at, {key} FROM {table} WHERE ({key}) > ({marks})"
        f" ORDER BY {key} LIMIT {_PORTION}"
    )
    while rows := db.execute(query, last).fetchall():
        last = rows[-1][3:]
        yield from (row[:3] for row in rows if row[0])


def portions(ids: list[str]) -> Iterable[list[str]]:
    """Return `ids` in portions small enough for one statement."""
    return (ids[first : first + _MANY] for first in range(0, len(ids), _MANY))


def _lists(row: Row) -> dict[str, list[Any]]:
    return {name: stored(json.loads, row[name], "an entry of a merge") for name in ("untaken", "alias")}


def _dump(value: list[Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
