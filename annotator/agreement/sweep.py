"""The sweep over span edges: how long any two annotators had which sets of labels, article by article.

No matrix of characters is made: between two edges nothing changes, so that a stretch is one row, however long it is.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.corpus import Bools, Corpus, Floats, Ints

_CHUNK = 60_000
"""Fragments swept at a time: bounds the memory."""
_DENSE = 4_000_000
"""Cells of the table that is counted into at a time."""
_TYPES = (np.int32, np.int8, np.int8, np.int32, np.int32, np.int32)
Rows = tuple[NDArray[Any], ...]
MOST_LABELS = 62
"""A set of labels is a bit mask in 64 bits."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """The sufficient statistics: a row for each article, pair of annotators and pair of label sets, with its length.

    Every coefficient on characters or tokens, for any annotators, labels and articles, is a sum over these rows.

    Attributes:
        article: places of the articles; `left` < `right` are places of the annotators, who both finished the article.
        x, y: the label set of the left and of the right one, as places in `masks`.
        length: units over which they had these sets.
        masks: the sets, as bit masks over the corpus' labels.
        is_by_pair: whether the rows are sorted by `left` and `right`, so that those of a pair are neighbours.
    """

    article: NDArray[np.int32]
    left: NDArray[np.int8]
    right: NDArray[np.int8]
    x: NDArray[np.int32]
    y: NDArray[np.int32]
    length: NDArray[np.int32]
    masks: Ints
    is_by_pair: bool = False

    def of(self, annotators: Ints, articles: Bools) -> "PairTable":
        """Return the rows of some annotators (places) and articles (a flag for each)."""
        if len(annotators) == 2 and self.is_by_pair:
            part = self.pair(int(annotators.min()), int(annotators.max()))
            return part if articles.all() else replace(part, is_by_pair=False).of(annotators, articles)
        known = np.zeros(128, dtype=bool)
        known[annotators] = True
        keep = known[self.left] & known[self.right] & articles[self.article]
        return self if keep.all() else self._kept(keep)

    def pair(self, one: int, other: int) -> "PairTable":
        """Return the rows of one pair; x is the set of `one`."""
        if one > other:
            found = self.pair(other, one)
            return PairTable(found.article, found.right, found.left, found.y, found.x, found.length, found.masks)
        if not self.is_by_pair:
            return self._kept((self.left == one) & (self.right == other))
        # Numbers of the columns' own kind, or all of a column would be converted first.
        low, high = np.searchsorted(self.left, np.array([one, one + 1], dtype=np.int8))
        first, last = np.searchsorted(self.right[low:high], np.array([other, other + 1], dtype=np.int8))
        return self._kept(slice(int(low + first), int(low + last)))

    def _kept(self, keep: "Bools | slice") -> "PairTable":
        return PairTable(
            self.article[keep],
            self.left[keep],
            self.right[keep],
            self.x[keep],
            self.y[keep],
            self.length[keep],
            self.masks,
            is_by_pair=self.is_by_pair,
        )


@dataclass(frozen=True, slots=True)
class Steps:
    """What one annotator had marked where, as a step function over all articles end to end.

    Attributes:
        at: where the set changes, ascending; the last of equal positions holds.
        mask: the label set from there on.
    """

    at: Ints
    mask: Ints

    def over(self, positions: Ints) -> Ints:
        """Return the set that holds from each position on."""
        if not len(self.at):
            return np.zeros(len(positions), dtype=np.int64)
        place = np.searchsorted(self.at, positions, side="right") - 1
        return np.where(place < 0, 0, self.mask[np.maximum(place, 0)])


def united(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Return group, start and end of the stretches that the ranges of each group cover, in order of group and place."""
    order = np.lexsort((start, group))
    return joined(group[order], start[order], end[order])


