"""Paint what one mark has below one line: its line in the lane, where it ends or goes on, its letter, its handles."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.ui.look.theme import Strength
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.ink import Ink, draw_chip, draw_dots
from annotator.ui.reader.inks import MARGIN, Inks
from annotator.ui.reader.strokes import KNOB_AWAY, Stroke

KNOB = 4.0
"""Radius of a handle's knob."""


class StrokePainter:
    """Paints with one painter, in one theme. Made anew for every painting."""

    def __init__(self, painter: QPainter, inks: Inks) -> None:
        self._painter = painter
        self._inks = inks
        self._ratio = painter.device().devicePixelRatioF()
        self._has_pictures = self._ratio == 1
        """Whether what is painted often comes from a picture: between the pixels of a screen it would be blurred."""

    def paint(self, line: Line, stroke: Stroke, strength: Strength) -> None:
        """Paint the line in its lane, a notch where a fragment ends, dots where the mark goes on."""
        piece = stroke.piece
        ink = self._inks.of(piece.label, strength)
        for low, high in stroke.parts:
            self._paint_lane(ink, stroke, strength, low, high)
        sign = -1 if line.rtl else 1
        foot = line.baseline + line.rhythm.below - 1
        if stroke.ends:
            self._paint_notch(ink, stroke, stroke.tail - sign * 0.75, foot)
            if not piece.last:
                self._paint_dots(ink, stroke, strength, stroke.tail + sign * 3, sign, equal=True)
        elif stroke.goes:
            self._paint_dots(ink, stroke, strength, stroke.tail + sign * 2.5, sign, equal=False)
        if stroke.begins:
            self._paint_notch(ink, stroke, stroke.head + sign * 0.75, foot)
            if not piece.first:
                self._paint_dots(ink, stroke, strength, stroke.head - sign * 3, -sign, equal=True)
        elif stroke.comes:
            self._paint_dots(ink, stroke, strength, stroke.head - sign * 2.5, -sign, equal=False)

    def paint_letter(self, stroke: Stroke, strength: Strength, chip: QRectF) -> None:
        """Paint the label's letter: filled where the mark begins, outlined where a later fragment does."""
        label, first = stroke.piece.label, stroke.piece.first
        if self._has_pictures:
            picture = self._inks.letter(label, strength, chip.width(), chip.height(), first)
            self._painter.drawPixmap(QPointF(round(chip.x()) - MARGIN, round(chip.y()) - MARGIN), picture)
        else:
            draw_chip(self._painter, chip, self._inks.of(label, strength), filled=first)

    def paint_handles(self, line: Line, stroke: Stroke) -> None:
        """Paint an upright and a knob at each edge; the knob lies outside, where it hides neither words nor letters."""
        painter = self._painter
        color = self._inks.line(stroke.piece.label, Strength.LIT)
        sign = -1 if line.rtl else 1
        for shown, edge, way in ((stroke.begins, stroke.head, -sign), (stroke.ends, stroke.tail, sign)):
            if not shown:
                continue
            x = edge + way
            knob = QPointF(edge + way * KNOB_AWAY, line.baseline + line.rhythm.band_top + KNOB + 1)
            painter.fillRect(QRectF(x - 1, line.top - 2, 2, knob.y() - line.top + 2), color)
            painter.setPen(QPen(QColor(self._inks.theme.page), 1.25))
            painter.setBrush(color)
            painter.drawEllipse(knob, KNOB + 0.6, KNOB + 0.6)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_lane(self, ink: Ink, stroke: Stroke, strength: Strength, low: float, high: float) -> None:
        painter, thickness, top = self._painter, stroke.thickness, stroke.top
        if ink.style == "solid":
            painter.fillRect(QRectF(low, top, high - low, thickness), ink.line)
        elif ink.style == "double":
            thin = max(0.75, round(thickness) / 3)
            painter.fillRect(QRectF(low, top, high - low, thin), ink.line)
            painter.fillRect(QRectF(low, top + thickness - thin, high - low, thin), ink.line)
        else:
            tile = self._inks.tile(stroke.piece.label, strength, thickness, self._ratio)
            painter.drawTiledPixmap(QRectF(low, top, high - low, thickness), tile)

    def _paint_notch(self, ink: Ink, stroke: Stroke, x: float, foot: float) -> None:
        self._painter.fillRect(QRectF(x - 0.75, foot - 2.5, 1.5, stroke.top + stroke.thickness - foot + 2.5), ink.line)

    def _paint_dots(self, ink: Ink, stroke: Stroke, strength: Strength, x: float, way: int, *, equal: bool) -> None:
        """Three dots: of one size where another fragment follows, shrinking where only the line is wrapped."""
        thickness, top = stroke.thickness, stroke.top
        if self._has_pictures and thickness.is_integer() and top.is_integer():
            picture = self._inks.dots(stroke.piece.label, strength, thickness, way, equal)
            self._painter.drawPixmap(QPointF(round(x) - picture.width() / 2, top - MARGIN), picture)
        else:
            draw_dots(self._painter, QPointF(x, stroke.middle), thickness, way, ink.line, equal=equal)
