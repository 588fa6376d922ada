"""Labelling: annotate, relabel, reshape, delete, and the state of an article."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator.model import rules
from annotator.model.annotation import Annotation
from annotator.model.article import State
from annotator.model.codebook import Codebook
from annotator.model.counting import counted
from annotator.model.errors import DamagedProjectError, NotFoundError, RuleError
from annotator.model.ids import new_id
from annotator.model.span import Span, as_span
from annotator.project.base import Base
from annotator.store import annotations, articles, links, people, tally
from annotator.store.clock import now
from annotator.store.database import explained
from annotator.store.history import Recorder

_SHORT = 40


def shortened(title: str) -> str:
    """Return a title that fits into a line of the menu."""
    return title if len(title) <= _SHORT else title[: _SHORT - 1].rstrip() + "…"


class Labelling(Base):
    """The verbs of labelling."""

    def annotations(self, article: str = "", annotator: str = "") -> list[Annotation]:
        """Return annotations in reading order, of one article or all, by one annotator or everybody.

        `article` is an id (`find_article` finds it by the title); of one that is not in the project there are none.

        Raises:
            NotFoundError: there is no such annotator.
            DamagedProjectError: an annotation covers other words than those it was made on.
        """
        who = self.annotator(annotator).id if annotator else ""
        with explained(self.path):
            wanted = [article] if article else articles.ids(self._db)
            found = [(each, annotations.of_article(self._db, each, who)) for each in wanted]
        return [annotation for each, pairs in found for annotation in self._checked(each, pairs)]

    def _checked(self, article: str, pairs: list[tuple[Annotation, tuple[str, ...]]]) -> list[Annotation]:
        if not pairs:
            return []
        text = self._text(article)
        for annotation, covered in pairs:
            if annotation.span.covered(text) != covered:
                raise DamagedProjectError(
                    self.path, f"annotation {annotation.id} covers other words than those it was made on"
                )
        return [annotation for annotation, _ in pairs]

    def annotations_by_id(self, ids: Iterable[str]) -> dict[str, Annotation]:
        """Return those of the annotations asked for that exist."""
        with explained(self.path):
            return annotations.by_ids(self._db, ids)

    def annotation(self, annotation: str) -> Annotation:
        """Return the annotation with that id.

        Raises:
            NotFoundError: there is none.
        """
        found = self.annotations_by_id([annotation]).get(annotation)
        if found is None:
            raise NotFoundError("That label is not in the project (any more).")
        return found

    def counts(self, annotator: str) -> dict[str, int]:
        """Return how many annotations of each label an annotator has made in the project."""
        who = self.annotator(annotator).id
        with explained(self.path):
            return tally.of_labels(self._db, who)

    def annotate(
        self,
        article: str,
        label: str,
        span: Span | Iterable[tuple[int, int]],
        *,
        annotator: str,
        attributes: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        note: str = "",
    ) -> Annotation:
        """Put a label on a span (code points, half-open); blanks at the edges of its fragments are left out.

        `attributes` are pairs of attribute id and value id or text, or a mapping where each has one value. The article becomes "in progress" for the annotator if it was new, in the same step.

        Raises:
            SpanError: nothing but blanks, or outside the text.
            RuleError: the codebook does not allow it, or this label is there already.
            CodebookError, NotFoundError: there is no such label, article or annotator.
        """
        new = self._draft(article, label, span, annotator, attributes, note)
        self._check_new(new)
        title = f"Label {self.codebook.label(label).name.lower()} in {self._named(article)}"
        with self.step(title, annotator=new.annotator, article=article) as step:
            self._write_new(step, new)
        return new

    def _draft(  # noqa: PLR0917 - what `annotate` takes, in its order
        self,
        article: str,
        label: str,
        span: Span | Iterable[tuple[int, int]],
        annotator: str,
        attributes: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        note: str = "",
    ) -> Annotation:
        """Return an annotation that the codebook allows, not yet written."""
        text = self._text(article)
        book = self.codebook
        time = now()
        new = Annotation(
            id=new_id(),
            article=article,
            annotator=self.annotator(annotator).id,
            label=label,
            span=as_span(span).trimmed(text),
            attributes=_pairs(attributes),
            note=note,
            codebook=book.revision,
            made_at=time,
            changed_at=time,
        )
        rules.check_annotation(book, new, len(text))
        return new

    def _write_new(self, step: Recorder, new: Annotation) -> None:
        """Write a new annotation, and that its article is in progress."""
        step.writing.put("annotation", new.id, annotations.image(new, self._text(new.article)), is_new=True)
        self._begin(step, new.article, new.annotator)

    def relabel(self, annotation: str, label: str) -> Annotation:
        """Give an annotation another label; attributes that the new label does not have are left out.

        Raises:
            RuleError: this label is there already, or links of the annotation do not allow it.
        """
        old = self.annotation(annotation)
        book = self.codebook
        kept = {attribute.id for attribute in book.attributes_of(label)}
        new = replace(old, label=label, attributes=tuple(pair for pair in old.attributes if pair[0] in kept))
        self._check_links(book, new)
        names = f"{book.label(old.label).name.lower()} to {book.label(label).name.lower()}"
        return self._change(old, new, f"Change {names}")

    def reshape(self, annotation: str, span: Span | Iterable[tuple[int, int]]) -> Annotation:
        """Move an annotation's edges: `span` (code points, half-open) takes the place of the old one.

        Raises:
            SpanError: nothing but blanks, or outside the text.
            RuleError: the same label is on that span already.
        """
        old = self.annotation(annotation)
        wanted = as_span(span).trimmed(self._text(old.article))
        return self._change(
            old, replace(old, span=wanted), f"Move edge of {self.codebook.label(old.label).name.lower()}"
        )

    def set_note(self, annotation: str, note: str) -> Annotation:
        """Write an annotation's note."""
        old = self.annotation(annotation)
        return self._change(old, replace(old, note=note), f"Note on {self.codebook.label(old.label).name.lower()}")

    def set_attributes(self, annotation: str, attributes: Mapping[str, str] | Iterable[tuple[str, str]]) -> Annotation:
        """Make `attributes`, pairs of attribute id and value id or text (or a mapping), all that the annotation has.

        Raises:
            RuleError: the codebook has no such attribute or value for this label.
        """
        old = self.annotation(annotation)
        new = replace(old, attributes=_pairs(attributes))
        return self._change(old, new, f"Set attributes of {self.codebook.label(old.label).name.lower()}")

    def _change(self, old: Annotation, new: Annotation, title: str) -> Annotation:
        if new == old:
            return old
        text = self._text(old.article)
        book = self.codebook
        new = replace(new, revision=old.revision + 1, codebook=book.revision, changed_at=now())
        rules.check_annotation(book, new, len(text))
        if new.label != old.label:
            self._check_new(new)
        elif new.span != old.span:  # a label that was retired since can still be set right
            self._check_unique(new)
        where = f" in {self._named(old.article)}"
        with self.step(title + where, annotator=old.annotator, article=old.article) as step:
            step.writing.put("annotation", new.id, annotations.image(new, text))
        return new

    def _check_links(self, book: Codebook, changed: Annotation) -> None:
        """Refuse a change of label that a link of the annotation does not allow."""
        with explained(self.path):
            touching = links.touching(self._db, [changed.id])
        ends = self.annotations_by_id(end for link in touching for end in (link.origin_id, link.target) if end)
        ends[changed.id] = changed
        for link in touching:
            rules.check_link(book, link, ends[link.origin_id], ends[link.target] if link.target else None)

    def _check_new(self, annotation: Annotation) -> None:
        rules.check_new(self.codebook, annotation, self._twins(annotation))

    def _check_unique(self, annotation: Annotation) -> None:
        rules.check_unique(self.codebook, annotation, self._twins(annotation))

    def _twins(self, annotation: Annotation) -> list[Annotation]:
        """Return the annotations of the same annotator and label that begin at the same place."""
        with explained(self.path):
            return annotations.beginning_at(
                self._db, annotation.article, annotation.annotator, annotation.label, annotation.span.start
            )

    def delete(self, ids: Iterable[str]) -> int:
        """Take annotations away, and the links that leave or reach them; return how many annotations.

        They can be brought back with `undo` or `restore`.
        """
        found = self.annotations_by_id(ids)
        if not found:
            return 0
        with explained(self.path):
            gone = links.touching(self._db, found)
        first = next(iter(found.values()))
        one = len(found) == 1
        what = self.codebook.label(first.label).name.lower() if one else f"{len(found)} labels"
        if gone:
            what += f" and {counted(len(gone), 'link')}"
        same = {each.article for each in found.values()} == {first.article}
        title = f"Delete {what} in {self._named(first.article)}" if same else f"Delete {what}"
        with self.step(title, annotator=first.annotator, article=first.article if same else "") as step:
            for link in gone:
                step.writing.put("link", link.id, None)
            for annotation in found:
                step.writing.put("annotation", annotation, None)
        return len(found)

    def state(self, article: str, annotator: str) -> State:
        """Return how far an annotator is with an article."""
        key = f"{article}:{self.annotator(annotator).id}"
        with explained(self.path):
            row = people.StateNoun().read(self._db, key)
        return State(row["state"]) if row else State.NEW

    def set_state(self, article: str, annotator: str, state: State) -> None:
        """Record how far an annotator is with an article.

        Raises:
            RuleError: there is no such state.
            NotFoundError: there is no such article or annotator.
        """
        try:
            state = State(state)
        except ValueError as error:
            raise RuleError(f"There is no state “{state}”. There are: {', '.join(State)}.") from error
        who = self.annotator(annotator).id
        if state == self.state(article, who):
            return
        with explained(self.path):
            if not articles.known(self._db, [article]):
                raise NotFoundError("That article is not in the project (any more).")
        with self.step(f"Mark {self._named(article)} as {state.value}", annotator=who, article=article) as step:
            step.writing.put("state", f"{article}:{who}", _state_image(article, who, state))

    def _begin(self, step: Recorder, article: str, annotator: str) -> None:
        if self.state(article, annotator) == State.NEW:
            image = _state_image(article, annotator, State.IN_PROGRESS)
            step.writing.put("state", f"{article}:{annotator}", image, is_new=True)

    def _named(self, article: str) -> str:
        with explained(self.path):
            title = articles.title(self._db, article)
        return f"“{shortened(title)}”"


def _pairs(attributes: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(attributes.items() if isinstance(attributes, Mapping) else attributes)))


def _state_image(article: str, annotator: str, state: State) -> dict[str, str] | None:
    if state == State.NEW:
        return None
    return {"article": article, "annotator": annotator, "state": state.value, "changed_at": now()}
