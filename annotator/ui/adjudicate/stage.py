"""What is at hand, on the screen: in the text, on cards, in words, and with the codebook's clauses."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.model.adjudication import Decision, Disagreement, Status
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError, NotFoundError
from annotator.model.thread import Thread
from annotator.ui.adjudicate.asking import AskBar
from annotator.ui.adjudicate.cards import Cards
from annotator.ui.adjudicate.foot import Foot
from annotator.ui.adjudicate.grounds import Grounds
from annotator.ui.adjudicate.showing import faces, lanes, spots
from annotator.ui.adjudicate.wording import asked, explained, filled, title, told_by
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
        self._articles: dict[str, Article] = {}
        self._gold: dict[str, tuple[Annotation, ...]] = {}
        self._next: Disagreement | None = None
        self._led = 0
        self._is_whole = actions["adjudicate.whole"]
        self._ahead = Later(self, self._prepare, _SOON)
        self.found: Disagreement | None = None
        self.view = PassageView()
        self.cards = Cards()
        self.cards.setMinimumHeight(96)
        self.cards.pointed.connect(self._point)
        self.ask_bar = AskBar()
        self.foot = Foot(actions)
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
        split.setSizes([330, 196])
        column.addWidget(split, 1)
        column.addWidget(self.ask_bar)
        column.addWidget(self.foot)
        return page

    def set_session(self, session: Session | None) -> None:
        """Show what another project has. To be called before whoever says what to show listens to the session."""
        self._ahead.stop()
        self._session = session
        self.found = self._next = None
        self._articles, self._gold = {}, {}
        if session is not None:
            session.changed.connect(self._on_changes)

    @property
    def article(self) -> Article | None:
        """The article of what is at hand."""
        return self._articles.get(self.found.article) if self.found is not None else None

    def show(self, found: Disagreement, following: Disagreement | None, *, hidden: bool) -> bool:
        """Show a disagreement, and make the following one ready a moment later; whether that worked."""
        session = self._session
        if session is None:
            return False
        project, theme = session.project, self._means.looks.theme
        try:
            article = self._article(found.article)
            own = self._gold_in(found.article)
            linked = [each for version in found.versions for each in version.targets if each]
            others = project.annotations_by_id(linked) if linked else {}
            parts = self._parts(found, article)
            thread = self._thread(found)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return False
        book = project.codebook
        self.found, self._next = found, following
        people = {each.id: each.name for each in project.everybody()}
        self.view.show_passage(
            article,
            lanes(found, own, people, others, hidden=hidden),
            book,
            spots(found, others),
            f"{title(found, book)}. {explained(found)}",
        )
        told = told_by(others, article)
        self.cards.show_faces(faces(found, article, book, theme, people, told, parts, hidden=hidden))
        question = asked(thread, people, hidden=hidden) if thread is not None else ""
        self.foot.show_found(found, book, article.text, question)
        if self._led != len(self.cards.shown):  # other cards, another way for Tab
            self._led = len(self.cards.shown)
            lead_through(self.view, self.cards.widget(), next(iter(in_reading_order(self.foot)), None))
        self.grounds.show_found(found, book, theme)
        self._ahead.start()
        return True

    def flash(self, made: Decision) -> None:
        """Show for a moment what came of a decision, where its article is on the screen."""
        if self._session is not None and made.article == self.view.article.id:
            gold = self._session.project.annotations_by_id(made.gold).values()
            self.view.flash(piece for each in gold for piece in each.span.fragments)

    def _prepare(self) -> None:
        session, found = self._session, self._next
        if session is None or found is None:
            return
        try:
            self.view.prepare(self._article(found.article))
        except AnnotatorError:
            return  # it is said when that one is to be shown
        self.grounds.prepare(found, session.project.codebook, self._means.looks.theme)

    def _parts(self, found: Disagreement, article: Article) -> list[str]:
        """Return what is taken with each version, in words: what fills the roles of a frame that is decided as a whole."""
        session = self._session
        if session is None or not found.is_frame or not self._is_whole.isChecked():
            return [""] * len(found.versions)
        links = [each for each in session.project.links(article.id) if each.target]
        ends = session.project.annotations_by_id(each.target for each in links if each.target)
        cues = [{mark.annotation for mark in version.marks} for version in found.versions]
        book = session.project.codebook
        return [filled([each for each in links if each.origin_id in some], ends, book, article) for some in cues]

    def _thread(self, found: Disagreement) -> Thread | None:
        """Return the question to the annotators that waits for an answer, or has one."""
        made = found.decision
        if self._session is None or made is None or not made.thread or found.status is not Status.ASKED:
            return None
        try:
            return self._session.project.thread(made.thread)
        except NotFoundError:  # somebody has taken it away
            return None

    def _article(self, article: str) -> Article:
        session = self._session
        if article not in self._articles and session is not None:
            kept = [each for each in (self.found, self._next) if each is not None]
            self._articles = {
                each.article: self._articles[each.article] for each in kept if each.article in self._articles
            }
            self._articles[article] = session.project.article(article)
        return self._articles[article]

    def _gold_in(self, article: str) -> tuple[Annotation, ...]:
        session = self._session
        if article not in self._gold and session is not None:
            gold = session.project.gold()
            self._gold = {article: tuple(session.project.annotations(article, gold.id)) if gold else ()}
        return self._gold[article]

    def _on_changes(self, changes: Changes) -> None:
        self._gold = {}
        if changes.nouns & {"article", "text", "blocks"}:
            self._articles = {}

    def _point(self, number: int) -> None:
        if self.found is not None:
            versions = self.found.versions
            version = versions[number - 1] if 0 < number <= len(versions) else None
            self.view.choose(mark.annotation for mark in version.marks) if version else self.view.choose(())
