"""Work on values in another thread, one thing at a time, with progress, stages and cancel."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QThread, Signal

from annotator.model.errors import AnnotatorError
from annotator.project.formats import Listen
from annotator.project.garbage import left_lying

BETWEEN = 0.05
"""Seconds between two reports of progress: more often nobody sees."""


class Errand(QThread):
    """Does one thing; never sees the open project. Every signal begins with the errand's number.

    Signals:
        began: what begins now, in words.
        progressed: how many are done, how many there are (0 where that is not known), name of the current one.
        done: what came of it. failed: why nothing did.
    """

    began = Signal(int, str)
    progressed = Signal(int, int, int, str)
    done = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, number: int, kind: str, deed: Callable[[Listen], object], parent: QObject) -> None:
        super().__init__(parent)
        self.number = number
        self.kind = kind
        self.is_cancelled = False
        self._deed = deed
        self._last = 0.0

    def cancel(self) -> None:
        """Stop before the next article."""
        self.is_cancelled = True

    def run(self) -> None:
        """Do it."""
        try:
            with left_lying():
                result = self._deed(Listen(self._progress, lambda: self.is_cancelled, self._begin))
        except AnnotatorError as error:
            self.failed.emit(self.number, str(error))
        else:
            self.done.emit(self.number, result)

    def _begin(self, words: str) -> None:
        self._last = 0.0
        self.began.emit(self.number, words)

    def _progress(self, done: int, total: int, name: str) -> None:
        now = monotonic()
        if now - self._last >= BETWEEN or done == total:
            self._last = now
            self.progressed.emit(self.number, done, total, name)


class Errands(QObject):
    """One errand at a time. A new one stops the one before, of which nothing is told any more.

    Signals:
        began, progressed: as for `Errand`, without the number.
        done: kind and result. failed: kind and why.
    """

    began = Signal(str)
    progressed = Signal(int, int, str)
    done = Signal(str, object)
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._errand: Errand | None = None
        self._next: Errand | None = None

    @property
    def kind(self) -> str:
        """The kind of what is done now; empty when nothing is."""
        current = self._next or self._errand
        return current.kind if current is not None and current.number == self._number else ""

    def start(self, kind: str, deed: Callable[[Listen], object]) -> None:
        """Do something, as soon as what is done now has stopped."""
        self._number += 1
        errand = Errand(self._number, kind, deed, self)
        errand.began.connect(self._on_began)
        errand.progressed.connect(self._on_progressed)
        errand.done.connect(self._on_done)
        errand.failed.connect(self._on_failed)
        errand.finished.connect(self._on_finished)
        if self._errand is None:
            self._errand = errand
            errand.start()
            return
        if self._next is not None:
            self._next.deleteLater()
        self._next = errand
        self._errand.cancel()

    def cancel(self) -> None:
        """Stop before the next article; `failed` tells when it has."""
        if self._errand is not None:
            self._errand.cancel()

    def drop(self) -> None:
        """Tell nothing of what goes on, and let it stop by itself."""
        self._number += 1
        if self._next is not None:
            self._next.deleteLater()
            self._next = None
        self.cancel()

    def stop(self) -> None:
        """Stop everything, wait until nothing goes on, and tell nothing of it."""
        self.drop()
        if self._errand is not None:
            self._errand.wait()
            self._errand.deleteLater()
            self._errand = None

    def _on_began(self, number: int, words: str) -> None:
        if number == self._number:
            self.began.emit(words)

    def _on_progressed(self, number: int, done: int, total: int, name: str) -> None:
        if number == self._number:
            self.progressed.emit(done, total, name)

    def _on_done(self, number: int, result: object) -> None:
        if number == self._number and self._errand is not None:
            kind = self._errand.kind
            self._end()
            self.done.emit(kind, result)

    def _on_failed(self, number: int, words: str) -> None:
        if number == self._number and self._errand is not None:
            kind = self._errand.kind
            self._end()
            self.failed.emit(kind, words)

    def _on_finished(self) -> None:
        """Begin what waits; what has told its result is gone already."""
        if self._errand is not None and self._errand.isFinished():
            self._end()
        if self._errand is None and self._next is not None:
            self._errand, self._next = self._next, None
            self._errand.start()

    def _end(self) -> None:
        if self._errand is not None:
            self._errand.wait()
            self._errand.deleteLater()
            self._errand = None
