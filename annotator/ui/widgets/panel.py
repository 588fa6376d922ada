"""The frame that the panels in the side columns share: a heading, and a button that closes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.ui.look.icons import icon


class Panel(QWidget):
    """A headed column. Subclasses put their widgets into `column`. `left` tells that the person closed it."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, closes: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._title = title
        self.heading = QLabel(title, objectName="heading")
        self.closer = QToolButton(toolTip=f"Close “{title}”", accessibleName=f"Close “{title}”")
        self.closer.clicked.connect(self.left)
        self.closer.setVisible(closes)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 8, 0)
        row.addWidget(self.heading, 1)
        row.addWidget(self.closer)
        self.heading.setMinimumHeight(40)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(row)
        self.closer.setIcon(icon("x"))

    def count(self, number: int) -> None:
        """Show a number beside the heading."""
        self.heading.setText(f"{self._title} · {number:,}" if number else self._title)

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        self.closer.setIcon(icon("x"))
