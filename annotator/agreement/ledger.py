"""What pairs of annotators gave, article by article, in whole units: laid out once, enough for every choice of labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.corpus import Bools, Floats, Ints
from annotator.agreement.distance import between
from annotator.agreement.lanes import ranked
from annotator.agreement.sweep import PairTable, category_of, distinct

Pair = tuple[int, int]
_DENSE = 8_000_000
"""Cells up to which what a pair gave is laid out: article × two sets of labels."""
_RECENT = 4
"""Choices of labels of which what was added up is kept."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What pairs gave, by article: all of it in whole units, so that sums of it are exact, in whichever order.

    Attributes:
        levels: the distances above 0 between two categories, ascending.
        apart: level × article: units over which two are so far apart.
        counts: category × article: units to which the two of a pair gave it, of both.
    """

    levels: tuple[float, ...]
    apart: Floats
    counts: Floats

    @property
    def distance(self) -> Floats:
        """Units over which they differ, weighted by the distance."""
        found = np.zeros(self.apart.shape[1])
        for level, units in zip(self.levels, self.apart, strict=True):
            found += units if level == 1 else level * units
        return found


class Book(Protocol):
    """What a view asks: a `Ledger`, or what chooses among the tallies of one. Pairs are in order."""

    def delta(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances between the categories: one label or not, or the sets of `labels`."""
        ...

    def tally(self, pairs: Sequence[Pair], label: int | None, labels: int, distance: str) -> Tally:
        """Return what pairs gave, added up."""
        ...

    def sides(self, pair: Pair, label: int | None, labels: int) -> tuple[Floats, Floats]:
        """Return what each of a pair gave: category × article."""
        ...

    def table_of(self, people: Sequence[int], some: Bools) -> PairTable:
        """Return the rows of some annotators and articles (a flag for each)."""
        ...


