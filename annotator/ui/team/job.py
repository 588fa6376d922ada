"""One piece of slow work at a time, in another thread: values in, values out, with progress and cancel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from annotator.model.errors import AnnotatorError, in_words
from annotator.ui.session.work import Worker

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
        self._is_busy = False
        self._worker = Worker(self)
        self._worker.progressed.connect(self._progressed)
        self._worker.found.connect(lambda result: self._ended(self.done, result))
        self._worker.failed.connect(lambda words: self._ended(self.failed, words))
        self._worker.stopped.connect(lambda: self._ended(self.stopped))

    @property
    def is_busy(self) -> bool:
        """Whether something is being done: no more once its end is being told."""
        return self._is_busy

    def start(self, work: Work) -> None:
        """Begin; what was under way is dropped."""
        self.stop()

        def run(heard: Heard, cancelled: Callable[[], bool], give: Callable[[object], None]) -> None:
            try:
                give(work(heard, cancelled))
            except OSError as error:
                raise AnnotatorError(in_words(error)) from error

        self._is_busy = True
        self._worker.do(run)

    def cancel(self) -> None:
        """Ask it to stop; `stopped` tells when it has."""
        self._worker.cancel()

    def stop(self) -> None:
        """Drop what is under way, and wait until its thread is gone."""
        self._is_busy = False
        self._worker.close()

    def _progressed(self, done: int, total: int, name: str) -> None:
        if self._is_busy:
            self.progressed.emit(done, total, name)

    def _ended(self, signal: SignalInstance, *told: object) -> None:
        self._is_busy = False
        signal.emit(*told)
