"""Rows read straight from the pages of an SQLite file, past those that are damaged.

SQLite itself stops at the first damaged page. Here every page is looked at by itself, as its file format tells
(https://www.sqlite.org/fileformat2.html): what can be read is read, and what cannot is counted.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

Value = int | float | str | bytes | None
_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR = 13, 5, 10, 2
_ORDINARY = 4096
"""The size of a page where the file does not say it any more: what SQLite makes."""
_SIZES = (0, 1, 2, 3, 4, 6, 8)


class _DamagedError(Exception):
    """A page, or a row on it, that cannot be."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row as it lies in the file.

    Attributes:
        rowid: its number; None in a table without row numbers.
    """

    rowid: int | None
    values: tuple[Value, ...]


@dataclass(slots=True)
class Pages:
    """The pages of a file.

    Attributes:
        damaged: numbers of the pages that could not be read whole.
        seen: numbers of the pages that belong to something.
    """

    content: bytes
    damaged: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    size: int = _ORDINARY
    _usable: int = _ORDINARY

    def __post_init__(self) -> None:
        size = int.from_bytes(self.content[16:18], "big")
        size = 65536 if size == 1 else size
        is_header = self.content.startswith(b"SQLite format 3\0")
        if is_header and size in {1 << power for power in range(9, 17)}:
            self.size = size
        # Of a destroyed header nothing is believed: a wrong number here garbles every text that runs over its page.
        reserved = self.content[20] if is_header and len(self.content) > 20 else 0
        self._usable = self.size - (reserved if reserved <= 32 else 0)

    def __len__(self) -> int:
        return (len(self.content) + self.size - 1) // self.size

    def schema(self) -> dict[str, int]:
        """Return the first page of each table and index by its name, as far as the schema can be read."""
        found = {}
        for row in self.tree(1):
            kind, name, _, root = (*row.values, None, None, None, None)[:4]
            if kind in ("table", "index") and isinstance(name, str) and isinstance(root, int):
                found[name] = root
        return found

    def tree(self, root: int) -> Iterator[Found]:
        """Yield the rows of the table or index whose first page is `root`."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self.seen:
                self.damaged.add(number)
                continue
            self.seen.add(number)
            try:
                rows, children = self._page(number)
            except _DamagedError:
                self.damaged.add(number)
                continue
            yield from rows
            waiting.extend(children)

    def free(self) -> bool:
        """Mark the pages that hold nothing any more; whether all of them are known."""
        trunk, left = (int.from_bytes(self.content[at : at + 4], "big") for at in (32, 36))
        found: set[int] = set()
        while trunk and left > 0:
            if not 0 < trunk <= len(self) or trunk in found:
                return False
            page = self._bytes(trunk)
            leaves = int.from_bytes(page[4:8], "big")
            if leaves > self._usable // 4 - 2:
                return False
            found.add(trunk)
            found.update(int.from_bytes(page[8 + 4 * at : 12 + 4 * at], "big") for at in range(leaves))
            trunk, left = int.from_bytes(page[:4], "big"), left - leaves - 1
        if left or found & self.seen or max(found, default=0) > len(self):
            return False
        self.seen |= found
        return True

    def loose(self) -> Iterator[Found]:
        """Yield the rows of pages that nothing leads to any more."""
        for number in range(1, len(self) + 1):
            if number not in self.seen:
                with suppress(_DamagedError):
                    yield from self._page(number)[0]

    def _bytes(self, number: int) -> bytes:
        if not 0 < number <= len(self):
            raise _DamagedError
        return self.content[(number - 1) * self.size : number * self.size].ljust(self.size, b"\0")

    def _page(self, number: int) -> tuple[list[Found], list[int]]:
        """Return the rows on a page and the pages below it.

        Raises:
            _DamagedError: it is no page of a tree.
        """
        page = self._bytes(number)
        head = 100 if number == 1 else 0
        kind = page[head]
        if kind not in (_TABLE_LEAF, _TABLE_INTERIOR, _INDEX_LEAF, _INDEX_INTERIOR):
            raise _DamagedError
        is_interior = kind in (_TABLE_INTERIOR, _INDEX_INTERIOR)
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        array = head + (12 if is_interior else 8)
        if array + 2 * cells > self.size:
            raise _DamagedError
        rows, children = [], []
        if is_interior:
            children.append(int.from_bytes(page[head + 8 : head + 12], "big"))
        for cell in range(cells):
            at = int.from_bytes(page[array + 2 * cell : array + 2 * cell + 2], "big")
            try:
                if is_interior:
                    children.append(int.from_bytes(page[at : at + 4], "big"))
                    at += 4
                if kind != _TABLE_INTERIOR:
                    rows.append(self._cell(page, at, is_table=kind == _TABLE_LEAF))
            except (_DamagedError, IndexError, UnicodeDecodeError):
                self.damaged.add(number)
        return rows, [child for child in children if self._is_page(child, number)]

    def _is_page(self, child: int, number: int) -> bool:
        if 0 < child <= len(self):
            return True
        self.damaged.add(number)
        return False

    def _cell(self, page: bytes, at: int, *, is_table: bool) -> Found:
        length, at = _varint(page, at)
        rowid = None
        if is_table:
            rowid, at = _varint(page, at)
        if length > len(self.content):
            raise _DamagedError
        most = self._usable - 35 if is_table else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return Found(rowid, _record(page[at : at + length], length))
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        payload = bytearray(page[at : at + here])
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        behind: set[int] = set()
        while len(payload) < length:
            if following in behind or following in self.seen:
                raise _DamagedError
            behind.add(following)
            more = self._bytes(following)
            payload += more[4 : min(self._usable, 4 + length - len(payload))]
            following = int.from_bytes(more[:4], "big")
        found = Found(rowid, _record(bytes(payload), length))
        self.seen |= behind
        return found


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = page[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | page[at + 8], at + 9


def _record(payload: bytes, length: int) -> tuple[Value, ...]:
    """Return the values of a record.

    Raises:
        _DamagedError: it does not fit together.
    """
    if len(payload) != length or not payload:
        raise _DamagedError
    end, at = _varint(payload, 0)
    kinds = []
    while at < end <= length:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if at != end:
        raise _DamagedError
    values: list[Value] = []
    for kind in kinds:
        size = (kind - 12) // 2 if kind >= 12 else 8 if kind == 7 else _SIZES[kind] if kind < 7 else 0
        part = payload[at : at + size]
        if len(part) != size or kind in (10, 11):
            raise _DamagedError
        at += size
        values.append(_value(kind, part))
    if at != length:
        raise _DamagedError
    return tuple(values)


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return part if kind % 2 == 0 else part.decode()
    return int.from_bytes(part, "big", signed=True) if kind < 7 else float.fromhex("nan")
