"""Read the tables that were written here, also after somebody has worked on them in a spreadsheet program."""

import json
import re
import sys
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TypeVar

from annotator.formats.format import Taking, Unit
from annotator.formats.json_lines import is_number
from annotator.formats.record import Reading
from annotator.formats.tables.grouped import Grouped, Rows
from annotator.formats.tables.rows import ATTRIBUTE, FORMULA, GAP, SAFE
from annotator.formats.tables.sheets import TableRow, csv_rows
from annotator.formats.tables.stream import Workbook
from annotator.formats.tables.workbook import CELL
from annotator.formats.taking.archive import Archive
from annotator.formats.taking.document import Document, Item, Tie
from annotator.formats.taking.elements import UNREADABLE
from annotator.formats.taking.gather import gather
from annotator.formats.taking.spool import Spool, spooled
from annotator.model.article import BlockKind, Metadatum, State
from annotator.model.problem import Problem

_NAMES = ("articles", "labels", "links", "states")
_RANGE = re.compile(r"\s*(\d{1,15})-(\d{1,15})\s*\Z")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\([\\|])")
T = TypeVar("T")
Tables = Mapping[str, Rows]


def is_folder(path: Path, _head: bytes) -> bool:
    """Whether a path is a folder of our tables."""
    return path.is_dir() and (path / "articles.csv").is_file() and (path / "labels.csv").is_file()


def is_workbook(path: Path, head: bytes) -> bool:
    """Whether a path is a workbook with our sheets."""
    if not head.startswith(b"PK") or path.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(path) as archive, spooled() as words:
            return {"articles", "labels"} <= Workbook(Archive(path, archive, []), words).sheets.keys()
    except UNREADABLE:
        return False


