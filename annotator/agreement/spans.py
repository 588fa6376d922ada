"""Spans as wholes: how many of one annotator's spans another one has too, by five rules of what "has" means."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.coefficients import FMeasure, Share
from annotator.agreement.corpus import Bools, Corpus, Floats, Ints, Outline
from annotator.agreement.matching import matched
from annotator.agreement.overlaps import Edges, edge_distance, is_exact, overlap_share, overlaps, spans_of
from annotator.agreement.sums import Sums

RULES = ("exact", "extent", "overlap", "iou", "tolerance")
"""Same label and units; same units whatever the label; same label and at least one shared unit; the same with an
intersection over union of at least a threshold; the same with every edge at most some units away."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When two spans count as the same.

    Attributes:
        name: one of `RULES`.
        least: for ``iou``, the smallest intersection over union.
        tolerance: for ``tolerance``, by how many units an edge may be off. Spans of another number of fragments never
            match by it.
    """

    name: str
    least: float = 0.5
    tolerance: int = 0

    def holds(self, corpus: Corpus, edges: Edges) -> Bools:
        """Return which of the overlapping pairs match."""
        match self.name:
            case "exact" | "extent":
                return is_exact(corpus, edges)
            case "overlap":
                return np.ones(len(edges.left), dtype=bool)
            case "iou":
                return overlap_share(corpus, edges) >= self.least
            case "tolerance":
                apart = edge_distance(corpus, edges)
                return (apart >= 0) & (apart <= self.tolerance)
        raise ValueError(f"no such rule: {self.name}")


@dataclass(frozen=True, slots=True)
class Counts:
    """Spans of one pair, by article and label (the label of the pair; for ``extent`` the one of the first one's span).

    Attributes:
        pair: the two annotators.
        both: matched pairs.
        one, other: spans of each, in articles that both have finished.
    """

    pair: tuple[int, int]
    both: Floats
    one: Floats
    other: Floats


def counts(corpus: Corpus, pair: tuple[int, int], rules: tuple[Rule, ...]) -> dict[str, Counts]:
    """Return the counts of one pair by each rule. Labels that do not count must not be in the corpus."""
    one, other = (_tally(corpus, spans_of(corpus, who, beside)) for who, beside in (pair, pair[::-1]))
    found: dict[str, Counts] = {}
    near = overlaps(corpus, *pair)
    for rule in rules:
        edges = overlaps(corpus, *pair, same_label=False) if rule.name == "extent" else near
        edges = edges.of(rule.holds(corpus, edges))
        found[rule.name] = Counts(pair, _tally(corpus, edges.left[matched(edges)]), one, other)
    return found


def _tally(corpus: Corpus, spans: Ints) -> Floats:
    shape = (len(corpus.articles), len(corpus.labels))
    cell = corpus.span_article[spans] * shape[1] + corpus.span_label[spans]
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)


def f1(corpus: Corpus | Outline, found: list[Counts], label: int | None, articles: Ints) -> Sums:
    """Return F1 of some pairs together (their counts added), for one label or all."""
    return f1s(corpus, found, (label,), articles)[0]


def f1s(corpus: Corpus | Outline, found: Sequence[Counts], labels: Sequence[int | None], articles: Ints) -> list[Sums]:
    """Return the same for each of several labels: the pairs are added up once for them all."""
    took_part = np.zeros(len(corpus.length), dtype=bool)
    for each in found:
        took_part |= corpus.finished[:, each.pair[0]] & corpus.finished[:, each.pair[1]]
    both, one, other = (
        sum((getattr(each, name) for each in found[1:]), getattr(found[0], name)) for name in ("both", "one", "other")
    )
    return f1s_of(both, one, other, labels, articles[took_part[articles]])


def f1s_of(both: Floats, one: Floats, other: Floats, labels: Sequence[int | None], used: Ints) -> list[Sums]:
    """Return F1 for each of several labels of counts by article and label; `used` are the articles that take part."""
    # A row for each sum, so that a label is a stretch of memory.
    columns = [np.ascontiguousarray(_among(each, used).T) for each in (both, one, other)]
    return [Sums(np.stack([_row(part, label) for part in columns], axis=1), used, FMeasure()) for label in labels]


def _among(table: Floats, articles: Ints) -> Floats:
    """Return the rows of some articles, ascending: the table itself, where these are all."""
    return table if len(articles) == len(table) else table[articles]


def _row(table: Floats, label: int | None) -> Floats:
    return np.asarray(table.sum(axis=0) if label is None else table[label])


def recalls(found: Counts, labels: Sequence[int | None], articles: Ints) -> list[tuple[float | None, float | None]]:
    """Return for each label (None: all) which share of the spans of each of a pair the other one has too.

    Spans of the first one, then of the second; None where there is no such span.
    """
    both, one, other = (_among(each, articles).sum(axis=0) for each in (found.both, found.one, found.other))
    return [
        (_share(_in(both, label), _in(one, label)), _share(_in(both, label), _in(other, label))) for label in labels
    ]


def _in(counts: Floats, label: int | None) -> float:
    return float(counts.sum() if label is None else counts[label])


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Had:
    """Spans of the first of a pair, by article and label, and how many of them the second one has."""

    pair: tuple[int, int]
    had: Floats
    mine: Floats


def had(corpus: Corpus, pair: tuple[int, int], rule: Rule) -> Had:
    """Return for how many of a's spans b has a matching one.

    It is no matching: one long span of b may stand for several of a. By the rule "overlap" on a corpus whose units are
    sentences it is the rule "same sentence".
    """
    edges = overlaps(corpus, *pair)
    edges = edges.of(rule.holds(corpus, edges))
    mine = spans_of(corpus, *pair)
    return Had(pair, _tally(corpus, np.intersect1d(mine, edges.left)), _tally(corpus, mine))


def directed(corpus: Corpus | Outline, found: Had, label: int | None, articles: Ints) -> Sums:
    """Return agr(a‖b): the share of a's spans for which b has a matching one (Wiebe, Wilson and Cardie 2005)."""
    return directeds(corpus, found, (label,), articles)[0]


def directeds(corpus: Corpus | Outline, found: Had, labels: Sequence[int | None], articles: Ints) -> list[Sums]:
    """Return the same for each of several labels."""
    used = articles[(corpus.finished[:, found.pair[0]] & corpus.finished[:, found.pair[1]])[articles]]
    had, mine = (np.ascontiguousarray(_among(each, used).T) for each in (found.had, found.mine))
    formula = Share("the first of the two has no such span")
    return [Sums(np.stack((_row(had, label), _row(mine, label)), axis=1), used, formula) for label in labels]
