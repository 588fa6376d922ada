"""What counting pairs of annotators has in common: each one's spans in the order in which they begin, and where they meet."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Corpus, Floats, Ints
from annotator.agreement.overlaps import Edges, edges_in
from annotator.agreement.sweep import distinct, joined

_BITS = 50
"""Labels of which sums of bits are exact in a float."""
_POWERS: Floats = np.ldexp(np.ones(_BITS), np.arange(_BITS))
_FEW, _MANY = 1 << 16, 1 << 22
"""Numbers below which a table of all of them is smaller than sorting, and below which it is made sooner where they are many."""


class Said(NamedTuple):
    """Fragments in sentences: their columns, and how many sentences each article has; empty ones touch no sentence."""

    columns: Columns
    length: Ints


@dataclass(frozen=True, slots=True)
class Lane:
    """One annotator's spans, numbered from 0, and their fragments; articles lie end to end.

    Where two lanes meet is told by ranks: the places of positions among all edges of all lanes. Tables by rank are made
    once for a lane, and spare every pair the search.

    Attributes:
        article, label, size: of each span; `cell`: article × label.
        first, last: where each span begins and ends.
        made, told: by cell, how many spans, and how many that touch a sentence.
        span, start, end: of each fragment, in the order in which they begin; `low`, `high`: the ranks of these two.
        bit: of each fragment, its label as a power of two. is_plain: whether no two spans of one label overlap.
        layers: span, label and these two ranks of each fragment by label, in the order in which they begin.
        reached: by rank, up to which fragment all have ended there; begun: how many begin before.
        saying: span, start and end of each fragment in sentences, each label on a stretch of its own; `said`: how many
            sentences before each place there are touched by a span of the label.
    """

    article: Ints
    label: Ints
    size: Ints
    cell: Ints
    first: Ints
    last: Ints
    made: Ints
    told: Ints
    span: Ints
    start: Ints
    end: Ints
    low: Ints
    high: Ints
    bit: Floats
    is_plain: bool
    layers: tuple[Ints, Ints, Ints, Ints]
    reached: Ints
    begun: Ints
    saying: tuple[Ints, Ints, Ints]
    said: Ints

    def said_with(self, other: "Lane") -> Ints:
        """Return the spans that share a sentence with one of the other's of the same label."""
        span, start, end = self.saying
        found = np.zeros(len(self.cell), dtype=bool)
        found[span[other.said[end] > other.said[start]]] = True
        return np.flatnonzero(found)


def edges_of(corpus: Corpus) -> Ints:
    """Return where any span or article begins or ends, all articles end to end: ascending, each once."""
    offset = corpus.offset
    shift = offset[corpus.span_article[corpus.fragment_span]]
    places = (offset, corpus.start + shift, corpus.end + shift)
    if offset[-1] >= _MANY:
        return distinct(np.concatenate(places))
    there = np.zeros(int(offset[-1]) + 1, dtype=bool)
    for each in places:
        there[each] = True
    return np.flatnonzero(there)


def _ranks(edges: Ints, places: tuple[Ints, ...]) -> list[Ints]:
    """Return the places of positions among the edges, each of which is one."""
    if edges[-1] >= _MANY:
        return [np.searchsorted(edges, each) for each in places]
    rank = np.empty(int(edges[-1]) + 1, dtype=np.int64)
    rank[edges] = np.arange(len(edges))
    return [rank[each] for each in places]


def lanes_of(corpus: Corpus, said: Said, edges: Ints) -> list[Lane]:
    """Return everybody's lane; `edges` are those of `edges_of`."""
    told = _told(corpus, said)
    article = corpus.span_article[corpus.fragment_span]
    shift = corpus.offset[article]
    start, end = corpus.start + shift, corpus.end + shift
    low, high = _ranks(edges, (start, end))
    fragments = (corpus.fragment_span, start, end, low, high)
    spans, number = _by_annotator(corpus.span_annotator, len(corpus.annotators))
    rows = _by_annotator(corpus.span_annotator[corpus.fragment_span], len(corpus.annotators))[0]
    speakers = _by_annotator(corpus.span_annotator[told[0]], len(corpus.annotators))[0]
    return [
        _lane(
            corpus,
            mine,
            tuple(column[some] for column in (number[fragments[0]], *fragments[1:])),
            (number[told[0][speaking]], told[1][speaking], told[2][speaking], told[3]),
            len(edges),
        )
        for mine, some, speaking in zip(spans, rows, speakers, strict=True)
    ]


