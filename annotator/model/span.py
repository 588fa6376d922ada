"""Where an annotation lies: an ordered set of fragments, in code points, half-open."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import index
from typing import NamedTuple, Self

from annotator.model.errors import SpanError


class Fragment(NamedTuple):
    """One contiguous stretch of text: code points, ``start`` inclusive, ``end`` exclusive."""

    start: int
    end: int

    def covered(self, text: str) -> str:
        """Return the characters of `text` that this fragment covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Span:
    """Fragments in ascending order that neither overlap nor touch.

    Make one with `Span.of`, which sorts and joins; the constructor refuses what is not in that form.
    """

    fragments: tuple[Fragment, ...]

    def __post_init__(self) -> None:
        if not self.fragments:
            raise SpanError("A span needs at least one fragment.")
        last = -1
        for start, end in self.fragments:
            if start < 0 or end <= start:
                raise SpanError(f"A fragment must cover at least one character, and {start}-{end} does not.")
            if start <= last:
                raise SpanError(f"Fragments must be in order and apart; {start}-{end} touches the one before it.")
            last = end

    @classmethod
    def of(cls, *fragments: tuple[int, int]) -> Self:
        """Make a span of fragments in any order; those that overlap or touch are joined."""
        joined: list[Fragment] = []
        for start, end in sorted(fragments):
            if joined and start <= joined[-1].end and end > start:
                joined[-1] = Fragment(joined[-1].start, max(joined[-1].end, end))
            else:
                joined.append(Fragment(start, end))
        return cls(tuple(joined))

    @property
    def start(self) -> int:
        """The first code point covered."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """One past the last code point covered."""
        return self.fragments[-1].end

    @property
    def size(self) -> int:
        """How many code points are covered (gaps between fragments do not count)."""
        return sum(end - start for start, end in self.fragments)

    def covers(self, position: int) -> bool:
        """Whether the code point at `position` is covered."""
        return any(start <= position < end for start, end in self.fragments)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return any(a.start < b.end and b.start < a.end for a in self.fragments for b in other.fragments)

    def covered(self, text: str) -> tuple[str, ...]:
        """Return the covered characters of `text`, a string a fragment."""
        return tuple(text[start:end] for start, end in self.fragments)

    def joined_with(self, fragments: Iterable[tuple[int, int]]) -> "Span":
        """Return this span with `fragments` added."""
        return Span.of(*self.fragments, *fragments)

    def trimmed(self, text: str) -> "Span":
        """Return the span without the blanks at the edges of each fragment.

        A fragment of nothing but blanks is dropped.

        Raises:
            SpanError: nothing but blanks is covered, or a fragment lies outside `text`.
        """
        if self.end > len(text):
            raise SpanError(f"The span ends at {self.end:,}, but the text has only {len(text):,} characters.")
        kept: list[tuple[int, int]] = []
        for start, end in self.fragments:
            covered = text[start:end]
            left = len(covered) - len(covered.lstrip())
            right = len(covered.rstrip())
            if left < right:
                kept.append((start + left, start + right))
        if not kept:
            raise SpanError("There is nothing but blanks there. Select some words first.")
        return Span.of(*kept)


def as_span(given: Span | Iterable[tuple[int, int]]) -> Span:
    """Return what a script has given as a span: pairs of code points, half-open, whole numbers of any type (of numpy too).

    Raises:
        SpanError: it is no list of pairs, or they cannot be a span.
    """
    if isinstance(given, Span):
        return given
    try:
        pairs = [(index(start), index(end)) for start, end in given]
    except (TypeError, ValueError) as error:
        raise SpanError(
            "A span is a list of fragments, each with its start and its end in code points: [(0, 5)]."
        ) from error
    return Span.of(*pairs)
