"""Something that can wait until what is wanted on the screen first has been painted."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

_AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1
"""Qt posts its wish to paint with the low priority: what comes after that finds it painted."""


class Later(QObject):
    """Calls something a moment after it was asked for the last time, and after the window was painted.

    A timer alone does not do: where the machine is slow, it is due before the painting begins, and delays it.
    """

    def __init__(self, parent: QObject, call: Callable[[], object], milliseconds: int) -> None:
        super().__init__(parent)
        self._call = call
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.timeout.connect(self._post)
        self._is_posted = False

    @property
    def is_waiting(self) -> bool:
        """Whether it will be called."""
        return self._timer.isActive() or self._is_posted

    def start(self) -> None:
        """Call it after a moment, counted from now."""
        self.stop()
        self._timer.start()

    def stop(self) -> None:
        """Do not call it."""
        self._timer.stop()
        self._is_posted = False

    def ask(self, *, at_once: bool) -> None:
        """Call it now where somebody looks at what it shows, else when what they look at has been painted."""
        self.start()
        if at_once:
            self.hurry()

    def hurry(self) -> None:
        """Call it now where it waits: somebody needs what it does."""
        if self.is_waiting:
            self.stop()
            self._call()

    def event(self, event: QEvent) -> bool:
        """What was posted has come."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        if self._is_posted:
            self._is_posted = False
            self._call()
        return True

    def _post(self) -> None:
        self._is_posted = True
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINTING)
