"""The strip at the head of a page: what the page is, a line about it, and its buttons at the right."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Head(QFrame):
    """Lies above everything else of the page; `row` takes more."""

    def __init__(self, heading: QLabel, about: QLabel, *buttons: QWidget) -> None:
        super().__init__()
        self.setObjectName("strip")
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(heading)
        told.addWidget(about)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 10, 16, 10)
        self.row.setSpacing(8)
        self.row.addLayout(told, 1)
        for button in buttons:
            self.row.addWidget(button)
