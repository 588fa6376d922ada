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
        stroke: thickness of a lane's line where there are no more than three; 3 px for text of 17 px.
    """

    size: float
    leading: float
    above: float
    below: float
    band_top: float
    band_bottom: float
    space: float
    stroke: float

    @classmethod
    def of(cls, size: float, *, ratio: float, text: float, descent: float = 0.26, ascent: float = 0.76) -> Self:
        """Return the measures for letters of that size; `ratio` is the line height in sizes.

        `text` is the size of the article's text, after which lines are drawn in its headlines too.
        """
        leading = float(round(size * ratio))
        band_top = round(size * descent) + 1.0
        band_bottom = max(leading - round(size * ascent), band_top + 6)
        return cls(
            size=size,
            leading=leading,
            above=float(round(size * 0.86)),
            below=float(round(size * descent)),
            band_top=band_top,
            band_bottom=band_bottom,
            space=float(round(leading * 0.55)),
            stroke=max(2.0, float(round(text * 0.176))),
        )

    @property
    def band(self) -> float:
        """Height of the room for lanes."""
        return self.band_bottom - self.band_top

    def lane(self, lane: int, lanes: int) -> tuple[float, float]:
        """Return top (below the baseline) and thickness of a lane's line.

        Up to three have full thickness; more of them are thinner, so that all fit in the band.
        """
        gap = max(1.0, round(self.stroke * 0.34))
        if lanes < _LANES:
            return self.band_top + lane * (self.stroke + 3 * gap), self.stroke
        if lanes == _LANES:
            return self.band_top + lane * (self.stroke + gap), self.stroke
        pitch = self.band / lanes
        return self.band_top + lane * pitch, max(0.75, pitch * 0.7)
