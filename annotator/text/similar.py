"""Texts that say the same in the same words: within an article, and copies of one article in several outlets.

Compared are words, without case, accents, quote styles and punctuation. Two reports on one story share names, quotes
and a sentence or two; a copy shares runs of words nearly everywhere. `COPY` is the bound between the two.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from annotator.text.fold import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LEAST = 6
"""Words. Shorter paragraphs ("He denied it.") may stand twice in an article without being copies."""
_RUN_WITHIN = 3
_RUN_BETWEEN = 5
"""Words in a run. Five words in a row are seldom chance; within one article three are enough."""
_NEAR = 0.85
"""Share of the runs of two paragraphs (Jaccard) from which on they are one."""
_RAREST = 6
"""Runs of a paragraph that are looked up."""
_PULLED = 8
"""Words of a sentence that stands alone and in a longer paragraph: a pull quote."""

COPY = 0.5
"""Share of the runs of the shorter text that stand in the other, from which on one is a copy of the other."""
_SHORTEST = 40
"""Words. Shorter texts are compared as wholes only."""
_SAMPLE = 16
"""One run in so many is looked up: enough to meet every copy, and few enough for many thousand articles."""
_COMMON = 400
"""Texts. A sampled run that more of them share is a formula of their outlet and finds nothing."""


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(fold(text).text)


def comparable(text: str) -> str:
    """Return a text as it is compared: equal for texts that differ in quotes, case, accents, blanks, punctuation."""
    return " ".join(words_of(text))


def duplicates(paragraphs: Sequence[str]) -> dict[int, int]:
    """Return which paragraphs repeat an earlier one: their number, and that of the first that says the same.

    Equal or nearly equal in words; or a sentence of eight words or more that stands in a longer paragraph as well, be
    it before or after (then the sentence that stands alone is the duplicate). Paragraphs under six words never are.
    """
    found: dict[int, int] = {}
    seen: dict[str, int] = {}
    words = [words_of(paragraph) for paragraph in paragraphs]
    runs = [_runs(each, _RUN_WITHIN) if len(each) >= _LEAST else frozenset[int]() for each in words]
    index: dict[int, list[int]] = {}
    for number, each in enumerate(words):
        if len(each) < _LEAST:
            continue
        key = " ".join(each)
        original = seen.setdefault(key, number)
        if original == number:
            original = _nearest(runs, index, number)
        if original == number:
            for run in runs[number]:
                index.setdefault(run, []).append(number)
        else:
            found[number] = original
    found |= _pulled(words, runs, index, found)
    return found


def _nearest(runs: Sequence[frozenset[int]], index: dict[int, list[int]], number: int) -> int:
    # Two paragraphs that are nearly one share nearly every run, so the rarest of them lead to the other.
    met = nsmallest(_RAREST, (run for run in runs[number] if run in index), key=lambda run: (len(index[run]), run))
    for other in dict.fromkeys(place for run in met for place in index[run][:_COMMON]):
        count = len(runs[number] & runs[other])
        if count >= _NEAR * (len(runs[number]) + len(runs[other]) - count):
            return other
    return number


def _pulled(
    words: Sequence[list[str]], runs: Sequence[frozenset[int]], index: dict[int, list[int]], known: dict[int, int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, each in enumerate(words):
        if number in known or len(each) < _PULLED:
            continue
        first = min(runs[number], key=lambda run: len(index.get(run, ())))
        sought = f" {' '.join(each)} "
        for other in index.get(first, ())[:_COMMON]:
            longer = words[other]
            if other not in (number, *found) and len(longer) > len(each) + 2 and sought in f" {' '.join(longer)} ":
                found[number] = other
                break
    return found


def _runs(words: Sequence[str], length: int) -> frozenset[int]:
    """Return the runs of `length` words as numbers; equal runs, equal numbers, within this process."""
    return frozenset(map(hash, zip(*(words[start:] for start in range(length)), strict=False)))


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts of which one is a copy of the other, whole or cut.

    Attributes:
        text: the key of the later one.
        original: the key of the earlier one.
        share: how much of the shorter one stands in the other, from `COPY` to 1.
    """

    text: str
    original: str
    share: float


@dataclass(slots=True)
class Copies:
    """Finds copies among texts that come one after the other.

    A text is compared with those before it that are no copies themselves, so a wire report in a hundred outlets is
    one original and ninety-nine copies of it. Thousands of articles take seconds: a sample of the runs of words finds
    whom to compare, and all runs decide.
    """

    _numbers: dict[str, int] = field(default_factory=dict)
    _runs: dict[str, frozenset[int]] = field(default_factory=dict)
    _index: dict[int, list[str]] = field(default_factory=dict)

    def add(self, key: str, text: str) -> Copy | None:
        """Take a text in under its key, and return what it is a copy of, if it is one."""
        # Words become numbers in the order they are met, so that the sample is the same in every process.
        numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in words_of(text)]
        if len(numbers) < _SHORTEST:
            return None
        runs = frozenset(map(hash, zip(*(numbers[start:] for start in range(_RUN_BETWEEN)), strict=False)))
        sample = [run for run in runs if run % _SAMPLE == 0]
        found = self._original(key, runs, sample)
        if found is None:
            self._runs[key] = runs
            for run in sample:
                self._index.setdefault(run, []).append(key)
        return found

    def _original(self, key: str, runs: frozenset[int], sample: Sequence[int]) -> Copy | None:
        hits: Counter[str] = Counter()
        for run in sample:
            places = self._index.get(run, ())
            if len(places) <= _COMMON:
                hits.update(places)
        best: Copy | None = None
        for other, _count in hits.most_common(8):
            there = self._runs[other]
            share = len(runs & there) / min(len(runs), len(there))
            if share >= COPY and (best is None or share > best.share):
                best = Copy(key, other, round(share, 3))
        return best
