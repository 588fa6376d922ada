"""The types that a paragraph may have, each with its key, and the small box in which one is chosen."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.model.article import BlockKind

KEYS: dict[str, BlockKind] = {
    "h": BlockKind.HEADLINE,
    "s": BlockKind.SUBHEAD,
    "b": BlockKind.BYLINE,
    "d": BlockKind.DATELINE,
    "t": BlockKind.BODY,
    "c": BlockKind.CAPTION,
    "r": BlockKind.CREDIT,
    "f": BlockKind.FURNITURE,
    "m": BlockKind.COMMENT,
    "u": BlockKind.DUPLICATE,
}
"""The key of each type, in the order of the box: first what is labelled, then what is left out."""
NAMES = {BlockKind.BODY: "Body text"}
_COLUMNS = 2


def type_name(kind: BlockKind) -> str:
    """Return what a person calls a type."""
    return NAMES.get(kind, kind.value.capitalize())


class TypeBox(QFrame):
    """Pops up beside a paragraph; a key or a click chooses its type, Escape leaves it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("box")
        self.setAccessibleName("Paragraph type")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(QLabel("Paragraph type", objectName="heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self._buttons: dict[BlockKind, QPushButton] = {}
        groups = (
            [pair for pair in KEYS.items() if pair[1].is_labelled],
            [pair for pair in KEYS.items() if not pair[1].is_labelled],
        )
        for place, (title, group) in enumerate(zip(("Labelled", "Left out"), groups, strict=True)):
            grid.addWidget(QLabel(title, objectName="dim"), 0, place)
            for row, (key, kind) in enumerate(group, 1):
                button = QPushButton(f"{key.upper()}   {type_name(kind)}", objectName="choice", checkable=True)
                button.setAccessibleName(type_name(kind))
                button.clicked.connect(lambda _checked=False, kind=kind: self._choose(kind))
                self._buttons[kind] = button
                grid.addWidget(button, row, place)
        column.addLayout(grid)

    def open(self, kind: BlockKind, where: QPoint) -> None:
        """Open at a point of the screen, with the present type marked."""
        for each, button in self._buttons.items():
            button.setChecked(each is kind)
        self.adjustSize()
        screen = self.parentWidget().window().screen().availableGeometry()
        x = min(max(where.x(), screen.left()), screen.right() - self.width())
        y = where.y() if where.y() + self.height() <= screen.bottom() else where.y() - self.height() - 40
        self.move(x, max(screen.top(), y))
        self.show()
        self._buttons[kind].setFocus()

    def button(self, kind: BlockKind) -> QPushButton:
        """Return the button of a type."""
        return self._buttons[kind]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by the key of a type; the arrow keys go round."""
        kind = KEYS.get(event.text().lower()) if not event.modifiers() & Qt.KeyboardModifier.ControlModifier else None
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 5, Qt.Key.Key_Left: -5}
        if kind is not None:
            self._choose(kind)
        elif event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = next((each for each, button in self._buttons.items() if button.hasFocus()), None)
            if focus is not None:
                self._choose(focus)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        buttons = list(self._buttons.values())
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(here + by) % len(buttons)].setFocus()

    def _choose(self, kind: BlockKind) -> None:
        self.close()
        self.chosen.emit(kind)
