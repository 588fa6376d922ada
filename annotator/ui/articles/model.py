"""The articles as rows: filtered by words and by state."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.model.article import ArticleHead, State
from annotator.model.counting import counted
from annotator.ui.articles.order import group_of, matching, ordered, sort_key, with_headings
from annotator.ui.reader.header import spoken_date

Index = QModelIndex | QPersistentModelIndex

HEAD_ROLE = Qt.ItemDataRole.UserRole
"""Under which a row gives its `ArticleHead`."""


class ArticleModel(QAbstractListModel):
    """The articles that are shown, as they are in the project."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: list[ArticleHead] = []
        self._words = ""
        self._states: frozenset[State] = frozenset()
        self._rows: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._sort = self._group = ""
        self.finished = 0
        """How many of all articles are done, or were read with nothing found."""
        self.shown: list[ArticleHead] = []
        """The rows; one without id is the heading of a group, its count that of the articles below it."""
        self.order: list[str] = []
        """The ids of all articles in the order of the list, shown or not."""

    def set_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Show these articles; rows stay as they are where only states and counts differ."""
        self._all = list(heads)
        self._places = {head.id: place for place, head in enumerate(self._all)}
        self._put_in_order()
        self.finished = sum(head.state.is_finished for head in self._all)
        self._refresh(keep_rows=True)

    def update_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Take over some articles that are there already, with another title, state, count or metadata."""
        if any(self._moves(head) for head in heads):
            fresh = {head.id: head for head in heads}
            self.set_heads([fresh.get(head.id, head) for head in self._all])
            return
        for head in heads:
            place, row = self._places[head.id], self._rows.get(head.id, -1)
            self.finished += head.state.is_finished - self._all[place].state.is_finished
            self._all[place] = head
            if row >= 0:
                self.shown[row] = head
                self.dataChanged.emit(self.index(row), self.index(row))

    def _moves(self, head: ArticleHead) -> bool:
        """Whether an article has to stand elsewhere than before, or may have to come or go."""
        old = self._all[self._places[head.id]]
        if (self._words or self._states) and replace(old, count=head.count) != head:
            return True
        return sort_key(old, self._sort) != sort_key(head, self._sort) or group_of(old, self._group) != group_of(
            head, self._group
        )

    def set_order(self, sort: str, group: str) -> None:
        """List the articles in another order, and under headings; names as in `article_order`."""
        self._sort, self._group = sort, group
        self._put_in_order()
        self._refresh(keep_rows=False)

    @property
    def count(self) -> int:
        """How many articles are shown."""
        return len(self._rows)

    def step(self, article_id: str, by: int) -> str:
        """Return the id of the article `by` rows on from one that is shown, headings not counted; else of the first."""
        ids = list(self._rows)
        if not ids:
            return ""
        if article_id not in self._rows:
            return ids[0]
        return ids[min(max(ids.index(article_id) + by, 0), len(ids) - 1)]

    def set_filter(self, words: str, states: frozenset[State]) -> None:
        """Show only the articles whose titles hold the words and that are in one of the states."""
        self._words, self._states = words, states
        self._refresh(keep_rows=False)

    def row_of(self, article_id: str) -> int:
        """Return the row of an article, or -1 when it is not shown."""
        return self._rows.get(article_id, -1)

    @property
    def total(self) -> int:
        """How many articles there are, shown or not."""
        return len(self._all)

    def _put_in_order(self) -> None:
        self.order = [head.id for head in ordered(self._all, self._sort, self._group)]

    def _refresh(self, *, keep_rows: bool) -> None:
        every = [self._all[self._places[each]] for each in self.order]
        shown = with_headings(matching(every, self._words, self._states), self._group)
        if keep_rows and [_row_key(head) for head in shown] == [_row_key(head) for head in self.shown]:
            changed = [row for row, (new, old) in enumerate(zip(shown, self.shown, strict=True)) if new != old]
            self.shown = shown
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.shown = shown
        self._rows = {head.id: row for row, head in enumerate(shown) if head.id}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many articles are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the words for screen readers and the tooltip, or the head itself."""
        if not 0 <= index.row() < len(self.shown):
            return None
        head = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return head.title
            case _ if not head.id and role != HEAD_ROLE:
                spoken = role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
                return f"{head.title}: {counted(head.count, 'article')}" if spoken else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{head.title}, {head.state.value}, {labels_in_words(head.count)}"
            case Qt.ItemDataRole.ToolTipRole:
                known = "\n".join(part for part in (head.title, about(head)) if part)
                return (
                    f"{known}\n{head.state.value.capitalize()} · {labels_in_words(head.count)} · {head.source}".rstrip(
                        " ·"
                    )
                )
            case _:
                return head if role == HEAD_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that titles can be edited in place."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.shown[index.row()].id:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another title; it is shown when the project has it."""
        head = self.shown[index.row()]
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not title or title == head.title:
            return False
        self.renamed.emit(head.id, title)
        return True


def about(head: ArticleHead) -> str:
    """Return outlet and date of an article in one line; each keeps its own direction."""
    return " · ".join(f"\u2068{part}\u2069" for part in (head.outlet, spoken_date(head.date)) if part)


def labels_in_words(count: int) -> str:
    """Return a number of labels in words: ``no labels``, ``1 label``, ``24 labels``."""
    return {0: "no labels", 1: "1 label"}.get(count, f"{count:,} labels")


def _row_key(head: ArticleHead) -> str:
    return head.id or f"\n{head.title}"
