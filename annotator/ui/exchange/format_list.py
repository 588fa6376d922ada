"""The formats: a line to search in, and a row for each with what it is for and what it lacks."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.project.formats import FormatInfo
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.rows import Rows
from annotator.ui.widgets.search_field import SearchField
from annotator.ui.widgets.two_lines import Index, Lines, TwoLines

FORMAT_ROLE = Qt.ItemDataRole.UserRole


class FormatModel(QAbstractListModel):
    """The formats that match what is searched for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.every: tuple[FormatInfo, ...] = ()
        self.shown: tuple[FormatInfo, ...] = ()

    def show(self, every: Sequence[FormatInfo]) -> None:
        """Offer these formats."""
        self.every = tuple(every)
        self.search("")

    def search(self, words: str) -> None:
        """Show those whose name, title or purpose has all the words."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self.shown = tuple(
            each
            for each in self.every
            if all(word in f"{each.name} {each.title} {each.purpose} {each.suffix}".casefold() for word in wanted)
        )
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """Return the row of a format; -1 where it is not shown."""
        return next((row for row, each in enumerate(self.shown) if each.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a format, or its words."""
        each = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return each
            case Qt.ItemDataRole.DisplayRole:
                return each.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{each.title}: {about(each)}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{each.title} ({each.name})\n{about(each)}"
        return None


def about(each: FormatInfo) -> str:
    """Return what a format is for, or what it lacks."""
    return f"Not installed: the library “{each.lacks}”" if each.lacks else each.purpose


class _FormatRow(TwoLines):
    def lines(self, index: Index) -> Lines:
        theme = self.theme
        each: FormatInfo = index.data(FORMAT_ROLE)
        if each.lacks:
            return Lines(each.title, theme.muted, about(each), theme.warning)
        return Lines(each.title, theme.text, about(each), theme.muted)


class FormatList(QWidget):
    """`chosen` carries the format that is looked at; `taken` says that Return was pressed on it."""

    chosen = Signal(object)
    taken = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = ""
        self.field = SearchField("Search formats", self)
        self.model = FormatModel(self)
        self.list = Rows("Formats")
        self.list.setModel(self.model)
        self._row = _FormatRow(self.list, theme)
        self.list.set_painter(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.field)
        column.addLayout(inner)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._search)
        self.field.left.connect(self.left)
        self.field.stepped.connect(self._step)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose())

    @property
    def format(self) -> FormatInfo | None:
        """The format that is chosen."""
        return next((each for each in self.model.every if each.name == self._name), None)

    def show_formats(self, every: Sequence[FormatInfo], name: str) -> None:
        """Offer these, with one of them chosen."""
        self.field.clear()
        self.model.show(every)
        self._name = ""
        row = self.model.row_of(name)
        self.list.show_row(max(row, 0) if every else -1)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.field.refresh_icons()
        self.list.viewport().update()

    def _search(self, words: str) -> None:
        self.model.search(words)
        row = self.model.row_of(self._name)
        if self.model.shown:
            self.list.show_row(max(row, 0))

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row()
        if by and self.model.shown:
            self.list.show_row(min(max(row + by, 0), len(self.model.shown) - 1))
        elif not by and self.model.shown:
            self.taken.emit()

    def _choose(self) -> None:
        each = self.list.currentIndex().data(FORMAT_ROLE)
        if each is not None and each.name != self._name:
            self._name = each.name
            self.chosen.emit(each)
