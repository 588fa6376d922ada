"""What opens a list: boxes and buttons with an arrow that says so."""

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from annotator.ui.look.icons import pixmap

ARROW = 16
FROM_EDGE = 24
"""From the right edge to the left one of the arrow (px)."""


class ChoiceBox(QComboBox):
    """A box of choices whose arrow is one of our icons: style sheets cannot draw those in the theme's colours."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and the arrow upon it."""
        super().paintEvent(event)
        _paint_arrow(self)


class DropButton(QPushButton):
    """A button that opens a menu or a box below it, with the same arrow."""

    def __init__(self, tip: str) -> None:
        super().__init__(objectName="drops", toolTip=tip)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the button, and the arrow upon it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # Of a button with a menu the style sheet would paint the words at the very edge.
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
        _paint_arrow(self)


def _paint_arrow(box: QWidget) -> None:
    color = box.palette().color(QPalette.ColorRole.PlaceholderText)
    arrow = pixmap("chevron-down", ARROW, color, box.devicePixelRatioF())
    QPainter(box).drawPixmap(box.width() - FROM_EDGE, (box.height() - ARROW) // 2, arrow)
