"""Words, characters and snapping, as somebody who labels news expects them."""

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.text import bounds
from annotator.text.bounds import snap

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1ec\U0001f1e7"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
PIECES = st.sampled_from(
    [
        *(
            "word",
            "Iran\u2019s",
            "17-year-old",
            "U.S.",
            "3.5",
            " ",
            " ",
            " ",
            "\n",
            ", ",
            ".",
            "\u201c",
            "\u201d",
            "\u2014",
        ),
        *(
            FAMILY,
            FLAG,
            "\u2764\ufe0f",
            "\U0001d49c",
            "e\u0301",
            PERSIAN,
            "\u4e2d\u6587",
            "\u0e44\u0e17\u0e22",
            "\u00a0",
        ),
        *("\u200d", "\u200c", "\u00ad", "-", "'", "\u0301", "&", "#", "\u200f", "\u05e9\u05dc"),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def covered(text: str) -> list[str]:
    return [word.covered(text) for word in bounds.words(text, 0, len(text))]


def dragged(text: str, part: str) -> str:
    """Return what snapping makes of a drag over `part` of `text`."""
    start = text.index(part)
    first, last = snap(text, start, start + len(part))
    return text[first:last]


@pytest.mark.parametrize(
    "word",
    [
        "don't",
        "Iran\u2019s",
        "17-year-old",
        "Iran-Iraq",
        "post-9/11",
        "U.S.",
        "U.S.-backed",
        "p.m.",
        "3.5",
        "1,000",
        "100%",
        "$5.2",
        "\u20ac30",
        "10:30",
        "planet.com",
        "AT&T",
        "O\u2019Brien\u2019s",
        "caf\u00e9",
        "cafe\u0301",
        "co\u00adoperate",
        PERSIAN,
        "\u05e9\u05dc\u05d5\u05dd",
        "#news",
        "@desk",
        FAMILY,
        FLAG,
        "\u2764\ufe0f",
        "1\ufe0f\u20e3",
        "\u30ab\u30bf\u30ab\u30ca",
        "J.K.",
        "\u06f3\u066b\u06f5",
    ],
)
def test_it_is_one_word(word: str) -> None:
    text = f"so {word} then"
    assert covered(text) == ["so", word, "then"]
    for position in range(3, 3 + len(word)):
        assert bounds.word_at(text, position) == (3, 3 + len(word))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("expats\u2014including him", ["expats", "including", "him"]),
        ("2009\u20132010", ["2009", "2010"]),
        ("said.The end.", ["said", "The", "end"]),
        ("\u2018quoted\u2019 'too'", ["quoted", "too"]),
        ("(UDI), he", ["UDI", "he"]),
        ("one -- two", ["one", "two"]),
        ("\u4e2d\u6587", ["\u4e2d", "\u6587"]),
        (f"{PERSIAN}\u060c {PERSIAN}\u061f", [PERSIAN, PERSIAN]),
        ("the neighbours\u2019 dog", ["the", "neighbours", "dog"]),
        (" \n\t", []),
        ("", []),
    ],
)
def test_these_are_the_words(text: str, expected: list[str]) -> None:
    assert covered(text) == expected


def test_a_caret_belongs_to_the_word_it_touches() -> None:
    text = "ab cd."
    assert bounds.word_at(text, 0) == (0, 2)
    assert bounds.word_at(text, 2) == (0, 2)
    assert bounds.word_at(text, 3) == (3, 5)
    assert bounds.word_at(text, 5) == (3, 5)
    assert bounds.word_at(text, 6) is None


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("ficials den", "officials denied"),
        (" officials ", "officials"),
        ("s d", "officials denied"),
        ("\u201cNo,\u201d", "\u201cNo,\u201d"),
        ("No", "No"),
        ("o,", "No,"),
        ("N", "No"),
        ("year", "17-year-old"),
        ("\u201d of", "\u201d officials"),
        (" ", ""),
    ],
)
def test_a_drag_is_extended_to_words_and_keeps_its_punctuation(part: str, expected: str) -> None:
    assert dragged("\u201cNo,\u201d officials denied. A 17-year-old son.", part) == expected


def test_a_drag_may_go_backwards_and_beyond_the_text() -> None:
    assert snap("one two three", 6, 5) == (4, 7)
    assert snap("one two", 5, 99) == (4, 7)
    assert snap("one two", -4, 1) == (0, 3)
    assert snap("", 0, 5) == (0, 0)


