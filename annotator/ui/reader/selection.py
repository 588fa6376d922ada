"""What is selected, as a value: the stretch between anchor and caret, and fragments kept from before."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from annotator.model.span import Fragment, Span
from annotator.project import reading

Edge = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Selection:
    """A caret and what is selected with it; all positions are code points between characters.

    Attributes:
        anchor: where the live stretch began. caret: where it ends now; equal where nothing is selected there.
        kept: further fragments of a discontinuous selection.
    """

    anchor: int = 0
    caret: int = 0
    kept: tuple[Fragment, ...] = ()

    @property
    def start(self) -> int:
        """The live stretch's first position."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> int:
        """The live stretch's last position."""
        return max(self.anchor, self.caret)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is selected."""
        return self.anchor == self.caret and not self.kept

    @property
    def span(self) -> Span | None:
        """All that is selected, or None."""
        if self.is_empty:
            return None
        return Span.of(*self.kept, *([(self.start, self.end)] if self.anchor != self.caret else []))

    @classmethod
    def over(cls, span: Span) -> Self:
        """Select a span; the last fragment is the live one."""
        last = span.fragments[-1]
        return cls(last.start, last.end, span.fragments[:-1])

    def at(self, caret: int) -> "Selection":
        """Put the caret somewhere and select nothing."""
        return Selection(caret, caret)

    def extended(self, caret: int) -> "Selection":
        """Move the caret and leave the anchor."""
        return replace(self, caret=caret)


def dragged(text: str, press: int, here: int, *, exact: bool) -> tuple[int, int]:
    """Return anchor and caret of a drag from one position to another: whole words, or `exact` characters."""
    start, end = (reading.snap_to_graphemes if exact else reading.snap)(text, press, here)
    return (start, end) if here >= press else (end, start)


def word_ahead(text: str, selection: Selection) -> int:
    """Return where the caret goes when the selection is extended by a word towards the end: the word's own edge."""
    anchor, caret = selection.anchor, selection.caret
    if caret >= anchor:
        return reading.next_word_end(text, caret)
    return min(reading.next_word(text, caret), anchor)


def word_back(text: str, selection: Selection) -> int:
    """Return where the caret goes when the selection is extended by a word towards the beginning."""
    anchor, caret = selection.anchor, selection.caret
    if caret <= anchor:
        return reading.previous_word(text, caret)
    return max(reading.previous_word_end(text, caret), anchor)


def with_sentence(text: str, selection: Selection) -> Selection:
    """Select the sentence at the caret; fill a started one up; take the next one in when it is full.

    On a blank line that is the sentence below it: half of the lines of most articles are blank.
    """
    selection = _on_words(text, selection)
    if selection.anchor == selection.caret:
        sentence = reading.sentence_at(text, selection.caret)
        ends = (sentence.start, sentence.end) if sentence else None
    else:
        first = reading.sentence_at(text, selection.start)
        last = reading.sentence_at(text, max(selection.start, selection.end - 1))
        ends = (first.start, last.end) if first and last else None
    return _grown(selection, ends, reading.next_sentence(text, selection.end))


def with_paragraph(text: str, selection: Selection) -> Selection:
    """Select the paragraph at the caret, or below a blank line; fill a started one up; take in the next when it is full."""
    selection = _on_words(text, selection)
    first = reading.paragraph_at(text, selection.start)
    last = reading.paragraph_at(text, max(selection.start, selection.end - 1))
    ends = (first.start, last.end) if first and last else None
    return _grown(selection, ends, reading.next_paragraph(text, selection.end))


def _on_words(text: str, selection: Selection) -> Selection:
    """Return the selection; a caret on a blank line is put to the words that follow, where there are any."""
    if selection.anchor != selection.caret or reading.paragraph_at(text, selection.caret):
        return selection
    ink = reading.ink_after(text, selection.caret)
    return selection if ink is None else replace(selection, anchor=ink, caret=ink)


def _grown(selection: Selection, ends: tuple[int, int] | None, following: int) -> Selection:
    if ends is None:
        return replace(selection, caret=following) if selection.anchor != selection.caret else selection
    if ends[0] >= selection.start and ends[1] <= selection.end and selection.anchor != selection.caret:
        return replace(selection, anchor=selection.start, caret=max(following, selection.end))
    return replace(selection, anchor=min(ends[0], selection.start), caret=max(ends[1], selection.end))


def moved_edge(text: str, span: Span, edge: Edge, words: int) -> Span:
    """Return a span with its first or last edge moved by so many words, to the right in the text when positive.

    The edge stops before its own fragment would vanish, and at the fragment beside it; at the text's ends as well.
    """
    if edge == "left":
        first = span.fragments[0]
        start = first.start
        for _ in range(abs(words)):
            moved = reading.next_word(text, start) if words > 0 else reading.previous_word(text, start)
            start = moved if moved < first.end else start
        return Span.of((start, first.end), *span.fragments[1:])
    last = span.fragments[-1]
    end = last.end
    for _ in range(abs(words)):
        moved = reading.next_word_end(text, end) if words > 0 else reading.previous_word_end(text, end)
        end = moved if moved > last.start else end
    return Span.of(*span.fragments[:-1], (last.start, end))


def reshaped(text: str, span: Span, grip: tuple[int, Edge], position: int, *, exact: bool) -> Span:
    """Return a span with one edge of one of its fragments dragged to a position.

    `grip` is the fragment's number and its edge in the order of the text. The fragment keeps at least the word
    (with `exact`, the character) at its other edge; fragments that come to touch are joined.
    """
    number, edge = grip
    fragment = span.fragments[number]
    snap = reading.snap_to_graphemes if exact else reading.snap
    others = [each for each in span.fragments if each is not fragment]
    if edge == "left":
        start, end = snap(text, min(position, fragment.end - 1), fragment.end)
        kept = (start, fragment.end) if start < end else fragment
    else:
        start, end = snap(text, fragment.start, max(position, fragment.start + 1))
        kept = (fragment.start, end) if start < end else fragment
    return Span.of(kept, *others)
