"""What stood where at an earlier step, read off the history: the common ancestor of two copies of a project."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from annotator.store.file import NOUNS
from annotator.store.history import Image, load
from annotator.store.people import whole
from annotator.store.rows import Row, fetch

Key = tuple[str, str]
"""A noun and the key of one of its rows."""
_MANY = 500


@dataclass(frozen=True, slots=True)
class Touch:
    """What happened to a row after a step.

    Attributes:
        before: what stood there first; None when nothing did.
        first, step: numbers of the first and the last step that touched it.
        annotator: id of who did that; empty when nobody in particular.
        made_at: when that was.
        again: what stood there before each later touch, with the number of its step, in order.
    """

    before: Image | None
    first: int
    step: int
    annotator: str
    made_at: str
    again: tuple[tuple[int, Image | None], ...] = ()

    def after(self, step: int) -> Image | None:
        """Return what stood there after a step before the last touch."""
        return next(image for number, image in ((self.first, self.before), *self.again) if number > step)


@dataclass(frozen=True, slots=True)
class Held:
    """A revision of the codebook that held from a step on.

    Attributes:
        book: the revision; None where there was no codebook.
        step: number of the step; `annotator` who did it, `made_at` when.
    """

    book: Row | None
    step: int
    annotator: str
    made_at: str


def steps(db: Database) -> list[Row]:
    """Return every step of a file, the first first: number, id, kind, annotator, article, made_at."""
    return list(fetch(db, "SELECT number, id, kind, annotator, article, made_at FROM step ORDER BY number"))


def position(db: Database) -> tuple[int, str]:
    """Return number and id of the last step; 0 and an empty id when there is none."""
    row = db.execute("SELECT number, id FROM step ORDER BY number DESC LIMIT 1").fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def touched(db: Database, after: int, only: Iterable[Key] | None = None) -> dict[Key, Touch]:
    """Return what was touched after the step `after`, or of that the keys in `only`."""
    wanted = None if only is None else set(only)
    first: dict[Key, tuple[str | None, int]] = {}
    last: dict[Key, tuple[int, str, str]] = {}
    again: dict[Key, list[tuple[int, Image | None]]] = defaultdict(list)
    rows = db.execute(
        "SELECT c.noun, c.key, c.before, c.step, s.annotator, s.made_at FROM change c JOIN step s ON s.number = c.step"
        " WHERE c.step > ? ORDER BY c.step, c.place",
        (after,),
    )
    for noun, key, before, step, annotator, made_at in rows:
        if wanted is None or (noun, key) in wanted:
            if (noun, key) in first:
                again[noun, key].append((step, _image(noun, before)))
            else:
                first[noun, key] = before, step
            last[noun, key] = (step, annotator, made_at)
    return {
        key: Touch(_image(key[0], before), step, *last[key], tuple(again.get(key, ())))
        for key, (before, step) in first.items()
    }


def held(db: Database, after: int) -> list[Held]:
    """Return the revision of the codebook that held after the step `after`, and each that held later, in order."""
    books = {row["revision"]: row for row in fetch(db, "SELECT revision, content, annotator, made_at FROM codebook")}
    rows = db.execute(
        "SELECT c.key, c.before, c.step, s.annotator, s.made_at FROM change c JOIN step s ON s.number = c.step"
        " WHERE c.noun = 'codebook' AND c.step > ? ORDER BY c.step DESC, c.place DESC",
        (after,),
    ).fetchall()
    found: list[Held] = []
    for key, before, step, annotator, made_at in rows:
        if not found or found[-1].step != step:
            found.append(Held(_latest(books), step, annotator, made_at))
        if before is None:
            books.pop(int(key), None)
        else:
            books[int(key)] = load(before)
    found.append(Held(_latest(books), after, "", ""))
    return found[::-1]


def last_touch(db: Database, key: Key) -> Touch | None:
    """Return who touched a row last, and when; None where the history does not know it."""
    rows = db.execute(
        "SELECT c.step, s.annotator, s.made_at FROM change c JOIN step s ON s.number = c.step"
        " WHERE c.key = ? AND c.noun = ? ORDER BY c.step DESC LIMIT 1",
        (key[1], key[0]),
    ).fetchone()
    return None if rows is None else Touch(None, rows[0], *rows)


def standing(db: Database, keys: Iterable[Key]) -> dict[Key, Image]:
    """Return the images of those of `keys` that stand now."""
    apart: dict[str, list[str]] = defaultdict(list)
    for noun, key in keys:
        apart[noun].append(key)
    found: dict[Key, Image] = {}
    for noun, some in apart.items():
        if noun == "annotation":
            found.update(((noun, key), image) for key, image in _annotations(db, some).items())
        else:
            for key in some:
                image = NOUNS[noun].read(db, key)
                if image is not None:
                    found[noun, key] = image
    return found


def marks(db: Database) -> dict[str, tuple[str, str]]:
    """Return the fingerprint of every article's text and the id of the text, by article."""
    rows = db.execute(
        "SELECT a.id, t.fingerprint, t.id FROM article a JOIN text t ON t.id = a.text ORDER BY a.place, a.id"
    )
    return {article: (mark, text) for article, mark, text in rows}


