"""What a table of figures shows, as values: columns, and rows of cells that know what they are sorted and copied by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model.figures import percent
from annotator.project.report import Figure
from annotator.project.report_words import interval, number
from annotator.project.wanted import Wanted

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: its heading. tip: what it means, in a sentence.
        is_number: whether it stands at the right.
        copied: headings of the columns that it becomes when it is copied; empty: its title.
    """

    title: str
    tip: str = ""
    is_number: bool = True
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what stands there. small: what follows in smaller type, such as an interval.
        by: what it is sorted by; None comes last.
        tip: a sentence about it: why it is undefined, why it has no interval.
        is_dim: whether it matters less.
        copied: what is copied, a string for each of the column's `copied`; empty: the text.
        wanted: the passages that stand behind it; None: those of its row.
        label: id of the label whose chip stands before it.
        shares: parts of a bar, where the cell is one.
    """

    text: str = ""
    small: str = ""
    by: float | str | None = None
    tip: str = ""
    is_dim: bool = False
    copied: tuple[str, ...] = ()
    wanted: Wanted | None = None
    label: str = ""
    shares: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, and the passages behind it; None: there are none to show."""

    cells: tuple[Cell, ...]
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; `order` is the column that it is sorted by at first, from the top down where `falls`."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    order: int = -1
    falls: bool = True


INTERVAL = ("", " low", " high")


def figure_column(title: str, tip: str = "") -> Column:
    """Return a column of figures with intervals."""
    return Column(title, tip, copied=tuple(f"{title}{each}" for each in INTERVAL))


def figure_cell(figure: Figure | None, wanted: Wanted | None = None) -> Cell:
    """Return a figure with its interval in smaller type; where it is undefined, the reason."""
    if figure is None:
        return Cell(NOTHING, is_dim=True, copied=("", "", ""), wanted=wanted)
    if figure.value is None:
        return Cell("undefined", tip=sentence(figure.undefined), is_dim=True, copied=("", "", ""), wanted=wanted)
    between = interval(figure.low, figure.high)
    return Cell(
        number(figure.value),
        between,
        figure.value,
        "" if between else sentence(figure.note),
        copied=tuple("" if each is None else f"{each}" for each in (figure.value, figure.low, figure.high)),
        wanted=wanted,
    )


def value_cell(value: float | None, wanted: Wanted | None = None, tip: str = "") -> Cell:
    """Return a coefficient, two digits."""
    if value is None:
        return Cell(NOTHING, tip=tip, is_dim=True, copied=("",), wanted=wanted)
    return Cell(number(value), by=value, tip=tip, copied=(f"{value}",), wanted=wanted)


def share_cell(value: float | None, wanted: Wanted | None = None) -> Cell:
    """Return a percentage, one digit."""
    if value is None:
        return Cell(NOTHING, is_dim=True, copied=("",), wanted=wanted)
    return Cell(percent(value), by=value, copied=(f"{value}",), wanted=wanted)


def count_cell(count: int, wanted: Wanted | None = None) -> Cell:
    """Return a count."""
    return Cell(f"{count:,}", by=count, copied=(str(count),), wanted=wanted)


def text_cell(text: str, *, label: str = "", dim: bool = False, tip: str = "", wanted: Wanted | None = None) -> Cell:
    """Return words."""
    return Cell(text, by=text.casefold(), label=label, is_dim=dim, tip=tip, wanted=wanted)


def sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def as_tsv(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """Return rows as a spreadsheet takes them from the clipboard, headings first."""
    lines = [[each for column in columns for each in (column.copied or (column.title,))]]
    for row in rows:
        line: list[str] = []
        for column, cell in zip(columns, row.cells, strict=True):
            line.extend(cell.copied or (plain(cell.text),) + ("",) * (len(column.copied or ("",)) - 1))
        lines.append(line)
    return "\n".join("\t".join(" ".join(each.split()) for each in line) for line in lines)


def plain(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words
