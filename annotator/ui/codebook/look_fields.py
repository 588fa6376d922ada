"""The fields for a label's looks: colour and line style."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotator.model.codebook import LINES, Label
from annotator.model.colour import SAFE, is_color
from annotator.ui.codebook.field import Field
from annotator.ui.codebook.judgement import apartness, free_tone, legibility
from annotator.ui.codebook.own_undo import OwnUndo
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.sample import Sample
from annotator.ui.look.drawing import RADIUS, paint_line
from annotator.ui.look.theme import line_color
from annotator.ui.widgets.flow import FlowLayout

_SWATCH = 32
_LINE_NAMES = {"solid": "Solid", "dashed": "Dashed", "dotted": "Dotted", "double": "Double"}


class _Picture(QAbstractButton):
    """A small button with a picture that is chosen or not."""

    def __init__(self, value: str, name: str, paints: Paints) -> None:
        super().__init__()
        self.value = value
        self._paints = paints
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def frame(self, painter: QPainter) -> QRectF:
        """Paint the frame that shows whether it is chosen or has the focus; return the room inside."""
        theme = self._paints.theme
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        strong = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent if strong else theme.line), 2 if strong else 1))
        painter.setBrush(QColor(theme.accent_soft if self.isChecked() else theme.raised))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.isChecked() and self.hasFocus():  # the frame alone would not tell one from the other
            painter.setPen(QPen(QColor(theme.text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 2, RADIUS - 2)
        return area


class Swatch(_Picture):
    """One tone."""

    def sizeHint(self) -> QSize:
        """Return the size of a swatch."""
        return QSize(_SWATCH, _SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the tone as a mark's line has it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.frame(painter).adjusted(5, 5, -5, -5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(line_color(self._paints.theme, self.value)))
        painter.drawRoundedRect(inside, 4, 4)


class _LineButton(_Picture):
    """One line style."""

    def sizeHint(self) -> QSize:
        """Return the room for a stretch of line."""
        return QSize(64, _SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.frame(painter).adjusted(12, 0, -12, 0)
        paint_line(painter, inside, self.value, QColor(self._paints.theme.text))


class ColourField(Field):
    """Eight safe tones, any other as hex, a sample, and what the arithmetic says."""

    def __init__(self, paints: Paints) -> None:
        super().__init__("color", "Colour")
        self._paints = paints
        self._label: Label | None = None
        self._others: tuple[Label, ...] = ()
        self.swatches = {tone: Swatch(tone, name.capitalize(), paints) for name, tone in SAFE.items()}
        self._group = QButtonGroup(self)
        box = QWidget()
        row = FlowLayout(box, gap=8)
        for swatch in self.swatches.values():
            self._group.addButton(swatch)
            row.addWidget(swatch)
            swatch.clicked.connect(lambda _checked=False, tone=swatch.value: self.edited.emit(tone))
        self.hex = QLineEdit(accessibleName="Colour as hex", maxLength=7)
        self.hex.setFixedWidth(92)
        OwnUndo(self.hex)
        self.hex.textEdited.connect(self._typed)
        self.free = QPushButton("Find one that stays apart", objectName="link")
        self.free.clicked.connect(self._find)
        row.addWidget(self.hex)
        row.addWidget(self.free)
        self.sample = Sample(paints)
        self.legible = QLabel(objectName="dim", wordWrap=True)
        self.apart = QLabel(wordWrap=True)
        self.column.addWidget(box)
        self.finish()
        self.column.addWidget(self.sample)
        for widget in (self.legible, self.apart):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.column.addWidget(widget)

    def stops(self) -> list[QWidget]:
        """Return the swatches, the hex, and the button."""
        return [*self.swatches.values(), self.hex, self.free]

    def show_label(self, label: Label, others: tuple[Label, ...]) -> None:
        """Show the looks of a label among the others."""
        self._label, self._others = label, others
        if self.hex.text() != label.color and not (self.hex.hasFocus() and self.hex.text() == label.color.lstrip("#")):
            self.hex.setText(label.color)
        self._group.setExclusive(False)
        for tone, swatch in self.swatches.items():
            swatch.setChecked(tone == label.color.lower())
        self._group.setExclusive(True)
        good = is_color(label.color)
        self.sample.setVisible(good)
        if good:
            self.sample.show_label(label)
        words, is_well = apartness(label, others)
        self.legible.setText(legibility(label.color))
        self.apart.setText(words)
        self.apart.setVisible(bool(words))
        self.apart.setObjectName("dim" if is_well else "warning")
        self.apart.style().unpolish(self.apart)
        self.apart.style().polish(self.apart)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Nothing: `show_label` shows it among the others."""

    def set_read_only(self, read_only: bool) -> None:
        """Show the looks without the ways to change them."""
        for widget in (*self.swatches.values(), self.free):
            widget.setEnabled(not read_only)
        self.hex.setReadOnly(read_only)

    def _typed(self, words: str) -> None:
        words = words.strip()
        self.edited.emit(words if words.startswith("#") else f"#{words}")

    def _find(self) -> None:
        if self._label is not None:
            self.edited.emit(free_tone(self._label, self._others))


class LineStyleField(Field):
    """The four line styles."""

    def __init__(self, paints: Paints) -> None:
        super().__init__("line", "Line")
        self.buttons = {line: _LineButton(line, _LINE_NAMES[line], paints) for line in LINES}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, line=button.value: self.edited.emit(line))
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish()

    def stops(self) -> list[QWidget]:
        """Return the four buttons."""
        return list(self.buttons.values())

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show which one is chosen."""
        self._group.setExclusive(False)
        for line, button in self.buttons.items():
            button.setChecked(line == value)
        self._group.setExclusive(True)
