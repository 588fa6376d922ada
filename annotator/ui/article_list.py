"""The column of articles: a filter, the list, and how far the annotator is."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QActionGroup, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.model.article import ArticleHead, State
from annotator.ui.actions import Actions
from annotator.ui.article_model import HEAD_ROLE, ArticleModel, about
from annotator.ui.article_order import GROUPS, SORTS
from annotator.ui.command import Where
from annotator.ui.drawing import STATE_SIGNS, draw_words, paint_row, paint_sign, small, strong
from annotator.ui.empty import EmptyState
from annotator.ui.icons import icon
from annotator.ui.rows import Rows
from annotator.ui.search_field import SearchField
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

ROW = 48


class _ArticleRow(QStyledItemDelegate):
    """Paints a row: the sign of the state, the title in up to two lines, the number of labels."""

    def __init__(self, view: "ArticleList", theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head: ArticleHead = index.data(HEAD_ROLE)
        if not head.id:
            self._paint_heading(painter, option, head)
            return
        current = head.id == self._view.current
        theme = self.theme
        paint_row(painter, option, theme, current=current)
        text, dim = QColor(theme.text), QColor(theme.muted)
        area = option.rect.adjusted(16, 2, -16, -2)
        sign = dim if head.state == State.NEW else QColor(theme.accent)
        paint_sign(painter, QPointF(area.left() + 6, area.center().y() + 0.5), head.state, sign)
        count = f"{head.count:,}" if head.count else ""
        count_font = small(option.font)
        width = option.fontMetrics.horizontalAdvance(count)
        draw_words(painter, QRect(area.right() - width, area.top(), width + 2, area.height()), count, count_font, dim)
        title = area.adjusted(24, 0, -(width + 8 if count else 0), 0)
        font = strong(option.font) if current else option.font
        known = about(head)
        if known and QFontMetrics(font).horizontalAdvance(head.title) <= title.width():
            half = title.height() // 2
            draw_words(painter, title.adjusted(0, 3, 0, -half), head.title, font, text)
            draw_words(painter, title.adjusted(0, half, 0, -3), known, count_font, dim)
        else:
            draw_words(painter, title, head.title, font, text, lines=2)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, head: ArticleHead) -> None:
        """Paint the heading of a group at the foot of its row, near the articles that it is about."""
        area = option.rect.adjusted(16, 0, -16, -4)
        font, dim = strong(small(option.font)), QColor(self.theme.muted)
        height = option.fontMetrics.lineSpacing()
        line = QRect(area.left(), area.bottom() - height, area.width(), height)
        count = f"{head.count:,}"
        width = QFontMetrics(font).horizontalAdvance(count)
        draw_words(painter, line.adjusted(0, 0, -width - 8, 0), head.title, font, dim)
        draw_words(painter, QRect(line.right() - width, line.top(), width + 2, height), count, small(option.font), dim)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 12))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        editor = QLineEdit(parent, accessibleName="Title of the article")
        editor.setFrame(True)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(8, 8, -8, -8))


class ArticleList(Rows):
    """The rows. `chosen` carries the id of the article that the person wants to read."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Articles", parent)
        self.current = ""
        self._row = _ArticleRow(self, theme)
        self.set_painter(self._row)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.viewport().update()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Open the article that alone is chosen."""
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        if len(rows) == 1 and self.hasFocus():
            article_id = rows[0].data(HEAD_ROLE).id
            if article_id != self.current:
                self.chosen.emit(article_id)

    def selected_ids(self) -> list[str]:
        """Return the ids of the chosen articles, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [head.id for head in (self.model().shown[row] for row in rows) if head.id]


