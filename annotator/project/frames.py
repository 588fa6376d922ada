"""Frames and relations: joining, leaving, finding what a relation can point at, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Relation
from annotator.model.errors import NotFoundError, RuleError
from annotator.model.frames import Frame, frames, role_for
from annotator.model.review import Remark, review
from annotator.model.span import Span
from annotator.project.linking import Linking
from annotator.store import annotations, articles, links
from annotator.store.database import explained
from annotator.text.fold import fold

_AT_ONCE = 200
"""Candidates read together: a list shows its first ones before the last are looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An annotation that a relation could point at, with the words it covers and its article's title."""

    annotation: Annotation
    covered: str
    title: str


class Frames(Linking):
    """The verbs of frames and relations."""

    def frames(self, article: str, annotator: str) -> dict[str, Frame]:
        """Return the frames of one annotator in an article, by the id of their cue, in reading order."""
        found = {each.id: each for each in self.annotations(article, annotator)}
        return frames(self.codebook, found, self.links(article))

    def annotate_into(
        self,
        frame: str,
        label: str,
        span: Span | Iterable[tuple[int, int]],
        *,
        attributes: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    ) -> tuple[Annotation, Link]:
        """Put a label on a span and join it to a frame, as one step.

        When the annotator has this label on this span already, that annotation joins as it is.

        Raises:
            RuleError: the codebook has no role for this label in the frame, or it has joined already.
            SpanError: nothing but blanks, or outside the text.
        """
        cue = self.annotation(frame)
        role = role_for(self.codebook, cue.label, label)
        name = self.codebook.label(label).name.lower()
        if role is None:
            raise RuleError(
                f"The codebook has no role for a {name} in a {self.codebook.label(cue.label).name.lower()}."
            )
        draft = self._draft(cue.article, label, span, cue.annotator, attributes)
        twin = next((each for each in self._twins(draft) if each.span == draft.span), None)
        if twin is None:
            self._check_new(draft)
        part = twin or draft
        link = self._draft_link(role.id, cue, part, cue.annotator)
        title = f"{'Join' if twin else 'Label'} {name} as {role.name} in {self._named(cue.article)}"
        with self.step(title, annotator=cue.annotator, article=cue.article) as step:
            if twin is None:
                self._write_new(step, draft)
            step.writing.put("link", link.id, links.image(link), is_new=True)
        return part, link

    def join(self, frame: str, part: str) -> Link:
        """Make an existing annotation a part of a frame, in the role that its label can fill.

        Raises:
            RuleError: the codebook has no role for it in the frame, or it has joined already.
        """
        cue, joining = self.annotation(frame), self.annotation(part)
        role = role_for(self.codebook, cue.label, joining.label)
        if role is None:
            name = self.codebook.label(joining.label).name.lower()
            raise RuleError(f"The codebook has no role for a {name} in this frame.")
        return self.link(role.id, frame, part)

    def leave(self, frame: str, part: str) -> None:
        """Take an annotation out of a frame; it stays as a label.

        Raises:
            NotFoundError: it is not in the frame.
        """
        roles = {role.id for role in self.codebook.roles}
        with explained(self.path):
            found = [
                link
                for link in links.touching(self._db, [part])
                if link.kind in roles and (link.origin_id, link.target) == (frame, part)
            ]
        if not found:
            raise NotFoundError("That label is not a part of the frame.")
        cue = self.annotation(frame)
        title = f"Take out of frame in {self._named(cue.article)}"
        with self.step(title, annotator=cue.annotator, article=cue.article) as step:
            for link in found:
                step.writing.put("link", link.id, None)

    def candidates(self, relation: str, source: str, words: str = "", article: str = "") -> Iterator[Candidate]:
        """Yield everything that a relation could point at from `source`, in the order of articles and of reading.

        `words` must all stand in the covered text or the article's title (case, accents and quote styles do not
        matter). Labels of the same annotator only, and of other articles only where the relation reaches there; with
        `article`, only those in that one, so that a search through a large project can be done bit by bit.
        """
        kind = self._relation(relation)
        start = self.annotation(source)
        wanted = fold(words).text.split()
        with explained(self.path):
            rows = list(annotations.covered(self._db, start.annotator, kind.targets, article))
        fitting = (row for row in rows if row[0] != source and _has(wanted, row[1], row[2]))
        while some := list(islice(fitting, _AT_ONCE)):
            found = self.annotations_by_id(key for key, _, _ in some)
            for key, covered, title in some:
                if key in found and (kind.across or found[key].article == start.article):
                    yield Candidate(found[key], covered, title)

    def described(self, ids: Iterable[str]) -> dict[str, Candidate]:
        """Return those of the annotations asked for that exist, with their words and their articles' titles."""
        found: dict[str, Candidate] = {}
        for each in self.annotations_by_id(ids).values():
            covered = " … ".join(each.span.covered(self._text(each.article)))
            with explained(self.path):
                found[each.id] = Candidate(each, covered, articles.title(self._db, each.article))
        return found

    def remarks(self, article: str, annotator: str) -> list[Remark]:
        """Return what the codebook finds missing or odd in an annotator's labels of an article."""
        found = self._article(article)
        inside = self.annotations(article, annotator)
        return review(self.codebook, found.text, inside, self.links(article), found.blocks)

    def _relation(self, relation: str) -> Relation:
        kind = self.codebook.link_kind(relation)
        if not isinstance(kind, Relation):
            raise RuleError(f"The codebook has no relation “{relation}”.")
        return kind


def _has(wanted: list[str], covered: str, title: str) -> bool:
    if not wanted:
        return True
    folded = fold(f"{covered} {title}").text
    return all(word in folded for word in wanted)
