"""What several annotators marked in many articles, in columns: the one input of every measure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Marked(NamedTuple):
    """A label on a set of fragments, in the units of its article, half-open."""

    label: str
    fragments: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Fragments as they come out of a file, a row each, in any order.

    Attributes:
        article, annotator, label: places in the corpus' lists.
        span: a number that the fragments of one span share.
        start, end: in units of the article, half-open.
    """

    article: Ints
    annotator: Ints
    label: Ints
    span: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Outline:
    """Who has finished which articles, and how long they are; see `Corpus`."""

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    length: Ints
    finished: Bools

    def readers(self, annotators: Sequence[int]) -> Ints:
        """Return how many of `annotators` have finished each article."""
        return np.asarray(self.finished[:, list(annotators)].sum(axis=1), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Finished work on articles, in columns; made by `corpus_of` or `corpus_from`, always in one canonical order.

    A unit is whatever the coordinates count: characters, tokens, sentences.

    Attributes:
        articles, annotators, labels: their ids; the columns hold places in these.
        length: units of each article.
        finished: article × annotator: who has read it to its end. Whoever has not contributes nothing; whoever has, and
            marked nothing, contributes "nothing" everywhere.
        span_article, span_annotator, span_label, span_size: a row for each span, sorted by article, annotator and place.
        first: where the fragments of each span begin in the fragment columns, and one more at the end.
        fragment_span, start, end: a row for each fragment; those of one span are in order and apart.
        key: for each span the number it came in with.
    """

    articles: tuple[str, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    length: Ints
    finished: Bools
    span_article: Ints
    span_annotator: Ints
    span_label: Ints
    span_size: Ints
    first: Ints
    fragment_span: Ints
    start: Ints
    end: Ints
    key: Ints

    @property
    def outline(self) -> "Outline":
        """What is known without the spans."""
        return Outline(self.annotators, self.labels, self.length, self.finished)

    @property
    def offset(self) -> Ints:
        """Where each article begins when all are laid end to end, and where the last one ends."""
        return np.concatenate(([0], np.cumsum(self.length))).astype(np.int64)

    def readers(self, annotators: Sequence[int]) -> Ints:
        """Return how many of `annotators` have finished each article."""
        return self.outline.readers(annotators)

    def fragments_of(self, span: int) -> tuple[tuple[int, int], ...]:
        """Return the fragments of one span."""
        rows = range(int(self.first[span]), int(self.first[span + 1]))
        return tuple((int(self.start[row]), int(self.end[row])) for row in rows)

    def with_labels(self, labels: Iterable[int]) -> "Corpus":
        """Return the corpus with the spans of some labels only; places of labels stay."""
        keep = np.isin(self.span_label, list(labels))
        return self if keep.all() else self._kept(keep)

    def lacking_in(self, other: "Corpus") -> "Corpus":
        """Return the corpus with those spans only that `other`, made of the same columns, has not."""
        return self._kept(~np.isin(self.key, other.key))

    def of_articles(self, places: Ints) -> "Corpus":
        """Return the corpus of some articles (places, ascending), whose places are new."""
        new = np.full(len(self.articles), -1, dtype=np.int64)
        new[places] = np.arange(len(places))
        part = self._kept(new[self.span_article] >= 0)
        return Corpus(
            tuple(self.articles[place] for place in places),
            self.annotators,
            self.labels,
            self.length[places],
            self.finished[places],
            new[part.span_article],
            *(getattr(part, name) for name in _REST),
        )

    def _kept(self, keep: Bools) -> "Corpus":
        rows = keep[self.fragment_span]
        new = np.cumsum(keep) - 1
        counts = np.diff(self.first)[keep]
        return Corpus(
            self.articles,
            self.annotators,
            self.labels,
            self.length,
            self.finished,
            self.span_article[keep],
            self.span_annotator[keep],
            self.span_label[keep],
            self.span_size[keep],
            np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            new[self.fragment_span[rows]],
            self.start[rows],
            self.end[rows],
            self.key[keep],
        )


_REST = ("span_annotator", "span_label", "span_size", "first", "fragment_span", "start", "end", "key")


def corpus_of(
    lengths: Mapping[str, int],
    work: Mapping[tuple[str, str], Sequence[Marked]],
    annotators: Sequence[str] = (),
    labels: Sequence[str] = (),
) -> Corpus:
    """Make a corpus of plain values.

    `lengths` are the units of each article; `work` holds what was marked, by article and annotator, for finished work
    only: an empty list says that nothing was found, no entry that the article was not finished.
    """
    names = tuple(sorted(lengths))
    people = tuple(annotators) or tuple(sorted({who for _, who in work}))
    known = tuple(labels) or tuple(sorted({each.label for marked in work.values() for each in marked}))
    place = {name: number for number, name in enumerate(names)}
    person = {name: number for number, name in enumerate(people)}
    kind = {name: number for number, name in enumerate(known)}
    finished = np.zeros((len(names), len(people)), dtype=bool)
    rows: list[tuple[int, int, int, int, int, int]] = []
    span = 0
    for (article, who), marked in work.items():
        if who not in person:
            continue
        finished[place[article], person[who]] = True
        for each in marked:
            if each.label in kind:
                for start, end in each.fragments:
                    rows.append((place[article], person[who], kind[each.label], span, start, end))
                span += 1
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    sizes = np.array([lengths[name] for name in names], dtype=np.int64)
    return corpus_from(names, people, known, length=sizes, finished=finished, columns=Columns(*columns))


def corpus_from(
    articles: tuple[str, ...],
    annotators: tuple[str, ...],
    labels: tuple[str, ...],
    *,
    length: Ints,
    finished: Bools,
    columns: Columns,
) -> Corpus:
    """Make a corpus of columns: fragments that overlap or touch are joined, empty ones and unfinished work dropped."""
    whole = fragments_from(columns, finished)
    article, annotator, label, span, start, end = (getattr(whole, name) for name in Columns.__slots__)
    is_new_span = np.ones(len(span), dtype=bool)
    is_new_span[1:] = span[1:] != span[:-1]
    heads = np.flatnonzero(is_new_span)
    counts = np.diff(np.append(heads, len(span)))
    sizes = np.add.reduceat(end - start, heads) if len(heads) else np.zeros(0, dtype=np.int64)
    ranks = _canonical((article[heads], annotator[heads], label[heads]), start, end, heads, counts)
    first = np.concatenate(([0], np.cumsum(counts[ranks]))).astype(np.int64)
    fragment_span = np.repeat(np.arange(len(ranks)), counts[ranks])
    rows = np.repeat(heads[ranks], counts[ranks]) + (np.arange(len(fragment_span)) - first[:-1][fragment_span])
    return Corpus(
        articles,
        annotators,
        labels,
        length.astype(np.int64),
        finished,
        article[heads][ranks],
        annotator[heads][ranks],
        label[heads][ranks],
        sizes[ranks],
        first,
        fragment_span,
        start[rows],
        end[rows],
        span[heads][ranks],
    )


def fragments_from(columns: Columns, finished: Bools) -> Columns:
    """Return fragments by span: those of one that overlap or touch joined, empty ones and unfinished work dropped."""
    keep = np.flatnonzero((columns.end > columns.start) & finished[columns.article, columns.annotator])
    room = int(columns.end.max(initial=0)) + 1
    keep = keep[_sorting(columns.span[keep] * room + columns.start[keep])]
    some = columns if len(keep) == len(columns.span) and _is_ascending(keep) else _of(columns, keep)
    is_new_span = np.ones(len(some.span), dtype=bool)
    is_new_span[1:] = some.span[1:] != some.span[:-1]
    start, end, begins = _joined(some.start, some.end, is_new_span)
    if len(begins) < len(some.span):
        some = _of(some, begins)
    return Columns(some.article, some.annotator, some.label, some.span, start, end)


def _of(columns: Columns, rows: Ints) -> Columns:
    return Columns(*(getattr(columns, name)[rows] for name in Columns.__slots__))


def _is_ascending(rows: Ints) -> bool:
    return bool((rows[1:] > rows[:-1]).all())


def _joined(start: Ints, end: Ints, is_new_span: Bools) -> tuple[Ints, Ints, Ints]:
    """Return the fragments with those of one span that overlap or touch made one, and the rows where they begin."""
    if not len(start):
        return start, end, np.zeros(0, dtype=np.int64)
    # Each span on a stretch of its own, so that one running maximum serves all.
    room = int(end.max()) + 2
    shift = np.cumsum(is_new_span) * room
    reach = np.maximum.accumulate(end + shift)
    begins = np.ones(len(start), dtype=bool)
    begins[1:] = (start + shift)[1:] > reach[:-1]
    heads = np.flatnonzero(begins)
    last = np.append(heads[1:], len(start)) - 1
    return start[heads], reach[last] - shift[last], heads


def _canonical(owner: tuple[Ints, Ints, Ints], start: Ints, end: Ints, heads: Ints, counts: Ints) -> Ints:
    """Return the spans in an order that depends on nothing but what they are; `owner` are their columns."""
    article, annotator, label = owner
    if not len(heads):
        return heads
    last = end[heads + counts - 1]
    most = int(counts.max())
    room, people, labels = int(last.max()) + 1, int(annotator.max()) + 1, int(label.max()) + 1
    place = (article * people + annotator) * room + start[heads]
    rest = (last * (most + 1) + counts) * labels + label
    order = _order(place, rest)
    if most == 1:
        return order
    is_next_alike = (np.diff(place[order]) == 0) & (np.diff(rest[order]) == 0) & (counts[order][1:] > 1)
    if not is_next_alike.any():
        return order
    # Spans of several fragments that agree in all of that: by their inner edges.
    several = {
        int(row): tuple(zip(start[heads[row] :][: counts[row]], end[heads[row] :][: counts[row]], strict=True))
        for row in np.flatnonzero(counts > 1)
    }
    inner = sorted(set(several.values()))
    rank_of = {edges: number + 1 for number, edges in enumerate(inner)}
    rank = np.zeros(len(heads), dtype=np.int64)
    for row, edges in several.items():
        rank[row] = rank_of[edges]
    return np.lexsort((rank, rest, place))


def _order(first: Ints, then: Ints) -> Ints:
    """Return the order that sorts by two numbers, those of equal ones as they stand."""
    rows = len(first)
    if (int(first.max()) + 1) * (int(then.max()) + 1) * rows >= 1 << 63:
        return np.lexsort((then, first))
    # Numbers that tell where they come from are sorted in a third of the time.
    key = (first * (int(then.max()) + 1) + then) * rows + np.arange(rows)
    key.sort()
    return key % rows


def _sorting(key: Ints) -> Ints:
    """Return the order that sorts the keys; columns out of a file are in order already."""
    return np.arange(len(key)) if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")
