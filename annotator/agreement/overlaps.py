"""Which spans of one annotator share units with which spans of another: an interval join over all articles at once."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Corpus, Ints


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of spans: places in the corpus.

    Attributes:
        left, right: the spans, of the first and of the second annotator.
        shared: units that both cover.
    """

    left: Ints
    right: Ints
    shared: Ints

    def of(self, keep: Bools) -> "Edges":
        """Return some of the pairs, told by a flag for each."""
        return self.at(np.flatnonzero(keep))

    def at(self, rows: Ints) -> "Edges":
        """Return some of the pairs, given by their places."""
        return Edges(self.left.take(rows), self.right.take(rows), self.shared.take(rows))


def spans_of(corpus: Corpus, annotator: int, beside: int) -> Ints:
    """Return the spans of one annotator in the articles that the other one has finished too."""
    mine = corpus.span_annotator == annotator
    return np.flatnonzero(mine & corpus.finished[corpus.span_article, beside])


def overlaps(corpus: Corpus, one: int, other: int, *, same_label: bool = True) -> Edges:
    """Return the pairs of spans of two annotators that share at least one unit; touching ones share none."""
    offset = corpus.offset
    total = int(offset[-1]) + 1
    parts = []
    for who in (one, other):
        rows = np.flatnonzero(corpus.span_annotator[corpus.fragment_span] == who)
        span = corpus.fragment_span[rows]
        shift = offset[corpus.span_article[span]]
        if same_label:
            shift = shift + corpus.span_label[span] * total
        order = np.argsort(corpus.start[rows] + shift, kind="stable")
        parts.append(((corpus.start[rows] + shift)[order], (corpus.end[rows] + shift)[order], span[order]))
    return joined_edges(parts[0], parts[1], len(corpus.span_article))


Fragments = tuple[Ints, Ints, Ints]


def joined_edges(one: Fragments, other: Fragments, spans: int) -> Edges:
    """Return which spans share units: start, end and span of each fragment, in order of start; `spans` of the other one."""
    (start, end, _), (start_, end_, _) = one, other
    if not len(start) or not len(start_):
        none = np.zeros(0, dtype=np.int64)
        return Edges(none, none, none)
    run = (
        np.searchsorted(np.maximum.accumulate(end_), start, side="right"),
        np.searchsorted(start_, end, side="left"),
    )
    return edges_in(one, other, run, spans)


def edges_in(one: Fragments, other: Fragments, run: tuple[Ints, Ints], spans: int) -> Edges:
    """Return the same where it is known for each fragment which run of the other's (first, one past the last) may meet it."""
    (start, end, span), (start_, end_, span_), (low, high) = one, other, run
    counts = np.maximum(high - low, 0)
    left = np.repeat(np.arange(len(start)), counts)
    first = np.cumsum(counts) - counts
    right = np.repeat(low - first, counts) + np.arange(len(left))
    shared = np.minimum(end.take(left), end_.take(right)) - np.maximum(start.take(left), start_.take(right))
    keep = np.flatnonzero(shared > 0)
    edges = Edges(span.take(left.take(keep)), span_.take(right.take(keep)), shared.take(keep))
    return _summed(edges, spans)


def _summed(edges: Edges, spans: int) -> Edges:
    """Return one edge for each pair of spans, with what all their fragments share."""
    key = edges.left * spans + edges.right
    if (key[1:] > key[:-1]).all():
        return edges  # as nearly always: nobody's spans have several fragments here
    order = np.argsort(key, kind="stable")
    key, shared = key[order], edges.shared[order]
    heads = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    first = order[heads]
    return Edges(edges.left[first], edges.right[first], np.add.reduceat(shared, heads))


def is_exact(corpus: Corpus, edges: Edges) -> Bools:
    """Return which pairs cover exactly the same units."""
    left, right = corpus.span_size[edges.left], corpus.span_size[edges.right]
    return np.asarray((edges.shared == left) & (edges.shared == right))


def overlap_share(corpus: Corpus, edges: Edges) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the intersection over union of each pair."""
    union = corpus.span_size[edges.left] + corpus.span_size[edges.right] - edges.shared
    return np.asarray(edges.shared / np.maximum(union, 1), dtype=np.float64)


def edge_distance(corpus: Corpus, edges: Edges) -> Ints:
    """Return how far the edges of each pair are apart at most, in units; -1 where the numbers of fragments differ."""
    counts = np.diff(corpus.first)
    same = counts[edges.left] == counts[edges.right]
    found = np.full(len(edges.left), -1, dtype=np.int64)
    rows = np.flatnonzero(same)
    if not len(rows):
        return found
    each = counts[edges.left[rows]]
    heads = np.cumsum(each) - each
    steps = np.arange(int(each.sum())) - np.repeat(heads, each)
    left = np.repeat(corpus.first[edges.left[rows]], each) + steps
    right = np.repeat(corpus.first[edges.right[rows]], each) + steps
    apart = np.maximum(np.abs(corpus.start[left] - corpus.start[right]), np.abs(corpus.end[left] - corpus.end[right]))
    found[rows] = np.maximum.reduceat(apart, heads)
    return found
