"""Where copies that come back lie: files, and folders of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

_COPIES = "*.annotator"


def copies_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are meant: of a folder the projects in it, or itself where there are none, to be refused."""
    for path in paths:
        found = sorted(path.rglob(_COPIES)) if path.is_dir() else []
        yield from found or [path]


def without_copies(folder: Path) -> str:
    """Return why nothing in a folder can be merged, and what to do, as a sentence."""
    lies = "It is empty." if not any(folder.iterdir()) else "None of the files in it ends in .annotator."
    return f"“{folder.name}” is a folder without a copy of the project. {lies} Put the copies that came back into it, or name them."
