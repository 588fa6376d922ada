"""How long agreement takes, beside the libraries that are witnesses in the tests, as far as they manage the size.

python -m pytest tests/benchmarks/test_agreement.py -s
"""

import resource
import time
from contextlib import contextmanager
from itertools import combinations

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.corpus import Columns, corpus_from
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.spans import Rule, counts, f1
from annotator.agreement.sums import scored
from annotator.agreement.sweep import pair_table
from annotator.agreement.unitizing import family

PEOPLE, LABELS, SPANS = 6, 5, 25
LENGTH = 4800
"""Characters of an article of 800 words."""


@contextmanager
def timed(what):
    start, busy = time.perf_counter(), time.process_time()
    yield
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, own = time.perf_counter() - start, time.process_time() - busy
    print(f"{what:60} {wall:8.2f} s, {own:8.2f} s of processor  {used:7.0f} MB at most so far")


def columns(articles, people=PEOPLE, seed=1):
    """Spans of which most are shared, many with other edges, some with another label or of one's own."""
    dice = np.random.default_rng(seed)
    shape = (articles, SPANS)
    start, size, label = (
        dice.integers(0, LENGTH - 200, shape),
        dice.integers(10, 150, shape),
        dice.integers(0, LABELS, shape),
    )
    parts = []
    for who in range(people):
        own = dice.random(shape) < 0.15
        mine = np.where(own, dice.integers(0, LENGTH - 200, shape), start)
        mine = np.maximum(0, mine + np.where(dice.random(shape) < 0.3, dice.integers(-12, 12, shape), 0))
        last = mine + size + np.where(dice.random(shape) < 0.3, dice.integers(0, 30, shape), 0)
        kind = np.where(dice.random(shape) < 0.1, dice.integers(0, LABELS, shape), label)
        number = np.arange(mine.size) + who * mine.size
        article = np.repeat(np.arange(articles), SPANS)
        parts.append((article, np.full(mine.size, who), kind.ravel(), number, mine.ravel(), last.ravel()))
    return Columns(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def build(articles, people=PEOPLE):
    return corpus_from(
        tuple(f"{number:06}" for number in range(articles)),
        tuple("abcdef"[:people]),
        tuple("ABCDE"),
        length=np.full(articles, LENGTH),
        finished=np.ones((articles, people), dtype=bool),
        columns=columns(articles, people),
    )


@pytest.mark.parametrize("articles", [100, 1_000, 10_000])
@pytest.mark.timeout(0)
def test_coefficients(articles):
    print(f"\n{articles:,} articles of {LENGTH:,} characters, {PEOPLE} annotators, {SPANS} spans each")
    with timed("columns in order, and the sweep (first build)"):
        corpus = build(articles)
        table = pair_table(corpus)
    everybody, every = tuple(range(PEOPLE)), (1 << LABELS) - 1
    with timed("α of every label, and with Jaccard and MASI"):
        sight = labelling.view(corpus, table, everybody, every)
        figures = [labelling.alpha(sight, label) for label in range(LABELS)]
        figures += [labelling.alpha(sight, None, name) for name in ("jaccard", "masi")]
    with timed("2,000 replicates of these"):
        scored(figures, 2000, 1)
    with timed("another choice of annotators, labels and articles"):
        half = np.arange(0, articles, 2)
        labelling.alpha(labelling.view(corpus, table, (0, 2, 3), 0b111, half), None, "jaccard").score()
    with timed("span counts of 15 pairs, three rules"):
        rules = (Rule("exact"), Rule("overlap"), Rule("iou"))
        found = [counts(corpus, pair, rules) for pair in combinations(everybody, 2)]
    with timed("2,000 replicates of 18 F1"):
        used = np.arange(articles)
        scored(
            [
                f1(corpus, [each[rule.name] for each in found], label, used)
                for rule in rules
                for label in (None, *range(5))
            ],
            2000,
            1,
        )
    with timed("the u-alpha family"):
        family(corpus, sight)
    assert all(figure.score().value for figure in figures)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("articles", [100, 1_000])
def test_the_witness(articles):
    witness = pytest.importorskip("krippendorff")
    corpus = build(articles)
    print(f"\n{articles:,} articles, one label")
    with timed("here, sweep and all"):
        sight = labelling.view(corpus, pair_table(corpus), tuple(range(PEOPLE)), 31)
        mine = labelling.alpha(sight, 0).score().value
    with timed("krippendorff, of a matrix of characters"):
        matrix = np.zeros((PEOPLE, int(corpus.offset[-1])))
        article, label = corpus.span_article[corpus.fragment_span], corpus.span_label[corpus.fragment_span]
        for row in np.flatnonzero(label == 0):
            shift = corpus.offset[article[row]]
            who = corpus.span_annotator[corpus.fragment_span[row]]
            matrix[who, corpus.start[row] + shift : corpus.end[row] + shift] = 1
        theirs = witness.alpha(matrix, level_of_measurement="nominal")
    assert mine == pytest.approx(theirs, abs=1e-9)


@pytest.mark.timeout(0)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("people", [2, 3, 4])
def test_gamma(people):
    pytest.importorskip("scipy")
    corpus = build(1, people)
    units = units_of(corpus, 0, range(people))
    print(f"\nγ of one article, {people} annotators, {SPANS} spans each")
    with timed("here"):
        found = gamma(units, float(LENGTH), 1)
    print(f"  γ {found.gamma:.3f} ({found.low:.3f} to {found.high:.3f}), {found.samples} samples")
    pygamma = pytest.importorskip("pygamma_agreement")
    segment = pytest.importorskip("pyannote.core").Segment
    continuum = pygamma.Continuum()
    for who, each in enumerate(units):
        for start, end, category in zip(each.start, each.end, each.category, strict=True):
            continuum.add(str(who), segment(start, end), str(int(category)))
    dissimilarity = pygamma.CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)
    with timed("pygamma-agreement"):
        sampler = pygamma.ShuffleContinuumSampler()
        theirs = continuum.compute_gamma(dissimilarity, precision_level=0.02, sampler=sampler)
    print(f"  γ {theirs.gamma:.3f}, {theirs.n_samples} samples")
