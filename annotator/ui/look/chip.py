"""The chip of a label: its letter on its wash, with its line below, as the mark in the text has them."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from annotator.model.codebook import Label
from annotator.ui.look.drawing import paint_line
from annotator.ui.look.theme import Strength, Theme, line_color, wash

SIZE = 24


def paint_chip(painter: QPainter, rect: QRectF, label: Label, theme: Theme, font: QFont) -> None:
    """Draw a label's chip into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(wash(theme, label.color, Strength.LIT)))
    painter.drawRoundedRect(rect, 4, 4)
    letter = QFont(font)
    letter.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letter)
    painter.setPen(QColor(theme.text))
    painter.drawText(rect.adjusted(0, 0, 0, -4), Qt.AlignmentFlag.AlignCenter, label.letter)
    painter.restore()
    line = QRectF(rect.left() + 2, rect.bottom() - 5, rect.width() - 4, 4)
    paint_line(painter, line, label.line, QColor(line_color(theme, label.color)))
