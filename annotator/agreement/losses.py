"""Lost points added up: by label, by what became of them, and by what the other one has instead.

They are counted in whole units up to the last step, so that the sums are the same in whichever order they are made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.apart import BOUNDARY, CATEGORY, CLASSES, MISSED, MOST_TOLD, MOST_WORDS, NO_WORDS, Stretches
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints
from annotator.agreement.labelling import View
from annotator.agreement.lanes import ranked
from annotator.agreement.sweep import distinct
from annotator.agreement.tables import Rows, Tables, by_pair, narrowed


@dataclass(frozen=True, slots=True)
class Lost:
    """Lost points, added up.

    Attributes:
        points: label × class, weighted as in α: their sum over classes is ``Σ o_ck`` (c ≠ k) of the label's α.
        forgiven: label: what a tolerance at edges takes off the boundary points; they are not in `points`.
        confused: label × (label given instead …, "boundary", "none"): the same points by what the other one has.
        by_words: label × number of words: all boundary points, forgiven or not, by how many words their stretch touches;
            the last column holds `MOST_WORDS` and more. Zeros where words were not asked for.
    """

    points: Floats
    forgiven: Floats
    confused: Floats
    by_words: Floats

    @property
    def shares(self) -> Floats:
        """The share of each class in all lost points; zeros where nothing is lost."""
        total = self.points.sum()
        return np.asarray(self.points.sum(axis=0) / total if total else np.zeros(len(CLASSES)))


@dataclass(frozen=True, slots=True)
class Losses:
    """Lost points of pairs by article, each with its kind: what is equal in label, class, rivals and words.

    Attributes:
        article, points: a row for each; those of a pair are neighbours. bounds: where the rows of a pair begin and end.
        code: which kind each row is of.
        label, boundary, rivals, words: of each kind.
    """

    article: NDArray[Any]
    points: NDArray[Any]
    bounds: dict[tuple[int, int], tuple[int, int]]
    code: NDArray[Any]
    label: Ints
    boundary: Bools
    rivals: Ints
    words: Ints

    @classmethod
    def of(cls, rows: Rows, people: int) -> "Losses":
        """Lay out rows of `Tables.lost`, by pair; `words` may stand beside them."""
        rivals, rival = ranked(rows["rivals"])
        words = rows["words"].astype(np.int64) if "words" in rows else np.full(len(rival), NO_WORDS, dtype=np.int64)
        wide = MOST_TOLD + 2
        key = (rows["label"].astype(np.int64) * 2 + (rows["boundary"] > 0)) * len(rivals) + rival
        kinds, code = ranked(key * wide + np.minimum(words, MOST_TOLD) + 1)
        rest, count = np.divmod(kinds, wide)
        rest, place = np.divmod(rest, max(len(rivals), 1))
        label, boundary = np.divmod(rest, 2)
        pairs = [(one, other) for one in range(people) for other in range(one + 1, people)]
        return cls(
            rows["article"],
            rows["points"],
            {pair: Tables.rows_of(rows, pair) for pair in pairs},
            code.astype(np.int16 if len(kinds) < 1 << 15 else np.int32),
            label,
            boundary > 0,
            rivals[place],
            count - 1,
        )

    def by_readers(self, pairs: Iterable[tuple[int, int]], slot: Ints, slots: int) -> Floats:
        """Return the points of some pairs (in order), slot × kind; `slot` is the one of each article, the last counts nothing."""
        kinds = len(self.label)
        found = np.zeros((slots + 1) * kinds)
        for pair in pairs:
            low, high = self.bounds[pair]
            cell = slot[self.article[low:high]] * kinds + self.code[low:high]
            found += np.bincount(cell, weights=self.points[low:high], minlength=len(found))
        return np.asarray(found.reshape(slots + 1, kinds)[:slots])

    def added(
        self, pairs: Iterable[tuple[int, int]], readers: Ints, labels: Sequence[int], count: int, tolerance: int = 0
    ) -> Lost:
        """Add up the points of some pairs.

        Args:
            pairs: in order.
            readers: how many have finished each article; of those that fewer than two have, nothing counts.
            labels: the new place of each label, or -1.
            count: how many labels there are then.
            tolerance: a boundary of at most so many words is forgiven.
        """
        several = distinct(readers[readers > 1])
        slot = np.where(readers > 1, np.searchsorted(several, readers), len(several))
        sums = self.by_readers(pairs, slot, len(several))
        label = np.array([*labels, -1])[self.label]
        keep = label >= 0
        rivals = np.where(self.boundary, 0, narrowed(self.rivals, np.array(labels)))
        kind = np.where(self.boundary, BOUNDARY, np.where(rivals != 0, CATEGORY, MISSED))
        points = sums[:, keep].ravel()
        columns = [np.tile(each[keep], len(several)) for each in (label, kind, rivals, self.words)]
        columns.append(np.repeat(several, int(keep.sum())))
        return _weighed(np.stack(columns), points, count, tolerance)


def _weighed(kinds: Ints, points: Floats, labels: int, tolerance: int) -> Lost:
    """Return points by kind (rows label, class, rivals, words and readers) added up and weighed as in α."""
    some = np.flatnonzero(points)
    some = some[np.lexsort(kinds[::-1, some])]
    kinds, points = kinds[:, some], points[some]
    is_new = np.ones(len(some), dtype=bool)
    is_new[1:] = (kinds[:, 1:] != kinds[:, :-1]).any(axis=0)
    kinds, whole = kinds[:, is_new], np.bincount(np.cumsum(is_new) - 1, weights=points)
    label, kind, rivals, words, readers = kinds
    by = whole * (2.0 / np.maximum(readers - 1, 1))
    by_words, forgiven = np.zeros((labels, MOST_WORDS + 1)), np.zeros(labels)
    known = (kind == BOUNDARY) & (words != NO_WORDS)
    np.add.at(by_words, (label[known], np.minimum(words[known], MOST_WORDS)), by[known])
    is_small = known & (words <= tolerance) & (tolerance > 0)
    np.add.at(forgiven, label[is_small], by[is_small])
    rest, label, kind, rivals = by[~is_small], label[~is_small], kind[~is_small], rivals[~is_small]
    found, confused = np.zeros((labels, len(CLASSES))), np.zeros((labels, labels + 2))
    np.add.at(found, (label, kind), rest)
    confused[:, labels], confused[:, labels + 1] = found[:, BOUNDARY], found[:, MISSED]
    share = rest / np.maximum(np.bitwise_count(rivals), 1)
    for name in range(labels):
        np.add.at(confused[:, name], label, share * (rivals >> name & 1))
    return Lost(found, forgiven, confused, by_words)


def rows_of(found: Iterable[Stretches]) -> Rows:
    """Return the stretches of pairs as rows of `Tables.lost`, with words."""
    parts = [
        (
            np.full(len(each.article), each.pair[0]),
            np.full(len(each.article), each.pair[1]),
            each.article,
            each.label,
            each.kind == BOUNDARY,
            each.rivals,
            each.length,
            each.words,
        )
        for each in found
    ]
    nothing = tuple(np.zeros(0, dtype=np.int64) for _ in range(8))
    names = ("left", "right", "article", "label", "boundary", "rivals", "points", "words")
    return dict(zip(names, (np.concatenate(each) for each in zip(nothing, *parts, strict=True)), strict=True))


def lost(corpus: Corpus, sight: View, found: Iterable[Stretches], tolerance: int = 0) -> Lost:
    """Add up the stretches of all pairs of a view. A boundary of at most `tolerance` words is forgiven."""
    return lost_of(rows_of(found), len(corpus.labels), sight, tolerance)


def lost_of(rows: Rows, labels: int, sight: View, tolerance: int = 0) -> Lost:
    """Add up lost points that were counted by article, pair, label and what the other one has."""
    people = sight.finished.shape[1]
    pairs = [(one, other) for one in range(people) for other in range(one + 1, people)]
    return Losses.of(by_pair(rows), people).added(pairs, sight.readers, range(labels), labels, tolerance)
