"""Figures with their intervals: articles drawn again, once for all figures that rest on as many of them."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficients import Formula
from annotator.agreement.corpus import Floats
from annotator.agreement.drawing import drawn
from annotator.agreement.sums import FEWEST, Score, Sums, intervals, without_interval

_AT_ONCE = 100
"""Replicates of which sums are made at a time: few enough to lie near the processor."""
_BLOCK = (64, 400, 10)
"""Columns, articles and replicates of a product at a time: so few that no library shares it out among threads, which
wait for one another longer than it takes where the machine has other things to do."""
_BITS = 24
"""Of a number of four bytes: a whole one that needs no more is exact, and so are sums up to there, in whichever order."""
_LATELY = 12
"""Rows of sums that are known again."""
_TOGETHER = 32
"""Figures of one formula that are computed at once."""


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
    places: tuple[int, ...]
    powers: tuple[int, ...]
    formula: Formula


@dataclass(slots=True)
class _Columns:
    """Sums by article that figures on as many articles are made of, each once, however many figures share it."""

    articles: int
    known: dict[float, list[tuple[int, int]]] = field(default_factory=dict)
    columns: list[NDArray[Any]] = field(default_factory=list)
    figures: list[_Drawn] = field(default_factory=list)
    seen: dict[int, tuple[Floats, tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict)

    def places(self, rows: Floats) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return for each of some sums the place of its column, and the power of two by which it is larger."""
        # Several coefficients are made of the very same rows, soon after one another. (These are held meanwhile, so that
        # nothing else comes by their id.)
        if id(rows) not in self.seen:
            if len(self.seen) >= _LATELY:
                del self.seen[next(iter(self.seen))]
            found = [self.place(column) for column in np.ascontiguousarray(rows.T)]
            self.seen[id(rows)] = rows, tuple(place for place, _ in found), tuple(power for _, power in found)
        return self.seen[id(rows)][1:]

    def place(self, column: Floats) -> tuple[int, int]:
        """Return the place of a column, which is taken up if it is new, and the power of two by which it is larger."""
        # A product with numbers at random is a quick look, and shows a column and its half as alike: powers of two
        # are exact. Equal columns are equal throughout.
        mark, power = np.frexp(column @ _marks(self.articles))
        alike = self.known.setdefault(float(mark), [])
        for place, other in alike:
            here = self.columns[place]
            if np.array_equal(here if other == power else here * 2.0 ** (power - other), column):
                return place, int(power - other)
        alike.append((len(self.columns), int(power)))
        # Alone: what it is cut from is not needed any more.
        self.columns.append(column.astype(np.float32 if _is_small(column) else np.float64))
        return len(self.columns) - 1, 0


@lru_cache(maxsize=4)
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
        self._points.append(without_interval(point) if self.replicates else point)
        if not self.replicates or point.value is None or point.articles < FEWEST:
            return
        count = len(figure.articles)
        known = self._by_articles.setdefault(count, _Columns(count))  # what is drawn depends on how many there are
        places, powers = known.places(figure.rows)
        known.figures.append(_Drawn(number, places, powers, figure.formula))

    def points(self) -> list[Score]:
        """Return the scores without their intervals, which is done sooner."""
        return [replace(each, note="") for each in self._points]

    def scores(self, tick: Callable[[], None] | None = None) -> list[Score]:
        """Return the scores of the figures, in the order in which they were taken; `tick` hears that it goes on."""
        found = list(self._points)
        for known in self._by_articles.values():
            known.seen.clear()
            sums = _redrawn(known, self.replicates, self.seed, tick or (lambda: None))
            for some in _alike(known.figures):
                values = some[0].formula(_sums_of(some, sums))
                scores = intervals([self._points[each.number] for each in some], values)
                for each, score in zip(some, scores, strict=True):
                    found[each.number] = score
        return found


def _alike(figures: Sequence[_Drawn]) -> Iterator[list[_Drawn]]:
    """Yield figures of the same formula together."""
    groups: dict[tuple[Any, ...], list[_Drawn]] = {}
    for each in figures:
        values = [getattr(each.formula, one.name) for one in fields(each.formula)]  # type: ignore[arg-type]
        parts = [value.tobytes() if isinstance(value, np.ndarray) else value for value in values]
        groups.setdefault((type(each.formula), len(each.places), *parts), []).append(each)
    for some in groups.values():
        for first in range(0, len(some), _TOGETHER):
            yield some[first : first + _TOGETHER]


