"""A coefficient with the rows it is a sum of: its value, and its value without each article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement.coefficients import Formula
from annotator.agreement.corpus import Floats, Ints
from annotator.model.counting import counted
from annotator.model.figures import percent

FEWEST = 10
"""Under so many articles an interval from resampling them would mislead."""
_DUST = 1e-6
_BOUNDS = (2.5, 97.5)
"""Percentiles of the replicates between which 95% of them lie."""


@dataclass(frozen=True, slots=True)
class Score:
    """A figure. `value` is None where it is undefined, and `undefined` says why.

    Attributes:
        low, high: the 95% interval, from articles drawn again; None where there is none, and `note` says why.
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
        # Column by column, however the rows lie in memory: so the digits are the same.
        return np.asarray(np.ascontiguousarray(self.rows.T).sum(axis=1))

    def of(self, rows: Sequence[int] | Ints) -> "Sums":
        """Return the figure of some of its articles, given by their rows."""
        some = np.asarray(rows, dtype=np.int64)
        return Sums(self.rows[some], self.articles[some], self.formula, self.undefined)

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


def without_interval(score: Score) -> Score:
    """Return `score` with the reason for which it rests on too few articles for an interval, where it does."""
    if score.value is None or score.articles >= FEWEST:
        return score
    return replace(score, note=f"an interval from only {counted(score.articles, 'article')} would mislead")


def intervals(scores: Sequence[Score], values: Floats) -> list[Score]:
    """Return scores with the intervals that their replicates give (figure × replicate), or with the reason for none."""
    is_defined = ~np.isnan(values)
    defined = is_defined.sum(axis=1)
    whole = defined == values.shape[1]
    bounds = np.zeros((len(scores), 2))
    if whole.any():
        bounds[whole] = np.percentile(values[whole], _BOUNDS, axis=1).T
    made = []
    for number, score in enumerate(scores):
        if defined[number] < 0.95 * values.shape[1]:
            share = 1 - defined[number] / values.shape[1]
            made.append(replace(score, note=f"no interval: it is undefined in {percent(share, 0)} of the replicates"))
            continue
        if not whole[number]:
            bounds[number] = np.percentile(values[number][is_defined[number]], _BOUNDS)
        made.append(replace(score, low=float(bounds[number, 0]), high=float(bounds[number, 1])))
    return made
