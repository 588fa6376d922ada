"""Paint what lies under the words and what lies between the lines, for the lines that are visible."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.model.span import Fragment, Span
from annotator.ui.look.theme import Strength
from annotator.ui.reader import geometry
from annotator.ui.reader.curves import paint_number
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.others import Row
from annotator.ui.reader.page import Page
from annotator.ui.reader.rhythm import BASELINE
from annotator.ui.reader.stroke_paint import StrokePainter
from annotator.ui.reader.strokes import Stroke, strokes

_ROUND = 2.5
_GROW = 1.5
"""How much higher the wash of an outer mark is than that of the one it holds."""


class Aside(NamedTuple):
    """A note: what it is known by, the code point it stands at, its words, and whether it is settled."""

    key: str
    start: int
    words: str
    settled: bool


@dataclass
class Scene:
    """What there is to paint, besides the text."""

    page: Page
    index: MarkIndex
    inks: Inks
    selected: str = ""
    hovered: str = ""
    selection: Span | None = None
    caret: int | None = None
    here: int | None = None
    at: int = 0
    """The caret's position, shown or not."""
    hits: Sequence[Fragment] = ()
    hit_starts: Sequence[int] = ()
    current_hit: Fragment | None = None
    armed: str = ""
    family: frozenset[str] = frozenset()
    """Marks that belong to what is looked at: the parts of a frame, the ends of links."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Digits by which marks can be chosen; they stand in place of the letters."""
    asides: Sequence[Aside] = ()
    """Notes that have a sign in the margin."""
    rows: Sequence[Row] = ()
    """Others' labels, below the lanes."""
    looked: str = ""
    """The mark of somebody else that is looked at, and `passed`: the one under the mouse."""
    passed: str = ""
    drawn: list[tuple[Line, list[Stroke]]] = field(default_factory=list)

    def loudness(self) -> tuple[frozenset[str], Strength]:
        """Return the marks that are looked at, and how loud the others are."""
        lit = frozenset((self.selected, self.hovered, *self.family, *self.numbers)) - {""}
        return lit, Strength.FADED if lit else Strength.REST


def prepare(scene: Scene, bands: Sequence[tuple[float, float]]) -> None:
    """Work out the lines in these bands, each between two heights, and their strokes, once for both passes."""
    page, index = scene.page, scene.index
    folded = page.folds.folded
    lines = {(line.base, line.start): line for band in bands for line in geometry.lines_between(page, *band)}
    scene.drawn = [(line, [] if line.number in folded else strokes(page, index, line)) for line in lines.values()]


def paint_under(painter: QPainter, scene: Scene) -> None:
    """Paint washes, hits and the selection, which lie under the words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    lit, quiet = scene.loudness()
    for line, on_line in scene.drawn:
        _paint_here(painter, scene, line)
        for stroke in sorted(on_line, key=lambda each: (each.piece.mark in lit, -each.piece.lane.lane)):
            strength = Strength.LIT if stroke.piece.mark in lit else quiet
            _paint_wash(painter, scene, line, stroke, strength)
    for line, _ in scene.drawn:
        _paint_hits(painter, scene, line)
        if scene.selection:
            painter.setPen(Qt.PenStyle.NoPen)
            _paint_words(painter, scene, line, scene.selection.fragments, _selection_color(scene))


def paint_over(painter: QPainter, scene: Scene) -> None:
    """Paint the lanes, letters, handles and the caret, which lie between the lines of words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lit, quiet = scene.loudness()
    marks = StrokePainter(painter, scene.inks)
    for line, on_line in scene.drawn:
        # Those that are looked at are painted last: one sees their whole extent, also where others lie within them.
        in_turn = [(each, quiet) for each in on_line if each.piece.mark not in lit]
        in_turn += [(each, Strength.LIT) for each in on_line if each.piece.mark in lit]
        for stroke, strength in in_turn:
            marks.paint(line, stroke, strength)
        for stroke, strength in in_turn:
            number = scene.numbers.get(stroke.piece.mark)
            if stroke.chip is None:
                continue
            if number is not None and stroke.piece.first:
                paint_number(painter, stroke.chip.adjusted(0, 0, 1, 1), number, scene.inks)
            else:
                marks.paint_letter(stroke, strength, stroke.chip)
        for stroke in on_line:
            if stroke.piece.mark == scene.selected:
                marks.paint_handles(line, stroke)
    if scene.selection:
        _paint_selection_ends(painter, scene, scene.selection)
    if scene.caret is not None:
        painter.fillRect(caret_box(scene.page, scene.caret), QColor(scene.inks.theme.accent))


