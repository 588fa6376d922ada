"""From characters of an article to the units that are counted: what is left out is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Ints


@dataclass(frozen=True, slots=True)
class Ruler:
    """Units as stretches of characters, in order and apart.

    For characters the stretches are those that are not left out, and each of their characters is a unit; for tokens and
    sentences each stretch is one unit.
    """

    start: Ints
    end: Ints
    is_whole: bool

    @property
    def length(self) -> int:
        """How many units there are."""
        return len(self.start) if self.is_whole else int((self.end - self.start).sum())

    def units(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Return ranges of characters as ranges of units, half-open; one that touches no unit is empty.

        A token of which at least one character is covered is covered.
        """
        if self.is_whole:
            first = np.searchsorted(self.end, start, side="right")
            last = np.where(end > start, np.searchsorted(self.start, end, side="left"), first)
            return first, np.maximum(last, first)
        return self._before(start), self._before(end)

    def characters(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return a range of units as ranges of characters, which are several where something left out lies between."""
        if self.is_whole:
            return [(int(self.start[start]), int(self.end[end - 1]))] if end > start else []
        before = np.concatenate(([0], np.cumsum(self.end - self.start)))
        found = []
        for low, high, first in zip(self.start, self.end, before[:-1], strict=True):
            left, right = max(low, low + start - first), min(high, low + end - first)
            if left < right:
                found.append((int(left), int(right)))
        return found

    def _before(self, position: Ints) -> Ints:
        """Return how many units lie before each position."""
        before = np.concatenate(([0], np.cumsum(self.end - self.start)))
        place = np.searchsorted(self.start, position, side="right")
        inside = np.zeros(len(position), dtype=np.int64)
        some = place > 0
        last = place[some] - 1
        inside[some] = np.minimum(position[some], self.end[last]) - self.start[last]
        return np.asarray(before[np.maximum(place - 1, 0)] + inside, dtype=np.int64)


def kept(length: int, left_out: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Return the stretches of a text that no block leaves out."""
    starts, ends, at = [], [], 0
    for start, end in sorted(left_out):
        if at < min(start, length):
            starts.append(at)
            ends.append(min(start, length))
        at = max(at, end)
    if at < length:
        starts.append(at)
        ends.append(length)
    return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)


def of_characters(length: int, left_out: list[tuple[int, int]]) -> Ruler:
    """Return the ruler whose units are the characters that are not left out."""
    return Ruler(*kept(length, left_out), is_whole=False)


def of_pieces(pieces: list[tuple[int, int]] | Ints, length: int, left_out: list[tuple[int, int]]) -> Ruler:
    """Return the ruler whose units are pieces (tokens, sentences) of which some character is not left out."""
    if not left_out:
        whole = np.array(pieces, dtype=np.int64).reshape(-1, 2)
        return Ruler(whole[:, 0], whole[:, 1], is_whole=True)
    low, high = kept(length, left_out)
    table = np.array(pieces, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(high, table[:, 0], side="right")
    is_in = first < np.searchsorted(low, table[:, 1], side="left")
    return Ruler(table[is_in, 0], table[is_in, 1], is_whole=True)


def units_of(rulers: Sequence[Ruler], article: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return ranges of characters in the units of their articles; `article`, ascending, says which ruler measures each."""
    if rulers and all(each.is_whole for each in rulers):
        return _of_pieces(rulers, article, start, end)
    start, end = start.copy(), end.copy()
    bounds = np.searchsorted(article, np.arange(len(rulers) + 1))
    for ruler, low, high in zip(rulers, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        # What is left out at the end of a text moves nothing, but a label may lie there.
        is_plain = not ruler.is_whole and len(ruler.start) == 1 and ruler.start[0] == 0
        if high > low and not (is_plain and end[low:high].max() <= ruler.end[0]):
            start[low:high], end[low:high] = ruler.units(start[low:high], end[low:high])
    return start, end


def _of_pieces(rulers: Sequence[Ruler], article: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the same for rulers of whole pieces, of all articles at once: each on a stretch of its own."""
    counts = np.array([len(each.start) for each in rulers], dtype=np.int64)
    begins, ends = (np.concatenate([getattr(each, name) for each in rulers]) for name in ("start", "end"))
    return units_of_pieces((begins, ends, counts), article, start, end)


def units_of_pieces(pieces: tuple[Ints, Ints, Ints], article: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return ranges of characters in pieces of their articles: start and end of each, and how many an article has."""
    begins, ends, counts = pieces
    room = max(int(ends.max(initial=0)), int(end.max(initial=0))) + 1
    shift = np.repeat(np.arange(len(counts)), counts) * room
    mine, before = article * room, (np.cumsum(counts) - counts)[article]
    first = np.searchsorted(ends + shift, start + mine, side="right") - before
    last = np.where(end > start, np.searchsorted(begins + shift, end + mine, side="left") - before, first)
    return first, np.maximum(last, first)
