"""The strip above the text: how far the queue is, in which order it goes, and whose versions are named."""

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.ui.actions.actions import Actions
from annotator.ui.adjudicate.figure_lines import FigureLines
from annotator.ui.status import CutLabel

HEIGHT = 4


class Share(QWidget):
    """A thin bar of what is done. Qt's own repaints at once and all around it whenever its value changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName("Decided")
        self.share = 0.0

    def show_share(self, share: float) -> None:
        """Show a share between 0 and 1."""
        self.share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        painter.fillRect(
            0, 0, round(self.width() * self.share), HEIGHT, self.palette().color(QPalette.ColorRole.Accent)
        )
        painter.end()


class Top(QFrame):
    """Progress in words and as a bar; buttons for what concerns the whole queue."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._actions = actions
        self.words = QLabel(objectName="strong")
        self.about = CutLabel("dim")
        self.figures = FigureLines()
        self.bar = Share()
        self.cancel = QPushButton("Cancel")
        self.cancel.hide()
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.words)
        told.addWidget(self.about)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(4)
        row.addLayout(told, 3)
        row.addWidget(self.figures, 5)
        row.addWidget(self.cancel)
        self.buttons: dict[str, QToolButton] = {}
        for command_id in (
            "adjudicate.results",
            "adjudicate.accept",
            "adjudicate.filter",
            "adjudicate.order",
            "adjudicate.names",
        ):
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
        self.bar.show_share(share)
        self.bar.setAccessibleDescription(words)

    def show_loading(self, done: int, total: int) -> None:
        """Say how far reading is; with nothing to read, no more."""
        self.cancel.setVisible(total > 0)
        if total > 0:
            self.words.setText("Looking for disagreements…")
            self.about.setText(f"{done:,} of {total:,} articles" if total > 1 else "")
            self.bar.show_share(done / total)
