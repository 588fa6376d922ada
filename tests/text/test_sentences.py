"""Sentences, with abbreviations kept whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.text.bounds import next_sentence, previous_sentence, sentence_at, sentences

CASES = {
    "titles and months": ["He met Mr. Smith, Dr. Jones and Gen. Lee on Jan. 5.", "Then he left."],
    "initials": ["George W. Bush and J. K. Rowling spoke.", "She left."],
    "I is a word": ["So did I.", "He left."],
    "abbreviation at the end": ["He left the U.S.", "The Senate met."],
    "abbreviation within": ["He saw the U.S. Senate and Acme Inc. Chairman Bob Roe.", "It rained."],
    "clock": ["They came at 5 p.m. Tuesday.", "They left at 6 p.m.", "He stayed."],
    "number sign": ["He chose No. 5.", "She said no.", "That was it."],
    "question within": ["\u201cIs it true?\u201d he asked.", "\u201cYes.\u201d"],
    "quotes and brackets close with it": ['He said "no."', "(He lied.)", "\u2018So.\u2019", "End."],
    "omission": ["He told me \u2026 [that] she left\u2026 and came back.", "So it went."],
    "ellipsis that ends": ["He waited\u2026", "Nobody came...", "She left."],
    "spaced ellipsis": ["He said . . . nothing.", "She left."],
    "bracketed omission": ["They declined.", "[...] The talks went on."],
    "list number": ["1. The first item is long.", "It goes on."],
    "footnote": ["He denied it.[1]", "She did not."],
    "figures": ["It grew by 3.5 per cent in 2009.", "27 people left."],
    "loud": ["Stop!", "What?!", "Fine."],
    "spaced as in a treebank": ["He left .", "She came ."],
    "German": ["Am 5. Mai kam Dr. M\u00fcller z. B. nach Bonn.", "Rund 3 Mio. Euro.", "Er ging."],
    "French": ["M. Dupont est venu le 5 janv. 2010.", "Il a dit \u00ab\u00a0Oui.\u00a0\u00bb", "Puis rien."],
    "French, plain blanks": ["Il a dit \u00ab Oui. \u00bb", "Puis rien."],
    "Spanish": ["El Sr. Garc\u00eda de EE. UU. lleg\u00f3.", "\u00bfC\u00f3mo est\u00e1?", "\u00a1Bien!"],
    "Persian": [
        "\u0622\u06cc\u0627 \u0627\u0648 \u0631\u0641\u062a\u061f",
        "\u0627\u0648 \u06af\u0641\u062a.",
        "\u00ab\u0646\u0647.\u00bb",
        "\u067e\u0627\u06cc\u0627\u0646\u06d4",
    ],
}


@pytest.mark.parametrize("expected", CASES.values(), ids=CASES.keys())
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    text = " ".join(expected)
    assert [each.covered(text) for each in sentences(text)] == expected


def test_wide_marks_need_no_blank() -> None:
    text = "\u4ed6\u8bf4\u3002\u201c\u597d\u7684\u3002\u201d\u5979\u8d70\u4e86\uff01"
    found = [each.covered(text) for each in sentences(text)]
    assert found == ["\u4ed6\u8bf4\u3002", "\u201c\u597d\u7684\u3002\u201d", "\u5979\u8d70\u4e86\uff01"]


def test_a_paragraph_break_always_ends_a_sentence() -> None:
    text = "A headline without a stop\n\nBy Mr.\nSomebody"
    found = [each.covered(text) for each in sentences(text)]
    assert found == ["A headline without a stop", "By Mr.", "Somebody"]


def test_a_range_is_read_as_if_the_text_ended_there() -> None:
    text = "One two. Three four. Five."
    assert [each.covered(text) for each in sentences(text, 4, 14)] == ["two.", "Three"]


def test_a_caret_between_sentences_belongs_to_the_one_before() -> None:
    text = "  One.  Two.\n\nThree."
    assert sentence_at(text, 0) == (2, 6)
    assert sentence_at(text, 5) == (2, 6)
    assert sentence_at(text, 7) == (2, 6)
    assert sentence_at(text, 8) == (8, 12)
    assert sentence_at(text, 12) == (8, 12)
    assert sentence_at(text, 13) is None
    assert sentence_at(text, len(text)) == (14, 20)


PIECES = st.sampled_from(
    ["Word ", "word ", "Mr. ", "U.S. ", "end. ", "What? ", "\u2026 ", "\u3002", ".\u201d ", "\n", " "]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_sentences_cover_everything_but_blanks_and_are_found_from_every_position(text: str) -> None:
    found = sentences(text)
    kept = "".join("".join(each.covered(text).split()) for each in found)
    assert kept == "".join(text.split())
    for each in found:
        assert each.covered(text) == each.covered(text).strip()
        assert all(sentence_at(text, position) == each for position in range(each.start, each.end))
    for position in range(len(text) + 1):
        assert next_sentence(text, position) == min((s.end for s in found if s.end > position), default=len(text))
        assert previous_sentence(text, position) == max((s.start for s in found if s.start < position), default=0)


@pytest.mark.parametrize("sentence", ["Mr. Roe left the U.S. at last. ", "He " + "very " * 3000 + "left. "])
def test_a_sentence_is_found_within_a_paragraph_as_long_as_a_book(sentence: str) -> None:
    text = sentence * (200_000 // len(sentence))
    place = text.index(sentence, len(text) // 2)
    for position in (place, place + len(sentence) // 2, place + len(sentence) - 2):
        assert sentence_at(text, position) == (place, place + len(sentence) - 1)
