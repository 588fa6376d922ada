"""Coefficients on characters or tokens, each as sums of the rows of the pair table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from annotator.agreement.coefficients import AC1, Alpha, Formula, Kappa, Observed, Pi, Share, nominal
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints, Outline
from annotator.agreement.distance import between
from annotator.agreement.sums import Sums
from annotator.agreement.sweep import PairTable, bincount, category_of

_DENSE = 16_000_000
"""Cells of a table that is counted into; larger ones are sorted."""


@dataclass(frozen=True, slots=True)
class View:
    """The pair table as some annotators, labels and articles see it.

    Attributes:
        table: the rows of these annotators and articles.
        annotators: their places.
        readers: for each article how many of them finished it; 0 for articles that are not among the chosen.
        finished: article × annotator, of all annotators.
        labels: a bit mask of the labels that count.
        pooled: the rows of all pairs together, as article, set, set, length; who had which set no longer matters.
    """

    table: PairTable
    annotators: tuple[int, ...]
    readers: Ints
    finished: Bools
    labels: int
    pooled: tuple[Ints, Ints, Ints, Floats]

    @property
    def articles(self) -> Ints:
        """Places of the articles that two or more have finished."""
        return np.flatnonzero(self.readers > 1)

    def narrowed(self, labels: int) -> "View":
        """Return the view of some of its labels."""
        return replace(self, labels=self.labels & labels)


def view(
    corpus: Corpus | Outline, table: PairTable, annotators: tuple[int, ...], labels: int, articles: Ints | None = None
) -> View:
    """Return how some annotators and labels (a mask) appear in some articles (places; None: all)."""
    chosen = np.ones(len(corpus.length), dtype=bool)
    if articles is not None:
        chosen[:] = False
        chosen[articles] = True
    readers = np.where(chosen, corpus.readers(annotators), 0)
    part = table.of(np.array(annotators), chosen)
    return View(part, annotators, readers, corpus.finished, labels, pool(part))


def pool(table: PairTable) -> tuple[Ints, Ints, Ints, Floats]:
    """Return article, set, set and length: the rows of all pairs of annotators together."""
    if not len(table.left) or ((table.left[0] == table.left).all() and (table.right[0] == table.right).all()):
        one, other = table.x.astype(np.int64), table.y.astype(np.int64)
        return table.article.astype(np.int64), one, other, table.length.astype(np.float64)
    width = len(table.masks)
    x, y = np.minimum(table.x, table.y), np.maximum(table.x, table.y)
    cell = (table.article.astype(np.int64) * width + x) * width + y
    cells = (int(table.article.max(initial=-1)) + 1) * width * width
    if cells <= _DENSE:
        sums = np.bincount(cell, weights=table.length, minlength=cells)
        keys = np.flatnonzero(sums)
        lengths = sums[keys]
    else:
        order = np.argsort(cell, kind="stable")
        cell = cell[order]
        heads = np.flatnonzero(np.concatenate(([True], cell[1:] != cell[:-1])))
        keys = cell[heads]
        lengths = np.add.reduceat(table.length[order].astype(np.float64), heads)
    article, rest = np.divmod(keys, width * width)
    left, right = np.divmod(rest, width)
    return article, left, right, np.asarray(lengths, dtype=np.float64)


def binary(sight: View, label: int) -> tuple[Ints, list[int]]:
    """Return, for each set, whether it holds the label: the categories of one label against the rest."""
    return ((sight.table.masks >> label) & 1).astype(np.int64), [0, 1]


def joint(sight: View) -> tuple[Ints, list[int]]:
    """Return, for each set, its place among the sets of the chosen labels that occur."""
    _, one, other, _ = sight.pooled
    present = np.zeros(len(sight.table.masks), dtype=bool)
    present[one] = present[other] = True
    return category_of(np.where(present, sight.table.masks, 0), sight.labels)


def _tallied(
    sight: View, categories: tuple[Ints, list[int]], delta: Floats, formula: Formula, *, weight: Floats, share: Floats
) -> Sums:
    """Return sums: disagreement weighted by `share` (by article), then the count of each category by `weight`."""
    place, names = categories
    article, one, other, length = sight.pooled
    count = len(names)
    row = np.full(len(sight.readers), -1, dtype=np.int64)
    row[sight.articles] = np.arange(len(sight.articles))
    at, x, y = row[article], place[one], place[other]
    shape = (len(sight.articles), count)
    by = weight[article] * length
    counts = bincount(at * count + x, by, shape) + bincount(at * count + y, by, shape)
    apart = bincount(at, share[article] * length * delta[x, y], (shape[0], 1))
    return Sums(np.hstack((apart, counts)), sight.articles, formula)


def _coincidences(sight: View, categories: tuple[Ints, list[int]], delta: Floats, formula: Formula) -> Sums:
    # A pair within an article that m have finished weighs 1/(m − 1), so that each judgement counts once; each pair
    # stands for two coincidences.
    weight = 1.0 / np.maximum(sight.readers - 1, 1)
    return _tallied(sight, categories, delta, formula, weight=weight, share=2 * weight)


def alpha(sight: View, label: int | None = None, distance: str = "nominal") -> Sums:
    """Return α on one label against the rest, or on the sets of labels with a distance between them."""
    categories = joint(sight) if label is None else binary(sight, label)
    delta = between(categories[1], distance)
    return _coincidences(sight, categories, delta, Alpha(delta))


def alphas(sight: View, groups: Sequence[tuple[int, ...]], distance: str) -> list[Sums]:
    """Return α on sets of labels for several groups of a view's annotators: the rows of each pair are added up once."""
    place, names = joint(sight)
    delta = between(names, distance)
    count, articles = len(names), len(sight.readers)
    rows: dict[tuple[int, int], Floats] = {}
    for pair in sorted({pair for group in groups for pair in combinations(sorted(group), 2)}):
        table = sight.table.pair(*pair)
        at, x, y, length = table.article.astype(np.int64), place[table.x], place[table.y], table.length.astype(float)
        apart = bincount(at, 2 * length * delta[x, y], (articles, 1))
        counts = (bincount(at * count + each, length, (articles, count)) for each in (x, y))
        rows[pair] = np.hstack((apart, sum(counts)))
    found = []
    for group in groups:
        readers = np.where(sight.readers > 0, sight.finished[:, list(group)].sum(axis=1), 0)
        used = np.flatnonzero(readers > 1)
        total = sum(rows[pair][used] for pair in combinations(sorted(group), 2)) / (readers[used] - 1)[:, None]
        found.append(Sums(np.asarray(total), used, Alpha(delta)))
    return found


