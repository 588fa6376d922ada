"""The u-alpha family for unitizing, as of 2016.

Krippendorff, Mathet, Bouvry and Widlöcher, On the reliability of unitizing textual continua: Further developments,
Quality and Quantity 50 (2016); Krippendorff, Content Analysis, 4th ed. (2019), 12.6. The definition of 2004 was withdrawn
there for more than two observers and is not used.

ℓ_ck is the length over which one observer has a unit valued c and another one valued k, summed over ordered pairs of
observers and divided by m − 1; φ is a gap. A pairing at random never pairs a unit with itself, so that

    ε_ck = ℓ.. (ℓ_c. ℓ_.k − [c = k] Σ L(S)²) / (ℓ..² − Σ L(S)²)

where L(S)² counts for each unit S, and L(S) instead for each gap, whose points are no unit. Each fragment of a
discontinuous span is a unit of its own here, because the papers know none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Any

import numpy as np

from annotator.agreement.coefficients import NOTHING, ONE_VALUE
from annotator.agreement.corpus import Bools, Columns, Corpus, Floats, Ints, fragments_from
from annotator.agreement.labelling import View
from annotator.agreement.sums import Sums
from annotator.agreement.sweep import bincount, united


@dataclass(frozen=True, slots=True)
class Unitizing:
    """``1 − Do/De`` over lengths. Sums: ``Σ_{c≠k} ℓ_ck``, then ℓ_c. for each value, then Σ L(S)² for each value."""

    def __call__(self, sums: Floats) -> Floats:
        """Return the coefficient."""
        count = (sums.shape[-1] - 1) // 2
        lengths, squares = sums[..., 1 : 1 + count], sums[..., 1 + count :]
        n = lengths.sum(axis=-1)
        room = n * n - squares.sum(axis=-1)
        same = (lengths * lengths - squares).sum(axis=-1)
        expected = n - np.divide(n * same, room, out=np.array(n, copy=True), where=room > 0)
        is_varied = (lengths > 0).sum(axis=-1) > 1
        value = 1 - np.divide(sums[..., 0], expected, out=np.zeros_like(n), where=expected > 0)
        return np.where((expected > 0) & is_varied, value, np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is none."""
        return NOTHING if not sums[1:].any() else ONE_VALUE


@dataclass(frozen=True, slots=True)
class OfValue:
    """(k)uα = ``1 − (ℓ_k. − ℓ_kk)/(ℓ_k. − ε_kk)``: how reliably the value k was told from the others.

    Sums: ℓ_kk, ℓ_k., Σ L² of k, ℓ.., Σ L² of all.
    """

    def __call__(self, sums: Floats) -> Floats:
        """Return the coefficient."""
        both, mine, square, n, squares = np.moveaxis(sums, -1, 0)
        room = n * n - squares
        same = np.divide(n * (mine * mine - square), room, out=np.array(mine, copy=True), where=room > 0)
        expected = mine - same
        value = 1 - np.divide(mine - both, expected, out=np.zeros_like(n), where=expected > 0)
        # With no other value there is nothing from which k could have been told.
        return np.where((expected > 0) & (n > mine), value, np.nan)

    def why(self, sums: Floats) -> str:
        """Say why there is none."""
        if sums[1] <= 0:
            return "nowhere did two of them mark the same stretch, one of them so"
        return ONE_VALUE


Lane = tuple[Ints, Ints, Ints, Ints]