def _told(corpus: Corpus, said: Said) -> tuple[Ints, Ints, Ints, int]:
    """Return span, start and end of fragments in sentences, each label on a stretch of its own; and how long all are."""
    offset = np.concatenate(([0], np.cumsum(said.length))).astype(np.int64)
    number = np.full(int(max(corpus.key.max(initial=-1), said.columns.span.max(initial=-1))) + 1, -1, dtype=np.int64)
    number[corpus.key] = np.arange(len(corpus.key))
    span = number[said.columns.span]
    some = np.flatnonzero((said.columns.end > said.columns.start) & (span >= 0))
    used, stretch = ranked(corpus.span_label[span[some]])
    shift = offset[said.columns.article[some]] + stretch * (int(offset[-1]) + 1)
    room = len(used) * (int(offset[-1]) + 1)
    return span[some], said.columns.start[some] + shift, said.columns.end[some] + shift, room


def _by_annotator(who: Ints, people: int) -> tuple[list[Ints], Ints]:
    """Return the places of each annotator, and the number of each place among those of its annotator."""
    order = np.argsort(who.astype(np.int16), kind="stable")
    bounds = np.concatenate(([0], np.cumsum(np.bincount(who, minlength=people)))).astype(np.int64)
    number = np.empty(len(who), dtype=np.int64)
    number[order] = np.arange(len(who)) - bounds[who[order]]
    return [order[first:last] for first, last in pairwise(bounds.tolist())], number


def _lane(
    corpus: Corpus, mine: Ints, fragments: tuple[Ints, ...], told: tuple[Ints, Ints, Ints, int], ranks: int
) -> Lane:
    article, label = corpus.span_article[mine], corpus.span_label[mine]
    shift = corpus.offset[article]
    if not (fragments[1][1:] >= fragments[1][:-1]).all():
        order = np.argsort(fragments[1], kind="stable")
        fragments = tuple(column[order] for column in fragments)
    span, start, end, low, high = fragments
    kind = label[span]
    layers = layered(span, kind, low, high)
    speaker, since, until, room = told
    is_said = np.zeros(len(mine), dtype=bool)
    is_said[speaker] = True
    beginning = np.bincount(low, minlength=ranks)
    cell, cells = article * len(corpus.labels) + label, len(corpus.articles) * len(corpus.labels)
    return Lane(
        article,
        label,
        corpus.span_size[mine],
        cell,
        corpus.start[corpus.first[mine]] + shift,
        corpus.end[corpus.first[mine + 1] - 1] + shift,
        np.bincount(cell, minlength=cells),
        np.bincount(cell[is_said], minlength=cells),
        span,
        start,
        end,
        low,
        high,
        _POWERS[kind % _BITS],
        _is_apart(*layers[1:]),
        layers,
        np.cumsum(np.bincount(np.maximum.accumulate(high), minlength=ranks)),
        np.cumsum(beginning) - beginning,
        (speaker, since, until),
        _before(since, until, room),
    )


