"""Merging: copies are chosen or dropped, looked at in another thread, decided about, and put in as one step."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.model.changes import Changes
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError, StoppedError
from annotator.project.copies.draft import draft_copies
from annotator.project.copies.inbox import copies_in
from annotator.project.copies.plan import CopiesPlan, Item, Rule
from annotator.project.copies.resolve import undecided
from annotator.project.merging_copies import MergeReport
from annotator.project.merging_copies_lent import commit_copies
from annotator.ui.actions.actions import Actions
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.team.file_names import FileNames
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.job import Heard, Job
from annotator.ui.team.merge_deciding import MergeDeciding
from annotator.ui.team.merge_model import COLUMNS, MergeModel
from annotator.ui.team.merge_sight import GROUPS, Sight
from annotator.ui.team.merge_words import summary
from annotator.ui.team.table import Table
from annotator.ui.widgets.choice_box import ChoiceBox
from annotator.ui.widgets.choosing import FileChooser
from annotator.ui.widgets.empty import EmptyState
from annotator.ui.widgets.progress import ProgressLine

_RULES: tuple[tuple[str, Rule | None], ...] = (
    ("Decide conflicts one by one", None),
    ("Else the project's stays", Rule.OURS),
    ("Else the copies' is taken", Rule.THEIRS),
    ("Else the newer is taken, by the clocks", Rule.NEWER),
)
_WIDTHS = (216, 144, 56, 72, 72, 64, 88, 96, 160)
_TEACHES = (
    "Merge copies",
    (
        "Choose the files that came back, or drop them here: any number, whatever they are called. They are only looked"
        " at first; what each would bring is listed, and conflicts are decided by you. Merging the same file again adds"
        " nothing."
    ),
)


class MergePage(QWidget):
    """A table of files, a list of what is to be decided, and the versions of the chosen thing."""

    def __init__(self, actions: Actions, chooser: FileChooser, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._chooser = chooser
        self._session: Session | None = None
        self._files: list[Path] = []
        self.plan: CopiesPlan | None = None
        self._is_stale = False
        self.job, self.commit = Job(self), Job(self)
        self.model = MergeModel(self, theme)
        self.table = Table("What each file brings")
        self.table.setModel(self.model)
        self.deciding = MergeDeciding(theme)
        self.heading = QLabel(objectName="strong", wordWrap=True)
        self.more = QPushButton("Choose copies…")
        self.progress = ProgressLine("Files read")
        self.rule = ChoiceBox(accessibleName="How conflicts are decided")
        for words, rule in _RULES:
            self.rule.addItem(words, rule)
        self.hint = QLabel(objectName="dim", wordWrap=True)
        self.go = QPushButton("Merge", objectName="primary")
        self.leave = QPushButton("Discard")
        self.nothing = EmptyState("git-merge", *_TEACHES, (actions["team.copies"],))
        self.after = EmptyState("check", "Merged", "", (actions["team.copies"], actions["undo"]))
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.setItemDelegateForColumn(0, FileNames(self.table))
        self.table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget, stretch in ((self.rule, 0), (self.hint, 1), (self.leave, 0), (self.go, 0)):
            foot.addWidget(widget, stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        page = QWidget(objectName="page")
        for each in (self.nothing, page, self.after):
            self.pages.addWidget(each)
        both = QSplitter(Qt.Orientation.Vertical)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(both, 1)
        self._lay_out_tables(both)
        column.addLayout(foot)
        strip = QWidget(objectName="page")
        inside = QVBoxLayout(strip)
        inside.setContentsMargins(16, 0, 16, 0)
        inside.addWidget(self.progress)
        whole.addWidget(strip)

    def _lay_out_tables(self, both: QSplitter) -> None:
        """Put the files above, and below them what is to be decided beside its versions."""
        both.setHandleWidth(9)
        both.setObjectName("bare")
        self.filters = (Filtered(self.table, self.model.filter, "files"),)
        for widget, least in ((self.filters[0], 104), (self.deciding, 160)):
            widget.setMinimumHeight(least)
            both.addWidget(widget)
        both.setChildrenCollapsible(False)
        both.setSizes([200, 320])
        both.setStretchFactor(1, 1)

    def _connect(self) -> None:
        self.more.clicked.connect(self._actions["team.copies"].trigger)
        self.go.clicked.connect(self._actions["team.do_merge"].trigger)
        self.leave.clicked.connect(self.discard)
        self.rule.activated.connect(lambda _place: self.deciding.set_rule(self._rule()))
        self.deciding.decided.connect(self._tell)
        self.model.modelReset.connect(self._span)
        for job in (self.job, self.commit):
            self.progress.cancelled.connect(job.cancel)
        self.commit.progressed.connect(
            lambda done, total, _name: self.progress.tell(done, total, f"Merging · {done / max(total, 1):.0%}")
        )
        self.commit.done.connect(lambda result: self._merged(cast("tuple[MergeReport, Changes | None]", result)))
        self.commit.failed.connect(self._not_merged)
        self.commit.stopped.connect(self._not_merged)
        self.job.progressed.connect(
            lambda done, total, name: self.progress.tell(done, total, f"Looking at {done:,} of {total:,} · {name}")
        )
        self.job.done.connect(lambda result: self._show_plan(cast(CopiesPlan, result)))
        self.job.failed.connect(self._refuse)
        self.job.stopped.connect(self._stopped)

    # The place's side

    def set_session(self, session: Session | None) -> None:
        """Show another project; copies that are being looked at are dropped, and what is being merged is rolled back."""
        self.job.stop()
        if self.commit.is_busy:
            self.commit.stop()
            if self._session is not None:
                self._session.project.take_back()
        self._session = session
        self.progress.hide()
        self._forget()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._see)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.model.theme = theme
        self.deciding.set_theme(theme)
        self.nothing.refresh_icons()
        self.after.refresh_icons()

    def focus_first(self) -> None:
        """Put the focus on what is to be decided, or on the one thing to do."""
        if self.plan is None:
            cast(EmptyState, self.pages.currentWidget()).focus_first()
        else:
            self.deciding.list.setFocus()

    def choose(self) -> None:
        """Ask for copies and look at them."""
        self.look_at(self._chooser.copies())

    def look_at(self, paths: Iterable[Path]) -> None:
        """Look at files, and at every project in folders, together with those that are looked at already."""
        session, found = self._session, list(copies_in(paths))
        if session is None or not found:
            return
        if session.project.read_only:
            session.failed.emit("This project is open for reading only, so nothing can be merged into it.")
            return
        if session.project.is_lent:
            session.failed.emit("Something is being written into this project just now. Wait for that first.")
            return
        self._files = list(dict.fromkeys([*(self._files if self.plan is not None else []), *found]))
        project, files = session.project.path, list(self._files)
        self.progress.begin(f"Looking at {counted(len(files), 'file')} …")
        self.go.setEnabled(False)
        self.job.start(lambda heard, cancelled: _draft(project, files, heard, cancelled))

    def discard(self) -> None:
        """Merge nothing of what was looked at."""
        self._forget()
        if self._session is not None:
            self._session.said.emit("Discarded. Nothing was merged")
        self.nothing.focus_first()

    def merge(self) -> None:
        """Put everything that was decided into the project, in one step, from another thread."""
        session, plan, rule = self._session, self.plan, self._rule()
        if session is None or plan is None or not self.go.isEnabled():
            return
        try:
            session.project.lend()
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        path, choices = session.project.path, dict(self.deciding.choices)
        self.go.setEnabled(False)
        self.progress.begin("Merging …")
        self.commit.start(
            lambda heard, cancelled: commit_copies(plan, choices, rule, path, progress=heard, cancelled=cancelled)
        )

    def _merged(self, result: tuple[MergeReport, Changes | None]) -> None:
        session, (report, changes) = self._session, result
        self.progress.hide()
        if session is None:
            return
        words = merged(report, hides=self._hides())
        self._forget()
        session.project.take_back(changes)
        session.tell(f"Merged {counted(report.files, 'file')}")
        self.after.tell("Merged", f"{words}\nWho did what stands under “People and plan”.")
        self.pages.setCurrentWidget(self.after)
        self.after.focus_first()

    def _not_merged(self, words: str = "") -> None:
        session = self._session
        self.progress.hide()
        if session is None:
            return
        session.project.take_back()
        self._tell()
        if words:
            session.failed.emit(words)
        else:
            session.said.emit("Stopped. Nothing was merged")

    def _rule(self) -> Rule | None:
        return cast("Rule | None", self.rule.currentData())

    # Showing

    def _show_plan(self, plan: CopiesPlan) -> None:
        self.progress.hide()
        is_again, self.plan, self._is_stale = self._is_stale, plan, False
        self._see(again=is_again)
        self.pages.setCurrentIndex(1)
        self._tell()
        if self.isVisible():
            self.deciding.list.setFocus()

    def _see(self, *, again: bool = True) -> None:
        """Show of the plan, and of what a merge did, what may be seen by who is at the keyboard."""
        plan, session = self.plan, self._session
        if session is not None and session.hides_others and self.pages.currentWidget() is self.after:
            self.pages.setCurrentWidget(self.nothing)
        if plan is None or session is None:
            return
        people = session.project.everybody()
        names = frozenset(each.name for each in people if each.id in session.seen) if session.hides_others else None
        sight = Sight(plan, names)
        self.model.show_plan(sight)
        self.deciding.show_sight(sight, session, again=again)
        self._tell()

    def _hides(self) -> bool:
        """Whether copies bring something that may not be counted."""
        sight = self.deciding.sight
        return sight is not None and any(sight.hides_in(group) for group in GROUPS)

    def _span(self) -> None:
        self.table.clearSpans()
        for number, row in enumerate(self.model.rows):
            if row.words:
                self.table.setSpan(number, 1, 1, len(COLUMNS) - 1)

    def _tell(self) -> None:
        plan, sight = self.plan, self.deciding.sight
        if plan is None or sight is None:
            return
        waiting = undecided(plan, self.deciding.choices, self._rule())
        none = len(plan.refused) == len(plan.files)
        self.heading.setText("None of these files can be merged" if none else summary(sight))
        self.hint.setText(self._hint(plan, sight, waiting, none=none))
        self.rule.setVisible(bool(plan.conflicts))
        self.go.setEnabled(not (self._is_stale or waiting or none))
        read = len(plan.files) - len(plan.refused)
        self.go.setText(f"Merge {counted(read, 'file')}" if read else "Merge")

    def _hint(self, plan: CopiesPlan, sight: Sight, waiting: Sequence[Item], *, none: bool) -> str:
        """Return what stands in the way of merging, or is to be known."""
        if self._is_stale:
            return "The project has changed since: the copies are looked at again, and what you have decided is kept."
        seen = sum(not sight.is_hidden(each) for each in waiting)
        if seen:
            return f"{counted(seen, 'conflict')} to decide: a digit takes a version, or choose a rule."
        if waiting:
            return "There are conflicts about labels of others. Choose a rule, or show others' labels first."
        if plan.is_empty and not none:
            return "There is nothing new in these files."
        if plan.refused and not none:
            return f"{counted(len(plan.refused), 'file')} cannot be merged; the others can."
        return ""

    def _on_changes(self, changes: Changes) -> None:
        """A plan is worth nothing once the project has changed: look at the copies again as soon as that is seen."""
        if self.pages.currentWidget() is self.after and "visit" in changes.nouns:
            self.pages.setCurrentWidget(self.nothing)
        if "setting" in changes.nouns:
            self._see()
        if self.plan is not None and changes.step.number:  # without a number, nothing was written
            self._is_stale = True
            self._tell()
            if self.isVisible():
                self.look_at(self._files)

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what happened while something else was shown."""
        super().showEvent(event)
        if self._is_stale:
            self.look_at(self._files)

    def _refuse(self, words: str) -> None:
        self.progress.hide()
        self._tell()
        if self._session is not None:
            self._session.failed.emit(words)

    def _stopped(self) -> None:
        self.progress.hide()
        if self.plan is None:
            self._files = []
        self._tell()
        if self._session is not None:
            self._session.said.emit("Stopped. Nothing was merged")

    def _forget(self) -> None:
        self.plan, self._files, self._is_stale = None, [], False
        self.rule.setCurrentIndex(0)
        self.filters[0].reset()
        self.model.show_plan(None)
        self.deciding.forget()
        self.pages.setCurrentWidget(self.nothing)


def merged(report: MergeReport, *, hides: bool = False) -> str:
    """Return what merging did, in a sentence or two; where it `hides` labels of others, without figures."""
    if not (report.taken or report.left):
        return "There was nothing new."
    if hides:
        return f"{counted(report.files, 'file')}. How many labels came is not said while those of others are hidden."
    parts = f"{counted(report.new, 'new label')}, {report.changed:,} changed, {report.deleted:,} deleted."
    left = f" {report.left:,} left as they were." if report.left else ""
    lost = f" {counted(report.unplaced, 'thing')} found no place." if report.unplaced else ""
    return f"{counted(report.files, 'file')}: {parts}{left}{lost}"


def _draft(project: Path, files: list[Path], heard: Heard, cancelled: Callable[[], bool]) -> CopiesPlan:
    plan = draft_copies(project, files, progress=heard, cancelled=cancelled)
    if cancelled():  # too late for the last file
        raise StoppedError
    return plan
