"""A line to type words into, whose Escape and Return belong to it and not to the window."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.ui.look.icons import icon

_OWN_KEYS = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down})


class SearchField(QLineEdit):
    """A search line.

    `left` tells that Escape was pressed in the empty line (in a filled one it clears), `stepped` that the arrow keys
    or Return ask for another result: -1, +1, or 0 for "take this one". With Shift, Return asks for the one before.
    """

    left = Signal()
    stepped = Signal(int)

    def __init__(self, hint: str, parent: QWidget | None = None, *, escape_clears: bool = True) -> None:
        super().__init__(parent)
        self._escape_clears = escape_clears
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText(hint)
        self._clearer = self.findChild(QAction, "_q_qlineeditclearaction")
        if self._clearer is not None:
            self._clearer.setText("Clear (Esc)" if escape_clears else "Clear")
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        self._glass.setIcon(icon("search"))
        if self._clearer is not None:
            self._clearer.setIcon(icon("x"))

    def event(self, event: QEvent) -> bool:
        """Claim the keys that are used here before the window's actions get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN_KEYS
            and not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear, leave or step; everything else is typing."""
        backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape if self.text() and self._escape_clears:
                self.clear()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if backwards else 0)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case _:
                super().keyPressEvent(event)
