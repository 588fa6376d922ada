"""A list of entries that are written below one another: clauses, examples, values."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.model.faults import Fault
from annotator.ui.codebook.field import Field
from annotator.ui.codebook.paints import IconButton

GUTTER = 32
"""Room at the right of every field, in which an entry has its button."""


class EntryRow(QWidget):
    """One entry with what can be done to it: the button for that is seen where the mouse or the focus is.

    Subclasses put their widgets into `line` and call `finish`. `owner` is told what the person wants.
    """

    def __init__(self, owner: "EntriesField") -> None:
        super().__init__()
        self.owner = owner
        self.line = QHBoxLayout()
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(0)
        self.fault = QLabel(objectName="bad", wordWrap=True)
        self.fault.hide()
        self.more = IconButton("ellipsis", f"Move this {owner.what}, or take it out")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        for words, do in (
            ("Move up\tAlt+Up", lambda: owner.move(self, -1)),
            ("Move down\tAlt+Down", lambda: owner.move(self, 1)),
            (f"Take this {owner.what} out", lambda: owner.take_out(self)),
        ):
            menu.addAction(words).triggered.connect(lambda _checked=False, do=do: do())
        self.more.setMenu(menu)
        self._read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.line)
        column.addWidget(self.fault)

    def finish(self) -> None:
        """Put the button into the margin at the end of the row, and watch where the focus is."""
        box = QWidget()
        box.setFixedWidth(GUTTER)
        row = QHBoxLayout(box)
        row.setContentsMargins(4, 2, 0, 0)
        row.addWidget(self.more)
        self.more.hide()
        self.line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        for child in self.findChildren(QWidget):
            child.installEventFilter(self)

    def show_entry(self, entry: Any) -> None:  # noqa: ANN401
        """Show an entry; subclasses say how."""
        raise NotImplementedError

    def writers(self) -> list[QWidget]:
        """Return the widgets in which one writes, the first one first."""
        raise NotImplementedError

    def tell(self, words: str) -> None:
        """Say what is wrong with this entry; an empty sentence: nothing."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))

    def set_read_only(self, read_only: bool) -> None:
        """Show it without editing."""
        self._read_only = read_only
        for writer in self.writers():
            writer.setReadOnly(read_only)
        self._show_more(on=False)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show what can be done."""
        super().enterEvent(event)
        self._show_more(on=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the button again, unless the focus is here."""
        super().leaveEvent(event)
        self._show_more(on=self._has_focus())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the button where the focus is."""
        if event.type() == QEvent.Type.FocusIn:
            self._show_more(on=True)
        elif event.type() == QEvent.Type.FocusOut and not self.underMouse():
            # A button that takes the focus must still be there to take it, so this waits until it has gone somewhere.
            self._show_more(on=self._has_focus())
        return super().eventFilter(watched, event)

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _show_more(self, *, on: bool) -> None:
        self.more.setVisible((on or self.more.menu().isVisible()) and not self._read_only)


class EntriesField(Field):
    """Entries of one kind, each in a row, and a button that adds one."""

    def __init__(self, name: str, caption: str, what: str, hint: str, add: str) -> None:
        super().__init__(name, caption, hint)
        self.what = what
        self.rows: list[EntryRow] = []
        self._value: tuple[Any, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.add_button = QPushButton(add, objectName="link")
        self.add_button.clicked.connect(lambda _checked=False: self.add())
        self.column.addLayout(self._rows)
        self.column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()
        self._read_only = False

    def make_row(self) -> EntryRow:
        """Return an empty row; subclasses say which."""
        raise NotImplementedError

    def make_entry(self) -> Any:  # noqa: ANN401
        """Return a new entry; subclasses say which."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Return what one writes in, row by row with its button, and the button that adds."""
        inside = [stop for row in self.rows for stop in (*row.writers(), row.more)]
        return [*inside, self.add_button]

    def key_of(self, entry: Any) -> str:  # noqa: ANN401
        """Return what faults call the entry."""
        return str(entry.id)

    def show_value(self, value: Any) -> None:  # noqa: ANN401
        """Show entries; rows are used again, so that the caret stays where it is."""
        self._value = tuple(value)
        while len(self.rows) > len(self._value):
            row = self.rows.pop()
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(self._value):
            row = self.make_row()
            row.set_read_only(self._read_only)
            self._rows.addWidget(row)
            self.rows.append(row)
        for row, entry in zip(self.rows, self._value, strict=True):
            row.show_entry(entry)
        self.hint.setVisible(bool(self.hint.text()) and not self._value)

    def show_faults(self, faults: list[Fault]) -> None:
        """Say beside each entry what is wrong with it."""
        by_entry: dict[str, list[str]] = {}
        for each in faults:
            by_entry.setdefault(each.field.partition(":")[2], []).append(each.words)
        for row, entry in zip(self.rows, self._value, strict=True):
            row.tell(" ".join(by_entry.get(self.key_of(entry), ())))
        self.tell(" ".join(by_entry.get("", ())))
        self.hint.setVisible(bool(self.hint.text()) and not self._value)

    def set_read_only(self, read_only: bool) -> None:
        """Show the entries without editing."""
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def add(self, after: EntryRow | None = None) -> None:
        """Add an entry at the end or after a row, and write in it."""
        place = self.rows.index(after) + 1 if after in self.rows else len(self._value)
        self._emit((*self._value[:place], self.make_entry(), *self._value[place:]))
        if place < len(self.rows):
            self._go(self.rows[place])

    def take_out(self, row: EntryRow) -> None:
        """Take an entry out, and go on in the one before."""
        place = self.rows.index(row)
        self._emit((*self._value[:place], *self._value[place + 1 :]))
        if self.rows:
            self._go(self.rows[max(place - 1, 0)])
        else:
            self.add_button.setFocus()

    def move(self, row: EntryRow, by: int) -> None:
        """Move an entry up or down."""
        here = self.rows.index(row)
        there = here + by
        if 0 <= there < len(self._value):
            entries = list(self._value)
            entries[here], entries[there] = entries[there], entries[here]
            self._emit(tuple(entries))
            self._go(self.rows[there])

    def put(self, row: EntryRow, change: Callable[[Any], Any]) -> None:
        """Change the entry of a row."""
        place = self.rows.index(row)
        self._emit((*self._value[:place], change(self._value[place]), *self._value[place + 1 :]))

    def _go(self, row: EntryRow) -> None:
        writer = row.writers()[0]
        writer.setFocus()
        self.focus_moved.emit(writer)

    def _emit(self, value: tuple[Any, ...]) -> None:
        self.edited.emit(value)
