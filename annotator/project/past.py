"""Undo without end, and the trash."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.model.annotation import Annotation, Deleted
from annotator.model.changes import Spot, Step
from annotator.model.errors import NotFoundError, RuleError
from annotator.model.past import Turn
from annotator.project.replacing import Replacing
from annotator.store import annotations, articles, codebooks, links, provenance, spots, trash
from annotator.store.database import explained
from annotator.store.file import NOUNS
from annotator.store.history import Progress
from annotator.text.reanchor import Reanchoring


class Past(Replacing):
    """The verbs that look back."""

    def undo(self, progress: Progress | None = None) -> Step | None:
        """Take back the last step that stands and return it; None when nothing is left to take back.

        Where `progress` raises, nothing is taken back.
        """
        self._check_writable()
        target = self.next_undo()
        self._announce(self._file.history.undo(progress))
        return target

    def redo(self, progress: Progress | None = None) -> Step | None:
        """Do again what was last taken back and return it; None when there is nothing to do again.

        Where `progress` raises, nothing is done again.
        """
        self._check_writable()
        target = self.next_redo()
        self._announce(self._file.history.redo(progress))
        return target

    def size_of(self, step: Step) -> int:
        """Return how many rows a step touched, and as many are touched in taking it back: one look into an index."""
        return self._file.history.size(step.number)

    def spots_of(self, step: Step) -> list[Spot]:
        """Return where lies, or lay, what a step touched that was taken back or done again just now: labels and notes, or
        else the labels that links leave, or else paragraphs. Of a very large step only some are looked at.
        """
        history = self._file.history
        with explained(self.path):
            return spots.spots(self._db, NOUNS, {step.number, history.last()})

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back."""
        return self._file.history.next_undo()

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would do again."""
        return self._file.history.next_redo()

    def steps(self, limit: int = 100) -> list[Step]:
        """Return the latest steps, the latest first."""
        return self._file.history.steps(limit)

    def trash(self, limit: int = 1000, *, annotators: Iterable[str] | None = None) -> list[Deleted]:
        """Return deleted labels, the latest first. A label whose making was undone is among them.

        `annotators` are the ids of those whose labels are wanted, everybody's when None.
        """
        with explained(self.path):
            return trash.deleted(self._db, limit, annotators)

    def history_of(self, annotation: str) -> list[Turn]:
        """Return what happened to an annotation, the first first: who did it, when, and what stood there before.

        What is undone is in it too, as steps of their own. An annotation that never was has no history.
        """
        with explained(self.path):
            return provenance.turns(self._db, annotation)

    def restore(self, annotation: str) -> Annotation:
        """Bring a deleted label back as it last was, with those of its links whose other end still stands.

        Raises:
            NotFoundError: there is no such deleted label, or its article, annotator or codebook is gone.
            RuleError: the same label has been put on the same span since, or the article has a newer version in which
                it cannot be told for sure where its words are.
        """
        with explained(self.path):
            gone = trash.deleted_one(self._db, annotation)
        if gone is None:
            raise NotFoundError("That label is not among the deleted ones.")
        back = gone.annotation
        text = self._text(back.article)
        people = {each.id for each in self.everybody()}
        with explained(self.path):
            revisions = codebooks.revisions(self._db)
        if back.annotator not in people:
            raise NotFoundError("The annotator who made that label is not in the project (any more).")
        if back.codebook not in revisions:
            raise NotFoundError("The codebook under which that label was made is not in the project (any more).")
        back = self._in_this_version(back, gone.step)
        self._check_unique(back)
        ends = self.annotations_by_id(end for link in gone.links for end in (link.origin_id, link.target) if end)
        title = f"Bring back {self.codebook.label(back.label).name.lower()} in {self._named(back.article)}"
        with self.step(title, annotator=back.annotator, article=back.article) as step:
            step.writing.put("annotation", back.id, annotations.image(back, text))
            for link in gone.links:
                stands = all(end is None or end == back.id or end in ends for end in (link.origin_id, link.target))
                if stands and link.annotator in people and link.codebook in revisions:
                    step.writing.put("link", link.id, links.image(link))
        return back

    def _in_this_version(self, back: Annotation, step: int) -> Annotation:
        """Return a label that was deleted in a step where it lies in the article's text as it is now."""
        text = self._text(back.article)
        with explained(self.path):
            old = articles.text_before(self._db, back.article, step)
        if old is None:
            return back
        anchor = Reanchoring(old, text).anchor(back.span)
        if not anchor.is_sure or anchor.span is None:
            raise RuleError(
                f"{self._named(back.article)} has a newer version since, and where “{' … '.join(back.span.covered(old))}”"
                " is in it cannot be told. Label it there anew; this one stays among the deleted."
            )
        return replace(back, span=anchor.span)
