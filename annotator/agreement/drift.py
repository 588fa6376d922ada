"""Whether somebody's agreement with the others changes as the work goes on."""

import math
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from annotator.agreement.corpus import Floats, Ints
from annotator.agreement.labelling import View
from annotator.agreement.sweep import distinct

_SHUFFLES = 9_999
_FEWEST = 8
_MOST_TO_SHUFFLE = 250
"""Articles up to which orders are drawn. Of more, the spread of ρ over all orders, whose variance is 1/(n − 1) whatever
the ranks, is normal to less than what drawing 9,999 of them leaves open (Hotelling and Pabst 1936)."""
LIMIT = 0.05


@dataclass(frozen=True, slots=True)
class Drift:
    """How one annotator's disagreement with the others changes over the articles in the order of working.

    Attributes:
        annotator: place in the corpus.
        order: places of the articles, in the order in which this annotator finished them.
        disagreement: for each: which part of what this one or another marked only one of them marked, less the same
            among the others where there are two of them; so a hard article is no drift.
        rho: Spearman's rank correlation with the order: above 0 the disagreement grows. None where it is undefined.
        p: how often orders at random correlate as much (two-sided; by shuffling, of many articles by the normal limit).
        adjusted: p for as many annotators as were tested (Holm 1979).
        undefined: why there is no test.
    """

    annotator: int
    order: tuple[int, ...]
    disagreement: tuple[float, ...]
    rho: float | None = None
    p: float | None = None
    adjusted: float | None = None
    undefined: str = ""

    @property
    def is_flagged(self) -> bool:
        """Whether the change is larger than chance would make it."""
        return self.adjusted is not None and self.adjusted < LIMIT


def drift(sight: View, times: Ints, seed: int) -> list[Drift]:
    """Return the drift of each annotator. `times` tells the order of finishing, article × annotator; below 0: not finished."""
    rates = _rates(sight)
    orders = _Orders(np.random.Generator(np.random.PCG64(seed)))
    found = [_one(sight, who, rates, times[:, who], orders) for who in sight.annotators]
    return _adjusted(found)


@dataclass(slots=True)
class _Orders:
    """Orders at random, drawn once for so many articles, whoever is tested with them: drawing takes longer than testing."""

    dice: np.random.Generator
    known: dict[int, Ints] = field(default_factory=dict)

    def of(self, count: int) -> Ints:
        """Return orders of so many, a row each."""
        if count not in self.known:
            rows = np.tile(np.arange(count), (_SHUFFLES, 1))
            self.known[count] = self.dice.permuted(rows, axis=1, out=rows)
        return self.known[count]


def _rates(sight: View) -> tuple[dict[tuple[int, int], int], Floats, Floats]:
    """Return the pairs' places, and by pair and article the points that differ and those marked by either."""
    pairs = list(combinations(sorted(sight.annotators), 2))
    shape = (len(pairs), len(sight.readers))
    differ, both = np.zeros(shape), np.zeros(shape)
    for row, pair in enumerate(pairs):
        for label in range(sight.labels.bit_length()):
            if sight.labels >> label & 1:
                tally = sight.ledger.tally((pair,), label, sight.labels, "nominal")
                differ[row] += tally.distance
                both[row] += tally.counts[1]
    differ[:, sight.readers == 0] = both[:, sight.readers == 0] = 0
    # What one has and what the other has, less what both have, is what either has.
    return {pair: number for number, pair in enumerate(pairs)}, differ, (both + differ) / 2


def _one(
    sight: View,
    who: int,
    rates: tuple[dict[tuple[int, int], int], Floats, Floats],
    times: Ints,
    orders: _Orders,
) -> Drift:
    place, differ, either = rates
    mine = [row for pair, row in place.items() if who in pair]
    rest = [row for pair, row in place.items() if who not in pair]
    own_marked, rest_marked = either[mine].sum(axis=0), either[rest].sum(axis=0)
    at = sight.articles[(own_marked[sight.articles] > 0) & (times[sight.articles] >= 0)]
    moments = times[at]
    by_time = np.argsort(moments, kind="stable")  # in the same moment: by place
    at, moments = at[by_time], moments[by_time]
    order = tuple(at.tolist())
    if len(order) < _FEWEST:
        return Drift(who, order, (), undefined=f"fewer than {_FEWEST} articles to compare")
    values = differ[mine].sum(axis=0)[at] / own_marked[at]
    if rest:
        values = values - np.where(
            rest_marked[at] > 0, differ[rest].sum(axis=0)[at] / np.maximum(rest_marked[at], 1), 0.0
        )
    ranks = _ranks(values)
    if ranks.std() == 0:
        return Drift(who, order, tuple(values.tolist()), undefined="every article shows the same")
    # Articles finished in the same moment (an import) have no order: they share a rank.
    clock = _ranks(moments.astype(np.float64))
    if clock.std() == 0:
        return Drift(who, order, tuple(values.tolist()), undefined="all were finished at the same time")
    rho = float(np.corrcoef(ranks, clock)[0, 1])
    return Drift(who, order, tuple(values.tolist()), rho, _chance(ranks, clock, rho, orders))


def _chance(ranks: Floats, clock: Floats, rho: float, orders: _Orders) -> float:
    """Return how often orders at random correlate as much as `rho`."""
    count = len(ranks)
    if count > _MOST_TO_SHUFFLE:
        return math.erfc(abs(rho) * math.sqrt((count - 1) / 2))
    shuffled = (ranks - ranks.mean())[orders.of(count)]
    rhos = shuffled @ (clock - clock.mean()) / (count * ranks.std() * clock.std())
    return float((1 + (np.abs(rhos) >= abs(rho) - 1e-12).sum()) / (_SHUFFLES + 1))


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1; equal values share the mean of theirs."""
    found = distinct(values)
    inverse = np.searchsorted(found, values)
    counts = np.bincount(inverse)
    last = np.cumsum(counts)
    mean: Ints | Floats = last - (counts - 1) / 2
    return np.asarray(mean[inverse], dtype=np.float64)


def _adjusted(found: list[Drift]) -> list[Drift]:
    tested = sorted((each.p, number) for number, each in enumerate(found) if each.p is not None)
    largest = 0.0
    made = list(found)
    for rank, (p, number) in enumerate(tested):
        largest = max(largest, min(1.0, p * (len(tested) - rank)))
        each = found[number]
        made[number] = Drift(each.annotator, each.order, each.disagreement, each.rho, each.p, largest)
    return made
