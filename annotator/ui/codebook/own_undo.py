"""Undo in a field of words: its own typing first, then the window's."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class OwnUndo(QObject):
    """Lets the keys for undo and redo through to the window where a field has nothing of its own to take back.

    Qt's fields claim these keys always, so that Ctrl+Z in an untouched field would do nothing.
    """

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the keys unclaimed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self._can("Undo")
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self._can("Redo")
            if undo or redo:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _can(self, what: str) -> bool:
        holder = self._field if isinstance(self._field, QLineEdit) else self._field.document()
        return not self._field.isReadOnly() and getattr(holder, f"is{what}Available")()
