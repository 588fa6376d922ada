"""Tables from files: rows of named cells, each with its number."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from annotator.formats.tables.extent import unfit
from annotator.formats.taking.files import read_text, unreadable
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_FIELD = 1 << 30
_LARGEST = 512 << 20


class TableRow(NamedTuple):
    """A row: where it stands, and its cells as strings.

    Attributes:
        number: of the row in its file, from 1.
        places: where the cell of each column stands, by its name; the rows of a table share it.
        values: the cells; there may be fewer than columns.
    """

    file: Path
    number: int
    places: Mapping[str, int]
    values: Sequence[str]

    @classmethod
    def of(cls, file: Path, number: int, cells: Mapping[str, str]) -> "TableRow":
        """Return a row of cells with names of its own."""
        return cls(file, number, {name: place for place, name in enumerate(cells)}, tuple(cells.values()))

    def cell(self, column: str) -> str:
        """Return a cell; empty where there is none."""
        place = self.places.get(column)
        return "" if place is None or place >= len(self.values) else self.values[place]


def csv_rows(path: Path, problems: list[Problem]) -> Iterator[TableRow]:
    """Yield the rows of a CSV (parted by commas, semicolons or tabs), whose first line names the columns."""
    fault = unreadable(path)
    if fault is not None:
        problems.append(fault)
        return
    csv.field_size_limit(_FIELD)  # an article is longer than what Python takes for a cell
    with path.open("rb") as start:
        encoding = "utf-16" if start.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield from _parted(path, file, problems)
    except UnicodeError:
        read_text(path, problems)  # which says where
    except OSError as error:
        problems.append(Problem(str(path), f"The file cannot be read: {error.strerror}."))


def _parted(path: Path, file: TextIO, problems: list[Problem]) -> Iterator[TableRow]:
    """Yield the rows of an open file, a piece of which is in memory at a time."""
    lines = chain([head] if (head := _first(file)) else [], file)
    reader = csv.reader(lines, delimiter=max(",;\t", key=head.count))
    try:
        places = {each.strip(): place for place, each in enumerate(next(reader, ()))}
        for row in reader:
            if any(row):
                yield TableRow(path, reader.line_num, places, row)
    except csv.Error as error:
        problems.append(Problem(str(path), f"This is no table of comma-separated values: {error}.", reader.line_num))


def _first(file: TextIO) -> str:
    return next(iter(file), "")


def sheets_of(path: Path, problems: list[Problem]) -> dict[str, Callable[[], Iterator[TableRow]]]:
    """Return what goes through the rows of every sheet of a workbook, by the sheet's name, from the beginning each time.

    Cells without a heading go on with the one before.
    """
    # Here and not above: it takes a while to load, and most who start the program read no workbook.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        if path.stat().st_size > _LARGEST:
            problems.append(Problem(str(path), "The workbook is larger than 512 MB. Save it as CSV."))
            return {}
        fault = unfit(path)
        if fault:
            problems.append(Problem(str(path), fault))
            return {}
        book = CalamineWorkbook.from_path(str(path))
        found: dict[str, Callable[[], Iterator[TableRow]]] = {}
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            end = sheet.end
            if end is not None and (end[0] + 1) * (end[1] + 1) > 1 << 28:
                problems.append(Problem(str(path), f"The cells of the sheet “{name}” lie too far apart to be read."))
                continue
            found[name] = partial(_rows, path, sheet)
    except (OSError, CalamineError) as error:
        problems.append(Problem(str(path), f"The workbook cannot be read: {error}."))
        return {}
    return found


def _rows(path: Path, sheet: "CalamineSheet") -> Iterator[TableRow]:
    # The library leaves out columns at the left that are empty, but no rows above.
    left = [""] * (sheet.start[1] if sheet.start is not None else 0)
    rows = ([*left, *row] for row in sheet.iter_rows()) if sheet.end is not None else iter(())
    columns = [_cell(each).strip() for each in next(rows, ())]
    for number, row in enumerate(rows, start=2):
        cells: dict[str, str] = {}
        last = ""
        for place, value in enumerate(row):
            last = columns[place] if place < len(columns) and columns[place] else last
            if last:
                cells[last] = cells.get(last, "") + _cell(value)
        if any(cells.values()):
            yield TableRow.of(path, number, cells)


def _cell(value: object) -> str:
    """Return a cell as words: whole numbers without the point that Excel gives them."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
