"""What counting pairs of annotators has in common: each one's spans in the order in which they begin, and where they meet."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Corpus, Floats, Ints
from annotator.agreement.overlaps import Edges, joined_edges
from annotator.agreement.sweep import distinct, joined

_BITS = 50
"""Labels of which sums of bits are exact in a float."""


class Said(NamedTuple):
    """Fragments in sentences: their columns, and how many sentences each article has; empty ones touch no sentence."""

    columns: Columns
    length: Ints


@dataclass(frozen=True, slots=True)
class Lane:
    """One annotator's spans, numbered from 0, and their fragments; articles lie end to end.

    Attributes:
        article, label, size: of each span; `cell`: article × label.
        first, last: where each span begins and ends.
        is_said: of each span, whether it touches a sentence.
        span, start, end: of each fragment, in the order in which they begin; `by_label`: these rows by label, in that order.
        said: ranges of sentences that the fragments of each label touch, in order and apart, each label on a stretch of
            its own; `saying`: span, start and end of each fragment there; `stretch`: how long such a stretch is.
    """

    article: Ints
    label: Ints
    size: Ints
    cell: Ints
    first: Ints
    last: Ints
    is_said: Bools
    span: Ints
    start: Ints
    end: Ints
    by_label: Ints
    said: tuple[Ints, Ints]
    saying: tuple[Ints, Ints, Ints]

    def said_with(self, other: "Lane") -> Ints:
        """Return the spans that share a sentence with one of the other's of the same label."""
        span, start, end = self.saying
        begins, ends = other.said
        if not len(begins) or not len(span):
            return np.zeros(0, dtype=np.int64)
        place = np.searchsorted(ends, start, side="right")
        is_in = place < len(ends)
        is_in &= begins[np.minimum(place, len(ends) - 1)] < end
        found = np.zeros(len(self.cell), dtype=bool)
        found[span[is_in]] = True
        return np.flatnonzero(found)


def lanes_of(corpus: Corpus, said: Said | None = None) -> list[Lane]:
    """Return everybody's lane; without `said` nobody asks for sentences."""
    if said is None:
        none = np.zeros(0, dtype=np.int64)
        said = Said(Columns(none, none, none, none, none, none), np.zeros(len(corpus.articles), dtype=np.int64))
    offset = corpus.offset
    told = np.concatenate(([0], np.cumsum(said.length))).astype(np.int64)
    touching = np.flatnonzero(said.columns.end > said.columns.start)
    number = np.full(int(max(corpus.key.max(initial=-1), said.columns.span.max(initial=-1))) + 1, -1, dtype=np.int64)
    number[corpus.key] = np.arange(len(corpus.key))
    touching = touching[number[said.columns.span[touching]] >= 0]
    sentences = number[said.columns.span[touching]]
    shift = told[said.columns.article[touching]]
    low, high = said.columns.start[touching] + shift, said.columns.end[touching] + shift
    return [
        _lane(corpus, who, offset, (sentences, low, high, int(told[-1]) + 1)) for who in range(len(corpus.annotators))
    ]


def _lane(corpus: Corpus, who: int, offset: Ints, said: tuple[Ints, Ints, Ints, int]) -> Lane:
    spans = np.flatnonzero(corpus.span_annotator == who)
    place = np.full(len(corpus.span_article), -1, dtype=np.int64)
    place[spans] = np.arange(len(spans))
    article, label = corpus.span_article[spans], corpus.span_label[spans]
    shift = offset[article]
    rows = np.flatnonzero(corpus.span_annotator[corpus.fragment_span] == who)
    span = place[corpus.fragment_span[rows]]
    start, end = corpus.start[rows] + shift[span], corpus.end[rows] + shift[span]
    order = np.argsort(start, kind="stable")
    span, start, end = span[order], start[order], end[order]
    told, low, high, stretch = said
    mine = np.flatnonzero(place[told] >= 0) if len(place) else np.zeros(0, dtype=np.int64)
    speaker = place[told[mine]]
    is_said = np.zeros(len(spans), dtype=bool)
    is_said[speaker] = True
    apart = label[speaker] * stretch
    saying = (speaker, low[mine] + apart, high[mine] + apart)
    order = np.argsort(saying[1], kind="stable")
    _, *ranges = joined(np.zeros(len(order), dtype=np.int64), saying[1][order], saying[2][order])
    return Lane(
        article,
        label,
        corpus.span_size[spans],
        article * len(corpus.labels) + label,
        corpus.start[corpus.first[spans]] + shift,
        corpus.end[corpus.first[spans + 1] - 1] + shift,
        is_said,
        span,
        start,
        end,
        np.argsort(label[span].astype(np.int8), kind="stable"),
        (ranges[0], ranges[1]),
        saying,
    )


