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

from dataclasses import dataclass

import numpy as np

from annotator.agreement.coefficients import NOTHING, ONE_VALUE
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints
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


def overlapping(corpus: Corpus, annotators: tuple[int, ...]) -> Bools:
    """Return for each article whether labels of one of the annotators overlap: there the family is undefined."""
    corpus = corpus.with_annotators(annotators)
    article = corpus.span_article[corpus.fragment_span]
    offset = corpus.offset
    start, end = corpus.start + offset[article], corpus.end + offset[article]
    order = np.lexsort((start, corpus.span_annotator[corpus.fragment_span]))
    who = corpus.span_annotator[corpus.fragment_span][order]
    shift = who * (int(offset[-1]) + 1)
    reach = np.maximum.accumulate(end[order] + shift) if len(order) else end
    found = np.zeros(len(corpus.articles), dtype=bool)
    if len(order) > 1:
        clash = (start[order] + shift)[1:] < reach[:-1]
        found[article[order][1:][clash]] = True
    return found


@dataclass(frozen=True, slots=True)
class Family:
    """The four coefficients of one view."""

    u: Sums
    u_binary: Sums
    cu: Sums
    ku: tuple[tuple[int, Sums], ...]


def family(corpus: Corpus, sight: View) -> Family:
    """Return uα, |uα, cuα and (k)uα of a view; `corpus` holds the spans of its labels only."""
    articles, count = sight.articles, len(corpus.labels)
    chosen = corpus.with_labels(_places(sight.labels))
    clashes = overlapping(chosen, sight.annotators)[articles]
    reason = ""
    if clashes.any():
        reason = f"one person's labels overlap in {int(clashes.sum()):,} of {len(articles):,} articles"
    row = np.full(len(sight.readers), -1, dtype=np.int64)
    row[articles] = np.arange(len(articles))
    weight = 1.0 / np.maximum(sight.readers - 1, 1)
    off, lengths = _lengths(sight, row, weight, count)
    squares, pairs = _squares(chosen, sight, row, weight, count)
    shape = (len(articles), count + 1)
    whole = np.zeros(shape)
    whole[:, 1:] = squares
    whole[:, 0] = lengths[:, 0]  # a gap counts its length
    u = Sums(np.hstack((off.all_values[:, None], lengths, whole)), articles, Unitizing(), reason)
    two = np.stack((lengths[:, 0], lengths[:, 1:].sum(axis=1)), axis=1)
    two_squares = np.stack((whole[:, 0], whole[:, 1:].sum(axis=1)), axis=1)
    u_binary = Sums(np.hstack((off.gap_or_not[:, None], two, two_squares)), articles, Unitizing(), reason)
    cu = Sums(np.hstack((off.valued[:, None], off.units, pairs)), articles, Unitizing(), reason)
    ku = []
    for label in _places(sight.labels):
        parts = (off.same[:, label], off.units[:, label], pairs[:, label], off.units.sum(axis=1), pairs.sum(axis=1))
        ku.append((label, Sums(np.stack(parts, axis=1), articles, OfValue(), reason)))
    return Family(u, u_binary, cu, tuple(ku))


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


def _squares(corpus: Corpus, sight: View, row: Ints, weight: Floats, count: int) -> tuple[Floats, Floats]:
    """Return, by article and label, Σ L² of all units, and the mean over others of Σ L² of what they cover of them."""
    article = corpus.span_article[corpus.fragment_span]
    label = corpus.span_label[corpus.fragment_span]
    who = corpus.span_annotator[corpus.fragment_span]
    offset = corpus.offset
    start, end = corpus.start + offset[article], corpus.end + offset[article]
    shape = (len(sight.articles), count)
    people = np.array(sight.annotators)
    mine = np.isin(who, people) & (row[article] >= 0)
    cell = row[article] * count + label
    squares = bincount(cell[mine], ((end - start) ** 2)[mine].astype(np.float64), shape)
    pairs = np.zeros(shape)
    for other in people:
        theirs = who == other
        covered = cover(start[theirs], end[theirs])
        rest = mine & (who != other)
        # Only those who finished the article have spans in it; whoever did not finish it covers nothing there.
        inside = covered.until(end[rest]) - covered.until(start[rest])
        pairs += bincount(cell[rest], inside.astype(np.float64) ** 2 * weight[article[rest]], shape)
    return squares, pairs


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
