"""Figures as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.figures import amount, chance, coefficient, percent, signed

PRINTED = [
    (0.77, ".77"),
    (-0.05, "-.05"),
    (1.0, "1.00"),
    (-1.0, "-1.00"),
    (0.0, ".00"),
    (-0.0, ".00"),
    (0.994, ".99"),
    (0.996, ".996"),
    (0.9986, ".999"),
    (0.9996, ".9996"),
    (0.99996, ">.9999"),
    (-0.9986, "-.999"),
    (-0.99996, "<-.9999"),
    (0.004, ".004"),
    (0.0004, ".0004"),
    (-0.001, "-.001"),
    (0.00004, "<.0001"),
    (-0.00004, ">-.0001"),
    (1 - 1e-15, "1.00"),
    (1e-15, ".00"),
    (-1e-15, ".00"),
    (1.25, "1.25"),
]


@pytest.mark.parametrize(("value", "printed"), PRINTED)
def test_a_coefficient_has_two_digits_and_more_where_two_would_not_be_true(value, printed):
    assert coefficient(value) == printed


def test_percentages_tell_nearly_all_from_all():
    assert [percent(each) for each in (1, 0, 0.125, 0.9998, 0.0002, 0.9999999, 1e-7)] == [
        "100.0%",
        "0.0%",
        "12.5%",
        "99.98%",
        "0.02%",
        ">99.999%",
        "<0.001%",
    ]
    assert [percent(each, 0) for each in (1, 0, 0.126, 0.996, 0.004)] == ["100%", "0%", "13%", "99.6%", "0.4%"]


def test_differences_have_a_sign_and_none_has_none():
    assert [signed(each) for each in (0.03, -1.2, 0, 0.00001)] == ["+.03", "-1.20", ".00", "<+.0001"]


def test_chances_and_amounts_are_never_nothing():
    assert [chance(each) for each in (0.034, 0.0004, 1.0, 0.999999)] == ["p .034", "p < .001", "p 1.000", "p > .99999"]
    assert [amount(each) for each in (1204.4, 0, 0.4, 0.6)] == ["1,204", "0", "<1", "1"]
    assert [amount(each, 1) for each in (0.04, 2.25, 0)] == ["<0.1", "2.2", "0.0"]


@given(st.floats(-1, 1).filter(lambda value: 1e-9 < abs(value) < 1 - 1e-9), st.integers(0, 4))
def test_what_is_neither_all_nor_nothing_is_never_printed_as_such(value, digits):
    for text in (coefficient(value, digits), signed(value, digits), percent(value, digits)):
        if text[0] in "<>":
            bound = float(text[1:].rstrip("%")) / (100 if text.endswith("%") else 1)
            assert value < bound if text[0] == "<" else value > bound
        else:
            assert abs(float(text.rstrip("%"))) not in {0.0, 100.0 if text.endswith("%") else 1.0}


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_higher_figure_is_never_printed_as_the_lower_one(one, other):
    low, high = sorted((one, other))
    printed = [coefficient(each) for each in (low, high)]
    if not any(text[0] in "<>" for text in printed):
        assert float(printed[0]) <= float(printed[1])
