"""The files of an import: one, or those of a folder, and whose labels each of them holds."""

from collections.abc import Iterable
from pathlib import Path

from annotator.model.problem import Problem

PARTS = frozenset({"train", "dev", "test", "valid", "validation", "eval"})
"""Names of the parts of a split: they are no annotators."""
_LARGEST = 2 << 30


def files_of(path: Path, suffixes: Iterable[str]) -> list[tuple[Path, str]]:
    """Return the files with one of `suffixes` (in lower case) at `path`, in order, each with an annotator's name.

    A single file has none (empty). In a folder, a file in a sub-folder belongs to the annotator of the sub-folder's
    name, and one of several that lie beside one another to the annotator of its own name; names of parts of a split
    (``train``) name nobody.
    """
    suffixes = tuple(suffixes)
    if not path.is_dir():
        return [(path, "")]
    found = sorted(each for each in path.rglob("*") if each.name.lower().endswith(suffixes) and each.is_file())
    found = [each for each in found if not each.name.startswith((".", "~$"))]
    return [(each, _annotator(path, each, suffixes)) for each in found]


def _annotator(top: Path, file: Path, suffixes: tuple[str, ...]) -> str:
    inner = [part for part in file.relative_to(top).parts[:-1] if part.casefold() not in PARTS]
    if inner:
        return inner[0]
    stem = next(file.name[: -len(each)] for each in suffixes if file.name.lower().endswith(each))
    return "" if stem.casefold() in PARTS else stem


def unreadable(path: Path) -> Problem | None:
    """Return why a file is not to be read; None where it may be tried."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            return Problem(str(path), "This is no file.")
        if path.stat().st_size > _LARGEST:
            return Problem(str(path), "The file is larger than 2 GB. Split it.")
    except OSError as error:
        return Problem(str(path), f"The file cannot be read: {error.strerror}.")
    return None


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Return a file's text as it is (line ends too), without a byte order mark; None (and a problem) when it has none.

    Annotations count characters, so nothing is guessed: the file is UTF-8, or UTF-16 with its mark.
    """
    fault = unreadable(path)
    if fault is not None:
        problems.append(fault)
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), f"The file cannot be read: {error.strerror}."))
        return None
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(Problem(str(path), f"The file is not UTF-8 (byte {error.start}).", line))
        return None
