"""Counting finished work in words: tokens as units, and the words that are touched where edges differ."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.apart import MOST_TOLD, Words
from annotator.agreement.corpus import Bools, Columns, Corpus, Ints
from annotator.agreement.counting import lost_of, sets_of
from annotator.agreement.facing import Facing, facing
from annotator.agreement.lanes import Grid, Said, edges_of, grid_of, lanes_of, meeting
from annotator.agreement.tables import KINDS, Rows, by_article, none, together

WORDS: np.dtype[Any] = np.dtype(np.int16)
"""Of how many words a boundary touches."""


@dataclass(frozen=True, slots=True)
class InWords:
    """What was counted, by article; rows of `Tables`, those of lost points with `words`: 0 where it is no boundary.

    Attributes:
        sets, lost: in tokens. edges: in characters, the boundaries alone.
    """

    sets: Rows
    lost: Rows
    edges: Rows


def counted_in_words(characters: Corpus, tokens: Corpus, words: Words) -> InWords:
    """Count the same work, in characters and in tokens; `words` are where the tokens lie, in characters."""
    sets, lost, edges = [none("sets")], [_nothing()], [_nothing()]
    lines, lanes, grid = _laid(tokens)
    for each in facing(tokens, lanes, grid):
        touches = meeting(each.one, each.other).touches
        sets.append(each.placed("sets", sets_of(grid, each)))
        rows = lost_of(grid, each, touches)
        elsewhere = {name: column[~rows["boundary"]] for name, column in rows.items()}
        count = np.zeros(len(elsewhere["article"]), dtype=np.int64)
        lost += [
            _placed(each, {**elsewhere, "words": count}),
            _placed(each, _boundaries(grid, each, lines, touches, None)),
        ]
    lines, lanes, grid = _laid(characters)
    for each in facing(characters, lanes, grid):
        touches = meeting(each.one, each.other).touches
        edges.append(_placed(each, _boundaries(grid, each, lines, touches, words)))
    return InWords(*(by_article(together(each)) for each in (sets, lost, edges)))


def _laid(corpus: Corpus) -> tuple[Ints, list[Any], Grid]:
    lines = edges_of(corpus)
    nothing = np.zeros(0, dtype=np.int64)
    lanes = lanes_of(corpus, Said(Columns(*[nothing] * 6), np.zeros(len(corpus.articles), dtype=np.int64)), lines)
    return lines, lanes, grid_of(corpus, lanes, lines)


def _boundaries(grid: Grid, each: Facing, lines: Ints, touches: tuple[Bools, Bools], words: Words | None) -> Rows:
    """Return where only one of them has a label that the other one has too, with other edges: a row a stretch.

    `lines` are where the grid is cut. `words`: None where the units are words themselves.
    """
    differ = np.flatnonzero((each.left != each.right) & each.both[each.article])
    left, right = grid.sets[each.left[differ]], grid.sets[each.right[differ]]
    sides = ((left & ~right, each.one, touches[0]), (right & ~left, each.other, touches[1]))
    names, room = (
        np.array(grid.labels, dtype=np.int64),
        len(each.article) + 1,
    )  # behind the last piece comes no neighbour
    codes = [np.zeros(0, dtype=np.int64)]
    for side, (lacking, lane, is_met) in enumerate(sides):
        at_edge = lacking & each.masks_of(lane, is_met)[differ]
        for number, label in enumerate(grid.labels):
            codes.append((side * len(names) + number) * room + differ[(at_edge >> label & 1).astype(bool)])
    code = np.concatenate(codes)
    place, piece = np.divmod(code, room)
    article = each.article[piece]
    begins = np.ones(len(code), dtype=bool)
    begins[1:] = (code[1:] != code[:-1] + 1) | (article[1:] != article[:-1])
    heads = np.flatnonzero(begins)
    tails = np.append(heads[1:], len(code)) - 1 if len(heads) else heads
    start, end = lines[piece[heads] % len(lines)], lines[piece[tails] % len(lines) + 1]
    touched = end - start if words is None else words.touched(start, end)
    nothing = np.zeros(len(heads), dtype=np.int64)
    return {
        "article": article[heads],
        "label": names[place[heads] % max(len(names), 1)],
        "boundary": nothing + 1,
        "rivals": nothing,
        "points": end - start,
        "words": np.minimum(touched, MOST_TOLD),
    }


def _placed(each: Facing, rows: Rows) -> Rows:
    return {**each.placed("lost", rows), "words": rows["words"].astype(WORDS)}


def _nothing() -> Rows:
    rows: dict[str, NDArray[Any]] = {**none("lost"), "words": np.zeros(0, WORDS)}
    return {name: rows[name] for name in (*KINDS["lost"], "words")}