def caret_box(page: Page, position: int) -> QRectF:
    """Return where the caret before a code point is painted."""
    line = geometry.line_of_position(page, position)
    x = round(geometry.caret_x(page, line, position))
    size = page.rhythms[0] if line.rhythm.size < page.rhythms[0].size else line.rhythm
    return QRectF(x - 1, line.baseline - size.above, 2, size.above + size.below)


def _paint_here(painter: QPainter, scene: Scene, line: Line) -> None:
    """The hair line in the margin at the paragraph that the caret is in."""
    if scene.here is None or line.number != scene.here:
        return
    rhythm = line.rhythm
    x = line.left - 18 if not scene.page.rtl else line.left + line.text.width() + 16
    top = line.baseline - (rhythm.leading * BASELINE if line.wraps_in else rhythm.above)
    bottom = line.baseline + (rhythm.leading * (1 - BASELINE) if line.wraps_out else rhythm.below)
    painter.fillRect(QRectF(round(x), top, 1.5, bottom - top), QColor(scene.inks.theme.line))


def _paint_wash(painter: QPainter, scene: Scene, line: Line, stroke: Stroke, strength: Strength) -> None:
    painter.setBrush(scene.inks.wash(stroke.piece.label, strength))
    grow = _GROW * min(stroke.piece.lane.lane, 3)
    for low, high in stroke.parts:
        painter.drawRoundedRect(
            QRectF(low - 0.5, line.top - grow, high - low + 1, line.rhythm.above + line.rhythm.below + grow),
            _ROUND,
            _ROUND,
        )


def _selection_color(scene: Scene) -> QColor:
    """Neutral, since the words have no label yet; with a label armed, the colour they will have."""
    return scene.inks.wash(scene.armed, Strength.LIT) if scene.armed else QColor(scene.inks.theme.selection)


def _paint_hits(painter: QPainter, scene: Scene, line: Line) -> None:
    if not scene.hits:
        return
    theme = scene.inks.theme
    place = max(0, bisect_left(scene.hit_starts, line.start) - 1)
    while place < len(scene.hits) and scene.hits[place].start < line.end:
        hit = scene.hits[place]
        current = hit == scene.current_hit
        painter.setPen(QPen(QColor(theme.warning), 1.25) if current else Qt.PenStyle.NoPen)
        _paint_words(painter, scene, line, (hit,), QColor(theme.find_current if current else theme.find))
        place += 1


def _paint_words(painter: QPainter, scene: Scene, line: Line, fragments: Iterable[Fragment], color: QColor) -> None:
    painter.setBrush(color)
    for fragment in fragments:
        for low, high in geometry.extents(scene.page, line, fragment.start, fragment.end):
            box = QRectF(low - 0.5, line.top - 2, high - low + 1, line.rhythm.above + line.rhythm.below + 3)
            painter.drawRoundedRect(box, _ROUND, _ROUND)


def _paint_selection_ends(painter: QPainter, scene: Scene, selection: Span) -> None:
    """A thin upright at each end of each fragment: one sees exactly which words it takes."""
    color = QColor(scene.inks.theme.accent)
    for line, _ in scene.drawn:
        for fragment in selection.fragments:
            parts = geometry.extents(scene.page, line, fragment.start, fragment.end)
            if not parts:
                continue
            head, tail = parts[0][0], parts[-1][1]
            if line.rtl:
                head, tail = tail, head
            height = line.rhythm.above + line.rhythm.below + 3
            if line.start <= fragment.start:
                painter.fillRect(QRectF(head - 1, line.top - 2, 1.5, height), color)
            if fragment.end <= line.end:
                painter.fillRect(QRectF(tail - 0.5, line.top - 2, 1.5, height), color)
