"""What the lists paint: rows, wrapped words, the signs of an article's state, the chip of a label."""

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from annotator.model.article import State
from annotator.ui.look.theme import Theme

STATE_SIGNS = {State.NEW: "○", State.IN_PROGRESS: "◐", State.DONE: "●", State.EMPTY: "∅"}
"""The signs as characters, for legends and screen readers; in the list they are drawn."""
RADIUS = 6
GRID = 8
_ON_ONE_LINE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
AT_LEFT, AT_RIGHT = _ON_ONE_LINE | Qt.AlignmentFlag.AlignLeft, _ON_ONE_LINE | Qt.AlignmentFlag.AlignRight


def paint_row(painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, current: bool = False) -> None:
    """Paint a row's background: chosen, under the mouse, and the ring of keyboard focus."""
    state = option.state
    rect = QRectF(option.rect).adjusted(4, 1, -4, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected or current:
        painter.setBrush(QColor(theme.accent_soft))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(theme.hover))
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.restore()


def paint_heading(painter: QPainter, option: QStyleOptionViewItem, theme: Theme, name: str, count: str) -> None:
    """Paint the heading of a group at the foot of its row, near the rows that it is about, with how many these are."""
    area = option.rect.adjusted(16, 0, -16, -4)
    font, dim = strong(small(option.font)), QColor(theme.muted)
    height = option.fontMetrics.lineSpacing()
    line = QRect(area.left(), area.bottom() - height, area.width(), height)
    width = QFontMetrics(font).horizontalAdvance(count)
    draw_words(painter, line.adjusted(0, 0, -width - 8, 0), name, font, dim)
    draw_words(painter, QRect(line.right() - width, line.top(), width + 2, height), count, small(option.font), dim)


def draw_words(painter: QPainter, rect: QRect, text: str, font: QFont, color: QColor, *, lines: int = 1) -> None:
    """Draw `text` in at most `lines` lines, centred from top to bottom, the last one cut with an ellipsis.

    Text of a script that is written from right to left stands at the right.
    """
    rows = wrapped(text, font, rect.width(), lines)
    height = QFontMetrics(font).lineSpacing()
    top = rect.top() + (rect.height() - height * len(rows)) // 2
    painter.setFont(font)
    painter.setPen(color)
    is_backward = is_right_to_left(text)
    flags = AT_RIGHT if is_backward else AT_LEFT
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_backward else Qt.LayoutDirection.LeftToRight)
    for number, row in enumerate(rows):
        line = QRect(rect.left(), top + number * height, rect.width(), height)
        painter.drawText(line, flags, row)


def wrapped(text: str, font: QFont, width: int, lines: int) -> tuple[str, ...]:
    """Break `text` into at most `lines` rows of at most `width` pixels; the last one is cut with an ellipsis."""
    return _wrapped(text, font.toString(), max(width, 1), lines)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


@lru_cache(maxsize=4096)
def _wrapped(text: str, font_key: str, width: int, lines: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    text = " ".join(text.split())
    # What is only just as wide as the row is cut, too: the advance is rounded.
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if lines == 1 or cut == text:
        return (cut,)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    # Offsets of QTextLayout are UTF-16 units; the rows are cut from the text in that encoding.
    units = text.encode("utf-16-le")
    rows = []
    while len(rows) < lines - 1:
        line = layout.createLine()
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        rows.append(units[2 * start : 2 * (start + length)].decode("utf-16-le").rstrip())
        if 2 * (start + length) >= len(units):
            break
    layout.endLayout()
    rest = units[2 * (start + length) :].decode("utf-16-le")
    if rest:
        rows.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return tuple(rows)


def paint_sign(painter: QPainter, center: QPointF, state: State, color: QColor, size: float = 12) -> None:
    """Draw the sign of an article's state: a ring, half full, full, or struck through."""
    radius = size / 2 - 0.75
    ring = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(color if state == State.DONE else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if state == State.IN_PROGRESS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif state == State.EMPTY:
        reach = radius * 0.72
        painter.drawLine(center + QPointF(-reach, reach), center + QPointF(reach, -reach))
    painter.restore()


def paint_line(painter: QPainter, rect: QRectF, line: str, color: QColor) -> None:
    """Draw a label's line style (one of `annotator.model.codebook.LINES`) along the middle of `rect`."""
    middle = rect.center().y()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if line == "double":
        painter.setPen(QPen(color, 1.25))
        for offset in (-1.5, 1.5):
            painter.drawLine(QPointF(rect.left(), middle + offset), QPointF(rect.right(), middle + offset))
    else:
        pen = QPen(color, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if line != "solid":
            pen.setDashPattern([2.2, 1.2] if line == "dashed" else [0.9, 0.9])
        painter.setPen(pen)
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    painter.restore()


def small(font: QFont) -> QFont:
    """Return the font of secondary words: a step smaller."""
    made = QFont(font)
    made.setPointSizeF(max(font.pointSizeF() * 0.92, 7.5))
    return made


def strong(font: QFont) -> QFont:
    """Return the font of names: half bold."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
