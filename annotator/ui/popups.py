"""What pops up over the window: the palette, the keys, the annotators, the recent projects."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.ui.actions import Actions
from annotator.ui.annotators import AnnotatorBox
from annotator.ui.keys import KeyOverview
from annotator.ui.palette import Palette
from annotator.ui.projects import Projects
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.theme import Theme


class Popups(QObject):
    """Builds them, opens them by their actions, and closes them with the project."""

    def __init__(
        self, window: QMainWindow, actions: Actions, projects: Projects, settings: Settings, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._projects = projects
        self._settings = settings
        self.palette = Palette(actions, theme, window)
        self.keys = KeyOverview(actions, window)
        self.annotators = AnnotatorBox(window)
        self._recent = QMenu("Open recent project", window)
        self._recent.setToolTipsVisible(True)
        self._recent.aboutToShow.connect(self._fill_recent)
        actions["project.recent"].setMenu(self._recent)
        self.annotators.switched.connect(self._switch)
        self.annotators.added.connect(projects.add_annotator)
        self.annotators.renamed.connect(projects.rename_annotator)
        for command_id, slot in {
            "actions": self._open_palette,
            "keys": self._open_keys,
            "annotators": self._open_annotators,
            "project.recent": self._pop_recent,
        }.items():
            actions.on(command_id, slot)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.palette.set_theme(theme)
        self.keys.field.refresh_icons()

    def close(self) -> None:
        """Close those that speak of a project."""
        self.palette.hide()
        self.annotators.hide()

    @property
    def _session(self) -> Session | None:
        return self._projects.session

    def _open_palette(self) -> None:
        heads = self._session.heads if self._session else []
        self.palette.open([(head.title, lambda head=head: self._jump(head.id)) for head in heads])

    def _jump(self, article_id: str) -> None:
        if self._session is not None:
            self._actions["place.label"].trigger()
            self._session.go_to(article_id)

    def _open_keys(self) -> None:
        self.keys.show()
        self.keys.raise_()
        self.keys.activateWindow()
        self.keys.field.setFocus()
        self.keys.field.selectAll()

    def _open_annotators(self) -> None:
        session = self._session
        if session is not None:
            corner = self._window.mapToGlobal(QPoint(self._window.width() - 8, self._window.height() - 40))
            self.annotators.open(session.project.annotators(), session.annotator, corner)

    def _switch(self, who: str) -> None:
        if self._session is not None:
            self._session.switch_annotator(who)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for name in self._settings.recent:
            path = Path(name)
            entry = self._recent.addAction(path.stem)
            entry.setToolTip(name)
            entry.triggered.connect(lambda _checked=False, path=path: self._projects.open(path))
        if not self._settings.recent:
            self._recent.addAction("No project was open yet").setEnabled(False)

    def _pop_recent(self) -> None:
        self._recent.popup(self._window.mapToGlobal(QPoint(self._window.width() // 3, 96)))
