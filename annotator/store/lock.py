"""Who holds a project open for writing: a file beside it, locked by the operating system.

The operating system lets go of the lock when a program dies, however it dies: a lock left by a crash heals by itself.
"""

import contextlib
import errno
import getpass
import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from annotator.model.errors import LockedProjectError, ReadOnlyError

_FAR = 1 << 30
"""Windows forbids reading a locked range, so the byte that is locked lies far behind what is written."""

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What systems answer when another program has the lock. Anything else: that disk knows no locks."""


def _try_lock(handle: int) -> bool:
    """Lock the file without waiting; whether that worked."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists only there

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists only here

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _opened(path: Path) -> tuple[int, bool]:
    """Open the lock file, or make it; and whether it is another user's, and can only be read."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644), False
    except PermissionError as error:
        try:
            return os.open(path, os.O_RDONLY), True
        except OSError:
            raise error from None


def _is_removed(path: Path) -> bool:
    with contextlib.suppress(OSError):
        path.unlink()
        return True
    return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, or no way to ask
        return "somebody"


class Lock:
    """The right to write one project, from `take` to `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    @staticmethod
    def path_for(project: Path) -> Path:
        """Return the lock file's path: beside the project, its name with ``.lock`` behind it.

        Beside the file itself, where the path is a link to it: two ways to one project meet at one lock.
        """
        real = project.resolve()
        return real.with_name(real.name + ".lock")

    @classmethod
    def take(cls, project: Path) -> Self:
        """Take the lock, or say who has it.

        Raises:
            LockedProjectError: another program holds the project.
            ReadOnlyError: the folder cannot be written.
        """
        path = cls.path_for(project)
        while True:
            try:
                handle, is_foreign = _opened(path)
            except OSError as error:
                raise ReadOnlyError(project, f"its folder cannot be written ({error.strerror})") from error
            try:
                is_ours = _try_lock(handle)
            except OSError as error:
                os.close(handle)
                with contextlib.suppress(OSError):
                    path.unlink()
                raise ReadOnlyError(project, f"its disk cannot lock files ({error.strerror})") from error
            if not is_ours:
                os.close(handle)
                raise LockedProjectError(project, holder(project))
            # A foreign one was left by a program that has died: one of ours takes its place where that can be.
            if cls._is_current(path, handle) and not (is_foreign and _is_removed(path)):
                break
            os.close(handle)  # where it is not current, who held it removed the file while we waited at the old one
        who = {
            "user": _user(),
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with contextlib.suppress(OSError):  # on a full disk the lock holds too, it only does not say whose it is
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps(who).encode())
        return cls(path, handle)

    @staticmethod
    def _is_current(path: Path, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), path.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let go, and leave no file behind."""
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(self._handle)
            with contextlib.suppress(OSError):
                self._path.unlink()
            return
        with contextlib.suppress(OSError):  # gone already, or another user's, who alone may remove it there
            self._path.unlink()
        os.close(self._handle)


def holder(project: Path) -> str:
    """Say in words who holds the lock of `project`: "ana on desk-3 (process 4711), since 2026-03-01 09:00"."""
    try:
        who = json.loads(Lock.path_for(project).read_text("utf-8"))
        since = datetime.fromisoformat(who["since"]).astimezone().strftime("%Y-%m-%d %H:%M")
        return f"{who['user']} on {who['host']} (process {who['process']}), since {since},"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"
