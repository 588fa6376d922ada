"""A coefficient with the rows it is a sum of: its value, its interval, and its value without each article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement.coefficients import Formula
from annotator.agreement.corpus import Floats, Ints
from annotator.model.counting import counted

FEWEST = 10
"""Under so many articles an interval from resampling them would mislead."""
_DUST = 1e-6
_CHUNK = 2_000_000
"""Numbers drawn at a time: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Score:
    """A figure. `value` is None where it is undefined, and `undefined` says why.

    Attributes:
        low, high: the 95 % interval, from articles drawn again; None where there is none, and `note` says why.
        articles: how many articles took part.
    """

    value: float | None
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """A row of sums for each article that takes part, and the formula.

    Attributes:
        rows: article × sum; every article that takes part has a row, also where all of it is 0.
        articles: places of these articles in the corpus.
        undefined: a reason for which there is no figure, whatever the rows say.
    """

    rows: Floats
    articles: Ints
    formula: Formula
    undefined: str = ""

    @property
    def total(self) -> Floats:
        """The sums over all articles."""
        return np.asarray(self.rows.sum(axis=0))

    def of(self, rows: Sequence[int]) -> "Sums":
        """Return the figure of some of its articles, given by their rows."""
        return Sums(self.rows[list(rows)], self.articles[list(rows)], self.formula, self.undefined)

    def score(self) -> Score:
        """Return the figure, without an interval."""
        count = len(self.articles)
        if self.undefined:
            return Score(None, self.undefined, articles=count)
        total = self.total
        value = float(self.formula(total))
        if np.isnan(value):
            return Score(None, self.formula.why(total), articles=count)
        return Score(value, articles=count)

    def each(self) -> Floats:
        """Return the value of every article by itself; nan where it is undefined."""
        return self.formula(self.rows)

    def without_each(self) -> Floats:
        """Return the value without each article in turn; nan where it is undefined."""
        rest = self.total - self.rows
        rest[np.abs(rest) < _DUST] = 0  # what rounding leaves
        return self.formula(rest)


def interval(score: Score, values: Floats) -> Score:
    """Return `score` with the interval that the replicates `values` give, or with the reason for which there is none."""
    if score.value is None:
        return score
    if score.articles < FEWEST:
        return replace(score, note=f"an interval from only {counted(score.articles, 'article')} would mislead")
    defined = values[~np.isnan(values)]
    if len(defined) < 0.95 * len(values):
        share = 1 - len(defined) / len(values)
        return replace(score, note=f"no interval: it is undefined in {share:.0%} of the replicates")
    low, high = np.percentile(defined, [2.5, 97.5])
    return replace(score, low=float(low), high=float(high))


def scored(figures: Sequence[Sums], replicates: int, seed: int) -> list[Score]:
    """Return the scores of several figures, with intervals.

    Articles are drawn with replacement from those that a figure rests on, so that its interval does not depend on what
    else is computed; figures that rest on the same articles can be compared replicate by replicate. The same seed gives
    the same digits. With 0 replicates there are no intervals.
    """
    points = [figure.score() for figure in figures]
    if not replicates:
        return points
    values: dict[int, Floats] = {}
    for count, group in _by_articles(figures, points).items():
        widths = [figures[number].rows.shape[1] for number in group]
        edges = np.concatenate(([0], np.cumsum(widths))).tolist()
        table = np.hstack([figures[number].rows for number in group])
        found = np.empty((len(group), replicates))
        done = 0
        for weights in drawn(count, replicates, seed):
            sums = weights @ table
            for row, number in enumerate(group):
                part = sums[:, edges[row] : edges[row + 1]]
                found[row, done : done + len(weights)] = figures[number].formula(part)
            done += len(weights)
        values |= dict(zip(group, found, strict=True))
    none = np.zeros(0)
    return [interval(point, values.get(number, none)) for number, point in enumerate(points)]


def _by_articles(figures: Sequence[Sums], points: Sequence[Score]) -> dict[int, list[int]]:
    """Return the figures that can have an interval, by how many articles they rest on: what is drawn depends on that."""
    found: dict[int, list[int]] = {}
    for number, (figure, point) in enumerate(zip(figures, points, strict=True)):
        if point.value is not None and point.articles >= FEWEST:
            found.setdefault(len(figure.articles), []).append(number)
    return found


def drawn(articles: int, replicates: int, seed: int) -> Iterator[Floats]:
    """Yield how often each article is drawn in each replicate, some replicates at a time: replicate × article."""
    dice = np.random.Generator(np.random.PCG64(seed))
    size = max(1, _CHUNK // max(1, articles))
    for first in range(0, replicates, size):
        number = min(size, replicates - first)
        picks = dice.integers(0, articles, size=(number, articles))
        picks += np.arange(number)[:, None] * articles
        counts = np.bincount(picks.ravel(), minlength=number * articles)
        yield counts.reshape(number, articles).astype(np.float64)
