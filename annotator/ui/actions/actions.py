"""The registry of actions: each exists once, as one QAction that menus, keys, palette and overview share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Codebook
from annotator.ui.actions.catalogue import COMMANDS
from annotator.ui.actions.command import Command, Needs, Where, label_commands
from annotator.ui.look.icons import icon
from annotator.ui.widgets.captions import caption

_OF_EVERYBODY = frozenset({Where.AGREEMENT.place, Where.ADJUDICATE.place})
"""The places in which everything is about what everybody has labelled."""


@dataclass(frozen=True, slots=True)
class _Entry:
    command: Command
    action: QAction


class Actions(QObject):
    """All actions of one window.

    `keys_changed` tells that some action has other keys than before, `labels_changed` that the codebook's
    actions were made anew; `led` says in words with which key an action waits in the place that was gone to.
    """

    keys_changed = Signal()
    labels_changed = Signal()
    led = Signal(str)

    def __init__(self, window: QWidget, changed_keys: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._changed: dict[str, tuple[str, ...]] = {key: tuple(keys) for key, keys in (changed_keys or {}).items()}
        self._entries: dict[str, _Entry] = {}
        self._alike: dict[tuple[str, Needs], list[QAction]] = {}
        """Those that rest and wake together, by the place where they are in force and what they need."""
        self._groups: dict[str, QActionGroup] = {}
        self._drawn: set[str] = set()
        self._reached = Needs.NOTHING
        self._place: str | None = None
        self._is_blind = False
        self._scoped: dict[Where, list[QWidget]] = {Where.READING: [], Where.ARTICLES: []}
        self._on_label: Callable[[str], None] | None = None
        self._on_arm: Callable[[str], None] | None = None
        self._on_relation: Callable[[str], object] | None = None
        for command in COMMANDS:
            self._add(command)
        self._set_all_keys()

    def __getitem__(self, command_id: str) -> QAction:
        return self._entries[command_id].action

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._entries

    def commands(self) -> list[Command]:
        """Return every action, the catalogue's first, then the codebook's."""
        return [entry.command for entry in self._entries.values()]

    def command(self, command_id: str) -> Command:
        """Return what is known about one action."""
        return self._entries[command_id].command

    def on(self, command_id: str, slot: Callable[[], object]) -> None:
        """Call `slot` whenever the action is triggered."""
        self[command_id].triggered.connect(lambda _checked=False: slot())

    def on_labels(self, label: Callable[[str], None], arm: Callable[[str], None]) -> None:
        """Call these with a label's id when its actions are triggered; valid for every codebook to come."""
        self._on_label, self._on_arm = label, arm

    def on_relations(self, begin: Callable[[str], object]) -> None:
        """Call this with a relation's id when its action is triggered; valid for every codebook to come."""
        self._on_relation = begin

    def attach(self, where: Where, widget: QWidget) -> None:
        """Let the keys of the actions of `where` work in `widget` and what is inside it."""
        self._scoped[where].append(widget)
        for entry in self._entries.values():
            if entry.command.where == where:
                widget.addAction(entry.action)

    def set_codebook(self, codebook: Codebook | None) -> None:
        """Make the actions of the codebook's labels anew."""
        old = [each for each in self._entries if ":" in each]
        if codebook is None and not old:
            return
        for command_id in old:
            entry = self._entries.pop(command_id)
            self._alike[entry.command.where.place, entry.command.needs].remove(entry.action)
            self._window.removeAction(entry.action)
            entry.action.deleteLater()
        for command in label_commands(codebook) if codebook else ():
            self._add(command)
        self._set_all_keys()
        self.labels_changed.emit()

    def set_reach(self, reached: Needs, place: str) -> None:
        """Enable what makes sense now.

        Args:
            reached: the most that is there (a project, an article, a selected label).
            place: the name of the place that is shown; the actions of the others rest.
        """
        self._turn(reached, place, is_blind=self._is_blind)

    def set_blind(self, *, is_blind: bool) -> None:
        """Let what tells of everybody's labels, or decides about them, rest while others' are hidden, or wake again."""
        self._turn(self._reached, self._place, is_blind=is_blind)

    def _turn(self, reached: Needs, place: str | None, *, is_blind: bool) -> None:
        if (self._reached, self._place, self._is_blind) == (reached, place, is_blind):
            return  # as with most keys: all actions stand as they should
        before = (self._reached, self._in_force)
        self._reached, self._place, self._is_blind = reached, place, is_blind
        now = (reached, self._in_force)
        if now[1] is None:
            return
        for (where, needs), actions in self._alike.items():
            # Setting one as it stands costs as much as turning it, and a key turns a few of a hundred.
            awake = _is_awake(where, needs, *now)
            if before[1] is None or _is_awake(where, needs, *before) != awake:
                for action in actions:
                    action.setEnabled(awake)

    @property
    def place(self) -> str:
        """The name of the place that is shown; empty before there is one."""
        return self._place or ""

    @property
    def _in_force(self) -> str | None:
        """The place whose actions may be in force; None before there is one, empty where it has nothing to show."""
        return "" if self._is_blind and self._place in _OF_EVERYBODY else self._place

    def leads(self, command_id: str) -> bool:
        """Whether an action rests only because its place is not shown, so that going there helps."""
        command = self.command(command_id)
        return bool(command.where.place) and not self[command_id].isEnabled() and command.needs <= self._reached

    def lead(self, command_id: str) -> None:
        """Go to the place of an action. What asks first is begun there; all else waits for its key, with things in sight."""
        command = self.command(command_id)
        self[f"place.{command.where.place}"].trigger()
        if command.name.endswith("…"):
            self[command_id].trigger()
        elif not self[command_id].isEnabled():
            self.led.emit(f"{command.name}: not while others' labels are hidden")
        elif key := self.key_text(command_id):
            self.led.emit(f"{command.name}: press {key} here")

    def with_icon(self, command_id: str) -> QAction:
        """Return an action for a button that shows its icon. Menus show none, and drawing all would slow the start."""
        self._drawn.add(command_id)
        self[command_id].setIcon(icon(self.command(command_id).icon))
        return self[command_id]

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        for command_id in self._drawn:
            self.with_icon(command_id)

    def keys(self, command_id: str) -> tuple[str, ...]:
        """Return the keys of an action as Qt writes them (``Ctrl+Shift+Z``), the first one first."""
        return tuple(each.toString() for each in self[command_id].shortcuts())

    def key_text(self, command_id: str) -> str:
        """Return the first key as the system shows it, or an empty string."""
        return native(self.keys(command_id)[0]) if self.keys(command_id) else ""

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """The keys that the person has changed, by action id: what the settings keep."""
        return dict(self._changed)

    def taken(self, command_id: str, key: str) -> str:
        """Return a sentence when `key` cannot be given to the action, or an empty string."""
        sequence = QKeySequence(key)
        if sequence.isEmpty():
            return "That is not a key."
        here = self._entries[command_id].command
        for other_id, other in self._entries.items():
            if other_id == command_id or not here.where.meets(other.command.where):
                continue
            if any(_same(each, sequence) for each in other.action.shortcuts()):
                return f"{native(key)} is the key of “{other.command.name}” already. Change that one first."
        return ""

    def change_keys(self, command_id: str, keys: Sequence[str]) -> str:
        """Give an action other keys.

        Returns:
            An empty string, or the sentence that says why it stays as it was.
        """
        for key in keys:
            refusal = self.taken(command_id, key)
            if refusal:
                return refusal
        self._changed[command_id] = tuple(keys)
        self._set_all_keys()
        self.keys_changed.emit()
        return ""

    def reset_keys(self, command_id: str = "") -> str:
        """Give one action, or without an id all of them, the keys they had from the start.

        Returns:
            An empty string, or the sentence that says why it stays as it was.
        """
        if command_id:
            for key in self._entries[command_id].command.keys:
                refusal = self.taken(command_id, key)
                if refusal:
                    return refusal
            self._changed.pop(command_id, None)
        else:
            self._changed.clear()
        self._set_all_keys()
        self.keys_changed.emit()
        return ""

    def _add(self, command: Command) -> None:
        action = QAction(caption(command.name), self._window)
        action.setObjectName(command.id)
        action.setIconVisibleInMenu(False)
        if command.id.startswith("place."):
            action.setIconText(command.id.removeprefix("place.").capitalize())
        action.setCheckable(bool(command.choice))
        if command.choice not in ("", "-"):
            if command.choice not in self._groups:
                self._groups[command.choice] = QActionGroup(self)
            self._groups[command.choice].addAction(action)
        kind, _, label_id = command.id.partition(":")
        if label_id:
            action.triggered.connect(lambda _checked=False: self._triggered(kind, label_id))
        self._entries[command.id] = _Entry(command, action)
        self._alike.setdefault((command.where.place, command.needs), []).append(action)
        if self._place is not None:
            action.setEnabled(_is_awake(command.where.place, command.needs, self._reached, self._in_force))
        if command.where in self._scoped:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for widget in self._scoped[command.where]:
                widget.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)

    def _triggered(self, kind: str, label_id: str) -> None:
        slot = {"label": self._on_label, "arm": self._on_arm, "relation": self._on_relation}[kind]
        if slot is not None:
            slot(label_id)

    def _set_all_keys(self) -> None:
        """Set the keys of all actions; where two want one key, what the person chose and then the labels go first."""
        ranked = sorted(
            self._entries.values(),
            key=lambda entry: (
                entry.command.id not in self._changed,
                not entry.command.id.startswith(("label:", "relation:")),
            ),
        )
        given: dict[str, list[Where]] = {}
        for entry in ranked:
            wanted = self._changed.get(entry.command.id, entry.command.keys)
            kept = []
            for sequence in map(QKeySequence, wanted):
                holders = given.setdefault(sequence.toString(), [])
                if not sequence.isEmpty() and not any(where.meets(entry.command.where) for where in holders):
                    kept.append(sequence)
                    holders.append(entry.command.where)
            entry.action.setShortcuts(kept)
            entry.action.setToolTip(_tooltip(entry.command, kept))
            entry.action.setStatusTip("")


def _is_awake(where: str, needs: Needs, reached: Needs, place: str | None) -> bool:
    return where in {"", place} and needs <= reached


def native(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _same(one: QKeySequence, other: QKeySequence) -> bool:
    return one.matches(other) == QKeySequence.SequenceMatch.ExactMatch


def _tooltip(command: Command, keys: Sequence[QKeySequence]) -> str:
    shown = " or ".join(each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
    return f"{command.name} ({shown})\n{command.tip}" if shown else f"{command.name}\n{command.tip}"
