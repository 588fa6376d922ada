"""The links of a reading view: which are shown, painting them, and what a click on one follows."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from annotator.ui.look.theme import Strength
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.links import SMALL, Curve, Drawn, Near, Picture, Screen, Tie, View, picture
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.notices import Note, Notice
from annotator.ui.reader.page import Page

_BEND = 5.0
_HEAD = 5.0
_REACH = 4.0
"""How far from a curve in the margin (px) a click still belongs to it."""


class Curves:
    """Links and notes of one view. What is drawn is worked out anew at every painting, for the screen alone."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._ties: tuple[Tie, ...] = ()
        self._notes: tuple[Note, ...] = ()
        self._near: Near | None = None
        self.floor = 0.0
        self.ceiling = 0.0
        """Heights at the bottom and the top of the viewport that something else covers."""
        self.picture = Picture()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._ties and not self._notes

    def show(self, ties: Sequence[Tie], notes: Sequence[Note] = ()) -> None:
        """Show these links, and name these marks where they are off the screen."""
        self._ties, self._notes = tuple(ties), tuple(notes)
        self.forget()

    def forget(self) -> None:
        """Marks have moved: look up anew where the links' ends are."""
        self._near = None
        self.picture = Picture()

    def draw(self, page: Page, index: MarkIndex, top: float, drawn: Drawn) -> None:
        """Work out what is seen of the links with the page scrolled to `top`, where the lines `drawn` are seen."""
        if self.is_empty:
            self.picture = Picture()
            return
        if self._near is None:
            self._near = Near(self._ties, index)
        size = self._widget.size()
        screen = Screen(page, index, View(top, size.height(), size.width()), drawn)
        ties = self._near.between(screen.start, screen.end)
        self.picture = picture(screen, ties, self._notes, self._metrics().horizontalAdvance, (self.ceiling, self.floor))

    def paint(self, painter: QPainter, inks: Inks) -> None:
        """Paint what was worked out."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for curve in self.picture.curves:
            _paint_curve(painter, curve, inks)
        painter.setFont(self._font(SMALL))
        for curve in self.picture.curves:
            if curve.word is not None:
                _paint_word(painter, curve.word, curve.tie.word, inks)
        painter.setFont(self._font())
        for notice in self.picture.notices:
            _paint_notice(painter, notice, inks, self._metrics())

    def end_at(self, point: QPointF, seen_from: str) -> str:
        """Return the annotation that a click at a point of the viewport goes to; "" where there is no link.

        `seen_from` is the mark from which one looks: a click goes to the link's other end.
        """
        for notice in self.picture.notices:
            if notice.goes and notice.box.contains(point):
                return notice.goes
        for curve in self.picture.curves:
            if _touches(curve, point):
                return curve.tie.origin if curve.tie.target in ("", seen_from) else curve.tie.target
        return ""

    def _font(self, scale: float = 1.0) -> QFont:
        font = QFont(["Source Sans 3", "Vazirmatn", "Inter", "Segoe UI", "DejaVu Sans"])
        font.setPixelSize(round(scale * max(12, self._widget.fontMetrics().height() * 0.66)))
        return font

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._font())


def _touches(curve: Curve, point: QPointF) -> bool:
    """Whether a point lies at the upright part of a curve, its word or its sign: what lies between lines is a mark's."""
    if curve.word is not None and curve.word.contains(point):
        return True
    if curve.sign is not None and (curve.sign - point).manhattanLength() < 2 * _HEAD:
        return True
    for one, other in zip(curve.corners, curve.corners[1:], strict=False):
        if one.x() == other.x():
            low, high = sorted((one.y(), other.y()))
            if abs(point.x() - one.x()) <= _REACH and low - _REACH <= point.y() <= high + _REACH:
                return True
    return False


def _paint_curve(painter: QPainter, curve: Curve, inks: Inks) -> None:
    color = QColor(inks.line(curve.tie.label, Strength.LIT)) if curve.tie.label else QColor(inks.theme.muted)
    painter.setPen(QPen(color, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_rounded(curve.corners))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(curve.corners[0], 2.2, 2.2)
    if curve.head is not None:
        tip, way, up = curve.head
        painter.drawPolygon(_arrow(tip, way, up))
    if curve.sign is not None:
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(QColor(inks.theme.page))
        painter.drawEllipse(curve.sign, _HEAD, _HEAD)
        reach = QPointF(_HEAD * 0.9, -_HEAD * 0.9)
        painter.drawLine(curve.sign - reach, curve.sign + reach)


def _rounded(corners: Sequence[QPointF]) -> QPainterPath:
    path = QPainterPath(corners[0])
    for before, here, after in zip(corners, corners[1:], corners[2:], strict=False):
        path.lineTo(_toward(here, before))
        path.quadTo(here, _toward(here, after))
    path.lineTo(corners[-1])
    return path


def _toward(here: QPointF, there: QPointF) -> QPointF:
    """Return the point a bend's radius away from a corner, or half-way where the next one is near."""
    way = there - here
    length = abs(way.x()) + abs(way.y())
    return here + way * (min(_BEND, length / 2) / length) if length else here


def _arrow(tip: QPointF, way: int, up: int) -> QPolygonF:
    back = QPointF(-way * _HEAD * 1.3, -up * _HEAD * 1.3)
    across = QPointF(up * _HEAD * 0.65, way * _HEAD * 0.65)
    return QPolygonF([tip, tip + back + across, tip + back - across])


def _paint_word(painter: QPainter, box: QRectF, word: str, inks: Inks) -> None:
    painter.fillRect(box, QColor(inks.theme.page))
    painter.setPen(QColor(inks.theme.muted))
    shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def _paint_notice(painter: QPainter, notice: Notice, inks: Inks, metrics: QFontMetricsF) -> None:
    theme = inks.theme
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(notice.box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    words = notice.box.adjusted(8, 0, -8, 0)
    if notice.number:
        chip = QRectF(notice.box.left() + 4, notice.box.center().y() - 7, 14, 14)
        paint_number(painter, chip, notice.number, inks)
        words.setLeft(chip.right() + 6)
    painter.setPen(QColor(theme.text))
    text = metrics.elidedText(notice.text, Qt.TextElideMode.ElideRight, words.width() + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def paint_number(painter: QPainter, chip: QRectF, number: int, inks: Inks) -> None:
    """Paint the digit that chooses a mark."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(inks.theme.accent))
    painter.drawRoundedRect(chip, 3, 3)
    font = QFont(painter.font())
    font.setPixelSize(max(9, round(chip.height() * 0.86)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor(inks.theme.on_accent))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.restore()
