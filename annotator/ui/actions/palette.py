"""The palette of every action by name with its key (Ctrl+K), which also jumps to articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.model.colour import mix
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import Command
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.captions import uncaptioned
from annotator.ui.widgets.matching import folded, has_words, score
from annotator.ui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex

WIDTH = 600
ROW = 40
MOST_ROWS = 10
MOST_ARTICLES = 50
RESTING = 0.75
"""How much is seen of what cannot be chosen now."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette.

    Attributes:
        name: what is read and matched.
        hint: what stands beside it: the menu, or "article".
        key: the key, as the system writes it.
        do: what happens when it is chosen.
        on: whether it can be chosen now.
        away: whether it leads to another place first; of two that fit as well, the one that does not comes first.
    """

    name: str
    hint: str
    key: str
    do: Callable[[], object]
    on: bool = True
    away: bool = False


def found(query: str, choices: Sequence[Choice], articles: Sequence[Choice]) -> list[Choice]:
    """Return what the typed words find, the best first; articles follow the actions, once something is typed."""
    wanted = folded(query.strip())
    ranked = []
    for number, choice in enumerate(choices):
        rank = score(wanted, folded(choice.name))
        if rank is None and has_words(wanted, folded(f"{choice.hint} {choice.name}")):
            rank = 5
        if rank is not None:
            ranked.append((not choice.on, rank, choice.away, number, choice))
    actions = [choice for *_, choice in sorted(ranked, key=lambda each: each[:4])]
    if not wanted:
        return actions
    titles = []
    for article in articles:
        if has_words(wanted, folded(article.name)):
            titles.append(article)
            if len(titles) == MOST_ARTICLES:
                break
    return actions + titles


class ChoiceModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def show_choices(self, choices: list[Choice]) -> None:
        """Show these lines instead."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line's name, or the line itself for the painter."""
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (choice.name, choice.hint, choice.key)))
        return choice if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a line can be chosen now."""
        if not self.choices[index.row()].on:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _ChoiceRow(QStyledItemDelegate):
    """Paints a line: the name, the menu in small, the key at the right."""

    def __init__(self, view: QListView, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        option.state &= ~option.state.State_HasFocus
        paint_row(painter, option, self.theme)
        # Of the theme, not of the option: the style sheet gives what rests the colours of what does not.
        text = QColor(self.theme.text if choice.on else mix(self.theme.muted, self.theme.raised, RESTING))
        dim = QColor(self.theme.muted) if choice.on else text
        area = option.rect.adjusted(16, 0, -16, 0)
        metrics = option.fontMetrics
        key_width = metrics.horizontalAdvance(choice.key)
        hint_width = metrics.horizontalAdvance(choice.hint)
        draw_words(
            painter,
            QRect(area.right() - key_width - 2, area.top(), key_width + 4, area.height()),
            choice.key,
            option.font,
            text,
        )
        hint_left = area.right() - key_width - hint_width - (24 if choice.key else 0)
        draw_words(
            painter, QRect(hint_left, area.top(), hint_width + 4, area.height()), choice.hint, small(option.font), dim
        )
        draw_words(
            painter,
            QRect(area.left(), area.top(), hint_left - area.left() - 16, area.height()),
            choice.name,
            option.font,
            text,
        )

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(WIDTH, max(ROW, option.fontMetrics.height() + 16))


class Palette(QFrame):
    """A box at the top of the window: type a few letters, Return does it, Escape goes away."""

    def __init__(self, actions: Actions, theme: Theme, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAccessibleName("All actions")
        self._actions = actions
        self._choices: list[Choice] = []
        self._articles: list[Choice] = []
        self.field = SearchField("Type the name of an action or an article", self, escape_clears=False)
        self.model = ChoiceModel(self)
        self.list = QListView(self, accessibleName="Actions and articles")
        self.list.setModel(self.model)
        self._row = _ChoiceRow(self.list, theme)
        self.list.setItemDelegate(self._row)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = QLabel("Nothing is called that.", objectName="emptyText")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(ROW * 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self.field, self.list, self._nothing):
            column.addWidget(widget)
        self.field.textChanged.connect(self._filter)
        self.field.left.connect(self.hide)
        self.field.stepped.connect(self._step)
        self.list.clicked.connect(self._choose)

    def open(self, articles: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show the palette; `articles` are titles and what opens each."""
        self._choices = [self._choice(command) for command in self._actions.commands() if command.id != "actions"]
        self._articles = [Choice(title, "article", "", do) for title, do in articles]
        self.field.clear()
        self._filter("")
        window = self.parentWidget()
        width = min(WIDTH, window.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, 72)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.field.refresh_icons()

    def _choice(self, command: Command) -> Choice:
        action, key = self._actions[command.id], self._actions.key_text(command.id)
        if self._actions.leads(command.id):
            hint = f"in {command.where.place.capitalize()}"
            return Choice(uncaptioned(action.text()), hint, key, lambda: self._actions.lead(command.id), away=True)
        return Choice(uncaptioned(action.text()), command.group, key, action.trigger, action.isEnabled())

    def _filter(self, query: str) -> None:
        self.model.show_choices(found(query, self._choices, self._articles))
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        height = max(ROW, self.fontMetrics().height() + 16)
        self.list.setFixedHeight(height * min(rows, MOST_ROWS) + 2)
        self._take(0, 1)
        self.adjustSize()

    def _take(self, row: int, direction: int) -> None:
        """Select `row`, or the next one in `direction` that can be chosen."""
        while 0 <= row < self.model.rowCount() and not self.model.choices[row].on:
            row += direction
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def _step(self, steps: int) -> None:
        if steps:
            self._take(self.list.currentIndex().row() + steps, steps)
        else:
            self._choose(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self.model.choices[index.row()].on:
            choice = self.model.choices[index.row()]
            self.hide()
            choice.do()
