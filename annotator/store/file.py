"""A project file that is open: lock, connection, history and the readers of every noun."""

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from annotator.model.errors import ProjectExistsError
from annotator.store import database
from annotator.store.annotations import AnnotationNoun
from annotator.store.articles import ArticleNoun, BlocksNoun, TextNoun
from annotator.store.assignments import AssignmentNoun, SettingNoun
from annotator.store.codebooks import CodebookNoun, ProjectNoun
from annotator.store.database import Connected, Told
from annotator.store.decisions import DecisionNoun
from annotator.store.history import History, Noun
from annotator.store.links import LinkNoun
from annotator.store.lock import Lock
from annotator.store.people import AnnotatorNoun, StateNoun
from annotator.store.splits import SplitNoun
from annotator.store.threads import MessageNoun, ThreadNoun
from annotator.store.visits import HandoutNoun, VisitNoun

NOUNS: dict[str, Noun] = {
    "project": ProjectNoun(),
    "annotator": AnnotatorNoun(),
    "codebook": CodebookNoun(),
    "text": TextNoun(),
    "article": ArticleNoun(),
    "blocks": BlocksNoun(),
    "annotation": AnnotationNoun(),
    "link": LinkNoun(),
    "state": StateNoun(),
    "setting": SettingNoun(),
    "assignment": AssignmentNoun(),
    "split": SplitNoun(),
    "thread": ThreadNoun(),
    "message": MessageNoun(),
    "decision": DecisionNoun(),
    "handout": HandoutNoun(),
    "visit": VisitNoun(),
}
"""Everything that has a history."""


class ProjectFile:
    """An open project file. Made by `create` or `open`; `close` leaves exactly one file behind."""

    def __init__(self, path: Path, db: Connected, lock: Lock | None) -> None:
        self.path = path
        self.db = db
        self.history = History(db, path, NOUNS)
        self._lock = lock
        self._status = path.stat()

    @property
    def is_in_place(self) -> bool:
        """Whether the file that is open still lies where it was opened: it may be moved, replaced or deleted by now."""
        with suppress(OSError):
            return os.path.samestat(self._status, self.path.stat())
        return False

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new file and hold it for writing; nothing is left of it when that fails."""
        if path.exists() or not path.parent.is_dir():
            database.create(path)  # says which of the two it is
        with ExitStack() as undo:
            lock = Lock.take(path)
            undo.callback(lock.release)
            if path.exists():  # another program made it just before the lock was ours: it is not ours to remove
                raise ProjectExistsError(path)
            undo.callback(path.unlink, missing_ok=True)
            db = database.create(path)
            undo.pop_all()
        return cls(path, db, lock)

    @classmethod
    def open(cls, path: Path, *, writing: bool, told: Told | None = None) -> Self:
        """Open a file, held for writing or for reading only; `told` hears of how far a large old one is backed up."""
        if not writing:
            return cls(path, database.open_file(path, writing=False), None)
        database.check_header(path)
        with ExitStack() as undo:
            lock = Lock.take(path)
            undo.callback(lock.release)
            db = database.open_file(path, writing=True, told=told)
            undo.pop_all()
        return cls(path, db, lock)

    @classmethod
    def borrow(cls, path: Path) -> Self:
        """Open for writing, in another thread, a file that this process holds already, and that its holder lets rest.

        The holder goes on reading: what is written stays in memory until it is whole, and reaches the file in one go.
        """
        db = database.open_file(path, writing=True)
        db.conn.execute("PRAGMA cache_spill = OFF")
        return cls(path, db, None)

    def close(self) -> None:
        """Close the connection, then let go of the lock."""
        self.db.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None
