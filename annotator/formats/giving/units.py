"""Offsets in the unit that was chosen."""

from annotator.formats.format import Unit
from annotator.text.offsets import OffsetMap


class Turn:
    """Turns the code-point offsets of one text into another unit, by calling it."""

    def __init__(self, text: str, unit: Unit) -> None:
        offsets = OffsetMap(text)
        turns = {Unit.CODE_POINTS: None, Unit.UTF16: offsets.to_utf16, Unit.BYTES: offsets.to_bytes}
        self._turn = turns[unit]

    def __call__(self, offset: int) -> int:
        """Return the offset in the unit."""
        return offset if self._turn is None else self._turn(offset)
