"""Figures with their intervals: articles drawn again, once for all figures that rest on as many of them."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coefficients import Formula
from annotator.agreement.corpus import Floats
from annotator.agreement.drawing import drawn
from annotator.agreement.sums import FEWEST, Score, Sums, intervals, without_interval

_AT_ONCE = 20
"""Replicates of which sums are made at a time: few enough to lie near the processor."""
_BLOCK = (64, 400, 10)
"""Columns, articles and replicates of a product at a time: so few that no library shares it out among threads, which
wait for one another longer than it takes where the machine has other things to do."""
_EXACT = 1 << 24
"""Whole numbers below this are exact in half the memory, and so are their sums."""
_BITS = 52
"""Of a number: a sum that needs no more is exact, in whichever order, by however many threads it is added up."""
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
    found = np.zeros((len(known.columns), replicates))
    tables = _tables(known.columns)
    rooms = [np.zeros((_AT_ONCE, table.shape[1]), table.dtype) for _, table in tables]
    done = 0
    for weights in drawn(known.articles, replicates, seed):
        tick()
        for first in range(0, len(weights), _AT_ONCE):
            some = weights[first : first + _AT_ONCE]
            for (places, table), room in zip(tables, rooms, strict=True):
                np.copyto(room[: len(some), : known.articles], some)
                for place, sums in zip(places, _product(table, room), strict=True):
                    found[place, done : done + len(some)] += sums[: len(some)]
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


def _tables(columns: list[NDArray[Any]]) -> list[tuple[list[int], NDArray[Any]]]:
    """Return tables whose sums are exact and add up to those of the columns, with the place of the column of each row.

    Columns become rows of these tables, so that nothing is held twice.
    """
    small = [place for place, each in enumerate(columns) if each.dtype == np.float32]
    rows = [columns[place] for place in small]
    tables = [_table(small, rows, columns)]
    places: list[int] = []
    rows = []
    for place, each in enumerate(columns):
        if each.dtype != np.float32:
            # Of each the widest limb first: so they are added in this order.
            limbs = list(_limbs(each))
            rows += limbs if len(limbs) > 1 else [each]
            places += [place] * max(len(limbs), 1)
    tables.append(_table(places, rows, columns))
    return [each for each in tables if each[0]]


def _table(places: list[int], rows: list[NDArray[Any]], columns: list[NDArray[Any]]) -> tuple[list[int], NDArray[Any]]:
    """Return rows as a table, with zeros up to a whole number of small products."""
    if not places:
        return places, np.zeros((0, 0))
    count, inner = len(rows[0]), _inner(len(rows[0]))
    table = np.zeros((len(rows), -(-count // inner) * inner), rows[0].dtype)
    for number, (place, line) in enumerate(zip(places, table, strict=True)):
        row, rows[number] = rows[number], line
        line[:count] = row
        if row is columns[place]:
            columns[place] = line[:count]
    return places, table


def _limbs(column: Floats) -> Iterator[Floats]:
    """Yield columns that add up to this one, each in steps so wide that sums of as many numbers are exact."""
    while (most := float(np.abs(column).max(initial=0))) > 0:
        step = 2.0 ** (math.ceil(math.log2(most * len(column))) - _BITS)
        wide = np.rint(column / step) * step
        yield wide
        column = column - wide


def _is_small(column: Floats) -> bool:
    """Return whether sums of a column are exact in half the memory, as far as a small product goes.

    In it as many articles are drawn as it goes over, and twice as many never: the chance is less than one in 10³⁰.
    """
    most = max(column.max(), -column.min())
    return bool(most * 2 * _inner(len(column)) < _EXACT and (column == np.rint(column)).all())
