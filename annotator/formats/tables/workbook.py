"""Write the tables as the sheets of an Excel workbook."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from tempfile import TemporaryFile

from annotator.formats.format import Holds, Losses, Options, OutFile, Records
from annotator.formats.giving.fit import fit as fit_to
from annotator.formats.giving.xml import writable
from annotator.formats.record import ArticleRecord, ProjectRecord
from annotator.formats.tables.rows import Cell, Row, Rows, tables, versions_of
from annotator.formats.tables.sheet_xml import row_xml
from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation
from annotator.model.errors import ExchangeError

CELL = 32_767
"""Characters that Excel takes in a cell; it counts UTF-16 units."""
_ROWS = 1_048_576
_TEXT = "text"
_SHEETS = "xl/worksheets/sheet"
_EXTENT = re.compile(rb"<dimension [^>]*/>")
"""Says how far the cells of a sheet reach, and may be missing."""
_CHUNK = 1 << 20
_PACKED = 3
"""Packs half as fast again as the usual 6, to a tenth more."""
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zones
"""A date of its own would make every export of the same work another file."""


def fit(
    holds: Holds, project: ProjectRecord, record: ArticleRecord, _options: Options, losses: Losses
) -> ArticleRecord:
    """Return what a workbook holds of a record: words of annotators that are longer than a cell are cut."""
    record = writable(fit_to(holds, project, record, losses), losses)
    long = sum(_is_long(each, record.article.text, project) for each in record.decisions)
    losses.add("decision longer than a cell|decisions longer than a cell", "cut in its table", long)
    return replace(record, annotations=tuple(_cut(each, losses) for each in record.annotations))


def _is_long(decision: Decision, text: str, project: ProjectRecord) -> bool:
    cells = (versions_of(decision, text, project.names), decision.note, text[decision.start : decision.end])
    return any(_size(each) > CELL for each in cells)


def _cut(annotation: Annotation, losses: Losses) -> Annotation:
    if _size(annotation.note) > CELL:
        losses.add("note longer than a cell|notes longer than a cell", "cut")
        annotation = replace(annotation, note=next(_pieces(annotation.note)))
    if any(_size(value) > CELL // 2 for _, value in annotation.attributes):
        losses.add("value longer than a cell|values longer than a cell", "cut")
        values = {(name, value[: CELL // 4]) for name, value in annotation.attributes}
        annotation = replace(annotation, attributes=tuple(sorted(values)))
    return annotation


def write_workbook(project: ProjectRecord, records: Records, options: Options) -> Iterator[OutFile]:
    """Yield one workbook.

    Raises:
        ExchangeError: a table has more rows than a sheet.
    """
    yield OutFile("", _workbook(project, records, options))


def _workbook(project: ProjectRecord, records: Records, options: Options) -> Iterator[bytes]:
    # What is marked as safe in a CSV needs no mark here.
    options = replace(options, excel=False)
    made = tables(project, records)
    with TemporaryFile() as out:
        with (
            zipfile.ZipFile(_frame(made), "r") as frame,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED) as book,
        ):
            sheets = iter(made.items())
            for member in frame.infolist():
                content = frame.read(member)
                if not member.filename.startswith(_SHEETS):
                    book.writestr(member, content)
                    continue
                name, (columns, rows) = next(sheets)
                start, end, rest = _EXTENT.sub(b"", content).partition(b"</sheetData>")
                with book.open(member, "w", force_zip64=True) as sheet:
                    sheet.write(start)
                    for number, row in enumerate(rows(project, records, options), start=2):
                        if number > _ROWS:
                            raise ExchangeError(
                                f"A sheet of Excel has room for {_ROWS - 1:,} {name}. Export CSV tables instead."
                            )
                        sheet.write(row_xml(number, _row(columns, row)).encode())
                    sheet.write(end + rest)
        out.seek(0)
        yield from iter(lambda: out.read(_CHUNK), b"")


def _frame(made: Mapping[str, tuple[list[str], Rows]]) -> io.BytesIO:
    """Return a workbook with the sheets and their headings, and no other row."""
    # Here and not above: it takes a while to load, and most who start the program write no workbook.
    from xlsxwriter import Workbook  # noqa: PLC0415

    page = io.BytesIO()
    # The rows are not written by the library, which takes four times as long and holds what it has written.
    with Workbook(page, {"constant_memory": True}) as book:
        book.set_properties({"created": _EPOCH})
        bold = book.add_format({"bold": True})
        for name, (columns, _) in made.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            # Columns that continue a text have no heading: how many there are is not known yet.
            for place, column in enumerate(columns):
                sheet.write_string(0, place, column, bold)
    page.seek(0)
    return page


def _row(columns: list[str], row: Row) -> Iterator[Cell]:
    """Yield the cells; a text in the last column goes on in the columns behind it, any other is cut."""
    for column, cell in zip(columns, row, strict=True):
        if not isinstance(cell, str) or len(cell) <= CELL // 2 or _size(cell) <= CELL:
            yield cell
        elif column == _TEXT and column == columns[-1]:
            yield from _pieces(cell)
        else:
            yield next(_pieces(cell))


def _size(words: str) -> int:
    return len(words) + (0 if words.isascii() else sum(letter > "\uffff" for letter in words))


def _pieces(words: str) -> Iterator[str]:
    """Yield pieces that each fit into a cell."""
    step = CELL // 2 if not words.isascii() else CELL
    for start in range(0, len(words), step):
        yield words[start : start + step]
