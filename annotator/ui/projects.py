"""Opening, making and closing projects, saving copies; one project at a time."""

import getpass
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.model.annotator import Annotator
from annotator.model.errors import (
    AnnotatorError,
    DamagedProjectError,
    LockedProjectError,
    MissingProjectError,
    NoProjectError,
    ReadOnlyError,
)
from annotator.model.ids import milliseconds
from annotator.project import Project
from annotator.project.answering import ask
from annotator.project.upgrading import takes_long
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Place, Settings


class Projects(QObject):
    """Holds the open project.

    Signals:
        opened: the `Session` of the project that is open now; None: none is.
        refused: a sentence why something cannot be opened, and its path where opening it for reading would help.
        lost: a sentence why a project cannot be opened that is damaged or not there, and its path.
        slow: path of a project that is to be brought up to date in another thread before it can be opened.
        said: a sentence about what was done.
        failed: a sentence about what could not be done.
    """

    opened = Signal(object)
    refused = Signal(str, object)
    lost = Signal(str, object)
    slow = Signal(object)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.session: Session | None = None

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self.session.project if self.session else None

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a project in place of the one that is open; whether that worked. If not, the open one stays.

        A large one of an older version is opened later: `slow` tells.
        """
        path = path.expanduser().absolute()
        if self.project is not None and self.project.path == path and self.project.read_only == read_only:
            return True
        again = self.project is not None and self.project.path == path
        if again:
            self.close()
        try:
            ask(path.parent)
            if not read_only and takes_long(path):
                self.slow.emit(path)
                return False
            project = Project.open(path, read_only=read_only)
        except AnnotatorError as error:
            if isinstance(error, MissingProjectError):
                self._settings.forget_project(path)
            can_read = isinstance(error, (LockedProjectError, ReadOnlyError)) and not read_only
            self.refused.emit(str(error), path if can_read else None)
            if isinstance(error, (DamagedProjectError, MissingProjectError, NoProjectError)):
                self.lost.emit(str(error), path)
            return False
        return self._begin(project)

    def create(self, path: Path) -> bool:
        """Make a new project and open it; whether that worked."""
        try:
            project = Project.create(path, annotator=self._own_name())
        except AnnotatorError as error:
            self.refused.emit(str(error), None)
            return False
        if not self._begin(project):
            return False
        who = self.session.annotator.name if self.session else ""
        self.said.emit(f"Made “{project.name}”. You label as {who}: click that name at the right to change it")
        return True

    def close(self) -> None:
        """Close the open project. Everything in it is stored already."""
        if self.session is not None:
            session, self.session = self.session, None
            self.opened.emit(None)
            session.close()
            session.deleteLater()

    def add_annotator(self, name: str) -> None:
        """Add somebody who labels from now on."""
        self._with_people(lambda project: project.ensure_annotator(name).id)

    def rename_annotator(self, name: str) -> None:
        """Give the one who labels another name."""
        session = self.session
        if session is not None:
            who = session.annotator.id
            self._with_people(lambda project: project.rename_annotator(who, name).id)

    def _with_people(self, verb: Callable[[Project], str]) -> None:
        session = self.session
        if session is None:
            return
        try:
            who = verb(session.project)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        session.switch_annotator(who)
        self._settings.name = session.annotator.name

    def _begin(self, project: Project) -> bool:
        try:
            known = self._known(project)
            session = Session(project, known or self._supposed(project))
        except AnnotatorError as error:
            project.close()
            self.refused.emit(str(error), None)
            return False
        self.close()
        session.setParent(self)
        self.session = session
        self._settings.remember_project(project.path)
        self.opened.emit(session)
        if known is None and len(project.annotators()) > 1:
            self.said.emit(f"You label as {session.annotator.name}: click that name at the right to change it")
        return True

    def _known(self, project: Project) -> Annotator | None:
        """Return who labelled here last, else whoever has the person's own name; None: nobody is known to be meant."""
        everybody = project.annotators()
        place = self._settings.places.get(project.id, Place())
        for known in (place.annotator, self._settings.name):
            for annotator in everybody:
                if known and known in (annotator.id, annotator.name):
                    return annotator
        return None

    def _supposed(self, project: Project) -> Annotator:
        """Return who was there first, most likely the one who made the project; somebody new where there is nobody.

        Of those who came in one second, as with an import, the first by name.
        """
        everybody = project.annotators()
        people = [each for each in everybody if not each.repeats] or everybody
        if not people:
            return project.ensure_annotator(self._own_name())
        times = [milliseconds(each.id) for each in people]
        return next(each for each, time in zip(people, times, strict=True) if time < min(times) + 1000)

    def _own_name(self) -> str:
        return self._settings.name or _login()


def _login() -> str:
    """Return the name that the system knows the person by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Annotator 1"
