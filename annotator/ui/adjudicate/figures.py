"""The figures at the queue: how annotators agree with each other and with gold, as it was and as it is now."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.model.adjudication import Cell
from annotator.model.changes import Changes
from annotator.project import Project
from annotator.project.adjudication.scales import Scales
from annotator.project.weighing import Beside
from annotator.ui.session.session import Session
from annotator.ui.session.work import Job, Progress, Worker

PAUSE = 900
"""So many milliseconds after the last decision the figures are computed anew: who decides is not to wait for them."""
_TOUCHING = frozenset({"annotation", "link", "state", "decision", "codebook", "article", "text", "blocks"})


class Figures(QObject):
    """Holds the figures of the cell that is decided about. `changed` tells that they, or their age, are others.

    Attributes:
        then: the figures as they were when somebody began with this cell; None: not known yet.
        now: as they are, or were when `is_stale`.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.then: Beside | None = None
        self.now: Beside | None = None
        self.is_stale = False
        self.cell = Cell()
        self._session: Session | None = None
        self._scales = Scales()
        self._worker = Worker(self)
        self._worker.found.connect(self._take)
        self._worker.ended.connect(self._ended)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._compute)

    def set_session(self, session: Session | None) -> None:
        """Hold the figures of another project; they are computed when `begin` is called."""
        self._pause.stop()
        self._worker.close()
        self._session = session
        self.then = self.now = None
        self._scales = Scales()
        self.is_stale = False
        if session is not None:
            session.changed.connect(self._on_changes)

    def begin(self, cell: Cell) -> None:
        """Compute the figures of a cell, with which all later ones are compared."""
        if self._session is not None and (cell != self.cell or not self._has_begun):
            self._pause.stop()
            self._worker.stop()  # what it still had to say is of another cell
            self.cell = cell
            self.then = self.now = None
            self._compute()

    @property
    def is_busy(self) -> bool:
        """Whether they are being computed."""
        return self._worker.is_busy

    @property
    def _has_begun(self) -> bool:
        return self.now is not None or self.is_busy

    def _on_changes(self, changes: Changes) -> None:
        if self._has_begun and changes.nouns & _TOUCHING:
            self.is_stale = True
            self._pause.start()
            self.changed.emit()

    def _compute(self) -> None:
        session = self._session
        if session is None:
            return
        if session.long_step.is_busy or (self.is_busy and self.then is None):
            self._pause.start()  # nobody may open its file now; or what was there in the beginning is not known yet
            return
        self.is_stale = True
        self._worker.do(_job(session.project.path, self.cell, self._scales))
        self.changed.emit()

    def _take(self, found: object) -> None:
        if isinstance(found, _Found):
            self.now, self._scales = found.beside, found.scales
            self.then = self.then or found.beside
            self.is_stale = self._pause.isActive()
            self.changed.emit()

    def _ended(self) -> None:
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Found:
    """Figures, and what the next ones can go on from."""

    beside: Beside
    scales: Scales


def _job(path: Path, cell: Cell, scales: Scales) -> Job:
    def read(progress: Progress, _cancelled: Callable[[], bool], give: Callable[[object], None]) -> None:
        mine = scales.copy()
        while True:
            with Project.open(path, read_only=True) as project:
                found = project.beside_gold(cell, progress=progress, scales=mine)
                if project.is_at(mine.step):  # else something was stored while this was read: half of it may be in here
                    give(_Found(found, mine))
                    return

    return read
