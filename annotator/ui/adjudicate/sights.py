"""What is to be shown of disagreements, read off the project: of the next one before anybody looks at it."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.model.adjudication import Disagreement
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.changes import Changes
from annotator.ui.adjudicate.showing import Sight, faces, lanes, spots
from annotator.ui.adjudicate.wording import filled, told_by
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session

KEPT = 2
"""So many articles are kept: that of the one at hand, and that of the next."""
_FEW = 50
"""Where a step touched more labels than this, all gold of the article is read anew."""


class Look(NamedTuple):
    """What it depends on how a disagreement is shown: whether names are hidden, frames told as a whole, and the colours."""

    hidden: bool
    whole: bool
    theme: Theme


class Sights:
    """Reads what is shown of disagreements of one project, and keeps of it what the next ones need, too.

    Whatever asks the project may raise an `AnnotatorError`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._articles: dict[str, Article] = {}
        self._gold: tuple[str, dict[str, Annotation]] = ("", {})
        self._touched: frozenset[str] = frozenset()
        self._ready: tuple[tuple[object, ...], Sight] | None = None
        session.changed.connect(self._on_changes)

    def article(self, article: str) -> Article:
        """Return an article: the very same one as long as it is asked for again and again."""
        found = self._articles.pop(article, None) or self._session.project.article(article)
        while len(self._articles) >= KEPT:
            del self._articles[next(iter(self._articles))]
        self._articles[article] = found  # the last one to be let go
        return found

    def gold(self, article: str) -> Sequence[Annotation]:
        """Return what is gold in an article. After a step only the labels that it touched are read again."""
        project = self._session.project
        layer = project.gold()
        if layer is None:
            return ()
        if self._gold[0] != article:
            self._gold = (article, {each.id: each for each in project.annotations(article, layer.id)})
        elif self._touched:
            now = project.annotations_by_id(self._touched).values()
            known = {key: each for key, each in self._gold[1].items() if key not in self._touched}
            known.update({each.id: each for each in now if (each.article, each.annotator) == (article, layer.id)})
            self._gold = (article, known)
        self._touched = frozenset()
        return tuple(self._gold[1].values())

    def of(self, found: Disagreement, look: Look) -> Sight:
        """Return what is shown of a disagreement: as it was made ready, or made now."""
        key = self._key(found, look)
        if self._ready is not None and all(a is b for a, b in zip(self._ready[0], key, strict=True)):
            return self._ready[1]
        return self._made(found, look)

    def prepare(self, found: Disagreement, look: Look) -> None:
        """Make ready what will be shown of a disagreement."""
        self._session.project.expect(found.article)
        if not found.part and not found.is_frame:  # what links lead to can change without it
            self._ready = (self._key(found, look), self._made(found, look))

    def _key(self, found: Disagreement, look: Look) -> tuple[object, ...]:
        """Return all that has to be the very same for what was made ready to hold."""
        project = self._session.project
        return (found, self.article(found.article), project.codebook, project.everybody(), *look)

    def _made(self, found: Disagreement, look: Look) -> Sight:
        project = self._session.project
        article = self.article(found.article)
        linked = [each for version in found.versions for each in version.targets if each]
        others = project.annotations_by_id(linked) if linked else {}
        people = {each.id: each.name for each in project.everybody()}
        told, parts = told_by(others, article), self._parts(found, article, whole=look.whole)
        return Sight(
            lanes(found, people, others, hidden=look.hidden),
            spots(found, others),
            faces(found, article, project.codebook, look.theme, people, told, parts, hidden=look.hidden),
        )

    def _parts(self, found: Disagreement, article: Article, *, whole: bool) -> list[str]:
        """Return what is taken with each version, in words: what fills the roles of a frame that is decided as a whole."""
        project = self._session.project
        if not found.is_frame or not whole:
            return [""] * len(found.versions)
        links = [each for each in project.links(article.id) if each.target]
        ends = project.annotations_by_id(each.target for each in links if each.target)
        cues = [{mark.annotation for mark in version.marks} for version in found.versions]
        book = project.codebook
        return [filled([each for each in links if each.origin_id in some], ends, book, article) for some in cues]

    def _on_changes(self, changes: Changes) -> None:
        if len(changes.annotations) > _FEW or changes.nouns & {"article", "text", "annotator"}:
            self._gold = ("", {})
        self._touched |= changes.annotations
        if changes.nouns & {"article", "text", "blocks"}:
            self._articles = {}
