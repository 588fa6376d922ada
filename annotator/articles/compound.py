"""The compound files that old Office programs wrote: the streams in them, read with bounds. For looking, not for reading."""

import struct
from collections.abc import Callable, Iterator

_END = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""
_SMALL = 4096
"""Bytes. Shorter streams lie in sectors of 64 bytes within another stream."""
_SMALL_SECTOR = 64
_ENTRY = 128


class CompoundError(ValueError):
    """The file does not hold together."""


class Compound:
    """A compound file in memory."""

    def __init__(self, data: bytes) -> None:
        """Find its sectors.

        Raises:
            CompoundError: it does not hold together.
        """
        self._data = data
        try:
            self._read()
        except struct.error as error:
            raise CompoundError(str(error)) from None

    def _read(self) -> None:
        shift = struct.unpack_from("<H", self._data, 30)[0]
        if shift not in (9, 12):
            raise CompoundError("its sectors have no known size")
        self._size = 1 << shift
        first, small = struct.unpack_from("<I", self._data, 48)[0], struct.unpack_from("<I", self._data, 60)[0]
        self._table = self._sector_table()
        self._entries = self._directory(b"".join(self._chain(first, self._table, self._sector)))
        small_table = b"".join(self._chain(small, self._table, self._sector))
        self._small_table = struct.unpack(f"<{len(small_table) // 4}I", small_table[: len(small_table) // 4 * 4])
        start, size = self._entries.get("Root Entry", (_END, 0))
        self._small_stream = b"".join(self._chain(start, self._table, self._sector))[:size]

    def stream(self, *names: str) -> bytes:
        """Return the bytes of the first stream that has one of the names.

        Raises:
            CompoundError: there is none, or it does not hold together.
        """
        for name in names:
            if name in self._entries:
                start, size = self._entries[name]
                if size < _SMALL:
                    return b"".join(self._chain(start, self._small_table, self._small_sector))[:size]
                return b"".join(self._chain(start, self._table, self._sector))[:size]
        raise CompoundError("it has no stream of that name")

    def _sector(self, number: int) -> bytes:
        place = (number + 1) * self._size
        return self._data[place : place + self._size]

    def _small_sector(self, number: int) -> bytes:
        return self._small_stream[number * _SMALL_SECTOR : (number + 1) * _SMALL_SECTOR]

    def _sector_table(self) -> tuple[int, ...]:
        numbers = [each for each in struct.unpack_from("<109I", self._data, 76) if each < _END]
        following = struct.unpack_from("<I", self._data, 68)[0]
        per_sector, seen = self._size // 4, set[int]()
        while following < _END and following not in seen:
            seen.add(following)
            sector = struct.unpack(f"<{per_sector}I", self._sector(following))
            numbers += [each for each in sector[:-1] if each < _END]
            following = sector[-1]
        table: list[int] = []
        for number in dict.fromkeys(numbers):
            sector_bytes = self._sector(number)
            table += struct.unpack(f"<{len(sector_bytes) // 4}I", sector_bytes[: len(sector_bytes) // 4 * 4])
        return tuple(table)

    def _chain(self, start: int, table: tuple[int, ...], sector: Callable[[int], bytes]) -> Iterator[bytes]:
        number, seen = start, 0
        while number < len(table):
            yield sector(number)
            seen += 1
            if seen > len(table):
                raise CompoundError("its sectors form a loop")
            number = table[number]

    @staticmethod
    def _directory(data: bytes) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        for place in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length = min(struct.unpack_from("<H", data, place + 64)[0], 64)
            name = data[place : place + max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, place + 116)
            if name:
                entries.setdefault(name, (start, size))
        return entries
