"""Disagreement taken apart: every lost point belongs to exactly one class, and the shares add up.

A point is a unit (character, token) that one of a pair gave a label and the other did not. Labels count one by one, so
that the points of a label are the disagreement that its α sees, and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Corpus, Floats, Ints
from annotator.agreement.labelling import View
from annotator.agreement.overlaps import Edges, overlaps
from annotator.agreement.sweep import distinct, steps

CLASSES = ("missed", "boundary", "category")
"""Missed: the other has nothing of that there. Boundary: the other has a span of the same label that overlaps this one,
with other edges. Category: not so, and the other gave the same stretch another label."""
MISSED, BOUNDARY, CATEGORY = range(3)
NO_WORDS = -1
MOST_WORDS = 20


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


@dataclass(frozen=True, slots=True)
class Lost:
    """Lost points, added up.

    Attributes:
        points: label × class, weighted as in α: their sum over classes is ``Σ o_ck`` (c ≠ k) of the label's α.
        forgiven: label: what a tolerance at edges takes off the boundary points; they are not in `points`.
        confused: label × (label given instead …, "boundary", "none"): the same points by what the other one has.
        by_words: label × number of words: all boundary points, forgiven or not, by how many words their stretch touches;
            the last column holds `MOST_WORDS` and more. Zeros where words were not asked for.
    """

    points: Floats
    forgiven: Floats
    confused: Floats
    by_words: Floats

    @property
    def shares(self) -> Floats:
        """The share of each class in all lost points; zeros where nothing is lost."""
        total = self.points.sum()
        return np.asarray(self.points.sum(axis=0) / total if total else np.zeros(len(CLASSES)))


def lost(corpus: Corpus, sight: View, found: Iterator[Stretches], tolerance: int = 0) -> Lost:
    """Add up the stretches of all pairs of a view. A boundary of at most `tolerance` words is forgiven."""
    labels = len(corpus.labels)
    points, forgiven = np.zeros((labels, len(CLASSES))), np.zeros(labels)
    confused, by_words = np.zeros((labels, labels + 2)), np.zeros((labels, MOST_WORDS + 1))
    weight = np.where(sight.readers > 1, 2.0 / np.maximum(sight.readers - 1, 1), 0.0)
    for each in found:
        by = each.length * weight[each.article]
        known = (each.kind == BOUNDARY) & (each.words != NO_WORDS)
        cell = each.label[known] * (MOST_WORDS + 1) + np.minimum(each.words[known], MOST_WORDS)
        by_words += np.bincount(cell, weights=by[known], minlength=by_words.size).reshape(by_words.shape)
        is_small = (each.kind == BOUNDARY) & (each.words != NO_WORDS) & (each.words <= tolerance) & (tolerance > 0)
        forgiven += np.bincount(each.label[is_small], weights=by[is_small], minlength=labels)
        rest, by = each.of(~is_small), by[~is_small]
        cell = rest.label * len(CLASSES) + rest.kind
        points += np.bincount(cell, weights=by, minlength=points.size).reshape(points.shape)
        confused[:, labels] += np.bincount(rest.label, weights=by * (rest.kind == BOUNDARY), minlength=labels)
        confused[:, labels + 1] += np.bincount(rest.label, weights=by * (rest.kind == MISSED), minlength=labels)
        for name in range(labels):
            has = (rest.rivals >> name & 1).astype(bool)
            share = by[has] / np.bitwise_count(rest.rivals[has])
            confused[:, name] += np.bincount(rest.label[has], weights=share, minlength=labels)
    return Lost(points, forgiven, confused, by_words)


def lost_of(rows: dict[str, Ints], labels: int, sight: View) -> Lost:
    """Add up lost points that were counted by article, label and what the other one has, with no tolerance."""
    points, confused = np.zeros((labels, len(CLASSES))), np.zeros((labels, labels + 2))
    weight = np.where(sight.readers > 1, 2.0 / np.maximum(sight.readers - 1, 1), 0.0)
    by, label, rivals = rows["points"] * weight[rows["article"]], rows["label"], rows["rivals"]
    kind = np.where(rows["boundary"] > 0, BOUNDARY, np.where(rivals != 0, CATEGORY, MISSED))
    cell = label.astype(np.int64) * len(CLASSES) + kind
    points += np.bincount(cell, weights=by, minlength=points.size).reshape(points.shape)
    confused[:, labels], confused[:, labels + 1] = points[:, BOUNDARY], points[:, MISSED]
    several = np.maximum(np.bitwise_count(rivals), 1)
    for name in range(labels):
        share = by * (rivals >> name & 1) / several
        confused[:, name] += np.bincount(label, weights=share, minlength=labels)
    return Lost(points, np.zeros(labels), confused, np.zeros((labels, MOST_WORDS + 1)))


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
