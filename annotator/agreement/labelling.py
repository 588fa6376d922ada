"""Coefficients on characters or tokens, each as sums of the rows of the pair table."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from annotator.agreement.coefficients import AC1, Alpha, Formula, Kappa, Observed, Pi, Share, nominal
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints, Outline
from annotator.agreement.ledger import Book, Ledger
from annotator.agreement.sums import Sums
from annotator.agreement.sweep import PairTable


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
    delta = sight.ledger.delta(label, sight.labels, distance)
    tally = sight.ledger.tally(_pairs(sight.annotators), label, sight.labels, distance)
    apart, counts = tally.distance, tally.counts
    if len(used) < len(sight.readers):
        apart, counts = apart[used], counts[:, used]
    if label is None:
        occurs = counts.any(axis=1)
        counts, delta = counts[occurs], delta[np.ix_(occurs, occurs)]
    # Each pair stands for two coincidences.
    return np.vstack((apart * (2 * weight)[used], counts * weight[used])).T, delta


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


def complete(sight: View) -> View:
    """Return the view of those articles only that all of them have finished."""
    if not sight.whole:
        readers = np.where(sight.readers == len(sight.annotators), sight.readers, 0)
        is_whole = (readers == sight.readers).all()
        sight.whole.append(sight if is_whole else replace(sight, readers=readers))
    return sight.whole[0]


def pi(sight: View, label: int | None = None) -> Sums:
    """Return Scott's π for two annotators, Fleiss' κ for more; of articles that all of them finished only."""
    whole = complete(sight)
    if not len(whole.articles):
        return Sums(np.zeros((0, 3)), whole.articles, Pi(nominal(2)), "no article was finished by all of them")
    return _tallied(whole, label, "nominal", Pi, "pairs")


def ac1(sight: View, label: int | None = None) -> Sums:
    """Return Gwet's AC1 of what two or more have finished."""
    return _tallied(sight, label, "nominal", lambda _delta: AC1(), "pairs")


def kappa(sight: View, label: int | None = None) -> Sums:
    """Return Cohen's κ of a view of two annotators."""
    one, other = sight.annotators
    pair, used = (min(one, other), max(one, other)), sight.articles
    sides = sight.ledger.sides(pair, label, sight.labels)
    mine, theirs = sides if one < other else sides[::-1]
    apart = sight.ledger.tally((pair,), label, sight.labels, "nominal").distance
    rows = np.vstack((apart[used], mine[:, used], theirs[:, used])).T
    return Sums(rows, used, Kappa(nominal(len(mine))))
