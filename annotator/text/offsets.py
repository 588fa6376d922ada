"""Convert offsets between code points, UTF-16 units and UTF-8 bytes, at one door."""

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property

from annotator.model.errors import SpanError

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_STEP = 1024
"""Code points from one known byte offset to the next."""


class OffsetMap:
    """The offsets of one text: code points <-> UTF-16 units (Qt, JavaScript) <-> UTF-8 bytes.

    Every method takes and returns offsets *between* characters, from 0 to the length. A conversion takes time
    that grows with the logarithm of the text's length, and none where the text is plain enough.

    Raises:
        SpanError: by every method, for an offset outside the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._astral = array("q")
        if not self._ascii:
            self._astral.extend(found.start() for found in _ASTRAL.finditer(text))
        # The UTF-16 unit at which the n-th astral character starts: n earlier ones took a unit more each.
        self._units = array("q", (place + n for n, place in enumerate(self._astral)))

    @property
    def length(self) -> int:
        """The text's length in code points."""
        return len(self._text)

    @property
    def utf16_length(self) -> int:
        """The text's length in UTF-16 units."""
        return len(self._text) + len(self._astral)

    @property
    def byte_length(self) -> int:
        """The text's length in UTF-8 bytes."""
        return len(self._text) if self._ascii else self._bytes[-1]

    def to_utf16(self, position: int) -> int:
        """Return the UTF-16 offset of the code point at `position`."""
        _check(position, self.length, "characters")
        return position + bisect_left(self._astral, position) if self._astral else position

    def from_utf16(self, unit: int) -> int:
        """Return the code-point offset of a UTF-16 offset; one inside a surrogate pair goes to the pair's start."""
        _check(unit, self.utf16_length, "UTF-16 units")
        if not self._astral:
            return unit
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] == unit - 1:
            return self._astral[before - 1]
        return unit - before

    def to_bytes(self, position: int) -> int:
        """Return the UTF-8 offset of the code point at `position`."""
        _check(position, self.length, "characters")
        if self._ascii:
            return position
        step = position // _STEP
        return self._bytes[step] + len(_encoded(self._text[step * _STEP : position]))

    def from_bytes(self, offset: int) -> int:
        """Return the code-point offset of a UTF-8 offset; one inside a character goes to the character's start."""
        _check(offset, self.byte_length, "bytes")
        if self._ascii:
            return offset
        step = bisect_right(self._bytes, offset) - 1
        if step == len(self._bytes) - 1:
            return self.length
        start = step * _STEP
        chunk = _encoded(self._text[start : start + _STEP])
        rest = offset - self._bytes[step]
        while rest and chunk[rest] & 0xC0 == 0x80:  # a continuation byte of UTF-8
            rest -= 1
        return start + len(chunk[:rest].decode("utf-8", "surrogatepass"))

    @cached_property
    def _bytes(self) -> "array[int]":
        # Byte offsets of every _STEP-th code point, and of the end. Made when first asked for: the window never does.
        offsets = array("q", [0])
        for start in range(0, len(self._text), _STEP):
            offsets.append(offsets[-1] + len(_encoded(self._text[start : start + _STEP])))
        return offsets


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _check(offset: int, length: int, what: str) -> None:
    if not 0 <= offset <= length:
        raise SpanError(f"The offset {offset:,} lies outside the text, which has {length:,} {what}.")