def observed(sight: View, label: int | None = None) -> Sums:
    """Return the observed agreement, weighted as in α."""
    categories = joint(sight) if label is None else binary(sight, label)
    return _coincidences(sight, categories, nominal(len(categories[1])), Observed())


def prevalence(sight: View, label: int) -> Sums:
    """Return the share of judgements that gave the label."""
    rows = _coincidences(sight, binary(sight, label), nominal(2), Observed()).rows
    parts = np.stack((rows[:, 2], rows[:, 1] + rows[:, 2]), axis=1)
    return Sums(parts, sight.articles, Share("no stretch was finished by two or more of them"))


def pi(sight: View, label: int | None = None) -> Sums:
    """Return Scott's π for two annotators, Fleiss' κ for more; of articles that all of them finished only."""
    categories = joint(sight) if label is None else binary(sight, label)
    delta = nominal(len(categories[1]))
    table = _complete(sight)
    readers = np.where(sight.readers == len(sight.annotators), sight.readers, 0)
    whole = replace(sight, table=table, readers=readers, pooled=pool(table))
    if not len(whole.articles):
        return Sums(np.zeros((0, 1 + len(delta))), whole.articles, Pi(delta), "no article was finished by all of them")
    pairs = np.maximum(whole.readers * (whole.readers - 1), 1).astype(np.float64)
    return _tallied(whole, categories, delta, Pi(delta), weight=1 / pairs, share=2 / pairs)


def _complete(sight: View) -> PairTable:
    everybody = np.array(sight.annotators)
    return sight.table.of(everybody, sight.readers == len(sight.annotators))


def ac1(sight: View, label: int | None = None) -> Sums:
    """Return Gwet's AC1 of what two or more have finished."""
    categories = joint(sight) if label is None else binary(sight, label)
    pairs = np.maximum(sight.readers * (sight.readers - 1), 1).astype(np.float64)
    return _tallied(sight, categories, nominal(len(categories[1])), AC1(), weight=1 / pairs, share=2 / pairs)


def kappa(sight: View, label: int | None = None) -> Sums:
    """Return Cohen's κ of a view of two annotators."""
    place, names = joint(sight) if label is None else binary(sight, label)
    count = len(names)
    delta = nominal(count)
    table = sight.table.pair(*sight.annotators)
    row = np.full(len(sight.readers), -1, dtype=np.int64)
    row[sight.articles] = np.arange(len(sight.articles))
    at, x, y = row[table.article], place[table.x], place[table.y]
    length = table.length.astype(np.float64)
    shape = (len(sight.articles), count)
    rows = np.hstack(
        (
            bincount(at, length * delta[x, y], (shape[0], 1)),
            bincount(at * count + x, length, shape),
            bincount(at * count + y, length, shape),
        )
    )
    return Sums(rows, sight.articles, Kappa(delta))
