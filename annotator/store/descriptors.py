"""Reading a file's own bytes while SQLite has it open in this process, without letting go of SQLite's locks.

POSIX locks belong to the process and the file, not to a descriptor: closing any descriptor of a file drops all locks that
the process has on it, those of SQLite in the middle of writing too. Another program would then take the journal of that
write for one that a crash has left, and roll it back into a file that is being written. So a descriptor is closed only
when no connection to the file is open in this process; until then it waits, and whoever reads the file next takes it: a
window that is open for days reads its file's first bytes thousands of times.
"""

import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO

_Key = tuple[int, int]
_guard = Lock()
_connected: Counter[_Key] = Counter()
"""How many connections this process has to a file, by device and inode."""
_waiting: dict[_Key, list[FileIO]] = defaultdict(list)
_readers: dict[_Key, set["Connection"]] = defaultdict(set)
"""Connections that give way to a commit, by the file they read."""


class Connection(sqlite3.Connection):
    """A connection during which no descriptor of its file is closed. Made by `connect`."""

    held: _Key | None = None

    def give_way(self) -> None:
        """From now on, stop what is read over this connection when `make_way` asks for that."""
        if self.held is not None:
            with _guard:
                _readers[self.held].add(self)

    def close(self) -> None:
        """Close it; the last one to a file closes what waits."""
        key, self.held = self.held, None
        if key is not None:
            with _guard:  # nobody interrupts what is being closed
                _readers[key].discard(self)
                if not _readers[key]:
                    del _readers[key]
        super().close()
        if key is not None:
            _let_go(key)


def connect(path: Path, uri: str, timeout: float) -> Connection:
    """Connect to the file at a path by SQLite's URI for it; wait so many seconds for a lock."""
    key = _key(path)
    if key is not None:
        with _guard:  # before SQLite opens the file: from here on nobody closes a descriptor of it
            _connected[key] += 1
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, factory=Connection)
    except BaseException:
        if key is not None:
            _let_go(key)
        raise
    if key is None:  # it is a new file
        key = _key(path)
        if key is not None:
            with _guard:
                _connected[key] += 1
    connection.held = key
    return connection


def make_way(writer: Connection) -> bool:
    """Stop whatever other threads of this process read from the writer's file; return whether anybody may have.

    Who is stopped meets `sqlite3.SQLITE_INTERRUPT`, lets go of the file, and has to begin anew.
    """
    with _guard:
        readers = _readers.get(writer.held, set()) - {writer} if writer.held is not None else set()
        for each in readers:
            each.interrupt()
    return bool(readers)


@contextmanager
def reading_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read its own bytes.

    Raises:
        OSError: as `Path.open` does.
    """
    raw = _taken(path) or path.open("rb", buffering=0)
    status = os.fstat(raw.fileno())
    file = BufferedReader(raw)  # a new one each time: what was read before is not what stands there now
    try:
        yield file
    finally:
        file.detach()
        with _guard:
            key = (status.st_dev, status.st_ino)
            if _connected[key] > 0:
                _waiting[key].append(raw)
            else:
                del _connected[key]
                raw.close()


def _taken(path: Path) -> FileIO | None:
    """Return a descriptor of the file that waits, at its beginning; None where there is none."""
    key = _key(path)
    with _guard:
        raw = _waiting[key].pop() if key is not None and _waiting.get(key) else None
    if raw is not None:
        raw.seek(0)
    return raw


def _key(path: Path) -> _Key | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino)


def _let_go(key: _Key) -> None:
    with _guard:
        _connected[key] -= 1
        if _connected[key] > 0:
            return
        del _connected[key]
        for file in _waiting.pop(key, ()):
            file.close()
