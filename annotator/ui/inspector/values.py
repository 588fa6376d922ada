"""One attribute of the selected label: its number, its name, and its values to click or to pick by key."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.model.codebook import Attribute
from annotator.ui.look.icons import icon
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.flow import FlowLayout

SET = "yes"
"""The value of a flag that is set."""


class ValuesRow(QWidget):
    """`picked` carries the attribute's id and a value's; `pinned` the id, and whether new labels get the value at once.

    `left` tells that Escape or Return was pressed in a text.
    """

    picked = Signal(str, str)
    pinned = Signal(str, bool)
    left = Signal()

    def __init__(self, number: int, attribute: Attribute, *, pins: bool = True) -> None:
        """Make the row; without `pins` nothing is offered for new labels, because none are made there."""
        super().__init__()
        self._pins = pins
        self.setObjectName("values")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.attribute = attribute
        self._number = QLabel(str(number) if number <= 9 else "", objectName="dim")
        self._name = QLabel(attribute.name)
        self._name.setToolTip(attribute.description)
        self._pin = QToolButton(checkable=True, icon=icon("keep-value"), objectName="small")
        self._pin.clicked.connect(lambda checked: self.pinned.emit(attribute.id, checked))
        self._chips: dict[str, QPushButton] = {}
        self._field: QLineEdit | None = None
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._number)
        head.addWidget(self._name, 1)
        head.addWidget(self._pin)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 8, 4)
        column.setSpacing(2)
        column.addLayout(head)
        if attribute.kind == "text":
            self._field = self._text_field()
            column.addWidget(self._field)
        else:
            holder = QWidget()
            flow = FlowLayout(holder, gap=4)
            flow.setContentsMargins(0, 0, 0, 0)
            for value, name, key, tip in self._offered():
                chip = self._chip(value, name, key, tip)
                self._chips[value] = chip
                flow.addWidget(chip)
            column.addWidget(holder)

    def show_values(self, values: tuple[str, ...], *, pinned: bool) -> None:
        """Show what is set, and whether new labels get it at once."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)
        if self._field is not None and not self._field.hasFocus():
            self._field.setText(values[0] if values else "")
        self._pin.setChecked(pinned)
        self._pin.setVisible(self._pins and (bool(values) or pinned))
        tip = "New labels get this value at once. Click to stop that." if pinned else "Give this value to new labels"
        self._pin.setToolTip(tip)
        self._pin.setAccessibleName(f"{self.attribute.name}: {tip}")

    def enter(self) -> bool:
        """Be the row that the next key is for; False where there is nothing more to choose."""
        if self.attribute.kind == "flag":
            self.picked.emit(self.attribute.id, SET)
            return False
        if self._field is not None:
            self._field.setFocus()
            self._field.selectAll()
            return False
        self._mark(active=True)
        return True

    def leave(self) -> None:
        """Be like the others again."""
        self._mark(active=False)

    def pick(self, key: str) -> bool:
        """Pick the value of a key; whether it has one."""
        for value, _name, own, _tip in self._offered():
            if own.casefold() == key.casefold():
                self.picked.emit(self.attribute.id, value)
                return True
        return False

    def chip(self, value: str) -> QPushButton:
        """Return the button of a value."""
        return self._chips[value]

    @property
    def field(self) -> QLineEdit | None:
        """The line in which a text is written, where the attribute is one."""
        return self._field

    def refresh_icons(self) -> None:
        """Draw the icon anew, after the colours have changed."""
        self._pin.setIcon(icon("keep-value"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape and Return leave the line instead of acting on the text."""
        if watched is self._field and isinstance(event, QKeyEvent):
            ends = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if ends and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if ends and event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _offered(self) -> list[tuple[str, str, str, str]]:
        """Return id, name, key and explanation of each value; a value without a key gets its number."""
        if self.attribute.kind == "flag":
            return [(SET, "yes", "1", self.attribute.description)]
        return [
            (each.id, each.name, each.key or (str(place) if place <= 9 else ""), each.description)
            for place, each in enumerate(self.attribute.values, 1)
        ]

    def _chip(self, value: str, name: str, key: str, tip: str) -> QPushButton:
        chip = QPushButton(caption(f"{key}  {name}" if key else name), objectName="value", checkable=True)
        chip.setAccessibleName(f"{self.attribute.name}: {name}")
        chip.setToolTip(tip)
        chip.setProperty("offered", value == self.attribute.default)
        chip.clicked.connect(lambda _checked=False: self._clicked(value))
        return chip

    def _clicked(self, value: str) -> None:
        self._chips[value].setChecked(not self._chips[value].isChecked())  # what is set is the project's to say
        self.picked.emit(self.attribute.id, value)

    def _text_field(self) -> QLineEdit:
        field = QLineEdit(accessibleName=self.attribute.name)
        field.installEventFilter(self)
        field.editingFinished.connect(self._written)
        return field

    def _written(self) -> None:
        if self._field is not None and self._field.isModified():
            self._field.setModified(False)
            self.picked.emit(self.attribute.id, self._field.text().strip())

    def _mark(self, *, active: bool) -> None:
        self.setProperty("active", active)
        for widget in (self, self._number):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
