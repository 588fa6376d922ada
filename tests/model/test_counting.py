"""How many there are, said as a person would say it."""

import pytest

from annotator.model.counting import counted, noun


@pytest.mark.parametrize(
    ("number", "one", "many", "expected"),
    [
        (1, "article", "", "1 article"),
        (0, "article", "", "0 articles"),
        (2, "article", "", "2 articles"),
        (1_204, "more label", "", "1,204 more labels"),
        (1, "copy", "", "1 copy"),
        (3, "copy", "", "3 copies"),
        (2, "day", "", "2 days"),
        (1, "place that is", "places that are", "1 place that is"),
        (4, "place that is", "places that are", "4 places that are"),
    ],
)
def test_a_noun_stands_in_the_number_that_it_has(number: int, one: str, many: str, expected: str) -> None:
    assert counted(number, one, many) == expected


def test_a_verb_goes_with_its_noun() -> None:
    assert [noun(number, "is", "are") for number in (0, 1, 2)] == ["are", "is", "are"]
