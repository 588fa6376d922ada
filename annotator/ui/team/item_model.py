"""What is to be decided, or would be merged, as a list: conflicts first, then what finds no place, then the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotator.model.errors import RuleError
from annotator.project.copies.plan import Item, Rule, Unplaced
from annotator.project.copies.resolve import chosen, undecided
from annotator.ui.team.merge_sight import Hidden, Sight
from annotator.ui.team.merge_words import noun_words, outcome
from annotator.ui.team.table import Index
from annotator.ui.team.words import listed
from annotator.ui.widgets.matching import folded, has_words
from annotator.ui.widgets.two_lines import Lines, Sign, TwoLines

ENTRY_ROLE = Qt.ItemDataRole.UserRole
SIGN_ROLE = Qt.ItemDataRole.UserRole + 1
BELOW_ROLE = Qt.ItemDataRole.UserRole + 2
HIDDEN = "Others' labels are hidden: a rule can decide, or show them first."
HIDDEN_TOO = "How many there are, and what they say, is hidden like all labels of others."


@dataclass(frozen=True, slots=True)
class Decisions:
    """What somebody has decided: versions by the item's id, and a rule for the conflicts that are left."""

    choices: Mapping[str, int]
    rule: Rule | None = None

    def choice(self, item: Item) -> int:
        """Return the version that is taken as things stand."""
        try:
            return chosen(item, self.choices, self.rule)
        except RuleError:  # the copies were looked at again, and have fewer versions
            return 0


Entry = Item | Unplaced | Hidden


class ItemModel(QAbstractListModel):
    """The entries of one group of a plan: ``conflicts``, ``unplaced`` or ``rest``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.sight: Sight | None = None
        self._group = ""
        self._all: list[Entry] = []
        self._said: list[str] = []
        """What can be searched in each of all entries, folded; empty until somebody searches."""
        self._wanted = ""
        self._hidden_wait = False
        self.decisions = Decisions({})
        self._waiting: frozenset[str] = frozenset()
        self.titles: Mapping[str, str] = {}

    def show_group(self, sight: Sight | None, group: str) -> None:
        """Show what may be seen of a group, and in one row that there is more."""
        self.beginResetModel()
        self.sight, self._group = sight, group
        self._all, self._said = [], []
        if sight is not None:
            self._all += sight.group(group)
            if sight.hides_in(group):
                self._all.append(Hidden())
        self._narrow()
        self._wait()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only the entries with these words: what they quote, whose they are, in which article."""
        self.beginResetModel()
        self._wanted = folded(words)
        self._narrow()
        self.endResetModel()

    @property
    def is_narrowed(self) -> bool:
        """Whether the filter leaves something out."""
        return len(self.entries) < len(self._all)

    def _narrow(self) -> None:
        if not self._wanted:
            self.entries = self._all
            return
        # Made once for a list, which may have ten thousands of entries, and not at every letter.
        self._said = self._said or [folded(self._searched(each)) for each in self._all]
        self.entries = [each for each, said in zip(self._all, self._said, strict=True) if has_words(self._wanted, said)]

    def _searched(self, entry: Entry) -> str:
        if isinstance(entry, Hidden):
            return entry.words
        title = "" if isinstance(entry, Unplaced) else self.titles.get(entry.article, "")
        return f"{entry.words} {entry.annotator} {noun_words(entry.noun)} {entry.why} {title}"

    def decide(self, decisions: Decisions) -> None:
        """Show what was decided."""
        self.decisions = decisions
        self._wait()
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def next_waiting(self, row: int) -> int:
        """Return the next row after this one that nothing decides yet, or -1."""
        order = [*range(row + 1, len(self.entries)), *range(row + 1)]
        return next((each for each in order if self._is_waiting(self.entries[each])), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of an entry, what stands below them, its sign, or the entry itself."""
        if not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(entry)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._words(entry)}\n{self._below(entry)}"
        match role:
            case r if r == ENTRY_ROLE:
                return entry
            case r if r == SIGN_ROLE:
                return self._sign(entry)
            case r if r == BELOW_ROLE:
                return self._below(entry)
        return None

    def _wait(self) -> None:
        sight, made = self.sight, self.decisions
        waiting = undecided(sight.plan, made.choices, made.rule) if sight is not None else []
        self._waiting = frozenset(each.id for each in waiting)
        self._hidden_wait = sight is not None and self._group == "conflicts" and any(map(sight.is_hidden, waiting))

    def _is_waiting(self, entry: Entry) -> bool:
        return isinstance(entry, Item) and entry.id in self._waiting

    def _words(self, entry: Entry) -> str:
        return entry.words or noun_words(entry.noun)

    def _below(self, entry: Entry) -> str:
        if isinstance(entry, Hidden):
            return HIDDEN if self._sign(entry) == "waits" else HIDDEN_TOO
        what = noun_words(entry.noun)
        parts = [entry.annotator, what[0].upper() + what[1:]]
        if isinstance(entry, Unplaced):
            parts.append(entry.why)
        else:
            # The title last: it may be long, and what becomes of the entry is to be read.
            waits = entry.id in self._waiting
            parts.append("to decide" if waits else outcome(entry, self.decisions.choice(entry)))
            parts.append(self.titles.get(entry.article, "") if entry.noun != "article" else "")
        return listed(*parts)

    def _sign(self, entry: Entry) -> str:
        if isinstance(entry, Unplaced):
            return "lost"
        if isinstance(entry, Hidden):
            return "waits" if self._hidden_wait else "taken"
        if entry.id in self._waiting:
            return "waits"
        return "left" if self.decisions.choice(entry) == 0 else "taken"


class ItemRow(TwoLines):
    """Paints an entry: a sign, its words, and below them whose it is and what becomes of it."""

    def lines(self, index: Index) -> Lines:
        """Return what a row says."""
        theme, said = self.theme, str(index.data(SIGN_ROLE))
        sign = {"waits": (Sign.WAITS, theme.warning), "taken": (Sign.TAKEN, theme.accent)}.get(said)
        return Lines(
            str(index.data()),
            theme.muted if said in {"left", "lost"} else theme.text,
            str(index.data(BELOW_ROLE)),
            theme.warning if said == "waits" else theme.muted,
            sign or (Sign.LEFT, theme.muted),
        )