class ArticleColumn(QWidget):
    """Filter, list and progress.

    Signals:
        chosen: id of the article to read.
        renamed: id and new title.
        reordered: the ids of all articles in the order of the list.
        habits_changed: the person lists the articles otherwise than before, and that should be remembered.
    """

    chosen = Signal(str)
    reordered = Signal(object)
    renamed = Signal(str, str)
    habits_changed = Signal()

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles")
        self._actions = actions
        self.field = SearchField("Filter articles", self)
        self.model = ArticleModel(self)
        self.list = ArticleList(theme, self)
        self.list.setModel(self.model)
        self.states = _StateButton(self)
        self.sorts = _ChoiceButton("Sort by", SORTS, self)
        self.groups = _ChoiceButton("Group by", GROUPS, self)
        self.empty = EmptyState(
            "files",
            "No articles yet",
            "What you add is listed here, with how far you are.",
        )
        self.no_match = EmptyState("search", "No article matches", "Press Escape in the filter to see all again.")
        self._pages = QStackedWidget()
        for page in (self.list, self.empty, self.no_match):
            self._pages.addWidget(page)
        self._words = QLabel(objectName="dim")
        self._bar = QProgressBar(textVisible=False, accessibleName="Articles done")
        self._bar.setFixedHeight(4)
        self._lay_out()
        self._listing: dict[str, str] = {}
        self._is_taking = False
        self.field.textChanged.connect(lambda _text: self._filter())
        self.field.left.connect(self.list.setFocus)
        self.field.stepped.connect(self._step)
        self.states.changed.connect(lambda: self._filter(keep=True))
        for button in (self.sorts, self.groups):
            button.changed.connect(self._reorder)
        self.list.chosen.connect(self.chosen)
        self.list.customContextMenuRequested.connect(self._menu)
        self.model.renamed.connect(self.renamed)
        actions.attach(Where.ARTICLES, self.list)
        self._tell()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 8)
        top.setSpacing(4)
        top.addWidget(self.field, 1)
        top.addWidget(self.states)
        order = QHBoxLayout()
        order.setContentsMargins(8, 0, 8, 4)
        order.setSpacing(0)
        order.addWidget(self.sorts)
        order.addWidget(self.groups)
        order.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(6)
        foot.addWidget(self._words)
        foot.addWidget(self._bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(order)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def set_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Show these articles."""
        kept = self.list.verticalScrollBar().value()
        self.model.set_heads(heads)
        self.reordered.emit(self.model.order)
        self.list.verticalScrollBar().setValue(kept)
        self._select_current(scroll=False)
        self._tell()

    def update_heads(self, heads: Sequence[ArticleHead]) -> None:
        """Take over some articles that are there already, with another title, state or number of labels."""
        self.model.update_heads(heads)
        self.reordered.emit(self.model.order)
        self._select_current(scroll=False)
        self._tell()

    def set_current(self, article_id: str) -> None:
        """Show which article is open."""
        before, self.list.current = self.list.current, article_id
        self._select_current(scroll=True)
        for each in (before, article_id):
            self.list.update(self.model.index(self.model.row_of(each), 0))

    def begin_rename(self) -> None:
        """Edit the title of the open article in its row."""
        row = self.model.row_of(self.list.current)
        if row >= 0:
            self.list.setFocus()
            self.list.edit(self.model.index(row))

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        self.field.refresh_icons()
        self.states.setIcon(icon("list-filter"))
        for state in (self.empty, self.no_match):
            state.refresh_icons()

    @property
    def progress(self) -> str:
        """The line below the list: ``12 of 40 done``."""
        return self._words.text()

    def _select_current(self, *, scroll: bool) -> None:
        row = self.model.row_of(self.list.current)
        if row < 0:
            return
        if scroll or not self.list.selectionModel().isSelected(self.model.index(row)):
            self.list.show_row(row, scroll=scroll)

    def take_habits(self, listing: dict[str, str]) -> None:
        """List the articles as the person did before in this project; changes are written into `listing`."""
        self._listing, self._is_taking = listing, True
        self.field.setText(listing.get("words", ""))
        known = {state.value: state for state in State}
        self.states.choose([known[each] for each in listing.get("states", "").split(",") if each in known])
        for button, name, choices in ((self.sorts, "sort", SORTS), (self.groups, "group", GROUPS)):
            chosen = listing.get(name, "")
            button.choose(chosen if chosen in choices else "")
        self._is_taking = False
        self._order()

    def _keep(self) -> None:
        """Remember how the articles are listed."""
        now = {
            "sort": self.sorts.chosen,
            "group": self.groups.chosen,
            "words": self.field.text().strip(),
            "states": ",".join(sorted(state.value for state in self.states.chosen)),
        }
        self._listing.clear()
        self._listing.update({name: value for name, value in now.items() if value})

    def _filter(self, *, keep: bool = False) -> None:
        self.model.set_filter(self.field.text(), self.states.chosen)
        self._select_current(scroll=True)
        self._tell()
        if not self._is_taking:
            self._keep()
            if keep:  # words are saved along with the next thing: writing a file at every key would be felt
                self.habits_changed.emit()

    def _reorder(self) -> None:
        if not self._is_taking:
            self._order()
            self._keep()
            self.habits_changed.emit()

    def _order(self) -> None:
        self.model.set_order(self.sorts.chosen, self.groups.chosen)
        self._select_current(scroll=True)
        self._tell()
        self.reordered.emit(self.model.order)

    def _tell(self) -> None:
        total, finished, shown = self.model.total, self.model.finished, self.model.count
        for button in (self.sorts, self.groups):
            button.setVisible(total > 1)
        page = self.empty if not total else self.list if shown else self.no_match
        self._pages.setCurrentWidget(page)
        words = f"{finished:,} of {total:,} done" if total else ""
        self._words.setText(words if shown == total else f"{shown:,} shown · {words}")
        self._bar.setVisible(total > 0)
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(finished)

    def _step(self, steps: int) -> None:
        """Open the article above or below, or the first one that matches."""
        found = self.model.step(self.list.current, steps)
        if found:
            self.chosen.emit(found)

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command_id in ("article.rename", "article.replace", "article.remove"):
            menu.addAction(self._actions[command_id])
        menu.popup(self.list.viewport().mapToGlobal(where))


class _ChoiceButton(QToolButton):
    """A flat button that says what is chosen, and lists what else there is."""

    changed = Signal()

    def __init__(self, name: str, choices: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}\nWhat is known about the articles orders the list.")
        self.chosen = ""
        self._choices = choices
        menu = QMenu(self)
        group = QActionGroup(menu)
        self._actions: dict[str, QAction] = {}
        for key, words in choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, key=key: self.choose(key))
            group.addAction(action)
            self._actions[key] = action
        self.setMenu(menu)
        self.choose("")

    def choose(self, key: str) -> None:
        """Choose one of them."""
        is_other, self.chosen = key != self.chosen, key
        self._actions[key].setChecked(True)
        self.setText(f"{self._choices[key]} ▾")
        self.setAccessibleDescription(self._choices[key])
        if is_other:
            self.changed.emit()


class _StateButton(QToolButton):
    """A button with a menu of states, which is also the legend of the signs."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(icon("list-filter"))
        self.setToolTip("Filter by state\nShow only new, unfinished or finished articles.")
        self.setAccessibleName("Filter by state")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCheckable(True)
        menu = QMenu(self)
        self._choices: dict[State, QAction] = {}
        for state, sign in STATE_SIGNS.items():
            choice = menu.addAction(f"{sign}  {state.value.capitalize()}")
            choice.setCheckable(True)
            choice.toggled.connect(lambda _on: self._tell())
            self._choices[state] = choice
        menu.addSeparator()
        menu.addAction("All states").triggered.connect(lambda _checked=False: self.clear())
        self.setMenu(menu)

    @property
    def chosen(self) -> frozenset[State]:
        """The states to show; none means all."""
        return frozenset(state for state, choice in self._choices.items() if choice.isChecked())

    def choose(self, states: Sequence[State]) -> None:
        """Show only these states."""
        for state, choice in self._choices.items():
            choice.setChecked(state in states)

    def clear(self) -> None:
        """Show all states."""
        self.choose(())

    def _tell(self) -> None:
        self.setChecked(bool(self.chosen))
        self.changed.emit()
