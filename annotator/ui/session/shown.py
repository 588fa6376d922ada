"""What the window shows of its project: the articles, the one on the page, its labels; kept up with what is stored."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from annotator.model.annotation import Annotation
from annotator.model.annotator import Annotator
from annotator.model.article import Article, ArticleHead
from annotator.model.changes import Changes, Step, StepKind
from annotator.model.errors import AnnotatorError
from annotator.model.span import Span
from annotator.project import Project

_MANY = 500
"""Where a step touched more labels or articles than this, the page or the list is read anew as a whole."""


class Shown(QObject):
    """What is looked at in one open project; it writes nothing.

    Nothing is shown before it is stored: the notices come after the commit.
    """

    changed = Signal(object)
    """A step was committed: `Changes`."""
    article_switched = Signal()
    """Another article is on the page (or none)."""
    article_refreshed = Signal()
    """The article on the page has other blocks, metadata or another title; its text is the same."""
    annotator_switched = Signal()
    annotations_changed = Signal(object)
    """Ids (frozenset) of annotations of the article on the page that were made, changed or taken away."""
    selected_changed = Signal()
    armed_changed = Signal()
    articles_changed = Signal(object)
    """Ids (frozenset) of articles whose entry in the list changed; empty: the list itself changed."""
    reveal_wanted = Signal(int, int)
    """A place on the page should be seen: start and end in code points."""
    caret_wanted = Signal(int)
    """The caret should stand at a code point of the page."""
    words_wanted = Signal(object)
    """Some words of the page should be selected: their `Span`."""
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, project: Project, annotator: Annotator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.annotator = annotator
        self.article: Article | None = None
        self.annotations: dict[str, Annotation] = {}
        self.heads: list[ArticleHead] = []
        self._places: dict[str, int] = {}
        self._order: list[str] = []
        self.selected = ""
        self.armed = ""
        self._counts: dict[str, int] | None = None
        self._opened_here = False
        self._arrived: list[str] = []
        """The articles that the last step added or brought back, in the order of the project."""
        project.notify = self._on_changes
        self._load_heads()

    # Looking

    def go_to(self, article: str, start: int | None = None, end: int | None = None) -> bool:
        """Show an article, and a place in it (code points); whether that worked."""
        if self.article is None or self.article.id != article:
            try:
                found = self.project.article(article)
                annotations = self.project.annotations(article, self.annotator.id)
            except AnnotatorError as error:
                self.failed.emit(str(error))
                return False
            self.article = found
            self.annotations = {annotation.id: annotation for annotation in annotations}
            self.selected = ""
            self.article_switched.emit()
            self.selected_changed.emit()
        if start is not None:
            self.reveal_wanted.emit(start, end if end is not None else start)
        return True

    def point_at(self, article: str, span: Span | None) -> bool:
        """Show an article with some words selected, or as a whole; whether that worked."""
        if span is None:
            return self.go_to(article)
        if not self.go_to(article, span.start, span.end):
            return False
        self.words_wanted.emit(span)
        return True

    def next_article(self) -> bool:
        """Show the next article of the list; whether there is one."""
        return self._go_by(1)

    def ahead(self) -> tuple[Article, list[Annotation]] | None:
        """Return the article after the one on the page with its labels, as they are now; None where there is none."""
        order = self._ordered()
        place = order.index(self.article.id) + 1 if self.article and self.article.id in self._places else len(order)
        try:
            following = order[place] if place < len(order) else ""
            return (
                (self.project.article(following), self.project.annotations(following, self.annotator.id))
                if following
                else None
            )
        except AnnotatorError:
            return None  # who goes there is told

    def previous_article(self) -> bool:
        """Show the previous article of the list; whether there is one."""
        return self._go_by(-1)

    def _go_by(self, by: int) -> bool:
        order = self._ordered()
        place = (order.index(self.article.id) if self.article else -1) + by
        if not 0 <= place < len(order):
            self.said.emit("This is the last article" if by > 0 else "This is the first article")
            return False
        return self.go_to(order[place])

    def set_order(self, ids: Iterable[str]) -> None:
        """Go from article to article in this order: that of the list, which a person may sort."""
        self._order = list(ids)

    def _ordered(self) -> list[str]:
        """Return the ids of all articles in the order of the list."""
        if len(self._order) != len(self.heads) or (self._order[:1] and self._order[0] not in self._places):
            return [head.id for head in self.heads]
        return self._order

    def _neighbours(self) -> list[str]:
        """Return the articles after the one on the page, then those before it, the nearest first."""
        order = self._ordered()
        if self.article is None or self.article.id not in order:
            return []
        place = order.index(self.article.id)
        return [*order[place + 1 :], *reversed(order[:place])]

    def _open_one_of(self, ids: Iterable[str]) -> None:
        """Show the first of these articles that is there still; none, where none is."""
        there = next((each for each in ids if each in self._places), "")
        if there:
            self.go_to(there)

    def _place(self) -> int:
        return self._places.get(self.article.id, -1) if self.article else -1

    @property
    def counts(self) -> dict[str, int]:
        """How many annotations of each label the annotator has made, by the label's id; read when somebody asks."""
        if self._counts is None:
            self._counts = self.project.counts(self.annotator.id)
        return self._counts

    def heads_of(self, articles: Iterable[str]) -> list[ArticleHead]:
        """Return the list's entries of some articles, as far as they are in the list."""
        return [self.heads[self._places[each]] for each in articles if each in self._places]

    def head(self) -> ArticleHead | None:
        """Return the list's entry of the article on the page."""
        place = self._place()
        return self.heads[place] if place >= 0 else None

    def switch_annotator(self, annotator: str) -> None:
        """Label as somebody else (a name or an id)."""
        was_blind = self.is_blind
        try:
            self.annotator = self.project.annotator(annotator)
        except AnnotatorError as error:
            self.failed.emit(str(error))
            return
        self._load_heads()
        self._reload_page()
        self.annotator_switched.emit()
        self.articles_changed.emit(frozenset())
        if self.is_blind != was_blind:
            self._tell_sight()
        self.said.emit(f"Labelling as {self.annotator.name}")

    def select(self, annotation: str) -> None:
        """Select a mark of the page; an empty id selects none."""
        annotation = annotation if annotation in self.annotations else ""
        if annotation != self.selected:
            self.selected = annotation
            self.selected_changed.emit()

    def arm(self, label: str) -> None:
        """Arm a label, so that a drag alone labels; an empty id disarms."""
        if label != self.armed:
            self.armed = label
            self.armed_changed.emit()

    # What may be seen

    @property
    def seen(self) -> frozenset[str]:
        """The ids of the annotators whose labels, notes and steps may be seen: the own one, until all are opened."""
        if self.is_blind:
            return self.project.visible_to(self.annotator.id)
        return frozenset(each.id for each in self.project.everybody())

    @property
    def is_blind(self) -> bool:
        """Whether others' labels are hidden: until they are opened, and always from a second reading."""
        return self.annotator.reads_again or (self.project.is_blind and not self._opened_here)

    @property
    def hides_others(self) -> bool:
        """Whether there are others, and their labels are hidden."""
        return len(self.project.annotators()) > 1 and self.is_blind

    @property
    def stays_blind(self) -> str:
        """Why others' labels cannot be shown to who is at the keyboard; empty where they can."""
        if not self.annotator.reads_again:
            return ""
        return f"“{self.annotator.name}” reads a second time, blind. Label as somebody else to see others' labels."

    def _tell_sight(self) -> None:
        """Give the notice that others' labels are shown now, or hidden, though nothing was written."""
        words = "Others' labels are hidden" if self.is_blind else "Others' labels are shown"
        self.changed.emit(Changes(Step(0, words, StepKind.DO, ""), frozenset({"setting"})))

    # Keeping up

    def _on_changes(self, changes: Changes) -> None:
        """Re-read just what a step touched, then tell everybody."""
        self._arrived = []
        if "annotator" in changes.nouns:
            self._keep_annotator()
        is_read = False
        if "text" in changes.nouns or ("article" in changes.nouns and not changes.articles <= self._places.keys()):
            known, beside = self._places, self._neighbours()
            self._load_heads()
            self._arrived = [head.id for head in self.heads if head.id not in known]
            is_read = self._keep_article(changes)
            self.articles_changed.emit(frozenset())
            if self.article is None:
                self._open_one_of(beside)
        elif changes.nouns & {"annotation", "state", "article"}:
            self._refresh_heads(changes.articles)
            self.articles_changed.emit(changes.articles)
        if not is_read:
            self._refresh_page(changes)
        if changes.annotations and (self.article is None or changes.articles != {self.article.id}):
            self._counts = None
        self.changed.emit(changes)

    def _refresh_page(self, changes: Changes) -> None:
        """Read anew what a step touched of the article on the page."""
        if "codebook" in changes.nouns:
            self._reload_page()
        elif self.article is not None and self.article.id in changes.articles:
            if changes.nouns & {"blocks", "article"}:
                self._refresh_article(self.article)
            if changes.annotations:
                self._refresh_annotations(changes.annotations)

    def _refresh_annotations(self, ids: frozenset[str]) -> None:
        page = self.article.id if self.article else ""
        who = self.annotator.id
        if len(ids) > _MANY:
            found = self.project.annotations(page, who) if page else []
        else:
            found = [each for each in self.project.annotations_by_id(ids).values() if each.annotator == who]
        here = {each.id: each for each in found if each.article == page and each.id in ids}
        touched = frozenset(each for each in ids if each in here or each in self.annotations)
        for each in touched:
            self._count(self.annotations.get(each), -1)
            self._count(here.get(each), 1)
            if each in here:
                self.annotations[each] = here[each]
            else:
                self.annotations.pop(each, None)
        if touched:
            self.annotations_changed.emit(touched)
        if self.selected and self.selected not in self.annotations:
            self.select("")

    def _count(self, annotation: Annotation | None, by: int) -> None:
        if annotation is not None and self._counts is not None:
            self._counts[annotation.label] = self._counts.get(annotation.label, 0) + by

    def _load_heads(self) -> None:
        self.heads = self.project.articles(self.annotator.id)
        self._places = {head.id: place for place, head in enumerate(self.heads)}
        self._counts = None

    def _refresh_heads(self, ids: frozenset[str]) -> None:
        if len(ids) > _MANY:
            self._load_heads()
            return
        for article in ids & self._places.keys():
            self.heads[self._places[article]] = self.project.head(article, self.annotator.id)

    def _keep_annotator(self) -> None:
        """After an undo the annotator may be gone, or have another name."""
        everybody = self.project.annotators()
        kept = next((each for each in everybody if each.id == self.annotator.id), None)
        if kept is None and everybody:
            self.switch_annotator(everybody[0].id)
        elif kept is not None and kept != self.annotator:
            was_blind, self.annotator = self.is_blind, kept
            self.annotator_switched.emit()
            if self.is_blind != was_blind:  # a merge has told whose second reading this is
                self._tell_sight()

    def _keep_article(self, changes: Changes) -> bool:
        """Keep the article on the page if it is there and its text was not touched; whether all of it was read anew."""
        if self.article is None:
            return True
        if self.article.id in self._places:
            if self.article.id not in changes.articles or "text" not in changes.nouns:
                return False
            self._reload_page()
            return True
        self.article, self.annotations, self.selected = None, {}, ""
        self.article_switched.emit()
        self.selected_changed.emit()
        return True

    def _refresh_article(self, old: Article) -> None:
        """Take over other blocks and metadata; the place where the person reads stays."""
        found = self.project.article(old.id)
        if found.text != old.text:
            self._reload_page()
        elif found != old:
            self.article = found
            self.article_refreshed.emit()

    def _reload_page(self) -> None:
        if self.article is not None:
            page, self.article = self.article.id, None
            self.go_to(page)
