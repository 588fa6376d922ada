"""Keeping what was counted: in portions that nobody notices, for only the window may write to its project."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.model.errors import AnnotatorError
from annotator.project import Project
from annotator.ui.agreement.measure import Findings
from annotator.ui.session.later import Later

if TYPE_CHECKING:
    from annotator.project.material import Material

_PORTION = 100
"""Articles whose counts are written at once: a hundredth of a second or two."""


class Keeper(QObject):
    """Keeps counts and the report of findings; a newer wish takes the place of an older one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._findings: Findings | None = None
        self._materials: list[Material] = []
        self._done = 0
        self._next = Later(self, self._go_on, 0)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be kept."""
        return self._next.is_waiting

    def keep(self, project: Project, findings: Findings) -> None:
        """Begin to keep what was found in a project."""
        self._project, self._findings, self._done = project, findings, 0
        # What was counted in words goes with what was counted in characters, so that it comes last.
        self._materials = [findings.material, *([findings.worded] if findings.worded is not None else [])]
        self._next.start()

    def stop(self) -> None:
        """Leave the rest: it is counted again when it is needed."""
        self._next.stop()
        self._project = self._findings = None
        self._materials = []

    def _go_on(self) -> None:
        project, findings = self._project, self._findings
        if project is None or findings is None:
            return
        # A full disk does not keep anybody from reading figures.
        with suppress(AnnotatorError):
            if self._materials:
                if project.keep_counted(self._materials[0], range(self._done, self._done + _PORTION)):
                    self._done += _PORTION
                else:
                    self._materials, self._done = self._materials[1:], 0
                self._next.start()
                return
            if findings.asked is not None and findings.written:
                project.keep_review(findings.asked, findings.report, findings.written)
        self.stop()
