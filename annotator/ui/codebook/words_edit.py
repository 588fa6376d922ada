"""Words in several lines, in a field that is as high as they are."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from annotator.ui.codebook.own_undo import OwnUndo
from annotator.ui.widgets.typed import typed

_PAD = 14


class WordsEdit(QPlainTextEdit):
    """A field that grows with its words.

    `edited` carries the words after a person changed them. With `single`, there are no line breaks: Return asks for a
    new entry after this one (`next_wanted`), Backspace in an empty one asks to take it out (`gone_wanted`), and Alt
    with an arrow key asks to move it (`move_wanted`).
    """

    edited = Signal(str)
    next_wanted = Signal()
    gone_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, *, lines: int = 1, single: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        OwnUndo(self)
        self._lines = lines
        self._single = single
        self._showing = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def words(self) -> str:
        """Return the words as they were written."""
        return typed(self)

    def show_words(self, words: str) -> None:
        """Show words; the caret stays where it is when they are there already."""
        if self.words() != words:
            self._showing = True
            self.setPlainText(words)
            self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; in a single entry, ask for the next one, or to take this one out or move it."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if not self._single or self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Backspace and plain and not self.words():
            self.gone_wanted.emit()
        elif is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source) -> None:  # noqa: ANN001 - Qt's signature
        """Paste words alone; into a single entry, as one line."""
        words = source.text()
        self.insertPlainText(" ".join(words.split()) if self._single else words)

    def sizeHint(self) -> QSize:
        """Return the height that the words need."""
        return QSize(200, self._wanted())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow or shrink when the lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow or shrink with the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _changed(self) -> None:
        if not self._showing:
            self.edited.emit(self.words())

    def _wanted(self) -> int:
        rows = max(self.document().documentLayout().documentSize().height(), self._lines)
        return round(rows * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()) + _PAD

    def _fit(self) -> None:
        if self.height() != self._wanted():
            self.setFixedHeight(self._wanted())
