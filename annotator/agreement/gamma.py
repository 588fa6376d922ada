"""γ, γ-cat and γ-k: agreement on where units are and what they are, with near misses by distance.

γ = 1 − disorder / expected disorder (Mathet, Widlöcher and Métivier, The unified and holistic method gamma, Computational
Linguistics 41, 2015). The expected disorder is a mean over continua made at random, so that γ is a number with a
precision, and depends on the seed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from annotator.agreement.alignment import (
    DELTA_EMPTY,
    Alignment,
    Units,
    Weights,
    best_alignment,
    categorical,
    positional,
)
from annotator.agreement.corpus import Bools, Corpus, Ints
from annotator.model.figures import coefficient

SAMPLES = 30
PRECISION = 0.02
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Gamma:
    """γ of one article.

    Attributes:
        gamma, gamma_cat: the values; None where they are undefined, and `undefined` says why.
        low, high: between which γ lies with 95% confidence, given how many samples were made.
        disorder, expected: observed and expected disorder.
        samples: how many continua were made at random.
        gamma_k: by category, how reliably it was given where units are aligned; None where that is undefined.
    """

    gamma: float | None
    gamma_cat: float | None = None
    low: float | None = None
    high: float | None = None
    disorder: float | None = None
    expected: float | None = None
    samples: int = 0
    undefined: str = ""
    gamma_k: Mapping[float, float | None] = field(default_factory=dict)

    @property
    def between(self) -> str:
        """Between which values it lies, and from how many samples that is known; empty where it is not."""
        if self.low is None or self.high is None:
            return ""
        return f"between {coefficient(self.low, 3)} and {coefficient(self.high, 3)} from {self.samples} samples"


def gamma(
    people: Sequence[Units],
    length: float,
    seed: int,
    *,
    weights: Weights | None = None,
    precision: float = PRECISION,
    stopped: Callable[[], bool] = lambda: False,
) -> Gamma:
    """Return γ of one continuum of `length`, with an expected disorder within `precision` (relative, 95%).

    First `SAMPLES` samples are made; then as many as their variation asks for (2015, 5.3).
    """
    weights = weights or Weights()
    if len(people) < 2:
        return Gamma(None, undefined="fewer than two have finished it")
    if not any(len(each) for each in people):
        return Gamma(None, undefined="nobody marked anything")
    try:
        best = best_alignment(people, weights)
    except ModuleNotFoundError:
        return Gamma(None, undefined="γ needs SciPy: python3 -m pip install scipy")
    dice = np.random.Generator(np.random.PCG64(seed))
    chance: list[float] = []
    categories = sorted({float(each) for one in people for each in one.category})
    kinds: list[float | None] = [None, *categories]
    by_chance = dict.fromkeys(kinds, 0.0)
    wanted = SAMPLES
    while len(chance) < wanted and not stopped():
        sample = shuffled(people, length, dice)
        aligned = best_alignment(sample, weights)
        chance.append(aligned.disorder)
        for kind in kinds:
            by_chance[kind] += categorical_disorder(sample, aligned, weights, kind)
        if len(chance) == SAMPLES:
            spread = float(np.std(chance) / np.mean(chance)) if any(chance) else 0.0
            wanted = min(_MOST, max(SAMPLES, int(np.ceil((spread * 1.96 / precision) ** 2))))
    expected = float(np.mean(chance)) if chance else 0.0
    if expected == 0:
        return Gamma(None, disorder=best.disorder, undefined="at random it would be no different")
    error = 1.96 * float(np.std(chance)) / np.sqrt(len(chance)) / expected
    value = 1 - best.disorder / expected
    off = best.disorder / expected * error
    of_kind = {
        kind: 1 - categorical_disorder(people, best, weights, kind) / (total / len(chance)) if total else None
        for kind, total in by_chance.items()
    }
    return Gamma(
        gamma=value,
        gamma_cat=of_kind[None],
        low=float(value - off),
        high=float(min(1.0, value + off)),
        disorder=best.disorder,
        expected=expected,
        samples=len(chance),
        gamma_k={kind: of_kind[kind] for kind in categories},
    )


def shuffled(people: Sequence[Units], length: float, dice: np.random.Generator) -> list[Units]:
    """Return a continuum made at random: annotators drawn from `people`, each shifted round by another distance (5.2).

    Shifts are at least half a mean unit apart, where there is room.
    """
    lengths = np.concatenate([each.end - each.start for each in people])
    least = float(lengths.mean()) / 2
    made: list[Units] = []
    while not any(len(each) for each in made):
        made = []
        shifts: list[float] = []
        for _ in people:
            shift = _shift(shifts, length, least, dice)
            shifts.append(shift)
            chosen = people[int(dice.integers(len(people)))]
            start = chosen.start + shift
            back = np.where(start >= length, length, 0.0)
            made.append(Units(start - back, chosen.end + shift - back, chosen.category))
    return made


def _shift(taken: list[float], length: float, least: float, dice: np.random.Generator) -> float:
    for _ in range(100):
        shift = float(dice.uniform(0, length))
        if all(abs(shift - each) >= least for each in taken):
            return shift
    return float(dice.uniform(0, length))


def categorical_disorder(
    people: Sequence[Units], aligned: Alignment, weights: Weights, category: float | None = None
) -> float:
    """Return the disorder of γ-cat: of the categories in an alignment alone (Mathet 2017, 4.2.5).

    Each pair of aligned units weighs ``max(0, 1 − α d_pos) / (n − 1)``, n being the units of its unitary alignment. A unit
    that the other one of a pair has not counts as one full difference, as in the reference implementation, whose published
    values are reproduced so. With a `category` only pairs with a unit of it count: γ-k.
    """
    size = (aligned.rows >= 0).sum(axis=1)
    disorder = weight = 0.0
    for a in range(len(people)):
        for b in range(a + 1, len(people)):
            left, right = aligned.rows[:, a], aligned.rows[:, b]
            counts = _is_of(people[a], left, category) | _is_of(people[b], right, category)
            lonely = DELTA_EMPTY * float((counts & ((left >= 0) != (right >= 0))).sum())
            disorder += lonely * DELTA_EMPTY
            weight += lonely
            rows = np.flatnonzero(counts & (left >= 0) & (right >= 0))
            if len(rows):
                one, other = left[rows], right[rows]
                near = np.maximum(0, 1 - weights.alpha * positional(people[a], people[b])[one, other])
                by = near / (size[rows] - 1)
                disorder += float((by * categorical(people[a], people[b])[one, other]).sum())
                weight += float(by.sum())
    return disorder / weight if weight else 0.0


def _is_of(units: Units, places: Ints, category: float | None) -> Bools:
    """Return which places are those of a unit, of one category if one is given."""
    if not len(units):
        return np.zeros(len(places), dtype=bool)
    is_there = places >= 0
    return is_there if category is None else is_there & (units.category[np.maximum(places, 0)] == category)


def units_of(corpus: Corpus, article: int, annotators: Sequence[int]) -> list[Units]:
    """Return the units of those who finished an article. Each fragment is a unit, because γ knows no other."""
    low, high = np.searchsorted(corpus.span_article, [article, article + 1])
    spans = np.arange(low, high)
    found = []
    for who in annotators:
        if corpus.finished[article, who]:
            mine = spans[corpus.span_annotator[spans] == who]
            rows = np.concatenate(
                [np.arange(corpus.first[span], corpus.first[span + 1]) for span in mine] or [spans[:0]]
            )
            label = corpus.span_label[corpus.fragment_span[rows]]
            found.append(Units(corpus.start[rows].astype(float), corpus.end[rows].astype(float), label.astype(float)))
    return found
