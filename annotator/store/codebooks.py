"""Revisions of the codebook, and the project's own row."""

import json
from functools import lru_cache

from sqlite_utils import Database

from annotator.model.codebook import Codebook
from annotator.model.errors import CodebookError
from annotator.store.history import Image
from annotator.store.rows import Row, StoredValueError, fetch, one, stored, write

# Named, not "*": where a damaged schema lacks one of them, SQLite says so.
_CODEBOOK = "revision, content, note, annotator, made_at"
_PROJECT = "id, name, made_at, made_with"


class CodebookNoun:
    """Revisions of the codebook, under their number."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_CODEBOOK} FROM codebook WHERE revision = ?", int(key))

    def write(self, db: Database, image: Image) -> None:
        """Write an image."""
        write(db, "codebook", image, key=("revision",))

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM codebook WHERE revision = ?", (int(key),))


class ProjectNoun:
    """The project's row."""

    def read(self, db: Database, key: str) -> Image | None:
        """Return the image under `key`, or None."""
        return one(db, f"SELECT {_PROJECT} FROM project WHERE id = ?", key)

    def write(self, db: Database, image: Image) -> None:
        """Write an image, in place of the one under its key if there is one."""
        write(db, "project", image)

    def remove(self, db: Database, key: str) -> None:
        """Take the image under `key` away."""
        db.execute("DELETE FROM project WHERE id = ?", (key,))


def image(codebook: Codebook, revision: int, note: str, annotator_id: str | None, made_at: str) -> Image:
    """Return a revision of the codebook as an image."""
    content = json.dumps(codebook.to_dict(), ensure_ascii=False)
    return {"revision": revision, "content": content, "note": note, "annotator": annotator_id, "made_at": made_at}


def codebook(db: Database, revision: int | None = None) -> Codebook | None:
    """Return a revision of the codebook, the latest when none is asked for; None when there is none."""
    if revision is None:
        row = one(db, "SELECT revision, content FROM codebook ORDER BY revision DESC LIMIT 1")
    else:
        row = one(db, "SELECT revision, content FROM codebook WHERE revision = ?", revision)
    return None if row is None else _codebook(row)


def project(db: Database) -> Image | None:
    """Return the project's row, or None."""
    return one(db, f"SELECT {_PROJECT} FROM project")


def codebooks(db: Database) -> tuple[Codebook, ...]:
    """Return every revision of the codebook, in order."""
    rows = fetch(db, "SELECT revision, content FROM codebook ORDER BY revision")
    return tuple(_codebook(row) for row in rows)


def revisions(db: Database) -> list[int]:
    """Return the numbers of the codebook's revisions, in order."""
    return [row[0] for row in db.execute("SELECT revision FROM codebook ORDER BY revision")]


def _codebook(row: Row) -> Codebook:
    what = f"revision {row['revision']} of the codebook"
    try:
        return stored(lambda content: _read(content, row["revision"]), row["content"], what)
    except CodebookError as error:
        raise StoredValueError(f"{what}: {error}") from error


@lru_cache(maxsize=128)
def _read(content: str, revision: int) -> Codebook:
    """Return the codebook that some words are: a merge and a check ask for the same ones again and again."""
    return Codebook.from_dict(json.loads(content), revision=revision)


def entries(db: Database) -> list[Image]:
    """Return number, note, annotator and time of every revision, in order."""
    return list(fetch(db, "SELECT revision, note, annotator, made_at FROM codebook ORDER BY revision"))
