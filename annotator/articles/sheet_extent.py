"""How far apart the used cells of a workbook lie. calamine makes room for every cell between them before anything is read.

A sheet with two cells, at its upper left and its lower right, would take 500 GB, and no exception says so: the program
ends. So this is looked at first.
"""

import re
import struct
from collections.abc import Iterator

from annotator.articles.archive import Members
from annotator.articles.compound import Compound, CompoundError
from annotator.articles.source import Limits, UnreadableError

MOST_CELLS = 40_000_000
"""Room for one takes some 32 bytes."""
_REST = 4_000
"""Bytes of a chunk that are looked at again with the next, because a tag may be cut."""
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]{0,500}?\sr=["']([A-Z]{0,9})(\d{1,99})["']""")
_TAG = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(\s[^>]{0,3000}?)?(/?)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,9})["']""")
_CELLS = frozenset({0x06, 0x01, 0x02, 0x03, 0x04, 0x05, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_SEVERAL = frozenset({0xBD, 0xBE})
_BEGIN = frozenset({0x809, 0x409, 0x209, 0x009})
_TOO_WIDE = (
    "The used cells of a sheet in it lie too far apart to be read. Delete what stands far below or beside the table, "
    "or save the table as CSV and add that."
)


def check_zipped(members: Members, limits: Limits) -> None:
    """Look at every member of an XLSX or ODS workbook without holding it.

    Raises:
        UnreadableError: it is packed or laid out to fill the memory, or is a workbook in binary form (XLSB).
    """
    if "xl/workbook.bin" in members:
        raise UnreadableError("This is a workbook in Excel's binary form (XLSB). Save it as XLSX and add that.")
    for name in members:
        chunks = members.chunks(name, limits.member)
        if name.startswith("xl/worksheets/"):
            _check(_excel(chunks))
        elif name == "content.xml":
            _check(_open_document(chunks))
        elif name.endswith((".xml", ".rels")):
            for _ in chunks:
                pass


def check_compound(data: bytes) -> None:
    """Look at the sheets of an XLS workbook.

    Raises:
        UnreadableError: it is damaged, or laid out to fill the memory.
    """
    try:
        stream = Compound(data).stream("Workbook", "Book")
    except CompoundError as error:
        raise UnreadableError(f"This workbook is damaged ({error}). Save it again, or as CSV, and add that.") from None
    _check(_binary(stream))


def _check(spans: Iterator[int]) -> None:
    if any(span > MOST_CELLS for span in spans):
        raise UnreadableError(_TOO_WIDE)


def _excel(chunks: Iterator[bytes]) -> Iterator[int]:
    """Yield how many cells the places span that were named so far."""
    right = below = 0
    for data in _overlapping(chunks):
        for column, row in _PLACE.findall(data):
            right = max(right, _column(column))
            below = max(below, int(row))
        yield right * below


def _open_document(chunks: Iterator[bytes]) -> Iterator[int]:
    """Yield how many cells are said so far to be there; of empty ones only those before a used one count."""
    sheet = _Sheet()
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        place = 0
        for tag in _TAG.finditer(data):
            sheet.take(*tag.groups())
            place = tag.end()
        yield sheet.most
        rest = data[max(place, len(data) - _REST) :]


class _Sheet:
    """The extent of the sheets of an OpenDocument workbook."""

    def __init__(self) -> None:
        self.most = 0
        self._right = self._below = self._row = self._column = self._rows = 0

    def take(self, name: bytes, attributes: bytes | None, is_empty: bytes) -> None:
        found = _REPEATED.search(attributes or b"")
        count = int(found[1]) if found else 1
        if name == b"table":
            self._right = self._below = self._row = self._rows = 0
        elif name == b"table-row":
            self._row += self._rows
            self._rows, self._column = count, 0
        else:
            self._column += count
            if not is_empty:
                self._right = max(self._right, self._column)
                self._below = max(self._below, self._row + self._rows)
                self.most = max(self.most, self._right * self._below)


def _binary(stream: bytes) -> Iterator[int]:
    place = right = below = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind in _BEGIN:
            right = below = 0
        elif kind in _CELLS and length >= 4 and place + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, place + 4)
            if kind in _SEVERAL and place + 4 + length <= len(stream):
                column = max(column, struct.unpack_from("<H", stream, place + 2 + length)[0])
            right, below = max(right, column + 1), max(below, row + 1)
            if right * below > MOST_CELLS:
                yield right * below
        place += 4 + length


def _overlapping(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        yield rest + chunk
        rest = chunk[-_REST:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