@dataclass(slots=True)
class Ledger:
    """Tallies of the pairs of a table, each made once; views of the same table share them."""

    table: PairTable
    articles: int
    _categories: dict[tuple[int | None, int], tuple[Ints, list[int]]] = field(default_factory=dict)
    _deltas: dict[tuple[int | None, int, str], Floats] = field(default_factory=dict)
    _crossings: dict[Pair, NDArray[Any]] = field(default_factory=dict)
    _counts: dict[tuple[Pair, int | None, int], NDArray[Any]] = field(default_factory=dict)
    _apart: dict[tuple[Pair, int | None, int, str], NDArray[Any]] = field(default_factory=dict)
    _recent: list[int] = field(default_factory=list)
    _kinds: list[Ints] = field(default_factory=list)

    def categories(self, label: int | None, labels: int) -> tuple[Ints, list[int]]:
        """Return, for each set, its place among the categories, and these: one label or not, or the sets of `labels`."""
        key = (label, labels if label is None else 0)
        if key not in self._categories:
            if label is None:
                self._categories[key] = category_of(self.table.masks, labels)
            else:
                self._categories[key] = ((self.table.masks >> label) & 1).astype(np.int64), [0, 1]
        return self._categories[key]

    def delta(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances between the categories."""
        key = (label, labels if label is None else 0, distance)
        if key not in self._deltas:
            self._deltas[key] = between(self.categories(label, labels)[1], distance)
        return self._deltas[key]

    def _levels(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances above 0, ascending."""
        delta = self.delta(label, labels, distance)
        return np.asarray(distinct(delta[delta > 0]))

    def tally(self, pairs: Sequence[Pair], label: int | None, labels: int, distance: str) -> Tally:
        """Return what pairs (in order) gave, added up."""
        # One label is told from the rest whatever the other ones are.
        labels = labels if label is None else 0
        self._remember(label, labels)
        delta, values = self.delta(label, labels, distance), self._levels(label, labels, distance)
        apart, counts = np.zeros((len(values), self.articles)), np.zeros((len(delta), self.articles))
        for pair in pairs:
            apart += self._apart_of(pair, label, labels, distance)
            counts += self._counts_of(pair, label, labels)
        return Tally(tuple(values.tolist()), apart, counts)

    def sides(self, pair: Pair, label: int | None, labels: int) -> tuple[Floats, Floats]:
        """Return what each of a pair (in order) gave: category × article."""
        place, names = self.categories(label, labels)
        x, y = (place[each] for each in np.divmod(self._kinds_of(), len(self.table.masks)))
        return self._sums(pair, x, len(names)).astype(np.float64), self._sums(pair, y, len(names)).astype(np.float64)

    def table_of(self, people: Sequence[int], some: Bools) -> PairTable:
        """Return the rows of some annotators and articles (a flag for each)."""
        return self.table.of(np.array(people), some)

    def _remember(self, label: int | None, labels: int) -> None:
        """Forget what was added up for another choice of labels, long ago."""
        if label is not None or labels in self._recent[-1:]:
            return
        others = [each for each in self._recent if each != labels]
        self._recent = [*others[1 - _RECENT :], labels]
        self._counts = {key: each for key, each in self._counts.items() if key[1] is not None or key[2] in self._recent}
        self._apart = {key: each for key, each in self._apart.items() if key[1] is not None or key[2] in self._recent}

    def _apart_of(self, pair: Pair, label: int | None, labels: int, distance: str) -> NDArray[Any]:
        """Return over how many units a pair is how far apart: level × article."""
        found = self._apart.get((pair, label, labels, distance))
        if found is None:
            place, _ = self.categories(label, labels)
            delta, values = self.delta(label, labels, distance), self._levels(label, labels, distance)
            x, y = np.divmod(self._kinds_of(), len(self.table.masks))
            far = delta[place[x], place[y]]
            level = np.where(far > 0, np.searchsorted(values, far), -1)
            found = self._apart[pair, label, labels, distance] = self._sums(pair, level, len(values))
        return found

    def _counts_of(self, pair: Pair, label: int | None, labels: int) -> NDArray[Any]:
        """Return how many units a pair gave to which category, both together: category × article."""
        found = self._counts.get((pair, label, labels))
        if found is None:
            one, other = self.sides(pair, label, labels)
            found = self._counts[pair, label, labels] = _narrow(one + other)
        return found

    # What a pair gave, by two sets

    def _kinds_of(self) -> Ints:
        """Return which two sets stand in one row of the table, ascending: the left one's place × sets + the right one's."""
        if not self._kinds:
            width = len(self.table.masks)
            code = self.table.x.astype(np.int64) * width + self.table.y
            self._kinds.append(ranked(code)[0])
        return self._kinds[0]

    def _sums(self, pair: Pair, group: Ints, count: int) -> NDArray[Any]:
        """Return the units of a pair, group × article; `group` is that of each of the kinds, or -1."""
        if len(group) * self.articles > _DENSE:
            return _narrow(self._added(pair, group, count))
        found = np.zeros((count, self.articles), dtype=np.int32)
        for each, units in zip(group.tolist(), self._crossing(pair), strict=True):
            if each >= 0:
                found[each] += units
        return found

    def _crossing(self, pair: Pair) -> NDArray[Any]:
        """Return over how many units a pair had which two sets: kind × article."""
        found = self._crossings.get(pair)
        if found is None:
            kinds = len(self._kinds_of())
            found = self._crossings[pair] = _narrow(self._added(pair, np.arange(kinds), kinds))
        return found

    def _added(self, pair: Pair, group: Ints, count: int) -> Floats:
        rows = self.table.pair(*pair)
        code = rows.x.astype(np.int64) * len(self.table.masks) + rows.y
        place = group[np.searchsorted(self._kinds_of(), code)]
        cell, length = place * self.articles + rows.article, rows.length
        if len(group) and group.min() < 0:
            cell, length = cell[place >= 0], length[place >= 0]
        sums = np.bincount(cell, weights=length, minlength=count * self.articles)
        return np.asarray(sums.reshape(count, self.articles), dtype=np.float64)


def _narrow(units: Floats) -> NDArray[Any]:
    """Return whole units in as few bytes as they need."""
    most = units.max(initial=0)
    return units.astype(np.uint16 if most < 1 << 16 else np.int32 if most < 1 << 31 else np.int64)