def read_folder(path: Path, taking: Taking) -> Reading:
    """Read a folder of CSV tables.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []

    def rows(name: str) -> Iterator[TableRow]:
        # A table may be gone through more than once: what is wrong in it is told once.
        told: list[Problem] = []
        yield from csv_rows(path / f"{name}.csv", told)
        problems.extend(each for each in told if each not in problems)

    there = [name for name in _NAMES if (path / f"{name}.csv").is_file()]
    return _read({name: partial(rows, name) for name in there}, path, taking, problems)


def read_workbook(path: Path, taking: Taking) -> Reading:
    """Read a workbook with a sheet a table.

    Raises:
        StoppedError: the person stopped it.
    """
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(path) as archive, spooled() as words:
            book = Workbook(Archive(path, archive, problems), words)
            there = [name for name in _NAMES if name in book.sheets]
            return _read({name: partial(book.rows, name) for name in there}, path, taking, problems)
    except UNREADABLE as error:
        problems.append(Problem(str(path), f"The workbook cannot be read: {str(error)[:120]}."))
    return gather((), path, taking, problems=problems)


def _read(tables: Tables, path: Path, taking: Taking, problems: list[Problem]) -> Reading:
    ids = [_cell(row, "id") for row in _rows(tables, "articles")]
    with ExitStack() as stack:
        spools = {name: stack.enter_context(spooled()) for name in _NAMES}
        documents = _documents(tables, frozenset(ids), spools, problems)
        return gather(documents, path, taking, problems=problems, total=len(ids), importer="table")


def _rows(tables: Tables, name: str) -> Iterator[TableRow]:
    """Yield the rows of a table; none where it is not there."""
    return tables[name]() if name in tables else iter(())


def _documents(
    tables: Tables, known: Container[str], spools: Mapping[str, Spool], problems: list[Problem]
) -> Iterator[Document]:
    homes: dict[str, str] = {}

    def take_home(row: TableRow) -> None:
        homes[_cell(row, "id")] = sys.intern(_cell(row, "article"))

    def grouped(name: str, column: str, told: Callable[[TableRow], None] | None = None) -> Grouped:
        return Grouped(partial(_rows, tables, name), partial(_cell, column=column), known, spools[name], told=told)

    labels = grouped("labels", "article", take_home)
    links = grouped("links", "from article")
    states = grouped("states", "article")
    for name, table in (("labels", labels), ("states", states)):
        for article, (where, count) in table.strangers.items():
            message = f"{count:,} {name} are of the article “{article}”, which is not among the articles."
            problems.append(Problem(str(where.file), message, where.number))
    for row in _rows(tables, "articles"):
        article = _cell(row, "id")
        its_labels, its_states = labels.take(article), states.take(article)
        yield Document(
            file=row.file,
            name=article,
            text=_cell(row, "text"),
            items=tuple(_items(its_labels, problems)),
            ties=tuple(_ties(links.take(article), homes)),
            unit=_unit(row),
            states=tuple(_states(its_states, problems)),
            # Where a table tells of states, who is not in it has not begun.
            labelled=bool(its_labels) and "states" not in tables,
            title=_cell(row, "title"),
            language=_cell(row, "language"),
            direction=_cell(row, "direction"),
            metadata=tuple(_listed(row, "metadata", _metadatum, problems)),
            blocks=tuple(_listed(row, "blocks", _block, problems)),
            id=article,
        )


def _cell(row: TableRow, column: str) -> str:
    """Return a cell without the apostrophe that kept it from being a formula."""
    cell = row.cell(column)
    if cell.startswith("'") and row.cell("cells") == SAFE and FORMULA.match(cell):
        return cell[1:]
    return cell


def _unit(row: TableRow) -> Unit:
    try:
        return Unit(row.cell("offsets") or Unit.CODE_POINTS)
    except ValueError:
        return Unit.CODE_POINTS


def _items(rows: list[TableRow], problems: list[Problem]) -> Iterator[Item]:
    attributes = [column for column in rows[0].places if column.startswith(ATTRIBUTE)] if rows else []
    for row in rows:
        ranges = _ranges(row)
        label = _cell(row, "label").strip()
        if not ranges or not label:
            message = "A row needs a label, and offsets in “start” and “end” or in “fragments”."
            problems.append(Problem(str(row.file), message, row.number))
            continue
        text = _cell(row, "text")
        quotes = (text,) if len(ranges) == 1 else tuple(text.split(GAP))
        is_whole = len(quotes) == len(ranges) and len(text) < CELL // 2
        key = _cell(row, "id") or f"row {row.number}"
        yield Item(
            key=key,
            label=label,
            ranges=ranges,
            quotes=quotes if is_whole and text else (),
            attributes=tuple(_attributes(row, attributes)),
            note=_cell(row, "note"),
            annotator=_cell(row, "annotator"),
            id=key,
            line=row.number,
        )


def _ranges(row: TableRow) -> tuple[tuple[int, int], ...]:
    """Return the fragments. Who changes “start” or “end” of one without gaps means that, whatever “fragments” says."""
    parts = [_RANGE.match(each) for each in row.cell("fragments").split(";")] if row.cell("fragments").strip() else []
    found = tuple((int(each[1]), int(each[2])) for each in parts if each)
    if len(found) > 1 and len(found) == len(parts):
        return found
    start, end = row.cell("start").strip(), row.cell("end").strip()
    if start.isdecimal() and end.isdecimal():
        return ((int(start), int(end)),)
    return found if len(found) == len(parts) else ()


def _attributes(row: TableRow, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if row.cell(column):
            # A separator behind an even number of backslashes parts values.
            for value in _BAR.sub("\\1\0", _cell(row, column)).split("\0"):
                yield column.removeprefix(ATTRIBUTE), _ESCAPED.sub(r"\1", value)


def _ties(rows: list[TableRow], homes: Mapping[str, str]) -> Iterator[Tie]:
    for row in rows:
        target = None if row.cell("absent").strip().casefold() == "yes" else _cell(row, "to")
        home = homes.get(target or "", "")
        yield Tie(
            kind=_cell(row, "kind"),
            origin=_cell(row, "from"),
            target=target,
            annotator=_cell(row, "annotator"),
            elsewhere="" if home == _cell(row, "from article") else home,
            id=_cell(row, "id"),
            line=row.number,
        )


def _states(rows: list[TableRow], problems: list[Problem]) -> Iterator[tuple[str, State]]:
    for row in rows:
        try:
            yield _cell(row, "annotator"), State(row.cell("state").strip())
        except ValueError:
            message = f"“{row.cell('state')}” is no state. Known are: {', '.join(State)}."
            problems.append(Problem(str(row.file), message, row.number))


def _listed(row: TableRow, column: str, read: Callable[[object], T | None], problems: list[Problem]) -> Iterator[T]:
    """Yield what the JSON in a cell lists."""
    cell = _cell(row, column)
    try:
        found = json.loads(cell) if cell.strip() else []
    except (ValueError, RecursionError):
        found = None
    for each in found if isinstance(found, list) else [None]:
        made = read(each)
        if made is None:
            message = f"The cell “{column}” should hold what was written there, and does not: {cell[:60]}"
            problems.append(Problem(str(row.file), message, row.number))
        else:
            yield made


def _metadatum(content: object) -> Metadatum | None:
    match content:
        case [str(key), str(value), str(original)]:
            return Metadatum(key, value, original)
    return None


def _block(content: object) -> tuple[BlockKind, int, int] | None:
    match content:
        case [str(kind), int(start), int(end)] if kind in set(BlockKind) and is_number(start) and is_number(end):
            return BlockKind(kind), start, end
    return None
