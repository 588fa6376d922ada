"""The sheets of a workbook row by row: neither the workbook nor a sheet is ever whole in memory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from annotator.formats.tables.sheets import TableRow
from annotator.formats.taking.archive import Archive
from annotator.formats.taking.elements import elements
from annotator.formats.taking.spool import Spool
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from lxml import etree

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_WIDEST = 16_384
"""Columns that a sheet of Excel has."""
_SHORT = 60
"""Characters of shared words that are held in memory; longer ones wait in a file."""


class Workbook:
    """An open workbook: the names of its sheets, and their rows.

    Attributes:
        sheets: the members that hold the sheets, by the sheets' names.
    """

    def __init__(self, box: Archive, spool: Spool) -> None:
        """Look what sheets there are; words that they share will wait in `spool`."""
        self._box = box
        self._spool = spool
        self._shared: list[str | int] | None = None
        self._columns: dict[str, int] = {}
        self.sheets = self._sheets()

    def rows(self, name: str) -> Iterator[TableRow]:
        """Yield the rows of a sheet, whose first one names the columns; cells without a heading go on with the one before."""
        if self._shared is None:
            self._shared = list(self._words())
        lines = self._lines(self.sheets[name])
        _, head = next(lines, (0, []))
        named = [each.strip() for each in head]
        places = {each: place for place, each in reversed(list(enumerate(named))) if each}
        is_plain = len(places) == len(named)
        for number, cells in lines:
            values = cells if is_plain and len(cells) <= len(named) else _joined(cells, named, places)
            if any(values):
                yield TableRow(self._box.path, number, places, values)

    def _sheets(self) -> dict[str, str]:
        targets = {
            each.get("Id"): each.get("Target") or ""
            for each in self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        found: dict[str, str] = {}
        for each in self._elements("xl/workbook.xml", "sheet"):
            target = next(
                (targets[value] for name, value in each.items() if name.endswith("}id") and value in targets), ""
            )
            place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[each.get("name") or ""] = PurePosixPath(place).as_posix()
        return found

    def _elements(self, member: str, name: str) -> Iterator["etree._Element"]:
        """Yield the elements of a member; none where it is not there."""
        file = self._box.opened(member)
        if file is not None:
            with file:
                yield from elements(file, name)

    def _words(self) -> Iterator[str | int]:
        """Yield the words that the sheets share, or (for long ones) by which number they wait."""
        count = 0
        for each in self._elements("xl/sharedStrings.xml", "si"):
            words = _string(each)
            if len(words) <= _SHORT:
                yield words
            else:
                self._spool.put("", words)
                yield count
                count += 1

    def _lines(self, member: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that hold anything, with their numbers."""
        number = 0
        for row in self._elements(member, "row"):
            told = row.get("r") or ""
            number = int(told) if told.isdecimal() else number + 1
            cells: list[str] = []
            for cell in row:
                column = self._column(cell.get("r"), len(cells))
                if column >= _WIDEST:
                    message = f"A cell of the row lies further to the right than the {_WIDEST:,} columns of a sheet."
                    self._box.problems.append(Problem(str(self._box.path), message, number))
                    break
                if column > len(cells):
                    cells.extend([""] * (column - len(cells)))
                if column == len(cells):  # a place that is named twice keeps what it had
                    cells.append(self._value(cell))
            yield number, cells

    def _column(self, place: str | None, following: int) -> int:
        """Return the number of a cell's column, from 0."""
        if not place:
            return following
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            number = 0
            for letter in letters.upper():
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = number - 1
        return self._columns[letters]

    def _value(self, cell: "etree._Element") -> str:
        kind = cell.get("t")
        if kind == "inlineStr":
            return _string(cell[0]) if len(cell) else ""
        words = next((each.text or "" for each in cell if str(each.tag).endswith("}v")), "")
        if kind == "s":
            return self._said(words)
        if kind == "b":
            return str(words == "1")
        if kind in (None, "n") and not words.isdecimal():
            return _number(words)
        return _plain(words)

    def _said(self, number: str) -> str:
        shared = self._shared or []
        found = shared[int(number)] if number.isdecimal() and int(number) < len(shared) else ""
        return found if isinstance(found, str) else str(self._spool.one("", found))


def _string(element: "etree._Element") -> str:
    """Return what an element says, which holds words in one piece or in several; not how they are pronounced."""
    if len(element) == 1 and not len(element[0]):
        return _plain(element[0].text or "")
    parts = (each for each in element if not str(each.tag).endswith("}rPh"))
    return _plain("".join(each.text or "" for part in parts for each in part.iter("{*}t")))


def _plain(words: str) -> str:
    """Return words with the characters that a workbook writes by their numbers."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words) if "_x" in words else words


def _number(words: str) -> str:
    """Return a number as words: a whole one without the point that Excel gives it."""
    try:
        number = float(words)
    except ValueError:
        return words
    return str(int(number)) if number.is_integer() else str(number)


def _joined(cells: Sequence[str], named: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """Return the cells under their headings; those without one go on with the one before."""
    values = [""] * len(named)
    last: int | None = None
    for place, cell in enumerate(cells):
        if place < len(named) and named[place]:
            last = places[named[place]]
        if last is not None:
            values[last] += cell
    return values
