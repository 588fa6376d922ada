"""Opening a project file: pragmas, migrations with a backup, and errors as sentences."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from annotator.model.errors import (
    BusyError,
    DamagedProjectError,
    DiskError,
    DiskFullError,
    GaveWayError,
    MissingFolderError,
    MissingProjectError,
    MovedProjectError,
    NewerProjectError,
    NoProjectError,
    OlderProjectError,
    ProjectExistsError,
    ProjectFileError,
    ReadOnlyError,
    UnreadableProjectError,
)
from annotator.store.descriptors import Connection, connect, make_way, reading_bytes
from annotator.store.migrations import migrations
from annotator.store.rows import StoredValueError
from annotator.store.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68
_VERSION_AT = 60
_BUSY_SECONDS = 1.0
"""How long a commit waits for a reader. It blocks the window, so it is short; the person is told to try again."""
Told = Callable[[int, int], None]
"""Is told how many of how many bytes are done. What it raises ends what is done, and nothing of it is left."""
_MEANWHILE = 0.5
"""Seconds for which it waits for readers of this process before these are made to give way: what a person does goes first."""


_NAME, _PATH = 255, 512
"""Bytes of a name that file systems take, and of a path that SQLite does."""
_BESIDE = len("-journal")


_TORN = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
"""Faults of reading and writing that lie in the file: it is shorter than it says, or its disk knows it to be damaged."""


_IN_THE_WAY: dict[int, type[BusyError | GaveWayError]] = {
    sqlite3.SQLITE_BUSY: BusyError,
    sqlite3.SQLITE_LOCKED: BusyError,
    sqlite3.SQLITE_INTERRUPT: GaveWayError,
}


class Connected(Database):
    """A connection to a project file, before whose use something can be asked."""

    before: Callable[[], None] | None = None
    """Called before a statement outside a transaction; what it raises is passed on, and nothing is asked of the file."""

    def execute(self, sql: str, parameters: Any = None) -> sqlite3.Cursor:  # noqa: ANN401 - as it is declared there
        """Execute a statement."""
        if self.before is not None and not self.conn.in_transaction:
            self.before()
        return super().execute(sql, parameters)

    @contextmanager
    def atomic(self) -> Iterator[Database]:
        """Do all of the block or nothing. What other threads of this process read gives way to the commit."""
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("BEGIN")
        try:
            yield self
            self._commit()
        except BaseException:
            self.rollback()
            raise

    def _commit(self) -> None:
        connection = self.conn
        if not isinstance(connection, Connection):
            connection.execute("COMMIT")
            return
        try:
            connection.execute(f"PRAGMA busy_timeout = {_MEANWHILE * 1000:.0f}")
            try:
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                make_way(connection)
                connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")
                connection.execute("COMMIT")
        finally:
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences about the project at `path`."""
    try:
        yield
    except StoredValueError as error:
        raise DamagedProjectError(path, str(error)) from error
    except UnicodeDecodeError as error:  # SQLite's own message quoted bytes of the file
        raise DamagedProjectError(path, "its schema is not UTF-8") from error
    except sqlite3.DatabaseError as error:
        explanation = explain(path, error)
        if explanation is None:
            raise
        raise explanation from error


@contextmanager
def explained_copy(path: Path) -> Iterator[None]:
    """Do as `explained` where a copy of a project is written to `path`: what fails there costs no change."""
    try:
        with explained(path):
            yield
    except DiskFullError as error:
        raise DiskFullError(path, is_copy=True) from error
    except DiskError as error:
        raise DiskError(path, error.detail, is_copy=True) from error


