"""Which label is selected: its chip, its name, the words it covers."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.codebook import Label
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.long_words import LongWords


class Heading(QWidget):
    """Chip, name and words of the label."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._chip = _Chip(theme)
        self._name = QLabel(objectName="heading")
        self._standing = QLabel(objectName="dim", wordWrap=True)
        self._words = LongWords()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._chip)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._standing)

    def show_label(self, label: Label, words: str, standing: str) -> None:
        """Show these."""
        self._chip.show_label(label)
        self._name.setText(label.name)
        self._words.setText(f"“{words}”")
        self._standing.setText(standing)
        self._standing.setVisible(bool(standing))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._chip.theme = theme
        self._chip.update()


class _Chip(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._label: Label | None = None
        self.setFixedSize(SIZE, SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, label: Label) -> None:
        self._label = label
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._label is not None:
            painter = QPainter(self)
            painter.setPen(QColor(self.theme.text))
            paint_chip(painter, self.rect().toRectF(), self._label, self.theme, self.font())
