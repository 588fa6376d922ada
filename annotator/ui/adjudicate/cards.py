"""The versions of the one at hand, as numbered cards: a number or a click takes one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says.

    Attributes:
        number: what is pressed for it; above 9 only a click takes it.
        names: whose it is.
        html: the version as rich text. words: the same in plain words.
        below: what stands below it in smaller type, as rich text: the names first.
        backward: whether its words run from right to left.
    """

    number: int
    names: str
    html: str
    words: str
    below: str = ""
    backward: bool = False


class Card(QFrame):
    """One version. `taken` and `pointed` carry its number; `pointed` carries 0 when the mouse has left."""

    taken = Signal(int)
    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.face = Face(0, "", "", "")
        self._number = QLabel(objectName="heading", alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._number.setFixedWidth(16)
        self._below = QLabel(objectName="richBadge", wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._words = QLabel(objectName="rich", wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self._words)
        told.addWidget(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 5)
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addLayout(told, 1)

    def show_face(self, face: Face) -> None:
        """Say something else."""
        self.face = face
        self._number.setText(str(face.number) if face.number <= 9 else "")
        self._below.setText(face.below)
        side = Qt.AlignmentFlag.AlignRight if face.backward else Qt.AlignmentFlag.AlignLeft
        self._words.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        self._words.setText(f"<div dir='{'rtl' if face.backward else 'ltr'}'>{face.html}</div>")
        self.setAccessibleName(f"{face.number}: {face.names}: {face.words}")
        self.setToolTip(f"Take this version ({face.number})" if face.number <= 9 else "Take this version")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.taken.emit(self.face.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the release."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it by Return or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(self.face.number)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show in the text what it is."""
        super().enterEvent(event)
        self.pointed.emit(self.face.number)

    def leaveEvent(self, event: QEvent) -> None:
        """Show all versions alike again."""
        super().leaveEvent(event)
        self.pointed.emit(0)


class Cards(QScrollArea):
    """The cards, one below the other. `taken` and `pointed` carry a number."""

    taken = Signal(int)
    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Versions")
        self.setObjectName("told")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(objectName="page")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 8, 16, 4)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.setWidget(inner)
        self._cards: list[Card] = []

    @property
    def shown(self) -> list[Card]:
        """The cards that are seen."""
        return [each for each in self._cards if not each.isHidden()]

    def make(self, count: int) -> None:
        """Make so many cards, if there are not as many yet: the style sheet takes its time with a new one."""
        while len(self._cards) < count:
            card = Card()
            card.hide()
            card.taken.connect(self.taken)
            card.pointed.connect(self.pointed)
            self._column.insertWidget(len(self._cards), card)
            for each in (card, *card.findChildren(QLabel)):
                each.ensurePolished()
            self._cards.append(card)

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Show other versions; cards are made once and used again."""
        self.make(len(faces))
        self._column.setEnabled(False)  # else every card that appears lays all of them out anew
        for number, card in enumerate(self._cards):
            if number < len(faces):
                card.show_face(faces[number])
            card.setVisible(number < len(faces))
        self._column.setEnabled(True)
        self._column.invalidate()
        self.verticalScrollBar().setValue(0)
