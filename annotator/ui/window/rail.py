"""The slim rail of the five places at the window's left edge."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.ui.actions.actions import Actions

PLACES = ("label", "codebook", "team", "agreement", "adjudicate")
"""The five places, from top to bottom; the action of each is ``place.`` and the name."""
WIDTH = 72
HEIGHT = 56
MARGIN = 18
"""Beside the longest name."""
ABOVE = 38
"""The icon, and the room around it and the name."""


class Rail(QFrame):
    """A button for each place: icon and name, the one that is shown pressed."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._buttons: list[QToolButton] = []
        self.setAccessibleName("Places")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for place in PLACES:
            button = QToolButton(objectName="place")
            button.setDefaultAction(actions.with_icon(f"place.{place}"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(20, 20))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[f"place.{place}"].iconText())
            column.addWidget(button)
            self._buttons.append(button)
        column.addStretch(1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Stay as wide as the longest name, however large the system's letters are."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        for button in self._buttons:
            button.ensurePolished()  # before, it has the letters of the application, not those of the style sheet
        names = [button.fontMetrics().horizontalAdvance(button.text()) for button in self._buttons]
        letter = max((button.fontMetrics().height() for button in self._buttons), default=0)
        self.setFixedWidth(max(WIDTH, max(names, default=0) + MARGIN))
        for button in self._buttons:
            button.setFixedHeight(max(HEIGHT, letter + ABOVE))
