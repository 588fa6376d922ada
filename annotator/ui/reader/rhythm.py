"""The vertical measures of a line of text: where words, washes and lanes lie."""

from dataclasses import dataclass
from typing import Self

BASELINE = 0.8
"""Share of a fixed line height that Qt puts above the baseline."""
_LANES = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Measures of one kind of paragraph in logical pixels; those of lines count down from the baseline.

    Attributes:
        size: height of the letters' em. leading: from one baseline to the next.
        above: how far a wash reaches above the baseline. below: how far below.
        band_top, band_bottom: the room for lanes, between the words and the next line's.
        space: room after a paragraph.
    """

    size: float
    leading: float
    above: float
    below: float
    band_top: float
    band_bottom: float
    space: float

    @classmethod
    def of(cls, size: float, *, ratio: float, descent: float = 0.26, ascent: float = 0.76) -> Self:
        """Return the measures for letters of that size; `ratio` is the line height in sizes."""
        leading = float(round(size * ratio))
        band_top = round(size * descent) + 1.0
        band_bottom = max(leading - round(size * ascent) - 1.0, band_top + 6)
        return cls(
            size=size,
            leading=leading,
            above=float(round(size * 0.86)),
            below=float(round(size * descent)),
            band_top=band_top,
            band_bottom=band_bottom,
            space=float(round(leading * 0.55)),
        )

    @property
    def band(self) -> float:
        """Height of the room for lanes."""
        return self.band_bottom - self.band_top

    @property
    def stroke(self) -> float:
        """Thickness of a lane's line where there are no more than three: 3 px at 17 px text."""
        return max(2.0, round(self.size * 0.176))

    def lane(self, lane: int, lanes: int) -> tuple[float, float]:
        """Return top (below the baseline) and thickness of a lane's line.

        Up to three lie one pixel apart at full thickness; more of them are thinner, so that all fit in the band.
        """
        if lanes <= _LANES:
            pitch = min(self.stroke + max(1.0, round(self.size * 0.06)), self.band / _LANES)
            return self.band_top + 1 + lane * pitch, min(self.stroke, pitch - 0.75)
        pitch = (self.band - 1) / lanes
        return self.band_top + 1 + lane * pitch, max(0.75, pitch * 0.7)
