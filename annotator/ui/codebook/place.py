"""The place Codebook: parts at the left, a form in the middle, revisions at the right, all on one draft."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.draft import Add, Move, TakeOut
from annotator.model.errors import AnnotatorError
from annotator.ui.actions.actions import Actions
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.form import Form
from annotator.ui.codebook.history import History
from annotator.ui.codebook.label_form import LabelForm
from annotator.ui.codebook.new_part import new_part
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.part_forms import AttributeForm, BookForm, ClauseForm, RelationForm, RoleForm
from annotator.ui.codebook.parts_list import ADDS, PartsList
from annotator.ui.codebook.parts_model import rows
from annotator.ui.codebook.past import Past
from annotator.ui.codebook.plan import PlanPage, plan
from annotator.ui.codebook.save_bar import SaveBar
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session

LEFT, RIGHT = 280, 304
"""Widths of the side columns at first."""
_GROUPS = {
    "label": "labels",
    "attribute": "attributes",
    "role": "roles",
    "relation": "relations",
    "clause": "clauses",
}


class CodebookPlace(QWidget):
    """The editor of the codebook. `again_wanted` asks for the labels to look at again."""

    again_wanted = Signal()

    def __init__(self, actions: Actions, drafting: Drafting, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.drafting = drafting
        self._paints = paints
        self._session: Session | None = None
        self._uses: dict[str, int] = {}
        self._group, self._part = "", ""
        self._is_stale = False
        self.parts = PartsList(actions, paints)
        self.label_form = LabelForm(drafting, paints, actions.key_text("example.use"))
        self.book_form = BookForm(drafting, paints)
        self.forms: dict[str, Form] = {
            "": self.book_form,
            "labels": self.label_form,
            "attributes": AttributeForm(drafting, paints),
            "roles": RoleForm(drafting, paints),
            "relations": RelationForm(drafting, paints),
            "clauses": ClauseForm(drafting, paints),
        }
        self.plan_page = PlanPage(paints)
        self.pages = QStackedWidget()
        self.save_bar = SaveBar(drafting, actions.key_text("codebook.save"))
        self.history = History(paints)
        self.past = Past(self.history, drafting)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        left, right = QStackedWidget(objectName="side"), QStackedWidget(objectName="side")
        middle = QWidget(objectName="page")
        self.splitter.setHandleWidth(1)
        for widget, least in ((left, 184), (middle, 352), (right, 200)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        left.addWidget(self.parts)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        for page in (*self.forms.values(), self.plan_page):
            self.pages.addWidget(page)
        column.addWidget(self.save_bar)
        right.addWidget(self.history)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LEFT, 800, RIGHT])

    def _connect(self) -> None:
        self.drafting.changed.connect(self._show_draft)
        self.parts.chosen.connect(self._chosen)
        self.save_bar.save_wanted.connect(self.save)
        self.save_bar.anyway_wanted.connect(lambda: self.save(leave_out=True))
        self.save_bar.discard_wanted.connect(self.drafting.discard)
        self.save_bar.problem_wanted.connect(lambda group, part: self.show_part(group, part, write=True))
        self.history.again_wanted.connect(self.again_wanted)
        self.label_form.merge.chosen.connect(self._plan_merge)
        self.label_form.merge_wanted.connect(self._merge)
        self.plan_page.left.connect(self._leave_plan)
        self.plan_page.taken.connect(self._take_over)
        self.plan_page.taken_anyway.connect(lambda: self._take_over(leave_out=True))
        for what in ADDS:
            self._actions.on(f"codebook.add_{what}", lambda what=what: self.add(what))
        for command_id, slot in {
            "codebook.save": self.save,
            "codebook.discard": self.drafting.discard,
            "codebook.up": lambda: self._move(-1),
            "codebook.down": lambda: self._move(1),
            "codebook.remove": self._remove,
            "codebook.list": self.parts.list.setFocus,
            "codebook.history": self.history.list.setFocus,
        }.items():
            self._actions.on(command_id, slot)

    # The window's side

    def set_session(self, session: Session | None) -> None:
        """Show the codebook of another project."""
        self._session = session
        self._uses = session.project.uses() if session else {}
        self._is_stale = False
        self._leave_plan()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self._show_draft)
        first = session.project.codebook.labels[0].id if session else ""
        self._group, self._part = ("labels", first) if first else ("", "")
        self.past.set_session(session)
        # Where the place is there from the start, the draft of the project follows, and says so.
        if self.drafting.is_of(session):
            self._show_draft()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._paints.theme = theme
        self.parts.refresh_icons()
        self.history.refresh()
        self.plan_page.refresh()
        self.label_form.examples.refresh()
        self.update()

    def show_again(self, count: int) -> None:
        """Say how many labels are to be looked at again."""
        self.history.show_again(count)

    def focus_first(self) -> None:
        """Put the focus on the list of parts."""
        self.parts.list.setFocus()

    # Showing

    def show_part(self, group: str, part: str, *, write: bool = False) -> None:
        """Show the form of a part; with `write`, put the focus into its first field."""
        self._group, self._part = group, part
        self._show_draft()
        if write:
            self.forms[group].focus_first()

    def _chosen(self, group: str, part: str) -> None:
        if self.plan_page.plan is not None:
            self._leave_plan()
        self.show_part(group, part)

    def _show_draft(self) -> None:
        drafting = self.drafting
        self._keep_chosen()
        faults: dict[tuple[str, str], str] = {}
        for each in drafting.faults:
            faults.setdefault((each.group, each.part), each.words)
        seen = self._seen_uses()
        shown = rows(drafting.draft, self._uses if seen is None else seen, drafting.changed_parts(), faults)
        self.parts.show_rows(shown, self._group, self._part)
        self.parts.add_button.setVisible(not drafting.is_read_only)
        form = self.forms[self._group]
        self.label_form.uses, self.label_form.seen = self._uses, seen
        form.show_part(self._part)
        if self.plan_page.plan is None:
            self.pages.setCurrentWidget(form)
        self.save_bar.refresh()
        self.past.refresh()

    def _keep_chosen(self) -> None:
        """Where the chosen part is gone, choose the one that has come into its place, or the codebook itself."""
        draft = self.drafting.draft
        if not self._group or draft.part(self._group, self._part) is not None:
            return
        here = self.parts.model.row_of(self._group, self._part)
        around = [each for each in self.parts.model.rows[max(here - 1, 0) : here + 2] if each.group == self._group]
        ids = [each.part for each in reversed(around) if draft.part(self._group, each.part) is not None]
        group = draft.group(self._group)
        self._part = ids[0] if ids else group[0].id if group else ""
        if not self._part:
            self._group = ""

    def _on_changes(self, changes: Changes) -> None:
        if changes.nouns & {"annotation", "codebook", "article", "text", "setting"}:
            self._is_stale = True
            if self.isVisible():
                self._count()

    def _count(self) -> None:
        """Count anew how many annotations there are: only once that is seen, for it costs a moment at every label."""
        if self._is_stale and self._session is not None:
            self._is_stale = False
            self._uses = self._session.project.uses()
            self._show_draft()

    def _seen_uses(self) -> dict[str, int] | None:
        """Return how many annotations of each label are the annotator's own, while others' are hidden; else None."""
        session = self._session
        return session.project.uses(session.annotator.id) if session is not None and session.hides_others else None

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what happened while another place was shown."""
        super().showEvent(event)
        self._count()

    # Doing

    def add(self, what: str) -> None:
        """Add a new part, and write its name."""
        if self.drafting.is_read_only or not self.drafting.is_open:
            return
        self._leave_plan()
        new = new_part(what, self.drafting, self._part if self._group == "labels" else "")
        group = _GROUPS[what]
        self._group, self._part = group, new.id
        name = "borderline case" if what == "clause" else what
        self.drafting.edit(Add(group, new), f"Add a {name}" if name != "attribute" else "Add an attribute")
        self.show_part(group, new.id, write=True)

    def save(self, *, leave_out: bool = False) -> None:
        """Save the draft as one revision; where it cannot be, say why."""
        drafting = self.drafting
        session = self._session
        if session is None or not drafting.is_changed:
            if session is not None:
                session.said.emit("There is nothing to save: the codebook is as it was")
            return
        place = [each.id for each in drafting.draft.group(self._group)] if self._group else []
        here = place.index(self._part) if self._part in place else -1
        problem = drafting.save(self.save_bar.note.text(), leave_out=leave_out)
        if problem:
            draft = None if drafting.faults else drafting.draft.codebook()
            can = draft is not None and bool(session.project.lost_values(draft))
            self.save_bar.refuse(problem, can_leave_out=can)
            return
        self.save_bar.note.clear()
        if here >= 0:
            self.show_part(self._group, drafting.draft.group(self._group)[here].id)
        self.past.refresh()

    def _remove(self) -> None:
        if self._group == "labels":
            button = self.label_form.gone if self.label_form.gone.isVisibleTo(self) else self.label_form.retire
            button.click()
        elif self._group:
            part = self.drafting.draft.part(self._group, self._part)
            words = f"Delete {self.forms[self._group].name_of(part)}"
            self.drafting.edit(TakeOut(self._group, self._part), words)

    def _move(self, by: int) -> None:
        if self._group:
            part = self.drafting.draft.part(self._group, self._part)
            words = f"Move {self.forms[self._group].name_of(part)}"
            self.drafting.edit(Move(self._group, self._part, by), words, ("move", self._part))

    def _plan_merge(self, into: str) -> None:
        session = self._session
        if session is not None:
            try:
                plan = session.project.merge_plan(self._part, into, annotator=session.annotator.id)
                self.label_form.merge.show_plan(plan, session.project.codebook.label(into))
            except AnnotatorError as error:
                session.failed.emit(str(error))

    def _merge(self, label: str, into: str) -> None:
        session = self._session
        if session is None:
            return
        who, name = session.annotator.id, session.project.codebook.label(into).name.lower()
        try:
            plan = session.project.merge_plan(label, into, annotator=who)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        session.write(
            plan.changed.count,
            "merging labels",
            lambda project, progress: project.merge_labels(label, into, annotator=who, progress=progress),
            lambda _count: session.tell(f"Merged {plan.changed.of('label')} into {name}"),
        )

    # Another codebook

    def show_plan(self, name: str, other: Codebook, *, takes: bool) -> None:
        """Show what another codebook would change before it is taken over, or only compare it."""
        base = self.drafting.base
        if base is None:
            return
        self._count()
        self.pages.setCurrentWidget(self.plan_page)
        self.plan_page.show_plan(plan(name, base, other, self._uses), takes=takes and not self.drafting.is_read_only)

    def _take_over(self, *, leave_out: bool = False) -> None:
        session, found = self._session, self.plan_page.plan
        if session is None or found is None:
            return
        try:
            made = session.project.save_codebook(
                found.codebook, f"Taken over from “{found.name}”", annotator=session.annotator.id, leave_out=leave_out
            )
        except AnnotatorError as error:
            can = not leave_out and bool(session.project.lost_values(found.codebook))
            self.plan_page.refuse(str(error), can_leave_out=can)
            return
        self._leave_plan()
        self._show_draft()
        session.tell(f"Took over “{found.name}” as revision {made.revision}")

    def _leave_plan(self) -> None:
        had_focus = self.plan_page.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.plan_page.plan = None
        self.pages.setCurrentWidget(self.forms[self._group])
        if had_focus:
            self.parts.list.setFocus()
