"""The marks of one article by section of its text, so that one more costs what its own sections cost, not all."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.model.annotation import Annotation
from annotator.model.span import Fragment
from annotator.ui.reader.lanes import Lane, Stretch, assign_lanes

SECTION = 4096
"""A paragraph of more than twice as many code points is cut into sections of that length."""


class Piece(NamedTuple):
    """What one fragment of a mark covers of one section.

    Attributes:
        mark: id of the annotation; label: id of its label.
        start, end: code points of the article, half-open, within the section.
        lane: where its line runs.
        opens, closes: whether the fragment itself begins or ends here, or comes from or goes on to another section.
        first, last: whether it is the first or the last fragment of the mark.
    """

    mark: str
    label: str
    start: int
    end: int
    lane: Lane
    opens: bool
    closes: bool
    first: bool
    last: bool


class Placed:
    """The pieces of one section, ready to be asked for those of a visual line."""

    def __init__(self, pieces: Sequence[Piece] = ()) -> None:
        self.pieces = sorted(pieces, key=lambda piece: (piece.start, -piece.end, piece.mark))
        self._starts = [piece.start for piece in self.pieces]
        self._reach = list(accumulate((piece.end for piece in self.pieces), max))

    def between(self, start: int, end: int) -> list[Piece]:
        """Return the pieces that share a character with ``start``-``end``, in reading order."""
        first = bisect_right(self._reach, start)
        return [piece for piece in self.pieces[first : bisect_left(self._starts, end)] if piece.end > start]


_NOTHING = Placed()


class MarkIndex:
    """The annotations that are shown, found by id, by place and in reading order.

    `sections` are the offsets (code points) at which the sections of the text start, in order, the first being 0:
    its paragraphs, the very long ones cut (see `sections_of`).
    """

    def __init__(self, sections: Sequence[int] = (0,), annotations: Iterable[Annotation] = ()) -> None:
        self._sections = sections
        self._marks: dict[str, Annotation] = {}
        self._by_section: dict[int, dict[str, Annotation]] = {}
        self._placed: dict[int, Placed] = {}
        for annotation in annotations:
            self._enter(annotation)
        self._order = sorted(annotation.order for annotation in self._marks.values())

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, mark: str) -> bool:
        return mark in self._marks

    def get(self, mark: str) -> Annotation | None:
        """Return the annotation of that id, or None."""
        return self._marks.get(mark)

    def fragments(self) -> Iterator[Fragment]:
        """Yield where the annotations lie, fragment by fragment."""
        return (fragment for mark in self._marks.values() for fragment in mark.span.fragments)

    def put(self, annotation: Annotation) -> None:
        """Add an annotation, or replace the one of the same id."""
        self.remove(annotation.id)
        self._enter(annotation)
        insort(self._order, annotation.order)

    def remove(self, mark: str) -> None:
        """Take an annotation out; one that is not there is no matter."""
        annotation = self._marks.pop(mark, None)
        if annotation is None:
            return
        del self._order[bisect_left(self._order, annotation.order)]
        for number in self._touched(annotation):
            del self._by_section[number][mark]
            self._placed.pop(number, None)

    def around(self, fragment: Fragment) -> Fragment:
        """Return the stretch in which marks may have other lanes when one comes or goes at a fragment; half-open."""
        last = self._section_of(fragment.end - 1) + 1
        end = self._sections[last] if last < len(self._sections) else fragment.end
        return Fragment(self._sections[self._section_of(fragment.start)], max(end, fragment.end))

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return the pieces that share a character with ``start``-``end``, in reading order."""
        first, last = self._section_of(start), self._section_of(max(start, end - 1))
        found = self._placed_in(first).between(start, end)
        for number in range(first + 1, last + 1):
            found += self._placed_in(number).between(start, end)
        return found

    def at(self, position: int) -> list[Annotation]:
        """Return the annotations that cover the code point at `position`, innermost (shortest) first."""
        here = self._by_section.get(self._section_of(position), {})
        found = [annotation for annotation in here.values() if annotation.span.covers(position)]
        return sorted(found, key=depth)

    def step(self, order: tuple[int, int, str], by: int) -> str:
        """Return the id of the mark `by` places on from a place in reading order, or "" where there is none."""
        place = bisect_right(self._order, order) + by - 1 if by > 0 else bisect_left(self._order, order) + by
        return self._order[place][2] if 0 <= place < len(self._order) else ""

    def _placed_in(self, number: int) -> Placed:
        here = self._by_section.get(number)
        if not here:
            return _NOTHING
        placed = self._placed.get(number)
        if placed is None:
            start = self._sections[number]
            end = self._sections[number + 1] if number + 1 < len(self._sections) else None
            placed = self._placed[number] = Placed(_pieces(here.values(), start, end))
        return placed

    def _section_of(self, position: int) -> int:
        return max(0, bisect_right(self._sections, position) - 1)

    def _touched(self, annotation: Annotation) -> Iterable[int]:
        numbers: set[int] = set()
        for start, end in annotation.span.fragments:
            numbers.update(range(self._section_of(start), self._section_of(end - 1) + 1))
        return numbers

    def _enter(self, annotation: Annotation) -> None:
        self._marks[annotation.id] = annotation
        for number in self._touched(annotation):
            self._by_section.setdefault(number, {})[annotation.id] = annotation
            self._placed.pop(number, None)


def sections_of(paragraphs: Sequence[int], length: int) -> list[int]:
    """Return where the sections of a text start, from where its paragraphs do and its length in code points."""
    sections: list[int] = []
    for start, end in zip(paragraphs, [*paragraphs[1:], length], strict=True):
        sections.extend(range(start, end, SECTION) if end - start > 2 * SECTION else (start,))
    return sections


def depth(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key: what lies on top comes first; the shorter of two is on top."""
    return (annotation.span.size, annotation.span.end - annotation.span.start, annotation.id)


def _pieces(annotations: Iterable[Annotation], start: int, end: int | None) -> list[Piece]:
    """Cut annotations to the section ``start``-``end`` (None: to the text's end) and give them lanes."""
    cut: list[Piece] = []
    stretches: dict[str, Stretch] = {}
    nowhere = Lane(0, 1)
    for annotation in annotations:
        span = annotation.span
        for fragment in span.fragments:
            low = max(start, fragment.start)
            high = fragment.end if end is None else min(end, fragment.end)
            if low >= high:
                continue
            first, last = fragment is span.fragments[0], fragment is span.fragments[-1]
            opens, closes = low == fragment.start, high == fragment.end
            cut.append(Piece(annotation.id, annotation.label, low, high, nowhere, opens, closes, first, last))
            before = stretches.get(annotation.id)
            size = span.end - span.start
            stretches[annotation.id] = Stretch(annotation.id, before.start if before else low, high, size)
    lanes = assign_lanes(stretches.values())
    return [piece._replace(lane=lanes[piece.mark]) for piece in cut]
