"""Which way a text runs."""

import pytest

from annotator.text.direction import direction, paragraph_direction

PERSIAN = "\u0627\u06cc\u0646 \u06cc\u06a9 \u062e\u0628\u0631 \u0627\u0633\u062a. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "ltr"),
        ("12 \u2014 \U0001f4f0", "ltr"),
        ("News \u201cfrom\u201d Oslo, caf\u00e9", "ltr"),
        (PERSIAN, "rtl"),
        ("\u05e9\u05dc\u05d5\u05dd", "rtl"),
        (f"BBC | {PERSIAN * 3}", "rtl"),
        (f"He said \u201c{PERSIAN}\u201d in a long interview with the paper.", "ltr"),
        (PERSIAN * 500 + "latin " * 5000, "rtl"),
    ],
)
def test_most_of_the_strong_characters_decide(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("", "rtl", "rtl"),
        ("12 \u2014 \U0001f4f0", "rtl", "rtl"),
        ("The spokesman said: \u201cno\u201d.", "rtl", "ltr"),
        ("The spokesman said: \u201cno\u201d.", "ltr", "ltr"),
        (PERSIAN, "ltr", "rtl"),
        (f"\u00ab{PERSIAN}\u00bb (AFP)", "ltr", "rtl"),
        (f"BBC {PERSIAN}", "rtl", "rtl"),
        (f"\u0627\u06cc\u0646 is how the paper spells it, he said. {PERSIAN}", "ltr", "ltr"),
        ("ab \u0627\u06cc", "rtl", "rtl"),
    ],
)
def test_a_paragraph_runs_against_its_article_where_its_beginning_and_most_of_it_do(text, around, expected) -> None:
    assert paragraph_direction(text, around) == expected
