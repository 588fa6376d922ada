"""The colours of every label in one theme, worked out once."""

from functools import lru_cache

from PySide6.QtGui import QColor

from annotator.model.codebook import Codebook, Label
from annotator.ui.theme import Strength, Theme, chip_colors, line_color, mix, wash

_UNKNOWN = Label(id="", name="?", key="?", color="#808080")


class Inks:
    """Colours, letters and line styles of a codebook's labels in a theme."""

    def __init__(self, theme: Theme, codebook: Codebook | None) -> None:
        self.theme = theme
        self._labels = {label.id: label for label in codebook.labels} if codebook else {}
        self.wash = lru_cache(maxsize=None)(self._wash)
        self.line = lru_cache(maxsize=None)(self._line)
        self.chip = lru_cache(maxsize=None)(self._chip)

    def label(self, label_id: str) -> Label:
        """Return a label; for one the codebook does not have, a grey one with a question mark."""
        return self._labels.get(label_id, _UNKNOWN)

    def _wash(self, label_id: str, strength: Strength) -> QColor:
        return QColor(wash(self.theme, self.label(label_id).color, strength))

    def _line(self, label_id: str, strength: Strength) -> QColor:
        return QColor(line_color(self.theme, self.label(label_id).color, strength))

    def _chip(self, label_id: str, strength: Strength) -> tuple[QColor, QColor]:
        color, ink = chip_colors(self.theme, self.label(label_id).color)
        faded = mix(color, self.theme.page, 0.8) if strength is Strength.FADED else color
        return QColor(faded), QColor(ink)
