"""The plan as a grid: a row an article, a column an annotator, in each cell how far that is."""

from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.counting import counted
from annotator.project.team import Line, Pair, Share, Team
from annotator.ui.team.table import Index
from annotator.ui.team.words import STATE_WORDS, finished_words, spent
from annotator.ui.widgets.matching import folded, has_words

FIRST = 2
"""Column of the first annotator."""
SHARE_ROLE = Qt.ItemDataRole.UserRole
PLANNED_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADINGS = ("Characters", "Finished")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlanModel(QAbstractTableModel):
    """Articles in the order of the project until a column sorts them. Titles are the headings of the rows.

    What an annotator has found may only be seen by whom it is opened to: of the others no labels are counted, and
    “nothing found” is “done”.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.team: Team | None = None
        self.people: tuple[Annotator, ...] = ()
        self.lines: list[Line] = []
        self._wanted = ""
        self._seen: frozenset[str] = frozenset()
        self._planned: AbstractSet[Pair] = frozenset()
        self._readers: Counter[str] = Counter()
        self._finished: Counter[str] = Counter()
        self._unplanned: Counter[str] = Counter()
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)

    def show_team(self, team: Team, seen: frozenset[str]) -> None:
        """Show a team's plan; labels of those in `seen` only."""
        self.beginResetModel()
        self.team, self._seen = team, seen
        self.people = team.annotators
        self._readers = Counter(article for article, _ in team.places)
        finished = {pair for pair, state in team.states.items() if state.is_finished}
        self._finished = Counter(article for article, _ in finished & team.places.keys())
        self._unplanned = Counter(article for article, _ in finished - team.places.keys())
        self._order()
        self.endResetModel()

    def show_planned(self, planned: AbstractSet[Pair]) -> None:
        """Show what a plan that is only looked at would assign: pairs of article and annotator."""
        self._planned = planned
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, self.columnCount() - 1))

    def share(self, index: Index) -> Share | None:
        """Return what a cell speaks of, as it may be seen; None for a column that is no annotator's."""
        if self.team is None or not index.isValid() or index.column() < FIRST:
            return None
        found = self.team.share(self.lines[index.row()], self.people[index.column() - FIRST].id)
        if found.annotator in self._seen:
            return found
        state = State.DONE if found.state is State.EMPTY else found.state
        return Share(found.article, found.title, found.length, found.annotator, found.place, state, 0, found.minutes)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many articles there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else FIRST + len(self.people)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return an article's title or an annotator's short name."""
        if orientation == Qt.Orientation.Vertical:
            title = self.lines[section].title
            return title if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole} else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (_RIGHT, _CENTER)[section] if section < FIRST else _LEFT
        if section < FIRST:
            return _HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None
        person = self.people[section - FIRST]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.short or person.name
        return person.name if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole} else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a cell's words, or its `Share`."""
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == 0 else _CENTER
        if column < FIRST:
            return self._about(self.lines[index.row()], column) if role == Qt.ItemDataRole.DisplayRole else None
        found = self.share(index)
        if found is None:
            return None
        is_planned = (found.article, found.annotator) in self._planned
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _words(found, is_planned=is_planned)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                name = self.people[column - FIRST].name
                words = _words(found, is_planned=is_planned) or "not assigned"
                hidden = "" if found.annotator in self._seen else "; labels are hidden"
                return f"{name}, {found.title}: {words}{hidden}"
        return {SHARE_ROLE: found, PLANNED_ROLE: is_planned}.get(role)

    def filter(self, words: str) -> None:
        """Show only the articles in whose titles these words stand."""
        self._wanted = folded(words)
        self.sort(*self._sorting)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1: as in the project."""
        self._sorting = (column, order)
        self.beginResetModel()
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        team, (column, order) = self.team, self._sorting
        if team is None:
            return
        self.lines = [each for each in team.articles if not self._wanted or has_words(self._wanted, folded(each.title))]
        if 0 <= column < self.columnCount():
            self.lines.sort(
                key=lambda line: self._rank(team, line, column), reverse=order == Qt.SortOrder.DescendingOrder
            )

    def _rank(self, team: Team, line: Line, column: int) -> tuple[float, ...]:
        if column == 0:
            return (line.length,)
        if column == 1:
            readers = self._readers[line.id]
            return (self._finished[line.id] / readers if readers else -1, readers, self._unplanned[line.id])
        who = self.people[column - FIRST].id
        pair = (line.id, who)
        state = team.states.get(pair, State.NEW)
        if who not in self._seen:
            return (pair in team.places, state.is_finished, state != State.NEW)
        return (pair in team.places, state.is_finished, state != State.NEW, team.labels.get(pair, 0))

    def _about(self, line: Line, column: int) -> str:
        if column == 0:
            return f"{line.length:,}"
        return finished_words(self._finished[line.id], self._readers[line.id], self._unplanned[line.id])


def _words(share: Share, *, is_planned: bool) -> str:
    if is_planned:
        return "to be assigned"
    if share.place < 0 and share.state == State.NEW and not share.labels:
        return ""
    parts = [STATE_WORDS[share.state]]
    if share.labels:
        parts.append(counted(share.labels, "label"))
    if share.minutes:
        parts.append(spent(share.minutes))
    if share.place < 0:
        parts.append("not assigned")
    return ", ".join(parts)
