import sys

import numpy as np
import pytest

from annotator.agreement.alignment import Units, Weights, best_alignment
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.gamma import gamma, units_of


def units(*rows):
    return Units(*(np.array([float(row[at]) for row in rows]) for at in range(3)))


ONE = units((0, 10, 0), (20, 30, 1), (50, 60, 0))


def test_without_the_solver_it_is_undefined_and_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    found = gamma([ONE, ONE], 100.0, 1)
    assert found.gamma is None
    assert "pip install scipy" in found.undefined


def test_who_marked_nothing_and_who_did_not_finish():
    nothing = units()
    assert gamma([nothing, nothing], 100.0, 1).undefined == "nobody marked anything"
    assert gamma([ONE], 100.0, 1).undefined == "fewer than two have finished it"
    corpus = corpus_of(
        {"a": 40}, {("a", "ana"): [Marked("claim", ((0, 5), (9, 12)))], ("a", "ben"): []}, ("ana", "ben", "chiara")
    )
    found = units_of(corpus, 0, (0, 1, 2))
    assert [len(each) for each in found] == [2, 0]


def test_identical_units_are_one():
    pytest.importorskip("scipy")
    found = gamma([ONE, ONE, ONE], 100.0, 1)
    assert (found.gamma, found.gamma_cat, found.disorder) == (1, 1, 0)


def test_who_shares_nothing_is_aligned_with_nobody():
    pytest.importorskip("scipy")
    far = units((80, 82, 0))
    found = best_alignment([units((0, 2, 0)), far], Weights())
    assert sorted(map(tuple, found.rows.tolist())) == [(-1, 0), (0, -1)]
    assert found.disorder == 2  # Δ∅ for each of two, by one unit an annotator


def test_order_of_annotators_does_not_change_the_disorder():
    pytest.importorskip("scipy")
    other = units((2, 11, 0), (22, 30, 0))
    third = units((48, 61, 0))
    one, two = (best_alignment(each, Weights()).disorder for each in ([ONE, other, third], [third, ONE, other]))
    assert one == pytest.approx(two, abs=1e-12)
