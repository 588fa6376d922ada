"""Which unit a file's offsets count in, found out by the quotes that stand beside them."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from annotator.formats.format import Unit
from annotator.formats.taking.document import Item
from annotator.text.offsets import OffsetMap

Ranges = tuple[tuple[int, int], ...]
_BLANK = re.compile(r"\s")
_BLANKS = re.compile(r"\s+")
_NAMES = {Unit.CODE_POINTS: "code points", Unit.UTF16: "UTF-16 units", Unit.BYTES: "bytes"}


@dataclass(frozen=True, slots=True)
class Counting:
    """How offsets count.

    Attributes:
        inclusive: whether an end is the last character itself rather than one past it.
        line_end: what a line end counts: ``as it is`` in the text, ``one`` (CRLF counts one) or ``two`` (LF counts two).
        first: the number of the first character.
    """

    unit: Unit = Unit.CODE_POINTS
    inclusive: bool = False
    line_end: str = "as it is"
    first: int = 0

    def __str__(self) -> str:
        """Return the words that follow “offsets count”."""
        words = [_NAMES[self.unit]]
        if self.inclusive:
            words.append("with the end included")
        if self.line_end != "as it is":
            words.append(f"with {self.line_end} for a line end")
        if self.first:
            words.append(f"from {self.first}")
        return ", ".join(words)


PLAIN = Counting()
"""Code points of the text as it is, half-open, from 0: as the program itself counts."""


class Places:
    """Turns the offsets of one text, however they count, into code points of the text as it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._maps: dict[str, tuple[OffsetMap, Callable[[int], int]]] = {}

    def ranges(self, found: Ranges, counting: Counting) -> Ranges | None:
        """Return ranges in code points, half-open; None where one lies outside the text or is empty."""
        if counting == PLAIN:
            length = len(self._text)
            return found if all(0 <= start < end <= length for start, end in found) else None
        offsets, back = self._map(counting.line_end)
        turn: Callable[[int], int] = _same
        match counting.unit:
            case Unit.CODE_POINTS:
                length = offsets.length
            case Unit.UTF16:
                length, turn = offsets.utf16_length, offsets.from_utf16
            case Unit.BYTES:
                length, turn = offsets.byte_length, offsets.from_bytes
        made = []
        for start, end in found:
            begin, stop = start - counting.first, end - counting.first + counting.inclusive
            if not 0 <= begin < stop <= length:
                return None
            place = back(turn(begin)), back(turn(stop))
            if place[0] >= place[1]:
                return None
            made.append(place)
        return tuple(made)

    def _map(self, line_end: str) -> tuple[OffsetMap, Callable[[int], int]]:
        if line_end not in self._maps:
            match line_end:
                case "one":
                    text = self._text.replace("\r\n", "\n")
                    back = _from_one(self._text)
                case "two":
                    text = self._text.replace("\n", "\r\n")
                    back = _from_two(text)
                case _:
                    text, back = self._text, _same
            self._maps[line_end] = OffsetMap(text), back
        return self._maps[line_end]


def _same(offset: int) -> int:
    return offset


def _from_one(text: str) -> Callable[[int], int]:
    # Where each CRLF stands in the shorter text: n of them before it took one character more each.
    places = array("q", (found.start() - n for n, found in enumerate(re.finditer("\r\n", text))))
    return lambda offset: offset + bisect_left(places, offset)


def _from_two(longer: str) -> Callable[[int], int]:
    ends = array("q", (found.start() + 1 for found in re.finditer("\r\n", longer)))
    return lambda offset: offset - bisect_right(ends, offset)


def fits(text: str, ranges: Ranges, quotes: Sequence[str]) -> bool:
    """Whether `quotes` are what the ranges (code points) cover. Any blank equals any other, and a run of them one.

    Blanks at the edges count: a quote that lacks one is a sign of a wrong unit.
    """
    if len(ranges) == len(quotes) == 1:
        return _equal(text[ranges[0][0] : ranges[0][1]], quotes[0])
    covered = [text[start:end] for start, end in ranges]
    if len(quotes) == len(covered) and all(map(_equal, covered, quotes)):
        return True
    if len(quotes) != 1:
        return False
    if _equal(" ".join(covered), quotes[0]):
        return True
    # Fragments may be listed in another order than that in which they are quoted: as they stand in the text.
    in_order = [text[start:end] for start, end in sorted(ranges)]
    return in_order != covered and _equal(" ".join(in_order), quotes[0])


