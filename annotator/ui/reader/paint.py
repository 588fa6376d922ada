"""Paint what lies under the words and what lies between the lines, for the lines that are visible."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from annotator.model.span import Fragment, Span
from annotator.ui.reader import geometry
from annotator.ui.reader.curves import paint_number
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.others import Row
from annotator.ui.reader.page import Page
from annotator.ui.reader.strokes import KNOB_AWAY, Stroke, strokes
from annotator.ui.theme import Strength

_ROUND = 2.5
_GROW = 1.5
"""How much higher the wash of an outer mark is than that of the one it holds."""
KNOB = 4.0
"""Radius of a handle's knob."""


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

    def strength(self, mark: str) -> Strength:
        """Return how loud a mark is."""
        if mark in (self.selected, self.hovered) or mark in self.family or mark in self.numbers:
            return Strength.LIT
        looking = self.selected or self.hovered or self.family or self.numbers
        return Strength.FADED if looking else Strength.REST


def prepare(scene: Scene, top: float, bottom: float) -> None:
    """Work out the lines between two heights and their strokes, once for both passes."""
    page, index = scene.page, scene.index
    folded = page.folds.folded
    lines = geometry.lines_between(page, top, bottom)
    scene.drawn = [(line, [] if line.number in folded else strokes(page, index, line)) for line in lines]


def paint_under(painter: QPainter, scene: Scene) -> None:
    """Paint washes, hits and the selection, which lie under the words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for line, on_line in scene.drawn:
        _paint_here(painter, scene, line)
        for stroke in sorted(on_line, key=lambda each: (_is_lit(scene, each), -each.piece.lane.lane)):
            _paint_wash(painter, scene, line, stroke)
    for line, _ in scene.drawn:
        _paint_hits(painter, scene, line)
        if scene.selection:
            painter.setPen(Qt.PenStyle.NoPen)
            _paint_words(painter, scene, line, scene.selection.fragments, _selection_color(scene))


def paint_over(painter: QPainter, scene: Scene) -> None:
    """Paint the lanes, letters, handles and the caret, which lie between the lines of words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line, on_line in scene.drawn:
        quiet_first = sorted(on_line, key=lambda each: _is_lit(scene, each))
        for stroke in quiet_first:
            _paint_stroke(painter, scene, line, stroke)
        for stroke in quiet_first:
            if stroke.chip is not None:
                _paint_chip(painter, scene, stroke, stroke.chip)
        for stroke in on_line:
            if stroke.piece.mark == scene.selected:
                _paint_handles(painter, scene, line, stroke)
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


def _is_lit(scene: Scene, stroke: Stroke) -> bool:
    """Such marks are painted last: one sees their whole extent, also where others lie within them."""
    return scene.strength(stroke.piece.mark) is Strength.LIT


def _paint_here(painter: QPainter, scene: Scene, line: Line) -> None:
    """The hair line in the margin at the paragraph that the caret is in."""
    if scene.here is None or line.number != scene.here:
        return
    rhythm = line.rhythm
    x = line.left - 18 if not scene.page.rtl else line.left + line.text.width() + 16
    top = line.baseline - rhythm.leading * 0.8 + (0 if line.wraps_in else rhythm.leading * 0.8 - rhythm.above)
    bottom = line.baseline + (rhythm.leading * 0.2 if line.wraps_out else rhythm.below)
    painter.fillRect(QRectF(round(x), top, 1.5, bottom - top), QColor(scene.inks.theme.line))


def _paint_wash(painter: QPainter, scene: Scene, line: Line, stroke: Stroke) -> None:
    painter.setBrush(scene.inks.wash(stroke.piece.label, scene.strength(stroke.piece.mark)))
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
            if scene.page.rtl:
                head, tail = tail, head
            height = line.rhythm.above + line.rhythm.below + 3
            if line.start <= fragment.start:
                painter.fillRect(QRectF(head - 1, line.top - 2, 1.5, height), color)
            if fragment.end <= line.end:
                painter.fillRect(QRectF(tail - 0.5, line.top - 2, 1.5, height), color)


