"""Spans and line ends: some formats cannot say that a line end is covered."""

from annotator.model.span import Span


def joined_at_lines(text: str, span: Span) -> Span:
    """Return the span with those gaps closed that hold nothing but blanks, a line end among them."""
    if len(span.fragments) == 1:
        return span
    found = [span.fragments[0]]
    joined = []
    for fragment in span.fragments[1:]:
        gap = text[found[-1].end : fragment.start]
        if "\n" in gap and not gap.strip():
            joined.append((found[-1].end, fragment.start))
        found.append(fragment)
    return span.joined_with(joined) if joined else span


def without_edge_lines(text: str, span: Span) -> Span | None:
    """Return the span without line ends at the edges of its fragments; None when nothing else is covered."""
    if text.find("\n", span.start, span.end) < 0:
        return span
    kept = []
    for start, end in span.fragments:
        covered = text[start:end]
        left = len(covered) - len(covered.lstrip("\n"))
        right = len(covered.rstrip("\n"))
        if left < right:
            kept.append((start + left, start + right))
    return Span.of(*kept) if kept else None
