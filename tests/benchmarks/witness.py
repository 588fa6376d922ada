"""One measure, here or by the library that is its witness, in a process of its own.

python -m tests.benchmarks.witness NAME here|there ARTICLES
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean, median

import numpy as np

from annotator.agreement import labelling
from annotator.agreement.corpus import Columns, Corpus, corpus_from
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.spans import Rule, counts, f1
from annotator.agreement.sweep import pair_table
from tests.benchmarks.measure import peak

PEOPLE, LABELS, SPANS = 6, 5, 25
LENGTH = 4800
"""Characters of an article of 800 words."""
_QUICK = 1.0
"""Seconds: what takes less is measured three times."""


def columns(articles, people=PEOPLE, seed=1, *, apart=False):
    """Spans of which most are shared, many with other edges, some with another label or of one's own.

    `apart`: somebody's spans never overlap.
    """
    dice = np.random.default_rng(seed)
    shape = (articles, SPANS)
    room = LENGTH // SPANS

    def begins():
        free = dice.integers(0, 20, shape) if apart else dice.integers(0, LENGTH - 200, shape)
        return free + np.arange(SPANS) * room + 12 if apart else free

    start = begins()
    size, label = dice.integers(10, 110 if apart else 150, shape), dice.integers(0, LABELS, shape)
    parts = []
    for who in range(people):
        own = dice.random(shape) < 0.15
        mine = np.where(own, begins(), start)
        mine = np.maximum(0, mine + np.where(dice.random(shape) < 0.3, dice.integers(-12, 12, shape), 0))
        last = mine + size + np.where(dice.random(shape) < 0.3, dice.integers(0, 30, shape), 0)
        kind = np.where(dice.random(shape) < 0.1, dice.integers(0, LABELS, shape), label)
        number = np.arange(mine.size) + who * mine.size
        article = np.repeat(np.arange(articles), SPANS)
        parts.append((article, np.full(mine.size, who), kind.ravel(), number, mine.ravel(), last.ravel()))
    return Columns(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def build(articles, people=PEOPLE, *, apart=False):
    """Return a corpus of so many articles that everybody has finished."""
    return corpus_from(
        tuple(f"{number:06}" for number in range(articles)),
        tuple("abcdef"[:people]),
        tuple("ABCDE"),
        length=np.full(articles, LENGTH),
        finished=np.ones((articles, people), dtype=bool),
        columns=columns(articles, people, apart=apart),
    )


def characters(corpus, label, people):
    """Return for each annotator a number for each character: whether it has the label."""
    matrix = np.zeros((people, int(corpus.offset[-1])), dtype=np.int8)
    owner = corpus.fragment_span
    article, who = corpus.span_article[owner], corpus.span_annotator[owner]
    for row in np.flatnonzero(corpus.span_label[owner] == label):
        shift = corpus.offset[article[row]]
        matrix[who[row], corpus.start[row] + shift : corpus.end[row] + shift] = 1
    return matrix


def view(corpus):
    """Return how the work of all of them appears, swept anew."""
    return labelling.view(corpus, pair_table(corpus), tuple(range(len(corpus.annotators))), (1 << LABELS) - 1)


def by_krippendorff(corpus):
    """Return α of one label."""
    import krippendorff  # noqa: PLC0415 - one of them a process

    return krippendorff.alpha(characters(corpus, 0, PEOPLE), level_of_measurement="nominal")


def by_simpledorff(corpus):
    """Return α of one label."""
    import pandas  # noqa: ICN001, PLC0415
    import simpledorff  # noqa: PLC0415

    matrix = characters(corpus, 0, PEOPLE)
    who, place = np.indices(matrix.shape)
    frame = pandas.DataFrame({"unit": place.ravel(), "who": who.ravel(), "value": matrix.ravel()})
    return simpledorff.calculate_krippendorffs_alpha_for_df(
        frame, experiment_col="unit", annotator_col="who", class_col="value"
    )


def by_nltk(corpus):
    """Return α of label sets by Jaccard distance."""
    from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415
    from nltk.metrics.distance import jaccard_distance  # noqa: PLC0415

    every = np.stack([characters(corpus, label, PEOPLE) for label in range(LABELS)]).astype(bool)
    rows = [
        (who, place, frozenset(np.flatnonzero(every[:, who, place]).tolist()) or frozenset("-"))
        for who in range(PEOPLE)
        for place in range(every.shape[2])
    ]
    return AnnotationTask(rows, distance=jaccard_distance).alpha()


def by_scikit_learn(corpus):
    """Return κ of a pair, of one label."""
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415

    return cohen_kappa_score(*characters(corpus, 0, 2))


def by_statsmodels(corpus):
    """Return Fleiss' κ of one label."""
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa  # noqa: PLC0415

    return fleiss_kappa(aggregate_raters(characters(corpus, 0, PEOPLE).T)[0])


