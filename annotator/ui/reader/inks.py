"""The colours of every label in one theme, worked out once, and the pictures that are painted again and again."""

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.model.codebook import Codebook, Label
from annotator.model.colour import mix
from annotator.ui.look.theme import Strength, Theme, chip_colors, line_color, wash
from annotator.ui.reader.ink import Ink, draw_chip, draw_dots

_UNKNOWN = Label(id="", name="?", key="?", color="#808080")
MARGIN = 2
"""What a picture has around what it shows (px)."""


class Inks:
    """Colours, letters and line styles of a codebook's labels in a theme."""

    def __init__(self, theme: Theme, codebook: Codebook | None) -> None:
        self.theme = theme
        self._labels = {label.id: label for label in codebook.labels} if codebook else {}
        self.wash = lru_cache(maxsize=None)(self._wash)
        self.line = lru_cache(maxsize=None)(self._line)
        self.tile = lru_cache(maxsize=None)(self._tile)
        self.chip = lru_cache(maxsize=None)(self._chip)
        self.of = lru_cache(maxsize=None)(self._of)
        self.letter = lru_cache(maxsize=None)(self._letter)
        self.dots = lru_cache(maxsize=None)(self._dots)

    def label(self, label_id: str) -> Label:
        """Return a label; for one the codebook does not have, a grey one with a question mark."""
        return self._labels.get(label_id, _UNKNOWN)

    def _of(self, label_id: str, strength: Strength) -> Ink:
        """Return everything that a label is painted with."""
        label = self.label(label_id)
        chip, ink = self.chip(label_id, strength)
        page = QColor(self.theme.page)
        return Ink(
            self.wash(label_id, strength), self.line(label_id, strength), chip, ink, page, label.line, label.letter
        )

    def _wash(self, label_id: str, strength: Strength) -> QColor:
        return QColor(wash(self.theme, self.label(label_id).color, strength))

    def _line(self, label_id: str, strength: Strength) -> QColor:
        return QColor(line_color(self.theme, self.label(label_id).color, strength))

    def _tile(self, label_id: str, strength: Strength, thickness: float, ratio: float) -> QPixmap:
        """Return one period of a dashed or dotted line; Qt's own dashes cost a hundred times as much to paint."""
        dotted = self.label(label_id).line == "dotted"
        period = max(2.0, round(thickness * (2 if dotted else 10 / 3)))
        tile = _empty(period, thickness, ratio)
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

    def _letter(self, label_id: str, strength: Strength, width: float, height: float, filled: bool) -> QPixmap:
        """Return a label's letter on its chip: drawing it costs twenty times as much as showing it."""
        picture = _empty(width + 2 * MARGIN, height + 2 * MARGIN, 1.0)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = QRectF(MARGIN, MARGIN, width, height)
        draw_chip(painter, chip, self.of(label_id, strength), filled=filled)
        painter.end()
        return picture

    def _dots(self, label_id: str, strength: Strength, thickness: float, way: int, equal: bool) -> QPixmap:
        """Return the dots of `draw_dots`, with the first one in the middle of the picture."""
        reach = 2 * MARGIN + 3 * thickness + 3
        picture = _empty(2 * reach, thickness + 2 * MARGIN, 1.0)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = QPointF(reach, MARGIN + thickness / 2)
        draw_dots(painter, first, thickness, way, self.line(label_id, strength), equal=equal)
        painter.end()
        return picture


def _empty(width: float, height: float, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
