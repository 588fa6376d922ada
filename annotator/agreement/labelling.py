"""Coefficients on characters or tokens, each as sums of the rows of the pair table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Protocol

import numpy as np

from annotator.agreement.coefficients import AC1, Alpha, Formula, Kappa, Observed, Pi, Share, nominal
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints, Outline
from annotator.agreement.distance import between
from annotator.agreement.sums import Sums
from annotator.agreement.sweep import PairTable, bincount, category_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What two annotators gave, by article: all of it in whole units, so that sums of it are exact.

    Attributes:
        apart: units over which they differ, weighted by a distance.
        left, right: article × category: units to which each of the two gave it; `both`: the sum.
    """

    apart: Floats
    left: Floats
    right: Floats
    both: Floats


@dataclass(slots=True)
class Ledger:
    """Entries of the pairs of a table, each made once; views of the same table share them."""

    table: PairTable
    articles: int
    _places: dict[tuple[int | None, int], tuple[Ints, list[int]]] = field(default_factory=dict)
    _deltas: dict[tuple[int | None, int, str], Floats] = field(default_factory=dict)
    _entries: dict[tuple[tuple[int, int], int | None, int, str], Entry] = field(default_factory=dict)

    def categories(self, label: int | None, labels: int) -> tuple[Ints, list[int]]:
        """Return, for each set, its place among the categories, and these: one label or not, or the sets of `labels`."""
        if (label, labels) not in self._places:
            if label is None:
                self._places[label, labels] = category_of(self.table.masks, labels)
            else:
                self._places[label, labels] = ((self.table.masks >> label) & 1).astype(np.int64), [0, 1]
        return self._places[label, labels]

    def delta(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances between the categories."""
        if (label, labels, distance) not in self._deltas:
            self._deltas[label, labels, distance] = between(self.categories(label, labels)[1], distance)
        return self._deltas[label, labels, distance]

    def entry(self, pair: tuple[int, int], label: int | None, labels: int, distance: str) -> Entry:
        """Return what a pair (in order) gave."""
        key = (pair, label, labels, distance)
        if key not in self._entries:
            place, names = self.categories(label, labels)
            rows = self.table.pair(*pair)
            at, x, y = rows.article.astype(np.int64), place[rows.x], place[rows.y]
            length = rows.length.astype(np.float64)
            shape = (self.articles, len(names))
            known = self._entries.get((pair, label, labels, "nominal"))
            apart = bincount(at, length * self.delta(label, labels, distance)[x, y], (self.articles, 1))[:, 0]
            left, right = (
                (known.left, known.right)
                if known
                else (bincount(at * shape[1] + each, length, shape) for each in (x, y))
            )
            self._entries[key] = Entry(apart, left, right, known.both if known else left + right)
        return self._entries[key]

    def table_of(self, people: Sequence[int], some: Bools) -> PairTable:
        """Return the rows of some annotators and articles (a flag for each)."""
        return self.table.of(np.array(people), some)


class Book(Protocol):
    """What a view asks: a `Ledger`, or what chooses among the entries of one."""

    def delta(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances between the categories: one label or not, or the sets of `labels`."""
        ...

    def entry(self, pair: tuple[int, int], label: int | None, labels: int, distance: str) -> Entry:
        """Return what a pair (in order) gave."""
        ...

    def table_of(self, people: Sequence[int], some: Bools) -> PairTable:
        """Return the rows of some annotators and articles (a flag for each)."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """What some annotators gave, with some labels, in some articles.

    Attributes:
        annotators: their places.
        readers: for each article how many of them finished it; 0 for articles that are not among the chosen.
        finished: article × annotator, of all annotators.
        labels: a bit mask of the labels that count.
        ledger: what pairs gave, of all annotators and articles.
        rows: what coefficients are sums of, kept once it was added up. whole: the view of what all have finished, likewise.
    """

    annotators: tuple[int, ...]
    readers: Ints
    finished: Bools
    labels: int
    ledger: Book
    rows: dict[tuple[int | None, str, str], tuple[Floats, Floats]] = field(default_factory=dict, init=False)
    whole: "list[View]" = field(default_factory=list, init=False)

    @property
    def table(self) -> PairTable:
        """The rows of these annotators and articles: large, and not needed for most figures."""
        return self.ledger.table_of(self.annotators, self.readers > 0)

    @property
    def articles(self) -> Ints:
        """Places of the articles that two or more have finished."""
        return np.flatnonzero(self.readers > 1)

    def of(self, annotators: tuple[int, ...]) -> "View":
        """Return the view of some of its annotators, for coefficients."""
        readers = np.where(self.readers > 0, self.finished[:, list(annotators)].sum(axis=1), 0)
        return replace(self, annotators=annotators, readers=readers)

    def narrowed(self, labels: int) -> "View":
        """Return the view of some of its labels."""
        return replace(self, labels=self.labels & labels)


def view(
    corpus: Corpus | Outline,
    table: PairTable | Book,
    annotators: tuple[int, ...],
    labels: int,
    articles: Ints | None = None,
) -> View:
    """Return how some annotators and labels (a mask) appear in some articles (places; None: all)."""
    chosen = np.ones(len(corpus.length), dtype=bool)
    if articles is not None:
        chosen[:] = False
        chosen[articles] = True
    readers = np.where(chosen, corpus.readers(annotators), 0)
    known = Ledger(table, len(corpus.length)) if isinstance(table, PairTable) else table
    return View(annotators, readers, corpus.finished, labels, known)


def _pairs(annotators: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(combinations(sorted(annotators), 2))


def _tallied(sight: View, label: int | None, distance: str, formula: Callable[[Floats], Formula], weighed: str) -> Sums:
    """Return sums: disagreement, then the count of each category, both weighed in one of the ways of `_WEIGHTS`."""
    if (label, distance, weighed) not in sight.rows:
        sight.rows[label, distance, weighed] = _added_up(sight, label, distance, _WEIGHTS[weighed](sight.readers))
    rows, delta = sight.rows[label, distance, weighed]
    return Sums(rows, sight.articles, formula(delta))


def _added_up(sight: View, label: int | None, distance: str, weight: Floats) -> tuple[Floats, Floats]:
    """Return by article the disagreement and the count of each category that occurs, and the distances between these."""
    used = sight.articles
    is_all = len(used) == len(sight.readers)
    delta = sight.ledger.delta(label, sight.labels, distance)
    apart, counts = np.zeros(len(used)), np.zeros((len(used), len(delta)))
    for pair in _pairs(sight.annotators):
        entry = sight.ledger.entry(pair, label, sight.labels, distance)
        apart += entry.apart if is_all else entry.apart[used]
        counts += entry.both if is_all else entry.both[used]
    if label is None:
        occurs = counts.any(axis=0)
        counts, delta = counts[:, occurs], delta[np.ix_(occurs, occurs)]
    # Each pair stands for two coincidences.
    rows = np.hstack(((apart * (2 * weight)[used])[:, None], counts * weight[used, None]))
    return rows, delta


def _of_judgements(readers: Ints) -> Floats:
    """Return 1/(m − 1) for an article that m have finished: so each judgement in it counts once."""
    return np.asarray(1.0 / np.maximum(readers - 1, 1))


def _of_pairs(readers: Ints) -> Floats:
    """Return 1/(m (m − 1)): so each article counts by its units."""
    return np.asarray(1 / np.maximum(readers * (readers - 1), 1), dtype=np.float64)


_WEIGHTS: dict[str, Callable[[Ints], Floats]] = {"judgements": _of_judgements, "pairs": _of_pairs}


def _coincidences(sight: View, label: int | None, distance: str, formula: Callable[[Floats], Formula]) -> Sums:
    return _tallied(sight, label, distance, formula, "judgements")


def alpha(sight: View, label: int | None = None, distance: str = "nominal") -> Sums:
    """Return α on one label against the rest, or on the sets of labels with a distance between them."""
    return _coincidences(sight, label, distance, Alpha)


def observed(sight: View, label: int | None = None) -> Sums:
    """Return the observed agreement, weighted as in α."""
    return _coincidences(sight, label, "nominal", lambda _delta: Observed())


def prevalence(sight: View, label: int) -> Sums:
    """Return the share of judgements that gave the label."""
    rows = observed(sight, label).rows
    parts = np.stack((rows[:, 2], rows[:, 1] + rows[:, 2]), axis=1)
    return Sums(parts, sight.articles, Share("no stretch was finished by two or more of them"))


def pi(sight: View, label: int | None = None) -> Sums:
    """Return Scott's π for two annotators, Fleiss' κ for more; of articles that all of them finished only."""
    if not sight.whole:
        readers = np.where(sight.readers == len(sight.annotators), sight.readers, 0)
        is_whole = (readers == sight.readers).all()
        sight.whole.append(sight if is_whole else replace(sight, readers=readers))
    whole = sight.whole[0]
    if not len(whole.articles):
        return Sums(np.zeros((0, 3)), whole.articles, Pi(nominal(2)), "no article was finished by all of them")
    return _tallied(whole, label, "nominal", Pi, "pairs")


def ac1(sight: View, label: int | None = None) -> Sums:
    """Return Gwet's AC1 of what two or more have finished."""
    return _tallied(sight, label, "nominal", lambda _delta: AC1(), "pairs")


def kappa(sight: View, label: int | None = None) -> Sums:
    """Return Cohen's κ of a view of two annotators."""
    one, other = sight.annotators
    entry = sight.ledger.entry((min(one, other), max(one, other)), label, sight.labels, "nominal")
    used = sight.articles
    mine, theirs = (entry.left, entry.right) if one < other else (entry.right, entry.left)
    rows = np.hstack((entry.apart[used, None], mine[used], theirs[used]))
    return Sums(rows, used, Kappa(nominal(mine.shape[1])))
