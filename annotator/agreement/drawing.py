"""Articles drawn with replacement: how often each of them comes in each replicate.

To draw each of ten thousand articles 2,000 times takes longer than all that is computed from it. So, where they are many, most of
it is made ready once for every number of articles. What comes 0, 1, 2 … times where the number of draws is itself drawn
from Poisson's distribution is independent from article to article; and whatever that number was, given it each draw is any of
the articles. So the counts of the first articles of one large table, and as many draws as are lacking then, are what drawing
all of them gives: not about, but exactly in distribution.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.unsignedinteger[Any]]
FEW = 2_000
"""Articles up to which each draw is made by itself: the digits that are published most stay what they were."""
_CHUNK = 2_000_000
"""Numbers drawn at a time: bounds the memory."""
_KEPT = 8_000_000
"""Numbers up to which what was drawn of few articles is kept, for the next figures on as many draw the same."""
_KEPT_ONCE = 32_000_000
"""The same where they are many, of the last number of articles alone: another choice of labels or people is of as many."""
_REPLICATES, _ARTICLES = 250, 2048
"""Of a tile of the large table."""
_TILES = 96
"""Tiles that are kept, half a megabyte each: enough for 2,000 replicates of 24,576 articles."""
_AT_ONCE = 50
"""Replicates of which draws are added at a time: few enough to lie near the processor."""
_MEAN = 0.95
"""How often an article comes in the large table. So more than there are to be drawn come seldom, and these are drawn anew."""
_NEVER = 0.38674102345450120691
"""e to the minus `_MEAN`: written out, so that it is the same number on every machine."""
_BYTE_TELLS = 5
"""Counts that the first eight bits of a number at random tell apart; beyond them lies less than the last of 256 parts."""


def drawn(articles: int, replicates: int, seed: int) -> Iterator[Weights]:
    """Yield how often each article is drawn in each replicate, some replicates at a time: replicate × article."""
    if articles > FEW:
        if articles * replicates > _KEPT_ONCE:
            return _drawing_many(articles, replicates, seed)
        return iter(_drawn_many(articles, replicates, seed))
    if articles * replicates > _KEPT:
        return _drawing_few(articles, replicates, seed)
    return iter(_drawn(articles, replicates, seed))


@lru_cache(maxsize=4)
def _drawn(articles: int, replicates: int, seed: int) -> tuple[Weights, ...]:
    return tuple(_drawing_few(articles, replicates, seed))


@lru_cache(maxsize=1)
def _drawn_many(articles: int, replicates: int, seed: int) -> tuple[Weights, ...]:
    return tuple(_drawing_many(articles, replicates, seed))


def _drawing_few(articles: int, replicates: int, seed: int) -> Iterator[Weights]:
    dice = np.random.Generator(np.random.PCG64(seed))
    size = max(1, _CHUNK // max(1, articles))
    kind = np.min_scalar_type(articles)
    for first in range(0, replicates, size):
        picks = dice.integers(0, articles, size=(min(size, replicates - first), articles), dtype=np.int32)
        counts = np.empty(picks.shape, kind)
        for row, some in zip(counts, picks, strict=True):
            row[:] = np.bincount(some, minlength=articles)
        yield counts


def _drawing_many(articles: int, replicates: int, seed: int) -> Iterator[Weights]:
    dice = np.random.Generator(np.random.PCG64((seed, articles)))
    blocks = range(-(-articles // _ARTICLES))
    for group in range(-(-replicates // _REPLICATES)):
        tiles = [_tile(seed, group, block) for block in blocks]
        rows = min(_REPLICATES, replicates - group * _REPLICATES)
        for first in range(0, rows, _AT_ONCE):
            last = min(first + _AT_ONCE, rows)
            counts = np.empty((last - first, articles), dtype=np.uint8)
            for start, tile in zip(range(0, articles, _ARTICLES), tiles, strict=True):
                counts[:, start : start + _ARTICLES] = tile[first:last, : articles - start]
            yield _filled(counts, dice)


def _filled(counts: NDArray[np.uint8], dice: np.random.Generator) -> NDArray[np.uint8]:
    """Draw, in each row, what is lacking to as many as there are articles; all of it where there are more already."""
    rows, articles = counts.shape
    lacking = articles - counts.sum(axis=1, dtype=np.uint32).astype(np.int64)
    is_over = lacking < 0
    counts[is_over], lacking[is_over] = 0, articles
    at = np.repeat(np.arange(rows) * articles, lacking)
    at += dice.integers(0, articles, size=len(at), dtype=np.int32)
    np.add.at(counts.reshape(-1), at, np.uint8(1))
    return counts


@lru_cache(maxsize=_TILES)
def _tile(seed: int, group: int, block: int) -> NDArray[np.uint8]:
    """Return a tile of the large table: replicate × article, numbers of Poisson's distribution."""
    dice = np.random.PCG64((seed, group, block))
    drawn = dice.random_raw(_REPLICATES * _ARTICLES // 8).astype("<u8").view(np.uint8)
    counts, is_open = np.zeros(len(drawn), dtype=np.uint8), np.zeros(len(drawn), dtype=bool)
    for step in np.floor(_steps() * 256).astype(np.uint8)[:_BYTE_TELLS]:
        counts += drawn > step
        is_open |= drawn == step
    # Where a step of the distribution lies within the byte, the rest of the number is drawn, too.
    open_ = np.flatnonzero(is_open)
    whole = (drawn[open_] + np.random.Generator(dice).random(len(open_))) / 256
    counts[open_] = np.searchsorted(_steps(), whole, side="right")
    return counts.reshape(_REPLICATES, _ARTICLES)


@lru_cache(maxsize=1)
def _steps() -> NDArray[np.float64]:
    """Return with which chance an article comes at most 0, 1, 2 … times in the large table, up to what never happens."""
    steps, chance = [_NEVER], _NEVER
    for count in range(1, 30):
        chance *= _MEAN / count
        steps.append(steps[-1] + chance)
    return np.array(steps)
