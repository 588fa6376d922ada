"""The versions of one thing side by side, to choose from: what each says, who did it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.widgets.long_words import LongWords

KEYS = 9


@dataclass(frozen=True, slots=True)
class Side:
    """One version: where it is, with who and when; what it says; what choosing it means."""

    where: str
    words: str
    verb: str


class VersionsView(QScrollArea):
    """Shows the words of an entry and a card for each version. `chosen` carries the number of the version."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setObjectName("inspector")
        self.setAccessibleName("Versions")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = LongWords(name="strong")
        self.where = QLabel(objectName="dim", wordWrap=True)
        self.why = QLabel(wordWrap=True, objectName="warning")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.buttons: list[QPushButton] = []
        inside = QWidget(objectName="page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for label in (self.title, self.where, self.why):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addLayout(self._cards)
        column.addStretch(1)
        self.setWidget(inside)

    def show_versions(self, title: str, where: str, why: str, sides: Sequence[Side], taken: int) -> None:
        """Show these; `taken` is the number of the one that is taken as things stand, -1: none yet."""
        for label, words in ((self.title, title), (self.where, where), (self.why, why)):
            label.setText(words)
            label.setVisible(bool(words))
        while (item := self._cards.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.buttons = []
        for number, side in enumerate(sides):
            self._cards.addWidget(self._card(number, side, is_taken=number == taken))
        if taken >= 0:
            self.widget().layout().activate()
            self.ensureWidgetVisible(self.buttons[taken])

    def _card(self, number: int, side: Side, *, is_taken: bool) -> QWidget:
        card = QFrame(objectName="card")
        button = QPushButton(f"{side.verb}   {number}" if number <= KEYS else side.verb, objectName="value")
        button.setCheckable(True)
        button.setChecked(is_taken)
        button.setAccessibleName(f"{side.verb}: {side.where}. {side.words}")
        button.clicked.connect(lambda _checked=False: self.chosen.emit(number))
        self.buttons.append(button)
        top = QHBoxLayout()
        where = QLabel(side.where, objectName="dim", wordWrap=True)
        top.addWidget(where, 1)
        top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = LongWords(side.words)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(words)
        return card
