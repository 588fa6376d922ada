"""Words of any length on screen: what has no blank in it is broken too, and never makes a page wider than it is."""

import re
import unicodedata
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

_BREAK = "\u200b"
_LONG = re.compile(r"\S{25,}")
_EVERY = 8
"""Characters between two places to break, at least."""
_HANGING = frozenset({"Mn", "Mc", "Me", "Cf", "Sk"})
_FLAGS = ("\U0001f1e6", "\U0001f1ff")


def breakable(words: str) -> str:
    """Return words with places to break within the long ones. They are to be shown only: see `LongWords` for copying."""
    return _LONG.sub(lambda found: _broken(found[0]), words) if len(words) > _EVERY else words


def _broken(word: str) -> str:
    found, since = word[0], 1
    for before, after in pairwise(word):
        if since >= _EVERY and _are_apart(before, after):
            found, since = found + _BREAK, 0
        found, since = found + after, since + 1
    return found


def _are_apart(before: str, after: str) -> bool:
    """Whether two signs do not hang together, as an accent and its letter, parts of an emoji or Arabic letters do."""
    joined = unicodedata.category(after) in _HANGING or unicodedata.category(before) == "Cf"
    return not joined and not any(
        _FLAGS[0] <= each <= _FLAGS[1] or unicodedata.bidirectional(each) == "AL" for each in before + after
    )


class LongWords(QLabel):
    """Plain words over several lines; what is copied of them is what was given."""

    def __init__(self, words: str = "", parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent, objectName=name, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words = ""
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show these."""
        self.words = words
        super().setText(breakable(words))
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy without what was put in."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same, where words can be chosen."""
        if not self.textInteractionFlags() & self.textInteractionFlags().TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.addAction("Copy", self._copy).setEnabled(self.hasSelectedText())
        menu.exec(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))