def _paint_stroke(painter: QPainter, scene: Scene, line: Line, stroke: Stroke) -> None:
    """The line in its lane, a notch where a fragment ends, dots where the mark goes on."""
    piece = stroke.piece
    color = scene.inks.line(piece.label, scene.strength(piece.mark))
    for low, high in stroke.parts:
        _paint_lane(painter, scene, stroke, low, high)
    sign = -1 if scene.page.rtl else 1
    foot = line.baseline + line.rhythm.below - 1
    if stroke.ends:
        _paint_notch(painter, color, stroke, stroke.tail - sign * 0.75, foot)
        if not piece.last:
            _paint_dots(painter, color, stroke, stroke.tail + sign * 3, sign, equal=True)
    elif stroke.goes:
        _paint_dots(painter, color, stroke, stroke.tail + sign * 2.5, sign, equal=False)
    if stroke.begins:
        _paint_notch(painter, color, stroke, stroke.head + sign * 0.75, foot)
        if not piece.first:
            _paint_dots(painter, color, stroke, stroke.head - sign * 3, -sign, equal=True)
    elif stroke.comes:
        _paint_dots(painter, color, stroke, stroke.head - sign * 2.5, -sign, equal=False)


def _paint_lane(painter: QPainter, scene: Scene, stroke: Stroke, low: float, high: float) -> None:
    thickness, top, label = stroke.thickness, stroke.top, stroke.piece.label
    strength = scene.strength(stroke.piece.mark)
    color = scene.inks.line(label, strength)
    style = scene.inks.label(label).line
    if style == "solid":
        painter.fillRect(QRectF(low, top, high - low, thickness), color)
    elif style == "double":
        thin = max(0.75, round(thickness) / 3)
        painter.fillRect(QRectF(low, top, high - low, thin), color)
        painter.fillRect(QRectF(low, top + thickness - thin, high - low, thin), color)
    else:
        tile = scene.inks.tile(label, strength, thickness, painter.device().devicePixelRatioF())
        painter.drawTiledPixmap(QRectF(low, top, high - low, thickness), tile)


def _paint_notch(painter: QPainter, color: QColor, stroke: Stroke, x: float, foot: float) -> None:
    painter.fillRect(QRectF(x - 0.75, foot - 2.5, 1.5, stroke.top + stroke.thickness - foot + 2.5), color)


def _paint_dots(painter: QPainter, color: QColor, stroke: Stroke, x: float, sign: int, *, equal: bool) -> None:
    """Three dots: of one size where another fragment follows, shrinking where only the line is wrapped."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for number in range(3 if equal else 2):
        radius = stroke.thickness / 2 * (0.8 if equal else 0.75 - 0.3 * number)
        painter.drawEllipse(QPointF(x + sign * number * (stroke.thickness + 1.5), stroke.middle), radius, radius)


def _paint_chip(painter: QPainter, scene: Scene, stroke: Stroke, chip: QRectF) -> None:
    """The label's letter: filled where the mark begins, outlined where a later fragment does."""
    piece = stroke.piece
    number = scene.numbers.get(piece.mark)
    if number is not None and piece.first:
        paint_number(painter, chip.adjusted(0, 0, 1, 1), number, scene.inks)
        return
    strength = scene.strength(piece.mark)
    color, ink = scene.inks.chip(piece.label, strength)
    page = QColor(scene.inks.theme.page)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(page)
    painter.drawRoundedRect(chip.adjusted(-1, 0, 1, 1), 3, 3)
    if piece.first:
        painter.setBrush(color)
        painter.drawRoundedRect(chip, 2.5, 2.5)
    else:
        painter.setPen(QPen(color, 1))
        painter.setBrush(page)
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        ink = color
    painter.setFont(chip_font(chip.height()))
    painter.setPen(ink)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, scene.inks.label(piece.label).letter)


@cache
def chip_font(height: float) -> QFont:
    """Return the face of the letters in chips of that height: one for all, to be copied before it is changed."""
    font = QFont()
    font.setFamilies(["Source Sans 3", "Vazirmatn", "Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans"])
    font.setPixelSize(max(7, round(height * 0.86)))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _paint_handles(painter: QPainter, scene: Scene, line: Line, stroke: Stroke) -> None:
    """An upright and a knob at each edge; the knob lies outside, where it hides neither words nor letters."""
    color = scene.inks.line(stroke.piece.label, Strength.LIT)
    sign = -1 if scene.page.rtl else 1
    for shown, edge, way in ((stroke.begins, stroke.head, -sign), (stroke.ends, stroke.tail, sign)):
        if not shown:
            continue
        x = edge + way
        knob = QPointF(edge + way * KNOB_AWAY, line.baseline + line.rhythm.band_top + KNOB + 1)
        painter.fillRect(QRectF(x - 1, line.top - 2, 2, knob.y() - line.top + 2), color)
        painter.setPen(QPen(QColor(scene.inks.theme.page), 1.25))
        painter.setBrush(color)
        painter.drawEllipse(knob, KNOB + 0.6, KNOB + 0.6)
