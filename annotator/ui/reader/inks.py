"""The colours of every label in one theme, worked out once."""

from functools import lru_cache

from PySide6.QtGui import QColor

from annotator.model.codebook import Codebook, Label
from annotator.ui.theme import Strength, Theme, ink_on, line_color, wash

_UNKNOWN = Label(id="", name="?", key="?", color="#808080")


class Inks:
    """Colours, letters and line styles of a codebook's labels in a theme."""

    def __init__(self, theme: Theme, codebook: Codebook | None) -> None:
        self.theme = theme
        self._labels = {label.id: label for label in codebook.labels} if codebook else {}
        self.wash = lru_cache(maxsize=None)(self._wash)
        self.line = lru_cache(maxsize=None)(self._line)
        self.ink = lru_cache(maxsize=None)(self._ink)

    def label(self, label_id: str) -> Label:
        """Return a label; for one the codebook does not have, a grey one with a question mark."""
        return self._labels.get(label_id, _UNKNOWN)

    def _wash(self, label_id: str, strength: Strength) -> QColor:
        return QColor(wash(self.theme, self.label(label_id).color, strength))

    def _line(self, label_id: str, strength: Strength) -> QColor:
        return QColor(line_color(self.theme, self.label(label_id).color, strength))

    def _ink(self, label_id: str, strength: Strength) -> QColor:
        return QColor(ink_on(line_color(self.theme, self.label(label_id).color, strength)))
