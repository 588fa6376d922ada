"""The strip above the text: how far the queue is, in which order it goes, and whose versions are named."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout

from annotator.ui.actions import Actions

STEPS = 1000


class Top(QFrame):
    """Progress in words and as a bar; buttons for what concerns the whole queue."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._actions = actions
        self.words = QLabel(objectName="strong")
        self.about = QLabel(objectName="dim")
        self.bar = QProgressBar(textVisible=False, accessibleName="Decided")
        self.bar.setFixedHeight(4)
        self.bar.setRange(0, STEPS)
        self.cancel = QPushButton("Cancel")
        self.cancel.hide()
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.words)
        told.addWidget(self.about)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(4)
        row.addLayout(told, 1)
        row.addWidget(self.cancel)
        self.buttons: dict[str, QToolButton] = {}
        for command_id in ("adjudicate.accept", "adjudicate.filter", "adjudicate.order", "adjudicate.names"):
            button = QToolButton()
            button.setDefaultAction(actions.with_icon(command_id))
            button.setAccessibleName(actions[command_id].text())
            self.buttons[command_id] = button
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.bar)

    def show_progress(self, words: str, about: str, share: float) -> None:
        """Say how far the queue is; `share` lies between 0 and 1."""
        self.words.setText(words)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.bar.setValue(round(share * STEPS))
        self.bar.setAccessibleDescription(words)

    def show_loading(self, done: int, total: int) -> None:
        """Say how far reading is; with nothing to read, no more."""
        self.cancel.setVisible(total > 0)
        if total > 0:
            self.words.setText("Looking for disagreements…")
            self.about.setText(f"{done:,} of {total:,} articles" if total > 1 else "")
            self.bar.setValue(round(done / total * STEPS))
