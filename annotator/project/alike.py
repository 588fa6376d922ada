"""The same words again: a label is given to every place of an article where the words of one label stand once more."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from annotator.model.annotation import Annotation
from annotator.model.counting import counted
from annotator.model.errors import RuleError
from annotator.model.span import Fragment, Span
from annotator.project.library import Library
from annotator.store.history import Progress
from annotator.text.bounds import snap


class Alike(Library):
    """The verbs for words that stand in an article more than once."""

    def alike(self, annotation: str) -> list[Span]:
        """Return where the words of an annotation stand again in its article, in reading order, in capitals or not.

        Places that are left out of annotation are passed by, as are those on which its annotator has that label already,
        or where whole words were labelled and only parts of words are the same.

        Raises:
            RuleError: it has several fragments, which stand together in its own place only.
            NotFoundError: there is no such annotation.
        """
        old = self.annotation(annotation)
        if len(old.span.fragments) > 1:
            raise RuleError("This label has several parts. Only words in one piece can be found again.")
        article = self.article(old.article)
        (start, end), text = old.span.fragments[0], article.text
        is_whole = snap(text, start, end) == (start, end)
        taken = [
            fragment
            for each in self.annotations(old.article, old.annotator)
            if each.label == old.label
            for fragment in each.span.fragments
        ]
        out = [block for block in article.blocks if not block.kind.is_labelled and block.start < block.end]
        taken += [Fragment(block.start, block.end) for block in out]
        closed = Span.of(*taken).fragments  # in order and apart; the annotation itself is among them
        starts = [fragment.start for fragment in closed]
        words = re.compile(re.escape(text[start:end]), re.IGNORECASE)
        found = []
        for hit in words.finditer(text):
            first, last = hit.span()
            before = bisect_left(starts, last) - 1
            if before >= 0 and closed[before].end > first:
                continue
            if not is_whole or snap(text, first, last) == (first, last):
                found.append(Span.of((first, last)))
        return found

    def label_alike(
        self,
        annotation: str,
        spans: Iterable[Span],
        *,
        attributes: Iterable[tuple[str, str]] = (),
        progress: Progress | None = None,
    ) -> list[Annotation]:
        """Put the label of an annotation on further spans of its article, in one step. Where `progress` raises, on none.

        Raises:
            RuleError: the codebook does not allow it, or the label lies on one of the spans already.
        """
        old = self.annotation(annotation)
        made = [self._draft(old.article, old.label, span, old.annotator, attributes) for span in spans]
        for new in made:
            self._check_new(new)
        if made:
            name = self.codebook.label(old.label).name.lower()
            title = f"Label {name} in {counted(len(made), 'place')} of {self._named(old.article)}"
            with self.step(title, annotator=old.annotator, article=old.article) as step:
                for done, new in enumerate(made):
                    if progress is not None:
                        progress(done, len(made), "")
                    self._write_new(step, new)
        return made
