"""A coefficient with the rows it is a sum of: its value, its interval, and its value without each article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

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
    """Return the scores of several figures, with intervals; see `Scoring`."""
    work = Scoring(replicates, seed)
    for each in figures:
        work.add(each)
    return work.scores()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A figure that has an interval: which columns it is made of, and by which power of two each is multiplied."""

    number: int
    places: Ints
    powers: Ints
    formula: Formula


@dataclass(slots=True)
class _Columns:
    """Sums by article that figures on as many articles are made of, each once, however many figures share it."""

    articles: int
    known: dict[float, list[int]] = field(default_factory=dict)
    columns: list[Floats] = field(default_factory=list)
    figures: list[_Drawn] = field(default_factory=list)

    def place(self, column: Floats) -> int:
        """Return the place of a column, which is taken up if it is new."""
        # A product with numbers at random is a quick look; equal columns are equal throughout.
        mark = float(column @ _marks(self.articles))
        alike = self.known.setdefault(mark, [])
        for place in alike:
            if np.array_equal(self.columns[place], column):
                return place
        alike.append(len(self.columns))
        self.columns.append(column)
        return alike[-1]


@cache
def _marks(articles: int) -> Floats:
    return np.random.Generator(np.random.PCG64(0)).random(articles)


@dataclass(slots=True)
class Scoring:
    """Scores figures, with intervals; those that rest on the same sums share their replicates, and the memory.

    Articles are drawn with replacement from those that a figure rests on, so that its interval does not depend on what
    else is computed; figures that rest on the same articles can be compared replicate by replicate. The same seed gives
    the same digits. With 0 replicates there are no intervals.
    """

    replicates: int
    seed: int
    _points: list[Score] = field(default_factory=list)
    _by_articles: dict[int, _Columns] = field(default_factory=dict)

    def add(self, figure: Sums) -> None:
        """Take a figure."""
        point = figure.score()
        number = len(self._points)
        self._points.append(point)
        if not self.replicates or point.value is None or point.articles < FEWEST:
            return
        count = len(figure.articles)
        known = self._by_articles.setdefault(count, _Columns(count))  # what is drawn depends on how many there are
        rows = np.ascontiguousarray(figure.rows.T)
        powers = np.frexp(np.abs(rows).max(axis=1))[1].astype(np.int64)
        rows = np.ldexp(rows, -powers[:, None])  # exact, so that a column and its half are one
        places = np.array([known.place(column) for column in rows], dtype=np.int64)
        known.figures.append(_Drawn(number, places, powers, figure.formula))

    def scores(self) -> list[Score]:
        """Return the scores of the figures, in the order in which they were taken."""
        if not self.replicates:
            return self._points
        values: dict[int, Floats] = {}
        for known in self._by_articles.values():
            values |= self._values(known)
        none = np.zeros(0)
        return [interval(point, values.get(number, none)) for number, point in enumerate(self._points)]

    def _values(self, known: _Columns) -> dict[int, Floats]:
        """Return the replicates of the figures on so many articles."""
        table = np.stack(known.columns)
        found = np.empty((len(known.figures), self.replicates))
        done = 0
        for weights in drawn(known.articles, self.replicates, self.seed):
            sums = table @ weights.T
            for row, each in enumerate(known.figures):
                part = np.ldexp(sums[each.places], each.powers[:, None]).T
                found[row, done : done + len(weights)] = each.formula(part)
            done += len(weights)
        return {each.number: row for each, row in zip(known.figures, found, strict=True)}


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
