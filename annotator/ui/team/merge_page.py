"""Merging: copies are chosen or dropped, looked at in another thread, decided about, and put in as one step."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
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
from annotator.model.errors import AnnotatorError, StoppedError
from annotator.project.copies.draft import draft_copies
from annotator.project.copies.plan import CopiesPlan, Fate, Item, Rule
from annotator.project.gathering import MergeReport
from annotator.project.gathering_in import commit_copies
from annotator.project.project import SUFFIX
from annotator.ui.actions import Actions
from annotator.ui.choosing import FileChooser
from annotator.ui.drawing import strong
from annotator.ui.empty import EmptyState
from annotator.ui.progress import ProgressLine
from annotator.ui.rows import Rows
from annotator.ui.session import Session
from annotator.ui.team.item_model import HIDDEN, Decisions, Entry, ItemModel, ItemRow
from annotator.ui.team.job import Heard, Job
from annotator.ui.team.merge_model import COLUMNS, MergeModel
from annotator.ui.team.merge_words import outcome, side, summary, version_words
from annotator.ui.team.table import Table
from annotator.ui.team.versions_view import Side, VersionsView
from annotator.ui.team.words import count, listed
from annotator.ui.theme import Theme

_RULES: tuple[tuple[str, Rule | None], ...] = (
    ("Decide conflicts one by one", None),
    ("Else the project's stays", Rule.OURS),
    ("Else the copies' is taken", Rule.THEIRS),
    ("Else the newer is taken, by the clocks", Rule.NEWER),
)
_GROUPS = (("conflicts", "Conflicts"), ("unplaced", "No place"), ("rest", "Everything else"))
_WIDTHS = (208, 128, 56, 72, 72, 64, 88, 96, 160)
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
        self._group = "conflicts"
        self.plan: CopiesPlan | None = None
        self.choices: dict[str, int] = {}
        self._is_stale = False
        self.job, self.commit = Job(self), Job(self)
        self.model = MergeModel(self, theme)
        self.table = Table("What each file brings")
        self.table.setModel(self.model)
        self.items = ItemModel(self)
        self.list = Rows("What is to be decided")
        self.list.setModel(self.items)
        self._row = ItemRow(self.list, theme)
        self.list.set_painter(self._row)
        self.list.installEventFilter(self)
        self.versions = VersionsView()
        self.heading = QLabel(objectName="strong", wordWrap=True)
        self.more = QPushButton("Choose copies…")
        self.progress = ProgressLine("Files read")
        self.rule = QComboBox(accessibleName="How conflicts are decided")
        for words, rule in _RULES:
            self.rule.addItem(words, rule)
        self.hint = QLabel(objectName="dim", wordWrap=True)
        self.go = QPushButton("Merge", objectName="primary")
        self.leave = QPushButton("Discard")
        self.groups: dict[str, QPushButton] = {}
        self.nothing = EmptyState("git-merge", *_TEACHES, (actions["team.copies"],))
        self.after = EmptyState("check", "Merged", "", (actions["team.copies"], actions["undo"]))
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget, stretch in ((self.rule, 0), (self.hint, 1), (self.leave, 0), (self.go, 0)):
            foot.addWidget(widget, stretch)
        page = QWidget(objectName="page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._tables(), 1)
        column.addLayout(foot)
        self.pages.addWidget(self.nothing)
        self.pages.addWidget(page)
        self.pages.addWidget(self.after)
        strip = QWidget(objectName="page")
        inside = QVBoxLayout(strip)
        inside.setContentsMargins(16, 0, 16, 0)
        inside.addWidget(self.progress)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.pages, 1)
        whole.addWidget(strip)

    def _tables(self) -> QSplitter:
        """Return the files above, and below them what is to be decided beside its versions."""
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setHandleWidth(1)
        below.addWidget(self._entries())
        below.addWidget(self.versions)
        below.setChildrenCollapsible(False)
        below.setSizes([520, 480])
        both = QSplitter(Qt.Orientation.Vertical)
        both.setHandleWidth(9)
        both.setObjectName("bare")
        for widget, least in ((self.table, 104), (below, 160)):
            widget.setMinimumHeight(least)
            both.addWidget(widget)
        both.setChildrenCollapsible(False)
        both.setSizes([200, 320])
        both.setStretchFactor(1, 1)
        return both

    def _entries(self) -> QWidget:
        groups = QHBoxLayout()
        groups.setSpacing(4)
        together = QButtonGroup(self)
        for name, words in _GROUPS:
            button = QPushButton(words, objectName="choice", checkable=True)
            button.clicked.connect(lambda _checked=False, name=name: self._show_group(name))
            together.addButton(button)
            self.groups[name] = button
            groups.addWidget(button)
        groups.addStretch(1)
        left = QWidget(objectName="side")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(groups)
        column.addWidget(self.list, 1)
        return left

    def _connect(self) -> None:
        self.more.clicked.connect(self._actions["team.copies"].trigger)
        self.go.clicked.connect(self._actions["team.do_merge"].trigger)
        self.leave.clicked.connect(self.discard)
        self.rule.activated.connect(lambda _place: self._decided())
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_entry())
        self.versions.chosen.connect(self.choose_version)
        for job in (self.job, self.commit):
            self.progress.cancelled.connect(job.cancel)
        self.commit.progressed.connect(
            lambda done, total, _name: self.progress.tell(done, total, f"Merging {done:,} of {total:,}")
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
            session.annotator_switched.connect(self._show_entries)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.model.theme = self._row.theme = theme
        self.nothing.refresh_icons()
        self.after.refresh_icons()
        self.list.viewport().update()

    def focus_first(self) -> None:
        """Put the focus on what is to be decided, or on the one thing to do."""
        if self.plan is None:
            cast(EmptyState, self.pages.currentWidget()).focus_first()
        else:
            self.list.setFocus()

    def choose(self) -> None:
        """Ask for copies and look at them."""
        self.look_at(self._chooser.copies())

    def look_at(self, paths: Iterable[Path]) -> None:
        """Look at files, and at every project in folders, together with those that are looked at already."""
        session, found = self._session, list(_projects(paths))
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
        self.progress.begin(f"Looking at {count(len(files), 'file')} …")
        self.go.setEnabled(False)
        self.job.start(lambda heard, cancelled: _draft(project, files, heard, cancelled))

    def discard(self) -> None:
        """Merge nothing of what was looked at."""
        self._forget()
        if self._session is not None:
            self._session.said.emit("Discarded. Nothing was merged")
        self.nothing.focus_first()

    # Deciding

    def choose_version(self, number: int) -> None:
        """Take one version of the chosen thing, and go on to the next one that waits."""
        item = self._item()
        if item is None or not 0 <= number < len(item.versions) or self.items.is_hidden(item):
            return
        self.choices[item.id] = number
        row = self.list.currentIndex().row()
        self._decided()
        following = self.items.next_waiting(row)
        if following >= 0:
            self.list.show_row(following)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the digits, with which a version is chosen."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            digit = event.key() - Qt.Key.Key_0
            if 0 <= digit <= 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.choose_version(digit)
                return True
        return super().eventFilter(watched, event)

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
        path, choices = session.project.path, dict(self.choices)
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
        self._forget()
        session.project.take_back(changes)
        session.tell(f"Merged {count(report.files, 'file')}")
        self.after.tell("Merged", f"{merged(report)}\nWho did what stands under “People and plan”.")
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

    def _item(self) -> Item | None:
        row = self.list.currentIndex().row()
        entry = self.items.entries[row] if 0 <= row < len(self.items.entries) else None
        return entry if isinstance(entry, Item) else None

    def _decided(self) -> None:
        self.items.decide(Decisions(self.choices, self._rule()))
        self._show_entry()
        self._tell()

    # Showing

    def _show_plan(self, plan: CopiesPlan) -> None:
        self.progress.hide()
        is_again, self.plan, self._is_stale = self._is_stale, plan, False
        known = {each.id for each in (*plan.items, *plan.conflicts)}
        self.choices = {key: number for key, number in self.choices.items() if key in known}
        self.model.show_plan(plan)
        self._span()
        session = self._session
        self.items.titles = {head.id: head.title for head in session.heads} if session is not None else {}
        if not is_again:
            self._group = "conflicts" if plan.conflicts else "unplaced" if plan.unplaced else "rest"
        self.pages.setCurrentIndex(1)
        self._show_entries()
        if self.isVisible():
            self.list.setFocus()

    def _show_entries(self) -> None:
        plan, session = self.plan, self._session
        if plan is None or session is None:
            return
        people = session.project.annotators()
        seen = session.seen
        hidden = len(seen) < len(people)
        names = frozenset({"", *(each.name for each in people if each.id in seen)}) if hidden else None
        for name, words in _GROUPS:
            number = {"conflicts": len(plan.conflicts), "unplaced": len(plan.unplaced)}.get(name, -1)
            if number < 0:
                number = sum(each.fate is not Fate.SAME and each.noun not in {"visit", "text"} for each in plan.items)
            button = self.groups[name]
            button.setText(f"{words} {number:,}")
            # The chosen one is half bold, and so wider than its size hint.
            button.setMinimumWidth(QFontMetrics(strong(button.font())).horizontalAdvance(button.text()) + 24)
            button.setChecked(name == self._group)
        row = self.list.currentIndex().row()
        self.items.show_plan(plan, self._group, names)
        self.items.decide(Decisions(self.choices, self._rule()))
        self.list.show_row(min(max(row, 0), len(self.items.entries) - 1))
        self._show_entry()
        self._tell()

    def _show_group(self, name: str) -> None:
        self._group = name
        self._show_entries()
        self.list.setFocus()

    def _show_entry(self) -> None:
        row, plan, session = self.list.currentIndex().row(), self.plan, self._session
        entry: Entry | None = self.items.entries[row] if 0 <= row < len(self.items.entries) else None
        if entry is None or plan is None or session is None:
            words = "" if plan is None else _nothing(self._group)
            self.versions.show_versions("", words, "", (), -1)
            return
        if self.items.is_hidden(entry):
            self.versions.show_versions(str(self.items.index(row).data()), "", HIDDEN, (), -1)
            return
        if not isinstance(entry, Item):
            where = f"In “{plan.files[entry.file].path.name}” · {entry.annotator}"
            self.versions.show_versions(entry.words, where, entry.why, (), -1)
            return
        codebook = session.project.codebook
        sides = [
            Side(side(plan, each), version_words(entry, number, codebook), _verb(entry, number))
            for number, each in enumerate(entry.versions)
        ]
        waits = entry in plan.conflicts and entry.id not in self.choices and self._rule() is None
        taken = -1 if waits else self.items.decisions.choice(entry)
        where = listed(entry.annotator, self.items.titles.get(entry.article, ""))
        self.versions.show_versions(entry.words, where, entry.why, sides, taken)

    def _span(self) -> None:
        self.table.clearSpans()
        for number, row in enumerate(self.model.rows):
            if row.words:
                self.table.setSpan(number, 1, 1, len(COLUMNS) - 1)

    def _tell(self) -> None:
        plan = self.plan
        if plan is None:
            return
        waiting = sum(each.id not in self.choices for each in plan.conflicts) if self._rule() is None else 0
        none = len(plan.refused) == len(plan.files)
        self.heading.setText("None of these files can be merged" if none else summary(plan))
        if self._is_stale:
            hint = "The project has changed since: the copies are looked at again, and what you have decided is kept."
        elif waiting:
            hint = f"{count(waiting, 'conflict')} to decide: a digit takes a version, or choose a rule."
        elif plan.is_empty and not none:
            hint = "There is nothing new in these files."
        else:
            hint = (
                f"{count(len(plan.refused), 'file')} cannot be merged; the others can."
                if plan.refused and not none
                else ""
            )
        self.hint.setText(hint)
        self.rule.setVisible(bool(plan.conflicts))
        self.go.setEnabled(not (self._is_stale or waiting or none))
        read = len(plan.files) - len(plan.refused)
        self.go.setText(f"Merge {count(read, 'file')}" if read else "Merge")

    def _on_changes(self, changes: Changes) -> None:
        """A plan is worth nothing once the project has changed: look at the copies again as soon as that is seen."""
        if self.pages.currentWidget() is self.after and "visit" in changes.nouns:
            self.pages.setCurrentWidget(self.nothing)
        if self.plan is not None:
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
        self.choices.clear()
        self.rule.setCurrentIndex(0)
        self.model.show_plan(None)
        self.items.show_plan(None, "rest", None)
        self.pages.setCurrentWidget(self.nothing)


def merged(report: MergeReport) -> str:
    """Return what merging did, in a sentence or two."""
    if not (report.taken or report.left):
        return "There was nothing new."
    parts = f"{count(report.new, 'new label')}, {report.changed:,} changed, {report.deleted:,} deleted."
    left = f" {report.left:,} left as they were." if report.left else ""
    lost = f" {count(report.unplaced, 'thing')} found no place." if report.unplaced else ""
    return f"{count(report.files, 'file')}: {parts}{left}{lost}"


def _verb(item: Item, number: int) -> str:
    if item.fate is Fate.CONFLICT:
        return "Keep" if number == 0 else "Take"
    return (
        "Leave"
        if number == 0
        else {"new": "Add", "changed": "Change", "deleted": "Delete"}.get(outcome(item, number), "Take")
    )


def _nothing(group: str) -> str:
    return {
        "conflicts": "No conflicts: nobody changed what somebody else has changed too.",
        "unplaced": "Everything has found its place.",
    }.get(group, "The copies bring nothing else.")


def _projects(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{SUFFIX}"))
        else:
            yield path


def _draft(project: Path, files: list[Path], heard: Heard, cancelled: Callable[[], bool]) -> CopiesPlan:
    plan = draft_copies(project, files, progress=heard, cancelled=cancelled)
    if cancelled():  # too late for the last file
        raise StoppedError
    return plan
