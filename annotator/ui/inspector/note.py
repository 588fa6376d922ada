"""The note of the selected label: written where it is read, stored when one leaves it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from annotator.ui.widgets.typed import typed

_LINES = 2.6


class NoteField(QWidget):
    """`written` carries the words when they are others than before; `left` tells that Escape was pressed."""

    written = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stored = ""
        self.field = _Field()
        self.field.setPlaceholderText("Note")
        self.field.setAccessibleName("Note")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(round(self.field.fontMetrics().lineSpacing() * _LINES) + 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 2)
        column.addWidget(self.field)
        self.field.lost.connect(self.finish)
        self.field.left.connect(self._leave)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus where one writes. No focus proxy: Tab would come back there, and never further."""
        self.field.setFocus(reason)

    def show_note(self, note: str) -> None:
        """Show what is stored; words that are being written stay."""
        # Not the focus tells that somebody is writing: a window that is not active has none.
        if self.field.document().isModified():
            return
        self._stored = note
        if typed(self.field) != note:
            self.field.setPlainText(note)

    def finish(self) -> None:
        """Hand over what was written. Where nobody wrote, a note stays as it is stored, blanks at its ends and all."""
        if not self.field.document().isModified():
            return
        words = typed(self.field).strip()
        self.field.document().setModified(False)
        if words != self._stored:
            self._stored = words
            self.written.emit(words)

    def _leave(self) -> None:
        self.finish()
        self.left.emit()


class _Field(QPlainTextEdit):
    lost = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Escape and Ctrl+Return for this field."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, or write."""
        if _ends(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went elsewhere."""
        super().focusOutEvent(event)
        self.lost.emit()


def _ends(event: QKeyEvent) -> bool:
    returns = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() == Qt.Key.Key_Escape or (returns and event.modifiers() == Qt.KeyboardModifier.ControlModifier)
