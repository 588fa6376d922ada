"""Offsets in the unit that was chosen."""

from annotator.formats.format import Unit
from annotator.text.offsets import OffsetMap


class Turn:
    """Turns the code-point offsets of one text into another unit, by calling it."""

    def __init__(self, text: str, unit: Unit) -> None:
        offsets = OffsetMap(text)
        self._turn = None
        # Most texts have no character that takes two units of UTF-16, and many none that takes two bytes.
        if unit is Unit.UTF16 and offsets.utf16_length > offsets.length:
            self._turn = offsets.to_utf16
        elif unit is Unit.BYTES and offsets.byte_length > offsets.length:
            self._turn = offsets.to_bytes

    def __call__(self, offset: int) -> int:
        """Return the offset in the unit."""
        return offset if self._turn is None else self._turn(offset)
