"""The vertical measures of a line of text: where words, washes and lanes lie."""

from dataclasses import dataclass, replace
from typing import Self

BASELINE = 0.8
"""Share of a fixed line height that Qt puts above the baseline."""
_LANES = 3
_ROWS_AWAY, _ROWS_BELOW = 2.0, 3.0
"""Between the lanes and the first row, and between the last row and the next line (px)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Measures of one kind of paragraph in logical pixels; those of lines count down from the baseline.

    Attributes:
        size: height of the letters' em. leading: from one baseline to the next.
        above: how far a wash reaches above the baseline. below: how far below.
        band_top, band_bottom: the room for lanes, between the words and the next line's.
        space: room after a paragraph.
        stroke: thickness of a lane's line where there are no more than three; 3 px for text of 17 px.
        rows: how many rows there are below the lanes, for the labels of others, and `row`: the height of each.
    """

    size: float
    leading: float
    above: float
    below: float
    band_top: float
    band_bottom: float
    space: float
    stroke: float
    rows: int = 0
    row: float = 0.0

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

    def with_rows(self, rows: int, row: float) -> Self:
        """Return the measures with so many rows of a height below the lanes: all else is as it was."""
        with_rows = replace(self, rows=rows, row=row if rows else 0.0)
        return replace(with_rows, leading=self.leading + with_rows.added)

    @property
    def added(self) -> float:
        """How much the rows add to the leading."""
        return _ROWS_AWAY + self.rows * self.row + _ROWS_BELOW if self.rows else 0.0

    @property
    def band(self) -> float:
        """Height of the room for lanes."""
        return self.band_bottom - self.band_top

    @property
    def bottom(self) -> float:
        """Where everything of a line ends, the rows too."""
        return self.band_bottom + (_ROWS_AWAY + self.rows * self.row - 1 if self.rows else 0.0)

    def row_top(self, row: int) -> float:
        """Return where one of the rows begins, below the baseline."""
        return self.band_bottom + _ROWS_AWAY + row * self.row

    def row_lane(self, row: int, lane: int, lanes: int) -> tuple[float, float]:
        """Return top (below the baseline) and thickness of a line in one of the rows; all lanes of a row fit in it."""
        room, top = self.row - 2, self.row_top(row)
        if lanes == 1:
            thickness = max(2.0, round(self.row * 0.32))
            return top + (room - thickness) / 2, thickness
        pitch = room / lanes
        return top + lane * pitch, max(0.75, pitch * 0.62)

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
