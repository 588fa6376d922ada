"""What hangs on spans: attributes, roles, targets; compared where two annotators have the same span."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from annotator.agreement.coefficients import Alpha, FMeasure
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints
from annotator.agreement.matching import matched, paired
from annotator.agreement.overlaps import Edges, overlaps, spans_of
from annotator.agreement.spans import Had
from annotator.agreement.sums import Sums


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a span anywhere in the project, in characters; no fragments: "not in this article"."""

    article: str = ""
    fragments: tuple[tuple[int, int], ...] = ()

    def meets(self, other: "Target") -> bool:
        """Whether both are absent, or share a character."""
        if not self.fragments or not other.fragments:
            return not self.fragments and not other.fragments
        return self.article == other.article and any(
            a < d and c < b for a, b in self.fragments for c, d in other.fragments
        )


@dataclass(frozen=True, slots=True)
class Hangings:
    """What hangs on each span, by the number that it came into the corpus with.

    Attributes:
        values: by span and attribute, the values set.
        links: by span and role or relation, where they lead.
    """

    values: Mapping[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    links: Mapping[int, Mapping[str, tuple[Target, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conditional:
    """A figure about matched spans only.

    Attributes:
        sums: the figure.
        compared: how many matched pairs of spans could be compared.
        possible: how many there would be if every span had been matched and could be compared.
    """

    sums: Sums
    compared: int
    possible: int

    @property
    def share(self) -> float | None:
        """The share that could be compared; None where there is no span."""
        return self.compared / self.possible if self.possible else None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The spans of two annotators that are matched: the same label, at least one shared unit, one to one.

    Attributes:
        pair: the two annotators, places in the corpus.
        left, right: the matched spans on which something hangs, places in the corpus, in order.
        both: article × label: how many spans are matched.
        one, other: article × label: the spans of each in what both have finished.
    """

    pair: tuple[int, int]
    left: Ints
    right: Ints
    both: Ints | Floats
    one: Ints | Floats
    other: Ints | Floats

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The matched spans as pairs."""
        return tuple(zip(self.left.tolist(), self.right.tolist(), strict=True))


def pairing(corpus: Corpus, pair: tuple[int, int], needed: Bools | None = None) -> Pairing:
    """Return which spans of a pair stand for the same thing; see `matching.paired`."""
    near = overlaps(corpus, *pair)
    found = np.array(paired(corpus, near, needed), dtype=np.int64).reshape(-1, 2)
    shape = (len(corpus.articles), len(corpus.labels))

    def tally(spans: Ints) -> Ints:
        cell = corpus.span_article[spans] * shape[1] + corpus.span_label[spans]
        return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)

    each = (tally(spans_of(corpus, who, beside)) for who, beside in (pair, pair[::-1]))
    return Pairing(pair, found[:, 0], found[:, 1], tally(near.left[matched(near)]), *each)


def holding(corpus: Corpus, hangings: Hangings) -> Bools:
    """Return for each span of the corpus whether anything hangs on it."""
    return _holding(corpus, hangings.values.keys() | hangings.links.keys())


def _of_labels(corpus: Corpus, each: Pairing, labels: set[int]) -> tuple[Ints, Ints, int, int]:
    """Return the matched spans of some labels, how many are matched, and how many there could be at most.

    The last is as many as the one who marked more has spans in an article, added up.
    """
    chosen = np.isin(corpus.span_label[each.left], list(labels))
    counts = (table[:, sorted(labels)].sum(axis=1) for table in (each.one, each.other))
    both = int(each.both[:, sorted(labels)].sum())
    return each.left[chosen], each.right[chosen], both, int(np.maximum(*counts).sum())


def _holding(corpus: Corpus, held: Iterable[int]) -> Bools:
    """Return for each span of the corpus whether its key is among `held`."""
    known = np.zeros(int(corpus.key.max(initial=-1)) + 1, dtype=bool)
    keys = np.fromiter(held, dtype=np.int64)
    known[keys[keys < len(known)]] = True
    return known[corpus.key]


def attribute_alpha(
    corpus: Corpus, pairings: Iterable[Pairing], hangings: Hangings, attribute: str, labels: set[int], *, as_sets: bool
) -> Conditional:
    """Return α of an attribute over matched spans of some labels: each pair of spans is a unit with two values.

    Spans on which one of the two set no value cannot be compared. An attribute with several values counts as a set,
    with the Jaccard distance.
    """
    rows: list[tuple[int, frozenset[str], frozenset[str]]] = []
    possible = 0
    articles = np.zeros(len(corpus.articles), dtype=bool)
    set_on = _holding(corpus, (key for key, mine in hangings.values.items() if mine.get(attribute)))
    for each in pairings:
        articles |= corpus.finished[:, each.pair[0]] & corpus.finished[:, each.pair[1]]
        lefts, rights, _, most = _of_labels(corpus, each, labels)
        possible += most
        both = set_on[lefts] & set_on[rights]
        for left, right in zip(lefts[both].tolist(), rights[both].tolist(), strict=True):
            one, other = (hangings.values[int(corpus.key[span])][attribute] for span in (left, right))
            rows.append((int(corpus.span_article[left]), one, other))
    names = sorted({value for _, one, other in rows for value in (one, other)}, key=sorted)
    place = {value: number for number, value in enumerate(names)}
    delta = np.array([[_distance(a, b, as_sets=as_sets) for b in names] for a in names]).reshape(len(names), len(names))
    used = np.flatnonzero(articles)
    sums = np.zeros((len(used), 1 + len(names)))
    for article, one, other in rows:
        row = sums[np.searchsorted(used, article)]
        row[0] += 2 * delta[place[one], place[other]]
        row[1 + place[one]] += 1
        row[1 + place[other]] += 1
    reason = "" if rows else "no matched spans on which both set it"
    return Conditional(Sums(sums, used, Alpha(delta), reason), len(rows), possible)


def _distance(one: frozenset[str], other: frozenset[str], *, as_sets: bool) -> float:
    if as_sets:
        return 1 - len(one & other) / len(one | other)
    return float(one != other)


def link_f1(
    corpus: Corpus, pairings: Iterable[Pairing], hangings: Hangings, kind: str, labels: set[int]
) -> Conditional:
    """Return F1 of what fills a role or is the target of a relation, over matched spans of the labels it leaves.

    What fills is compared by place: it is the same where at least one character is shared, one to one; "not in this
    article" is the same as itself alone.
    """
    rows = np.zeros((len(corpus.articles), 3))
    compared = possible = 0
    articles = np.zeros(len(corpus.articles), dtype=bool)
    leads = _holding(corpus, (key for key, mine in hangings.links.items() if mine.get(kind)))
    for each in pairings:
        articles |= corpus.finished[:, each.pair[0]] & corpus.finished[:, each.pair[1]]
        lefts, rights, both, most = _of_labels(corpus, each, labels)
        possible += most
        compared += both
        some = leads[lefts] | leads[rights]
        for left, right in zip(lefts[some].tolist(), rights[some].tolist(), strict=True):
            one, other = (hangings.links.get(int(corpus.key[span]), {}).get(kind, ()) for span in (left, right))
            rows[corpus.span_article[left]] += (_same(one, other), len(one), len(other))
    used = np.flatnonzero(articles)
    reason = "" if compared else "no matched spans from which it could lead"
    return Conditional(Sums(rows[used], used, FMeasure(), reason), compared, possible)


def filled(corpus: Corpus, pair: tuple[int, int], hangings: Hangings, role: str, label: int) -> Had:
    """Return how many of a's frames b has too, by what fills a role: some frame of b in the article has the same there.

    Frames in which a has left the role empty cannot be compared, and do not count.
    """
    spans = np.flatnonzero(_holding(corpus, (key for key, mine in hangings.links.items() if mine.get(role))))
    spans = spans[corpus.span_label[spans] == label]
    both = corpus.finished[:, pair[0]] & corpus.finished[:, pair[1]]
    fillers: dict[tuple[int, int], list[tuple[Target, ...]]] = defaultdict(list)
    for span in spans[both[corpus.span_article[spans]]].tolist():
        owner = int(corpus.span_article[span]), int(corpus.span_annotator[span])
        fillers[owner].append(hangings.links[int(corpus.key[span])][role])
    had, mine = (np.zeros((len(corpus.articles), len(corpus.labels))) for _ in range(2))
    for (article, who), frames in fillers.items():
        if who == pair[0]:
            theirs = [target for frame in fillers.get((article, pair[1]), ()) for target in frame]
            mine[article, label] = len(frames)
            had[article, label] = sum(any(a.meets(b) for a in frame for b in theirs) for frame in frames)
    return Had(pair, had, mine)


def _same(one: tuple[Target, ...], other: tuple[Target, ...]) -> int:
    if len(one) < 2 and len(other) < 2:
        return int(bool(one and other) and one[0].meets(other[0]))
    meets = [(a, b) for a, mine in enumerate(one) for b, theirs in enumerate(other) if mine.meets(theirs)]
    columns = np.array(meets, dtype=np.int64).reshape(-1, 2).T
    return int(matched(Edges(columns[0], columns[1], columns[0])).sum())
