"""A table or list with a line below it, which typing opens and which leaves only the rows with certain words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.ui.widgets.search_field import SearchField

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Filtered(QWidget):
    """Shows the view. Letters typed in it go to the line; Escape there clears it, and once more closes it."""

    def __init__(
        self, view: QAbstractItemView, filter_rows: Callable[[str], None], noun: str, *, margin: int = 0
    ) -> None:
        """Wrap a view.

        Args:
            view: what is filtered.
            filter_rows: is given the words; every one of them stands in each row that is shown then.
            noun: what a row is, in the plural.
            margin: pixels around the line, where the view itself has none around it.
        """
        super().__init__()
        self.view = view
        self._filter = filter_rows
        self._noun = noun
        self.field = SearchField(f"Filter {noun}…")
        self.count = QLabel(objectName="dim")
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(margin, 0, margin, margin)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(view, 1)
        column.addWidget(self._line)
        self._line.hide()
        self.count.hide()
        self.field.textChanged.connect(self._narrow)
        self.field.left.connect(self.close_line)
        self.field.stepped.connect(lambda _by: self._go_back())
        view.installEventFilter(self)
        view.model().modelReset.connect(self._tell)
        view.model().layoutChanged.connect(self._tell)

    def open_line(self) -> None:
        """Put the focus into the line."""
        self._line.show()
        self.field.setFocus()
        self.field.selectAll()

    def close_line(self) -> None:
        """Show every row again, and go back to them."""
        self.field.clear()
        self._line.hide()
        self.view.setFocus()

    def reset(self) -> None:
        """Show every row again, without the line: there is something else in the view now."""
        self.field.clear()
        self._line.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take letters that are typed in the view; Escape there closes the line."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._line.isVisible():
                self.close_line()
                return True
            # Digits choose and a blank checks in some of these tables: only letters begin a filter.
            if event.text().isalpha() and not event.modifiers() & _MODIFIERS:
                self._line.show()
                self.field.setFocus()
                self.field.setText(self.field.text() + event.text())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, words: str) -> None:
        self._filter(words)
        self._tell()

    def _tell(self) -> None:
        rows = self.view.model().rowCount()
        self.count.setText(f"{rows:,} shown")
        self.count.setVisible(bool(self.field.text()))

    def _go_back(self) -> None:
        """Go on with the rows that are left."""
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.view.model().rowCount():
            self.view.setCurrentIndex(self.view.model().index(0, 0))
