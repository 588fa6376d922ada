"""What is at hand, on the screen: in the text, on cards, in words, and with the codebook's clauses."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.model.adjudication import Decision, Disagreement, Status
from annotator.model.article import Article
from annotator.model.errors import AnnotatorError, NotFoundError
from annotator.model.thread import Thread
from annotator.ui.adjudicate.asking import AskBar
from annotator.ui.adjudicate.cards import Cards
from annotator.ui.adjudicate.foot import Foot
from annotator.ui.adjudicate.grounds import Grounds
from annotator.ui.adjudicate.showing import gold_lane
from annotator.ui.adjudicate.sights import Look, Sights
from annotator.ui.adjudicate.wording import asked, explained, title
from annotator.ui.passage.view import PassageView
from annotator.ui.places import Means
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.widgets.tab_order import in_reading_order, lead_through

_SOON = 30
"""Milliseconds after one has been painted the next one is made ready: whoever reads does not wait for it."""


class Stage(QObject):
    """Shows one disagreement after the other; while one is read, the next one is made ready.

    `failed` carries a sentence.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject, means: Means) -> None:
        super().__init__(parent)
        actions = means.actions
        self._means = means
        self._session: Session | None = None
        self._sights: Sights | None = None
        self._next: Disagreement | None = None
        self._led = 0
        self._is_whole, self._is_hidden = actions["adjudicate.whole"], actions["adjudicate.names"]
        self._ahead = Later(self, self._prepare, _SOON)
        self.found: Disagreement | None = None
        self.view = PassageView()
        self.cards = Cards()
        self.cards.setMinimumHeight(96)
        self.cards.pointed.connect(self._point)
        self.ask_bar = AskBar()
        self.foot = Foot(actions)
        self.foot.lay_over(self.ask_bar)
        self.grounds = Grounds(*(actions.key_text(f"adjudicate.{each}") for each in ("reason", "clause", "note")))

    def page(self) -> QWidget:
        """Return the page with the text above, the cards and the buttons below it."""
        page = QWidget(objectName="page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, stretch in ((self.view, 3), (self.cards, 2)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setSizes([310, 216])
        column.addWidget(split, 1)
        column.addWidget(self.foot)
        return page

    def set_session(self, session: Session | None) -> None:
        """Show what another project has. To be called before whoever says what to show listens to the session."""
        self._ahead.stop()
        self._session = session
        self.found = self._next = None
        self._sights = Sights(session) if session is not None else None

    @property
    def article(self) -> Article | None:
        """The article of what is at hand."""
        return self._sights.article(self.found.article) if self.found is not None and self._sights is not None else None

    def show(self, found: Disagreement, following: Disagreement | None) -> bool:
        """Show a disagreement, and make the following one ready a moment later; whether that worked."""
        session, sights = self._session, self._sights
        if session is None or sights is None:
            return False
        project = session.project
        try:
            article = sights.article(found.article)
            gold = sights.gold(found.article)
            sight = sights.of(found, self._look())
            thread = self._thread(found)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return False
        book = project.codebook
        self.found, self._next = found, following
        self.view.show_passage(
            article,
            [*sight.lanes, *gold_lane(gold)],
            book,
            sight.spots,
            f"{title(found, book)}. {explained(found)}",
        )
        self.cards.show_faces(sight.faces)
        people = {each.id: each.name for each in project.everybody()}
        question = asked(thread, people, hidden=self._is_hidden.isChecked()) if thread is not None else ""
        self.foot.show_found(found, book, article.text, question)
        self._ahead.start()
        return True

    def show_beside(self) -> None:
        """Show what the codebook says of what is at hand: it can wait until text and versions have been painted."""
        if self._session is None or self.found is None:
            return
        self.grounds.show_found(self.found, self._session.project.codebook, self._means.looks.theme)
        if self._led != len(self.cards.shown):  # other cards, another way for Tab
            self._led = len(self.cards.shown)
            lead_through(self.view, self.cards.widget(), next(iter(in_reading_order(self.foot)), None))

    def ask(self) -> None:
        """Let the person write a question to the annotators."""
        self.foot.cover()
        self.ask_bar.open()

    def flash(self, made: Decision) -> None:
        """Show for a moment what came of a decision, where its article is on the screen."""
        if self._sights is not None and made.article == self.view.article.id:
            gold = [each for each in self._sights.gold(made.article) if each.id in made.gold]
            self.view.flash(piece for each in gold for piece in each.span.fragments)

    def _prepare(self) -> None:
        session, found, sights = self._session, self._next, self._sights
        if session is None or found is None or sights is None:
            return
        self.cards.make(len(found.versions))
        try:
            if self.found is not None:
                session.project.expect(self.found.article)
            self.view.prepare(sights.article(found.article))
            sights.prepare(found, self._look())
        except AnnotatorError:
            return  # it is said when that one is to be shown
        self.grounds.prepare(found, session.project.codebook, self._means.looks.theme)

    def _look(self) -> Look:
        return Look(self._is_hidden.isChecked(), self._is_whole.isChecked(), self._means.looks.theme)

    def _thread(self, found: Disagreement) -> Thread | None:
        """Return the question to the annotators that waits for an answer, or has one."""
        made = found.decision
        if self._session is None or made is None or not made.thread or found.status is not Status.ASKED:
            return None
        try:
            return self._session.project.thread(made.thread)
        except NotFoundError:  # somebody has taken it away
            return None

    def _point(self, number: int) -> None:
        if self.found is not None:
            versions = self.found.versions
            version = versions[number - 1] if 0 < number <= len(versions) else None
            self.view.choose(mark.annotation for mark in version.marks) if version else self.view.choose(())
