"""Undo, redo, trash and provenance: one record of what stood where before.

Every write of a row goes through `Writing.put`, which records the row's former image in the same breath. A step is one
transaction. Taking a step back is a new step that puts the former images back, and so can itself be taken back.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from sqlite_utils import Database

from annotator.model.article import State
from annotator.model.changes import Changes, Step, StepKind
from annotator.model.ids import new_id
from annotator.store import statistics, works
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.rows import StoredValueError, fetch, one, stored

_FINISHED = frozenset(each.value for each in State if each.is_finished)
_STEP = "number, title, kind, annotator, article, inverts, undone_by, made_at"

Progress = Callable[[int, int, str], None]
"""Is told rows done, rows in all and a name, which is empty here. What it raises rolls the step back."""

Image = dict[str, Any]
"""A row with all that belongs to it, as plain values for JSON."""


class Noun(Protocol):
    """How one kind of thing is read, written and removed as a whole."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""


@runtime_checkable
class ManyNoun(Protocol):
    """A noun of which a step may make very many: an import, for one."""

    def write_new(self, db: Database, images: Sequence[Image]) -> None:
        """Write images of which nothing can be there, in few statements."""


class Writing:
    """An open step: the only way to write."""

    def __init__(self, db: Database, nouns: Mapping[str, Noun], number: int) -> None:
        self.number = number
        self._db = db
        self._nouns = nouns
        self._place = 0
        self._touched: dict[str, None] = {}
        self._annotations: set[str] = set()
        self._articles: set[str] = set()
        self._uncounted: set[str] = set()
        self._unprepared: set[str] = set()
        self._finished: set[str] = set()

    def put(self, noun: str, key: str, image: Image | None, *, is_new: bool = False) -> Image | None:
        """Make the row under `key` be `image` (None: gone) and record what was there; return what was there.

        `is_new` says that nothing can be there, and spares the look.
        """
        room = self._nouns[noun]
        before = None if is_new else room.read(self._db, key)
        if before == image:
            return before
        self._db.execute(
            "INSERT INTO change (step, place, noun, key, before) VALUES (?, ?, ?, ?, ?)",
            (self.number, self._place, noun, key, None if before is None else _dump(before)),
        )
        self._place += 1
        self._uncount(noun, key, before, image)
        if image is not None:
            room.write(self._db, image)
        else:
            room.remove(self._db, key)
        self._note(noun, key, before, image)
        if noun == "link":
            self._note_origins(before, image)
        return before

    def put_new(self, noun: str, images: Mapping[str, Image]) -> None:
        """Make rows, by their keys, of which nothing can be there: what `put` does with `is_new`, in fewer statements."""
        room = self._nouns[noun]
        if not isinstance(room, ManyNoun):
            for key, image in images.items():
                self.put(noun, key, image, is_new=True)
            return
        # Not `Database.execute`, which does one row at a time; a step is open, so nothing is committed by itself.
        self._db.conn.executemany(
            "INSERT INTO change (step, place, noun, key, before) VALUES (?, ?, ?, ?, NULL)",
            ((self.number, place, noun, key) for place, key in enumerate(images, start=self._place)),
        )
        self._place += len(images)
        room.write_new(self._db, tuple(images.values()))
        for key, image in images.items():
            self._uncount(noun, key, image)
            self._note(noun, key, image)

    def _uncount(self, noun: str, key: str, *images: Image | None) -> None:
        """Take away what was counted in an article: no figure may be older than what it is counted from."""
        articles = {each["article"] for each in images if each is not None} if noun in statistics.NOUNS else set()
        if noun == "article" and images[0] is not None and images[0]["text"] != (images[-1] or {}).get("text"):
            articles = {key}  # it is gone, or has a new version of its text
        for article in articles - self._uncounted:
            statistics.forget(self._db, article)
        self._uncounted |= articles
        if noun in works.NOUNS:
            for article in articles - self._unprepared:
                works.forget(self._db, article)
            self._unprepared |= articles
        elif noun == "state" and images[-1] is not None and images[-1]["state"] in _FINISHED:
            self._finished |= articles

    def prepare(self) -> None:
        """Lay ready what counting begins with, of the articles that somebody has finished."""
        if self._finished:
            works.remember(self._db, self._finished)

    def _note_origins(self, *images: Image | None) -> None:
        """Note the article that a link leaves: it is another one than that of a label it went with."""
        for origin in {each["origin_id"] for each in images if each is not None}:
            rows = self._db.execute("SELECT article FROM annotation WHERE id = ?", (origin,))
            self._articles.update(row[0] for row in rows)

    def _note(self, noun: str, key: str, *images: Image | None) -> None:
        self._touched[noun] = None
        if noun == "annotation":
            self._annotations.add(key)
        if noun == "article":
            self._articles.add(key)
        for image in images:
            if image is not None and "article" in image:
                self._articles.add(image["article"])

    def touched(self, nouns: frozenset[str]) -> frozenset[str]:
        """Return the articles in which something was written, if any of these nouns were."""
        return frozenset(self._articles) if nouns & self._touched.keys() else frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written."""
        return self._place == 0

    def changes(self, step: Step) -> Changes:
        """Return what was touched."""
        return Changes(step, frozenset(self._touched), frozenset(self._annotations), frozenset(self._articles))


class History:
    """The steps of one open project file."""

    def __init__(self, db: Database, path: Path, nouns: Mapping[str, Noun]) -> None:
        self._db = db
        self._path = path
        self._nouns = nouns

    @contextmanager
    def step(
        self,
        title: str,
        *,
        annotator: str = "",
        article: str = "",
        kind: StepKind = StepKind.DO,
        step_id: str = "",
    ) -> Iterator["Recorder"]:
        """Open a step: one transaction, committed when the block ends, rolled back when it raises.

        The recorder's `changes` tells afterwards what was touched; None when nothing was, and then there is no step.
        `step_id` is given to the step where somebody else is to know it; otherwise it gets one of its own.
        """
        with self._transaction(title, kind, annotator, article, step_id=step_id) as recorder:
            yield recorder

    def undo(self, progress: Progress | None = None) -> Changes | None:
        """Take back the last step that stands; None when there is none."""
        return self._invert(self.next_undo(), StepKind.UNDO, progress)

    def redo(self, progress: Progress | None = None) -> Changes | None:
        """Do again what was last taken back; None when there is nothing."""
        return self._invert(self.next_redo(), StepKind.REDO, progress)

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back. Its title is that of the step first done."""
        # A maximum for each kind is one look into the index; ORDER BY over both would sort every step there is.
        last = "SELECT max(number) AS number FROM step WHERE undone_by IS NULL AND kind ="
        return self._standing(
            f"SELECT {_STEP} FROM step WHERE number = (SELECT max(number) FROM ({last} 'do' UNION ALL {last} 'redo'))"
        )

    def next_redo(self) -> Step | None:
        """Return the undo that `redo` would take back: none once something new was done."""
        return self._standing(
            f"SELECT {_STEP} FROM step WHERE undone_by IS NULL AND kind = 'undo' AND number >"
            " (SELECT coalesce(max(number), 0) FROM step WHERE kind = 'do') ORDER BY number DESC LIMIT 1"
        )

    def count(self) -> int:
        """Return how many steps there are."""
        with explained(self._path):
            return int(self._db.execute("SELECT count(*) FROM step").fetchone()[0])

    def last(self) -> int:
        """Return the number of the last step, 0 when there is none: while it stays, nothing has changed."""
        with explained(self._path):
            return int(self._db.execute("SELECT coalesce(max(number), 0) FROM step").fetchone()[0])

    def size(self, number: int) -> int:
        """Return how many rows the step of that number touched."""
        with explained(self._path):
            # Places count from 0 without a gap, and their maximum is one look into the index.
            row = self._db.execute(
                "SELECT coalesce(max(place) + 1, 0) FROM change WHERE step = ?", (number,)
            ).fetchone()
            return int(row[0])

    def steps(self, limit: int = 100) -> list[Step]:
        """Return the latest steps, the latest first."""
        with explained(self._path):
            return [
                as_step(row) for row in fetch(self._db, f"SELECT {_STEP} FROM step ORDER BY number DESC LIMIT ?", limit)
            ]

    def _standing(self, query: str) -> Step | None:
        with explained(self._path):
            row = one(self._db, query)
            return None if row is None else as_step(row)

    def _invert(self, target: Step | None, kind: StepKind, progress: Progress | None) -> Changes | None:
        if target is None:
            return None
        with self._transaction(target.title, kind, target.annotator, target.article, target.number) as recorder:
            rows = self._db.execute(
                "SELECT noun, key, before FROM change WHERE step = ? ORDER BY place DESC", (target.number,)
            ).fetchall()
            try:
                for done, (noun, key, before) in enumerate(rows):
                    if progress is not None:
                        progress(done, len(rows), "")
                    recorder.writing.put(noun, key, None if before is None else load(before))
            except (KeyError, sqlite3.IntegrityError) as error:
                raise StoredValueError(f"step {target.number} cannot be taken back: {error}") from error
            self._db.execute("UPDATE step SET undone_by = ? WHERE number = ?", (recorder.writing.number, target.number))
        return recorder.changes

    @contextmanager
    def _transaction(
        self,
        title: str,
        kind: StepKind,
        annotator: str,
        article: str,
        inverts: int | None = None,
        *,
        step_id: str = "",
    ) -> Iterator["Recorder"]:
        with explained(self._path):
            row = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM step").fetchone()
            step = Step(int(row[0]), title, kind, now(), annotator, article, inverts)
            recorder = Recorder(Writing(self._db, self._nouns, step.number), step)
            try:
                with self._db.atomic():
                    self._db.execute(
                        "INSERT INTO step (number, id, title, kind, annotator, article, inverts, made_at)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        (step.number, step_id or new_id(), title, kind, annotator, article, inverts, step.made_at),
                    )
                    yield recorder
                    self._db.execute(
                        "UPDATE step SET title = ?, article = ? WHERE number = ?",
                        (recorder.step.title, recorder.step.article, step.number),
                    )
                    recorder.writing.prepare()
                    if recorder.writing.is_empty and inverts is None:
                        raise _NothingDoneError  # noqa: TRY301 - rolls the step back
            except _NothingDoneError:
                return
            recorder.changes = recorder.writing.changes(recorder.step)


class _NothingDoneError(Exception):
    """Rolls back a step in which nothing was written."""


class Recorder:
    """A step while it is being done, and what it touched once it is done."""

    def __init__(self, writing: Writing, step: Step) -> None:
        self.writing = writing
        self.step = step
        self.changes: Changes | None = None

    def entitle(self, title: str, article: str = "") -> None:
        """Name the step once it is known what it does."""
        self.step = replace(self.step, title=title, article=article or self.step.article)


def as_step(row: Mapping[str, Any]) -> Step:
    """Return the step that a row of the table holds."""
    return Step(
        number=row["number"],
        title=row["title"],
        kind=stored(StepKind, row["kind"], "the kind of a step"),
        made_at=row["made_at"],
        annotator=row["annotator"],
        article=row["article"],
        inverts=row["inverts"],
        undone_by=row["undone_by"],
    )


def load(before: str) -> Image:
    """Return the image that a row of ``change`` holds.

    Raises:
        StoredValueError: it holds none.
    """
    image: Image = stored(json.loads, before, "an entry of the history")
    return image


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: `json.dumps` makes a new one for every row."""


def _dump(image: Image) -> str:
    return _ENCODER.encode(image)
