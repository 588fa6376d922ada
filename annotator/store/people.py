"""Annotators, and how far each is with each article."""

from typing import Any

from sqlite_utils import Database

from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.store.history import Image
from annotator.store.rows import fetch, one, write

_ANNOTATOR = "id, name, made_at, short, color, email, repeats, kind"
_LATER: dict[str, Any] = {"short": "", "color": "", "email": "", "repeats": None, "kind": ""}
"""Columns that images of earlier schemas do not have."""


class AnnotatorNoun:
    """Annotators, a row each."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_ANNOTATOR} FROM annotator WHERE id = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "annotator", whole(image))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM annotator WHERE id = ?", (key,))


class StateNoun:
    """States, under the key ``article:annotator``."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, "SELECT * FROM state WHERE article = ? AND annotator = ?", *key.split(":"))

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "state", image, key=("article", "annotator"))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM state WHERE article = ? AND annotator = ?", tuple(key.split(":")))


def whole(image: Image) -> Image:
    """Return an annotator's image with the columns that earlier schemas did not have."""
    return {**_LATER, **image}


def image(annotator: Annotator) -> Image:
    """Return an annotator as an image."""
    return {
        "id": annotator.id,
        "name": annotator.name,
        "made_at": annotator.made_at,
        "short": annotator.short,
        "color": annotator.color,
        "email": annotator.email,
        "repeats": annotator.repeats or None,
        "kind": annotator.kind,
    }


def annotators(db: Database) -> tuple[Annotator, ...]:
    """Return all annotators, gold among them, by name."""
    rows = fetch(db, f"SELECT {_ANNOTATOR} FROM annotator ORDER BY name")
    return tuple(Annotator(**{**row, "repeats": row["repeats"] or ""}) for row in rows)


def states(db: Database) -> dict[tuple[str, str], str]:
    """Return every recorded state by article and annotator."""
    rows = db.execute("SELECT article, annotator, state FROM state ORDER BY article, annotator")
    return {(article, annotator): state for article, annotator, state in rows}


def state_keys(db: Database, article_id: str) -> list[str]:
    """Return the keys of all states of an article."""
    rows = db.execute("SELECT annotator FROM state WHERE article = ?", (article_id,))
    return [f"{article_id}:{row[0]}" for row in rows]


def states_of(db: Database, article_id: str) -> list[Image]:
    """Return the states of one article, by annotator."""
    return list(fetch(db, "SELECT * FROM state WHERE article = ? ORDER BY annotator", article_id))


def finished(db: Database, annotator_id: str) -> frozenset[str]:
    """Return the articles that an annotator has read to the end."""
    rows = db.execute("SELECT article, state FROM state WHERE annotator = ?", (annotator_id,))
    return frozenset(article for article, state in rows if State(state).is_finished)


def finished_at(db: Database, annotator_id: str) -> dict[str, str]:
    """Return when an annotator's state in each article was last set."""
    return dict(db.execute("SELECT article, changed_at FROM state WHERE annotator = ?", (annotator_id,)).fetchall())
