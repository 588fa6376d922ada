"""A step that takes long to write, in another thread: the window goes on to paint, and the project to be read."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.lending import LONG, write_lent
from annotator.ui.session.work import Job, Progress, Worker

T = TypeVar("T")
Verb = Callable[[Project, Progress], T]
"""Writes one step into the project that it is given, and tells how far it is; what that raises rolls the step back."""


def is_long(rows: int) -> bool:
    """Whether a step that touches so many rows is one to be told of, and written in another thread."""
    return rows > LONG


class LongStep(QObject):
    """Writes one long step at a time into a project, which is lent meanwhile.

    Signals:
        begun: in words what is being done.
        progressed: how many are done, and how many there are.
        ended: nothing is being done any more; the project can be written again, and has told what was touched.
        failed: a sentence about why it could not be done. stopped: the person stopped it. Nothing was written then.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._then: Callable[[object], None] | None = None
        self._otherwise: Callable[[], None] = _nothing
        self._worker = Worker(self)
        self._worker.progressed.connect(lambda done, total, _name: self.progressed.emit(done, total))
        self._worker.found.connect(self._found)
        self._worker.failed.connect(self._failed)
        self._worker.stopped.connect(self._stopped)
        self._worker.ended.connect(self._let_go)

    @property
    def is_busy(self) -> bool:
        """Whether a step is being written."""
        return self._then is not None

    def write(
        self, doing: str, verb: Verb[T], then: Callable[[T], None], otherwise: Callable[[], None] | None = None
    ) -> None:
        """Begin; `then` is given what the verb returned, after the notice of what was touched.

        `doing` says what is being done, for who looks and for who wants to write meanwhile: “taking back …”.
        `otherwise` is called where nothing was written: it failed, or the person stopped it.
        """
        try:
            self._project.lend(doing)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            if otherwise is not None:
                otherwise()
            return
        self._otherwise = otherwise or _nothing
        self._then = then  # type: ignore[assignment] # what it takes is what comes of the verb
        self.begun.emit(f"{doing[0].upper()}{doing[1:]}")
        self._worker.do(_job(self._project, verb))

    def cancel(self) -> None:
        """Stop it and leave all as it was, unless it is too late for that; a signal tells."""
        self._worker.cancel()

    def close(self) -> None:
        """Stop it and wait: before the project is closed. What is not whole by then is not written."""
        self._worker.close()
        self._let_go()

    def _found(self, found: tuple[object, Changes | None]) -> None:
        result, changes = found
        then = self._let_go(changes)
        if then is not None:
            then(result)

    def _failed(self, words: str) -> None:
        self._let_go()
        self.failed.emit(words)
        self._otherwise()

    def _stopped(self) -> None:
        self._let_go()
        self.stopped.emit()
        self._otherwise()

    def _let_go(self, changes: Changes | None = None) -> Callable[[object], None] | None:
        """Take the project back, once, however it ended; return what was to follow."""
        then, self._then = self._then, None
        if then is not None:
            self._project.take_back(changes)
            self.ended.emit()
        return then


def _nothing() -> None:
    """Leave things as they are."""


def _job(project: Project, verb: Verb[T]) -> Job:
    path = project.path
    return lambda progress, _cancelled, give: give(write_lent(path, lambda lent: verb(lent, progress)))
