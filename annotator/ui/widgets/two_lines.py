"""Rows of two lines, as most lists have them: what it is, below it what else is to be known, a sign before both."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_LEAST = 48
_INDENT = 24
"""How far the lines stand in where there is a sign (px)."""


class Sign(Enum):
    """What stands before the lines."""

    WAITS = "!"
    TAKEN = "✓"
    TAKEN_ALIKE = "✓."
    LEFT = "–"
    OPEN = "○"


class Lines(NamedTuple):
    """What a row says. Colours are ``#rrggbb``.

    Attributes:
        sign: and its colour; None: nothing, and the lines begin at the left.
    """

    above: str
    color: str
    below: str
    below_color: str
    sign: tuple[Sign, str] | None = None


class TwoLines(QStyledItemDelegate):
    """Paints such rows. Subclasses say in `lines` what stands in one."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def lines(self, index: Index) -> Lines:
        """Return what a row says."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        paint_row(painter, option, self.theme)
        said = self.lines(index)
        area = option.rect.adjusted(16, 4, -16, -4)
        if said.sign is not None:
            sign, color = said.sign
            _draw(painter, QPointF(area.left() + 6, area.center().y() + 0.5), sign, color)
            area.adjust(_INDENT, 0, 0, 0)
        half = area.height() // 2
        above = QRect(area.left(), area.top(), area.width(), half)
        draw_words(painter, above, said.above, option.font, QColor(said.color))
        below = QRect(area.left(), area.top() + half, area.width(), area.height() - half)
        draw_words(painter, below, said.below, small(option.font), QColor(said.below_color))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row, more where the text is larger."""
        return QSize(120, max(_LEAST, 2 * option.fontMetrics.lineSpacing() + 12))


def _draw(painter: QPainter, center: QPointF, sign: Sign, color: str) -> None:
    """Draw a sign, twelve pixels wide."""
    is_thin = sign in {Sign.LEFT, Sign.OPEN}
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), 1.5 if is_thin else 2))
    match sign:
        case Sign.WAITS:
            painter.drawLine(center + QPointF(0, -5), center + QPointF(0, 1.5))
            painter.drawPoint(center + QPointF(0, 5))
        case Sign.TAKEN | Sign.TAKEN_ALIKE:
            painter.drawPolyline([center + QPointF(-4.5, 0), center + QPointF(-1, 3.5), center + QPointF(5, -4)])
            if sign is Sign.TAKEN_ALIKE:
                painter.drawPoint(center + QPointF(7, 5))
        case Sign.LEFT:
            painter.drawLine(center + QPointF(-4, 0), center + QPointF(4, 0))
        case Sign.OPEN:
            painter.drawEllipse(center, 5, 5)
    painter.restore()
