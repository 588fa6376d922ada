"""What pages with rows at the left and articles beside them share: keys that work in all of them, and their colours."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.ui.look.theme import Theme
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session
from annotator.ui.widgets.rows import Rows

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _RowPainter(Protocol):
    theme: Theme


class RowPage(QWidget):
    """A page of the window. Subclasses say in `_deed` what a key does, wherever on the page the focus is."""

    def __init__(self, name: str, rows: Rows, painter: _RowPainter, readers: tuple[Reader, ...]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(name)
        self._session: Session | None = None
        self.list = rows
        self._row = painter
        self._readers = readers
        for widget in (rows, *readers):
            widget.installEventFilter(self)

    def set_session(self, session: Session | None) -> None:
        """Work in another project."""
        self._session = session

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        for reader in self._readers:
            reader.set_theme(theme)
        self.list.viewport().update()

    def focus_first(self) -> None:
        """Put the focus on the rows."""
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of this page before what has the focus does."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            deed = self._deed(watched, event)
            if deed is not None:
                if event.type() == QEvent.Type.KeyPress:
                    deed()
                event.accept()
                return True
        if event.type() == QEvent.Type.PaletteChange and isinstance(watched, Reader):
            keep_colors(watched, self._row.theme)
        return super().eventFilter(watched, event)

    def _deed(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does here; None where it is no key of this page."""
        raise NotImplementedError


def keep_colors(reader: Reader, theme: Theme) -> None:
    """Give a reading view its colours back.

    Qt's style sheets give a widget the palette that it had when it was first polished, whenever it is polished again:
    at the latest when it is first shown.
    """
    if reader.palette().color(QPalette.ColorRole.Text) != QColor(theme.text):
        reader.set_theme(theme)


def side_by_side(left: int, *widgets: QWidget, rest: tuple[int, ...] = (960,)) -> QSplitter:
    """Return widgets beside each other, the first one so wide (px); the second takes what room there is more."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setStretchFactor(1, 1)
    splitter.setSizes([left, *rest])
    return splitter
