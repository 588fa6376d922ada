"""An example for the codebook out of a text: the sentence, with ⟦ and ⟧ around the words that have the label."""

from annotator.model.span import Span
from annotator.project import reading

MOST = 400
"""Longest example in code points; of a longer passage the ends are left out."""


def example(text: str, span: Span) -> str:
    """Return the sentence or sentences around a span (code points, half-open) as an example on one line."""
    first = reading.sentence_at(text, span.start)
    last = reading.sentence_at(text, max(span.start, span.end - 1))
    start = min(first.start if first else span.start, span.start)
    end = max(last.end if last else span.end, span.end)
    if end - start > MOST:
        room = max((MOST - (span.end - span.start)) // 2, 0)
        start, end = max(start, span.start - room), min(end, span.end + room)
    pieces, at = [], start
    for low, high in span.fragments:
        pieces += [text[at:low], "⟦", text[low:high], "⟧"]
        at = high
    pieces.append(text[at:end])
    return " ".join("".join(pieces).split())
