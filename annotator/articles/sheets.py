"""Workbooks (XLSX, XLS, ODS) -> articles, a row each. Cells are read by calamine."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annotator.articles.archive import Members
from annotator.articles.columns import TEXT
from annotator.articles.delimited import header_of, unique_names
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.sheet_extent import check_compound, check_zipped
from annotator.articles.source import Source, UnreadableError
from annotator.articles.table import Row, Table, TablePreview, numbered, preview, read_table
from annotator.model.problem import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read_workbook(source: Source) -> Reading:
    """Return the articles of all sheets in which a column holds texts; sheets without one are problems.

    Raises:
        UnreadableError: it is damaged, encrypted, packed to do harm, too large, or no sheet has a column with texts.
    """
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    left_out: list[str] = []
    for sheet in _sheets(_workbook(source)):
        if not sheet.height:
            continue
        table = _table(sheet, source)
        try:
            reading = read_table(source, table)
        except UnreadableError as error:
            left_out.append(f"The sheet “{sheet.name}” was left out. {error}")
            continue
        articles += reading.articles
        problems += [numbered(each, table) for each in reading.problems]
        if source.cancelled() or len(articles) >= source.limits.articles:
            break
    if not articles and not problems:
        raise UnreadableError(left_out[0] if left_out else "There are no sheets with rows in this workbook.")
    return Reading(tuple(articles), (*problems, *(source.problem(each) for each in left_out)))


def preview_workbook(source: Source) -> TablePreview:
    """Return the first rows of the sheet that has a column with texts, else of the first one."""
    shown = [preview(_table(sheet, source)) for sheet in _sheets(_workbook(source))]
    return next(
        (each for each in shown if TEXT in each.columns.values()), shown[0] if shown else TablePreview((), (), {})
    )


def _workbook(source: Source) -> "CalamineWorkbook":
    # Heavy: loaded when the first workbook is read.
    from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415

    data = source.read(source.limits.member)
    if data.startswith(b"PK"):
        with Members(source) as members:
            check_zipped(members, source.limits)
    else:
        check_compound(data)
    try:
        with _panics("This workbook"):
            return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise UnreadableError("This workbook is protected by a password. Save it without one and add that.") from None


@contextmanager
def _panics(what: str) -> Iterator[None]:
    """Turn what calamine says of a damaged file into a sentence; it may also panic, which is no `Exception`."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - heavy, as above

    try:
        yield
    except PasswordError:
        raise
    except BaseException as error:
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise UnreadableError(f"{what} is damaged ({error}). Save it again, or as CSV, and add that.") from None
        raise


def _sheets(book: "CalamineWorkbook") -> Iterator["CalamineSheet"]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - heavy, as above

    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            with _panics(f"The sheet “{sheet.name}”"):
                opened = book.get_sheet_by_name(sheet.name)
            yield opened


def _table(sheet: "CalamineSheet", source: Source) -> Table:
    kind = source.suffix.lstrip(".")
    return Table(_rows(sheet), kind if kind in ("xlsx", "xlsm", "xlsb", "xls", "ods") else "xlsx")


def _rows(sheet: "CalamineSheet") -> Iterator[Row]:
    names: list[str] | None = None
    start = sheet.start[0] if sheet.start else 0
    for number, values in enumerate(sheet.iter_rows(), start + 1):
        cells = [cell_text(value) for value in values]
        if not any(cells):
            continue
        if names is None:
            names = header_of(cells)
            if names:
                continue
            names = unique_names([""] * len(cells))
        yield Row(number, dict(zip(names, cells, strict=False)))


def cell_text(value: object) -> str:
    """Return a cell as a person would write it: dates as ISO 8601, whole numbers without fraction."""
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
        case dt.date() | dt.time():
            return value.isoformat()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
    return str(value)