def _sums_of(some: list[_Drawn], sums: Floats) -> Floats:
    """Return the replicates of what some figures are made of: figure × replicate × sum."""
    part = sums[np.array([each.places for each in some])]
    powers = np.array([each.powers for each in some])
    if powers.any():
        part = np.ldexp(part, powers[:, :, None])
    return np.asarray(np.moveaxis(part, 1, 2))


def _redrawn(known: _Columns, replicates: int, seed: int, tick: Callable[[], None]) -> Floats:
    """Return the sums of each column in each replicate: column × replicate.

    They are exact: the same to the last digit on every machine, whatever adds up in which order.
    """
    found = np.empty((len(known.columns), replicates))
    first_limbs, steps, table = _table(known.columns)
    room = np.zeros((_AT_ONCE, table.shape[1]), np.float32)
    done = 0
    for weights in drawn(known.articles, replicates, seed):
        tick()
        for first in range(0, len(weights), _AT_ONCE):
            some = weights[first : first + _AT_ONCE]
            np.copyto(room[: len(some), : known.articles], some)
            sums = _product(table, room)[:, : len(some)] * steps
            np.add.reduceat(sums, first_limbs, axis=0, out=found[:, done : done + len(some)])
            done += len(some)
    return found


def _product(table: NDArray[Any], room: NDArray[Any]) -> Floats:
    """Return the product of the table and the room turned round, made of small ones that are exact."""
    lines, _, size = _BLOCK
    inner = _inner(table.shape[1])
    right = room.reshape(-1, size, table.shape[1] // inner, inner).transpose(0, 2, 3, 1)
    found = np.empty((len(table), len(room)))
    for first in range(0, len(table), lines):
        left = table[first : first + lines]
        sums = (left.reshape(len(left), -1, inner).transpose(1, 0, 2) @ right).sum(axis=1, dtype=np.float64)
        found[first : first + lines] = sums.transpose(1, 0, 2).reshape(len(left), len(room))
    return found


def _inner(articles: int) -> int:
    """Return how many articles a small product goes over; so many times this are as many as there are, or a few more."""
    parts = -(-articles // _BLOCK[1])
    return -(-articles // parts)


def _table(columns: list[NDArray[Any]]) -> tuple[list[int], Floats, NDArray[np.float32]]:
    """Return rows of whole numbers whose sums are exact: where those of each column begin, and what each row is to be multiplied by.

    Of a column the widest limb comes first: so they are added in this order. Columns of one become rows of the table, so
    that nothing is held twice.
    """
    rows: list[tuple[int, float, NDArray[np.float32]]] = []
    first_limbs = []
    for place, each in enumerate(columns):
        first_limbs.append(len(rows))
        if each.dtype == np.float32:
            rows.append((place, 1.0, each))
        else:
            rows += ((-1, step, limb) for step, limb in _limbs(each))
    steps = np.array([[step] for _, step, _ in rows])
    count, inner = len(columns[0]), _inner(len(columns[0]))
    # With zeros up to a whole number of small products.
    table = np.zeros((len(rows), -(-count // inner) * inner), np.float32)
    rows.reverse()
    for line in table:
        place, _, row = rows.pop()
        line[:count] = row
        if place >= 0:
            columns[place] = line[:count]
    return first_limbs, steps, table


def _limbs(column: Floats) -> Iterator[tuple[float, NDArray[np.float32]]]:
    """Yield steps, and whole numbers of each, that add up to a column; so wide that sums in a small product are exact."""
    while (most := float(np.abs(column).max(initial=0))) > 0:
        step = 2.0 ** (math.ceil(math.log2(most * _drawn_at_most(len(column)))) - _BITS)
        wide = np.rint(column / step)
        yield step, wide.astype(np.float32)
        column = column - wide * step


def _is_small(column: Floats) -> bool:
    """Return whether a column is a limb of its own."""
    most = max(column.max(), -column.min())
    return bool(most * _drawn_at_most(len(column)) < 1 << _BITS and (column == np.rint(column)).all())


def _drawn_at_most(articles: int) -> int:
    """Return more than what is ever drawn of the articles that a small product goes over.

    As many are drawn as it goes over, and twice as many never: the chance is less than one in 10³⁰.
    """
    return 2 * _inner(articles)
