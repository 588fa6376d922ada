"""Which articles cost most, who stands against whom in them, and how many more are needed."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotator.agreement.labelling import View
from annotator.agreement.sums import FEWEST, Sums

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


def leverage(sums: Sums) -> list[Leverage]:
    """Return every article that takes part, the one that costs most first."""
    score = sums.score()
    if score.value is None:
        return []
    without, own = sums.without_each(), sums.each()
    found = [
        Leverage(int(article), _defined(value - score.value), _defined(alone))
        for article, value, alone in zip(sums.articles, without, own, strict=True)
    ]
    return sorted(found, key=lambda each: (each.value is None, -(each.value or 0.0), each.article))


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def camps(sight: View, article: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the parting of an article's readers into two that differ most from each other and least within.

    Two empty tuples where nobody differs, or too few or too many read it.
    """
    table = sight.table
    rows = table.article == article
    masks = table.masks & sight.labels
    apart = np.bitwise_count(masks[table.x[rows]] ^ masks[table.y[rows]]) * table.length[rows]
    pairs: dict[tuple[int, int], float] = {}
    for left, right, points in zip(table.left[rows].tolist(), table.right[rows].tolist(), apart.tolist(), strict=True):
        pairs[left, right] = pairs.get((left, right), 0.0) + points
    people = sorted({who for pair in pairs for who in pair})
    if not 2 <= len(people) <= _MOST_FOR_CAMPS or not any(pairs.values()):
        return (), ()
    best: tuple[float, tuple[int, ...]] = (-np.inf, ())
    for size in range(1, len(people) // 2 + 1):
        for camp in combinations(people, size):
            between = [points for (a, b), points in pairs.items() if (a in camp) != (b in camp)]
            within = [points for (a, b), points in pairs.items() if (a in camp) == (b in camp)]
            gap = sum(between) / len(between) - (sum(within) / len(within) if within else 0.0)
            if gap > best[0]:
                best = (gap, camp)
    return best[1], tuple(who for who in people if who not in best[1])


def standard_error(sums: Sums) -> float | None:
    """Return the standard error over articles by the jackknife; None where it is undefined."""
    values = sums.without_each()
    count = len(values)
    if count < 2 or np.isnan(values).any():
        return None
    return float(np.sqrt((count - 1) / count * ((values - values.mean()) ** 2).sum()))


def articles_needed(figures: list[Sums], margin: float = 0.05) -> int | None:
    """Return how many articles give a 95 % interval of ± `margin`, if more articles are like these.

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
