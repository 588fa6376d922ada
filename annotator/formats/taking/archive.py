"""Members of a zip file that was made by somebody else: read one by one, never more than a text can be."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from annotator.model.problem import Problem

LARGEST = 512 << 20
"""Bytes that a member may have."""
_LONGEST = 16 << 30
"""Bytes that a member may have which is read piece by piece."""
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
    _by_name: dict[str, zipfile.ZipInfo] = field(default_factory=dict, init=False)
    _by_last: dict[str, zipfile.ZipInfo] = field(default_factory=dict, init=False)

    def names(self) -> list[str]:
        """Return the members that are files, in order, as the archive calls them but with slashes alone."""
        return sorted(_slashed(each.filename) for each in self.archive.infolist() if not each.is_dir())

    def member(self, name: str) -> bytes | None:
        """Return a member by its name; None where there is none, or (and a problem) it unpacks to too much."""
        return self._content(self._exact().get(name))

    def called(self, name: str) -> bytes | None:
        """Return the first member whose last name it is, in whatever folder; case does not tell names apart."""
        return self._content(self._last().get(_last_name(name)))

    def has(self, name: str) -> bool:
        """Whether there is a member that `called` would find, whatever its size."""
        return _last_name(name) in self._last()

    def opened(self, name: str) -> IO[bytes] | None:
        """Return a member by its name, to be read piece by piece; None as for `member`, though it may be larger."""
        return self._opened(self._exact().get(name))

    def opened_as(self, name: str) -> IO[bytes] | None:
        """Return what `called` would, to be read piece by piece; it may be larger."""
        return self._opened(self._last().get(_last_name(name)))

    def _exact(self) -> dict[str, zipfile.ZipInfo]:
        if not self._by_name:
            for each in reversed(self.archive.infolist()):
                self._by_name[_slashed(each.filename)] = self._by_last[_last_name(each.filename)] = each
        return self._by_name

    def _last(self) -> dict[str, zipfile.ZipInfo]:
        self._exact()
        return self._by_last

    def _fits(self, info: zipfile.ZipInfo, largest: int) -> bool:
        fits = info.file_size <= min(largest, _RATIO * max(info.compress_size, 1024))
        problem = Problem(str(self.path), f"“{info.filename}” unpacks to too much; it was left out.")
        if not fits and problem not in self.problems:
            self.problems.append(problem)
        return fits

    def _opened(self, info: zipfile.ZipInfo | None) -> IO[bytes] | None:
        if info is None or not self._fits(info, _LONGEST):
            return None
        return self.archive.open(info)

    def _content(self, info: zipfile.ZipInfo | None) -> bytes | None:
        if info is None or not self._fits(info, LARGEST):
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


def _last_name(name: str) -> str:
    return PurePosixPath(_slashed(name)).name.casefold()


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
