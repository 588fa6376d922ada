"""A folder for what is needed for a moment only."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.model.errors import NoPassingFolderError

_PREFIX = "annotator-passing-"
_WEEK = 7 * 24 * 3600


def passing_folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a new folder that only this person can look into, to be cleaned up by who asked.

    What a program that was killed has left goes after a week: it holds whole projects.

    Raises:
        NoPassingFolderError: the system has no place for it, or no room.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise NoPassingFolderError(error.strerror or str(error)) from error
    for each in Path(made.name).parent.glob(f"{_PREFIX}*"):
        if _is_left(each):
            shutil.rmtree(each, ignore_errors=True)
    return made


def _is_left(folder: Path) -> bool:
    with suppress(OSError):
        told = folder.lstat()
        own = not hasattr(os, "getuid") or told.st_uid == os.getuid()
        return own and folder.is_dir() and not folder.is_symlink() and time.time() - told.st_mtime > _WEEK
    return False


@contextmanager
def passing() -> Iterator[Path]:
    """Yield such a folder, and take it away."""
    with passing_folder() as folder:
        yield Path(folder)