def joined(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the same of ranges that are in order of group and start."""
    if not len(start):
        return group, start, end
    room = int(end.max()) + 1
    shift = group * room
    reach = np.maximum.accumulate(end + shift)
    begins = np.ones(len(start), dtype=bool)
    begins[1:] = (start + shift)[1:] > reach[:-1]
    heads = np.flatnonzero(begins)
    last = np.append(heads[1:], len(start)) - 1
    return group[heads], start[heads], reach[last] - shift[last]


def steps(label: Ints, start: Ints, end: Ints) -> Steps:
    """Return the step function of one annotator's fragments, given in positions over all articles."""
    label, start, end = united(label, start, end)
    bit = np.left_shift(np.int64(1), label)
    at = np.concatenate((start, end))
    order = np.argsort(at, kind="stable")
    return Steps(at[order], np.cumsum(np.concatenate((bit, -bit))[order]))


def pair_table(corpus: Corpus) -> PairTable:
    """Return the sufficient statistics of a corpus.

    Raises:
        ValueError: there are more labels than a bit mask holds.
    """
    if len(corpus.labels) > MOST_LABELS:
        raise ValueError(f"at most {MOST_LABELS} labels can be measured together")
    offset = corpus.offset
    article = corpus.span_article[corpus.fragment_span]
    start, end = corpus.start + offset[article], corpus.end + offset[article]
    annotator = corpus.span_annotator[corpus.fragment_span]
    label = corpus.span_label[corpus.fragment_span]
    people = len(corpus.annotators)
    by_person = [np.flatnonzero(annotator == who) for who in range(people)]
    known: list[int] = [0]
    parts: list[Rows] = []
    bounds = _chunks(article, len(corpus.articles))
    for first, last in pairwise(bounds.tolist()):
        mine = []
        for rows in by_person:
            low, high = np.searchsorted(article[rows], [first, last])
            some = rows[low:high]
            mine.append(steps(label[some], start[some], end[some]))
        parts.extend(_pairs(corpus, (first, last), mine, known))
    columns: list[Any] = (
        [np.concatenate(each) for each in zip(*parts, strict=True)] if parts else [np.zeros(0, kind) for kind in _TYPES]
    )
    article_, left, right, x, y, length = columns
    return PairTable(article_, left, right, x, y, length, np.array(known, dtype=np.int64))


def _chunks(article: Ints, count: int) -> Ints:
    """Return bounds of runs of articles that hold about `_CHUNK` fragments each."""
    filled = np.cumsum(np.bincount(article, minlength=count)) if count else np.zeros(0, dtype=np.int64)
    group = filled // _CHUNK
    cuts = np.flatnonzero(np.diff(group)) + 1
    return np.concatenate(([0], cuts, [count])).astype(np.int64)


def _pairs(corpus: Corpus, run: tuple[int, int], mine: list[Steps], known: list[int]) -> list[Rows]:
    """Return rows of the table for a run of articles; sets that are new are added to `known`."""
    first, last = run
    offset = corpus.offset
    edges = distinct(np.concatenate([offset[first : last + 1], *(each.at for each in mine)]))
    length = np.diff(edges).astype(np.float64)
    edges = edges[:-1]
    place = np.searchsorted(offset, edges, side="right") - 1 - first
    sets = [Steps(each.at, _numbered(each.mask, known)).over(edges) for each in mine]
    width = len(known)
    found: list[Rows] = []
    finished = corpus.finished[first:last]
    for left in range(len(mine)):
        for right in range(left + 1, len(mine)):
            both = finished[:, left] & finished[:, right]
            if both.any():
                cell = (place * width + sets[left]) * width + sets[right]
                rows = slice(None) if both.all() else np.flatnonzero(both[place])
                keys, sums = cells_of(cell[rows], length[rows], (last - first) * width * width)
                article, rest = np.divmod(keys, width * width)
                x, y = np.divmod(rest, width)
                who = (np.full(len(keys), person) for person in (left, right))
                columns = (article + first, *who, x, y, sums)
                found.append(tuple(part.astype(kind) for part, kind in zip(columns, _TYPES, strict=True)))
    return found


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the values ascending, each once. Faster here than `np.unique`, which hashes, and loads more of numpy first."""
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if len(values) else values


def _numbered(mask: Ints, known: list[int]) -> Ints:
    """Return the place of each mask in `known`, to which new ones are added."""
    values = distinct(mask)
    places = {value: number for number, value in enumerate(known)}
    for value in values.tolist():
        if value not in places:
            places[value] = len(known)
            known.append(value)
    return np.array([places[value] for value in values.tolist()], dtype=np.int64)[np.searchsorted(values, mask)]


def cells_of(cell: Ints, length: Floats, cells: int) -> tuple[Ints, Ints]:
    """Return the cells that occur, ascending, and the sum of lengths in each."""
    if cells <= _DENSE:
        sums = np.bincount(cell, weights=length, minlength=cells)
        keys = np.flatnonzero(sums)
        return keys, sums[keys].astype(np.int64)
    keys, inverse = np.unique(cell, return_inverse=True)
    sums = np.bincount(inverse, weights=length)
    return keys[sums > 0], sums[sums > 0].astype(np.int64)


def category_of(masks: Ints, labels: int) -> tuple[Ints, list[int]]:
    """Return, for each mask, the place of its set among those of the chosen labels only (a mask), and those sets."""
    mine = masks & labels
    values = distinct(mine)
    return np.searchsorted(values, mine).astype(np.int64), [int(value) for value in values]


def bincount(at: Ints, weights: Floats, shape: tuple[int, int]) -> Floats:
    """Return a table of sums: `at` holds row × columns + column."""
    found = np.bincount(at, weights=weights, minlength=shape[0] * shape[1]).reshape(shape)
    return np.asarray(found, dtype=np.float64)
