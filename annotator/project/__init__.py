"""The verbs, and the only door to the rooms below. The public Python API is `Project`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.project.project import Project

__all__ = ["Project"]


def __getattr__(name: str) -> object:
    if name != "Project":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # When it is asked for: a process that helps counting (`crewed`) needs one module of this room, and begins in half the time.
    from annotator.project.project import Project  # noqa: PLC0415

    globals()[name] = Project
    return Project
