"""What lies in an article that is to be replaced, as rows: what waits for a decision first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from annotator.project.replacement.plan import Choice, Fate, Item, ReplacementPlan
from annotator.ui.look.drawing import is_right_to_left, paint_heading
from annotator.ui.widgets.two_lines import Index, Lines, Sign, TwoLines

ROW_ROLE = Qt.ItemDataRole.UserRole
_ORDER = (Fate.DOUBTFUL, Fate.LOST, Fate.MOVED, Fate.STAYED)
_WORDS = {
    Choice.ACCEPT: "Takes the new place",
    Choice.DROP: "Goes to the trash",
    Choice.KEEP: "Stays on the old version",
}
_NOTE_WORDS = {**_WORDS, Choice.DROP: "Becomes a note on the whole article"}
_BLOCK_WORDS = {Choice.ACCEPT: "Takes the new place", Choice.DROP: "Is left to the new version"}


def said(item: Item, choice: Choice) -> str:
    """Return what a choice does with something, in words."""
    return {"thread": _NOTE_WORDS, "block": _BLOCK_WORDS}.get(item.noun, _WORDS)[choice]


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or the heading of some.

    Attributes:
        item: what it is about; None for a heading.
        name: what it is and whose; of a heading, what they have in common.
        words: the words that it covers, and those it would cover where these are others; of a heading, how many there are.
    """

    item: Item | None
    name: str
    words: str
    choice: Choice | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide about it."""
        return self.item is not None and bool(self.item.choices) and self.choice is None

    @property
    def detail(self) -> str:
        """What it is, and what was decided about it."""
        is_said = self.item is not None and self.choice is not None and self.item.noun != "block"
        return f"{said(self.item, self.choice)} · {self.name}" if is_said and self.item and self.choice else self.name


class ItemModel(QAbstractListModel):
    """The rows of one plan. Decisions are kept here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, plan: ReplacementPlan, items: tuple[Item, ...], kept: Mapping[str, Choice]) -> None:
        """Show what lies in the article; `kept` are decisions that were made before, by id."""
        people = {each.id: each.name for each in plan.standing.people}
        several = len({each.annotator for each in items if each.annotator}) > 1
        self.beginResetModel()
        self.rows = []
        for fate in _ORDER:
            found = [each for each in items if each.fate is fate]
            found.sort(key=lambda each: each.noun == "block")
            if found:
                self.rows.append(Row(None, fate.value.capitalize(), f"{len(found):,}"))
            for each in found:
                who = f" · {people.get(each.annotator, '')}" if several and each.annotator else ""
                choice = kept.get(each.id)
                if each.noun == "block" and each.choices:
                    choice = choice or Choice.ACCEPT
                name = f"{each.name[:1].upper()}{each.name[1:]}{who}"
                self.rows.append(Row(each, name, _words(plan, each), choice if choice in each.choices else None))
        self.endResetModel()

    @property
    def choices(self) -> dict[str, Choice]:
        """What was decided, by the items' ids."""
        return {row.item.id: row.choice for row in self.rows if row.item is not None and row.choice is not None}

    @property
    def waiting(self) -> list[int]:
        """The rows that wait for a decision."""
        return [number for number, row in enumerate(self.rows) if row.waits]

    def decide(self, row: int, choice: Choice) -> bool:
        """Decide about a row; whether that can be decided so."""
        old = self.rows[row]
        if old.item is None or choice not in old.item.choices:
            return False
        self.rows[row] = Row(old.item, old.name, old.words, choice)
        self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a heading cannot be chosen."""
        is_heading = index.isValid() and self.rows[index.row()].item is None
        return Qt.ItemFlag.NoItemFlags if is_heading else super().flags(index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a row, or its words."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.words}\n{row.detail}"
        return None


def _words(plan: ReplacementPlan, item: Item) -> str:
    old, new = " ".join(plan.words_before(item).split()), " ".join(plan.words_after(item).split())
    arrow = "←" if is_right_to_left(old) else "→"
    return f"{old} {arrow} {new}" if item.fate is Fate.DOUBTFUL and old != new else old


class ItemRow(TwoLines):
    """Paints a row: a sign, the words, and below them what they are and what becomes of them."""

    def lines(self, index: Index) -> Lines:
        """Return what a row says; the sign of what moved or stayed is a tick, of what goes a line."""
        theme, row = self.theme, index.data(ROW_ROLE)
        gone = row.choice in (Choice.DROP, Choice.KEEP)
        sign = (Sign.LEFT, theme.muted) if gone or row.item.now is None else (Sign.TAKEN, theme.accent)
        return Lines(
            row.words,
            theme.muted if gone else theme.text,
            row.detail,
            theme.warning if row.waits else theme.muted,
            (Sign.WAITS, theme.warning) if row.waits else sign,
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row, or the heading of some."""
        row: Row = index.data(ROW_ROLE)
        if row.item is None:
            paint_heading(painter, option, self.theme, row.name, row.words)
        else:
            super().paint(painter, option, index)
