"""A plot on the screen: drawn as large as there is room, its parts chosen with mouse and keys, saved as it is shown."""

from collections.abc import Callable, Hashable
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from annotator.ui.agreement.parts import Parts
from annotator.ui.codebook.paints import Paints

if TYPE_CHECKING:
    from annotator.plots.frame import Colours, Plot, Target

Maker = Callable[[tuple[float, float], "Colours"], "Plot"]
"""Draws a plot of a size (logical pixels) in some colours."""
NEAR = 12.0
"""How far from a point (px) it can still be clicked."""
_WAIT = 80
"""How long (ms) a new size has to stay before the plot is drawn anew; until then it is stretched."""
_USUAL = 13.0
"""Height (px) of the letters beside which plots have theirs; larger ones make all of a plot larger."""
_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class PlotView(Parts):
    """Shows a plot. `chosen` carries the key of the part that was clicked, or taken with Return."""

    chosen = Signal(object)

    def __init__(self, name: str, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(paints, parent)
        self._make: Maker | None = None
        self._plot: Plot | None = None
        self._image = QImage()
        self.targets: tuple[Target, ...] = ()
        self._again = QTimer(self, singleShot=True, interval=_WAIT)
        self._again.timeout.connect(self._forget)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 120)
        self.setAccessibleName(name)

    def show_plot(self, make: Maker) -> None:
        """Show another plot; it is drawn when it is first seen."""
        self._make = make
        self._at = -1
        self._forget()

    def refresh(self) -> None:
        """Draw it anew, after the colours have changed."""
        self._forget()

    def save(self, path: Path) -> None:
        """Write it as it is shown: SVG, PDF or PNG, as the file's ending says.

        Raises:
            OSError, ValueError: it cannot be written, or there is no such form.
        """
        from annotator.plots import frame  # noqa: PLC0415 - matplotlib is loaded at the first plot

        self._draw()
        if self._plot is not None:
            frame.save(self._plot, path)

    def part_at(self, point: QPointF) -> int:
        """Return the number of the part at a point of the widget; -1 where there is none."""
        best, found = NEAR, -1
        for number, each in enumerate(self.targets):
            box = self._box(each)
            if each.wide and box.contains(point):
                return number
            away = hypot(box.center().x() - point.x(), box.center().y() - point.y())
            if not each.wide and away < best:
                best, found = away, number
        return found

    def place_of(self, key: Hashable) -> QPointF:
        """Return the middle of the part that stands for a key."""
        return self._box(next(each for each in self.targets if each.key == key)).center()

    @property
    def current(self) -> "Target | None":
        """The part that the keys have come to."""
        return self.targets[self._at] if 0 <= self._at < len(self.targets) else None

    @property
    def larger(self) -> float:
        """How much larger than usual words and lines are drawn: as those of the window are."""
        return max(1.0, self.fontInfo().pixelSize() / _USUAL)

    def _box(self, target: "Target") -> QRectF:
        wide, high = self.width(), self.height()
        half_x, half_y = target.wide * wide, target.high * high
        return QRectF(target.x * wide - half_x, target.y * high - half_y, 2 * half_x, 2 * half_y)

    def _forget(self) -> None:
        self._plot = None
        self.update()

    def _draw(self) -> None:
        if self._plot is not None or self._make is None:
            return
        from annotator.plots import frame  # noqa: PLC0415 - matplotlib is loaded at the first plot

        theme = self._paints.theme
        colours = frame.Colours(
            page=theme.page,
            text=theme.text,
            muted=theme.muted,
            line=theme.line,
            accent=theme.accent,
            good=theme.good,
            warning=theme.warning,
            bad=theme.bad,
        )
        more = self.larger
        self._plot = self._make((self.width() / more, self.height() / more), colours)
        ratio = self.devicePixelRatioF()
        data, wide, high = frame.picture(self._plot, ratio * more)
        self._image = QImage(data, wide, high, 4 * wide, QImage.Format.Format_RGBA8888).copy()
        self._image.setDevicePixelRatio(ratio)
        self.targets = self._plot.targets()
        self._at = min(self._at, len(self.targets) - 1)
        self.setAccessibleDescription("; ".join(each.words for each in self.targets[:20]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it if need be, and paint it with a ring around what the keys have come to."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._paints.theme.page))
        if not self._again.isActive():
            self._draw()
        if not self._image.isNull() and self._make is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        current = self.current
        if current is not None and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._paints.theme.text), 2))
            box = self._box(current)
            painter.drawRoundedRect(box.adjusted(-6, -6, 6, 6) if not current.wide else box, 4, 4)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew once the size stays."""
        super().resizeEvent(event)
        if self._plot is not None:
            self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        """Draw it anew with letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._forget()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is drawn that nobody sees."""
        if self._again.isActive():
            self._again.stop()
            self._plot = None
        super().hideEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        found = self.part_at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def words_of(self, number: int) -> str:
        """Return what a part is."""
        return self.targets[number].words

    def choose(self) -> None:
        """Tell which part the keys have come to."""
        current = self.current
        if current is not None:
            self.chosen.emit(current.key)

    def step(self, key: int) -> bool:
        """Arrows go to the nearest part in their direction."""
        if key not in _WAYS or not self.targets:
            return False
        self._go(*_WAYS[Qt.Key(key)])
        return True

    def _go(self, across: float, down: float) -> None:
        here = self.current
        if here is None:
            self._at = 0
        else:
            start, best, found = self._box(here).center(), float("inf"), self._at
            for number, each in enumerate(self.targets):
                step = self._box(each).center() - start
                ahead, aside = step.x() * across + step.y() * down, abs(step.x() * down) + abs(step.y() * across)
                if ahead > 1 and ahead + 3 * aside < best:
                    best, found = ahead + 3 * aside, number
            self._at = found
        current = self.current
        if current is not None:
            self.setAccessibleDescription(current.words)
        self.update()
