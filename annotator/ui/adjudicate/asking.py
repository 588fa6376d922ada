"""A question to the annotators about the disagreement at hand: a line that opens over the buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton


class AskBar(QFrame):
    """`asked` carries the question; `left` tells that there is none."""

    asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tray")
        self.field = QLineEdit(accessibleName="Question to the annotators")
        self.field.setPlaceholderText("What do you want to know of the annotators? It travels with their files.")
        self.send = QPushButton("Ask   Enter", objectName="primary")
        self.field.returnPressed.connect(self._ask)
        self.send.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(QLabel("Ask"))
        row.addWidget(self.field, 1)
        row.addWidget(self.send)
        self.hide()

    def open(self) -> None:
        """Let the person write."""
        self.field.clear()
        self.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text:
            self.asked.emit(text)
