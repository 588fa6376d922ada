"""What the painted parts of the codebook share: the theme, and buttons whose icons follow it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from annotator.ui.look.icons import icon
from annotator.ui.look.theme import Theme


@dataclass(slots=True)
class Paints:
    """The theme in which everything of this place is painted; one object for all of it."""

    theme: Theme


class IconButton(QToolButton):
    """A small button with an icon alone; its name is told to screen readers and in the tooltip."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setIcon(icon(icon_name))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the colours change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.setIcon(icon(self._icon_name))
