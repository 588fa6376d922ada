"""The articles as rows: filtered by words and by state."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.model.article import ArticleHead, State
from annotator.ui.matching import folded, has_words

Index = QModelIndex | QPersistentModelIndex

HEAD_ROLE = Qt.ItemDataRole.UserRole
"""Under which a row gives its `ArticleHead`."""


def matching(heads: Sequence[ArticleHead], words: str, states: frozenset[State]) -> list[ArticleHead]:
    """Return the articles whose titles hold every word and that are in one of `states` (none: in any)."""
    wanted = folded(words)
    return [
        head
        for head in heads
        if (not states or head.state in states) and (not wanted or has_words(wanted, folded(head.title)))
    ]


class ArticleModel(QAbstractListModel):
    """The articles that are shown, as they are in the project."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: list[ArticleHead] = []
        self._words = ""
        self._states: frozenset[State] = frozenset()
        self._rows: dict[str, int] = {}
        self.finished = 0
        """How many of all articles are done, or were read with nothing found."""
        self.shown: list[ArticleHead] = []

    def set_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Show these articles; rows stay as they are where only states and counts differ."""
        self._all = list(heads)
        self.finished = sum(head.state.is_finished for head in self._all)
        self._refresh(keep_rows=True)

    def update_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Take over some articles that are there already, with another title, state or number of labels."""
        fresh = {head.id: head for head in heads}
        if not self._words and not self._states:
            for head in heads:
                row = self._rows[head.id]
                self.finished += head.state.is_finished - self._all[row].state.is_finished
                self._all[row] = self.shown[row] = head
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.set_heads([fresh.get(head.id, head) for head in self._all])

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

    def _refresh(self, *, keep_rows: bool) -> None:
        shown = matching(self._all, self._words, self._states)
        if keep_rows and [head.id for head in shown] == [head.id for head in self.shown]:
            changed = [row for row, (new, old) in enumerate(zip(shown, self.shown, strict=True)) if new != old]
            self.shown = shown
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.shown = shown
        self._rows = {head.id: row for row, head in enumerate(shown)}
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
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{head.title}, {head.state.value}, {labels_in_words(head.count)}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{head.title}\n{head.state.value.capitalize()} · {labels_in_words(head.count)} · {head.source}".rstrip(
                    " ·"
                )
            case _:
                return head if role == HEAD_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that titles can be edited in place."""
        if not index.isValid():
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


def labels_in_words(count: int) -> str:
    """Return a number of labels in words: ``no labels``, ``1 label``, ``24 labels``."""
    return {0: "no labels", 1: "1 label"}.get(count, f"{count:,} labels")
