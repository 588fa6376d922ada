"""People and plan: the annotators above, the grid of articles below, a form at the right."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.project.team import Sum, Team
from annotator.ui.actions.actions import Actions
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.team import planning
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.job import Job
from annotator.ui.team.people_model import PeopleModel
from annotator.ui.team.people_table import PeopleTable
from annotator.ui.team.person_form import PersonForm
from annotator.ui.team.plan_form import PlanForm
from annotator.ui.team.plan_grid import PlanGrid
from annotator.ui.team.plan_model import FIRST, PlanModel
from annotator.ui.team.words import spent
from annotator.ui.widgets.empty import EmptyState

SIDE = 320
PEOPLE, GRID = 184, 400
"""Heights of the two tables at first."""
BELOW = 16
"""What a table has around its rows, and a bar below them."""
MOST = 8
"""So many annotators are seen without scrolling, where the window has room for them."""


class PlanPage(QWidget):
    """`opened` carries the id of an article to be read."""

    opened = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._session: Session | None = None
        self._team: Team | None = None
        self._drafted: planning.Drafted | None = None
        self._is_arranged = False
        self.people = PeopleModel(self)
        self.plan = PlanModel(self)
        self.table = PeopleTable(self.people, theme)
        self.grid = PlanGrid(self.plan, theme)
        self.person_form = PersonForm()
        self.plan_form = PlanForm()
        self.job = Job(self)
        self.summary = QLabel(wordWrap=True)
        self.add = QPushButton("Add annotator")
        self.share_out = QPushButton("Plan articles…", objectName="primary")
        self.no_articles = EmptyState(
            "users",
            "No articles to share out yet",
            "Add articles first. Then plan who labels which of them, and hand out a copy to everybody.",
            (actions["articles.add"],),
        )
        self.below = QStackedWidget()
        self.side = QStackedWidget(objectName="side")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)
        left = QWidget(objectName="page")
        split.addWidget(left)
        split.addWidget(self.side)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(8)
        top.addWidget(self.summary, 1)
        top.addWidget(self.add)
        top.addWidget(self.share_out)
        self.filters = (
            Filtered(self.table, self._filter_people, "annotators"),
            Filtered(self.grid, self.plan.filter, "articles"),
        )
        self.tables = tables = QSplitter(Qt.Orientation.Vertical)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 16)
        inner.addWidget(tables)
        column.addLayout(inner, 1)
        for widget, height in ((self.filters[0], 104), (self.below, 160)):
            widget.setMinimumHeight(height)
            tables.addWidget(widget)
        for page in (self.filters[1], self.no_articles):
            self.below.addWidget(page)
        tables.setChildrenCollapsible(False)
        tables.setHandleWidth(9)
        tables.setObjectName("bare")
        tables.setSizes([PEOPLE, GRID])
        tables.setStretchFactor(1, 1)
        for form in (self.person_form, self.plan_form):
            self.side.addWidget(form)
        self.side.setMinimumWidth(256)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setSizes([880, SIDE])

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_person)
        self.tables.splitterMoved.connect(self._arranged)
        self.grid.opened.connect(self.opened)
        self.add.clicked.connect(self._actions["team.add"].trigger)
        self.share_out.clicked.connect(self._actions["team.share"].trigger)
        self.person_form.saved.connect(self._save_person)
        self.person_form.left.connect(self._leave_person)
        self.person_form.switch_wanted.connect(self._switch)
        self.plan_form.changed.connect(self._draft)
        self.plan_form.accepted.connect(self._assign)
        self.plan_form.left.connect(self.leave_plan)
        self.job.progressed.connect(lambda done, total, _name: self.plan_form.show_busy(done, total))
        self.job.done.connect(self._show_drafted)
        self.job.failed.connect(self.plan_form.refuse)

    # The place's side

    def set_session(self, session: Session | None) -> None:
        """Show another project."""
        self.job.stop()
        self.plan_form.stop()
        self._session, self._team, self._drafted = session, None, None
        self.side.setCurrentWidget(self.person_form)

    def show_team(self, team: Team, session: Session) -> None:
        """Show how things stand."""
        before = self._team
        if before is not None and before.articles != team.articles:
            self._drafted = None
        self._team = team
        chosen = self._chosen_person()
        seen = session.seen
        self.people.show_team(team, seen, session.annotator.id)
        cell = self.grid.currentIndex()
        self.plan.show_team(team, seen)
        if cell.row() < self.plan.rowCount() and cell.column() < self.plan.columnCount():
            self.grid.go_to(cell.row(), cell.column())
        self.below.setCurrentWidget(self.filters[1] if team.articles else self.no_articles)
        self.share_out.setEnabled(bool(team.articles) and not session.project.read_only)
        self.add.setEnabled(not session.project.read_only)
        self.summary.setText(summary(team, team.sums()))
        self.table.show_person(chosen if self.people.row_of(chosen) >= 0 else session.annotator.id)
        self._show_person(self._chosen_person())
        self.plan_form.show_people(team.annotators)
        if before is None or len(before.annotators) != len(team.annotators):
            self._make_room(len(team.annotators))
        if self.side.currentWidget() is self.plan_form:
            self._draft()

    def _make_room(self, people: int) -> None:
        """Let no row of a small team be cut; who has moved the line between the tables keeps it where it is."""
        rows = min(people, MOST) * self.table.verticalHeader().defaultSectionSize()
        wanted = max(PEOPLE, rows + self.table.horizontalHeader().sizeHint().height() + BELOW)
        has, below = self.tables.sizes()
        if has < wanted and not self._is_arranged:
            self.tables.setSizes([wanted, max(0, has + below - wanted)])

    def _arranged(self) -> None:
        self._is_arranged = True

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.table.set_theme(theme)
        self.grid.set_theme(theme)
        self.no_articles.refresh_icons()

    def focus_first(self) -> None:
        """Put the focus on the annotators."""
        self.table.setFocus()

    # People

    def add_person(self) -> None:
        """Write down somebody new."""
        if self._session is None or self._session.project.read_only:
            return
        self.leave_plan()
        self.person_form.show_person(None)
        self.person_form.focus_first()

    def _filter_people(self, words: str) -> None:
        """Leave some annotators; the chosen one stays chosen."""
        chosen = self._chosen_person()
        self.people.filter(words)
        self.table.show_person(chosen)

    def _chosen_person(self) -> str:
        row = self.table.currentIndex().row()
        return self.people.people[row].id if 0 <= row < len(self.people.people) else ""

    def _show_person(self, who: str) -> None:
        session = self._session
        person = next((each for each in self.people.people if each.id == who), None)
        if session is not None and person is not None:
            is_here = person.id == session.annotator.id
            self.person_form.show_person(person, is_here=is_here, read_only=session.project.read_only)

    def _leave_person(self) -> None:
        self._show_person(self._chosen_person())
        self.table.setFocus()

    def _save_person(self, written: dict[str, str]) -> None:
        session, person = self._session, self.person_form.person
        if session is None:
            return
        try:
            if person is None:
                made = session.project.add_annotator(**written)
            else:
                made = session.project.set_annotator(person.id, **written)
        except AnnotatorError as error:
            self.person_form.refuse(str(error))
            return
        session.tell(f"Added {made.name}" if person is None else f"Changed {made.name}")
        self.person_form.person = made
        self.table.setFocus()

    def _switch(self) -> None:
        if self._session is not None and self.person_form.person is not None:
            self._session.switch_annotator(self.person_form.person.id)

    # Plan

    def open_plan(self) -> None:
        """Plan who labels what."""
        if self.share_out.isEnabled():
            self.side.setCurrentWidget(self.plan_form)
            self.plan_form.focus_first()
            self._draft()

    def leave_plan(self) -> None:
        """Assign nothing."""
        self.job.stop()
        self.plan_form.stop()
        self.side.setCurrentWidget(self.person_form)
        self.plan.show_planned(frozenset())
        self.people.show_planned({})
        self.table.setFocus()

    def unassign(self) -> None:
        """Take the chosen cells off the plan, in one step; labels stay."""
        session, chosen = self._session, self.grid.chosen()
        if session is None:
            return
        if not chosen:
            session.said.emit("Choose cells of the plan first: what they assign is taken off it")
            return
        session.write(
            sum(map(len, chosen.values())),
            "taking articles off the plan",
            lambda project, progress: project.unassign_all(chosen, progress=progress),
            lambda gone: session.tell(f"Took {counted(gone, 'article')} off the plan; labels stay"),
        )

    def _draft(self) -> None:
        session, team, form = self._session, self._team, self.plan_form
        if session is None or team is None:
            return
        if session.project.is_lent:  # nobody may open its file meanwhile
            form.refuse("Something is being written into this project just now. Wait for that, and plan again.")
            return
        works = self._drafted.works if self._drafted is not None else None
        form.show_busy()
        path = Path(session.project.path)
        self.job.start(planning.Wanted(path, works, form.people, form.scheme, planning.standing(team)).draft)

    def _show_drafted(self, result: object) -> None:
        drafted, team = cast(planning.Drafted, result), self._team
        if team is None:
            return
        self._drafted = drafted
        planned = planning.told(drafted.plan, team, self.plan_form.people)
        self.plan_form.show_plan(planned, len(drafted.plan))
        self.people.show_planned(planned)
        self.plan.show_planned(planning.cells(drafted.plan))

    def _assign(self) -> None:
        session, drafted = self._session, self._drafted
        if session is None or drafted is None or not self.plan_form.accept.isEnabled():
            return
        self.leave_plan()

        def assigned(made: int) -> None:
            session.tell(f"Assigned {counted(made, 'reading')}")
            self.grid.setFocus()
            self.grid.go_to(0, FIRST)

        plan = drafted.plan
        session.write(
            len(plan), "assigning articles", lambda project, progress: project.assign(plan, progress=progress), assigned
        )


def summary(team: Team, sums: dict[str, Sum]) -> str:
    """Return how far everything is, in one line."""
    assigned = sum(each.assigned for each in sums.values())
    finished = sum(each.finished for each in sums.values())
    remaining = sum(each.remaining for each in sums.values())
    minutes = sum(each.minutes for each in sums.values())
    parts = [counted(len(team.annotators), "annotator"), counted(len(team.articles), "article")]
    if assigned:
        parts.append(f"{finished:,} of {counted(assigned, 'reading')} finished")
    elif unplanned := sum(each.unplanned for each in sums.values()):
        parts.append(f"{counted(unplanned, 'reading')} finished")
    if minutes:
        parts.append(f"{spent(minutes)} of work")
    if remaining:
        parts.append(f"{counted(remaining, 'character')} to go")
    return " · ".join(parts)