@dataclass(frozen=True, slots=True)
class Grid:
    """All articles end to end, cut at every edge of every span: between two edges nothing changes.

    Attributes:
        at: where the pieces begin.
        article, length: of each piece.
        sets: the sets of labels that occur, ascending, as bit masks; `place`: for each annotator and piece, which of them.
        labels: places of the labels that occur; width: how many there could be, one at least.
    """

    at: Ints
    article: Ints
    length: Floats
    sets: Ints
    place: tuple[Ints, ...]
    labels: tuple[int, ...]
    width: int

    def masks_of(self, lane: Lane, wanted: Bools) -> Ints:
        """Return the labels that the wanted spans of a lane have on each piece, as bit masks."""
        return _masks(self.at, lane, lane.by_label[wanted[lane.span[lane.by_label]]])


def grid_of(corpus: Corpus, lanes: list[Lane]) -> Grid:
    """Return the grid of some lanes."""
    offset = corpus.offset
    edges = distinct(np.concatenate([offset, *(lane.start for lane in lanes), *(lane.end for lane in lanes)]))
    at = edges[:-1]
    masks = [_masks(at, lane, lane.by_label) for lane in lanes]
    sets = distinct(np.concatenate([np.zeros(1, dtype=np.int64), *(distinct(mask) for mask in masks)]))
    every = int(np.bitwise_or.reduce(sets))
    return Grid(
        at,
        np.searchsorted(offset, at, side="right") - 1,
        np.diff(edges).astype(np.float64),
        sets,
        tuple(np.searchsorted(sets, mask) for mask in masks),
        tuple(label for label in range(every.bit_length()) if every >> label & 1),
        max(len(corpus.labels), 1),
    )


def _masks(at: Ints, lane: Lane, rows: Ints) -> Ints:
    """Return the labels that some fragments of a lane, by label, have on each piece of a grid."""
    label, start, end = joined(lane.label[lane.span[rows]], lane.start[rows], lane.end[rows])
    first, last = np.searchsorted(at, start), np.searchsorted(at, end)
    found = np.zeros(len(at), dtype=np.int64)
    for low in range(0, int(label.max(initial=-1)) + 1, _BITS):
        some = (label >= low) & (label < low + _BITS)
        bit = np.ldexp(1.0, label[some] - low)
        change = np.bincount(first[some], bit, len(at) + 1) - np.bincount(last[some], bit, len(at) + 1)
        found |= np.cumsum(change[:-1]).astype(np.int64) << low
    return found


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which spans of two lanes share characters.

    Attributes:
        across: those pairs of spans; `near`: those of the same label among them, told by `is_near`.
        is_exact: of `across`, whether both cover the same characters. is_alone: of `near`, whether neither is near another.
        touches: of each lane's spans, whether one of the same label is near.
        kinds: of each lane's spans, the place in `apart.SPAN_CLASSES`.
    """

    across: Edges
    near: Edges
    is_near: Bools
    is_exact: Bools
    is_alone: Bools
    touches: tuple[Bools, Bools]
    kinds: tuple[Ints, Ints]


def meeting(one: Lane, other: Lane) -> Meeting:
    """Return where two lanes meet."""
    across = joined_edges((one.start, one.end, one.span), (other.start, other.end, other.span), len(other.cell))
    is_near = one.label[across.left] == other.label[across.right]
    near = across.of(is_near)
    is_exact = (across.shared == one.size[across.left]) & (across.shared == other.size[across.right])
    counts = [np.bincount(spans, minlength=len(lane.cell)) for spans, lane in ((near.left, one), (near.right, other))]
    is_alone = (counts[0][near.left] == 1) & (counts[1][near.right] == 1)
    kinds = []
    for lane, degree, met, spans in (
        (one, counts[0], across.left, near.left),
        (other, counts[1], across.right, near.right),
    ):
        touched = np.zeros(len(lane.cell), dtype=bool)
        touched[met] = True
        kind = np.where(touched, 3, 4)
        kind[degree > 0] = 2
        kind[spans[is_alone]] = np.where(is_exact[is_near][is_alone], 0, 1)
        kinds.append(kind)
    touches = (counts[0] > 0, counts[1] > 0)
    return Meeting(across, near, is_near, is_exact, is_alone, touches, (kinds[0], kinds[1]))
