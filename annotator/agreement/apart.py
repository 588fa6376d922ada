"""Disagreement taken apart: every lost point belongs to exactly one class, and the shares add up.

A point is a unit (character, token) that one of a pair gave a label and the other did not. Labels count one by one, so
that the points of a label are the disagreement that its α sees, and nothing else.
"""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Corpus, Ints
from annotator.agreement.overlaps import Edges, overlaps
from annotator.agreement.sweep import distinct, steps

CLASSES = ("missed", "boundary", "category")
"""Missed: the other has nothing of that there. Boundary: the other has a span of the same label that overlaps this one,
with other edges. Category: not so, and the other gave the same stretch another label."""
MISSED, BOUNDARY, CATEGORY = range(3)
NO_WORDS = -1
MOST_WORDS = 20
"""Words at an edge that are shown apart from more of them."""
MOST_TOLD = 1_000
"""Words at an edge that are counted; more are so many."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where two annotators differ, a row a stretch.

    Attributes:
        pair: the two annotators, places in the corpus.
        article, label: places in the corpus.
        holder: 0 where the first of the pair gave the label, 1 where the second.
        kind: place in `CLASSES`.
        rivals: for a category, the labels the other one gave instead, as a bit mask; else 0.
        start, end: units of the article, half-open.
        words: how many words the stretch touches; `NO_WORDS` where that was not asked.
    """

    pair: tuple[int, int]
    article: Ints
    label: Ints
    holder: Ints
    kind: Ints
    rivals: Ints
    start: Ints
    end: Ints
    words: Ints

    @property
    def length(self) -> Ints:
        """Lost points of each stretch."""
        return self.end - self.start

    def of(self, keep: Bools) -> "Stretches":
        """Return some of the rows."""
        rest = (self.article, self.label, self.holder, self.kind, self.rivals, self.start, self.end, self.words)
        return Stretches(self.pair, *(column[keep] for column in rest))


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of all articles stand, laid end to end in the units of the corpus."""

    start: Ints
    end: Ints

    def touched(self, start: Ints, end: Ints) -> Ints:
        """Return how many words each stretch shares a unit with."""
        first = np.searchsorted(self.end, start, side="right")
        return np.asarray(np.searchsorted(self.start, end, side="left") - first, dtype=np.int64)


def stretches(corpus: Corpus, pair: tuple[int, int], words: Words | None = None) -> Stretches:
    """Return where two annotators differ, in the articles that both have finished."""
    offset = corpus.offset
    article = corpus.span_article[corpus.fragment_span]
    label = corpus.span_label[corpus.fragment_span]
    who = corpus.span_annotator[corpus.fragment_span]
    start, end = corpus.start + offset[article], corpus.end + offset[article]
    near = overlaps(corpus, *pair)
    met = np.zeros(len(corpus.span_article), dtype=bool)
    met[near.left] = met[near.right] = True
    both = corpus.finished[:, pair[0]] & corpus.finished[:, pair[1]]
    lines = [
        steps(label[rows], start[rows], end[rows])
        for one in pair
        for rows in (who == one, (who == one) & met[corpus.fragment_span])
    ]
    edges = distinct(np.concatenate([offset, *(line.at for line in lines)]))
    low, high = edges[:-1], edges[1:]
    place = np.searchsorted(offset, low, side="right") - 1
    left, left_met, right, right_met = (line.over(low) for line in lines)
    differ = np.flatnonzero((left != right) & both[place])
    low, high, place = low[differ], high[differ], place[differ]
    left, left_met, right, right_met = left[differ], left_met[differ], right[differ], right_met[differ]
    parts = []
    for name in range(len(corpus.labels)):
        for holder, (mine, met_here, theirs) in enumerate(((left, left_met, right), (right, right_met, left))):
            rows = np.flatnonzero((mine & ~theirs) >> name & 1)
            is_boundary = (met_here[rows] >> name & 1).astype(bool)
            rivals = np.where(is_boundary, 0, theirs[rows] & ~mine[rows])
            kind = np.where(is_boundary, BOUNDARY, np.where(rivals != 0, CATEGORY, MISSED))
            parts.append(_run_together((place[rows], kind, rivals), low[rows], high[rows], label=name, holder=holder))
    table = np.concatenate([np.zeros((7, 0), dtype=np.int64), *parts], axis=1)
    table = table[:, np.lexsort((table[2], table[1], table[5], table[0]))]
    count = words.touched(table[5], table[6]) if words else np.full(table.shape[1], NO_WORDS, dtype=np.int64)
    shift = offset[table[0]]
    article_, label_, holder_, kind_, rivals_, start_, end_ = table
    return Stretches(pair, article_, label_, holder_, kind_, rivals_, start_ - shift, end_ - shift, count)


def _run_together(sort: tuple[Ints, Ints, Ints], start: Ints, end: Ints, *, label: int, holder: int) -> Ints:
    """Return rows article, label, holder, kind, rivals, start, end; neighbours of one sort are one stretch."""
    article, kind, rivals = sort
    begins = np.ones(len(article), dtype=bool)
    begins[1:] = (
        (article[1:] != article[:-1]) | (kind[1:] != kind[:-1]) | (rivals[1:] != rivals[:-1]) | (start[1:] != end[:-1])
    )
    heads = np.flatnonzero(begins)
    last = np.append(heads[1:], len(article)) - 1 if len(heads) else heads
    names, holders = np.full(len(heads), label), np.full(len(heads), holder)
    return np.stack((article[heads], names, holders, kind[heads], rivals[heads], start[heads], end[last]))


SPAN_CLASSES = ("exact", "boundary", "structure", "category", "missed")
"""What became of a span: the other one has it; with other edges; as several, or several as one; with another label; not."""


def span_kinds(corpus: Corpus, pair: tuple[int, int], near: Edges, across: Edges) -> tuple[Ints, Ints]:
    """Return the spans of a pair in what both have finished, and for each its place in `SPAN_CLASSES`.

    `near` are the pairs of spans of the same label that overlap, `across` those of any labels.
    """
    spans = len(corpus.span_article)
    degree = np.bincount(near.left, minlength=spans) + np.bincount(near.right, minlength=spans)
    touched = np.zeros(spans, dtype=bool)
    touched[across.left] = touched[across.right] = True
    exact = (near.shared == corpus.span_size[near.left]) & (near.shared == corpus.span_size[near.right])
    alone = (degree[near.left] == 1) & (degree[near.right] == 1)
    kind = np.where(touched, 3, 4)
    kind[degree > 0] = 2
    for rows, name in ((alone & ~exact, 1), (alone & exact, 0)):
        kind[near.left[rows]] = kind[near.right[rows]] = name
    both = corpus.finished[:, pair[0]] & corpus.finished[:, pair[1]]
    mine = np.flatnonzero(np.isin(corpus.span_annotator, pair) & both[corpus.span_article])
    return mine, kind[mine]


def span_classes(corpus: Corpus, pair: tuple[int, int]) -> Ints:
    """Return how many spans of a pair are in each of `SPAN_CLASSES`, by label; those of both count."""
    spans, kind = span_kinds(corpus, pair, overlaps(corpus, *pair), overlaps(corpus, *pair, same_label=False))
    cell = corpus.span_label[spans] * len(SPAN_CLASSES) + kind
    shape = (len(corpus.labels), len(SPAN_CLASSES))
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
