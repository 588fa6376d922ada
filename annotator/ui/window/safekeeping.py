"""Backups in the window: made by themselves while somebody works, and put back from a menu."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.project.backups import Keeping, backup_files, folder_of, make_backup, restore
from annotator.ui.actions.actions import Actions
from annotator.ui.faults import faults_folder
from annotator.ui.projects import Projects
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Settings
from annotator.ui.session.work import Worker
from annotator.ui.widgets.banner import Banner, Tone
from annotator.ui.widgets.choosing import FileChooser

EVERY = 10 * 60 * 1000
"""Milliseconds of work between two backups; when nothing has changed, none is made."""


class OpenUrl(Protocol):
    """Shows a folder in the system's file manager; whether that worked."""

    def __call__(self, url: QUrl) -> bool:
        """Show it."""


class Safekeeping(QObject):
    """Makes backups of the open project, and puts them back.

    Signals:
        said, failed: a sentence about what was done, or could not be.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        projects: Projects,
        settings: Settings,
        *,
        chooser: FileChooser,
        banner: Banner,
        open_url: OpenUrl = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(window)
        self._window, self._projects, self._settings = window, projects, settings
        self._chooser, self._banner, self._open_url = chooser, banner, open_url
        self._path: Path | None = None
        self._worker = Worker(self)
        self._is_restoring = False
        self._then: Callable[[object], None] = _nothing
        self._otherwise: Callable[[str], None] = self.failed.emit
        self._worker.found.connect(self._done)
        self._worker.failed.connect(self._failed)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(lambda: self.make(told=False))
        self.menu = QMenu("Go back to a backup", window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        actions["backup.restore"].setMenu(self.menu)
        actions.on("backup.restore", self._pop)
        actions.on("backup.make", self.make)
        actions.on("backup.folder", self._choose_folder)
        actions.on("faults", self._show_faults)

    @property
    def keeping(self) -> Keeping:
        """How backups are kept."""
        folder = self._settings.backups
        return Keeping(Path(folder) if folder else None)

    def set_session(self, session: Session | None) -> None:
        """Keep another project, or none."""
        self.stop()
        project = session.project if session is not None else None
        self._path = project.path if project is not None and not project.read_only else None
        if self._path is not None:
            self._timer.start()

    def stop(self) -> None:
        """Stop what is being made, of which nothing is left; what is being put back comes to its end."""
        self._timer.stop()
        if self._is_restoring:
            self._worker.finish()
        else:
            self._worker.close()

    def make(self, *, told: bool = True) -> None:
        """Make a backup in another thread, unless one is being made or nothing has changed."""
        path, keeping = self._path, self.keeping
        if path is None or self._worker.is_busy:
            return

        def made(found: object) -> None:
            if told:
                where = folder_of(path, keeping)
                self.said.emit(f"Made a backup in “{where}”" if found else "Nothing has changed since the last backup")

        self._is_restoring, self._then, self._otherwise = False, made, self.failed.emit
        self._worker.do(lambda _told, is_cancelled, find: find(make_backup(path, keeping, cancelled=is_cancelled)))

    def _done(self, found: object) -> None:
        self._then(found)

    def _failed(self, words: str) -> None:
        self._otherwise(words)

    def _fill(self) -> None:
        self.menu.clear()
        for path, made_at in backup_files(self._path, self.keeping) if self._path else ():
            entry = self.menu.addAction(f"{_time(made_at)}\t{path.stat().st_size / 1e6:,.1f} MB")
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _checked=False, path=path, made_at=made_at: self.ask(path, made_at))
        if self.menu.isEmpty():
            self.menu.addAction("There is no backup yet").setEnabled(False)

    def _pop(self) -> None:
        self.menu.popup(self._window.mapToGlobal(QPoint(self._window.width() // 3, 96)))

    def ask(self, backup: Path, made_at: datetime) -> None:
        """Say what going back means, and offer it."""
        self._banner.show_words(
            f"Going back to {_time(made_at)} takes away everything that was done since. What the project is now is kept"
            " beside it, under another name.",
            Tone.NOTE,
            action="Go back",
            act=lambda: self.go_back(self._path, backup, made_at),
        )

    def offer(self, words: str, project: Path) -> None:
        """Say why a project cannot be opened, and offer its last backup where there is one."""
        last = next(iter(backup_files(project, self.keeping)), None)
        if last is not None:
            self._banner.show_words(
                f"{words} The last backup is of {_time(last[1])}.",
                action="Go back to it",
                act=lambda: self.go_back(project, *last),
            )

    def go_back(self, project: Path | None, backup: Path, made_at: datetime) -> None:
        """Put a backup in a project's place, and open it."""
        if project is None or self._worker.is_busy:
            return
        self._projects.close()

        def again(words: str, tell: Callable[[str], None]) -> None:
            if self._projects.session is None:
                self._projects.open(project)
            tell(words)

        def put_back(found: object) -> None:
            kept = f" What it was before is “{found.name}”." if isinstance(found, Path) else ""
            again(f"The project is what it was at {_time(made_at)}.{kept}", self.said.emit)

        self._is_restoring, self._then = True, put_back
        self._otherwise = lambda words: again(words, self.failed.emit)
        self._worker.do(lambda _told, _is_cancelled, find: find(restore(project, backup)))

    def _choose_folder(self) -> None:
        folder = self._chooser.folder()
        if folder is None:
            return
        is_beside = self._path is not None and folder == self._path.parent
        self._settings.backups = "" if is_beside else str(folder)
        self._settings.save()
        where = "beside each project" if is_beside else f"in “{folder}”"
        self.said.emit(f"Backups are kept {where} from now on")

    def _show_faults(self) -> None:
        folder = faults_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.failed.emit(f"“{folder}” cannot be made: {error.strerror}.")
            return
        if not self._open_url(QUrl.fromLocalFile(str(folder))):
            self.failed.emit(f"The folder could not be opened. It is “{folder}”.")


def _time(made_at: datetime) -> str:
    return made_at.astimezone().strftime("%Y-%m-%d %H:%M")


def _nothing(_found: object) -> None:
    """Nothing was asked for yet."""
