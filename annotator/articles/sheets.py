"""Workbooks (XLSX, XLS, ODS) -> articles, a row each. Cells are read in a process of its own."""

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

from annotator.articles.archive import Members
from annotator.articles.columns import TEXT
from annotator.articles.delimited import header_of, unique_names
from annotator.articles.outside import Outside
from annotator.articles.reading import NewArticle, Reading
from annotator.articles.sheet_extent import check_compound, check_zipped
from annotator.articles.source import Source, UnreadableError
from annotator.articles.table import Row, Table, TablePreview, numbered, preview, read_table
from annotator.model.problem import Problem

_MOST_ROWS = 1_100_000
"""A sheet has 1,048,576 at most."""
_PREVIEW_ROWS = 60
_STOPPED = (
    "Reading this workbook took more memory or time than any table needs, so it was stopped. "
    "Save the table as CSV and add that."
)


def read_workbook(source: Source) -> Reading:
    """Return the articles of all sheets in which a column holds texts; sheets without one are problems.

    Raises:
        UnreadableError: it is damaged, encrypted, packed to do harm, too large, or no sheet has a column with texts.
    """
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    left_out: list[str] = []
    with closing(_sheets(source, _MOST_ROWS)) as sheets:
        for name, rows in sheets:
            table = Table(_rows(rows), _kind(source))
            try:
                reading = read_table(source, table)
            except UnreadableError as error:
                left_out.append(f"The sheet “{name}” was left out. {error}" if name else str(error))
                continue
            articles += reading.articles
            problems += [numbered(each, table) for each in reading.problems]
            if source.cancelled() or len(articles) >= source.limits.articles:
                break
    if not articles and not problems and not source.cancelled():
        raise UnreadableError(left_out[0] if left_out else "There are no sheets with rows in this workbook.")
    return Reading(tuple(articles), (*problems, *(source.problem(each) for each in left_out)))


def preview_workbook(source: Source) -> TablePreview:
    """Return the first rows of the sheet that has a column with texts, else of the first one."""
    with closing(_sheets(source, _PREVIEW_ROWS)) as sheets:
        shown = [preview(Table(_rows(rows), _kind(source))) for _, rows in sheets]
    chosen = next((each for each in shown if TEXT in each.columns.values()), None)
    return chosen or (shown[0] if shown else TablePreview((), (), {}))


def _kind(source: Source) -> str:
    kind = source.suffix.lstrip(".")
    return kind if kind in ("xlsx", "xlsm", "xls", "ods") else "xlsx"


def _sheets(source: Source, most: int) -> Generator[tuple[str, Iterator[list[Any]]], None, None]:
    """Yield the sheets that have rows: their names and rows, each with its number first; rows are read as they come.

    Raises:
        UnreadableError: see `read_workbook`; while the rows of a sheet are read, too.
    """
    if source.head(2) == b"PK":
        with Members(source) as members:
            check_zipped(members, source.limits)
    else:
        check_compound(source.read(source.limits.member))
    process = Outside(source, "sheet_rows", str(most))
    with closing(iter(process)) as said:
        sheet = _Said(said)
        while sheet.forward():
            yield sheet.name, sheet.rows()
    if not process.is_whole and not source.cancelled():
        raise UnreadableError(_STOPPED)


class _Said:
    """What the process says, a sheet at a time."""

    def __init__(self, said: Iterator[Any]) -> None:
        self._said = said
        self._next: list[Any] | None = None
        self._is_new = False
        self.name = ""

    def forward(self) -> bool:
        """Go on to the next sheet that has rows; what is left of this one is passed over."""
        for value in self._said:
            if isinstance(value, dict):
                self._take(value)
            elif self._is_new:
                self._next, self._is_new = value, False
                return True
        return False

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows of this sheet."""
        while self._next is not None:
            row, self._next = self._next, None
            yield row
            value = next(self._said, None)
            if isinstance(value, dict):
                self._take(value)
            else:
                self._next = value

    def _take(self, value: dict[str, str]) -> None:
        if "why" in value:
            raise UnreadableError(value["why"])
        self.name, self._is_new = value["sheet"], True


def _rows(rows: Iterator[list[Any]]) -> Iterator[Row]:
    names: list[str] | None = None
    for number, *cells in rows:
        if names is None:
            names = header_of(cells)
            if names:
                continue
            names = unique_names([""] * len(cells))
        yield Row(number, dict(zip(names, cells, strict=False)))
