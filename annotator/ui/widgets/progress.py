"""A line that says how far slow work is, with a bar and a button that cancels it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget


class ProgressLine(QFrame):
    """Hidden while nothing is under way. `cancelled` tells that the person wants it stopped."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, cancel: str = "Cancel") -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.bar = QProgressBar(textVisible=False, accessibleName=name)
        self.bar.setFixedHeight(4)
        self.cancel = QPushButton(cancel)
        self.cancel.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that something has begun."""
        self.words.setText(words)
        self.bar.setMaximum(0)
        self.cancel.setEnabled(True)
        self.show()

    def tell(self, done: int, total: int, words: str) -> None:
        """Show how far it is."""
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        if self.cancel.isEnabled():
            self.words.setText(words)

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText("Stopping …")
        self.cancelled.emit()
