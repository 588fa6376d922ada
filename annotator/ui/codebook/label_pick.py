"""Choosing labels: each a chip with its name that is pressed in or not."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from annotator.model.codebook import Label
from annotator.ui.codebook.field import Field
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.chip import paint_chip
from annotator.ui.look.drawing import RADIUS
from annotator.ui.look.icons import pixmap
from annotator.ui.widgets.flow import FlowLayout

_CHIP = 20


class LabelToggle(QAbstractButton):
    """A label that is chosen or not: the chip, the name, and a tick."""

    def __init__(self, label: Label, paints: Paints) -> None:
        super().__init__()
        self.label = label
        self._paints = paints
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the room for chip, name and tick."""
        metrics = self.fontMetrics()
        return QSize(_CHIP + metrics.horizontalAdvance(self.label.name) + 56, max(36, metrics.height() + 14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint it."""
        theme = self._paints.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        back = theme.accent_soft if on else theme.hover if self.underMouse() and self.isEnabled() else theme.raised
        painter.setBrush(QColor(back))
        painter.setPen(QPen(QColor(theme.accent if on or self.hasFocus() else theme.line), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        middle = self.height() / 2
        paint_chip(painter, QRectF(10, middle - _CHIP / 2, _CHIP, _CHIP), self.label, theme, self.font())
        painter.setPen(QColor(theme.text if on else theme.muted))
        words = QRectF(_CHIP + 18, 0, self.width() - _CHIP - 44, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.label.name)
        if on:
            tick = pixmap("check", 16, QColor(theme.accent), self.devicePixelRatioF())
            painter.drawPixmap(self.width() - 24, round(middle - 8), tick)


class LabelsField(Field):
    """Which labels: any number of them, in the order of the codebook; retired ones only where they are chosen."""

    def __init__(self, name: str, caption: str, paints: Paints, hint: str = "") -> None:
        super().__init__(name, caption, hint)
        self._paints = paints
        self._labels: tuple[Label, ...] = ()
        self._value: tuple[str, ...] = ()
        self.buttons: dict[str, LabelToggle] = {}
        self._box = QWidget()
        self._flow = FlowLayout(self._box, gap=8)
        self.finish()
        self.column.insertWidget(1, self._box)

    def set_labels(self, labels: tuple[Label, ...]) -> None:
        """Offer these labels."""
        self._labels = labels

    def stops(self) -> list[QWidget]:
        """Return the labels' buttons."""
        return list(self.buttons.values())

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show the ids that are chosen."""
        self._value = tuple(value)
        wanted = [each for each in self._labels if not each.retired or each.id in value]
        if [each.label for each in self.buttons.values()] != wanted:
            self._rebuild(wanted)
        for key, button in self.buttons.items():
            button.setChecked(key in value)

    def _rebuild(self, labels: list[Label]) -> None:
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), "")
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for label in labels:
            button = LabelToggle(label, self._paints)
            button.setAccessibleDescription(self.caption.text())
            button.clicked.connect(self._clicked)
            self._flow.addWidget(button)
            self.buttons[label.id] = button
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _clicked(self) -> None:
        chosen = {key for key, button in self.buttons.items() if button.isChecked()}
        self.edited.emit(tuple(each.id for each in self._labels if each.id in chosen))
