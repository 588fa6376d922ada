"""The annotators as a table: who is who, how much each has to do, and how much is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.model.annotator import Annotator
from annotator.project.team import Sum, Team
from annotator.ui.inspector.story import when
from annotator.ui.others.people import color_of
from annotator.ui.team.table import Index
from annotator.ui.team.words import finished_words, spent
from annotator.ui.widgets.matching import folded, has_words

COLUMNS = ("Annotator", "Short", "Finished", "Labels", "Work", "Characters to go", "Last copy")
PERSON_ROLE = Qt.ItemDataRole.UserRole
COLOR_ROLE = Qt.ItemDataRole.UserRole + 1
HERE_ROLE = Qt.ItemDataRole.UserRole + 2
HIDDEN = "hidden"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WORDED = {0, 1, 6}


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan that is only looked at would add for one annotator: articles, repeats, and code points.

    `remaining` are the code points of what the annotator has not finished already.
    """

    articles: int = 0
    repeats: int = 0
    length: int = 0
    remaining: int = 0


class PeopleModel(QAbstractTableModel):
    """A row an annotator, in the order of names until it is sorted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.people: list[Annotator] = []
        self._everybody: list[Annotator] = []
        self._wanted = ""
        self.here = ""
        """Id of the annotator at the keyboard."""
        self._colors: dict[str, str] = {}
        self._sums: dict[str, Sum] = {}
        self._handed: Mapping[str, str] = {}
        self._seen: frozenset[str] = frozenset()
        self._planned: Mapping[str, Planned] = {}
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)

    def show_team(self, team: Team, seen: frozenset[str], here: str) -> None:
        """Show everybody; of annotators that are not among `seen` no labels are counted."""
        self.beginResetModel()
        self._everybody = list(team.annotators)
        self._colors = {each.id: color_of(each, place) for place, each in enumerate(team.annotators)}
        self._sums, self._handed, self._seen, self.here = team.sums(), team.handed_out, seen, here
        self._order()
        self.endResetModel()

    def show_planned(self, planned: Mapping[str, Planned]) -> None:
        """Show what a plan would add, by the annotator's id."""
        self._planned = planned
        if self.people:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.people) - 1, len(COLUMNS) - 1))

    def row_of(self, annotator: str) -> int:
        """Return the row of an annotator, or -1."""
        return next((row for row, each in enumerate(self.people) if each.id == annotator), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many annotators there are."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return (_LEFT if section in _WORDED else _RIGHT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a cell's words, or who stands in the row."""
        person, column = self.people[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(person, column)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._told(person, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if column in _WORDED else _RIGHT
        return {PERSON_ROLE: person, COLOR_ROLE: self._colors[person.id], HERE_ROLE: person.id == self.here}.get(role)

    def filter(self, words: str) -> None:
        """Show only the annotators in whose names these words stand."""
        self.beginResetModel()
        self._wanted = folded(words)
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1: by name."""
        self._sorting = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._order()
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorting
        self.people = [
            each for each in self._everybody if has_words(self._wanted, folded(f"{each.name} {each.initials}"))
        ]
        self.people.sort(key=lambda each: each.name.casefold())
        if column >= 0:
            self.people.sort(key=lambda each: self._rank(each, column), reverse=order == Qt.SortOrder.DescendingOrder)

    def _rank(self, person: Annotator, column: int) -> Any:  # noqa: ANN401 - text or number, by the column
        total = self._sums[person.id]
        match column:
            case 0:
                return person.name.casefold()
            case 1:
                return person.initials.casefold()
            case 2:
                return (total.finished / total.assigned if total.assigned else -1.0, total.unplanned)
            case 3:
                return total.labels if person.id in self._seen else -1
            case 4:
                return total.minutes
            case 5:
                return total.remaining
        return self._handed.get(person.id, "")

    def _words(self, person: Annotator, column: int) -> str:
        total, planned = self._sums[person.id], self._planned.get(person.id)
        match column:
            case 0:
                return person.name
            case 1:
                return person.initials
            case 2:
                more = f"+ {planned.articles:,}" if planned and planned.articles else ""
                return f"{finished_words(total.finished, total.assigned, total.unplanned)} {more}".strip()
            case 3:
                return (f"{total.labels:,}" if total.labels else "") if person.id in self._seen else HIDDEN
            case 4:
                return spent(total.minutes)
            case 5:
                more = f"+ {planned.remaining:,}" if planned and planned.remaining else ""
                return f"{f'{total.remaining:,}' if total.remaining else ''} {more}".strip()
        return when(self._handed[person.id]) if person.id in self._handed else ""

    def _told(self, person: Annotator, column: int) -> str:
        words = self._words(person, column)
        if column == 0:
            here = ", at the keyboard" if person.id == self.here else ""
            return f"{person.name}{here}{f', {person.email}' if person.email else ''}"
        if words == HIDDEN:
            return "Others' labels are hidden. “Show others' labels” above opens them."
        return f"{COLUMNS[column]}: {words or 'none'}"
