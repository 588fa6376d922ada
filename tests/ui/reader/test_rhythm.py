import itertools

import pytest

from annotator.ui.reader.rhythm import Rhythm

BODY = Rhythm.of(17, ratio=1.82, text=17)


@pytest.mark.parametrize("size", [12, 17, 20, 26, 34])
@pytest.mark.parametrize("lanes", [1, 2, 3, 4, 6, 9])
def test_all_lanes_lie_between_two_lines_of_words_and_apart(size, lanes):
    rhythm = Rhythm.of(size, ratio=1.82, text=size)
    places = [rhythm.lane(lane, lanes) for lane in range(lanes)]
    assert places[0][0] >= rhythm.below
    last, thickness = places[-1]
    assert last + thickness <= rhythm.leading - size * 0.66  # below the tallest letters of the next line
    for (top, thick), (following, _) in itertools.pairwise(places):
        assert thick >= 0.75
        assert top + thick <= following


def test_three_lanes_have_the_full_three_pixels():
    assert [BODY.lane(lane, 3)[1] for lane in range(3)] == [3, 3, 3]
    assert 1.6 <= BODY.leading / BODY.size <= 1.85


def test_deeper_than_three_the_lines_get_thinner():
    assert BODY.lane(0, 6)[1] < BODY.lane(0, 4)[1] < BODY.lane(0, 3)[1]
