"""The lists of a codebook's form: clauses, examples, values."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from annotator.model.codebook import Clause, Label, Value
from annotator.model.colour import is_color
from annotator.model.draft import free_id
from annotator.ui.codebook.entries import EntriesField, EntryRow
from annotator.ui.codebook.field import KeyField
from annotator.ui.codebook.own_undo import OwnUndo
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.words_edit import WordsEdit
from annotator.ui.look.theme import wash


def _writer(row: EntryRow, name: str) -> WordsEdit:
    words = WordsEdit(single=True)
    words.setAccessibleName(name)
    words.next_wanted.connect(lambda: row.owner.add(row))
    words.gone_wanted.connect(lambda: row.owner.take_out(row))
    words.move_wanted.connect(lambda by: row.owner.move(row, by))
    return words


class _ClauseRow(EntryRow):
    def __init__(self, owner: EntriesField) -> None:
        super().__init__(owner)
        self.badge = QLabel(objectName="badge")
        self.badge.setToolTip("The id of this clause. It stays, so that it can be cited, and is never given again.")
        self.badge.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words = _writer(self, owner.caption.text())
        self.words.edited.connect(lambda text: owner.put(self, lambda clause: replace(clause, text=text)))
        self.badge.setMinimumWidth(72)
        self.badge.setContentsMargins(0, 8, 12, 0)
        self.line.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.words, 1)
        self.finish()

    def show_entry(self, entry: Clause) -> None:
        self.badge.setText(entry.id)
        self.words.show_words(entry.text)
        self.words.setAccessibleName(f"{self.owner.caption.text()}, {entry.id}")

    def writers(self) -> list[QWidget]:
        return [self.words]


class ClausesField(EntriesField):
    """Clauses with ids that stay. `new_id` returns the next one of a stem."""

    def __init__(self, name: str, caption: str, letter: str, hint: str, new_id: Callable[[str], str]) -> None:
        super().__init__(name, caption, "clause", hint, "Add a clause")
        self._letter = letter
        self._new_id = new_id
        self._label = ""

    def show_label(self, label: Label) -> None:
        """Show the clauses of a label."""
        self._label = label.id
        self.show_value(getattr(label, self.name))

    def make_row(self) -> EntryRow:
        """Return an empty row."""
        return _ClauseRow(self)

    def make_entry(self) -> Clause:
        """Return a clause that says nothing yet."""
        return Clause(self._new_id(f"{self._label}-{self._letter}"), "")


class _Marked(QSyntaxHighlighter):
    """Paints what stands between ⟦ and ⟧ as the label's mark."""

    def __init__(self, parent: QObject, owner: "ExamplesField") -> None:
        super().__init__(parent)
        self._owner = owner

    def highlightBlock(self, text: str) -> None:
        theme = self._owner.paints.theme
        inside, brackets = QTextCharFormat(), QTextCharFormat()
        if is_color(self._owner.color):
            inside.setBackground(QColor(wash(theme, self._owner.color)))
        brackets.setForeground(QColor(theme.muted))
        # Python counts code points and Qt UTF-16 units.
        place, start = 0, -1
        for letter in text:
            if letter == "⟦":
                self.setFormat(place, 1, brackets)
                start = place + 1
            elif letter == "⟧":
                if start >= 0:
                    self.setFormat(start, place - start, inside)
                self.setFormat(place, 1, brackets)
                start = -1
            place += 1 + (letter > "\uffff")


class _ExampleRow(EntryRow):
    def __init__(self, owner: "ExamplesField") -> None:
        super().__init__(owner)
        self.words = _writer(self, "Example")
        self.words.edited.connect(lambda text: owner.put(self, lambda _old: text))
        self.marked = _Marked(self.words.document(), owner)
        self.line.addWidget(self.words, 1)
        self.finish()

    def show_entry(self, entry: str) -> None:
        self.words.show_words(entry)

    def writers(self) -> list[QWidget]:
        return [self.words]


class ExamplesField(EntriesField):
    """Examples, in which ⟦ and ⟧ stand around the words that have the label."""

    def __init__(self, paints: Paints, hint: str) -> None:
        super().__init__("examples", "Examples", "example", hint, "Add an example")
        self.paints = paints
        self.color = ""

    def show_label(self, label: Label) -> None:
        """Show the examples of a label in its colour."""
        repaint = self.color != label.color
        self.color = label.color
        self.show_value(label.examples)
        if repaint:
            self.refresh()

    def refresh(self) -> None:
        """Paint the marked words anew."""
        for row in self.rows:
            row.marked.rehighlight()

    def make_row(self) -> EntryRow:
        """Return an empty row."""
        return _ExampleRow(self)

    def make_entry(self) -> str:
        """Return an example to be written."""
        return "⟦⟧"

    def key_of(self, entry: str) -> str:
        """Return nothing that a fault could name."""
        return entry


class _ValueRow(EntryRow):
    def __init__(self, owner: EntriesField) -> None:
        super().__init__(owner)
        self.key = KeyField("key", "")
        self.key.line.setFixedWidth(44)
        self.key.line.setPlaceholderText("key")
        self.name = QLineEdit(accessibleName="Name of the value")
        self.name.setPlaceholderText("name")
        self.description = QLineEdit(accessibleName="What the value means")
        self.description.setPlaceholderText("meaning")
        for line in (self.name, self.description):
            OwnUndo(line)
        self.key.edited.connect(lambda key: owner.put(self, lambda value: replace(value, key=key)))
        self.name.textEdited.connect(lambda name: owner.put(self, lambda value: replace(value, name=name)))
        self.name.returnPressed.connect(lambda: owner.add(self))
        self.description.textEdited.connect(
            lambda words: owner.put(self, lambda value: replace(value, description=words))
        )
        self.line.addWidget(self.key)
        self.line.addSpacing(8)
        self.line.addWidget(self.name, 2)
        self.line.addSpacing(8)
        self.line.addWidget(self.description, 3)
        self.finish()

    def show_entry(self, entry: Value) -> None:
        for line, words in ((self.key.line, entry.key), (self.name, entry.name), (self.description, entry.description)):
            if line.text() != words:
                line.setText(words)
                line.setCursorPosition(0)
        self.key.line.setAccessibleName(f"Key of {entry.name or 'the value'}")
        self.name.setToolTip(entry.id)

    def writers(self) -> list[QWidget]:
        return [self.name, self.description, self.key.line]


class ValuesField(EntriesField):
    """The values of an attribute: key, name, and what it means."""

    def __init__(self) -> None:
        hint = "Values are what a person chooses from. A digit as the key is the quickest."
        super().__init__("values", "Values", "value", hint, "Add a value")

    def make_row(self) -> EntryRow:
        """Return an empty row."""
        return _ValueRow(self)

    def make_entry(self) -> Value:
        """Return a value without a name, with the next digit as its key."""
        keys = {each.key for each in self._value}
        key = next((digit for digit in "123456789" if digit not in keys), "")
        return Value(free_id("new-value", {each.id for each in self._value}), "", key)
