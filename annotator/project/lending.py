"""What takes long to write, for another thread: the project's holder lends it meanwhile (`Project.lend`)."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from annotator.model.changes import Changes
from annotator.project.project import Project
from annotator.store.file import ProjectFile

T = TypeVar("T")
LONG = 500
"""Rows. A step that touches more is one that a person would see the window stand still for: about 0.1 ms a row."""


def write_lent(path: Path, verb: Callable[[Project], T]) -> tuple[T, Changes | None]:
    """Let a verb write one step into the lent project at a path, over a connection of its own: whole, or not at all.

    What the verb raises passes on, and nothing is written then: `StoppedError` out of a progress, for one.

    Returns:
        What the verb returned, and what was touched, for `Project.take_back`; None when nothing was.

    Raises:
        ProjectFileError: it cannot be written; it was rolled back.
    """
    touched: list[Changes] = []
    file = ProjectFile.borrow(path)
    try:
        borrowed = Project(file, read_only=False)
        borrowed.notify = touched.append
        result = verb(borrowed)
    finally:
        file.close()
    return result, touched[0] if touched else None
