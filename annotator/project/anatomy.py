"""The parts of an agreement report beside its figures: disagreement taken apart, people, articles, how many are needed."""

from collections.abc import Iterator
from itertools import combinations, islice

import numpy as np

from annotator.agreement import influence, labelling
from annotator.agreement.apart import MOST_WORDS, SPAN_CLASSES, Stretches, Words, lost, span_classes, stretches
from annotator.agreement.corpus import Floats
from annotator.agreement.drift import Drift, drift
from annotator.agreement.people import against, ranked
from annotator.agreement.sums import Sums
from annotator.project.measures import Bench
from annotator.project.report import Classes, Costly, Edge, Person, SpanClasses

_MOST_GROUPS = 20
_MOST_COSTLY = 50


def classes(work: Bench) -> tuple[tuple[Classes, ...], tuple[tuple[str, str, float], ...], tuple[Edge, ...]]:
    """Return lost points by class, for all labels and each; by what the other one has instead; and by words at edges.

    The last is there only where a tolerance was asked for: without one nobody needs the words.
    """
    corpus, sight = work.corpus, work.view(work.everybody)
    tolerance, words = work.material.request.tolerance, work.material.word_places
    if words is not None and work.material.request.unit == "token":
        every = np.arange(corpus.offset[-1])
        words = Words(every, every + 1)

    def each_pair() -> Iterator[Stretches]:
        for pair in work.pairs:
            work.tick("Taking disagreement apart")
            yield stretches(corpus, pair, words)

    found = lost(corpus, sight, each_pair(), tolerance)
    made = tuple(
        _class(work.label(label), found.points[rows].sum(axis=0), float(found.forgiven[rows].sum()))
        for label, rows in ((None, list(work.labels)), *((label, [label]) for label in work.labels))
    )
    instead = (*corpus.labels, "boundary", "none")
    confused = tuple(
        (corpus.labels[label], instead[column], float(found.confused[label, column]))
        for label in work.labels
        for column in range(len(instead))
        if found.confused[label, column] > 0
    )
    edges = tuple(
        Edge(corpus.labels[label], count, float(found.by_words[label, count]))
        for label in work.labels
        for count in range(MOST_WORDS + 1)
        if found.by_words[label, count] > 0
    )
    return made, confused, edges


def _class(label: str | None, points: Floats, forgiven: float) -> Classes:
    missed, boundary, category = (float(each) for each in points)
    return Classes(label, float(points.sum()), missed, boundary, category, forgiven)


def of_spans(work: Bench) -> tuple[SpanClasses, ...]:
    """Return what became of the spans of all labels and each, summed over pairs."""
    corpus = work.material.characters
    total = np.zeros((len(corpus.labels), len(SPAN_CLASSES)), dtype=np.int64)
    for pair in work.pairs:
        work.tick("Sorting spans")
        total += span_classes(corpus, pair)
    rows = [(None, total.sum(axis=0)), *((work.label(label), total[label]) for label in work.labels)]
    return tuple(SpanClasses(label, *(int(each) for each in row)) for label, row in rows)


def people(work: Bench) -> tuple[Person, ...]:
    """Return each annotator against the others, who agrees best first."""
    corpus = work.material.characters
    found = [work.counts(pair)["overlap"] for pair in work.pairs]
    each = [
        against(corpus, who, tuple(other for other in work.everybody if other != who), found, work.material.words)
        for who in work.everybody
    ]
    drifts = {
        one.annotator: one for one in drift(work.view(work.everybody), work.material.times, work.material.request.seed)
    }
    made = []
    for one in ranked(each):
        moved: Drift = drifts[one.annotator]
        made.append(
            Person(
                name=work.names((one.annotator,))[0],
                articles=int(corpus.finished[:, one.annotator].sum()),
                spans=one.spans,
                recall=one.recall,
                precision=one.precision,
                f1=one.f1,
                per_thousand_words=one.per_thousand_words,
                start=one.start,
                end=one.end,
                preference=tuple(zip(corpus.labels, one.preference, strict=True)),
                rho=moved.rho,
                p=moved.adjusted,
                drifts=moved.is_flagged,
                drift_note=moved.undefined,
            )
        )
    return tuple(made)


def headline(work: Bench, group: tuple[int, ...]) -> Sums:
    """Return the α that articles are judged by: label sets with Jaccard distance."""
    return labelling.alpha(work.view(group), None, "jaccard")


def costly(work: Bench) -> tuple[Costly, ...]:
    """Return the articles that cost most, first."""
    work.tick("Leverage")
    sight = work.view(work.everybody)
    made = []
    for each in islice(influence.leverage(headline(work, work.everybody)), _MOST_COSTLY):
        one, other = influence.camps(sight, each.article)
        key = work.corpus.articles[each.article]
        made.append(Costly(key, work.material.titles[key], each.value, each.own, (work.names(one), work.names(other))))
    return tuple(made)


def planner(work: Bench) -> tuple[tuple[int, int | None], ...]:
    """Return, for two annotators and more, how many articles an interval of ± .05 on α takes."""
    made = []
    for size in range(2, len(work.everybody) + 1):
        work.tick("Planning")
        groups = islice(combinations(work.everybody, size), _MOST_GROUPS)
        made.append((size, influence.articles_needed([headline(work, group) for group in groups])))
    return tuple(made)
