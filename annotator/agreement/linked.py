"""What hangs on spans: attributes, roles, targets; compared where two annotators have the same span."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from annotator.agreement.coefficients import Alpha, FMeasure
from annotator.agreement.corpus import Corpus, Floats
from annotator.agreement.matching import matched, paired
from annotator.agreement.overlaps import Edges, overlaps, spans_of
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
    """The spans of two annotators that are matched: the same label, at least one shared unit, one to one."""

    pair: tuple[int, int]
    spans: tuple[tuple[int, int], ...]


def pairing(corpus: Corpus, pair: tuple[int, int]) -> Pairing:
    """Return which spans of a pair stand for the same thing; see `matching.paired`."""
    return Pairing(pair, tuple(paired(corpus, overlaps(corpus, *pair))))


def attribute_alpha(
    corpus: Corpus, pairings: Iterable[Pairing], hangings: Hangings, attribute: str, labels: set[int], *, as_sets: bool
) -> Conditional:
    """Return α of an attribute over matched spans of some labels: each pair of spans is a unit with two values.

    Spans on which one of the two set no value cannot be compared. An attribute with several values counts as a set,
    with the Jaccard distance.
    """
    rows: list[tuple[int, frozenset[str], frozenset[str]]] = []
    possible = 0
    none: frozenset[str] = frozenset()
    articles = np.zeros(len(corpus.articles), dtype=bool)
    for each in pairings:
        articles |= corpus.finished[:, each.pair[0]] & corpus.finished[:, each.pair[1]]
        possible += _possible(corpus, each.pair, labels)
        for left, right in each.spans:
            if int(corpus.span_label[left]) in labels:
                one, other = (
                    hangings.values.get(int(corpus.key[span]), {}).get(attribute, none) for span in (left, right)
                )
                if one and other:
                    rows.append((int(corpus.span_article[left]), one, other))
    names = sorted({value for _, one, other in rows for value in (one, other)}, key=sorted)
    place = {value: number for number, value in enumerate(names)}
    delta = np.array([[_distance(a, b, as_sets=as_sets) for b in names] for a in names]).reshape(len(names), len(names))
    used = np.flatnonzero(articles)
    at = {int(article): number for number, article in enumerate(used)}
    sums = np.zeros((len(used), 1 + len(names)))
    for article, one, other in rows:
        row = sums[at[article]]
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
    found: list[tuple[int, Floats]] = []
    compared = possible = 0
    articles = np.zeros(len(corpus.articles), dtype=bool)
    for each in pairings:
        articles |= corpus.finished[:, each.pair[0]] & corpus.finished[:, each.pair[1]]
        possible += _possible(corpus, each.pair, labels)
        for left, right in each.spans:
            if int(corpus.span_label[left]) in labels:
                compared += 1
                one, other = (hangings.links.get(int(corpus.key[span]), {}).get(kind, ()) for span in (left, right))
                both = float(_same(one, other))
                found.append((int(corpus.span_article[left]), np.array([both, len(one), len(other)])))
    used = np.flatnonzero(articles)
    at = {int(article): number for number, article in enumerate(used)}
    sums = np.zeros((len(used), 3))
    for article, counts in found:
        sums[at[article]] += counts
    reason = "" if compared else "no matched spans from which it could lead"
    return Conditional(Sums(sums, used, FMeasure(), reason), compared, possible)


def _same(one: tuple[Target, ...], other: tuple[Target, ...]) -> int:
    meets = [(a, b) for a, mine in enumerate(one) for b, theirs in enumerate(other) if mine.meets(theirs)]
    columns = np.array(meets, dtype=np.int64).reshape(-1, 2).T
    return int(matched(Edges(columns[0], columns[1], columns[0])).sum())


def _possible(corpus: Corpus, pair: tuple[int, int], labels: set[int]) -> int:
    """Return how many pairs there are at most: as many as the one who marked more has spans in an article, added up."""
    counts = []
    for who, beside in (pair, pair[::-1]):
        spans = spans_of(corpus, who, beside)
        spans = spans[np.isin(corpus.span_label[spans], list(labels))]
        counts.append(np.bincount(corpus.span_article[spans], minlength=len(corpus.articles)))
    return int(np.maximum(*counts).sum())
