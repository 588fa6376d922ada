"""Which articles cost most, who stands against whom in them, and how many more are needed."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

from annotator.agreement.corpus import Bools
from annotator.agreement.labelling import View
from annotator.agreement.sums import FEWEST, Sums
from annotator.agreement.sweep import PairTable

_MOST_FOR_CAMPS = 12
"""Annotators among whom all partings into two are tried."""


@dataclass(frozen=True, slots=True)
class Leverage:
    """What one article does to a figure.

    Attributes:
        article: place in the corpus.
        value: the figure without it less the figure: above 0, the article costs agreement. None where that is undefined.
        own: the figure on that article alone; None where that is undefined.
    """

    article: int
    value: float | None
    own: float | None


def leverage(sums: Sums, most: int | None = None) -> list[Leverage]:
    """Return the articles that take part, the one that costs most first: all, or so many."""
    score = sums.score()
    if score.value is None:
        return []
    values, own = sums.without_each() - score.value, sums.each()
    order = np.lexsort((sums.articles, -values))[:most]  # what is nan comes last
    return [Leverage(int(sums.articles[row]), _defined(values[row]), _defined(own[row])) for row in order.tolist()]


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def camps(sight: View, article: int, table: PairTable | None = None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the parting of an article's readers into two that differ most from each other and least within.

    Two empty tuples where nobody differs, or too few or too many read it. `table` are the rows of the view, if they are
    there already: of this article will do.
    """
    table = table or sight.table
    rows = table.article == article
    masks = table.masks & sight.labels
    apart = np.bitwise_count(masks[table.x[rows]] ^ masks[table.y[rows]]) * table.length[rows]
    pairs: dict[tuple[int, int], float] = {}
    for left, right, points in zip(table.left[rows].tolist(), table.right[rows].tolist(), apart.tolist(), strict=True):
        pairs[left, right] = pairs.get((left, right), 0.0) + points
    people = sorted({who for pair in pairs for who in pair})
    if not 2 <= len(people) <= _MOST_FOR_CAMPS or not any(pairs.values()):
        return (), ()
    camps, is_between = _partings(len(people))
    places = {who: place for place, who in enumerate(people)}
    apart = np.zeros(is_between.shape[1])
    order = {pair: place for place, pair in enumerate(combinations(range(len(people)), 2))}
    met = np.zeros(len(apart), dtype=bool)
    for (a, b), points in pairs.items():
        apart[order[places[a], places[b]]], met[order[places[a], places[b]]] = points, True
    across, inside = is_between & met, ~is_between & met
    between, within = across.sum(axis=1), inside.sum(axis=1)
    gaps = across @ apart / np.maximum(between, 1) - inside @ apart / np.maximum(within, 1)
    camp = camps[int(np.argmax(np.where(between > 0, gaps, -np.inf)))]
    return tuple(people[place] for place in camp), tuple(who for place, who in enumerate(people) if place not in camp)


@cache
def _partings(people: int) -> tuple[tuple[tuple[int, ...], ...], Bools]:
    """Return the partings of so many into two by their smaller half, and which of all pairs each of them parts."""
    camps = tuple(camp for size in range(1, people // 2 + 1) for camp in combinations(range(people), size))
    pairs = tuple(combinations(range(people), 2))
    return camps, np.array([[(a in camp) != (b in camp) for a, b in pairs] for camp in camps])


def standard_error(sums: Sums) -> float | None:
    """Return the standard error over articles by the jackknife; None where it is undefined."""
    values = sums.without_each()
    count = len(values)
    if count < 2 or np.isnan(values).any():
        return None
    return float(np.sqrt((count - 1) / count * ((values - values.mean()) ** 2).sum()))


def articles_needed(figures: list[Sums], margin: float = 0.05) -> int | None:
    """Return how many articles give a 95% interval of ± `margin`, if more articles are like these.

    `figures` are the same figure for several groups of as many annotators; the mean of their variances counts. The
    standard error falls with the root of the number of articles. None where it cannot be told, as from fewer than ten articles.
    """
    variances: list[float] = []
    for sums in figures:
        error = standard_error(sums) if len(sums.articles) >= FEWEST else None
        if error is not None and sums.score().value is not None:
            variances.append(error * error * len(sums.articles))
    if not variances:
        return None
    return int(np.ceil(1.96**2 * float(np.mean(variances)) / margin**2))
