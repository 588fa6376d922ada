"""Pairs of annotators face to face, several at once: a pair's articles behind those of the pair before, as if there were more.

Counting one pair after the other would call every function for each; a few articles are little work and many calls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

import numpy as np

from annotator.agreement.corpus import Bools, Corpus, Floats, Ints
from annotator.agreement.lanes import Grid, Lane, layered, masks_of
from annotator.agreement.tables import Rows, typed

_AT_ONCE = 20_000
"""Fragments of pairs that are counted at a time: bounds the memory, and fits into what a processor has at hand."""


@dataclass(frozen=True, slots=True)
class Facing:
    """Some pairs of annotators.

    Attributes:
        pairs: places of the two, the lower one left. articles: how many each pair has, finished or not.
        one, other: the lanes of the left ones, and of the right ones, behind one another.
        both: of each article of each pair, whether the two have finished it.
        article, length: of each piece of the grid. left, right: which of the grid's sets of labels the two have there.
    """

    pairs: tuple[tuple[int, int], ...]
    articles: int
    one: Lane
    other: Lane
    both: Bools
    article: Ints
    length: Floats
    left: Ints
    right: Ints

    def masks_of(self, lane: Lane, wanted: Bools) -> Ints:
        """Return the labels that the wanted spans of a lane have on each piece, as bit masks."""
        return masks_of(len(self.article), lane, wanted)

    def placed(self, name: str, rows: Rows) -> Rows:
        """Return rows with the places of their annotators and articles, in the columns' own kinds."""
        if len(self.pairs) == 1:
            left, right = (np.full(len(rows["article"]), who) for who in self.pairs[0])
            return typed(name, {**rows, "left": left, "right": right})
        pair, article = np.divmod(rows["article"], self.articles)
        left, right = (each[pair] for each in np.array(self.pairs, dtype=np.int64).T)
        return typed(name, {**rows, "article": article, "left": left, "right": right})


def facing(corpus: Corpus, lanes: Sequence[Lane], grid: Grid) -> Iterator[Facing]:
    """Yield all pairs of annotators who have finished an article both, in order, some at a time."""
    waiting: list[tuple[int, int]] = []
    size = 0
    for one, other in combinations(range(len(lanes)), 2):
        if (corpus.finished[:, one] & corpus.finished[:, other]).any():
            more = len(lanes[one].span) + len(lanes[other].span)
            if waiting and size + more > _AT_ONCE:
                yield _facing(corpus, lanes, grid, waiting)
                waiting, size = [], 0
            waiting.append((one, other))
            size += more
    if waiting:
        yield _facing(corpus, lanes, grid, waiting)


def _facing(corpus: Corpus, lanes: Sequence[Lane], grid: Grid, pairs: Sequence[tuple[int, int]]) -> Facing:
    count, articles = len(pairs), len(corpus.articles)
    here, there = ([pair[side] for pair in pairs] for side in (0, 1))
    return Facing(
        tuple(pairs),
        articles,
        _behind([lanes[who] for who in here], articles, len(corpus.labels)),
        _behind([lanes[who] for who in there], articles, len(corpus.labels)),
        np.concatenate([corpus.finished[:, one] & corpus.finished[:, other] for one, other in pairs]),
        _shifted([grid.article] * count, [articles] * count),
        np.tile(grid.length, count),
        np.concatenate([grid.place[who] for who in here]),
        np.concatenate([grid.place[who] for who in there]),
    )


def _behind(lanes: Sequence[Lane], articles: int, labels: int) -> Lane:
    """Return lanes as one; nothing of one meets anything of another. (Positions stay: only those of a pair are compared.)"""
    if len(lanes) == 1:
        return lanes[0]
    spans, fragments = [len(each.cell) for each in lanes], [len(each.span) for each in lanes]
    ranks, places = [len(each.reached) for each in lanes], [len(each.said) for each in lanes]
    label, span = np.concatenate([each.label for each in lanes]), _shifted([each.span for each in lanes], spans)
    low, high = (_shifted([getattr(each, name) for each in lanes], ranks) for name in ("low", "high"))
    return Lane(
        _shifted([each.article for each in lanes], [articles] * len(lanes)),
        label,
        np.concatenate([each.size for each in lanes]),
        _shifted([each.cell for each in lanes], [articles * labels] * len(lanes)),
        np.concatenate([each.first for each in lanes]),
        np.concatenate([each.last for each in lanes]),
        np.concatenate([each.made for each in lanes]),
        np.concatenate([each.told for each in lanes]),
        span,
        np.concatenate([each.start for each in lanes]),
        np.concatenate([each.end for each in lanes]),
        low,
        high,
        np.concatenate([each.bit for each in lanes]),
        all(each.is_plain for each in lanes),
        layered(span, label[span], low, high),
        _shifted([each.reached for each in lanes], fragments),
        _shifted([each.begun for each in lanes], fragments),
        (
            _shifted([each.saying[0] for each in lanes], spans),
            _shifted([each.saying[1] for each in lanes], places),
            _shifted([each.saying[2] for each in lanes], places),
        ),
        np.concatenate([each.said for each in lanes]),
    )


def _shifted(parts: Sequence[Ints], sizes: Sequence[int]) -> Ints:
    """Return numbers behind one another, each part's counted on from the sizes before."""
    return np.concatenate([part + shift for part, shift in zip(parts, accumulate(sizes, initial=0), strict=False)])
