"""A few words with a mark on them, as they look in the text, in the light face and in the dark one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.model.codebook import Label
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.drawing import RADIUS, paint_line
from annotator.ui.look.theme import DARK, LIGHT, Theme, line_color, wash

_BEFORE, _MARKED, _AFTER = "It is said that ", "the bridge was closed", " in May."


class Sample(QWidget):
    """The two faces side by side."""

    def __init__(self, paints: Paints) -> None:
        super().__init__()
        self._paints = paints
        self._label: Label | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_label(self, label: Label) -> None:
        """Show the looks of a label."""
        self._label = label
        self.setAccessibleName(f"How {label.name} looks in the text")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for one line of text."""
        return QSize(300, self.fontMetrics().height() + 44)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint both faces."""
        if self._label is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() / 2
        for left, theme in ((0.0, LIGHT), (half, DARK)):
            painter.save()
            painter.setClipRect(QRectF(left, 0, half, self.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.page))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            self._paint_words(painter, QRectF(left, 0, half, self.height()), theme, self._label)
            painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._paints.theme.line), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_words(self, painter: QPainter, area: QRectF, theme: Theme, label: Label) -> None:
        font = QFont(["Source Serif 4"])
        font.setPointSizeF(self.font().pointSizeF() * 1.12)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        widths = [metrics.horizontalAdvance(each) for each in (_BEFORE, _MARKED, _AFTER)]
        room = area.width() - 24
        shown = (_BEFORE, _MARKED, _AFTER) if sum(widths) <= room else ("", _MARKED, "")
        widths = [metrics.horizontalAdvance(each) for each in shown]
        x = area.left() + max((area.width() - sum(widths)) / 2, 8)
        top = area.center().y() - metrics.height() / 2 - 3
        marked = QRectF(x + widths[0], top, widths[1], metrics.height())
        painter.fillRect(marked, QColor(wash(theme, label.color)))
        line = QRectF(marked.left(), marked.bottom() + 2, marked.width(), 4)
        paint_line(painter, line, label.line, QColor(line_color(theme, label.color)))
        painter.setPen(QColor(theme.text))
        for words, width in zip(shown, widths, strict=True):
            painter.drawText(QRectF(x, top, width + 4, metrics.height()), Qt.AlignmentFlag.AlignLeft, words)
            x += width
