"""The palette of labels: a click labels the selected words, or arms the label when nothing is selected."""

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook, Label
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import lower_name
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import RADIUS, draw_words, small, strong
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.panel import Panel

ROW = 32
MOST_WHOLE = 8
"""So many labels are always seen without scrolling."""
SHARE = 0.45
"""Of the height of their side that more of them take at most: what is selected needs room, too."""
_HINT = "Select words, then press a letter. Or click a label to arm it."


class LabelButton(QAbstractButton):
    """One label: chip, name, how many there are; pressed in while it is armed."""

    def __init__(self, label: Label, key: str, theme: Theme) -> None:
        super().__init__()
        self.label = label
        self._key = key
        self._theme = theme
        self._count = 0
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_count(self, count: int) -> None:
        """Show how many there are."""
        if count != self._count:
            self._count = count
            self._describe()
            self.update()

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row, more where the text is larger."""
        return QSize(200, max(ROW, self.fontMetrics().height() + 12))

    def nextCheckState(self) -> None:
        """Stay as it is: being armed is the session's to say."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        self._paint_back(painter)
        middle = self.height() / 2
        chip = QRectF(16, middle - SIZE / 2, SIZE, SIZE)
        paint_chip(painter, chip, self.label, theme, self.font())
        right = "armed" if self.isChecked() else f"{self._count:,}" if self._count else ""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(right)
        area = QRect(16, 0, self.width() - 32, self.height())
        count_color = QColor(theme.accent if self.isChecked() else theme.muted)
        draw_words(painter, QRect(area.right() - wide, 0, wide + 2, self.height()), right, self.font(), count_color)
        shown_key = self._key if self._key.upper() != self.label.letter else ""
        key_wide = metrics.horizontalAdvance(shown_key) + 8 if shown_key else 0
        left = area.left() + SIZE + 12
        key_left = area.right() - wide - key_wide - (12 if right else 0)
        draw_words(
            painter, QRect(key_left, 0, key_wide, self.height()), shown_key, small(self.font()), QColor(theme.muted)
        )
        name_font = strong(self.font()) if self.isChecked() else self.font()
        draw_words(
            painter, QRect(left, 0, key_left - left, self.height()), self.label.name, name_font, QColor(theme.text)
        )

    def _paint_back(self, painter: QPainter) -> None:
        theme = self._theme
        area = QRectF(self.rect()).adjusted(8, 2, -8, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(theme.accent_soft))
            painter.setPen(QPen(QColor(theme.accent), 1))
        elif self.isDown() or self.underMouse():
            painter.setBrush(QColor(theme.hover))
        if self.isChecked() or self.isDown() or self.underMouse():
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(area, RADIUS, RADIUS)

    def _describe(self) -> None:
        name = lower_name(self.label)
        state = ", armed" if self.isChecked() else ""
        self.setAccessibleName(f"{self.label.name}, key {self._key or 'none'}, {self._count:,} in the project{state}")
        how = f"With words selected: label them {name}. With none: arm {name}, so that every selection is labelled."
        self.setToolTip(
            "\n".join(filter(None, (f"{self.label.name} ({self._key or 'no key'})", self.label.description, how)))
        )


class _LabelList(QScrollArea):
    """The rows below one another, scrolled where there are too many of them."""

    def __init__(self) -> None:
        super().__init__(objectName="side", widgetResizable=True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        inside = QWidget(objectName="side")
        self.rows = QVBoxLayout(inside)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Return the size with all rows."""
        return QSize(200, self._height(self.rows.count()))

    def minimumSizeHint(self) -> QSize:
        """Return the size with as many as are always seen."""
        return QSize(0, self._height(min(self.rows.count(), MOST_WHOLE)))

    def _height(self, count: int) -> int:
        return count * self.rows.itemAt(0).sizeHint().height() if count else 0


class LabelSide(QWidget):
    """The labels, and below them what else stands at their side."""

    def __init__(self, labels: "LabelPalette", below: QWidget) -> None:
        super().__init__()
        self._labels = labels
        divider = QFrame(objectName="divider")
        divider.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(labels)
        column.addWidget(divider)
        column.addWidget(below, 1)

    def event(self, event: QEvent) -> bool:
        """Give very many labels their share of the height, whenever that or their number has changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            least = self._labels.minimumSizeHint().height()
            self._labels.setMaximumHeight(max(least, round(self.height() * SHARE)))
        return super().event(event)


class LabelPalette(Panel):
    """All labels of the codebook. `chosen` carries the id of the one that was clicked."""

    chosen = Signal(str)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Labels", parent)
        self._actions = actions
        self._theme = theme
        self._buttons: dict[str, LabelButton] = {}
        self._list = _LabelList()
        self._rows = self._list.rows
        self._hint = QLabel(_HINT, objectName="dim", wordWrap=True)
        self._hint.setContentsMargins(16, 4, 16, 12)
        # A height that hangs on the width would keep the list from giving up any of its own.
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.addWidget(self._list)
        self.column.addWidget(self._hint)
        actions.keys_changed.connect(self._show_keys)

    def set_codebook(self, codebook: Codebook | None) -> None:
        """Show the labels of a codebook that are in use."""
        for button in self._buttons.values():
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for label in codebook.labels if codebook else ():
            if not label.retired:
                button = LabelButton(label, self._key(label), self._theme)
                button.clicked.connect(lambda _checked=False, label_id=label.id: self.chosen.emit(label_id))
                self._rows.addWidget(button)
                self._buttons[label.id] = button
        self._hint.setVisible(bool(self._buttons))
        self._hint.ensurePolished()  # before, it has the letters of the application, not those of the style sheet
        # Room for two lines always: what stands below must not move when a label is armed.
        self._hint.setFixedHeight(2 * ceil(QFontMetricsF(self._hint.font()).lineSpacing()) + 16)
        self._list.updateGeometry()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many of each label there are."""
        for label_id, button in self._buttons.items():
            button.set_count(counts.get(label_id, 0))

    def set_armed(self, label_id: str) -> None:
        """Show which label is armed; an empty id: none."""
        armed = self._buttons.get(label_id)
        for button in self._buttons.values():
            button.setChecked(button is armed)
            button.set_key(self._key(button.label))
        if armed is not None:
            self._list.ensureWidgetVisible(armed)
        self._hint.setText(f"What you select becomes {lower_name(armed.label)}. Escape stops it." if armed else _HINT)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        for button in self._buttons.values():
            button.set_theme(theme)

    @property
    def buttons(self) -> list[LabelButton]:
        """The buttons from top to bottom."""
        return list(self._buttons.values())

    def button(self, label_id: str) -> LabelButton:
        """Return the button of a label."""
        return self._buttons[label_id]

    def _key(self, label: Label) -> str:
        command_id = f"label:{label.id}"
        return self._actions.key_text(command_id) if command_id in self._actions else label.key.upper()

    def _show_keys(self) -> None:
        for button in self._buttons.values():
            button.set_key(self._key(button.label))
