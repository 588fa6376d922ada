"""One piece of slow work at a time, in another thread: values in, values out, with progress and cancel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.model.errors import AnnotatorError, StoppedError
from annotator.ui.draft_thread import DraftThread

Heard = Callable[[int, int, str], None]
Work = Callable[[Heard, Callable[[], bool]], object]
"""Is given what to call with progress, and what to ask whether to stop. It never sees the open project."""


class Job(QObject):
    """Runs it, and tells once how it ended.

    Signals:
        progressed: done, in all, and the name of what is done now.
        done: what the work returned.
        failed: why it could not be done, in a sentence.
        stopped: it was cancelled.
    """

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: DraftThread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None

    def start(self, work: Work) -> None:
        """Begin; what was under way is dropped."""
        self.stop()

        def run(heard: Heard, cancelled: Callable[[], bool]) -> object:
            try:
                return work(heard, cancelled)
            except (AnnotatorError, OSError) as error:
                return error

        thread = DraftThread(run, self)
        self._thread = thread
        thread.progressed.connect(self._progressed)
        thread.drafted.connect(self._ended)
        thread.finished.connect(thread.deleteLater)
        thread.start()

    def cancel(self) -> None:
        """Ask it to stop; `stopped` tells when it has."""
        if self._thread is not None:
            self._thread.cancel()

    def stop(self) -> None:
        """Drop what is under way, and wait until its thread is gone."""
        if self._thread is not None:
            thread, self._thread = self._thread, None
            thread.cancel()
            thread.wait()

    def _progressed(self, done: int, total: int, name: str) -> None:
        if self.sender() is self._thread:
            self.progressed.emit(done, total, name)

    def _ended(self, result: object) -> None:
        if self._thread is None or self.sender() is not self._thread:
            return
        thread, self._thread = self._thread, None
        thread.wait()
        if isinstance(result, StoppedError):
            self.stopped.emit()
        elif isinstance(result, Exception):
            self.failed.emit(str(result))
        else:
            self.done.emit(result)
