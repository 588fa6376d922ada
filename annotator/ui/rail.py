"""The slim rail of the five places at the window's left edge."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.ui.actions import Actions

PLACES = ("label", "codebook", "team", "agreement", "adjudicate")
"""The five places, from top to bottom; the action of each is ``place.`` and the name."""
WIDTH = 72
HEIGHT = 56


class Rail(QFrame):
    """A button for each place: icon and name, the one that is shown pressed."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for place in PLACES:
            button = QToolButton(objectName="place")
            button.setDefaultAction(actions.with_icon(f"place.{place}"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(20, 20))
            button.setFixedHeight(HEIGHT)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[f"place.{place}"].iconText())
            column.addWidget(button)
        column.addStretch(1)
