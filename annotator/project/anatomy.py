"""The parts of an agreement report beside its figures: disagreement taken apart, people, articles, how many are needed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, groupby, islice, pairwise

import numpy as np

from annotator.agreement import influence, labelling
from annotator.agreement.apart import MOST_WORDS
from annotator.agreement.corpus import Floats, Ints
from annotator.agreement.drift import Drift, drift
from annotator.agreement.people import beside, ranked
from annotator.agreement.replicates import scored
from annotator.agreement.sums import Sums
from annotator.project.bench import Bench
from annotator.project.report import Classes, ClauseCount, Costly, Edge, Period, Person, SpanClasses

_MOST_GROUPS = 20
_MOST_COSTLY = 50


def classes(work: Bench) -> tuple[tuple[Classes, ...], tuple[tuple[str, str, float], ...], tuple[Edge, ...]]:
    """Return lost points by class, for all labels and each; by what the other one has instead; and by words at edges.

    The last is there only where a tolerance was asked for: without one nobody needs the words.
    """
    sight, labels = work.view(work.everybody), work.outline.labels
    tolerance, material = work.material.request.tolerance, work.material
    work.tick("Taking disagreement apart")
    hand = (material.token_hand if work.in_tokens else material.edge_hand if tolerance else None) or material.hand
    found = hand.lost(sight.readers, tolerance)
    made = tuple(
        _class(work.label(label), found.points[rows].sum(axis=0), float(found.forgiven[rows].sum()))
        for label, rows in ((None, list(work.labels)), *((label, [label]) for label in work.labels))
    )
    instead = (*labels, "boundary", "none")
    confused = tuple(
        (labels[label], instead[column], float(found.confused[label, column]))
        for label in work.labels
        for column in range(len(instead))
        if found.confused[label, column] > 0
    )
    edges = tuple(
        Edge(labels[label], count, float(found.by_words[label, count]))
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
    work.tick("Sorting spans")
    total = work.material.hand.span_classes()
    rows = [(None, total.sum(axis=0)), *((work.label(label), total[label]) for label in work.labels)]
    return tuple(SpanClasses(label, *(int(each) for each in row)) for label, row in rows)


def people(work: Bench) -> tuple[Person, ...]:
    """Return each annotator against the others, who agrees best first."""
    material, finished = work.material, work.outline.finished
    found = [work.counts(pair, "overlap") for pair in work.pairs]
    made_by = material.hand.spans
    each = [
        beside(who, found, int(made_by[who]), int(material.words[finished[:, who]].sum()), _habits(work, who))
        for who in work.everybody
    ]
    drifts = {
        one.annotator: one
        for one in drift(work.view(work.everybody), work.material.finishing.rank, work.material.request.seed)
    }
    made = []
    for one in ranked(each):
        moved: Drift = drifts[one.annotator]
        made.append(
            Person(
                name=work.names((one.annotator,))[0],
                articles=int(finished[:, one.annotator].sum()),
                spans=one.spans,
                recall=one.recall,
                precision=one.precision,
                f1=one.f1,
                per_thousand_words=one.per_thousand_words,
                start=one.start,
                end=one.end,
                preference=tuple(zip(work.outline.labels, one.preference, strict=True)),
                rho=moved.rho,
                p=moved.adjusted,
                drifts=moved.is_flagged,
                drift_note=moved.undefined,
            )
        )
    return tuple(made)


def _habits(work: Bench, who: int) -> tuple[float | None, float | None]:
    """Return where somebody's spans start and end beside the others', in characters on average."""
    edges, starts, ends = (
        sum(
            float(work.column(pair, name).sum()) * (-1 if name != "edges" and pair[1] == who else 1)
            for pair in work.pairs
            if who in pair
        )
        for name in ("edges", "starts", "ends")
    )
    return (starts / edges, ends / edges) if edges else (None, None)


def headline(work: Bench, group: tuple[int, ...]) -> Sums:
    """Return the α that articles are judged by: label sets with Jaccard distance."""
    return labelling.alpha(work.view(group), None, "jaccard")


def costliest(work: Bench) -> tuple[Costly, ...]:
    """Return the article that costs most, without the camps; none where there is no α."""
    worst = influence.leverage(headline(work, work.everybody), 1)
    ids = tuple(work.material.titles)
    return tuple(
        Costly(ids[each.article], work.material.titles[ids[each.article]], each.value, each.own) for each in worst
    )


def costly(work: Bench) -> tuple[Costly, ...]:
    """Return the articles that cost most, first."""
    work.tick("Leverage")
    sight, ids = work.view(work.everybody), tuple(work.material.titles)
    made = []
    worst = influence.leverage(headline(work, work.everybody), _MOST_COSTLY)
    shown = np.zeros(len(ids), dtype=bool)
    shown[[each.article for each in worst]] = True
    table = work.ledger.table_of(work.everybody, shown)
    for each in worst:
        one, other = influence.camps(sight, each.article, table)
        key = ids[each.article]
        made.append(Costly(key, work.material.titles[key], each.value, each.own, (work.names(one), work.names(other))))
    return tuple(made)


def planner(work: Bench) -> tuple[tuple[int, int | None], ...]:
    """Return, for two annotators and more, how many articles an interval of ± .05 on α takes."""
    whole, made = work.view(work.everybody), []
    for size in range(2, len(work.everybody) + 1):
        work.tick("Planning")
        groups = list(islice(combinations(work.everybody, size), _MOST_GROUPS))
        sums = [labelling.alpha(whole.of(group), None, "jaccard") for group in groups]
        made.append((size, influence.articles_needed(sums)))
    return tuple(made)


_BATCH = 10
"""Articles of a batch at least: as many as an interval takes."""
_MOST_BATCHES = 20
_MOST_FOR_CURVE = 1_000
"""Articles up to which each point of the learning curve has an interval: with more it would take minutes."""


def periods(work: Bench) -> tuple[Period, ...]:
    """Return agreement by week, by batch, and of the first so many articles, in the order of finishing."""
    sums = headline(work, work.everybody)
    finishing = work.material.finishing
    rows = finishing.in_order(sums.articles)
    weeks: dict[str, list[int]] = {}
    for row, time in zip(rows.tolist(), finishing.last(sums.articles[rows]).tolist(), strict=True):
        weeks.setdefault(finishing.week(time), []).append(row)
    found: list[tuple[str, str, Sequence[int] | Ints]] = [("week", name, some) for name, some in weeks.items()]
    size = max(_BATCH, -(-len(rows) // _MOST_BATCHES))
    bounds = [*range(0, len(rows), size), len(rows)]
    if len(bounds) > 2 and bounds[-1] - bounds[-2] < size:
        del bounds[-2]  # what is left over joins the last batch
    found += [("batch", f"{low + 1}-{high}", rows[low:high]) for low, high in pairwise(bounds)]
    found += [("first", f"1-{high}", rows[:high]) for high in bounds[1:]]
    work.tick("Looking at time")
    parts = [sums.of(some) for _, _, some in found]
    request = work.material.request
    is_large = len(rows) > _MOST_FOR_CURVE
    scores = [
        each
        for is_curve, some in groupby(
            zip(found, parts, strict=True), key=lambda each: is_large and each[0][0] == "first"
        )
        for each in scored([part for _, part in some], 0 if is_curve else request.replicates, request.seed)
    ]
    made = [
        Period(kind, name, len(some), score.value, score.undefined, score.low, score.high, score.note)
        for (kind, name, some), score in zip(found, scores, strict=True)
    ]
    return tuple(made)


def clauses(work: Bench, found: tuple[Classes, ...]) -> tuple[ClauseCount, ...]:
    """Return disagreements by clause: those that were decided under one, and what the labels lose that it is about."""
    points = {each.label: each.points for each in found}
    about: dict[str, tuple[str, ...]] = {}
    for label in work.material.codebook.labels:
        for each in (*label.use_when, *label.avoid_when):
            about[each.id] = (*about.get(each.id, ()), label.id)
    decided: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for cited, kind, revision in work.material.cited:
        decided[cited, revision][kind] += 1
    rest = {(clause, 0): Counter[str]() for clause in about if not any(clause == known for known, _ in decided)}
    made = [
        ClauseCount(
            clause,
            revision or work.material.codebook.revision,
            kinds.total(),
            tuple(sorted(kinds.items())),
            about.get(clause, ()),
            sum(points.get(label, 0.0) for label in about.get(clause, ())),
        )
        for (clause, revision), kinds in {**decided, **rest}.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.count, -each.points, each.clause, each.revision)))
