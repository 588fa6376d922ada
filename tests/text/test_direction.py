"""Which way a text runs."""

import pytest

from annotator.text.direction import direction

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
