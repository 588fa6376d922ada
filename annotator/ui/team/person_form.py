"""What is known of one annotator, to be changed: name, short name, colour, address; and who labels here."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.annotator import Annotator
from annotator.model.colour import SAFE
from annotator.ui.widgets.flow import FlowLayout

_SWATCH = 18


class PersonForm(QWidget):
    """A form that is saved by a button or Return. With nobody, it makes a new annotator.

    Signals:
        saved: what was written, by field: ``name``, ``short``, ``color``, ``email``.
        left: the person thought better of it.
        switch_wanted: this annotator labels here from now on.
    """

    saved = Signal(object)
    left = Signal()
    switch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person: Annotator | None = None
        self._read_only = False
        self.heading = QLabel(objectName="formTitle", wordWrap=True)
        self.name = QLineEdit(accessibleName="Name")
        self.short = QLineEdit(accessibleName="Short name")
        self.email = QLineEdit(accessibleName="E-mail")
        self.email.setPlaceholderText("if you want")
        self._tones = QButtonGroup(self)
        self.colors: dict[str, QPushButton] = {}
        self.save = QPushButton("Save", objectName="primary")
        self.leave = QPushButton("Cancel")
        self.switch = QPushButton("Label here as this annotator")
        self.switch.setToolTip("From now on, what is labelled at this keyboard is theirs.")
        self.problem = QLabel(objectName="bad", wordWrap=True)
        self.hint = QLabel(objectName="dim", wordWrap=True)
        self._lay_out()
        for field in (self.name, self.short, self.email):
            field.textEdited.connect(lambda _text: self._tell())
            field.returnPressed.connect(self._save)
        self._tones.buttonClicked.connect(lambda _button: self._tell())
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        self.switch.clicked.connect(self.switch_wanted)
        self.show_person(None)

    def _lay_out(self) -> None:
        tones = QWidget()
        flow = FlowLayout(tones, gap=4)
        for name, color in (("no colour of their own", ""), *SAFE.items()):
            button = QPushButton(objectName="value", checkable=True, toolTip=name.capitalize(), accessibleName=name)
            button.setIcon(_swatch(color))
            button.setIconSize(QSize(_SWATCH, _SWATCH))
            self._tones.addButton(button)
            self.colors[color] = button
            flow.addWidget(button)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        for words, field in (
            ("Name", self.name),
            ("Short name, for narrow columns", self.short),
            ("Colour", tones),
            ("E-mail", self.email),
        ):
            form.addRow(QLabel(words, objectName="dim"), field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.heading, self.hint):
            column.addWidget(widget)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_person(self, person: Annotator | None, *, is_here: bool = False, read_only: bool = False) -> None:
        """Show somebody, or an empty form for somebody new."""
        self.person, self._read_only = person, read_only
        self.heading.setText(person.name if person else "A new annotator")
        self.name.setText(person.name if person else "")
        self.short.setText(person.short if person else "")
        self.short.setPlaceholderText(person.initials if person else "made from the name")
        self.email.setText(person.email if person else "")
        color = person.color if person else ""
        self._tones.setExclusive(False)
        for tone, button in self.colors.items():
            button.setChecked(tone == color)
            button.setEnabled(not read_only)
        self._tones.setExclusive(True)
        for field in (self.name, self.short, self.email):
            field.setReadOnly(read_only)
            field.setCursorPosition(0)
        self.switch.setVisible(person is not None and not is_here)
        hint = "At the keyboard: what you label here is theirs." if is_here else ""
        if person is not None and person.repeats:
            hint = "The second, blind reading of the same person, to measure how far they agree with themselves."
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.refuse("")
        self._tell()

    def refuse(self, words: str) -> None:
        """Say why it could not be saved; empty words: nothing is wrong."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def focus_first(self) -> None:
        """Put the focus on the name."""
        self.name.setFocus()
        self.name.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def written(self) -> dict[str, str]:
        """Return what stands in the form, by field."""
        color = next((tone for tone, button in self.colors.items() if button.isChecked()), None)
        known = self.person.color if self.person else ""
        return {
            "name": self.name.text(),
            "short": self.short.text(),
            "color": known if color is None else color,
            "email": self.email.text(),
        }

    def _tell(self) -> None:
        person = self.person
        stored = {each: getattr(person, each) if person else "" for each in ("name", "short", "color", "email")}
        is_changed = self.written() != stored
        self.save.setText("Save" if person else "Add")
        self.save.setEnabled(is_changed and bool(self.name.text().strip()) and not self._read_only)
        self.save.setVisible(not self._read_only)
        self.leave.setVisible(not self._read_only and (is_changed or person is None))

    def _save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.written())


def _swatch(color: str) -> QIcon:
    """Return a dot of a colour, or an empty ring."""
    picture = QPixmap(_SWATCH * 2, _SWATCH * 2)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("#8a8a8a"), 1.5))
    if color:
        painter.setBrush(QColor(color))
    painter.drawEllipse(2, 2, _SWATCH - 4, _SWATCH - 4)
    painter.end()
    return QIcon(picture)
