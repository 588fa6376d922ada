"""The rows of a table -> articles: one column holds the texts, others what is known about them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice

from annotator.articles.columns import (
    LANGUAGE,
    LEFT_OUT,
    TEXT,
    day_first,
    language_tag,
    meaning_of,
    ordered,
    own_key,
    propose_columns,
)
from annotator.articles.compose import compose
from annotator.articles.dates import read_date
from annotator.articles.reading import NewArticle, Page, Piece, Reading, SeenTable
from annotator.articles.source import Source, UnreadableError, too_many
from annotator.articles.web import Origin, page_of
from annotator.model.article import BlockKind, Metadatum
from annotator.model.counting import counted
from annotator.model.problem import Problem

_SAMPLE = 50
"""Rows that are looked at to propose what the columns hold."""
_PROBLEMS = 50
"""Problems that are told one by one; the rest is counted."""
_NAMES_SHOWN = 12
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_MARKUP = re.compile(r"<(p|div|br|article|h[1-6]|ul|blockquote|figure)\b[^>]*>", re.IGNORECASE)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line or number in the file, from 1, and its cells as text by the names of their columns."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What a person needs to see to say what the columns of a table hold.

    Attributes:
        names: of the columns.
        rows: the first ones, cells in the order of `names`.
        columns: the proposal, by name: see `columns.propose_columns`.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]


@dataclass(slots=True)
class Table:
    """A table that is read as a stream.

    Attributes:
        rows: its rows; an `UnreadableError` while they are read ends it.
        importer: the kind of file, for the provenance.
        encoding: as in `reading.Page`.
        problems: what could not be read, filled while the rows are.
        unit: what `Row.line` counts: ``line`` or ``row``.
    """

    rows: Iterator[Row]
    importer: str
    encoding: str = ""
    problems: list[Problem] = field(default_factory=list)
    unit: str = "row"


def preview(table: Table) -> TablePreview:
    """Return the first rows of a table and what its columns may hold."""
    return _preview(list(islice(table.rows, _SAMPLE)))


def read_table(source: Source, table: Table) -> Reading:
    """Return the articles of a table, each row an article.

    What the columns hold is said by `Source.columns`, `tables` or `named`, else proposed. The texts are the only ones that must be there.

    Raises:
        UnreadableError: there are no rows, or no column holds texts.
    """
    rows = _Rows(table)
    first = list(islice(rows, _SAMPLE))
    if not first:
        if table.problems and not rows.end:
            return Reading(problems=tuple(table.problems))
        raise UnreadableError(rows.end or "There are no rows in this table, so there is nothing to label.")
    shown = _preview(first)
    columns = _columns(source, shown)
    samples = tuple(
        next((row[place] for row in shown.rows if row[place].strip()), "") for place in range(len(shown.names))
    )
    source.saw(SeenTable(source.where or source.name, shown.names, samples, columns))
    if TEXT not in columns.values() or not any(columns.get(name) == TEXT for name in shown.names):
        names = ", ".join(f"“{name}”" for name in shown.names[:_NAMES_SHOWN])
        more = " …" if len(shown.names) > _NAMES_SHOWN else ""
        raise UnreadableError(
            f"No column of this table is known to hold the texts of articles. Its columns are {names}{more}. "
            "Say which one holds the texts, or name it “text”."
        )
    taking = _Taking(source, table, columns, first)
    taking.take(chain(first, rows))
    return taking.reading(rows.end)


def _columns(source: Source, shown: TablePreview) -> dict[str, str]:
    """Return what the columns hold. Where a person has said of one that it is the text, no other one is proposed to be."""
    if source.columns is not None:
        return dict(source.columns)
    if shown.names in source.tables:
        return dict(source.tables[shown.names])
    said = {name: source.named[name] for name in shown.names if name in source.named}
    proposed = dict(shown.columns)
    if TEXT in said.values():
        proposed = {name: own_key(name) if meaning == TEXT else meaning for name, meaning in proposed.items()}
    return {**proposed, **said}


class _Rows:
    """The rows of a table up to its end, or to where it breaks off; then `end` says why."""

    def __init__(self, table: Table) -> None:
        self._rows = table.rows
        self.end = ""

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        try:
            return next(self._rows)
        except UnreadableError as error:
            self.end = str(error)
            raise StopIteration from None


def _preview(first: list[Row]) -> TablePreview:
    names = tuple(dict.fromkeys(name for row in first for name in row.cells))
    rows = tuple(tuple(row.cells.get(name, "") for name in names) for row in first)
    return TablePreview(names, rows, propose_columns(names, rows))


class _Taking:
    """One pass over the rows."""

    def __init__(self, source: Source, table: Table, columns: Mapping[str, str], first: list[Row]) -> None:
        self._source, self._table, self._columns = source, table, columns
        # A row has no file of its own, so the file's name is no title for it.
        self._unnamed = replace(source, name="")
        self._articles: list[NewArticle] = []
        self._cut = ""
        self._kept = self._empty = self._first_empty = self._untold = 0
        self._orders = {
            name: day_first(row.cells.get(name, "") for row in first)
            for name, meaning in columns.items()
            if meaning.startswith("date ")
        }

    def take(self, rows: Iterator[Row]) -> None:
        limits = self._source.limits
        for row in rows:
            if self._source.cancelled():
                return
            if len(self._articles) >= limits.articles or self._kept > limits.kept:
                self._cut = too_many(len(self._articles))
                return
            self._take(row)

    def reading(self, end: str) -> Reading:
        return Reading(tuple(self._articles), self._problems(self._cut or end))

    def _take(self, row: Row) -> None:
        text = next(
            (row.cells[name] for name, meaning in self._columns.items() if meaning == TEXT and name in row.cells), ""
        )
        if not text.strip():
            self._first_empty = self._first_empty or row.line
            self._empty += 1
            return
        try:
            article = compose(self._unnamed, self._page(row, text))
        except UnreadableError as error:
            if len(self._table.problems) < _PROBLEMS:
                self._table.problems.append(self._source.problem(str(error), row.line))
            else:
                self._untold += 1
            return
        self._articles.append(article)
        self._kept += len(article.text)
        self._source.told(len(self._articles))

    def _page(self, row: Row, text: str) -> Page:
        known = [
            (meaning, name, " ".join(value.split()))
            for name, value in row.cells.items()
            if value.strip() and (meaning := meaning_of(name, self._columns)) not in (TEXT, LEFT_OUT)
        ]
        title = next((value for meaning, _, value in known if meaning == "headline"), "")
        subhead = next((value for meaning, _, value in known if meaning == "subhead"), "")
        pieces, title = self._pieces(text, title, subhead)
        tag = next((language_tag(value) for meaning, _, value in known if meaning == LANGUAGE), "")
        return Page(
            pieces,
            self._table.importer,
            title,
            tuple(self._datum(*each) for each in known if each[0] not in (LANGUAGE, "headline")),
            tag,
            self._table.encoding,
            name=f"{self._source.name}, {self._table.unit} {row.line:,}",
        )

    def _pieces(self, text: str, title: str, subhead: str) -> tuple[tuple[Piece, ...], str]:
        if _MARKUP.search(text) and "</" in text:
            page = page_of(text, Origin(), whole=False)
            body, title = list(page.pieces), title or page.title
        else:
            parts = _PARAGRAPHS.split(text.strip())
            body = [Piece(part) for part in (parts if len(parts) > 1 else text.strip().splitlines())]
        before = [(title, BlockKind.HEADLINE), (subhead, BlockKind.SUBHEAD)]
        begin = [_plain(piece.text) for piece in body[:4]]
        heads = [Piece(words, kind) for words, kind in before if words and _plain(words) not in begin]
        return (*heads, *body), title

    def _datum(self, meaning: str, name: str, value: str) -> Metadatum:
        if not meaning.startswith("date "):
            return Metadatum(meaning, value)
        date = _stamp(value) or read_date(ordered(value, is_day_first=self._orders.get(name)))
        return Metadatum(meaning, date, value if value != date else "")

    def _problems(self, end: str) -> tuple[Problem, ...]:
        problems = list(self._table.problems)
        if self._untold:
            problems.append(self._source.problem(f"{counted(self._untold, 'more row')} could not be read."))
        if self._empty:
            rows = "1 row has" if self._empty == 1 else f"{self._empty:,} rows have"
            problems.append(
                self._source.problem(
                    f"{rows} no text and were left out; this is the first."
                    if self._empty > 1
                    else f"{rows} no text and was left out.",
                    self._first_empty,
                )
            )
        if end:
            problems.append(self._source.problem(end))
        return tuple(problems)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _stamp(value: str) -> str:
    """Return the day of a Unix time, in seconds or milliseconds, or nothing."""
    if not _SECONDS.fullmatch(value):
        return ""
    seconds = float(value)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date().isoformat()


def numbered(problem: Problem, table: Table) -> Problem:
    """Return a problem whose line is a row of a sheet: said in words, because no editor shows such lines."""
    if problem.line is None or table.unit == "line":
        return problem
    return replace(problem, message=f"Row {problem.line:,}: {problem.message}", line=None)
