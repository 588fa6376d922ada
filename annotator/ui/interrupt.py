"""Ctrl+C in the terminal closes the window as its close button does."""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupt(QObject):
    """Calls `slot` when the process is asked to stop (SIGINT, SIGTERM).

    Python runs its handlers only between two of its own instructions, and Qt's loop has none while it waits; so the
    signal writes to a socket, and Qt wakes up for that.
    """

    def __init__(self, slot: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._slot = slot
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.settimeout(0)
        self._old_fd = signal.set_wakeup_fd(self._far.fileno())
        self._old = {each: signal.signal(each, self._caught) for each in (signal.SIGINT, signal.SIGTERM)}
        self._asked = False
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def remove(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for each, handler in self._old.items():
            signal.signal(each, handler)
        self._near.close()
        self._far.close()

    def _caught(self, _number: int, _frame: object) -> None:
        self._asked = True

    def _wake(self) -> None:
        self._near.recv(64)
        if self._asked:
            self._asked = False
            self._slot()
