"""What a text is made into at import, and where its old offsets went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import SpanError
from annotator.text.normalise import normalise

PIECES = st.sampled_from(
    [
        *(
            "\r",
            "\n",
            "\r\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "\v",
            "\f",
            "\x00",
            "\x01",
            "\x1b",
            "\x1c",
            "\x7f",
            "\ufeff",
        ),
        *("\ud83d", "\udcf0", "\ud83d\udcf0", "\t", " ", "a", "\u00e9", "e\u0301", "\U0001f4f0", "\u200c", "\u00a0"),
    ]
)
RAW = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f"])
def test_every_line_end_becomes_one_line_feed(end: str) -> None:
    result = normalise(f"one{end}two{end}three")
    assert result.text == "one\ntwo\nthree"
    assert result.report == ("2 line ends made LF",)


def test_plain_text_is_returned_as_it_is_with_nothing_to_report() -> None:
    raw = "One line.\n\n\tAnother, with a tab.\n"
    result = normalise(raw)
    assert result.text is raw
    assert result.report == ()


@pytest.mark.parametrize(
    "kept",
    [
        "\u00a0",
        "\u202f",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u00ad",
        "\u2060",
        "e\u0301",
        "\u00e9",
        "\ufb01",
        "\U0001d49c",
        "\u0092",
        "\u0643\u064a",
    ],
)
def test_what_a_writer_may_have_meant_is_kept(kept: str) -> None:
    raw = f"a{kept}b"
    assert normalise(raw).text == raw


def test_controls_and_byte_order_marks_go_and_are_reported() -> None:
    result = normalise("\ufeffa\x00b\x1bc\x7fd")
    assert result.text == "abcd"
    assert result.report == ("1 byte order mark removed", "3 control characters removed")


def test_a_byte_order_mark_that_comes_first_after_controls_goes_too() -> None:
    result = normalise("\x00\ufeffabc")
    assert result.text == "abc"
    assert [result.position(offset) for offset in range(6)] == [0, 0, 0, 1, 2, 3]


def test_a_byte_order_mark_within_the_text_is_kept() -> None:
    assert normalise("a\ufeffb").text == "a\ufeffb"


def test_surrogates_are_joined_or_replaced() -> None:
    result = normalise("\ud83d\udcf0 and \ud83d alone, \udcf0 too")
    assert result.text == "\U0001f4f0 and \ufffd alone, \ufffd too"
    assert result.report == ("1 surrogate pair joined", "2 unpaired surrogates replaced by U+FFFD")
    result.text.encode("utf-8")


@given(RAW)
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = normalise(raw).text
    again = normalise(once)
    assert again.text == once
    assert again.report == ()


@given(RAW)
def test_the_result_holds_nothing_that_must_not_be_there(raw: str) -> None:
    text = normalise(raw).text
    text.encode("utf-8")
    assert not set(text) & set("\r\u2028\u2029\u0085\v\f\x00\x1b\x7f")
    assert not text.startswith("\ufeff")


@given(RAW)
def test_positions_agree_with_normalising_each_side(raw: str) -> None:
    result = normalise(raw)
    positions = [result.position(offset) for offset in range(len(raw) + 1)]
    assert positions == sorted(positions)
    assert positions[-1] == len(result.text)
    for offset, position in enumerate(positions[:-1]):
        character = raw[offset]
        if character.isalnum() or (character in " \t\n\u200c\u00a0" and raw[offset - 1 : offset] != "\r"):
            assert result.text[position] == character
            assert positions[offset + 1] == position + 1


def test_positions_after_two_line_ends_and_a_pair() -> None:
    raw = "\ufeffone\r\ntwo\x00\r\n\ud83d\udcf0three"
    result = normalise(raw)
    for word in ("one", "two", "three"):
        start, end = result.position(raw.index(word)), result.position(raw.index(word) + len(word))
        assert result.text[start:end] == word
    assert result.position(raw.index("\udcf0")) == result.text.index("\U0001f4f0")


@pytest.mark.parametrize("offset", [-1, 6])
def test_an_offset_outside_the_raw_text_is_refused(offset: int) -> None:
    with pytest.raises(SpanError, match="outside the text"):
        normalise("a\r\nbc").position(offset)