def layered(span: Ints, label: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return fragments, in the order in which they begin, by label."""
    order = np.argsort(label.astype(np.int8), kind="stable")
    return span[order], label[order], low[order], high[order]


def _is_apart(group: Ints, start: Ints, end: Ints) -> bool:
    """Return whether no ranges of a group overlap; they are in order of group and start."""
    shift = group * (int(end.max(initial=0)) + 1)
    return bool(((start + shift)[1:] >= np.maximum.accumulate(end + shift)[:-1]).all())


def _before(start: Ints, end: Ints, room: int) -> Ints:
    """Return for each of so many places how many before it lie in a range."""
    depth = np.cumsum(np.bincount(start, minlength=room + 1) - np.bincount(end, minlength=room + 1))
    return np.concatenate(([0], np.cumsum(depth > 0, dtype=np.int32)))


@dataclass(frozen=True, slots=True)
class Grid:
    """All articles end to end, cut at every edge of every span: between two edges nothing changes.

    Attributes:
        article, length: of each piece; behind the last edge an empty one, so that there are as many as ranks.
        sets: the sets of labels that occur, ascending, as bit masks; `place`: for each annotator and piece, which of them.
        labels: places of the labels that occur; width: how many there could be, one at least.
    """

    article: Ints
    length: Floats
    sets: Ints
    place: tuple[Ints, ...]
    labels: tuple[int, ...]
    width: int


def grid_of(corpus: Corpus, lanes: list[Lane], edges: Ints) -> Grid:
    """Return the grid of some lanes; `edges` are all of theirs."""
    pieces = len(edges)
    masks = [masks_of(pieces, lane) for lane in lanes]
    sets, places = ranked(np.concatenate([np.zeros(1, dtype=np.int64), *masks]))
    every = int(np.bitwise_or.reduce(sets))
    article = np.searchsorted(corpus.offset, edges, side="right") - 1
    return Grid(
        np.minimum(article, max(len(corpus.articles) - 1, 0)),
        np.diff(edges, append=edges[-1:]).astype(np.float64),
        sets,
        tuple(places[1 + number * pieces : 1 + (number + 1) * pieces] for number in range(len(lanes))),
        tuple(label for label in range(every.bit_length()) if every >> label & 1),
        max(len(corpus.labels), 1),
    )


def masks_of(pieces: int, lane: Lane, wanted: Bools | None = None) -> Ints:
    """Return the labels that the wanted spans of a lane have on each piece of a grid, as bit masks."""
    if not lane.is_plain:
        span, label, low, high = lane.layers
        if wanted is not None:
            rows = np.flatnonzero(wanted[span])
            label, low, high = label[rows], low[rows], high[rows]
        label, low, high = joined(label, low, high)
        bit = _POWERS[label % _BITS]
    else:
        label, low, high = lane.label[lane.span], lane.low, lane.high
        bit = lane.bit if wanted is None else lane.bit * wanted[lane.span]
    most = int(label.max(initial=0))
    found = _added(pieces, low, high, bit * (label < _BITS) if most >= _BITS else bit)
    for first in range(_BITS, most + 1, _BITS):
        found |= _added(pieces, low, high, bit * (label // _BITS == first // _BITS)) << first
    return found


def _added(pieces: int, low: Ints, high: Ints, bit: Floats) -> Ints:
    """Return the sum of the bits of the ranges that cover each piece."""
    change = np.bincount(low, bit, pieces)
    change -= np.bincount(high, bit, pieces)
    return np.cumsum(change.astype(np.int64))  # whole numbers: many times as quick as a sum of floats


def ranked(values: Ints) -> tuple[Ints, Ints]:
    """Return the values (0 and above) ascending, each once, and the place of each value among them."""
    most = int(values.max(initial=0))
    if most < _FEW:
        there = np.zeros(most + 1, dtype=bool)
        there[values] = True
        return np.flatnonzero(there), (np.cumsum(there) - 1)[values]
    found = distinct(values)
    return found, np.searchsorted(found, values)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which spans of two lanes share characters.

    Attributes:
        across: those pairs of spans; `near`: those of the same label among them, told by `is_near`.
        is_exact: of `across`, whether both cover the same characters; is_same: the same of `near`.
        is_alone: of `near`, whether neither is near another.
        touches: of each lane's spans, whether one of the same label is near.
        kinds: of each lane's spans, the place in `apart.SPAN_CLASSES`.
    """

    across: Edges
    near: Edges
    is_near: Bools
    is_exact: Bools
    is_same: Bools
    is_alone: Bools
    touches: tuple[Bools, Bools]
    kinds: tuple[Ints, Ints]


def meeting(one: Lane, other: Lane) -> Meeting:
    """Return where two lanes meet."""
    run = (other.reached[one.low], other.begun[one.high])
    across = edges_in((one.start, one.end, one.span), (other.start, other.end, other.span), run, len(other.cell))
    is_near = one.label.take(across.left) == other.label.take(across.right)
    rows = np.flatnonzero(is_near)
    near = across.at(rows)
    is_exact = (across.shared == one.size.take(across.left)) & (across.shared == other.size.take(across.right))
    is_same = is_exact[rows]
    counts = [np.bincount(spans, minlength=len(lane.cell)) for spans, lane in ((near.left, one), (near.right, other))]
    is_alone = (counts[0][near.left] == 1) & (counts[1][near.right] == 1)
    alone = np.flatnonzero(is_alone)
    of_alone = np.where(is_same[alone], 0, 1)
    kinds = []
    for lane, met, spans in ((one, across.left, near.left), (other, across.right, near.right)):
        kind = np.full(len(lane.cell), 4)
        kind[met] = 3
        kind[spans] = 2
        kind[spans[alone]] = of_alone
        kinds.append(kind)
    touches = (counts[0] > 0, counts[1] > 0)
    return Meeting(across, near, is_near, is_exact, is_same, is_alone, touches, (kinds[0], kinds[1]))