def explain(path: Path, error: sqlite3.DatabaseError) -> ProjectFileError | None:
    """Return the error of ours that says what `error` means for the project at `path`.

    None for a broken rule of the schema or a wrong statement: those are faults of the program and stay what they are.
    """
    whole = getattr(error, "sqlite_errorcode", 0)
    damage: tuple[int, ...] = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_NOTADB)
    found: ProjectFileError | None = None
    match whole & 0xFF:
        case sqlite3.SQLITE_FULL:
            found = DiskFullError(path)
        case sqlite3.SQLITE_IOERR if _is_full(path):
            found = DiskFullError(path)
        case sqlite3.SQLITE_IOERR if whole not in _TORN:
            found = DiskError(path, str(error))
        case code if code in _IN_THE_WAY:
            found = _IN_THE_WAY[code](path)
        case sqlite3.SQLITE_READONLY if whole == sqlite3.SQLITE_READONLY_DBMOVED:
            found = MovedProjectError(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            found = ReadOnlyError(path, _obstacle(path))
        case code if code in damage or whole in _TORN:
            found = DamagedProjectError(path, str(error))
        case sqlite3.SQLITE_ERROR if str(error).startswith("no such "):  # tables and columns are tested to be there
            found = DamagedProjectError(path, f"its schema is not whole: {error}")
        case 0 if "UTF-8" in str(error):  # raised by Python's module, which gives it no code
            found = DamagedProjectError(path, "a text in it is not UTF-8")
    return found


def _obstacle(path: Path) -> str:
    """Return why the system lets nothing be written there, as far as that can be told."""
    if len(os.fsencode(path.name)) + _BESIDE > _NAME:
        return "its name is too long for the files that lie beside it while one works"
    if len(os.fsencode(path.absolute())) + _BESIDE > _PATH:
        return f"its path is longer than {_PATH - _BESIDE} bytes, with all folders"
    return "you may not write the file or its folder"


def _is_full(path: Path) -> bool:
    with suppress(OSError, AttributeError):
        status = os.statvfs(path)
        return status.f_bavail * status.f_frsize < 1 << 16
    return False


def _connect(path: Path, mode: str) -> Connected:
    """Connect in SQLite's `mode` (ro, rw, rwc); the pragmas that hold for every connection."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = connect(path, uri, _BUSY_SECONDS)
    try:
        db = Connected(connection, execute_plugins=False)
        for pragma in (
            "foreign_keys = ON",
            "temp_store = MEMORY",  # no file beside the project but the journal of a transaction
            "cache_size = -32768",
            # The journal's removal must reach the disk too, or a power cut could bring back the state before the commit.
            "synchronous = EXTRA",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:  # a damaged file says so at the first pragma
        connection.close()
        raise
    return db


def create(path: Path) -> Connected:
    """Make a new project file with an empty schema.

    Raises:
        ProjectExistsError: there is something of that name.
        MissingFolderError: there is no such folder.
        ReadOnlyError: the folder cannot be written.
    """
    if path.exists():
        raise ProjectExistsError(path)
    if not path.parent.is_dir():
        raise MissingFolderError(path)
    with explained(path):
        db = _connect(path, "rwc")
        try:
            with db.atomic():
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrations.apply(db)
                db.execute(f"PRAGMA user_version = {count(migrations)}")
        except BaseException:
            db.close()
            raise
    return db


def open_file(path: Path, *, writing: bool, steps: Migrations = migrations, told: Told | None = None) -> Connected:
    """Open an existing project file; an older one is backed up, of which `told` hears, then brought up to date.

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
            _bring_up_to_date(db, path, steps, told, writing=writing)
            if writing:
                _clear_journal(db, path)
            else:
                db.conn.execute("PRAGMA query_only = ON")
                if isinstance(db.conn, Connection):
                    db.conn.give_way()
        except BaseException:
            db.close()
            raise
    return db


def _clear_journal(db: Database, path: Path) -> None:
    """Take away a journal in which a crash has left nothing: SQLite lets it lie until the next change."""
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists():
        return
    try:
        # Nobody else reads or writes from here on, and a journal with something in it has been rolled back and is gone.
        db.conn.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:  # somebody is reading just now; the next change takes it away
        return
    try:
        with suppress(OSError):
            journal.unlink(missing_ok=True)
    finally:
        db.conn.execute("ROLLBACK")


def check_header(path: Path) -> None:
    """Look at the first bytes before SQLite does: it would take an empty file for an empty database."""
    try:
        if path.is_dir():
            raise NoProjectError(path, " but a folder")
        if path.exists() and not path.is_file():
            raise NoProjectError(path, " but a device")
        with reading_bytes(path) as file:
            head = file.read(100)
    except FileNotFoundError:
        raise MissingProjectError(path) from None
    except OSError as error:
        raise UnreadableProjectError(path, error.strerror or "unknown") from error
    if not head:
        raise NoProjectError(path, " but an empty file")
    if not head.startswith(_MAGIC):
        raise NoProjectError(path)
    if _number(head, _APPLICATION_ID_AT) != APPLICATION_ID:
        raise NoProjectError(path, " but another SQLite database")


def is_older(path: Path) -> bool:
    """Return whether a file is a project that an older version wrote; it is not opened."""
    with suppress(OSError), reading_bytes(path) as file:
        head = file.read(100)
        is_ours = head.startswith(_MAGIC) and _number(head, _APPLICATION_ID_AT) == APPLICATION_ID
        return is_ours and _number(head, _VERSION_AT) < count(migrations)
    return False


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "big")


def _bring_up_to_date(db: Database, path: Path, steps: Migrations, told: Told | None, *, writing: bool) -> None:
    known = count(steps)
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    if version > known:
        raise NewerProjectError(path)
    if version == known:
        return
    if not writing:
        raise OlderProjectError(path)
    backup(db, _kept_as(path, version), told)
    with db.atomic():  # around the transaction of each step: an older program must never meet half of the way
        steps.apply(db)
        db.execute(f"PRAGMA user_version = {known}")


def _kept_as(path: Path, version: int) -> Path:
    """Return where a file of an older version is kept: in this second, or the next in which nothing lies there.

    When clocks are put back in autumn, an hour comes twice.
    """
    time = datetime.now().astimezone()
    while (kept := path.with_name(f"{path.stem}.backup-v{version}-{time:%Y%m%d-%H%M%S}{path.suffix}")).exists():
        time += timedelta(seconds=1)
    return kept


def count(steps: Migrations) -> int:
    """Return how many steps there are: the version they lead to.

    Not what a file says of itself: one that a newer program wrote lists steps that are not known here.
    """
    with closing(sqlite3.connect(":memory:")) as empty:
        return len(steps.pending(Database(empty, execute_plugins=False)))


def drop_copy(path: Path) -> None:
    """Take away a copy that could not be finished, and the journal that SQLite leaves on a full disk."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):  # a folder that is none has nothing to remove
            each.unlink()


def backup(db: Database, target: Path, told: Told | None = None) -> None:
    """Write a whole copy of the open database to `target`; nothing is left there when that fails.

    Raises:
        ProjectExistsError: there is something of that name.
        DiskFullError, ReadOnlyError: it cannot be written.
    """
    if target.exists():
        raise ProjectExistsError(target)
    try:
        with explained_copy(target), closing(sqlite3.connect(target)) as copy:
            page = int(db.conn.execute("PRAGMA page_size").fetchone()[0])
            if told is None:
                db.conn.backup(copy)
            else:
                db.conn.backup(
                    copy, pages=1000, progress=lambda _status, left, all_: told((all_ - left) * page, all_ * page)
                )
    except BaseException:
        drop_copy(target)
        raise