def by_seqeval(corpus):
    """Return the exact F1 of a pair, of all labels."""
    from seqeval.metrics import f1_score  # noqa: PLC0415

    tags = [[["O"] * LENGTH for _ in corpus.articles] for _ in range(2)]
    owner = corpus.fragment_span
    for row, span in enumerate(owner.tolist()):
        line = tags[corpus.span_annotator[span]][corpus.span_article[span]]
        start, end, name = int(corpus.start[row]), int(corpus.end[row]), "ABCDE"[corpus.span_label[span]]
        line[start:end] = [f"B-{name}", *[f"I-{name}"] * (end - start - 1)]
    return f1_score(*tags)


def exact_f1(corpus):
    """Return the same here."""
    return f1(corpus, [counts(corpus, (0, 1), (Rule("exact"),))["exact"]], None, np.arange(len(corpus.articles)))


def by_pygamma(corpus):
    """Return the mean of γ of the articles, of a pair."""
    import pygamma_agreement as pygamma  # noqa: PLC0415
    from pyannote.core import Segment  # noqa: PLC0415

    dissimilarity = pygamma.CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)
    values = []
    for article in range(len(corpus.articles)):
        continuum = pygamma.Continuum()
        for who, each in enumerate(units_of(corpus, article, range(2))):
            for start, end, category in zip(each.start, each.end, each.category, strict=True):
                continuum.add(str(who), Segment(start, end), str(int(category)))
        sampler = pygamma.ShuffleContinuumSampler()
        values.append(continuum.compute_gamma(dissimilarity, precision_level=0.02, sampler=sampler).gamma)
    return mean(values)


def mean_gamma(corpus):
    """Return the same here."""
    each = (units_of(corpus, article, range(2)) for article in range(len(corpus.articles)))
    return mean(gamma(units, float(LENGTH), 1).gamma for units in each)


@dataclass(frozen=True)
class Witness:
    """A library that computes a figure, too.

    Attributes:
        figure: what is measured. there, here: functions of a corpus.
        people: how many annotators it has; apart: whether nobody's spans may overlap.
        within: how far the two values may be apart. distribution: what the library is called where it is published.
    """

    figure: str
    there: Callable[[Corpus], float]
    here: Callable[[Corpus], float]
    people: int = PEOPLE
    apart: bool = False
    within: float = 1e-9
    distribution: str = ""

    def build(self, articles):
        """Return a corpus for it."""
        return build(articles, self.people, apart=self.apart)


def of(sums):
    """Return a figure's value."""
    return sums.score().value


_ALPHA = "α of one label, 6 annotators"
WITNESSES = {
    "krippendorff": Witness(_ALPHA, by_krippendorff, lambda it: of(labelling.alpha(view(it), 0))),
    "simpledorff": Witness(_ALPHA, by_simpledorff, lambda it: of(labelling.alpha(view(it), 0))),
    "nltk": Witness(
        "α of label sets by Jaccard, 6 annotators",
        by_nltk,
        lambda it: of(labelling.alpha(view(it), None, "jaccard")),
    ),
    "statsmodels": Witness(
        "Fleiss’ κ of one label, 6 annotators", by_statsmodels, lambda it: of(labelling.pi(view(it), 0))
    ),
    "sklearn": Witness(
        "κ of one label, 2 annotators",
        by_scikit_learn,
        lambda it: of(labelling.kappa(view(it), 0)),
        people=2,
        distribution="scikit-learn",
    ),
    "seqeval": Witness(
        "exact F1 of spans, 2 annotators", by_seqeval, lambda it: of(exact_f1(it)), people=2, apart=True
    ),
    # Each knows the disorder of chance to two per cent.
    "pygamma_agreement": Witness(
        "γ of each article, 2 annotators",
        by_pygamma,
        mean_gamma,
        people=2,
        apart=True,
        within=0.05,
        distribution="pygamma-agreement",
    ),
}
"""By the library's module."""


def main(name: str, where: str, articles: int) -> None:
    """Tell the value and what it cost in a line of JSON: medians by the clock and by the processor, the most memory."""
    witness = WITNESSES[name]
    corpus = witness.build(articles)
    measured = witness.there if where == "there" else witness.here
    measured(witness.build(1))  # what is loaded when it is first used
    costs: list[tuple[float, float]] = []
    while len(costs) < 3 and sum(clock for clock, _ in costs) < _QUICK:
        gc.collect()
        start, busy = time.perf_counter(), time.process_time()
        value = measured(corpus)
        costs.append((time.perf_counter() - start, time.process_time() - busy))
    cost = [median(each) for each in zip(*costs, strict=True)]
    print(json.dumps({"value": float(value), "cost": (*cost, peak())}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
