"""Members of a zip file that was made by somebody else: read one by one, never more than a text can be."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from annotator.model.problem import Problem

LARGEST = 512 << 20
"""Bytes that a member may have."""
_RATIO = 500
"""How many times as large as in the archive a member may be: more is made to do harm."""
BROKEN = (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError)
"""What a zip file that is broken, locked or packed in an unknown way raises."""


@dataclass(slots=True)
class Archive:
    """An open zip file.

    Attributes:
        path: where it lies, for messages.
        problems: are added to where a member is left out.
    """

    path: Path
    archive: zipfile.ZipFile
    problems: list[Problem]

    def names(self) -> list[str]:
        """Return the members that are files, in order, as the archive calls them but with slashes alone."""
        return sorted(_slashed(each.filename) for each in self.archive.infolist() if not each.is_dir())

    def member(self, name: str) -> bytes | None:
        """Return a member by its name; None where there is none, or (and a problem) it unpacks to too much."""
        found = (each for each in self.archive.infolist() if _slashed(each.filename) == name)
        return self._content(next(found, None))

    def called(self, name: str) -> bytes | None:
        """Return the first member whose last name it is, in whatever folder; case does not tell names apart."""
        wanted = PurePosixPath(_slashed(name)).name.casefold()
        found = (
            each for each in self.archive.infolist() if PurePosixPath(_slashed(each.filename)).name.casefold() == wanted
        )
        return self._content(next(found, None))

    def _content(self, info: zipfile.ZipInfo | None) -> bytes | None:
        if info is None:
            return None
        if info.file_size > LARGEST or info.file_size > _RATIO * max(info.compress_size, 1024):
            self.problems.append(Problem(str(self.path), f"“{info.filename}” unpacks to too much; it was left out."))
            return None
        try:
            with self.archive.open(info) as opened:
                return opened.read(LARGEST)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            # Damaged, encrypted, or packed in a way that is not known here.
            self.problems.append(Problem(str(self.path), f"“{info.filename}” cannot be unpacked ({error})."))
            return None


def _slashed(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


@dataclass(slots=True)
class Folder:
    """A folder that is read as if it were a zip file."""

    path: Path

    def names(self) -> list[str]:
        """Return the files in it, at any depth, in order."""
        return sorted(self._files())

    def _files(self) -> Iterator[str]:
        for each in self.path.rglob("*"):
            if each.is_file():
                yield each.relative_to(self.path).as_posix()

    def member(self, name: str) -> bytes | None:
        """Return a file; None where there is none, or it is larger than a text can be."""
        path = self.path / name
        return path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else None
