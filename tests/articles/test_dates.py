"""Dates in the forms that news has them."""

import pytest

from annotator.articles.dates import find_dates, read_date


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("March 19, 2010", "2010-03-19"),
        ("Mar 20th, 2010", "2010-03-20"),
        ("Sept. 3 2010", "2010-09-03"),
        ("19 March 2010", "2010-03-19"),
        ("Friday, 19-Mar-2010", "2010-03-19"),
        ("19. März 2010", "2010-03-19"),
        ("1er juillet 2010", "2010-07-01"),
        ("19 de marzo de 2010", "2010-03-19"),
        ("19 marzo 2010", "2010-03-19"),
        ("19.3.2010", "2010-03-19"),
        ("2010-03-19", "2010-03-19"),
        ("2010-03-19T23:10:00+01:00", "2010-03-19"),
        ("20100319T231000Z", "2010-03-19"),
        ("2010/3/19", "2010-03-19"),
        ("03/19/2010", "2010-03-19"),
        ("19/03/2010", "2010-03-19"),
        ("5/5/2010", "2010-05-05"),
        ("March 2010", "2010-03"),
        ("2010-03", "2010-03"),
        ("2010", "2010"),
        ("۱۹ مارس ۲۰۱۰", "2010-03-19"),
        ("۲۹ اسفند ۱۳۸۸", "2010-03-20"),
        ("۱۳۸۹/۱/۱", "2010-03-21"),
        ("30 اسفند 1399", "2021-03-20"),
    ],
)
def test_a_field_with_a_date(words: str, value: str) -> None:
    assert read_date(words) == value


def test_what_is_not_certain_is_the_year_only() -> None:
    (found,) = find_dates("on 03/04/2010")
    assert (found.value, found.original, found.start) == ("2010", "03/04/2010", 3)


@pytest.mark.parametrize(
    "words", ["", "June 26th & 27th", "31 February 2010", "he may 10 times", "1 2010 2", "99/99/2010", "v2.10.2010.1"]
)
def test_no_date(words: str) -> None:
    assert read_date(words) == ""
    assert list(find_dates(words)) == []


def test_places_are_those_of_the_words() -> None:
    text = "Posted on ۱۹ مارس ۲۰۱۰, updated 20 March 2010."
    assert [text[each.start : each.end] for each in find_dates(text)] == ["۱۹ مارس ۲۰۱۰", "20 March 2010"]
