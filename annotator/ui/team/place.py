"""The place Team: people and plan, handing out, merging, notes; and whether others' labels may be seen."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.counting import counted
from annotator.model.thread import Thread
from annotator.project import Project
from annotator.project.project import SUFFIX
from annotator.project.team import Team
from annotator.ui.look.drawing import strong
from annotator.ui.look.icons import icon
from annotator.ui.look.theme import Theme
from annotator.ui.places import Means
from annotator.ui.session.session import Session
from annotator.ui.session.settings import Settings
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.handing_page import HandingPage
from annotator.ui.team.job import Job
from annotator.ui.team.merge_page import MergePage
from annotator.ui.team.notes_page import NotesPage
from annotator.ui.team.plan_page import PlanPage
from annotator.ui.team.table import Table

_TABS = (("plan", "People and plan"), ("handing", "Hand out"), ("merge", "Merge"), ("notes", "Notes"))
_TOUCHED = frozenset(
    {"annotator", "assignment", "annotation", "state", "article", "text", "setting", "handout", "visit"}
)


class TeamPlace(QWidget):
    """Four pages under one row of tabs. What is slow is read in another thread, from the file."""

    shown = Signal()
    """How things stand is on screen."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        actions = means.actions
        self._actions = actions
        self._go = means.go
        self._session: Session | None = None
        self._is_stale = False
        self._job = Job(self)
        self.tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.others = QPushButton(objectName="flat", checkable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        self.pages = QStackedWidget()
        column.addWidget(self.pages, 1)
        self.plan = PlanPage(actions, means.looks.theme, self.pages)
        self.handing = HandingPage(actions, means.chooser, self.pages)
        self.merge = MergePage(actions, means.chooser, means.looks.theme, self.pages)
        self.notes = NotesPage(actions, means.looks.theme, self.pages)
        for page in (self.plan, self.handing, self.merge, self.notes):
            self.pages.addWidget(page)
        self.tabs["plan"].setChecked(True)
        self._connect()
        self._remember(means.settings)
        self.setAcceptDrops(True)

    def _bar(self) -> QFrame:
        """Return the row of tabs."""
        bar = QFrame(objectName="strip")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        for name, words in _TABS:
            button = QPushButton(words, objectName="tab", checkable=True)
            action = self._actions[f"team.{name}"]
            button.setToolTip(action.toolTip())
            # The chosen one is half bold, and so wider than its size hint.
            shown = f"{words} · 999" if name == "notes" else words
            button.setMinimumWidth(QFontMetrics(strong(button.font())).horizontalAdvance(shown) + 32)
            button.clicked.connect(action.trigger)
            self._group.addButton(button)
            self.tabs[name] = button
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.others)
        return bar

    def _connect(self) -> None:
        self._job.done.connect(lambda result: self._show_team(cast(Team, result)))
        self._job.failed.connect(lambda words: self._session and self._session.failed.emit(words))
        self.others.clicked.connect(self._switch_others)
        self.others.setToolTip(self._actions["others"].toolTip())
        self._actions["others"].toggled.connect(lambda _on: self._show_blindness())
        self.plan.opened.connect(self._open)
        self.notes.opened.connect(self._open_passage)
        self.notes.counted.connect(
            lambda number: self.tabs["notes"].setText(f"Notes · {number:,}" if number else "Notes")
        )
        for name, _ in _TABS:
            self._actions.on(f"team.{name}", lambda name=name: self.show_tab(name))
        for command_id, slot in {
            "team.add": self._add_person,
            "team.share": self._plan,
            "team.unassign": self.plan.unassign,
            "team.hand_out": self._hand_out,
            "team.copies": self._choose_copies,
            "team.do_merge": self.merge.merge,
            "team.copy": self._copy_table,
            "team.filter": self._filter_table,
        }.items():
            self._actions.on(command_id, slot)

    def _remember(self, settings: Settings) -> None:
        """Let the tables stand as they did when the program was last used."""
        tables = {
            "people": self.plan.table,
            "plan": self.plan.grid,
            "handing": self.handing.table,
            "copies": self.merge.table,
        }
        for name, table in tables.items():
            table.remember(settings.grids.setdefault(name, {}), settings.save)

    # The window's side

    def set_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._job.stop()
        self._session = session
        self._is_stale = session is not None
        for page in (self.plan, self.handing, self.merge, self.notes):
            page.set_session(session)
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._touch)
            self._show_blindness()
            self._touch()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        for page in (self.plan, self.merge, self.notes):
            page.set_theme(theme)
        self._show_blindness()

    def focus_first(self) -> None:
        """Put the focus where the next thing happens on the page that is shown."""
        cast(PlanPage, self.pages.currentWidget()).focus_first()

    def show_tab(self, name: str) -> None:
        """Show one of the four pages: ``plan``, ``handing``, ``merge``, ``notes``."""
        self.tabs[name].setChecked(True)
        page = cast(PlanPage, self.pages.widget([each for each, _ in _TABS].index(name)))
        if page is not self.pages.currentWidget():
            self.pages.setCurrentWidget(page)
        page.focus_first()

    def show_notes(self, note: str = "") -> None:
        """Show the notes, and one of them by its id."""
        self.show_tab("notes")
        if note:
            self.notes.show_note(note)

    def look_at(self, copies: list[Path]) -> None:
        """Show what merging copies would bring."""
        self.show_tab("merge")
        self.merge.look_at(copies)

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what happened while another place was shown."""
        super().showEvent(event)
        self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome copies; everything else is the window's."""
        if _copies(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at copies that are dropped."""
        found = _copies(event)
        if found and self._session is not None:
            event.acceptProposedAction()
            self.look_at(found)
        else:
            event.ignore()

    # Keeping up

    def _on_changes(self, changes: Changes) -> None:
        if "setting" in changes.nouns:
            self._show_blindness()
        if changes.nouns & _TOUCHED:
            self._touch()

    def _touch(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        session = self._session
        # While another thread writes to the project, nobody may open its file. What it has changed is told afterwards.
        if self._is_stale and session is not None and not session.project.is_lent:
            self._is_stale = False
            path = session.project.path
            self._job.start(lambda _heard, _cancelled: _team(path))

    def _show_team(self, team: Team) -> None:
        session = self._session
        if session is not None:
            self.plan.show_team(team, session)
            self.handing.show_team(team, session)
            self.shown.emit()

    def _show_blindness(self) -> None:
        session = self._session
        opened = session is not None and not session.is_blind
        self.others.setChecked(opened)
        self.others.setIcon(icon("eye" if opened else "eye-off"))
        words = "Hide others' labels" if opened else "Show others' labels"
        self.others.setText(f" {words}")
        self.others.setAccessibleName(words)

    # Doing

    def _open(self, article: str) -> None:
        if self._session is not None and self._session.go_to(article):
            self._go("label")

    def _open_passage(self, thread: Thread) -> None:
        if self._session is not None:
            self._go("label")
            self._session.point_at(thread.article, thread.span)

    def _switch_others(self) -> None:
        self._actions["others"].trigger()
        self._show_blindness()

    def _add_person(self) -> None:
        self.show_tab("plan")
        self.plan.add_person()

    def _plan(self) -> None:
        self.show_tab("plan")
        self.plan.open_plan()

    def _hand_out(self) -> None:
        self.show_tab("handing")
        self.handing.hand_out()

    def _choose_copies(self) -> None:
        self.show_tab("merge")
        self.merge.choose()

    def _filter_table(self) -> None:
        """Open the line that filters the table with the focus, or else the first one."""
        page, focus = self.pages.currentWidget(), self.focusWidget()
        shown = [each for each in page.findChildren(Filtered) if each.isVisible()]
        found = next(
            (each for each in shown if focus is not None and each.isAncestorOf(focus)), shown[0] if shown else None
        )
        if found is not None:
            found.open_line()
        elif self._session is not None:
            self._session.said.emit("There is no table to filter here")

    def _copy_table(self) -> None:
        page = self.pages.currentWidget()
        focus = self.focusWidget()
        tables = [each for each in page.findChildren(Table) if each.isVisible()]
        table = next((each for each in tables if each is focus), tables[0] if tables else None)
        if table is not None and self._session is not None:
            rows = table.copy()
            self._session.said.emit(f"Copied {counted(rows, 'row')}")


def _team(path: Path) -> Team:
    with Project.open(path, read_only=True) as project:
        return project.team()


def _copies(event: QDropEvent) -> list[Path]:
    """Return the projects among what is dropped."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix == SUFFIX or path.is_dir()]