def test_a_mark_after_an_abbreviation_takes_the_abbreviation() -> None:
    text = "a U.S.\u0301 b"
    assert snap(text, 6, 7) == (2, 7)


def test_a_range_over_a_paragraph_break_reaches_words_on_both_sides() -> None:
    assert dragged("the last words\n\nThe first", "rds\n\nTh") == "words\n\nThe"


@given(TEXTS, st.data())
def test_snapping_is_settled_at_once_and_cuts_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = snap(text, start, end)
    assert snap(text, first, last) == (first, last)
    ink = [place for place in range(start, end) if not text[place].isspace()]
    if not ink:
        assert first == last
        return
    assert first <= ink[0]
    assert last > ink[-1]
    for word in bounds.words(text, 0, len(text)):
        assert not word.start < first < word.end
        assert not word.start < last < word.end


@given(TEXTS)
def test_words_are_apart_in_order_and_found_from_every_position(text: str) -> None:
    found = bounds.words(text, 0, len(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    edges = {0, *(character.end() for character in regex.finditer(r"\X", text))}
    for word in found:
        assert {word.start, word.end} <= edges
        assert not regex.search(r"\s", word.covered(text))
        assert all(bounds.word_at(text, place) == word for place in range(word.start, word.end))


@given(TEXTS)
def test_moving_by_word_visits_every_start_and_every_end(text: str) -> None:
    found = bounds.words(text, 0, len(text))
    for position in range(len(text) + 1):
        assert bounds.next_word(text, position) == min(
            (w.start for w in found if w.start > position), default=len(text)
        )
        assert bounds.previous_word(text, position) == max((w.start for w in found if w.start < position), default=0)
        assert bounds.next_word_end(text, position) == min(
            (w.end for w in found if w.end > position), default=len(text)
        )
        assert bounds.previous_word_end(text, position) == max((w.end for w in found if w.end < position), default=0)


@given(TEXTS)
def test_the_caret_stops_where_a_person_sees_characters_meet(text: str) -> None:
    edges = [0, *(found.end() for found in regex.finditer(r"\X", text))]
    for position in range(len(text) + 1):
        after = [edge for edge in edges if edge > position]
        before = [edge for edge in edges if edge < position]
        assert bounds.grapheme_next(text, position) == (after[0] if after else len(text))
        assert bounds.grapheme_previous(text, position) == (before[-1] if before else 0)


@pytest.mark.parametrize("one", [FAMILY, FLAG, "e\u0301", "\u2764\ufe0f", "\U0001d49c", "\U0001f4f0"])
def test_no_stop_inside_what_is_one_character(one: str) -> None:
    text = f"a{one}b"
    assert bounds.grapheme_next(text, 1) == 1 + len(one)
    assert bounds.grapheme_previous(text, 1 + len(one)) == 1
    assert bounds.snap_to_graphemes(text, 1, 2) == (1, 1 + len(one))


def test_flags_in_a_row_stay_whole_far_into_the_row() -> None:
    text = "x" + FLAG * 60
    assert bounds.grapheme_next(text, 101) == 103
    assert bounds.grapheme_previous(text, 102) == 101


@pytest.mark.parametrize("blank", ["", " "])
def test_a_long_run_is_handled_as_well_as_a_short_one(blank: str) -> None:
    text = f"\u4e2d\u6587{blank}" * 5000
    middle = len(text) // 2
    word = bounds.word_at(text, middle)
    assert word is not None
    assert word.end - word.start == 1
    assert bounds.previous_word(text, middle) < middle < bounds.next_word(text, middle)
    assert bounds.previous_word(" " * 9000 + "word", 9000) == 0
    assert bounds.previous_word("word" + " " * 9000, 9004) == 0
    assert bounds.previous_word("a word" + " " * 9000, 9004) == 2


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    text = "One.\n\n  Two, indented. \n \nThree"
    assert [each.covered(text) for each in bounds.paragraphs(text)] == ["One.", "Two, indented.", "Three"]
    at = bounds.paragraph_at(text, text.index("ind"))
    assert at is not None
    assert at.covered(text) == "Two, indented."
    assert bounds.paragraph_at(text, 5) is None
    assert bounds.next_paragraph(text, 0) == 4
    assert bounds.next_paragraph(text, 4) == text.index(" \n \nThree")
    assert bounds.next_paragraph(text, len(text)) == len(text)
    assert bounds.previous_paragraph(text, len(text)) == text.index("Three")
    assert bounds.previous_paragraph(text, text.index("Three")) == text.index("Two")
    assert bounds.previous_paragraph(text, 0) == 0
