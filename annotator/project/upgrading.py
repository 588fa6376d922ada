"""Bringing a large project of an older version up to date before it is opened: it takes a backup, and so a while."""

from collections.abc import Callable
from pathlib import Path

from annotator.store.database import is_older
from annotator.store.file import ProjectFile

LARGE = 30_000_000
"""Bytes. To copy less takes no longer than opening may."""


def takes_long(path: Path) -> bool:
    """Return whether a file is a project of an older version, and so large that opening it would stand still."""
    try:
        return path.stat().st_size >= LARGE and is_older(path)
    except OSError:  # opening it says why
        return False


def needs_upgrade(path: Path) -> bool:
    """Return whether a file is a project of an older version, which is brought up to date when it is opened for writing."""
    return is_older(path)


def bring_up_to_date(path: Path, told: Callable[[int, int], None]) -> None:
    """Back a project up beside itself and bring it up to date, in any thread; it must not be open.

    `told` is given how many of how many bytes are backed up; what it raises ends it, and all is as it was.

    Raises:
        ProjectFileError: as `Project.open` does. All is as it was.
    """
    ProjectFile.open(path, writing=True, told=told).close()
