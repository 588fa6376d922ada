"""Where the lines of an article stand when some of them need room for lanes."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotator.model.span import Fragment
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.marks import MarkIndex


class Row(NamedTuple):
    """One visual line with the lanes below it.

    Attributes:
        line: the words; `top` and `height`: where the row lies on the sheet, in pixels.
        depths: how many lanes each version takes here; empty where nobody has anything.
    """

    line: Line
    top: float
    height: float
    depths: tuple[int, ...]

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return self.top + self.height


class Stack:
    """The lines from top to bottom. Another passage of the same article asks for nothing but its own lines.

    Args:
        lines: in reading order; `spaces`: pixels below each of them besides its own height.
        lane: height of a lane in pixels; `gap`: below the lanes of a line.
    """

    def __init__(self, lines: Sequence[Line], spaces: Sequence[float], *, lane: float, gap: float) -> None:
        self._lines = lines
        self._lane, self._gap = lane, gap
        self._firsts = [line.start for line in lines]
        heights = [line.rhythm.leading + space for line, space in zip(lines, spaces, strict=True)]
        self._tops = [0.0, *accumulate(heights)]
        self._last_space = spaces[-1] if spaces else 0.0
        self._versions: list[MarkIndex] = []
        self._counts: list[dict[int, int]] = []
        self._aside: frozenset[int] = frozenset()
        self._depths: dict[int, tuple[int, ...]] = {}
        self._deep: list[int] = []
        self._above: list[float] = [0.0]

    def set_versions(
        self,
        versions: Sequence[MarkIndex],
        aside: Iterable[int] = (),
        changed: Mapping[int, Iterable[Fragment]] | None = None,
    ) -> None:
        """Take the marks of each version; of those that were there already nothing is counted anew.

        `aside` are the places of versions that are not compared with the others (`Version.is_aside`); `changed`: by the
        identity of a version that was there, where marks came into it or went.
        """
        self._aside = frozenset(aside)
        known = {id(index): counts for index, counts in zip(self._versions, self._counts, strict=True)}
        for index in versions:
            if id(index) in known and changed and id(index) in changed:
                known[id(index)] = self._recounted(index, known[id(index)], changed[id(index)])
        self._counts = [known[id(each)] if id(each) in known else self._counted(each) for each in versions]
        self._versions = list(versions)

    def settle(self, spots: Iterable[Fragment]) -> None:
        """Give every line room for its lanes; a line that shares a character with `spots` has them too."""
        looked_at = {place for start, end in spots for place in self._places(start, end)}
        compared = [counts for number, counts in enumerate(self._counts) if number not in self._aside]
        shared = looked_at.union(*compared)
        self._deep = sorted(shared.union(*self._counts))
        # Who has nothing where the others have something has an empty lane there.
        least = [int(number not in self._aside) for number in range(len(self._counts))]
        lanes = list(zip(least, self._counts, strict=True))
        self._depths = {
            place: tuple([max(one if place in shared else 0, counts.get(place, 0)) for one, counts in lanes])
            for place in self._deep
        }
        self._above = [0.0, *accumulate(self._room(self._depths[place]) for place in self._deep)]

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def height(self) -> float:
        """The height of everything."""
        return self._tops[-1] + self._above[-1] - self._last_space

    def row(self, place: int) -> Row:
        """Return the row of the line at a place."""
        line, top = self._lines[place], self._top(place)
        depths = self._depths.get(place, ())
        words = line.rhythm.leading
        baseline = top + round((words - line.rhythm.size) / 2 + line.rhythm.above)
        return Row(line._replace(baseline=baseline), top, words + self._room(depths), depths)

    def place_of(self, position: int) -> int:
        """Return the place of the line in which the character at a code point stands."""
        return max(0, bisect_right(self._firsts, position) - 1)

    def places_between(self, top: float, bottom: float) -> range:
        """Return the places of the lines that are seen between two heights."""
        every = range(len(self._lines))
        return range(max(0, bisect_right(every, top, key=self._top) - 1), bisect_right(every, bottom, key=self._top))

    def _top(self, place: int) -> float:
        above = bisect_right(self._deep, place - 1)
        return self._tops[place] + self._above[above]

    def _room(self, depths: Sequence[int]) -> float:
        return sum(depths) * self._lane + self._gap if depths else 0.0

    def _places(self, start: int, end: int) -> range:
        """Return the places of the lines that share a character with ``start``-``end``."""
        if not self._lines:
            return range(0)
        return range(self.place_of(start), self.place_of(max(start, end - 1)) + 1)

    def _recounted(self, index: MarkIndex, counts: Mapping[int, int], changed: Iterable[Fragment]) -> dict[int, int]:
        """Return the same as `_counted` of a version of which only some places have changed since it was counted."""
        near = {place for each in changed for place in self._places(*index.around(each))}
        kept = {place: count for place, count in counts.items() if place not in near}
        return kept | self._lanes(index, near)

    def _counted(self, index: MarkIndex) -> dict[int, int]:
        """Return how many lanes a version takes on the lines on which it has something."""
        return self._lanes(index, {place for start, end in index.fragments() for place in self._places(start, end)})

    def _lanes(self, index: MarkIndex, touched: Iterable[int]) -> dict[int, int]:
        lines = ((place, self._lines[place]) for place in touched)
        lanes = ((place, {piece.lane.lane for piece in index.pieces(line.start, line.end)}) for place, line in lines)
        return {place: len(used) for place, used in lanes if used}
