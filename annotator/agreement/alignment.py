"""The best alignment of several annotators' units, after Mathet, Widlöcher and Métivier (2015).

Every unit is in exactly one unitary alignment, which holds at most one unit of each annotator; its disorder is the mean
dissimilarity over all pairs of annotators, Δ∅ where one of the two has no unit in it. The best alignment has the smallest
sum of disorders. It is found exactly, as a set partition; the solver is SciPy's (HiGHS), which only γ needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Floats

DELTA_EMPTY = 1.0
_NONE = -1
_DUST = 1e-9
_TIE = 1e-7
"""Among the best alignments the one of the fewest unitary alignments is taken: γ-cat is not the same for all of them."""


@dataclass(frozen=True, slots=True)
class Units:
    """One annotator's units: where each starts and ends, and its category."""

    start: Floats
    end: Floats
    category: Floats

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Weights:
    """The dissimilarity of two units: ``alpha · d_pos + beta · d_cat`` (Mathet et al. 2015, 4.3)."""

    alpha: float = 3.0
    beta: float = 1.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """Unitary alignments, a row each: for every annotator the place of the unit, or -1; and the disorder of each."""

    rows: "np.ndarray[tuple[int, int], np.dtype[np.int64]]"
    disorders: Floats
    units: int

    @property
    def disorder(self) -> float:
        """The sum of disorders by the mean number of units of an annotator."""
        people = self.rows.shape[1]
        return float(self.disorders.sum() / (self.units / people))


def positional(one: Units, other: Units) -> Floats:
    """Return ``((|s₁ − s₂| + |e₁ − e₂|) / (l₁ + l₂))² Δ∅`` for all pairs of units (Mathet et al. 2015, 4.3.1)."""
    apart = np.abs(one.start[:, None] - other.start) + np.abs(one.end[:, None] - other.end)
    lengths = (one.end - one.start)[:, None] + (other.end - other.start)
    return np.asarray((apart / lengths) ** 2 * DELTA_EMPTY)


def categorical(one: Units, other: Units) -> Floats:
    """Return 0 for equal categories, else Δ∅."""
    return np.asarray((one.category[:, None] != other.category) * DELTA_EMPTY, dtype=np.float64)


def best_alignment(people: Sequence[Units], weights: Weights) -> Alignment:
    """Return an alignment of the smallest disorder.

    Raises:
        ModuleNotFoundError: SciPy is not installed.
    """
    distances = {
        (a, b): weights.alpha * positional(people[a], people[b]) + weights.beta * categorical(people[a], people[b])
        for a in range(len(people))
        for b in range(a + 1, len(people))
    }
    rows, costs = _candidates(people, distances)
    chosen = _partition([len(each) for each in people], rows, costs)
    return Alignment(rows[chosen], costs[chosen], sum(len(each) for each in people))


def _candidates(
    people: Sequence[Units], distances: dict[tuple[int, int], Floats]
) -> tuple["np.ndarray[tuple[int, int], np.dtype[np.int64]]", Floats]:
    """Return all unitary alignments that can be in a best one, and the disorder of each.

    One is left out where taking some unit out of it and aligning it alone costs less.
    """
    count = len(people)
    pairs = count * (count - 1) / 2
    rows = np.full((1, count), _NONE, dtype=np.int64)
    for who, units in enumerate(people):
        grown = np.repeat(rows, len(units) + 1, axis=0)
        grown[:, who] = np.tile(np.arange(-1, len(units)), len(rows))
        rows = grown[_worth(grown, who + 1, distances, (pairs + count - 1) * DELTA_EMPTY)]
    rows = rows[(rows != _NONE).any(axis=1)]
    size = (rows != _NONE).sum(axis=1)
    between, total = _sums(rows, count, distances)
    keep = (between <= ((pairs + size - 1) * DELTA_EMPTY)[:, None] + _DUST).all(axis=1) | (size == 1)
    cost = (total + (pairs - size * (size - 1) / 2) * DELTA_EMPTY) / pairs
    return rows[keep], cost[keep]


def _sums(
    rows: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", count: int, distances: dict[tuple[int, int], Floats]
) -> tuple[Floats, Floats]:
    """Return for each row the dissimilarity of each unit to the others in it, and of all pairs."""
    between = np.zeros(rows.shape)
    total = np.zeros(len(rows))
    for (a, b), table in distances.items():
        if b < count and table.size:
            both = (rows[:, a] != _NONE) & (rows[:, b] != _NONE)
            far = np.where(both, table[np.maximum(rows[:, a], 0), np.maximum(rows[:, b], 0)], 0.0)
            between[:, a] += far
            between[:, b] += far
            total += far
    return between, total


def _worth(
    rows: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
    count: int,
    distances: dict[tuple[int, int], Floats],
    most: float,
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.asarray((_sums(rows, count, distances)[0] <= most + _DUST).all(axis=1))


def _partition(
    sizes: Sequence[int], rows: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", costs: Floats
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return the rows of the cheapest choice that holds every unit exactly once."""
    # Lazily: SciPy is large, and only this needs it.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    first = np.concatenate(([0], np.cumsum(sizes)))
    at, who = np.nonzero(rows != _NONE)
    unit = first[who] + rows[at, who]
    shape = (int(first[-1]), len(rows))
    table = csr_array((np.ones(len(at)), (unit, at)), shape=shape)
    found = milp(
        costs + _TIE,
        constraints=LinearConstraint(table, 1, 1),
        integrality=np.ones(len(rows)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise ArithmeticError(f"the solver found no alignment: {found.message}")
    return np.flatnonzero(found.x > 0.5)
