"""Every published example that concerns a measure, through the very path that a project's figures take."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.alignment import Units, Weights, best_alignment
from annotator.agreement.coefficients import Alpha, FMeasure, Kappa
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.distance import masi
from annotator.agreement.gamma import gamma
from annotator.agreement.unitizing import family

EXAMPLES = {
    each["id"]: each
    for each in json.loads((Path(__file__).parent.parent / "data" / "agreement.json").read_text("utf-8"))["examples"]
}


def of_coders(coders):
    """A unit is an article of one character; who gave no value has not finished it."""
    units = range(len(coders[0]))
    work = {
        (f"{unit:03}", f"coder {number}"): [Marked(str(row[unit]), ((0, 1),))]
        for number, row in enumerate(coders)
        for unit in units
        if row[unit] is not None
    }
    return corpus_of({f"{unit:03}": 1 for unit in units}, work)


def of_table(table):
    """One article; each cell of the table is a stretch that the first labelled as its row, the second as its column."""
    rows, columns, at = [], [], 0
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            if count:
                rows.append(Marked(str(row), ((at, at + count),)))
                columns.append(Marked(str(column), ((at, at + count),)))
                at += count
    return corpus_of({"article": at}, {("article", "a"): rows, ("article", "b"): columns})


def of_counts(counts):
    """One article of a character for each subject; the first raters gave the first categories."""
    work = {}
    for subject, row in enumerate(counts):
        given = [category for category, count in enumerate(row) for _ in range(count)]
        for rater, category in enumerate(given):
            work.setdefault(("article", f"rater {rater}"), []).append(Marked(str(category), ((subject, subject + 1),)))
    return corpus_of({"article": len(counts)}, work)


def units(rows):
    return Units(*(np.array([float(row[at]) for row in rows]) for at in range(3)))


@pytest.mark.parametrize(
    "name", ["krippendorff-canonical-nominal", "wikipedia-3coders-nominal", "krippendorff-2004-binary"]
)
def test_alpha(name, view_of):
    example = EXAMPLES[name]
    found = labelling.alpha(view_of(of_coders(example["data"]["coders"]))).score().value
    assert found == pytest.approx(example["published"]["alpha"], abs=example["tolerance"])


@pytest.mark.parametrize("level", ["ordinal", "interval"])
def test_alpha_with_other_distances(level):
    example = EXAMPLES[f"krippendorff-canonical-{level}"]
    columns = [[value for value in unit if value is not None] for unit in zip(*example["data"]["coders"], strict=True)]
    values = sorted({value for unit in columns for value in unit})
    coincidences = np.zeros((len(values), len(values)))
    for unit in columns:
        for a, b in permutations(range(len(unit)), 2):
            coincidences[values.index(unit[a]), values.index(unit[b])] += 1 / (len(unit) - 1)
    n = coincidences.sum(axis=1)
    delta = np.zeros_like(coincidences)
    for one, other in permutations(range(len(values)), 2):
        low, high = min(one, other), max(one, other)
        between = n[low : high + 1].sum() - (n[low] + n[high]) / 2
        delta[one, other] = between**2 if level == "ordinal" else (values[one] - values[other]) ** 2
    found = Alpha(delta)(np.concatenate(([(coincidences * delta).sum()], n)))
    assert found == pytest.approx(example["published"]["alpha"], abs=example["tolerance"])


def test_every_example_is_here():
    text = Path(__file__).read_text("utf-8")
    assert [each for each in EXAMPLES if each not in text and not each.startswith("krippendorff-canonical")] == []


@pytest.mark.parametrize("name", ["cohen-1960-ex2", "artstein-poesio-2008-ex1", "artstein-poesio-2008-ex2"])
def test_coefficients_of_a_table(name, view_of):
    example = EXAMPLES[name]
    sight = view_of(of_table(example["data"]["table"]))
    makers = {
        "observed": labelling.observed,
        "pi": labelling.pi,
        "kappa": labelling.kappa,
        "alpha": labelling.alpha,
    }
    for measure, published in example["published"].items():
        assert makers[measure](sight).score().value == pytest.approx(published, abs=example["tolerance"]), measure


def test_weighted_coefficients():
    example = EXAMPLES["artstein-poesio-2008-weighted"]
    table = np.array(example["data"]["table"], dtype=float)
    near = example["data"]["distance"]
    delta = np.array([[0, near["S-I"], near["S-C"]], [near["S-I"], 0, near["I-C"]], [near["S-C"], near["I-C"], 0]])
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    apart = (table * delta).sum()
    alpha = Alpha(delta)(np.concatenate(([2 * apart], rows + columns)))
    kappa = Kappa(delta)(np.concatenate(([apart], rows, columns)))
    assert alpha == pytest.approx(example["published"]["alpha_w"], abs=example["tolerance"])
    assert kappa == pytest.approx(example["published"]["kappa_w"], abs=example["tolerance"])


def test_fleiss_kappa(view_of):
    example = EXAMPLES["fleiss-1971"]
    sight = view_of(of_counts(example["data"]["counts"]))
    assert labelling.observed(sight).score().value == pytest.approx(example["published"]["observed"], abs=0.0006)
    assert labelling.pi(sight).score().value == pytest.approx(example["published"]["kappa"], abs=example["tolerance"])


def test_masi():
    example = EXAMPLES["masi-pairs"]
    for place, published in example["published"].items():
        one, other = (sum(1 << each for each in each_set) for each_set in example["data"]["pairs"][int(place)])
        assert masi(one, other) == pytest.approx(published, abs=example["tolerance"])
        assert masi(other, one) == masi(one, other)
    assert masi(0, 0) == 0  # a stretch that neither labelled is agreement
    assert masi(0, 1) == 1
    assert masi(0b1, 0b11) == pytest.approx(2 / 3)  # not (1 − J)(1 − M), which is 1/6


def test_unitizing(view_of):
    example = EXAMPLES["krippendorff-2019-fig12.11"]
    marked = {
        ("article", who): [Marked(value, ((first - 1, last),)) for first, last, value in rows]
        for who, rows in example["data"]["units_1based_inclusive"].items()
    }
    corpus = corpus_of({"article": example["data"]["length"]}, marked)
    found = family(corpus, view_of(corpus))
    published = example["published"]
    assert found.u.score().value == pytest.approx(published["u"], abs=0.0006)
    assert found.u_binary.score().value == pytest.approx(published["bar_u"], abs=0.0007)
    assert found.cu.score().value == pytest.approx(published["cu"], abs=example["tolerance"])
    values = {corpus.labels[label]: sums.score().value for label, sums in found.ku}
    for value in "123456":
        assert values[value] == pytest.approx(published[f"ku_{value}"], abs=1e-9)
    # Nobody else marked anything where 7 is.
    assert values["7"] is None


def test_f1_is_the_limit_of_kappa():
    example = EXAMPLES["hripcsak-rothschild-2005"]
    both, one, other = (float(example["data"][name]) for name in ("tp", "only_a", "only_b"))
    f1 = FMeasure()(np.array([both, both + one, both + other]))
    assert f1 == pytest.approx(example["published"]["limit"], abs=1e-12)
    neither = 1e9
    table = np.array([one + other, both + one, neither + other, both + other, neither + one])
    assert Kappa(1 - np.eye(2))(table) == pytest.approx(f1, abs=1e-6)


def test_gamma():
    pytest.importorskip("scipy")
    example = EXAMPLES["gamma-alex-paul-suzan"]
    people = [units(rows) for rows in example["data"].values()]
    assert best_alignment(people, Weights()).disorder == pytest.approx(example["published"]["disorder"], abs=0.001)
    found = gamma(people, 60.0, 1)
    assert found.gamma == pytest.approx(example["published"]["gamma"], abs=example["tolerance"])
    assert found.gamma_cat == pytest.approx(example["published"]["gamma_cat"], abs=example["tolerance"])
    six = sorted({category for rows in example["data"].values() for _, _, category in rows}).index("6")
    by_category = dict(enumerate(found.gamma_k.values()))
    assert by_category[six] == pytest.approx(example["published"]["gamma_k6"], abs=example["tolerance"])
    assert found.low < found.gamma < found.high
    assert gamma(people, 60.0, 1) == found
