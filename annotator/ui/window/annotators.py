"""The box in which a person says who labels: switch, add, rename."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.model.annotator import Annotator
from annotator.ui.widgets.captions import caption

WIDTH = 320
_ABOVE = 48
"""What stays free above the box where it is highest."""


class AnnotatorBox(QFrame):
    """A popup over the status bar.

    Signals:
        switched: id of the annotator who labels from now on.
        added: name of somebody new, who labels from now on.
        renamed: the new name of the one who labels.
    """

    switched = Signal(str)
    added = Signal(str)
    renamed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("box")
        self.setAccessibleName("Annotators")
        self.setFixedWidth(WIDTH)
        inside = QWidget()
        self._people = QVBoxLayout(inside)
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(4)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setWidget(inside)
        for widget in (inside, self._list.viewport()):
            widget.setAutoFillBackground(False)
        self.new = _NameLine("Name of a new annotator", "Add")
        self.own = _NameLine("Your name", "Rename")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(QLabel("Who labels?", objectName="heading"))
        column.addWidget(self._list)
        for words, line in (("Add somebody", self.new), ("Rename this annotator", self.own)):
            column.addSpacing(8)
            column.addWidget(QLabel(words, objectName="dim"))
            column.addWidget(line)
        self.new.entered.connect(lambda name: self._done(self.added, name))
        self.own.entered.connect(lambda name: self._done(self.renamed, name))

    def open(self, everybody: Sequence[Annotator], current: Annotator, corner: QPoint) -> None:
        """Show the box with its bottom right corner at `corner` of the screen; where many label, they are scrolled."""
        while (item := self._people.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for person in everybody:
            button = _Person(person.name)
            button.reached.connect(self._list.ensureWidgetVisible)
            button.setChecked(person.id == current.id)
            button.clicked.connect(lambda _checked=False, who=person.id: self._done(self.switched, who))
            self._people.addWidget(button)
            if person.id == current.id:
                button.setFocus()
        self.new.field.clear()
        self.own.field.setText(current.name)
        top = self.parentWidget().mapToGlobal(QPoint(0, 0)).y()
        whole = self._list.widget().sizeHint().height()
        self._list.setFixedHeight(0)
        room = corner.y() - top - _ABOVE - self.sizeHint().height()
        self._list.setFixedHeight(min(whole, max(room, 3 * _Person("").sizeHint().height())))
        self.adjustSize()
        self.move(corner - QPoint(self.width(), self.sizeHint().height()))
        self.show()

    def _done(self, signal: Signal, value: str) -> None:
        self.hide()
        signal.emit(value)


class _Person(QRadioButton):
    """An annotator to switch to: by a click, Space or Return, and never by an arrow key on the way to another one."""

    reached = Signal(QWidget)
    """The focus has come to it."""

    def __init__(self, name: str) -> None:
        super().__init__(caption(name))
        self.setAutoExclusive(False)

    def nextCheckState(self) -> None:
        """Stay as it is: who labels is the session's to say."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight."""
        super().focusInEvent(event)
        self.reached.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch with Return too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class _NameLine(QWidget):
    """A field and its button; `entered` carries a name that is not blank."""

    entered = Signal(str)

    def __init__(self, hint: str, verb: str) -> None:
        super().__init__()
        self.field = QLineEdit(placeholderText=hint, accessibleName=hint)
        self.button = QPushButton(verb)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.field.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self.button.setEnabled(False)

    def _enter(self) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self.entered.emit(name)
