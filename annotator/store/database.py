"""Opening a project file: pragmas, migrations with a backup, and errors as sentences."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from annotator.model.errors import (
    BusyError,
    DamagedProjectError,
    DiskFullError,
    MissingProjectError,
    NewerProjectError,
    NoProjectError,
    ProjectExistsError,
    ProjectFileError,
    ReadOnlyError,
)
from annotator.store.migrations import migrations
from annotator.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68
_BUSY_SECONDS = 1.0
"""How long a commit waits for a reader. It blocks the window, so it is short; the person is told to try again."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences about the project at `path`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        explanation = explain(path, error)
        if explanation is None:
            raise
        raise explanation from error


def explain(path: Path, error: sqlite3.DatabaseError) -> ProjectFileError | None:
    """Return the error of ours that says what `error` means for the project at `path`.

    None for a broken rule of the schema or a wrong statement: those are faults of the program and stay what they are.
    """
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskFullError(path)
        case sqlite3.SQLITE_IOERR if _is_full(path):
            return DiskFullError(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BusyError(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return ReadOnlyError(path, "you may not write the file or its folder")
        case sqlite3.SQLITE_NOTADB:
            return NoProjectError(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_FORMAT:
            return DamagedProjectError(path, str(error))
        case _:
            return None


def _is_full(path: Path) -> bool:
    with suppress(OSError, AttributeError):
        status = os.statvfs(path)
        return status.f_bavail * status.f_frsize < 1 << 16
    return False


def _connect(path: Path, mode: str) -> Database:
    """Connect in SQLite's `mode` (ro, rw, rwc); the pragmas that hold for every connection."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)
    db = Database(connection, execute_plugins=False)
    for pragma in (
        "foreign_keys = ON",
        "temp_store = MEMORY",  # no file beside the project but the journal of a transaction
        "cache_size = -32768",
        # The journal's removal must reach the disk too, or a power cut could bring back the state before the commit.
        "synchronous = EXTRA",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return db


def create(path: Path) -> Database:
    """Make a new project file with an empty schema.

    Raises:
        ProjectExistsError: there is something of that name.
        ReadOnlyError: the folder is missing or cannot be written.
    """
    if path.exists():
        raise ProjectExistsError(path)
    if not path.parent.is_dir():
        raise ReadOnlyError(path, "its folder does not exist")
    with explained(path):
        db = _connect(path, "rwc")
        try:
            db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply(db)
            db.conn.execute(f"PRAGMA user_version = {len(migrations.applied(db))}")
        except BaseException:
            db.close()
            raise
    return db


def open_file(path: Path, *, writing: bool, steps: Migrations = migrations) -> Database:
    """Open an existing project file; an older one is backed up, then brought up to date.

    Raises:
        MissingProjectError, NoProjectError, NewerProjectError, DamagedProjectError: as their names say.
        ReadOnlyError: writing is asked for and not possible, or an old file cannot be brought up to date.
    """
    check_header(path)
    writable = os.access(path, os.W_OK)
    if writing and not writable:
        raise ReadOnlyError(path, "you may not write the file")
    # A reader too connects for writing where it can: only then can SQLite roll back what a crash has left half done.
    mode = "rw" if writable and os.access(path.parent, os.W_OK) else "ro"
    with explained(path):
        db = _connect(path, mode)
        try:
            _bring_up_to_date(db, path, steps, writing=writing)
            if not writing:
                db.conn.execute("PRAGMA query_only = ON")
        except BaseException:
            db.close()
            raise
    return db


def check_header(path: Path) -> None:
    """Look at the first bytes before SQLite does: it would take an empty file for an empty database."""
    try:
        if path.is_dir():
            raise NoProjectError(path, " but a folder")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise MissingProjectError(path) from None
    except OSError as error:
        raise ReadOnlyError(path, f"it cannot be read ({error.strerror})") from error
    if not head:
        raise NoProjectError(path, " but an empty file")
    if not head.startswith(_MAGIC):
        raise NoProjectError(path)
    if int.from_bytes(head[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big") != APPLICATION_ID:
        raise NoProjectError(path, " but another SQLite database")


def _bring_up_to_date(db: Database, path: Path, steps: Migrations, *, writing: bool) -> None:
    known = len(steps.pending(db)) + len(steps.applied(db))
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    if version > known:
        raise NewerProjectError(path)
    if version == known:
        return
    if not writing:
        raise ReadOnlyError(path, "it is of an older version and has to be opened for writing once")
    backup(db, path.with_name(f"{path.stem}.backup-v{version}-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}"))
    steps.apply(db)
    db.conn.execute(f"PRAGMA user_version = {known}")


def backup(db: Database, target: Path) -> None:
    """Write a whole copy of the open database to `target`; nothing is left there when that fails.

    Raises:
        ProjectExistsError: there is something of that name.
        DiskFullError, ReadOnlyError: it cannot be written.
    """
    if target.exists():
        raise ProjectExistsError(target)
    try:
        with explained(target), closing(sqlite3.connect(target)) as copy:
            db.conn.backup(copy)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
