"""How far an open frame reaches: which words are still taken for a part of it."""

from annotator.model.frames import Frame
from annotator.model.span import Span
from annotator.project import reading


def is_near(text: str, frame: Frame, span: Span) -> bool:
    """Whether words lie within reach of a frame.

    Its sentences, and the sentence before and after each: a source is named, and a quotation goes on, next door. Who
    labels words further away has gone on to something else.
    """
    pieces = [piece for each in (frame.cue, *(part for _, part in frame.parts)) for piece in each.span.fragments]
    return any(
        _before(text, start) <= span.start < _after(text, end) or _before(text, start) < span.end <= _after(text, end)
        for start, end in pieces
    )


def _before(text: str, position: int) -> int:
    """Return where the sentence before the one at `position` starts."""
    own = reading.sentence_at(text, position)
    return reading.previous_sentence(text, own.start if own else position)


def _after(text: str, position: int) -> int:
    """Return where the sentence after the one that ends at or holds `position` ends."""
    own = reading.sentence_at(text, max(0, position - 1))
    return reading.next_sentence(text, own.end if own else position)
