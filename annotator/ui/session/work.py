"""Long work in another thread: values in, values out, with progress, cancel, and errors as sentences."""

from collections.abc import Callable
from time import monotonic, sleep

from PySide6.QtCore import QObject, QThread, Signal

from annotator.model.errors import AnnotatorError, GaveWayError, StoppedError, in_words

BETWEEN = 0.05
"""Seconds between two reports of progress: more often nobody sees."""
AGAIN = 0.5
"""Seconds before a job begins anew that gave way to what a person did: they may do more of it."""
Progress = Callable[[int, int, str], None]
Job = Callable[[Progress, Callable[[], bool], Callable[[object], None]], None]
"""What is done: it is given what to call with progress, what to ask whether to stop, and what to hand values to."""


class Work(QThread):
    """Does one job; never sees the project that the window has open.

    Every signal carries the number of the work first: what an older one still had to say is told from what is wanted.

    Signals:
        progressed: steps done, steps in all (0: nobody knows), and what is being done.
        found: a value, each as soon as it is there.
        failed: why it could not be done.
        stopped: it was not done to its end, as was asked.
    """

    progressed = Signal(int, int, int, str)
    found = Signal(int, object)
    failed = Signal(int, str)
    stopped = Signal(int)

    def __init__(self, job: Job, number: int, parent: QObject) -> None:
        super().__init__(parent)
        self._job = job
        self._number = number
        self._last = 0.0
        self._is_cancelled = False

    def cancel(self) -> None:
        """Stop at the next chance; what was found until then is no longer wanted."""
        self._is_cancelled = True

    def run(self) -> None:
        """Work."""
        try:
            while not self._is_done():
                sleep(AGAIN)
        except StoppedError:
            self.stopped.emit(self._number)
        except (AnnotatorError, OSError) as error:
            self.failed.emit(self._number, in_words(error))

    def _is_done(self) -> bool:
        """Do the job, and return whether it came to its end: not where it gave way to a change of what it reads."""
        try:
            self._job(self._progress, lambda: self._is_cancelled, lambda value: self.found.emit(self._number, value))
        except GaveWayError:
            if self._is_cancelled:
                raise StoppedError from None
            return False
        return True

    def _progress(self, done: int, total: int, what: str) -> None:
        if self._is_cancelled:
            raise StoppedError
        now = monotonic()
        if now - self._last >= BETWEEN or done == total:
            self._last = now
            self.progressed.emit(self._number, done, total, what)


class Worker(QObject):
    """Does one job at a time; a newer one stops the older, of which nothing is heard any more.

    Signals:
        begun, ended: something is being done, or nothing any more.
        progressed, found, failed, stopped: as those of `Work`, without its number.
    """

    begun = Signal()
    ended = Signal()
    progressed = Signal(int, int, str)
    found = Signal(object)
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._number = 0
        self._left: list[Work] = []

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._work is not None

    def do(self, job: Job) -> None:
        """Begin a job."""
        self._let_go()
        self._number += 1
        work = self._work = Work(job, self._number, self)
        work.progressed.connect(self._progressed)
        work.found.connect(self._found)
        work.failed.connect(self._failed)
        work.stopped.connect(self._stopped)
        work.finished.connect(self._tidy)
        self.begun.emit()
        work.start()

    def cancel(self) -> None:
        """Ask what is being done to stop; `stopped` tells when it has, `found` or `failed` where it was too late."""
        if self._work is not None:
            self._work.cancel()

    def stop(self) -> None:
        """Stop what is being done; nothing of it is heard any more."""
        if self._let_go():
            self.ended.emit()

    def close(self) -> None:
        """Stop, and wait until nothing runs."""
        self.stop()
        for work in self._left:
            work.wait()
        self._tidy()

    def finish(self) -> None:
        """Let what is being done come to its end, and wait for that: a file is not left half written."""
        if self._work is not None:
            self._work.wait()
            self._tidy()

    def _let_go(self) -> bool:
        work, self._work = self._work, None
        if work is None:
            return False
        self._number += 1
        work.cancel()
        self._left.append(work)
        return True

    def _progressed(self, number: int, done: int, total: int, what: str) -> None:
        if number == self._number:
            self.progressed.emit(done, total, what)

    def _found(self, number: int, value: object) -> None:
        if number == self._number:
            self.found.emit(value)

    def _failed(self, number: int, words: str) -> None:
        if number == self._number:
            self.failed.emit(words)

    def _stopped(self, number: int) -> None:
        if number == self._number:
            self.stopped.emit()

    def _tidy(self) -> None:
        """Forget what has finished."""
        for work in [each for each in self._left if each.isFinished()]:
            self._left.remove(work)
            work.deleteLater()
        work = self._work
        if work is not None and work.isFinished():
            self._work = None
            work.deleteLater()
            self.ended.emit()
