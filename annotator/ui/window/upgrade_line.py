"""The strip at the foot of the window that says how far a large project of an older version is brought up to date."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.project.upgrading import bring_up_to_date
from annotator.ui.session.work import Worker
from annotator.ui.widgets.progress import ProgressLine


class UpgradeLine(ProgressLine):
    """Does so in another thread, one project at a time. Hidden while none is.

    Signals:
        failed: a sentence about why it could not be done. said: that it was stopped.
    """

    failed = Signal(str)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How far the project is brought up to date", parent, cancel="Stop")
        self.setObjectName("tray")
        self.setAccessibleName("The project that is brought up to date")
        self.cancel.setToolTip("Stop, and leave the project as it is")
        self.layout().setContentsMargins(16, 8, 8, 8)
        self._words = ""
        self._then: Callable[[], object] = lambda: None
        self._worker = Worker(self)
        self._worker.begun.connect(lambda: self.begin(f"{self._words} …"))
        self._worker.progressed.connect(lambda done, total, _name: self._tell(done, total))
        self._worker.found.connect(lambda _nothing: self._then())
        self._worker.failed.connect(self.failed)
        self._worker.stopped.connect(lambda: self.said.emit("Stopped. The project is as it was"))
        self._worker.ended.connect(self.hide)
        self.cancelled.connect(self._worker.cancel)

    def bring(self, path: Path, then: Callable[[], object]) -> None:
        """Bring a project up to date, and call `then` when it is; a wish before it is given up."""
        self._words = f"Backing up “{path.name}” and bringing it up to date"
        self._then = then
        self._worker.do(
            lambda progress, _cancelled, give: give(
                bring_up_to_date(path, lambda done, total: progress(done // 1000, total // 1000, ""))
            )
        )

    def stop(self) -> None:
        """Stop it, and wait until all is as it was."""
        self._worker.close()

    def _tell(self, done: int, total: int) -> None:
        self.tell(done, total, f"{self._words} … {done / 1000:,.0f} of {total / 1000:,.0f} MB")
