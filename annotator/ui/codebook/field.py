"""A captioned field of a form: what it is called, where one writes, and below it the sentence when something is wrong."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.model.faults import Fault
from annotator.ui.codebook.own_undo import OwnUndo
from annotator.ui.codebook.words_edit import WordsEdit
from annotator.ui.widgets.choice_box import ChoiceBox


class Field(QWidget):
    """One field. `edited` carries the new value, as a person makes it and not as it is shown.

    `focus_moved` carries a widget inside that has been given the focus without Tab, and should be seen.
    """

    edited = Signal(object)
    focus_moved = Signal(object)

    def __init__(self, name: str, caption: str, hint: str = "") -> None:
        """Make a field.

        Args:
            name: the name of the codebook's field that it writes.
            caption: what stands above it and what screen readers say; empty where the widget says it itself.
            hint: a few words below it, for as long as nothing is wrong.
        """
        super().__init__()
        self.name = name
        self.core: QWidget | None = None
        """In which one writes; None where there are several."""
        self.caption = QLabel(caption, objectName="caption")
        self.hint = QLabel(hint, objectName="dim", wordWrap=True)
        for label in (self.caption, self.hint):
            if not label.text():  # never shown here: without a parent yet, it would be a window of its own
                label.hide()
        self.fault = QLabel(objectName="bad", wordWrap=True)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self.caption)

    def finish(self, widget: QWidget | None = None, *, wide: bool = True) -> None:
        """Put the widget in which one writes into its place, and what is said below it."""
        if widget is not None:
            self.column.addWidget(widget, 0, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)
            widget.setAccessibleName(widget.accessibleName() or self.caption.text())
            self.caption.setBuddy(widget)
            self.core = widget
        self.column.addWidget(self.hint)
        self.column.addWidget(self.fault)

    def stops(self) -> list[QWidget]:
        """Return where Tab goes in this field, in order."""
        return [self.core] if self.core is not None else []

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus where one writes.

        No focus proxy: Tab would come there once more, where this stands among what Tab goes through, and never further.
        """
        (self.core or super()).setFocus(reason)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - each field has its own kind
        """Show a value; subclasses say how."""
        raise NotImplementedError

    def show_faults(self, faults: list[Fault]) -> None:
        """Say what is wrong with it, if anything."""
        self.tell(" ".join(each.words for each in faults))

    def tell(self, words: str) -> None:
        """Show a sentence below the field; an empty one: all is well."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.hint.setVisible(bool(self.hint.text()) and not words)
        core = self.core
        if core is not None:
            core.setAccessibleDescription(words or self.hint.text())
            if core.property("faulty") != bool(words):
                core.setProperty("faulty", bool(words))
                core.style().unpolish(core)
                core.style().polish(core)

    def set_read_only(self, read_only: bool) -> None:
        """Show it without editing."""
        self.setEnabled(not read_only)


class LineField(Field):
    """One line of words."""

    def __init__(self, name: str, caption: str, hint: str = "", *, width: int = 0, most: int = 0) -> None:
        super().__init__(name, caption, hint)
        self.line = QLineEdit()
        if width:
            self.line.setFixedWidth(width)
        if most:
            self.line.setMaxLength(most)
        OwnUndo(self.line)
        self.line.textEdited.connect(self.edited.emit)
        self.finish(self.line, wide=not width)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show words; the caret stays where it is when they are there already."""
        if self.line.text() != value:
            self.line.setText(value)

    def set_read_only(self, read_only: bool) -> None:
        """Let the words be selected and copied, but not changed."""
        self.line.setReadOnly(read_only)


class KeyField(LineField):
    """A key: the character that is pressed takes the place of the one before."""

    def __init__(self, name: str = "key", caption: str = "Key", hint: str = "") -> None:
        super().__init__(name, caption, hint, width=56)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take each character as the whole key."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self.line.isReadOnly():
            words = event.text()
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if plain and len(words) == 1 and words.isprintable() and not words.isspace():
                self.line.setText(words.upper())
                self.line.selectAll()
                self.edited.emit(words.upper())
                return True
        if event.type() == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.line.selectAll()
        return super().eventFilter(watched, event)


class WordsField(Field):
    """Several lines of words, as high as they need."""

    def __init__(self, name: str, caption: str, hint: str = "", *, lines: int = 2) -> None:
        super().__init__(name, caption, hint)
        self.words = WordsEdit(lines=lines)
        self.words.edited.connect(self.edited.emit)
        self.finish(self.words)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show words."""
        self.words.show_words(value)

    def set_read_only(self, read_only: bool) -> None:
        """Let the words be selected and copied, but not changed."""
        self.words.setReadOnly(read_only)


class FlagField(Field):
    """Yes or no, in a sentence."""

    def __init__(self, name: str, words: str, hint: str = "") -> None:
        super().__init__(name, "", hint)
        self.box = QCheckBox(words)
        self.box.clicked.connect(lambda on=False: self.edited.emit(on))
        self.hint.setContentsMargins(24, 0, 0, 0)
        self.finish(self.box)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show yes or no."""
        self.box.setChecked(bool(value))


class Calm(QObject):
    """Keeps the mouse wheel from changing a value that the page is only scrolled past."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class ChoiceField(Field):
    """One of several values by their names."""

    def __init__(
        self, name: str, caption: str, choices: Sequence[tuple[object, str]], hint: str = "", *, width: int = 240
    ) -> None:
        super().__init__(name, caption, hint)
        self.box = ChoiceBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(width)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.installEventFilter(Calm(self.box))
        self.box.activated.connect(lambda _index: self.edited.emit(self.box.currentData()))
        self.set_choices(choices)
        self.finish(self.box, wide=False)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these values, each with its name."""
        if list(choices) != [(self.box.itemData(row), self.box.itemText(row)) for row in range(self.box.count())]:
            self.box.clear()
            for value, name in choices:
                self.box.addItem(name, value)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value; one that is not offered is shown as nothing."""
        self.box.setCurrentIndex(self.box.findData(value))
