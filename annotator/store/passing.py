"""A folder for what is needed for a moment only."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.model.errors import NoPassingFolderError


def passing_folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a new folder that only this person can look into, to be cleaned up by who asked.

    Raises:
        NoPassingFolderError: the system has no place for it, or no room.
    """
    try:
        return tempfile.TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True)
    except OSError as error:
        raise NoPassingFolderError(error.strerror or str(error)) from error


@contextmanager
def passing() -> Iterator[Path]:
    """Yield such a folder, and take it away."""
    with passing_folder() as folder:
        yield Path(folder)