def titles(db: Database) -> dict[str, str]:
    """Return the title of every article."""
    return dict(db.execute("SELECT id, title FROM article").fetchall())


def links_of(db: Database, annotation_ids: Iterable[str]) -> dict[str, Image]:
    """Return the images of the links that leave or reach any of the annotations."""
    found: dict[str, Image] = {}
    ids = list(annotation_ids)
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        given = ", ".join("?" * len(some))
        for end in ("origin_id", "target"):
            rows = db.execute(f"SELECT id FROM link WHERE {end} IN ({given})", some).fetchall()
            found.update((key, image) for (key,) in rows if (image := NOUNS["link"].read(db, key)) is not None)
    return found


def twins(db: Database, spans: Mapping[str, set[tuple[str, str, int]]]) -> list[Image]:
    """Return the annotations of some articles that have one of the given annotators, labels and starts."""
    ids: list[str] = []
    for article, wanted in spans.items():
        rows = db.execute(
            "SELECT a.id, a.annotator, a.label, f.start FROM annotation a JOIN fragment f ON f.annotation = a.id"
            " AND f.place = 0 WHERE a.article = ?",
            (article,),
        )
        ids.extend(row[0] for row in rows.fetchall() if (row[1], row[2], row[3]) in wanted)
    return list(_annotations(db, ids).values())


def _latest(books: Mapping[int, Row]) -> Row | None:
    return books[max(books)] if books else None


def _image(noun: str, before: str | None) -> Image | None:
    if before is None:
        return None
    return whole(load(before)) if noun == "annotator" else load(before)


def _annotations(db: Database, ids: list[str]) -> dict[str, Image]:
    """Return whole images of annotations: what `AnnotationNoun.read` does, five hundred at a time."""
    found: dict[str, dict[str, Any]] = {}
    for first in range(0, len(ids), _MANY):
        some = ids[first : first + _MANY]
        given = ", ".join("?" * len(some))
        for row in fetch(
            db,
            "SELECT id, article, annotator, label, note, codebook, revision, origin, made_at, changed_at"
            f" FROM annotation WHERE id IN ({given})",
            *some,
        ):
            found[row["id"]] = {**row, "fragments": [], "attributes": []}
        for key, *fragment in db.execute(
            f'SELECT annotation, start, "end", covered FROM fragment WHERE annotation IN ({given})'
            " ORDER BY annotation, place",
            some,
        ):
            found[key]["fragments"].append(fragment)
        for key, *pair in db.execute(
            f"SELECT annotation, name, value FROM attribute WHERE annotation IN ({given})"
            " ORDER BY annotation, name, value",
            some,
        ):
            found[key]["attributes"].append(pair)
    return found
