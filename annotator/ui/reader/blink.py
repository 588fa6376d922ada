"""The caret's blinking."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication


class Blink(QObject):
    """Says when the caret is shown; `changed` is called whenever that has changed."""

    def __init__(self, owner: QObject, changed: Callable[[], None]) -> None:
        super().__init__(owner)
        self.is_on = True
        self._changed = changed
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._toggle)

    def start(self) -> None:
        """Blink at the system's pace, beginning with the caret shown; where the system says so, do not blink."""
        flash = QGuiApplication.styleHints().cursorFlashTime()
        self.is_on = True
        if flash > 0:
            self._timer.start(flash // 2)
        else:
            self._timer.stop()
        self._changed()

    def show(self) -> None:
        """Show the caret now, because it has moved: one sees where it went."""
        self.is_on = True
        if self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Stop blinking."""
        self._timer.stop()
        self.is_on = True

    def _toggle(self) -> None:
        self.is_on = not self.is_on
        self._changed()
