"""Which key moves the caret how, by the conventions of the system."""

from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYS = QKeySequence.StandardKey
_MOVES = {
    "left": (_KEYS.MoveToPreviousChar, _KEYS.SelectPreviousChar),
    "right": (_KEYS.MoveToNextChar, _KEYS.SelectNextChar),
    "word left": (_KEYS.MoveToPreviousWord, _KEYS.SelectPreviousWord),
    "word right": (_KEYS.MoveToNextWord, _KEYS.SelectNextWord),
    "up": (_KEYS.MoveToPreviousLine, _KEYS.SelectPreviousLine),
    "down": (_KEYS.MoveToNextLine, _KEYS.SelectNextLine),
    "page up": (_KEYS.MoveToPreviousPage, _KEYS.SelectPreviousPage),
    "page down": (_KEYS.MoveToNextPage, _KEYS.SelectNextPage),
    "line start": (_KEYS.MoveToStartOfLine, _KEYS.SelectStartOfLine),
    "line end": (_KEYS.MoveToEndOfLine, _KEYS.SelectEndOfLine),
    "paragraph up": (_KEYS.MoveToStartOfBlock, _KEYS.SelectStartOfBlock),
    "paragraph down": (_KEYS.MoveToEndOfBlock, _KEYS.SelectEndOfBlock),
    "text start": (_KEYS.MoveToStartOfDocument, _KEYS.SelectStartOfDocument),
    "text end": (_KEYS.MoveToEndOfDocument, _KEYS.SelectEndOfDocument),
}


def move_of(event: QKeyEvent) -> str | None:
    """Return the caret's move (one of `caret.MOVES`) that a key stands for, or None."""
    return next((move for move, both in _MOVES.items() if any(event.matches(key) for key in both)), None)


def is_copy(event: QKeyEvent) -> bool:
    """Whether a key copies."""
    return event.matches(_KEYS.Copy)


def is_select_all(event: QKeyEvent) -> bool:
    """Whether a key selects everything."""
    return event.matches(_KEYS.SelectAll)
