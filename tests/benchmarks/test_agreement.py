"""How long agreement takes; γ of one article beside its reference. Figure by figure beside all libraries: `test_witnesses`.

python -m pytest tests/benchmarks/test_agreement.py
"""

import json
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.replicates import scored
from annotator.agreement.spans import Rule, counts, f1
from annotator.agreement.sweep import pair_table
from annotator.agreement.unitizing import family
from tests.benchmarks.witness import LABELS, LENGTH, PEOPLE, build


@pytest.mark.parametrize("articles", [100, 1_000, 10_000])
@pytest.mark.timeout(0)
def test_coefficients(articles, sizes):
    with sizes.of("columns: columns in order, and the sweep (first build)", articles):
        corpus = build(articles)
        table = pair_table(corpus)
    everybody, every = tuple(range(PEOPLE)), (1 << LABELS) - 1
    with sizes.of("columns: α of every label, and with Jaccard and MASI", articles):
        sight = labelling.view(corpus, table, everybody, every)
        figures = [labelling.alpha(sight, label) for label in range(LABELS)]
        figures += [labelling.alpha(sight, None, name) for name in ("jaccard", "masi")]
    with sizes.of("columns: 2,000 replicates of these", articles):
        scored(figures, 2000, 1)
    with sizes.of("columns: another choice of annotators, labels and articles", articles):
        half = np.arange(0, articles, 2)
        labelling.alpha(labelling.view(corpus, table, (0, 2, 3), 0b111, half), None, "jaccard").score()
    with sizes.of("columns: span counts of 15 pairs, three rules", articles):
        rules = (Rule("exact"), Rule("overlap"), Rule("iou"))
        found = [counts(corpus, pair, rules) for pair in combinations(everybody, 2)]
    with sizes.of("columns: 2,000 replicates of 18 F1", articles):
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
    with sizes.of("columns: the u-alpha family", articles):
        family(corpus, sight)
    assert all(figure.score().value for figure in figures)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("articles", [100, 1_000, 10_000])
def test_a_project(articles, team, sizes):
    """From the file: first build, what is kept, one article edited, another choice, every interval; in fresh processes."""
    path = team(articles)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-m", "tests.benchmarks.reviewer", str(path)]
    for each in (command, [*command, "--bare"]):
        done = subprocess.run(each, env=environment, stdout=subprocess.PIPE, check=True)
        for line in done.stdout.splitlines():
            told = json.loads(line)
            sizes.add(f"a project: {told['what']}", articles, tuple(told["cost"]), told["aim"])


@pytest.mark.timeout(0)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("people", [2, 3, 4])
def test_gamma(people, sizes, facts):
    pytest.importorskip("scipy")
    corpus = build(1, people)
    units = units_of(corpus, 0, range(people))
    with sizes.of(f"γ, {people} annotators: here", 1):
        found = gamma(units, float(LENGTH), 1)
    facts[f"γ, {people} annotators: here"] = (
        f"{found.gamma:.3f} ({found.low:.3f} to {found.high:.3f}), {found.samples} samples"
    )
    pygamma = pytest.importorskip("pygamma_agreement")
    segment = pytest.importorskip("pyannote.core").Segment
    continuum = pygamma.Continuum()
    for who, each in enumerate(units):
        for start, end, category in zip(each.start, each.end, each.category, strict=True):
            continuum.add(str(who), segment(start, end), str(int(category)))
    dissimilarity = pygamma.CombinedCategoricalDissimilarity(alpha=3, beta=1, delta_empty=1)
    with sizes.of(f"γ, {people} annotators: pygamma-agreement", 1):
        sampler = pygamma.ShuffleContinuumSampler()
        theirs = continuum.compute_gamma(dissimilarity, precision_level=0.02, sampler=sampler)
    facts[f"γ, {people} annotators: pygamma-agreement"] = f"{theirs.gamma:.3f}, {theirs.n_samples} samples"
    # Each knows the disorder of chance to two per cent.
    assert found.gamma == pytest.approx(theirs.gamma, abs=0.05)
