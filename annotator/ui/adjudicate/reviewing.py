"""What follows from decisions: the page of where it stands, and feedback to the annotators, both read in another thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.model.counting import counted
from annotator.project import Project
from annotator.project.adjudication.scales import Scales
from annotator.project.drafting import Progress
from annotator.project.feedback_files import write_feedback
from annotator.ui.adjudicate.docket import Docket
from annotator.ui.adjudicate.results import Results, ResultsPage, read_results
from annotator.ui.places import Means
from annotator.ui.session.session import Session


class Reviewing(QObject):
    """Fills the page, and writes feedback. `begun` tells that the page is being read."""

    begun = Signal()

    def __init__(self, docket: Docket, page: ResultsPage, means: Means) -> None:
        super().__init__(page)
        self._docket, self._page, self._means = docket, page, means
        self._known: tuple[Session | None, Scales] = (None, Scales())
        page.feedback_wanted.connect(self.save_feedback)

    def show(self) -> None:
        """Show the figures before and against gold, and the decisions clause by clause."""
        queue = self._docket.whole  # read already, and kept up to date since
        session, scales = self._known
        if session is not self._docket.session:
            self._known = (self._docket.session, scales := Scales())
        if self._docket.look_up(partial(read_results, queue=queue, scales=scales), self._show):
            self._page.begin()
            self.begun.emit()

    def save_feedback(self) -> None:
        """Write a page for each annotator: their labels beside gold, with reasons."""
        folder = self._means.chooser.folder_for_feedback() if self._docket.session is not None else None
        if folder is not None:
            self._docket.look_up(partial(_write, folder), self._tell)

    def _show(self, found: object) -> None:
        if isinstance(found, Results):
            self._known = (self._docket.session, found.scales)
            self._page.show_results(found, self._means.looks.theme)

    def _tell(self, count: object) -> None:
        if self._docket.session is not None and isinstance(count, int):
            self._docket.session.said.emit(f"Wrote feedback for {counted(count, 'annotator')}")


def _write(folder: Path, path: Path, *, progress: Progress, cancelled: Callable[[], bool]) -> int:
    """Write feedback for everybody, and return for how many that was; in any thread."""
    with Project.open(path, read_only=True) as project:
        count = 0
        for person, _path, _found in write_feedback(project, folder):
            count += 1
            progress(count, 0, person.name)
            if cancelled():
                break
        return count