def _equal(covered: str, quote: str) -> bool:
    if covered == quote:
        return True
    if len(covered) == len(quote):
        return _BLANK.sub(" ", covered) == _BLANK.sub(" ", quote)
    return _BLANKS.sub(" ", covered) == _BLANKS.sub(" ", quote)


def find_counting(
    text: str, items: Sequence[Item], stated: Counting, *, is_free: bool, places: Places | None = None
) -> Counting:
    """Return how the offsets of `items` count: as stated when their quotes fit, else in the way in which all of them do.

    Where none fits all, the one that fits most of them, if that is more than half. Where nothing is quoted, only another
    unit is thought of, and only when offsets lie outside the text as stated and all lie inside it so. `is_free`: whether
    another way may be tried at all.
    """
    places = places or Places(text)
    quoted = [item for item in items if item.quotes]
    judges = quoted or items
    best, most = stated, _count(text, places, judges, stated)
    if most == len(judges) or not is_free:
        return stated
    ways = _ways(stated, text) if quoted else (replace(stated, unit=unit) for unit in _units(text))
    for counting in ways:
        found = _count(text, places, judges, counting)
        if found == len(judges):
            return counting
        if found > most:
            best, most = counting, found
    return best if quoted and most * 2 > len(judges) else stated


_CUTS = 4
"""So many times the edges in the middle of words another unit must spare to be spoken of."""


@dataclass(slots=True)
class Doubt:
    """Whether offsets that no quote stands beside count UTF-16 units, as web pages do, rather than code points.

    Both are the same before the first character beyond U+FFFF; behind it, the wrong ones cut words.

    Attributes:
        stated, other: edges in the middle of words, counted as stated and in UTF-16 units.
        texts: in how many texts there are some, as stated.
    """

    stated: int = 0
    other: int = 0
    texts: int = 0

    def weigh(self, text: str, items: Sequence[Item], stated: Counting, places: Places) -> None:
        """Take in a text with its items."""
        if stated.unit is not Unit.CODE_POINTS or any(item.quotes for item in items) or _ASTRAL.search(text) is None:
            return
        found = _cut_words(text, places, items, stated)
        self.stated += found
        self.texts += bool(found)
        self.other += _cut_words(text, places, items, replace(stated, unit=Unit.UTF16))

    @property
    def is_strong(self) -> bool:
        """Whether a person should be told."""
        return self.stated > 1 and self.other * _CUTS <= self.stated


_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


def _cut_words(text: str, places: Places, items: Sequence[Item], counting: Counting) -> int:
    """Return how many edges stand between two letters or digits; what lies outside the text counts as two."""
    found = 0
    for item in items:
        ranges = places.ranges(item.ranges, counting)
        edges = [edge for each in ranges or () for edge in each]
        found += (
            2 * len(item.ranges)
            if ranges is None
            else sum(text[at - 1 : at + 1].isalnum() for at in edges if 0 < at < len(text))
        )
    return found


def _count(text: str, places: Places, items: Sequence[Item], counting: Counting) -> int:
    found = 0
    for item in items:
        ranges = places.ranges(item.ranges, counting)
        found += ranges is not None and (not item.quotes or fits(text, ranges, item.quotes))
    return found


def _ways(stated: Counting, text: str) -> Iterator[Counting]:
    """Yield other ways of counting, the likely ones first."""
    line_ends = ("as it is", "one") if "\r\n" in text else ("as it is", "two") if "\n" in text else ("as it is",)
    units = _units(text)
    for first in (0, 1):
        for line_end in line_ends:
            for inclusive in (False, True):
                for unit in units:
                    way = replace(stated, unit=unit, inclusive=inclusive, line_end=line_end, first=first)
                    if way != stated:
                        yield way


@cache
def _all_units() -> tuple[Unit, ...]:
    return tuple(Unit)


def _units(text: str) -> tuple[Unit, ...]:
    return (Unit.CODE_POINTS,) if text.isascii() else _all_units()


def nearest(text: str, quote: str, start: int) -> tuple[int, int] | None:
    """Return where `quote` stands nearest to the code point `start`; None where two places are about as near.

    A place is taken when it is the only one, or when the next one is at least three times as far away.
    """
    found: list[int] = []
    at = text.find(quote) if quote.strip() else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    if not found:
        return None
    found.sort(key=lambda place: abs(place - start))
    if len(found) > 1 and abs(found[1] - start) < 3 * max(1, abs(found[0] - start)):
        return None
    return found[0], found[0] + len(quote)
