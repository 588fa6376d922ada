"""The strip at the foot of the window that says how far a second project file is written, and stops it."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.project.backups import write_copy
from annotator.ui.session.session import Session
from annotator.ui.session.work import Job, Worker
from annotator.ui.widgets.progress import ProgressLine


class CopyLine(ProgressLine):
    """Saves copies of the open project, in another thread: labelling goes on meanwhile. Hidden while none is written.

    Signals:
        said, failed: a sentence about what was done, or could not be.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("How far the copy is", parent, cancel="Stop")
        self.setObjectName("tray")
        self.setAccessibleName("The copy that is written")
        self.cancel.setToolTip("Stop, and leave no copy")
        self.layout().setContentsMargins(16, 8, 8, 8)
        self._project: Project | None = None
        self._words = ""
        self._worker = Worker(self)
        self._worker.begun.connect(lambda: self.begin(f"{self._words} …"))
        self._worker.progressed.connect(lambda done, total, _name: self._tell(done, total))
        self._worker.found.connect(lambda path: self.said.emit(f"Saved a copy as “{cast(Path, path).name}”"))
        self._worker.failed.connect(self.failed)
        self._worker.stopped.connect(lambda: self.said.emit("Stopped. There is no copy"))
        self._worker.ended.connect(self.hide)
        self.cancelled.connect(self._worker.cancel)

    def set_session(self, session: Session | None) -> None:
        """Copy another project from now on. A copy of the one before that is not whole is not kept."""
        is_cut = self._worker.is_busy
        self.stop()
        self._project = session.project if session is not None else None
        if is_cut:
            self.failed.emit("The project was closed before its copy was whole. There is no copy.")

    def stop(self) -> None:
        """Stop what is written, and wait for that; nothing is left of it."""
        self._worker.close()

    def save(self, path: Path) -> None:
        """Write a copy of the open project, one at a time."""
        project = self._project
        if project is None:
            return
        if self._worker.is_busy:
            self.failed.emit("A copy is being written. Wait for it, or stop it.")
            return
        if project.is_in_place:
            self._words = f"Saving a copy as “{path.name}”"
            self._worker.do(_job(project.path, path))
            return
        # Nothing but the open connection leads to a file that was moved or deleted; so it is worth standing still for.
        try:
            target = project.save_copy(path)
        except AnnotatorError as error:
            self.failed.emit(str(error))
        else:
            self.said.emit(f"Saved a copy as “{target.name}”")

    def _tell(self, done: int, total: int) -> None:
        self.tell(done // 1000, total // 1000, f"{self._words} … {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")


def _job(source: Path, target: Path) -> Job:
    return lambda progress, _cancelled, give: give(
        write_copy(source, target, lambda done, total: progress(done, total, ""))
    )
