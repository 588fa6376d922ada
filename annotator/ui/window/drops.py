"""Files that are dropped on the window: a project is opened, everything else is added or imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from annotator.project.project import SUFFIX
from annotator.ui.exchange.trading import Trading
from annotator.ui.projects import Projects
from annotator.ui.status import StatusLine


class Drops:
    """Welcomes what is dragged over the window, and takes what is dropped on it."""

    def __init__(
        self, projects: Projects, trading: Trading, status: StatusLine, refuse: Callable[[str], object]
    ) -> None:
        self._projects = projects
        self._trading = trading
        self._status = status
        self._refuse = refuse

    def welcome(self, event: QDragEnterEvent) -> None:
        """Say what happens with the files."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
            self._status.say("Drop the files to add them as articles, or to import the labels in them")

    def forget(self) -> None:
        """Say it no more: the files were dropped, or the person thought better of it."""
        self._status.say("")

    def take(self, event: QDropEvent, *, has_project: bool) -> None:
        """Open a project that is dropped; add everything else to the one that is open."""
        paths = _files(event.mimeData())
        event.acceptProposedAction()
        self.forget()
        projects = [path for path in paths if path.suffix == SUFFIX]
        if projects:
            self._projects.open(projects[0])
        elif not has_project:
            self._refuse("Open or start a project first, then drop articles on it.")
        else:
            self._trading.take_dropped(paths)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
