"""Gives the focus back to the page when a strip beside it goes, whose button had it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.places import Places


class FocusBack(QObject):
    """Watches strips. Qt gives the focus of what goes to whatever is next by Tab: a name in the status line, mostly."""

    def __init__(self, places: Places, strips: Iterable[QWidget]) -> None:
        super().__init__(places)
        self._places = places
        for strip in strips:
            strip.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a strip go, before Qt has looked for the next widget. A window that closes or is minimised is left alone."""
        if event.type() == QEvent.Type.Hide and isinstance(watched, QWidget) and watched.window().isVisible():
            focused = QApplication.focusWidget()
            if focused is not None and watched.isAncestorOf(focused) and not event.spontaneous():
                self._places.focus_again()
        return False
