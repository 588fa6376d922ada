"""Disagreement taken apart: one bar whose parts open their passages, and a tolerance that moves them at once."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolTip, QVBoxLayout, QWidget

from annotator.model.colour import mix
from annotator.project.report import Edge, Report
from annotator.project.wanted import Wanted
from annotator.ui.agreement.shares import MOST, Share, shares, tolerance_words
from annotator.ui.codebook.paints import Paints
from annotator.ui.drawing import small, strong
from annotator.ui.theme import Theme

BAR = 24
"""Height of the bar; the words stand below it."""
_GAP = 6
_LEAST = 3.0


def inks(theme: Theme) -> dict[str, str]:
    """Return the colours of the classes in a theme."""
    return {"missed": theme.accent, "boundary": mix(theme.accent, theme.page, 0.45), "category": theme.warning}


def boxes(parts: Sequence[Share], width: float) -> list[QRectF]:
    """Return the parts of the bar, left to right; each that is anything can be seen."""
    left, made = 0.0, []
    some = [each for each in parts if each.share > 0]
    room = width - _LEAST * len(some)
    for each in parts:
        wide = each.share * room + _LEAST if each.share > 0 else 0.0
        made.append(QRectF(left, 0, wide, BAR))
        left += wide
    return made


def legends(parts: Sequence[Share], width: float, font: QFont) -> list[QRectF]:
    """Return where the words of each part stand, side by side."""
    wide, high = width / max(1, len(parts)), 2 * QFontMetricsF(font).lineSpacing() + 8
    return [QRectF(number * wide, BAR + _GAP, wide, high) for number in range(len(parts))]


def paint_bar(
    painter: QPainter, width: float, parts: Sequence[Share], theme: Theme, font: QFont, *, focus: int = -1
) -> None:
    """Paint bar and words from the top left; on the screen and into a file alike."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colors = inks(theme)
    for number, (part, box) in enumerate(zip(parts, boxes(parts, width), strict=True)):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors[part.kind]))
        if box.width():
            painter.drawRect(box.adjusted(0, 0, -1, 0))
        if number == focus and box.width():
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -2, -1))
    line = QFontMetricsF(font).lineSpacing()
    for number, (part, area) in enumerate(zip(parts, legends(parts, width, font), strict=True)):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors[part.kind]))
        painter.drawRect(QRectF(area.left() + 6, area.top() + line / 2 - 5, 10, 10))
        words = area.adjusted(22, 0, -8, 0)
        painter.setFont(strong(font))
        painter.setPen(QColor(theme.text))
        head = f"{part.name} {part.share:.1%}"
        painter.drawText(QRectF(words.left(), words.top(), words.width(), line), Qt.AlignmentFlag.AlignLeft, head)
        painter.setFont(small(font))
        painter.setPen(QColor(theme.muted))
        below = QRectF(words.left(), words.top() + line, words.width(), line)
        told = QFontMetricsF(small(font)).elidedText(part.meaning, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, told)
        if number == focus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, -2, -5, -4), 6, 6)


class Bar(QWidget):
    """The bar. `chosen` carries the class whose passages are wanted."""

    chosen = Signal(str)

    def __init__(self, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paints = paints
        self.parts: tuple[Share, ...] = ()
        self._focus = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("What the disagreement is")

    def show_shares(self, parts: Sequence[Share]) -> None:
        """Show these."""
        self.parts = tuple(parts)
        self.setAccessibleDescription(", ".join(f"{each.name} {each.share:.1%}" for each in parts))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as bar and words."""
        return QSize(320, round(BAR + _GAP + 2 * QFontMetricsF(self.font()).lineSpacing() + 8))

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Paint it for a file."""
        paint_bar(painter, size.width(), self.parts, self._paints.theme, self.font())

    def part_at(self, point: QPointF) -> int:
        """Return the number of the part at a point; -1 where there is none."""
        for found in (boxes(self.parts, self.width()), legends(self.parts, self.width(), self.font())):
            for number, box in enumerate(found):
                if box.contains(point):
                    return number
        return -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint."""
        painter = QPainter(self)
        focus = self._focus if self.hasFocus() else -1
        paint_bar(painter, self.width(), self.parts, self._paints.theme, self.font(), focus=focus)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the passages of the part that is clicked."""
        number = self.part_at(event.position())
        if number >= 0:
            self._focus = number
            self._choose()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing happens; Qt wants it taken where the press was."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from part to part, Return or blank opens its passages."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in ways and self.parts:
            self._focus = (self._focus + ways[Qt.Key(event.key())]) % len(self.parts)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a part is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.part_at(QPointF(event.pos()))
            if number >= 0:
                part = self.parts[number]
                told = (
                    f"{part.name}: {part.meaning}\n{part.share:.1%} of the disagreement, {part.points:,.0f} lost points"
                )
                QToolTip.showText(event.globalPos(), told, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _choose(self) -> None:
        self.update()
        if 0 <= self._focus < len(self.parts):
            self.chosen.emit(self.parts[self._focus].kind)


class Apart(QWidget):
    """Bar and tolerance.

    Signals:
        wanted: the passages of a class (`Wanted`).
        tolerance_set: another tolerance was chosen, in words: the figures that depend on it are to be computed anew.
    """

    wanted = Signal(object)
    tolerance_set = Signal(int)

    def __init__(self, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self._edges: tuple[Edge, ...] = ()
        self.bar = Bar(paints)
        self.bar.chosen.connect(lambda kind: self.wanted.emit(Wanted(kind=kind)))
        self.slider = QSlider(Qt.Orientation.Horizontal, accessibleName="Tolerance at edges, in words")
        self.slider.setRange(0, MOST)
        self.slider.setPageStep(1)
        self.slider.setFixedWidth(176)
        self.slider.setToolTip("How many words the edges of two spans may be apart")
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(lambda: self.tolerance_set.emit(self.slider.value()))
        self.words = QLabel(objectName="dim")
        row = QHBoxLayout()
        row.setSpacing(12)
        title = QLabel("What the disagreement is", objectName="strong")
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addWidget(self.slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.words.setText(tolerance_words(0))

    def show_report(self, report: Report, edges: tuple[Edge, ...]) -> None:
        """Show what a report says; `edges` are the boundary points by words, once these are known."""
        self._report, self._edges = report, edges or report.edges
        self._refresh()

    @property
    def tolerance(self) -> int:
        """The tolerance that is shown, in words."""
        return self.slider.value()

    def _moved(self, words: int) -> None:
        self.words.setText(tolerance_words(words))
        self._refresh()
        if not self.slider.isSliderDown():
            self.tolerance_set.emit(words)

    def _refresh(self) -> None:
        if self._report is not None:
            self.bar.show_shares(shares(self._report, self._edges, self.slider.value()))
