"""Reading project files that others worked in: never changing them, whatever their version."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from annotator.model.errors import DamagedProjectError, NewerProjectError, NoPassingFolderError, UnreadableProjectError
from annotator.store import checks
from annotator.store.database import check_header, count, explained, open_file
from annotator.store.descriptors import reading_bytes
from annotator.store.migrations import migrations
from annotator.store.passing import passing
from annotator.store.visits import portions

Open = Database
"""An open file, for rooms that hand it on and do not look inside."""

_VERSION_AT = 60
"""Where SQLite keeps ``user_version``, four bytes."""


@contextmanager
def reading(path: Path, *, tested: bool = True) -> Iterator[Database]:
    """Open a copy to read. One of an older version is brought up to date elsewhere, and stays as it is.

    It is looked through for damage first, unless `tested` is False.

    Raises:
        ProjectFileError: it is missing, damaged, newer, or no project; the subclasses say which.
    """
    check_header(path)
    with reading_bytes(path) as file:
        version = int.from_bytes(file.read(100)[_VERSION_AT : _VERSION_AT + 4], "big")
    known = count(migrations)
    if version > known:
        raise NewerProjectError(path)
    if version == known:
        with closing(open_file(path, writing=False)) as db, explained(path):
            if tested:
                _test(db, path)
            yield db
        return
    with passing() as folder:
        twin = folder / "copy.annotator"
        try:
            with reading_bytes(path) as file, twin.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists():  # what a crash has left half done is rolled back in the twin
                shutil.copyfile(journal, twin.with_name(f"{twin.name}-journal"))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoPassingFolderError(error.strerror or str(error)) from error
            raise UnreadableProjectError(path, error.strerror or str(error)) from error
        with explained(path):
            db = open_file(twin, writing=True)
            with closing(db):
                _test(db, path)
                yield db


def _test(db: Database, path: Path) -> None:
    fault = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if fault != "ok":
        raise DamagedProjectError(path, str(fault).split("\n")[0])
    # No figure is made of a copy: what comes out of it is words and labels, for which the project finds these anew.
    problem = next(checks.sound(db, for_figures=False), None)
    if problem is not None:  # pages may be sound, and a letter in them another: it would come into the project
        raise DamagedProjectError(path, str(problem).rstrip("."))


def knows(db: Database, step: str) -> bool:
    """Return whether a step, by its id, is one of the file's own or came into it with a merge."""
    own = db.execute("SELECT 1 FROM step WHERE id = ?", (step,)).fetchone()
    return bool(own or db.execute("SELECT 1 FROM visited WHERE step = ?", (step,)).fetchone())


def merged_from(db: Database, other: Database) -> tuple[int, int]:
    """Return how far `db` knows the file `other` by a merge: the last step of `other` that was merged, and by which.

    Both are step numbers, the first in `other`, the second in `db`; 0 and 0 when `db` never merged it.
    """
    visits: dict[str, list[str]] = {}
    for visit, step in db.execute("SELECT visit, step FROM visited ORDER BY visit, place"):
        visits.setdefault(visit, []).append(step)
    best = (0, 0)
    for visit, steps in visits.items():
        last = 0
        for some in portions(steps):
            marks = ", ".join("?" * len(some))
            row = other.execute(f"SELECT max(number) FROM step WHERE id IN ({marks})", some).fetchone()
            last = max(last, row[0] or 0)
        if last > best[0]:
            row = db.execute("SELECT min(step) FROM change WHERE noun = 'visit' AND key = ?", (visit,)).fetchone()
            best = (last, row[0] or 0)
    return best
