"""A drawing whose parts are chosen with mouse and keys, and say what they are."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.ui.codebook.paints import Paints

_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Parts(QWidget):
    """What all such drawings do alike; what the parts are, a subclass says."""

    def __init__(self, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paints = paints
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def part_at(self, point: QPointF) -> int:
        """Return the number of the part at a point of the widget; -1 where there is none."""
        raise NotImplementedError

    def words_of(self, number: int) -> str:
        """Return what a part is, in words."""
        raise NotImplementedError

    def choose(self) -> None:
        """Tell that the part that the keys have come to is wanted."""
        raise NotImplementedError

    def step(self, key: int) -> bool:
        """Go on as an arrow key says; whether it says anything here."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the part that is clicked."""
        number = self.part_at(event.position())
        if number >= 0:
            self._at = number
            self.update()
            self.choose()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing happens; Qt wants it taken where the press was."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from part to part, Return or blank chooses."""
        if event.key() in _CHOOSE:
            self.update()
            self.choose()
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self.step(event.key()):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a part is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.part_at(QPointF(event.pos()))
            if number >= 0:
                QToolTip.showText(event.globalPos(), self.words_of(number), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
