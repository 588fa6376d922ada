"""A hand at the real window: opens it on the offscreen platform, and sends real keys and real mouse moves."""

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.project.upgrading import bring_up_to_date, takes_long
from annotator.ui.look.looks import Looks
from annotator.ui.reader import Reader
from annotator.ui.session.session import Session
from annotator.ui.session.settings import FOLDER_VARIABLE, Settings
from annotator.ui.window.window import USUAL, Window

NONE = Qt.KeyboardModifier.NoModifier


class Paints(QObject):
    """Counts the paints of a widget: `begun` grows as each begins, before the widget paints."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.begun = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count, and let the event through."""
        if event.type() == QEvent.Type.Paint:
            self.begun += 1
        return False


def open_window(project: Path, folder: Path) -> Window:
    """Show a window on a project as `annotator.ui.app.run` does; settings and example go into `folder`."""
    os.environ[FOLDER_VARIABLE] = str(folder)
    if takes_long(project):  # the window would do so first, and open it later
        bring_up_to_date(project, lambda _done, _total: None)
    settings = Settings.load()
    window = Window(settings, Looks(QApplication.instance() or QApplication([]), settings.scheme), folder)
    window.resize(*USUAL)  # the screen of the offscreen platform is smaller than anybody's
    window.show()
    if not window.open_path(project):
        raise AssertionError(f"{project} does not open")
    return window


class Hand:
    """Works a window that is shown with a project."""

    def __init__(self, window: Window) -> None:
        self.app = QApplication.instance()
        self.window = window
        window.activateWindow()
        self.reader.setFocus()
        self.paints = Paints(self.reader.viewport())
        self.settle()

    @property
    def reader(self) -> Reader:
        """The reading view."""
        return self.window.label_place.reader

    @property
    def session(self) -> Session:
        """What the window knows of the project."""
        if self.window.session is None:
            raise AssertionError("no project is open")
        return self.window.session

    def settle(self) -> None:
        """Handle every event there is."""
        loop = QEventLoop()
        while loop.processEvents():
            pass

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.app.focusWidget() or self.window, key, modifiers)

    def press_and_see(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key and wait until the page has been painted anew and everything else has had its turn too."""
        before = self.paints.begun
        self.press(key, modifiers)
        self.see(before)

    def see(self, before: int) -> None:
        """Wait until the page has been painted more often than `before`."""
        while self.paints.begun == before:
            self.app.processEvents()

    def select(self, start: int, end: int) -> None:
        """Select code points on the page and scroll there."""
        self.reader.set_selection(Span.of((start, end)))
        self.reader.reveal(start, end)
        self.settle()

    def close(self) -> None:
        """Close the window and with it the project."""
        self.window.close()
        self.settle()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def mouse(self, kind: QEvent.Type, point: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Send one event of the left button to the page."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QEvent.Type.MouseMove else left
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        viewport = self.reader.viewport()
        place = QPointF(viewport.mapToGlobal(point.toPoint()))
        self.app.sendEvent(viewport, QMouseEvent(kind, point, place, button, held, modifiers))

    def drag(self, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press, move in steps, and release."""
        self.mouse(QEvent.Type.MouseButtonPress, start, modifiers)
        for step in range(1, 6):
            self.mouse(QEvent.Type.MouseMove, start + (end - start) * (step / 5), modifiers)
        self.mouse(QEvent.Type.MouseButtonRelease, end, modifiers)
