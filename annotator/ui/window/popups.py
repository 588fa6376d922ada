"""What pops up over the window: the palette, the keys, the annotators, the recent projects."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.ui.actions.actions import Actions
from annotator.ui.look.theme import Theme
from annotator.ui.projects import Projects
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Settings
from annotator.ui.widgets.captions import caption

if TYPE_CHECKING:
    from annotator.ui.actions.keys import KeyOverview
    from annotator.ui.actions.palette import Palette
    from annotator.ui.window.annotators import AnnotatorBox


class Popups(QObject):
    """Builds them when they are first asked for, opens them by their actions, and closes them with the project."""

    def __init__(
        self, window: QMainWindow, actions: Actions, projects: Projects, settings: Settings, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._projects = projects
        self._settings = settings
        self._theme = theme
        self._recent = QMenu("Open recent project", window)
        self._recent.setToolTipsVisible(True)
        self._recent.aboutToShow.connect(self._fill_recent)
        actions["project.recent"].setMenu(self._recent)
        for command_id, slot in {
            "actions": self._open_palette,
            "keys": lambda: self.keys.open_here(),  # noqa: PLW0108 - it is built when it is first asked for
            "annotators": self._open_annotators,
            "project.recent": self._pop_recent,
        }.items():
            actions.on(command_id, slot)

    @cached_property
    def palette(self) -> "Palette":
        """Every action and article, by its name."""
        from annotator.ui.actions.palette import Palette  # noqa: PLC0415 - the window does not wait for what is not seen yet

        return Palette(self._actions, self._theme, self._window)

    @cached_property
    def keys(self) -> "KeyOverview":
        """Every key."""
        from annotator.ui.actions.keys import KeyOverview  # noqa: PLC0415 - as above

        return KeyOverview(self._actions, self._window)

    @cached_property
    def annotators(self) -> "AnnotatorBox":
        """Who labels."""
        from annotator.ui.window.annotators import AnnotatorBox  # noqa: PLC0415 - as above

        box = AnnotatorBox(self._window)
        box.switched.connect(self._switch)
        box.added.connect(self._projects.add_annotator)
        box.renamed.connect(self._projects.rename_annotator)
        return box

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        for _ in self._built("palette"):
            self.palette.set_theme(theme)
        for _ in self._built("keys"):
            self.keys.field.refresh_icons()

    def close(self) -> None:
        """Close those that speak of a project."""
        for each in self._built("palette", "annotators"):
            each.hide()

    def close_all(self) -> None:
        """Close them with the window."""
        self.close()
        for each in self._built("keys"):
            each.close()

    def _built(self, *names: str) -> list[QWidget]:
        """Return those of them that were ever asked for."""
        return [getattr(self, name) for name in names if name in self.__dict__]

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
            entry = self._recent.addAction(caption(path.stem))
            entry.setToolTip(name)
            entry.triggered.connect(lambda _checked=False, path=path: self._projects.open(path))
        if not self._settings.recent:
            self._recent.addAction("No project was open yet").setEnabled(False)

    def _pop_recent(self) -> None:
        self._recent.popup(self._window.mapToGlobal(QPoint(self._window.width() // 3, 96)))
