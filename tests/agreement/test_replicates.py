"""Sums of articles drawn again are exact: no digit depends on how many threads add up, nor in which order."""

import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.coefficients import Share
from annotator.agreement.drawing import drawn
from annotator.agreement.replicates import _limbs, scored
from annotator.agreement.sums import Sums

REVIEW = """
import numpy as np
from annotator.agreement.coefficients import Alpha, Share
from annotator.agreement.replicates import scored
from annotator.agreement.sums import Sums

dice = np.random.Generator(np.random.PCG64(3))
figures = []
for number in range(12):
    rows = dice.integers(0, 4800, (1500, 5)) * np.array([1, 1 / 5, 2 / 3, 1 / 7, 0.3])
    figures.append(Sums(rows, np.arange(1500), Alpha(dice.random((4, 4)))))
    figures.append(Sums(rows[:, :2], np.arange(1500), Share("")))
for each in scored(figures, 300, 1):
    print(repr((each.value, each.low, each.high)))
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two processors")
def test_the_digits_do_not_depend_on_the_number_of_threads():
    told = []
    for count in ("1", "2"):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": count, "MKL_NUM_THREADS": count, "OMP_NUM_THREADS": count}
        done = subprocess.run(
            [sys.executable, "-c", REVIEW], env=environment, capture_output=True, text=True, check=True
        )
        told.append(done.stdout.splitlines())
    assert len(told[0]) == 24
    assert told[0] == told[1]


@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-12, 1e12), st.floats(-1e12, -1e-12)), min_size=1, max_size=40))
def test_limbs_add_up_to_the_column_and_sums_of_each_are_exact(values):
    column = np.array(values)
    limbs = list(_limbs(column))
    whole = np.array([[Fraction(step) * int(each) for each in limb.tolist()] for step, limb in limbs], dtype=object)
    assert whole.reshape(-1, len(values)).sum(axis=0).tolist() == [Fraction(each) for each in values]
    for _, limb in limbs:
        # Also where all draws are of the article with the largest number.
        for order in (limb, limb[::-1], np.full(len(limb), limb[np.abs(limb).argmax()])):
            total = np.float32(0)
            for each in order:
                total += each
            assert int(total) == sum(map(int, order.tolist()))


def test_an_interval_is_that_of_the_replicates_themselves():
    dice = np.random.Generator(np.random.PCG64(1))
    rows = dice.integers(0, 900, (40, 2)) / 7 + [0, 200]
    (score,) = scored([Sums(rows, np.arange(40), Share(""))], 500, 9)
    values = [
        float(
            sum(int(often) * Fraction(row[0]) for often, row in zip(each, rows, strict=True))
            / sum(int(often) * Fraction(row[1]) for often, row in zip(each, rows, strict=True))
        )
        for weights in drawn(40, 500, 9)
        for each in weights
    ]
    assert (score.low, score.high) == pytest.approx(np.percentile(values, (2.5, 97.5)), rel=1e-15)
