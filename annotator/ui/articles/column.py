"""The column of articles: a filter, the list, and how far the annotator is."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.article import ArticleHead, State
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import Where
from annotator.ui.articles.choices import ChoiceButton, StateButton
from annotator.ui.articles.list import ArticleList
from annotator.ui.articles.model import ArticleModel
from annotator.ui.articles.order import GROUPS, SORTS
from annotator.ui.look.icons import icon
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.empty import EmptyState
from annotator.ui.widgets.search_field import SearchField


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
        self.states = StateButton(self)
        self.sorts = ChoiceButton("Sort by", SORTS, self)
        self.groups = ChoiceButton("Group by", GROUPS, self)
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
        before = self.model.order
        self.model.update_heads(heads)
        if self.model.order is not before:
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
