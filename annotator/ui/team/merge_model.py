"""What the copies bring, as a table: a row for every file and annotator, and one for each file that cannot be merged."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from annotator.project.copies.plan import Fate, FilePlan
from annotator.ui.look.theme import Theme
from annotator.ui.team.merge_sight import Sight
from annotator.ui.team.merge_words import FATES, beside
from annotator.ui.team.table import Index
from annotator.ui.widgets.matching import folded, has_words

COLUMNS = ("File", "Annotator", *FATES.values(), "Beside labels")
_COUNTS = range(2, 2 + len(FATES))
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        words: why the file cannot be merged, or what is to know about it; it takes the place of the figures.
        counts: how many labels of each fate.
        is_refused: whether the file cannot be merged.
    """

    file: str
    annotator: str = ""
    counts: tuple[int, ...] = ()
    more: str = ""
    words: str = ""
    is_refused: bool = False


def rows(sight: Sight) -> list[Row]:
    """Return the rows of a plan: files that cannot be merged first, for they are to be seen."""
    plan = sight.plan
    found = [Row(file.path.name, words=_why(file), is_refused=True) for file in plan.refused]
    for file in plan.files:
        if file.refused:
            continue
        name = file.path.name
        people = [*file.annotators, *([""] if beside(file, "") else [])]
        for who in people:
            if sight.hides(who):
                what = "something new or changed, hidden like all labels of others"
                found.append(Row(name, words=f"{who}: {what if sight.brings(file, who) else 'nothing new'}"))
                continue
            counts = tuple(file.count(fate, who) for fate in FATES)
            found.append(Row(name, who or "nobody", counts, beside(file, who)))
        if not people and not file.told:
            found.append(Row(name, words="Nothing was done in it since."))
        found += [Row(name, words=sentence) for sentence in file.told]
    return found


def _why(file: FilePlan) -> str:
    """Return why a file cannot be merged; its name stands beside that."""
    return file.refused.replace(f"“{file.path}”", "This file", 1)


class MergeModel(QAbstractTableModel):
    """The rows, which a heading sorts."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.rows: list[Row] = []
        self._usual: list[Row] = []
        self._wanted = ""
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)

    def show_plan(self, sight: Sight | None) -> None:
        """Show what a plan says of each file, as far as that may be seen."""
        self.beginResetModel()
        self._usual = rows(sight) if sight is not None else []
        self._order()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _COUNTS else _LEFT
        return COLUMNS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a cell's words, side and colour."""
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return row.words or _cell(row, column) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in _COUNTS and not row.words else _LEFT
            case Qt.ItemDataRole.ForegroundRole:
                return self._color(row, column)
        return None

    def filter(self, words: str) -> None:
        """Show only the rows with these words: files, annotators, what is said of them."""
        self._wanted = folded(words)
        self.sort(*self._sorting)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1: as the plan has them."""
        self._sorting = (column, order)
        self.beginResetModel()
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        column, order = self._sorting
        self.rows = [
            row
            for row in self._usual
            if has_words(self._wanted, folded(f"{row.file} {row.annotator} {row.words} {row.more}"))
        ]
        if column >= 0:
            self.rows.sort(key=lambda row: _rank(row, column), reverse=order == Qt.SortOrder.DescendingOrder)

    def _color(self, row: Row, column: int) -> QColor | None:
        if row.is_refused:
            return QColor(self.theme.bad)
        if column in _COUNTS and not row.words and row.counts[column - 2]:
            fate = tuple(FATES)[column - 2]
            if fate in {Fate.CONFLICT, Fate.UNPLACED}:
                return QColor(self.theme.warning)
            return None if fate is not Fate.SAME else QColor(self.theme.muted)
        return QColor(self.theme.muted) if row.words and column else None


def _cell(row: Row, column: int) -> str:
    if column == 0:
        return row.file
    if row.words:
        return row.words if column == 1 else ""
    if column == 1:
        return row.annotator
    if column in _COUNTS:
        number = row.counts[column - 2]
        return f"{number:,}" if number else ""
    return row.more


def _rank(row: Row, column: int) -> tuple[int, str]:
    if column in _COUNTS:
        return (row.counts[column - 2] if row.counts else -1, "")
    return (0, _cell(row, column).casefold())
