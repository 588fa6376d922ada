"""Reading files in another thread: values in, values out, with progress and cancel."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal

from annotator.project.drafting import Drafted, Progress

BETWEEN = 0.05
"""Seconds between two reports of progress: more often nobody sees."""


class DraftThread(QThread):
    """Reads; never sees the project.

    Signals:
        progressed: files done, files in all, name of the current one.
        drafted: the `Drafted`.
    """

    progressed = Signal(int, int, str)
    drafted = Signal(object)

    def __init__(self, read: Callable[[Progress, Callable[[], bool]], Drafted], parent: QObject) -> None:
        """`read` is given what to call with progress, and what to ask whether to stop."""
        super().__init__(parent)
        self._read = read
        self._cancelled = False
        self._last = 0.0

    def cancel(self) -> None:
        """Stop before the next article."""
        self._cancelled = True

    def run(self) -> None:
        """Read."""
        self.drafted.emit(self._read(self._progress, lambda: self._cancelled))

    def _progress(self, done: int, total: int, name: str) -> None:
        now = monotonic()
        if now - self._last >= BETWEEN or done == total:
            self._last = now
            self.progressed.emit(done, total, name)
