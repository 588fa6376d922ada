"""What one label is painted with at one strength, and what is drawn with it: its letter, and the dots where it goes on."""

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen


class Ink(NamedTuple):
    """Colours, letter and line style of a label at one strength.

    Attributes:
        wash: behind its words. line: of its line. chip, ink: behind its letter, and the letter itself.
        page: what is behind everything. style: one of `annotator.model.codebook.LINES`.
    """

    wash: QColor
    line: QColor
    chip: QColor
    ink: QColor
    page: QColor
    style: str
    letter: str


@cache
def chip_font(height: float) -> QFont:
    """Return the face of the letters in chips of that height: one for all, to be copied before it is changed."""
    font = QFont()
    font.setFamilies(["Source Sans 3", "Vazirmatn", "Inter", "Segoe UI", "Helvetica Neue", "DejaVu Sans"])
    font.setPixelSize(max(7, round(height * 0.86)))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def draw_chip(painter: QPainter, chip: QRectF, ink: Ink, *, filled: bool) -> None:
    """Draw the letter: filled where a mark begins, outlined where a later fragment of it does."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.page)
    painter.drawRoundedRect(chip.adjusted(-1, 0, 1, 1), 3, 3)
    if filled:
        painter.setBrush(ink.chip)
        painter.drawRoundedRect(chip, 2.5, 2.5)
    else:
        painter.setPen(QPen(ink.chip, 1))
        painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
    painter.setFont(chip_font(chip.height()))
    painter.setPen(ink.ink if filled else ink.chip)
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, ink.letter)


def draw_dots(painter: QPainter, first: QPointF, thickness: float, way: int, color: QColor, *, equal: bool) -> None:
    """Draw dots from the `first` one on to one side: three of one size, or two that shrink."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for number in range(3 if equal else 2):
        radius = thickness / 2 * (0.8 if equal else 0.75 - 0.3 * number)
        painter.drawEllipse(first + QPointF(way * number * (thickness + 1.5), 0), radius, radius)
