"""The colours of every label in one theme, worked out once."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.model.codebook import Codebook, Label
from annotator.model.colour import mix
from annotator.ui.theme import Strength, Theme, chip_colors, line_color, wash

_UNKNOWN = Label(id="", name="?", key="?", color="#808080")


class Inks:
    """Colours, letters and line styles of a codebook's labels in a theme."""

    def __init__(self, theme: Theme, codebook: Codebook | None) -> None:
        self.theme = theme
        self._labels = {label.id: label for label in codebook.labels} if codebook else {}
        self.wash = lru_cache(maxsize=None)(self._wash)
        self.line = lru_cache(maxsize=None)(self._line)
        self.tile = lru_cache(maxsize=None)(self._tile)
        self.chip = lru_cache(maxsize=None)(self._chip)

    def label(self, label_id: str) -> Label:
        """Return a label; for one the codebook does not have, a grey one with a question mark."""
        return self._labels.get(label_id, _UNKNOWN)

    def _wash(self, label_id: str, strength: Strength) -> QColor:
        return QColor(wash(self.theme, self.label(label_id).color, strength))

    def _line(self, label_id: str, strength: Strength) -> QColor:
        return QColor(line_color(self.theme, self.label(label_id).color, strength))

    def _tile(self, label_id: str, strength: Strength, thickness: float, ratio: float) -> QPixmap:
        """Return one period of a dashed or dotted line; Qt's own dashes cost a hundred times as much to paint."""
        dotted = self.label(label_id).line == "dotted"
        period = max(2.0, round(thickness * (2 if dotted else 10 / 3)))
        tile = QPixmap(round(period * ratio), ceil(thickness * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if dotted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.line(label_id, strength))
            painter.drawEllipse(QRectF(0, 0, thickness, thickness))
        else:
            painter.fillRect(QRectF(0, 0, round(period * 0.68), thickness), self.line(label_id, strength))
        painter.end()
        return tile

    def _chip(self, label_id: str, strength: Strength) -> tuple[QColor, QColor]:
        color, ink = chip_colors(self.theme, self.label(label_id).color)
        faded = mix(color, self.theme.page, 0.8) if strength is Strength.FADED else color
        return QColor(faded), QColor(ink)
