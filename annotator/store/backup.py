"""Whole copies of a project file, made while somebody works in it, and put back in its place."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from annotator.model.errors import DamagedProjectError, ReadOnlyError, RestlessProjectError, StoppedError
from annotator.store import codebooks, tally, versions
from annotator.store.checks import check
from annotator.store.database import check_header, drop_copy, explained, explained_copy, open_file
from annotator.store.lock import Lock

PAGES, MOST_PAGES = 1000, 16_000
"""Copied at a time, 4 to 64 megabytes: a commit that comes between waits this long at the most."""
_OFTEN, _TIMES = 5, 50
"""How often copying begins anew because somebody wrote, until it goes on in bits of twice the size; until it is given up."""


class _AgainError(Exception):
    """Somebody writes too often for copying in such bits."""


def copy_beside_work(
    source: Path,
    target: Path,
    cancelled: Callable[[], bool] | None = None,
    told: Callable[[int, int], None] | None = None,
) -> None:
    """Write a whole copy of a project that may be open for writing; a commit in the meantime waits a moment at most.

    Between bits `cancelled` is asked, and `told` is given how many of how many bytes are copied; what that raises ends
    it, too. Nothing is left at `target` when it fails.

    Raises:
        RestlessProjectError: somebody writes all the time, quicker than it can be copied.
        ProjectFileError: the project cannot be read, or the copy cannot be written; the subclasses say which.
        StoppedError: `cancelled` said so.
    """
    restarts, left, page = 0, -1, 0

    def progress(status: int, remaining: int, total: int) -> None:
        nonlocal restarts, left
        if cancelled is not None and cancelled():
            raise StoppedError
        if told is not None:
            told((total - remaining) * page, total * page)
        if status == sqlite3.SQLITE_OK:  # else somebody was writing just then, and nothing was copied
            again, left = remaining >= left >= 0, remaining
            restarts += again
            if restarts > _TIMES:
                raise RestlessProjectError(source)
            if again and restarts % _OFTEN == 0:
                raise _AgainError

    check_header(source)
    try:
        with (
            explained(source),
            closing(open_file(source, writing=False)) as db,
            explained_copy(target),
            closing(sqlite3.connect(target)) as copy,
        ):
            page = int(db.conn.execute("PRAGMA page_size").fetchone()[0])
            for pages in (min(PAGES << each, MOST_PAGES) for each in range(_TIMES)):
                left = -1
                try:
                    db.conn.backup(copy, pages=pages, progress=progress, sleep=0.01 if pages == PAGES else 0.001)
                    break
                except _AgainError:
                    continue
    except BaseException:
        drop_copy(target)
        raise


def verify(path: Path) -> None:
    """Open a copy and look for everything that can be wrong with it.

    Raises:
        ProjectFileError: it cannot be used; the subclasses say why.
    """
    with explained(path), closing(open_file(path, writing=False)) as db:
        problem = next(check(db), None)
        if problem is not None:
            raise DamagedProjectError(path, str(problem))


def summary(path: Path) -> tuple[str, tuple[int, str], int]:
    """Return the id of the project in a file, number and id of its last step, and how many labels it has.

    Raises:
        ProjectFileError: it cannot be read.
    """
    check_header(path)
    with explained(path), closing(open_file(path, writing=False)) as db:
        row = codebooks.project(db) or {"id": ""}
        return row["id"], versions.position(db), sum(tally.of_everybody(db).values())


def put_back(backup: Path, project: Path, aside: Path) -> None:
    """Put a copy in the place of a project, whose file is kept as `aside`; whole or not at all.

    A journal that a crash has left beside the project goes aside with it: it must never be rolled back into the copy.

    Raises:
        LockedProjectError: the project is open.
        ProjectFileError: the copy cannot be used, or the folder cannot be written.
    """
    verify(backup)
    draft = project.with_name(f"{project.name}.restoring")
    journal, journal_aside = (each.with_name(f"{each.name}-journal") for each in (project, aside))
    lock = Lock.take(project)
    try:
        with _written(project), ExitStack() as undo:
            shutil.copyfile(backup, draft)
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            for old, new in ((journal, journal_aside), (project, aside)):
                if old.exists():
                    old.rename(new)
                    undo.callback(new.rename, old)
            draft.replace(project)
            undo.pop_all()
    finally:
        with suppress(OSError):
            draft.unlink()
        lock.release()


@contextmanager
def _written(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReadOnlyError(path, f"its folder does not take it ({error.strerror})") from error
