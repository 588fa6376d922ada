"""The place Adjudicate: the queue at the left, the text with all versions in the middle, the codebook at the right."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from annotator.model.adjudication import Cell, Decision, Draft, Outcome, Part
from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError, NotFoundError
from annotator.project.adjudication.queue import Queue
from annotator.ui.adjudicate.columns import columns
from annotator.ui.adjudicate.docket import Docket
from annotator.ui.adjudicate.editor import Editor
from annotator.ui.adjudicate.ends import Ends
from annotator.ui.adjudicate.figures import Figures
from annotator.ui.adjudicate.offers import Offers
from annotator.ui.adjudicate.queue_list import QueueModel, QueueRow
from annotator.ui.adjudicate.results import ResultsPage
from annotator.ui.adjudicate.reviewing import Reviewing
from annotator.ui.adjudicate.stage import Stage
from annotator.ui.adjudicate.top import Top
from annotator.ui.adjudicate.wording import chosen, done, spent
from annotator.ui.look.theme import Theme
from annotator.ui.others.closed import Closed
from annotator.ui.places import Means
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.widgets.empty import EmptyState
from annotator.ui.widgets.rows import Rows

ORDER_NAMES = {"article": "by article", "cost": "most disagreement first", "clause": "by the codebook"}
_NOBODY = Queue()
_BLIND = "To adjudicate is to see what everybody labelled. Whoever still labels should not: what one has seen cannot be unseen."


class AdjudicatePlace(QWidget):
    """One disagreement at a time: a key decides, and the next one stands at the same height."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Adjudicate")
        self._means = means
        actions = means.actions
        self._session: Session | None = None
        self._pace: tuple[Queue, float | None] = (_NOBODY, None)
        self._beside = Later(self, self._show_beside, 0)
        self._figured = Later(self, self._show_figures, 0)
        self.docket = Docket(self)
        self.offers = Offers(self, self.docket)
        self.top = Top(actions)
        self.model = QueueModel(self)
        self.list = Rows("Disagreements")
        self.list.setModel(self.model)
        self._row = QueueRow(self.list, self.model, means.looks.theme)
        self.list.set_painter(self._row)
        self.stage = stage = Stage(self, means)
        self.view, self.cards, self.foot = stage.view, stage.cards, stage.foot
        self.ask_bar, self.grounds = stage.ask_bar, stage.grounds
        self.editor = Editor(means.looks.theme)
        self.results = ResultsPage()
        self.reviewing = Reviewing(self.docket, self.results, means)
        self.figures = Figures(self)
        self.ends = Ends(actions)
        self.blind = Closed(actions, _BLIND)
        self.pages = QStackedWidget()
        self.middle = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(means.looks.theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.pages)
        for page in (self.stage.page(), self.editor):
            self.middle.addWidget(page)
        columns(self.pages, self.top, self.list, self.middle, self.grounds)
        for page in (*self.ends, self.blind, self.results):
            self.pages.addWidget(page)

    def _connect(self) -> None:
        docket = self.docket
        docket.changed.connect(self._show)
        docket.loading.connect(self._show_loading)
        docket.decided.connect(self._show_decided)
        docket.grounds_changed.connect(self._show_grounds)
        docket.failed.connect(self._fail)
        self.stage.failed.connect(self._fail)
        self.grounds.chosen.connect(docket.set_grounds)
        self.grounds.left.connect(self.view.setFocus)
        self.cards.taken.connect(self.take)
        self.view.step_wanted.connect(docket.step)
        self.view.opened.connect(self.open_article)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._chosen(now.row()))
        self.editor.accepted.connect(self._edited)
        self.editor.left.connect(self._leave_editor)
        self.editor.failed.connect(self._fail)
        self.ask_bar.asked.connect(self._ask)
        self.ask_bar.left.connect(self.view.setFocus)
        self.top.cancel.clicked.connect(docket.stop)
        self.results.left.connect(self._leave_results)
        self.results.opened.connect(self._open_decision)
        self.reviewing.begun.connect(self._begin_results)
        self.figures.changed.connect(self._figured.start)
        on = self._means.actions.on
        for number in range(1, 10):
            on(f"adjudicate.take_{number}", lambda number=number: self.take(number))
        for command_id, slot in {
            "none": lambda: docket.decide(Outcome.NONE),
            "union": lambda: docket.decide(Outcome.UNION),
            "overlap": lambda: docket.decide(Outcome.OVERLAP),
            "edit": self.edit,
            "ask": self._begin_asking,
            "next": lambda: docket.step(1),
            "previous": lambda: docket.step(-1),
            "reason": lambda: self._aside(self.grounds.ask_reason),
            "clause": lambda: self._aside(self.grounds.ask_clause),
            "note": self.grounds.note.setFocus,
            "order": self.offers.next_order,
            "filter": lambda: self.offers.ask_cell(self._over("adjudicate.filter")),
            "accept": lambda: self.offers.ask_rule(self._over("adjudicate.accept")),
            "open": self.open_article,
            "results": self.reviewing.show,
            "feedback": self.reviewing.save_feedback,
            "list": lambda: self._aside(self.list.setFocus),
        }.items():
            on(f"adjudicate.{command_id}", slot)
        self._means.actions["adjudicate.whole"].toggled.connect(lambda _on: self._show_current())
        self._means.actions["adjudicate.names"].toggled.connect(lambda _on: (self._show(), self._show_figures()))

    # The window's side

    def set_session(self, session: Session | None) -> None:
        """Adjudicate in another project."""
        self._session = session
        self._pace = (_NOBODY, None)
        self.stage.set_session(session)
        self.docket.set_session(session)
        self.figures.set_session(session)
        if session is not None:
            session.changed.connect(self._on_changes)
            if self.isVisible():
                self._begin()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.view.set_theme(theme)
        self.editor.set_theme(theme)
        self.results.set_theme(theme)
        for page in (*self.ends, self.blind):
            page.refresh_icons()
        self.list.viewport().update()
        self._show()

    def focus_first(self) -> None:
        """Put the focus on the text, where the keys decide."""
        page = self.pages.currentWidget()
        if isinstance(page, EmptyState | ResultsPage):
            page.focus_first()
        else:
            self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the queue when the place is first seen."""
        super().showEvent(event)
        settings = self._means.settings
        for text in (self.view, self.editor.reader):
            text.set_face(settings.face)
            text.set_zoom(settings.zoom)
        self._begin()

    def take_up(self, what: object) -> None:
        """Decide about the disagreements of one cell (`Cell`) of an agreement table."""
        session = self._session
        if isinstance(what, Cell) and session is not None and not session.hides_others:
            self.docket.choose(what)

    # Showing

    def _begin(self) -> None:
        session = self._session
        if session is not None and not session.hides_others and not self.docket.is_loaded and not self.docket.is_busy:
            self.docket.load()
        self._show_page()

    def _show_page(self) -> None:
        session = self._session
        if session is None:
            return
        if session.hides_others:
            self.blind.show_for(session)
            page: QWidget = self.blind
        elif self.docket.is_loaded and self.docket.current is None and not self.docket.is_busy:
            page = self.ends.page(self.docket.queue, self.docket.cell)
        else:
            page = self.pages.widget(0)
        if self.pages.currentWidget() is self.results and page is not self.blind:
            return
        if page is self.blind or self.docket.is_loaded or self.docket.is_busy:
            self._turn_to(page)
        if page is not self.blind and self.isVisible() and not self.docket.is_loaded and not self.docket.is_busy:
            self.docket.load()

    def _on_changes(self, changes: Changes) -> None:
        if "message" in changes.nouns:  # it may be the answer to what was asked about the one at hand
            self._show_current()
        self._show_page()

    def _turn_to(self, page: QWidget) -> None:
        if page is not self.pages.currentWidget():
            had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
            self.pages.setCurrentWidget(page)
            if had_focus:
                self.focus_first()

    def _show_loading(self, done: int, total: int) -> None:
        self.top.show_loading(done, total)
        if not total:
            self._show_progress()
            self._show_page()

    def _show(self) -> None:
        """Show what is at hand, and what stands beside it when that has been painted: nobody looks there first."""
        if self._session is None:
            return
        self._show_current()
        if self.docket.current is None or self.pages.currentIndex():
            self._show_page()
        self._beside.start()

    @property
    def is_behind(self) -> bool:
        """Whether the list, the clauses and the figures are still to follow what is at hand."""
        return self._beside.is_waiting or self._figured.is_waiting

    def _aside(self, call: Callable[[], object]) -> None:
        """Do something with what stands beside the text, which is to be that of the one at hand."""
        self._beside.hurry()
        call()

    def text_of(self, article: str) -> str:
        """Return an article's text; empty where it is gone, and the list is painted once more before the queue is renewed."""
        try:
            return self._session.project.article(article).text if self._session is not None else ""
        except NotFoundError:
            return ""

    def _show_beside(self) -> None:
        session = self._session
        if session is None:
            return
        docket = self.docket
        book = session.project.codebook
        if self.model.items is not docket.queue.items or self.model.book is not book:
            titles = {head.id: head.title for head in session.heads}
            self.model.show(docket.queue.items, book, titles, self.text_of)
        if docket.place != self.list.currentIndex().row():
            self.list.show_row(docket.place)
        self.stage.show_beside()
        self._show_progress()
        self._show_grounds()
        self._show_page()

    def _show_current(self) -> None:
        found = self.docket.current
        if found is not None and self.stage.show(found, self.docket.following):
            self._leave_editor()

    def _show_progress(self) -> None:
        session, queue = self._session, self.docket.queue
        if session is None or self.docket.is_busy:
            return
        all_of = queue.done + queue.left
        words = f"{queue.done:,} of {all_of:,} decided" if all_of else "Nothing to decide"
        if self._pace[0] is not queue:  # going on without deciding changes nothing of it
            self._pace = (queue, session.project.pace(session.annotator.id))
        pace = self._pace[1]
        agreed = sum(queue.agreed.values())
        parts = [
            spent(pace, queue.left),
            chosen(queue.cell),
            ORDER_NAMES[queue.order],
            f"{agreed:,} agreed, not accepted yet" if agreed else "",
        ]
        self.top.show_progress(words, " · ".join(filter(None, parts)), queue.share)

        if self.isVisible() and self.docket.is_loaded:
            self.figures.begin(queue.cell)

    def _show_figures(self) -> None:
        if self._session is not None:
            hidden = self._means.actions["adjudicate.names"].isChecked()
            self.top.figures.show_figures(self.figures, self._session, hidden=hidden)

    def _show_grounds(self) -> None:
        self.grounds.show_grounds(self.docket.reason, self.docket.clause, self.docket.note)

    def _show_decided(self, made: Decision) -> None:
        session = self._session
        if session is None:
            return
        self.stage.flash(made)
        session.tell(done(made))

    # Doing

    def take(self, number: int) -> None:
        """Decide for a version, by its number from 1."""
        self.docket.take(number, whole=self._means.actions["adjudicate.whole"].isChecked())

    def edit(self) -> None:
        """Make the gold label by hand; of a link, choose where it leads."""
        session, found = self._session, self.docket.current
        article = self.stage.article
        if session is None or found is None or article is None:
            return
        if found.kind == "target":
            self.offers.ask_target(self.foot, article)
            return
        try:
            draft, parts = session.project.to_edit(found)
        except AnnotatorError as error:
            self._fail(str(error))
        else:
            self.middle.setCurrentWidget(self.editor)
            self.editor.begin(article, draft, parts, session.project.codebook)
            self.editor.reader.setFocus()

    def open_article(self) -> None:
        """Open the place in Label, among the own labels."""
        session, found = self._session, self.docket.current
        if session is not None and found is not None:
            self._means.go("label")
            session.go_to(found.article, found.start, found.end)

    def _edited(self, draft: Draft, parts: tuple[Part, ...] | None) -> None:
        found = self.docket.current
        # A label without roles has no parts; what was asked about may be a role all the same.
        if found is not None and self.docket.decide(
            Outcome.EDITED, drafts=[draft], parts=() if parts is None and found.part else parts
        ):
            self._leave_editor()

    def _leave_editor(self) -> None:
        if self.middle.currentWidget() is self.editor:
            self.middle.setCurrentIndex(0)
            self.view.setFocus()

    def _over(self, command_id: str) -> QWidget:
        """Return the widget below which an action's menu opens: its button, or what has the focus where there is none."""
        button: QWidget = self.top.buttons[command_id]
        return button if button.isVisible() else self.window().focusWidget() or self

    def _begin_asking(self) -> None:
        if self.docket.current is not None:
            self.stage.ask()

    def _ask(self, text: str) -> None:
        if self.docket.ask(text):
            self.ask_bar.hide()
            self.view.setFocus()

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self.model.items):
            self.docket.go_to(self.model.items[row])

    def _fail(self, words: str) -> None:
        if self._session is not None:
            self._session.failed.emit(words)

    # Where it stands

    def _begin_results(self) -> None:
        self.pages.setCurrentWidget(self.results)
        self.results.focus_first()

    def _leave_results(self) -> None:
        self.pages.setCurrentIndex(0)
        self._show_page()
        self.focus_first()

    def _open_decision(self, decision: Decision) -> None:
        if self._session is not None:
            self._means.go("label")
            self._session.go_to(decision.article, decision.start, decision.end)
