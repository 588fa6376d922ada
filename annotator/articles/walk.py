"""Which files a person means who chooses files and folders."""

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.model.problem import Problem

_COMPANIONS = ("_files", "-files", "_fichiers", "-Dateien", "-filer", "_archivos", "_file", "_bestanden")
"""Ends of the name of the folder that a browser saves beside a page, with pictures and style sheets."""
_PAGES = (".html", ".htm", ".xhtml")

Wanted = Callable[[str], bool]
"""Whether a file of that name is taken from a folder. A file that is chosen itself is read whatever its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, in order, each once, and what could not be looked into."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def find_files(paths: Iterable[Path], wanted: Wanted, cancelled: Callable[[], bool] = lambda: False) -> Found:
    """Return the files among `paths`, and those in the folders among them and all their subfolders.

    Folders are read in natural order (2 before 10), each once, however many links lead to it; hidden ones and hidden
    files are passed over, and so is the folder that a browser saves beside a page. Files of other kinds are counted in one problem a chosen folder. Stops where `cancelled`.
    """
    files: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        if cancelled():
            break
        if _is_folder(path):
            _search(path, files, problems, wanted, cancelled)
        else:
            files.setdefault(_real(path), path)
    return Found(tuple(files.values()), tuple(problems))


def printable(path: Path | str) -> str:
    """Return a path or name that can be shown and stored: bytes of it that are no UTF-8 become U+FFFD."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_companion(folder: str, pages: Container[str]) -> bool:
    """Return whether a folder is what a browser saved beside one of `pages` (names without suffix)."""
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in _COMPANIONS)


def _search(
    top: Path, files: dict[Path, Path], problems: list[Problem], wanted: Wanted, cancelled: Callable[[], bool]
) -> None:
    before, others = len(files), dict[str, int]()
    known = False
    for path in _walk(top, problems, set()):
        if cancelled():
            return
        if wanted(path.name):
            known = True
            files.setdefault(_real(path), path)
        else:
            others[path.suffix.lower()] = others.get(path.suffix.lower(), 0) + 1
    if others:
        problems.append(Problem(printable(top), _left_out(others)))
    elif len(files) == before and not known:
        problems.append(Problem(printable(top), "There are no files in this folder that could hold articles."))


def _walk(folder: Path, problems: list[Problem], seen: set[Path]) -> Iterator[Path]:
    real = _real(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name for entry in entries if not entry.name.startswith(".")), key=_natural)
    except OSError as error:
        why = error.strerror or "unknown reason"
        problems.append(
            Problem(printable(folder), f"This folder cannot be looked into ({why}). Check its permissions.")
        )
        return
    folders = []
    pages = {Path(name).stem for name in names if name.lower().endswith(_PAGES)}
    for name in names:
        path = folder / name
        if _is_folder(path):
            if not is_companion(name, pages):
                folders.append(path)
        else:
            yield path
    for path in folders:
        yield from _walk(path, problems, seen)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # It lies in a folder that may not be entered; the reader says so.
        return False


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        # A link that leads to itself has no real path; the reader says so.
        return path.absolute()


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _left_out(others: dict[str, int]) -> str:
    count = sum(others.values())
    kinds = ", ".join(sorted(others))
    if count == 1:
        return f"1 file here is of another kind ({kinds}) and was left out. If it holds an article, choose it itself."
    return (
        f"{count:,} files here are of other kinds ({kinds}) and were left out. "
        "If they hold articles, choose the files themselves."
    )
