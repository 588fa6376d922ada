"""Which characters of a text stand where in a later version of it: the stretches that both share, in order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.model.span import Fragment

_WORD = re.compile(r"\w+|[^\w\s]")
_DEEPEST = 60
"""Times a stretch is divided: real texts need about ten."""


class Run(NamedTuple):
    """A stretch that both texts share: where it begins in the earlier and in the later one, and its code points."""

    before: int
    after: int
    length: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions of a text beside each other.

    Attributes:
        before, after: the earlier and the later one.
        runs: what they share, in the order of both; between two runs something was put in, taken out or changed.
    """

    before: str
    after: str
    runs: tuple[Run, ...]

    @property
    def share(self) -> float:
        """How much of the shorter text stands in the other one, in this order: from 0 to 1."""
        shorter = min(len(self.before), len(self.after))
        return sum(run.length for run in self.runs) / shorter if shorter else float(self.before == self.after)

    def gaps(self, *, after: bool) -> Iterator[Fragment]:
        """Yield what the other text does not have here: stretches of `after`, or else of `before`, in order."""
        place = 0
        for run in (*self.runs, Run(len(self.before), len(self.after), 0)):
            start = run.after if after else run.before
            if place < start:
                yield Fragment(place, start)
            place = start + run.length

    def run_at(self, position: int) -> Run | None:
        """Return the run in which the character at a code point of `before` stands; None where it stands in none."""
        place = bisect_right(self.runs, position, key=lambda run: run.before) - 1
        if place < 0:
            return None
        run = self.runs[place]
        return run if position < run.before + run.length else None

    def near(self, position: int) -> int:
        """Return where the character at a code point of `before` stands now, or what stood before it ends."""
        place = bisect_right(self.runs, position, key=lambda run: run.before) - 1
        if place < 0:
            return 0
        run = self.runs[place]
        return run.after + min(position - run.before, run.length)

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what stands in `after` where ``before[start:end]`` stood, as far as that can be told.

        Where an edge lies among changed words, word stands against word if there are as many of them now; else what
        was changed beyond the edge is left out. None where nothing is left.
        """
        first = bisect_right(self.runs, start, key=lambda run: run.before + run.length)
        behind = bisect_left(self.runs, end, key=lambda run: run.before)
        if first < behind and self.runs[first].before <= start:
            low = self.runs[first].after + start - self.runs[first].before
        else:
            low = self._edge(first, start, at_end=False)
        if first < behind and end <= self.runs[behind - 1].before + self.runs[behind - 1].length:
            high = self.runs[behind - 1].after + end - self.runs[behind - 1].before
        else:
            high = self._edge(behind, end, at_end=True)
        return (low, high) if low < high else None

    def _edge(self, place: int, position: int, *, at_end: bool) -> int:
        """Return where an edge in the changed words before the run number `place` is now."""
        ended = self.runs[place - 1] if place else Run(0, 0, 0)
        next_ = self.runs[place] if place < len(self.runs) else Run(len(self.before), len(self.after), 0)
        low, high = ended.before + ended.length, next_.before
        there, end = ended.after + ended.length, next_.after
        if position == (high if at_end else low) or there == end:
            return end if at_end else there
        was = list(_WORD.finditer(self.before, low, high))
        now = list(_WORD.finditer(self.after, there, end))
        if len(was) != len(now) or not was:
            return there if at_end else end
        if at_end:
            number = sum(word.start() < position for word in was)
            return now[number - 1].end() if number else there
        number = sum(word.start() < position for word in was)
        return now[number].start() if number < len(now) else end

    def is_repeated(self, start: int, end: int) -> bool:
        """Whether ``before[start:end]``, which is in a run, stands at the edge of words that were put in and say it again.

        Then nobody can tell which of the two places is the old one.
        """
        place = bisect_right(self.runs, start, key=lambda run: run.before) - 1
        return any(low <= start and end <= high for low, high in map(self._sliding, (place - 1, place)))

    def _sliding(self, place: int) -> tuple[int, int]:
        """Return the stretch of `before` over which the words put in behind a run could be moved to and fro."""
        run = self.runs[place] if place >= 0 else Run(0, 0, 0)
        following = self.runs[place + 1] if place + 1 < len(self.runs) else Run(len(self.before), len(self.after), 0)
        edge, low = run.before + run.length, run.after + run.length
        put_in = following.after - low
        if following.before != edge or not put_in:
            return 0, 0
        back = ahead = 0
        while back < run.length and self.after[low - 1 - back] == self.after[following.after - 1 - back]:
            back += 1
        while ahead < following.length and self.after[low + ahead] == self.after[following.after + ahead]:
            ahead += 1
        return edge - back, edge + ahead


def align(before: str, after: str) -> Alignment:
    """Return two versions of a text beside each other.

    What they begin and end with alike is shared. Between, words that stand once in either are held to be the same,
    as far as they follow one another in the same order; what stands alike around those is shared too, and the rest is
    looked at again between them.
    """
    runs: list[Run] = []
    waiting = [(0, len(before), 0, len(after), 0)]
    while waiting:
        low, high, there, end, depth = waiting.pop()
        head = _alike(before, after, low, there, min(high - low, end - there))
        if head:
            runs.append(Run(low, there, head))
            low, there = low + head, there + head
        tail = _alike_back(before, after, high, end, min(high - low, end - there))
        if tail:
            runs.append(Run(high - tail, end - tail, tail))
            high, end = high - tail, end - tail
        if low < high and there < end and depth < _DEEPEST:
            waiting += (
                (*gap, depth + 1)
                for gap in _gaps(_anchors(before, after, low, high, there, end), runs, (low, high, there, end))
            )
    return Alignment(before, after, tuple(_joined(runs)))


def _alike(before: str, after: str, low: int, there: int, most: int) -> int:
    """Return how many characters from two places on are the same."""
    step, found = 4096, 0
    while found < most:  # stretch by stretch, as the texts may be long
        size = min(step, most - found)
        if before[low + found : low + found + size] == after[there + found : there + found + size]:
            found += size
        elif size == 1:
            break
        else:
            step = max(1, size // 2)
    return found


def _alike_back(before: str, after: str, high: int, end: int, most: int) -> int:
    """Return how many characters before two places are the same."""
    step, found = 4096, 0
    while found < most:
        size = min(step, most - found)
        if before[high - found - size : high - found] == after[end - found - size : end - found]:
            found += size
        elif size == 1:
            break
        else:
            step = max(1, size // 2)
    return found


def _anchors(before: str, after: str, low: int, high: int, there: int, end: int) -> list[Run]:  # noqa: PLR0917 - a stretch of each
    """Return the words that stand once in either stretch, as long a row of them as keeps one order."""
    here = _once(before, low, high)
    found = _once(after, there, end)
    pairs = [(at, found[word], len(word)) for word, at in here.items() if at >= 0 and found.get(word, -1) >= 0]
    pairs.sort()
    return [Run(*pairs[number]) for number in _rising([pair[1] for pair in pairs])]


def _once(text: str, low: int, high: int) -> dict[str, int]:
    """Return the words of a stretch and where each stands; -1 for those that stand more than once."""
    places: dict[str, int] = {}
    for found in _WORD.finditer(text, low, high):
        places[found[0]] = -1 if found[0] in places else found.start()
    return places


def _rising(values: Sequence[int]) -> list[int]:
    """Return the places of a longest rising row among some values (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    below: list[int] = []
    for number, value in enumerate(values):
        pile = bisect_left(tops, value)
        below.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            piles.append(number)
        else:
            tops[pile], piles[pile] = value, number
    row: list[int] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        row.append(number)
        number = below[number]
    return row[::-1]


def _gaps(
    anchors: Iterable[Run], runs: list[Run], around: tuple[int, int, int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """Add the anchors to the runs, and yield what lies between them, to be looked at again."""
    low, high, there, end = around
    any_found = False
    for anchor in anchors:
        any_found = True
        runs.append(anchor)
        if anchor.before > low and anchor.after > there:
            yield low, anchor.before, there, anchor.after
        low, there = anchor.before + anchor.length, anchor.after + anchor.length
    if any_found and low < high and there < end:
        yield low, high, there, end


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs in their order, those that follow each other in both texts as one."""
    last: Run | None = None
    for run in sorted(runs):
        if last and run.before == last.before + last.length and run.after == last.after + last.length:
            last = Run(last.before, last.after, last.length + run.length)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
