"""Look into zip files without being blown up by them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self

from annotator.articles.source import Source, UnreadableError
from annotator.articles.walk import Wanted, is_companion

_END = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT = 65_535
_BIG_END = b"PK\x06\x06"
_SMALL = 1_000_000
"""Bytes. What unpacks to no more than this is harmless whatever its ratio: a long run of blanks packs very well."""
_CHUNK = 1 << 20


class Members:
    """The files in a zip file (and in what is one inside: DOCX, ODT, EPUB …), by name, in their order.

    Every reader that looks into a zip file does so here. The sizes that the index gives may be lies, so the bytes are
    counted while they are unpacked.
    """

    def __init__(self, source: Source) -> None:
        """Open the archive.

        Raises:
            UnreadableError: it is damaged, or has too many members.
        """
        self._limits = source.limits
        self._left = source.limits.unpacked
        self._file = source.open()
        try:
            _check_count(self._file, self._limits.members)
            self._zip = zipfile.ZipFile(self._file)
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, struct.error, OSError) as error:
            self._file.close()
            raise UnreadableError(f"This archive is damaged ({error}). Save or fetch it again.") from None
        except UnreadableError:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the files (not of the folders)."""
        return (name for name, info in self._infos.items() if not info.is_dir())

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def chosen(self, wanted: Wanted) -> Iterator[str]:
        """Yield the names of the files that are taken: as of a folder, see `walk.find_files`."""
        pages: dict[str, set[str]] = {}
        for name in self:
            path = PurePosixPath(name)
            if path.suffix.lower() in (".html", ".htm", ".xhtml"):
                pages.setdefault(str(path.parent), set()).add(path.stem)
        for name in self:
            path = PurePosixPath(name)
            is_hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
            beside = any(is_companion(each.name, pages.get(str(each.parent), ())) for each in path.parents)
            if wanted(path.name) and not is_hidden and not beside:
                yield name

    @property
    def is_spent(self) -> bool:
        """Whether as much was unpacked as may be, so that nothing more can be read."""
        return self._left < 0

    def size(self, name: str) -> int:
        """Return how many bytes the index says a member has."""
        return self._infos[name].file_size

    def read(self, name: str, largest: int | None = None) -> bytes:
        """Return the bytes of a member.

        Raises:
            UnreadableError: there is none, it is larger than `largest` (`Limits.largest` when None), packed too
                tightly, encrypted or damaged, or everything that was read comes to more than `Limits.unpacked`.
        """
        return b"".join(self.chunks(name, largest))

    def chunks(self, name: str, largest: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a member in parts, so that it can be looked at without being held.

        Raises:
            UnreadableError: as `read`.
        """
        info = self._infos.get(name)
        if info is None:
            raise UnreadableError(f"“{name}” is missing in it, so it is no whole document. Save or fetch it again.")
        if info.flag_bits & 1:
            raise UnreadableError("This is encrypted. Save it without a password and add that.")
        try:
            yield from self._unpacked(info, self._limits.largest if largest is None else largest)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, RuntimeError, OSError) as error:
            raise UnreadableError(
                f"This is damaged ({error or 'its end is missing'}). Save or fetch it again."
            ) from None

    def _unpacked(self, info: zipfile.ZipInfo, bound: int) -> Iterator[bytes]:
        packed = max(info.compress_size, 1)
        size = 0
        with self._zip.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                self._left -= len(chunk)
                if size > _SMALL and size > packed * self._limits.ratio:
                    raise UnreadableError(
                        f"This unpacks to more than {self._limits.ratio:,} times its size, as archives do that are "
                        "made to fill a disk. It was not read."
                    )
                if size > bound:
                    raise UnreadableError(
                        f"This unpacks to more than {bound // 1_000_000:,} MB, which is the most that is read whole. "
                        "Split it into the articles it holds and add those."
                    )
                if self._left < 0:
                    raise UnreadableError(
                        f"This archive unpacks to more than {self._limits.unpacked // 1_000_000:,} MB. "
                        "Unpack it and add a part at a time."
                    )
                yield chunk


def _check_count(file: BinaryIO, most: int) -> None:
    count = _count(file)
    if count > most:
        raise UnreadableError(
            f"This archive has {count:,} files, and {most:,} are the most that are looked at. "
            "Unpack it and add the folder."
        )


def _count(file: BinaryIO) -> int:
    """Return how many members the archive says it has, before `zipfile` makes an object of each."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - _END_SIZE - _COMMENT - 100))
    tail = file.read()
    file.seek(0)
    place = tail.rfind(_END)
    if place < 0 or place + 12 > len(tail):
        return 0
    count = int(struct.unpack_from("<H", tail, place + 10)[0])
    big = tail.rfind(_BIG_END)
    if count == _COMMENT and 0 <= big <= len(tail) - 40:
        count = int(struct.unpack_from("<Q", tail, big + 32)[0])
    # The index needs 46 bytes a member, so a count that is a lie cannot be far from the truth.
    length = int(struct.unpack_from("<I", tail, place + 12)[0]) if place + 16 <= len(tail) else 0
    return max(count, length // 200 if length != 0xFFFFFFFF else 0)
