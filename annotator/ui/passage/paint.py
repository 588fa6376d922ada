"""Paint words, lanes and edges of the rows that are seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.model.span import Fragment
from annotator.ui.look.theme import Strength
from annotator.ui.passage.sheet import Sheet
from annotator.ui.passage.stack import Row
from annotator.ui.passage.version import Edge, Version
from annotator.ui.reader import geometry
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.ink import chip_font
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import Piece

_ROUND = 2.5
_GAP = 3.0
"""Between one lane's bar and the next (px)."""


@dataclass(slots=True)
class Scene:
    """What there is to paint.

    Attributes:
        left: where the column begins, in pixels of the sheet's viewport.
        spots: the words that are looked at. hot: the marks that they are about.
        edges: the edges that differ, by mark.
        emphasis: keys of the versions that it is between; empty: all of them.
        chosen: ids of the marks that a person has chosen, as in adjudication.
    """

    sheet: Sheet
    inks: Inks
    versions: Sequence[Version]
    left: float = 0.0
    spots: Sequence[Fragment] = ()
    hot: frozenset[str] = frozenset()
    edges: Mapping[str, frozenset[Edge]] = field(default_factory=dict)
    emphasis: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    flashed: Sequence[Fragment] = ()


def paint_row(painter: QPainter, scene: Scene, row: Row) -> None:
    """Paint one row; the painter stands at the top left of the sheet."""
    theme, line = scene.inks.theme, row.line
    painter.setPen(Qt.PenStyle.NoPen)
    for spots, color in ((scene.spots, theme.find), (scene.flashed, theme.accent_soft)):
        painter.setBrush(QColor(color))
        for start, end in spots:
            for low, high in _extents(scene, row, start, end):
                box = QRectF(low - 1, line.top - 1, high - low + 2, line.rhythm.above + line.rhythm.below + 2)
                painter.drawRoundedRect(box, _ROUND, _ROUND)
    painter.setPen(QColor(theme.text))
    line.text.draw(painter, QPointF(scene.left, line.baseline - line.text.ascent() - line.text.y()))
    if row.depths:
        for number, version in enumerate(scene.versions):
            _paint_version(painter, scene, row, number, version)


def bar(scene: Scene, row: Row, version: int, piece: Piece) -> list[QRectF]:
    """Return the bars of a piece in its lane, left to right."""
    top = scene.sheet.lane_top(row, version, piece.lane.lane)
    height = scene.sheet.lane_height - _GAP
    return [QRectF(low, top, high - low, height) for low, high in _extents(scene, row, piece.start, piece.end)]


def _extents(scene: Scene, row: Row, start: int, end: int) -> list[tuple[float, float]]:
    found = geometry.extents(scene.sheet, row.line, start, end)
    return [(low + scene.left, high + scene.left) for low, high in found]


def _paint_version(painter: QPainter, scene: Scene, row: Row, number: int, version: Version) -> None:
    if not row.depths[number]:
        return
    theme, sheet = scene.inks.theme, scene.sheet
    height = sheet.lane_height - _GAP
    top = sheet.lane_top(row, number, 0)
    foot = round(sheet.lane_top(row, number, row.depths[number]) - _GAP / 2) + 0.5
    painter.setPen(QPen(QColor(theme.line), 1))
    if any(row.depths[number + 1 :]):
        painter.drawLine(QLineF(scene.left, foot, scene.left + sheet.width, foot))
    loud = not scene.emphasis or version.key in scene.emphasis
    painter.setFont(chip_font(height * 1.15))
    painter.setPen(QColor(theme.text if loud else theme.muted))
    if sheet.rtl:
        box, side = QRectF(scene.left + sheet.width + 8, top - 2, 60, height + 4), Qt.AlignmentFlag.AlignLeft
    else:
        box, side = QRectF(scene.left - 68, top - 2, 60, height + 4), Qt.AlignmentFlag.AlignRight
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, version.tag)
    for piece in sheet.pieces(number, row.line):
        _paint_piece(painter, scene, row, number, piece)


def _paint_piece(painter: QPainter, scene: Scene, row: Row, number: int, piece: Piece) -> None:
    inks, line = scene.inks, row.line
    strength = Strength.LIT if piece.mark in scene.hot or not scene.spots else Strength.FADED
    boxes = bar(scene, row, number, piece)
    if not boxes:
        return
    color, _ = inks.chip(piece.label, strength)
    for box in boxes:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(inks.theme.page))
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        painter.setBrush(inks.wash(piece.label, strength))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        _paint_style(painter, inks, piece.label, strength, box)
        if piece.mark in scene.chosen:
            painter.setPen(QPen(QColor(inks.theme.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, _ROUND, _ROUND)
    begins = piece.opens and piece.start >= line.start
    ends = piece.closes and piece.end <= line.end
    head, tail = (boxes[-1].right(), boxes[0].left()) if line.rtl else (boxes[0].left(), boxes[-1].right())
    if begins:
        _paint_letter(painter, scene, line, boxes, piece, strength)
    differing = scene.edges.get(piece.mark, frozenset())
    for shown, x, edge in (
        (begins, head, Edge(piece.start, opens=True)),
        (ends, tail, Edge(piece.end, opens=False)),
    ):
        if shown and edge in differing and piece.mark in scene.hot:
            _paint_edge(painter, scene, row, x, boxes[0])
        elif shown:
            painter.fillRect(QRectF(x - 0.75, boxes[0].top() - 1, 1.5, boxes[0].height() + 2), color)


def _paint_style(painter: QPainter, inks: Inks, label: str, strength: Strength, box: QRectF) -> None:
    """The label's line along the foot of the bar, so that colour is not all that tells it."""
    style, thick = inks.label(label).line, 3.0
    color, top = inks.line(label, strength), box.bottom() - thick
    if style == "solid":
        painter.fillRect(QRectF(box.left(), top, box.width(), thick), color)
    elif style == "double":
        painter.fillRect(QRectF(box.left(), top, box.width(), 1), color)
        painter.fillRect(QRectF(box.left(), top + 2, box.width(), 1), color)
    else:
        tile = inks.tile(label, strength, thick, painter.device().devicePixelRatioF())
        painter.drawTiledPixmap(QRectF(box.left(), top, box.width(), thick), tile)


def _paint_letter(  # noqa: PLR0917 - what is painted, and where
    painter: QPainter, scene: Scene, line: Line, boxes: Sequence[QRectF], piece: Piece, strength: Strength
) -> None:
    color, ink = scene.inks.chip(piece.label, strength)
    side = boxes[0].height()
    left = boxes[-1].right() - side if line.rtl else boxes[0].left()
    chip = QRectF(left, boxes[0].top(), side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(chip, _ROUND, _ROUND)
    painter.setFont(chip_font(side))
    painter.setPen(ink)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, scene.inks.label(piece.label).letter)


def _paint_edge(painter: QPainter, scene: Scene, row: Row, x: float, box: QRectF) -> None:
    """An edge that another one has elsewhere: an upright from the words to the lane, with a knob at its foot."""
    color = QColor(scene.inks.theme.warning)
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, row.line.top, x, box.top()))
    painter.fillRect(QRectF(x - 1, box.top() - 1, 2, box.height() + 2), color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(x, box.bottom() + 1), 2.5, 2.5)
