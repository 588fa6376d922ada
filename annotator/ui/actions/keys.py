"""The overview of all keys (F1), those of the place that is shown first, in which one can look for a key and change it."""

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.actions.actions import Actions, native
from annotator.ui.actions.command import Command
from annotator.ui.widgets.matching import folded, has_words
from annotator.ui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex

_COLUMNS = ("Action", "Keys", "Menu", "Works")
_MODIFIERS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown}
)
_SIZE = (880, 560)
_NAMES = 304
"""Room for the names of actions."""
_HINT = "Choose an action, press Enter, then the new key."


class KeyModel(QAbstractTableModel):
    """The actions with their keys, filtered by words."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._query = ""
        self._place = ""
        self.commands: list[Command] = []
        self.reload()

    def filter(self, query: str) -> None:
        """Show the actions that hold every word in name, key, menu or tooltip."""
        self._query = folded(query)
        self.reload()

    def begin_with(self, place: str) -> None:
        """Show what works in a place before everything else."""
        if place != self._place:
            self._place = place
            self.reload()

    def reload(self) -> None:
        """Read the actions and their keys anew."""
        self.beginResetModel()
        found = [each for each in self._actions.commands() if has_words(self._query, self._words(each))]
        # What is called so comes before what only speaks of it.
        self.commands = sorted(
            found, key=lambda each: (not has_words(self._query, folded(each.name)), *self._far(each))
        )
        self.endResetModel()

    def _far(self, command: Command) -> tuple[bool, bool, bool]:
        """Return how far from the place that is shown: its own menu first, and there the codebook's labels, as in menus."""
        is_own = command.group.lower() == self._place
        return command.where.place != self._place, not is_own, not (is_own and ":" in command.id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many actions are shown."""
        return 0 if parent.isValid() else len(self.commands)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's name."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        horizontal = orientation == Qt.Orientation.Horizontal
        return _COLUMNS[section] if horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a cell, and the action's sentence as its tooltip."""
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return command.tip
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (command.name, self._keys(command), command.group, command.where.value)[index.column()]
        return None

    def _keys(self, command: Command) -> str:
        return "  or  ".join(native(key) for key in self._actions.keys(command.id)) or "none"

    def _words(self, command: Command) -> str:
        return folded(f"{command.name} {self._keys(command)} {command.group} {command.tip}")


class ChordField(QLineEdit):
    """Shows an action's keys; while it has the focus, the next key pressed is the new one.

    `pressed` carries it as Qt writes it; `left` tells that Escape was pressed instead.
    """

    pressed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(readOnly=True, accessibleName="New key")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Take every key, those of actions and Tab too."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Report the key, once it is more than Shift or Ctrl."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        elif event.key() not in _MODIFIERS:
            self.pressed.emit(_sequence(event).toString())


class KeyOverview(QDialog):
    """A window beside the main one: every key, searchable, and a field to change the chosen one."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setModal(False)
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableGeometry().size() - QSize(16, 48)))
        self._actions = actions
        self.field = SearchField("Find an action or a key", self)
        self.model = KeyModel(actions, self)
        self.table = _table(self.model)
        self._name = QLabel(objectName="strong")
        self.chord = ChordField()
        self.chord.setFixedWidth(200)
        self.hint = QLabel(_HINT, wordWrap=True, objectName="dim")
        self.hint.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._change = QPushButton("Change key")
        self._remove = QPushButton("No key")
        self._reset = QPushButton("Usual key")
        self._reset_all = QPushButton("All usual keys")
        self._lay_out()
        self.field.textChanged.connect(self._filter)
        self.field.left.connect(self.close)
        self.field.stepped.connect(self._step)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.activated.connect(lambda _index: self.begin_change())
        self.chord.pressed.connect(self._take)
        self.chord.left.connect(self._end_change)
        self._change.clicked.connect(self.begin_change)
        self._remove.clicked.connect(lambda: self._set([]))
        self._reset.clicked.connect(lambda: self._answer(self._actions.reset_keys(self._current_id())))
        self._reset_all.clicked.connect(lambda: self._answer(self._actions.reset_keys()))
        actions.keys_changed.connect(self._reload)
        actions.labels_changed.connect(self._reload)
        self._filter("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        for widget in (self.chord, self._change, self._remove, self._reset):
            row.addWidget(widget)
        last = QHBoxLayout()
        last.addWidget(self.hint, 1)
        last.addWidget(self._reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addLayout(last)
        for button in (self._change, self._remove, self._reset, self._reset_all):
            button.setAutoDefault(False)

    def open_here(self) -> None:
        """Show it, beginning with the keys of the place that is shown."""
        self.model.begin_with(self._actions.place)
        self._filter(self.field.text())
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()
        self.field.selectAll()

    def begin_change(self) -> None:
        """Wait for the new key of the chosen action."""
        if self._current_id():
            self.chord.setText("")
            self.chord.setPlaceholderText("Press the new key")
            self.chord.setFocus()
            self._hint("Press the new key, alone or with Ctrl, Alt or Shift. Escape leaves it as it is.", "dim")

    def _current_id(self) -> str:
        row = self.table.currentIndex().row()
        return self.model.commands[row].id if 0 <= row < len(self.model.commands) else ""

    def _take(self, key: str) -> None:
        if self._set([key]):
            self._end_change(keep_hint=True)

    def _set(self, keys: list[str]) -> bool:
        command_id = self._current_id()
        if not command_id:
            return False
        return self._answer(self._actions.change_keys(command_id, keys))

    def _answer(self, refusal: str) -> bool:
        self._hint(refusal or "Changed.", "bad" if refusal else "dim")
        return not refusal

    def _end_change(self, *, keep_hint: bool = False) -> None:
        self.table.setFocus()
        self._show_current()
        if not keep_hint:
            self._hint(_HINT, "dim")

    def _hint(self, words: str, name: str) -> None:
        self.hint.setText(words)
        self.hint.setObjectName(name)
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)

    def _show_current(self) -> None:
        command_id = self._current_id()
        self._name.setText(self._actions.command(command_id).name if command_id else "")
        self.chord.setPlaceholderText("")
        self.chord.setText("  or  ".join(native(key) for key in self._actions.keys(command_id)) if command_id else "")
        for widget in (self.chord, self._change, self._remove, self._reset):
            widget.setEnabled(bool(command_id))

    def _filter(self, query: str) -> None:
        self.model.filter(query)
        self.table.selectRow(0)
        self._show_current()

    def _reload(self) -> None:
        chosen = self._current_id()
        self.model.reload()
        rows = [number for number, each in enumerate(self.model.commands) if each.id == chosen]
        self.table.selectRow(rows[0] if rows else 0)
        self._show_current()

    def _step(self, steps: int) -> None:
        if steps:
            row = self.table.currentIndex().row() + steps
            self.table.selectRow(min(max(row, 0), self.model.rowCount() - 1))
        else:
            self.begin_change()


def _sequence(event: QKeyEvent) -> QKeySequence:
    """Return the key as it is written: a sign that needs Shift ({, ?) without the Shift."""
    text = event.text()
    shift_only = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    if shift_only and len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace():
        return QKeySequence(text)
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    return QKeySequence(int(modifiers.value) | int(event.key()))


def _table(model: KeyModel) -> QTableView:
    table = QTableView(accessibleName="Actions and their keys")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(max(32, table.fontMetrics().height() + 12))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    table.setColumnWidth(0, _NAMES)
    for column, longest in enumerate(("Ctrl+Enter  or  Ctrl+Return", "Agreement"), 1):
        table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(longest) + 28)
    return table