@dataclass(slots=True)
class Units:
    """The units of many articles, annotator by annotator, laid end to end; what several views need is made once.

    Attributes:
        articles, labels: how many there are.
        lanes: for each annotator article, label, start and end of each unit, in the order of their starts.
        length: of all articles.
    """

    articles: int
    labels: int
    lanes: tuple[Lane, ...]
    length: int
    _clashes: dict[tuple[int, int], Bools] = field(default_factory=dict)
    _squares: dict[int, Floats] = field(default_factory=dict)
    _covered: dict[tuple[int, int, int], Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, corpus: Corpus) -> "Units":
        """Return the units of a corpus."""
        label, who = (each[corpus.fragment_span] for each in (corpus.span_label, corpus.span_annotator))
        rows = (corpus.span_article[corpus.fragment_span], who, label, corpus.start, corpus.end)
        return cls(
            len(corpus.articles),
            len(corpus.labels),
            _lanes(rows, corpus.length, len(corpus.annotators)),
            int(corpus.length.sum()),
        )

    @classmethod
    def of_columns(cls, columns: Columns, length: Ints, finished: Bools, labels: int) -> "Units":
        """Return the same of fragments, of which nobody needs to know the spans."""
        whole = fragments_from(columns, finished)
        rows = (whole.article, whole.annotator, whole.label, whole.start, whole.end)
        return cls(len(length), labels, _lanes(rows, length, finished.shape[1]), int(length.sum()))

    @classmethod
    def together(cls, parts: Sequence["Units"], people: int, labels: int) -> "Units":
        """Return the units of articles that follow one another."""
        kind: Any = np.int32 if sum(each.length for each in parts) < 1 << 31 else np.int64
        lanes: list[Lane] = []
        for who in range(people):
            some, articles, length = [], 0, 0
            for each in parts:
                article, label, start, end = each.lanes[who]
                some.append(
                    (
                        (article + articles).astype(kind),
                        label,
                        (start + length).astype(kind),
                        (end + length).astype(kind),
                    )
                )
                articles, length = articles + each.articles, length + each.length
            nothing = (np.zeros(0, kind), np.zeros(0, np.int64), np.zeros(0, kind), np.zeros(0, kind))
            article, label, start, end = (np.concatenate(column) for column in zip(nothing, *some, strict=True))
            lanes.append((article, label, start, end))
        return cls(sum(each.articles for each in parts), labels, tuple(lanes), sum(each.length for each in parts))

    def has(self, who: int, labels: int) -> bool:
        """Return whether one annotator has a unit of some labels (a mask)."""
        return bool((labels >> self.lanes[who][1] & 1).any())

    def clashes(self, who: int, labels: int) -> Bools:
        """Return for each article whether units of some labels (a mask) of one annotator overlap."""
        if (who, labels) not in self._clashes:
            article, _, start, end = self._some(who, labels)
            reach = np.maximum.accumulate(end)
            found = np.zeros(self.articles, dtype=bool)
            found[article[1:][start[1:] < reach[:-1]]] = True
            self._clashes[who, labels] = found
        return self._clashes[who, labels]

    def squares(self, who: int) -> Floats:
        """Return, by article and label, Σ L² of one annotator's units."""
        if who not in self._squares:
            article, label, start, end = self.lanes[who]
            self._squares[who] = self._table(article, label, end - start)
        return self._squares[who]

    def covered(self, who: int, other: int, labels: int) -> Floats:
        """Return, by article and label, Σ L² of what another one's units of some labels (a mask) cover of one's units."""
        if (who, other, labels) not in self._covered:
            article, label, start, end = self._some(who, labels)
            theirs = cover(*self._some(other, labels)[2:])
            self._covered[who, other, labels] = self._table(article, label, theirs.until(end) - theirs.until(start))
        return self._covered[who, other, labels]

    def _some(self, who: int, labels: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the units of some labels (a mask) of one annotator."""
        article, label, start, end = self.lanes[who]
        keep = (labels >> label & 1).astype(bool)
        return (article, label, start, end) if keep.all() else (article[keep], label[keep], start[keep], end[keep])

    def _table(self, article: Ints, label: Ints, length: Ints) -> Floats:
        shape = (self.articles, self.labels)
        return bincount(article * shape[1] + label, length.astype(np.float64) ** 2, shape)


def _lanes(rows: tuple[Ints, Ints, Ints, Ints, Ints], length: Ints, people: int) -> tuple[Lane, ...]:
    """Return the units of each annotator: from article, annotator, label, start and end, in units of their articles."""
    article, who, label, start, end = rows
    shift = (np.cumsum(length) - length)[article]
    lanes = []
    for one in range(people):
        mine = np.flatnonzero(who == one)
        first = start[mine] + shift[mine]
        order = np.argsort(first, kind="stable")
        mine = mine[order]
        lanes.append((article[mine], label[mine], first[order], end[mine] + shift[mine]))
    return tuple(lanes)


@dataclass(frozen=True, slots=True)
class Family:
    """The four coefficients of one view."""

    u: Sums
    u_binary: Sums
    cu: Sums
    ku: tuple[tuple[int, Sums], ...]


def family(corpus: Corpus | Units, sight: View) -> Family:
    """Return uα, |uα, cuα and (k)uα of a view."""
    units = corpus if isinstance(corpus, Units) else Units.of(corpus)
    articles, count = sight.articles, units.labels
    clash = _clash(units, sight)
    if clash:
        return _undefined(sight, clash)
    row = np.full(len(sight.readers), -1, dtype=np.int64)
    row[articles] = np.arange(len(articles))
    weight = 1.0 / np.maximum(sight.readers - 1, 1)
    off, lengths = _lengths(sight, row, weight, count)
    squares, pairs = _squares(units, sight, weight)
    shape = (len(articles), count + 1)
    whole = np.zeros(shape)
    whole[:, 1:] = squares
    whole[:, 0] = lengths[:, 0]  # a gap counts its length
    u = Sums(np.hstack((off.all_values[:, None], lengths, whole)), articles, Unitizing())
    two = np.stack((lengths[:, 0], lengths[:, 1:].sum(axis=1)), axis=1)
    two_squares = np.stack((whole[:, 0], whole[:, 1:].sum(axis=1)), axis=1)
    u_binary = Sums(np.hstack((off.gap_or_not[:, None], two, two_squares)), articles, Unitizing())
    cu = Sums(np.hstack((off.valued[:, None], off.units, pairs)), articles, Unitizing())
    ku = []
    for label in _places(sight.labels):
        parts = (off.same[:, label], off.units[:, label], pairs[:, label], off.units.sum(axis=1), pairs.sum(axis=1))
        ku.append((label, Sums(np.stack(parts, axis=1), articles, OfValue())))
    return Family(u, u_binary, cu, tuple(ku))


def binary(units: Units, sight: View) -> Sums:
    """Return |uα alone: of a view of one label it is that label against everything else."""
    clash = _clash(units, sight)
    if not clash and not any(units.has(who, sight.labels) for who in sight.annotators):
        pairs = list(combinations(sorted(sight.annotators), 2))
        length = sight.ledger.tally(pairs, None, 0, "nominal").counts[:, sight.articles]
        clash = ONE_VALUE if length.any() else NOTHING
    return _undefined(sight, clash).u_binary if clash else family(units, sight).u_binary


def _clash(units: Units, sight: View) -> str:
    """Return why there is no figure where units of one person overlap; empty where none do."""
    articles = sight.articles
    clashes = np.logical_or.reduce([units.clashes(who, sight.labels)[articles] for who in sight.annotators])
    count = int(clashes.sum())
    return f"one person's labels overlap in {count:,} of {len(articles):,} articles" if count else ""


def _undefined(sight: View, reason: str) -> Family:
    none = np.zeros((len(sight.articles), 1))
    one, of_value = (Sums(none, sight.articles, each, reason) for each in (Unitizing(), OfValue()))
    return Family(one, one, one, tuple((label, of_value) for label in _places(sight.labels)))


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


@dataclass(frozen=True, slots=True)
class _Off:
    """Coincidences of unequal values: of all, of gaps with units, of units; and of units: totals and equal ones."""

    all_values: Floats
    gap_or_not: Floats
    valued: Floats
    units: Floats
    same: Floats


def _lengths(sight: View, row: Ints, weight: Floats, count: int) -> tuple[_Off, Floats]:
    table = sight.table
    value = np.array([_value(int(mask) & sight.labels) for mask in table.masks], dtype=np.int64)
    x, y, at = value[table.x], value[table.y], row[table.article]
    by = weight[table.article] * table.length
    articles = len(sight.articles)
    shape = (articles, count + 1)
    lengths = bincount(at * shape[1] + x, by, shape) + bincount(at * shape[1] + y, by, shape)
    units = (x > 0) & (y > 0)
    one = (articles, 1)
    off = _Off(
        all_values=bincount(at, 2 * by * (x != y), one)[:, 0],
        gap_or_not=bincount(at, 2 * by * ((x > 0) != (y > 0)), one)[:, 0],
        valued=bincount(at, 2 * by * (units & (x != y)), one)[:, 0],
        units=(bincount(at * shape[1] + x, by * units, shape) + bincount(at * shape[1] + y, by * units, shape))[:, 1:],
        same=bincount(at * shape[1] + x, 2 * by * (units & (x == y)), shape)[:, 1:],
    )
    return off, lengths


def _value(mask: int) -> int:
    """Return 0 for a gap, else the label's place and one. Sets of several occur only where the figure is undefined."""
    return (mask & -mask).bit_length()


def _squares(units: Units, sight: View, weight: Floats) -> tuple[Floats, Floats]:
    """Return, by article and label, Σ L² of all units, and the mean over others of Σ L² of what they cover of them."""
    articles, people = sight.articles, sight.annotators
    counts = np.array([sight.labels >> label & 1 for label in range(units.labels)], dtype=np.float64)
    squares = sum((units.squares(who)[articles] for who in people), start=np.zeros((len(articles), len(counts))))
    # Only those who finished the article have spans in it; whoever did not finish it covers nothing there.
    pairs = sum(
        (units.covered(who, other, sight.labels)[articles] for who, other in permutations(people, 2)),
        start=np.zeros((len(articles), len(counts))),
    )
    return squares * counts, pairs * weight[articles, None]


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of everything before a position some stretches cover that do not overlap."""

    start: Ints
    end: Ints
    before: Ints

    def until(self, position: Ints) -> Ints:
        """Return how many units before each position are covered."""
        place = np.searchsorted(self.start, position, side="right")
        inside = np.zeros(len(position), dtype=np.int64)
        some = place > 0
        last = place[some] - 1
        inside[some] = np.minimum(position[some], self.end[last]) - self.start[last]
        return self.before[np.maximum(place - 1, 0)] + inside if len(self.start) else inside


def cover(start: Ints, end: Ints) -> Cover:
    """Return the cover of stretches, which may overlap."""
    _, start, end = united(np.zeros(len(start), dtype=np.int64), start, end)
    return Cover(start, end, np.concatenate(([0], np.cumsum(end - start)))[:-1].astype(np.int64))
