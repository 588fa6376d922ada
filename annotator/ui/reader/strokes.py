"""What one visual line shows of the marks on it: where each runs, in which lane, and where its letter stands."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.ui.reader import geometry
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.marks import MarkIndex, Piece
from annotator.ui.reader.page import Page

MOST_KEPT = 4_000
"""Lines, and rows below them, of which a page keeps the strokes."""
_OWN = -1
"""Stands for the lanes of one's own marks, among the numbers of rows."""
KNOB_AWAY = 4.0
"""How far outside an edge (px) the middle of its handle lies."""


class Stroke(NamedTuple):
    """A mark's part on one visual line.

    Attributes:
        parts: from where to where its words lie (several in bidirectional text), left to right.
        head, tail: where it begins and ends for a reader: in text that runs from the right, head is its right end.
        begins, ends: whether a fragment begins or ends here.
        comes, goes: whether it comes from another line or goes on to one.
        top, thickness: of its line in the lane.
        chip: where its letter stands; None but where a fragment begins.
    """

    piece: Piece
    parts: list[tuple[float, float]]
    head: float
    tail: float
    begins: bool
    ends: bool
    comes: bool
    goes: bool
    top: float
    thickness: float
    chip: QRectF | None

    @property
    def middle(self) -> float:
        """The height at which its line runs."""
        return self.top + self.thickness / 2

    def holds(self, x: float, slack: float = 0.0) -> bool:
        """Whether `x` lies within its words."""
        return any(low - slack <= x < high + slack for low, high in self.parts)


def strokes(page: Page, index: MarkIndex, line: Line) -> list[Stroke]:
    """Return the strokes on a line in reading order. The page keeps them: most paints find most lines as they were."""
    return _kept(page, index, line, _OWN)


def row_strokes(page: Page, index: MarkIndex, line: Line, row: int) -> list[Stroke]:
    """Return the strokes of somebody else's marks, in one of the rows below a line; they are kept, too."""
    return _kept(page, index, line, row)


def _kept(page: Page, index: MarkIndex, line: Line, row: int) -> list[Stroke]:
    pieces = index.pieces(line.start, line.end)
    place = (row, line.start, line.end, line.left, line.baseline, page.document.textWidth())
    kept = page.kept_strokes.get(place)
    if kept is not None and kept[0] == pieces:
        return kept[1]
    if len(page.kept_strokes) >= MOST_KEPT:
        page.kept_strokes.clear()
    found = _strokes(page, line, pieces, row)
    page.kept_strokes[place] = (pieces, found)
    return found


def _strokes(page: Page, line: Line, pieces: Sequence[Piece], row: int) -> list[Stroke]:
    found: list[Stroke] = []
    for piece in pieces:
        parts = geometry.extents(page, line, piece.start, piece.end)
        if not parts:
            continue
        head, tail = parts[0][0], parts[-1][1]
        if line.rtl:
            head, tail = tail, head
        rhythm = line.rhythm
        top, thickness = rhythm.lane(*piece.lane) if row == _OWN else rhythm.row_lane(row, *piece.lane)
        begins = piece.opens and piece.start >= line.start
        ends = piece.closes and piece.end <= max(line.end, line.start + 1)
        comes = not begins and piece.start <= line.start
        goes = not ends and piece.end >= line.end
        edges = (begins, ends, comes, goes)
        found.append(Stroke(piece, parts, head, tail, *edges, line.baseline + top, thickness, None))
    if row == _OWN:
        return _with_chips(line, found, *chip_size(page, line), line.baseline + line.rhythm.band_top)
    side = line.rhythm.row - 1
    return _with_chips(line, found, side, side, line.baseline + line.rhythm.row_top(row) - 0.5)


def chip_size(page: Page, line: Line) -> tuple[float, float]:
    """Return width and height of a letter's chip."""
    height = min(line.rhythm.band, round(page.rhythms[0].size * 0.68))
    return round(height * 1.0), height


def _with_chips(line: Line, found: Sequence[Stroke], width: float, height: float, top: float) -> list[Stroke]:
    """Set the letters side by side where marks begin together, the outermost first."""
    sign = -1 if line.rtl else 1
    free = float("-inf")
    placed: dict[int, QRectF] = {}
    for place in sorted(range(len(found)), key=lambda n: (sign * found[n].head, -found[n].piece.lane.lane)):
        stroke = found[place]
        if not stroke.begins:
            continue
        edge = max(sign * stroke.head, free)
        free = edge + width + 1
        placed[place] = QRectF(edge if sign > 0 else -edge - width, top, width, height)
    return [stroke._replace(chip=placed.get(n)) if n in placed else stroke for n, stroke in enumerate(found)]
