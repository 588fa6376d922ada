"""What is to be decided about copies: the list of one group, and the versions of the chosen thing beside it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.project.copies.plan import Fate, Item, Rule
from annotator.ui.look.drawing import strong
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.item_model import HIDDEN, HIDDEN_TOO, Decisions, ItemModel, ItemRow
from annotator.ui.team.merge_sight import GROUPS, Hidden, Sight
from annotator.ui.team.merge_words import outcome, side, version_words
from annotator.ui.team.versions_view import Side, VersionsView
from annotator.ui.team.words import listed
from annotator.ui.widgets.rows import Rows

_TITLES = dict(zip(GROUPS, ("Conflicts", "No place", "Everything else"), strict=True))
_NO_WORDS = "Nothing in this list has these words."


class MergeDeciding(QSplitter):
    """Three groups, a list, versions. `decided` tells that somebody has chosen a version."""

    decided = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.sight: Sight | None = None
        self.choices: dict[str, int] = {}
        self.rule: Rule | None = None
        self._codebook: Codebook | None = None
        self._group = "conflicts"
        self.items = ItemModel(self)
        self.list = Rows("What is to be decided")
        self.list.setModel(self.items)
        self._row = ItemRow(self.list, theme)
        self.list.set_painter(self._row)
        self.list.installEventFilter(self)
        self.filtered = Filtered(self.list, self._filter, "the list", margin=8)
        self.versions = VersionsView()
        self.groups: dict[str, QPushButton] = {}
        self.setHandleWidth(1)
        self.addWidget(self._entries())
        self.addWidget(self.versions)
        self.setChildrenCollapsible(False)
        self.setSizes([520, 480])
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_entry())
        self.versions.chosen.connect(self.choose_version)

    def _entries(self) -> QWidget:
        groups = QHBoxLayout()
        groups.setSpacing(4)
        together = QButtonGroup(self)
        for name, words in _TITLES.items():
            button = QPushButton(words, objectName="tab", checkable=True)
            button.clicked.connect(lambda _checked=False, name=name: self.show_group(name))
            together.addButton(button)
            self.groups[name] = button
            groups.addWidget(button)
        groups.addStretch(1)
        left = QWidget(objectName="side")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(groups)
        column.addWidget(self.filtered, 1)
        return left

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.list.viewport().update()

    # Showing

    def show_sight(self, sight: Sight, session: Session, *, again: bool) -> None:
        """Show what may be seen of a plan; `again`: of one that was looked at before, so what was decided stays."""
        plan = sight.plan
        known = {each.id for each in (*plan.items, *plan.conflicts)}
        self.choices = {key: number for key, number in self.choices.items() if key in known}
        self.sight, self._codebook = sight, session.project.codebook
        self.items.titles = {head.id: head.title for head in session.heads}
        if not again:
            self._group = "conflicts" if plan.conflicts else "unplaced" if plan.unplaced else "rest"
        self.refresh()

    def forget(self) -> None:
        """Show nothing, and know of no decision."""
        self.sight = None
        self.choices.clear()
        self.rule = None
        self.filtered.reset()
        self.items.show_group(None, "rest")

    def show_group(self, name: str) -> None:
        """Show another group."""
        self._group = name
        self.refresh()
        self.list.setFocus()

    def refresh(self) -> None:
        """Show the group and its versions as they stand."""
        sight = self.sight
        if sight is None:
            return
        for name, words in _TITLES.items():
            button = self.groups[name]
            count, hides = len(sight.group(name)), sight.hides_in(name)
            more = " and more" if hides else ""
            button.setText(f"{words} {count:,}{more}" if count or not hides else f"{words}, hidden")
            # The chosen one is half bold, and so wider than its size hint.
            button.setMinimumWidth(QFontMetrics(strong(button.font())).horizontalAdvance(button.text()) + 24)
            button.setChecked(name == self._group)
        row = self.list.currentIndex().row()
        self.items.show_group(sight, self._group)
        self.items.decide(Decisions(self.choices, self.rule))
        self.list.show_row(min(max(row, 0), len(self.items.entries) - 1))
        self._show_entry()

    def _filter(self, words: str) -> None:
        self.items.filter(words)
        self.list.show_row(0 if self.items.entries else -1)
        self._show_entry()

    def _show_entry(self) -> None:
        row, sight, codebook = self.list.currentIndex().row(), self.sight, self._codebook
        entry = self.items.entries[row] if 0 <= row < len(self.items.entries) else None
        if entry is None or sight is None or codebook is None:
            why = _NO_WORDS if self.items.is_narrowed else _nothing(self._group)
            self.versions.show_versions("", "" if sight is None else why, "", (), -1)
            return
        if isinstance(entry, Hidden):
            why = HIDDEN if self._group == "conflicts" else HIDDEN_TOO
            self.versions.show_versions(entry.words, "", why, (), -1)
            return
        plan = sight.plan
        if not isinstance(entry, Item):
            where = f"In “{plan.files[entry.file].path.name}” · {entry.annotator}"
            self.versions.show_versions(entry.words, where, entry.why, (), -1)
            return
        sides = [
            Side(side(plan, each), version_words(entry, number, codebook), _verb(entry, number))
            for number, each in enumerate(entry.versions)
        ]
        waits = entry in plan.conflicts and entry.id not in self.choices and self.rule is None
        taken = -1 if waits else self.items.decisions.choice(entry)
        where = listed(entry.annotator, self.items.titles.get(entry.article, ""))
        self.versions.show_versions(entry.words, where, entry.why, sides, taken)

    # Deciding

    def set_rule(self, rule: Rule | None) -> None:
        """Let a rule decide what nobody decides."""
        self.rule = rule
        self._decided()

    def choose_version(self, number: int) -> None:
        """Take one version of the chosen thing, and go on to the next one that waits."""
        row = self.list.currentIndex().row()
        item = self.items.entries[row] if 0 <= row < len(self.items.entries) else None
        if not isinstance(item, Item) or not 0 <= number < len(item.versions):
            return
        self.choices[item.id] = number
        self._decided()
        following = self.items.next_waiting(row)
        if following >= 0:
            self.list.show_row(following)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the digits, with which a version is chosen."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            digit = event.key() - Qt.Key.Key_0
            if 0 <= digit <= 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.choose_version(digit)
                return True
        return super().eventFilter(watched, event)

    def _decided(self) -> None:
        self.items.decide(Decisions(self.choices, self.rule))
        self._show_entry()
        self.decided.emit()


def _verb(item: Item, number: int) -> str:
    if item.fate is Fate.CONFLICT:
        return "Keep" if number == 0 else "Take"
    if number == 0:
        return "Leave"
    return {"new": "Add", "changed": "Change", "deleted": "Delete"}.get(outcome(item, number), "Take")


def _nothing(group: str) -> str:
    return {
        "conflicts": "No conflicts: nobody changed what somebody else has changed too.",
        "unplaced": "Everything has found its place.",
    }.get(group, "The copies bring nothing else.")
