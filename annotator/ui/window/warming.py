"""Building the pages that were not visited yet, one at a time, while the person does nothing: none waits for it then.

A page takes a tenth of a second to build, and its modules half as long to be loaded: one after the other, so that who comes
back meanwhile waits for one of these only. What an export or an import loads comes last.
"""

import sys
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from annotator.ui.places import Places
from annotator.ui.window.rail import PLACES

QUIET = 2_000
"""Milliseconds without a key, a click or a move of the mouse."""
_BETWEEN = 250
"""Milliseconds between one thing and the next, where the person still does nothing."""
BUSY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)
"""What a window is told of when the person does something."""


class Warmer(QObject):
    """Builds the places of a window that is shown; nothing of it is left when all are built."""

    def __init__(self, window: QWidget, places: Places, quiet: int = QUIET) -> None:
        super().__init__(window)
        self._window, self._places, self._quiet = window, places, quiet
        self._timer = QTimer(self, interval=quiet)
        self._timer.timeout.connect(self._build)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be built, or it was ended."""
        return not self._timer.isActive()

    def begin(self) -> None:
        """Wait for the person to do nothing."""
        # Qt's window gets what the person does and little else; the application would get every event there is.
        self._window.windowHandle().installEventFilter(self)
        self._timer.start()

    def end(self) -> None:
        """Build nothing more."""
        self._timer.stop()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew where the person does something."""
        if event.type() in BUSY:
            self._timer.start(self._quiet)
        return False

    def _build(self) -> None:
        self._timer.start(min(self._quiet, _BETWEEN))
        name = next((each for each in PLACES if not self._places.has(each)), "")
        if not name:
            from annotator.project.formats import formats  # noqa: PLC0415 - starting would wait for it

            formats()  # loads them all
            self.end()
        elif (module := f"annotator.ui.{name}.place") not in sys.modules:
            import_module(module)
        elif self._places.is_open:
            self._places.page(name)
