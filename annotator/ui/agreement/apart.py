"""Disagreement taken apart: one bar whose parts open their passages, and a tolerance that moves them at once."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from annotator.model.colour import mix
from annotator.model.figures import amount, percent
from annotator.project.report import Edge, Report
from annotator.project.wanted import Wanted
from annotator.ui.agreement.parts import Parts
from annotator.ui.agreement.shares import MOST, Share, shares, tolerance_words
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.drawing import small, strong
from annotator.ui.look.theme import Theme

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
        head = f"{part.name} {percent(part.share)}"
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


class Bar(Parts):
    """The bar. `chosen` carries the class whose passages are wanted."""

    chosen = Signal(str)

    def __init__(self, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(paints, parent)
        self.parts: tuple[Share, ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("What the disagreement is")

    def show_shares(self, parts: Sequence[Share]) -> None:
        """Show these."""
        self.parts = tuple(parts)
        self.setAccessibleDescription(", ".join(f"{each.name} {percent(each.share)}" for each in parts))
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
        focus = self._at if self.hasFocus() else -1
        paint_bar(painter, self.width(), self.parts, self._paints.theme, self.font(), focus=focus)
        painter.end()

    def words_of(self, number: int) -> str:
        """Return what a part is, and how much of the disagreement."""
        part = self.parts[number]
        return (
            f"{part.name}: {part.meaning}\n{percent(part.share)} of the disagreement, {amount(part.points)} lost points"
        )

    def choose(self) -> None:
        """Open the passages of the part that the keys have come to."""
        if 0 <= self._at < len(self.parts):
            self.chosen.emit(self.parts[self._at].kind)

    def step(self, key: int) -> bool:
        """Left and right go from part to part, round and round."""
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key not in ways or not self.parts:
            return False
        self._at = (self._at + ways[Qt.Key(key)]) % len(self.parts)
        self.update()
        return True


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
