"""Distances as the papers give them, and what people are told of two colours."""

from itertools import combinations

import pytest

from annotator.model.colour import APART, SAFE, SIGHTS, ciede2000, contrast, distance, likenesses, seen


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distance_gives_the_figures_of_its_paper(one, other, distance):
    assert ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


def test_contrast_reaches_from_1_to_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("sight", SIGHTS)
def test_grey_looks_grey_to_everybody(sight):
    red, green, blue = (int(seen("#808080", sight)[at : at + 2], 16) for at in (1, 3, 5))
    assert max(red, green, blue) - min(red, green, blue) <= 2


def test_red_and_green_meet_only_for_those_who_cannot_tell_them():
    assert distance("#b03020", "#607020") > 40
    assert distance("#b03020", "#607020", "deuteranopia") < 15


@pytest.mark.parametrize("sight", SIGHTS)
def test_safe_tones_stay_apart_and_are_seen_on_paper(sight):
    for one, other in combinations(SAFE.values(), 2):
        assert distance(one, other, sight) >= APART
    assert all(contrast(tone, "#ffffff") >= 3 for tone in SAFE.values())


def test_two_looks_are_alike_sooner_when_they_share_a_line():
    blue, near = "#1f8ef1", "#5a00e0"
    assert likenesses(blue, "solid", [("other", near, "dashed")]) == []
    alike = likenesses(blue, "solid", [("other", near, "solid"), ("same", blue, "dotted")])
    assert alike[0].other == "same"
    assert alike[0].distance == pytest.approx(0)
