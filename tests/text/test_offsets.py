"""Code points, UTF-16 units and UTF-8 bytes of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import SpanError
from annotator.text.offsets import OffsetMap

PIECES = st.sampled_from(
    [
        *("\U0001f4f0", "\u2764\ufe0f", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ec\U0001f1e7"),
        *(
            "\U0001d49c",
            "e\u0301",
            "\u00e9",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u05e9\u05dc\u05d5\u05dd",
        ),
        *("a", " ", "\n", "\u4e2d", "\uffff", "\U0010ffff", "plain words "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=60).map("".join)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_position_counts_what_stands_before_it(text: str) -> None:
    offsets = OffsetMap(text)
    for position in range(len(text) + 1):
        before = text[:position]
        assert offsets.to_utf16(position) == utf16(before)
        assert offsets.to_bytes(position) == len(before.encode())


@given(TEXTS)
def test_every_position_comes_back(text: str) -> None:
    offsets = OffsetMap(text)
    for position in range(len(text) + 1):
        assert offsets.from_utf16(offsets.to_utf16(position)) == position
        assert offsets.from_bytes(offsets.to_bytes(position)) == position
    assert offsets.utf16_length == utf16(text)
    assert offsets.byte_length == len(text.encode())


@given(TEXTS)
def test_an_offset_inside_a_character_goes_to_its_start(text: str) -> None:
    offsets = OffsetMap(text)
    for position, character in enumerate(text):
        start = offsets.to_utf16(position)
        assert {offsets.from_utf16(start + unit) for unit in range(utf16(character))} == {position}
        start = offsets.to_bytes(position)
        assert {offsets.from_bytes(start + byte) for byte in range(len(character.encode()))} == {position}


@pytest.mark.parametrize("length", [1023, 1024, 1025, 2048, 5000])
@pytest.mark.parametrize("character", ["a", "\u00e9", "\u4e2d", "\U0001f4f0"])
def test_long_texts_convert_at_every_edge(length: int, character: str) -> None:
    text = character * length
    offsets = OffsetMap(text)
    for position in (0, 1, 1023, length // 2, length - 1, length):
        assert offsets.to_bytes(position) == len(text[:position].encode())
        assert offsets.from_bytes(offsets.to_bytes(position)) == position
        assert offsets.to_utf16(position) == utf16(text[:position])
        assert offsets.from_utf16(offsets.to_utf16(position)) == position


@pytest.mark.parametrize("text", ["abc", "a\u00e9c", "a\U0001f4f0c"])
def test_offsets_outside_the_text_are_refused(text: str) -> None:
    offsets = OffsetMap(text)
    for convert, length in (
        (offsets.to_utf16, offsets.length),
        (offsets.to_bytes, offsets.length),
        (offsets.from_utf16, offsets.utf16_length),
        (offsets.from_bytes, offsets.byte_length),
    ):
        for outside in (-1, length + 1):
            with pytest.raises(SpanError, match="outside the text"):
                convert(outside)
