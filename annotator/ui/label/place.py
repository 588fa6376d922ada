"""The place Label: articles at the left, the text in the middle, labels at the right, all in step."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.model.span import Fragment
from annotator.ui.actions.actions import Actions
from annotator.ui.actions.command import Where
from annotator.ui.articles.column import ArticleColumn
from annotator.ui.articles.row_page import keep_colors
from annotator.ui.label.deeds import Deeds
from annotator.ui.label.find import FindBar
from annotator.ui.label.find_everywhere import FindEverywhere
from annotator.ui.label.halves import Halves
from annotator.ui.label.linkage import Linkage
from annotator.ui.label.list import LabelList
from annotator.ui.label.listing import Listing
from annotator.ui.label.palette import LabelPalette, LabelSide
from annotator.ui.label.panels import Panels, selected_words
from annotator.ui.label.trash import Trash
from annotator.ui.look.theme import Theme
from annotator.ui.others.others import Others
from annotator.ui.reader.view import Reader
from annotator.ui.session.later import Later
from annotator.ui.session.session import Session
from annotator.ui.widgets.empty import EmptyState

LEFT, RIGHT = 272, 280
"""Widths of the side columns at first."""


_SOON = 150
"""Milliseconds after an article is shown the next one is made ready."""


class LabelPlace(QWidget):
    """The place where articles are read and labelled."""

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._theme = theme
        self._session: Session | None = None
        self.articles = ArticleColumn(actions, theme)
        self.everywhere = FindEverywhere(theme)
        self.left = _side(self.articles, self.everywhere)
        self.find = FindBar(actions)
        self.reader = Reader()
        self.no_article = EmptyState(
            "book-open-text",
            "No article is open",
            "Articles stand here to be read and labelled. Choose one at the left, or add some.",
            (actions["articles.add"], actions["articles.add_folder"], actions["articles.paste"]),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.reader)
        self.pages.addWidget(self.no_article)
        self.labels = LabelPalette(actions, theme)
        self.list = LabelList(actions, theme)
        self.trash = Trash(theme)
        self.linkage = Linkage(actions, self.reader, theme)
        self.others = Others(actions, self.reader)
        self.lists = QStackedWidget()
        for widget in (self.list, self.linkage.remark_list):
            self.lists.addWidget(widget)
        self.about = Halves(self.linkage.inspector, self.lists)
        self.right = _side(LabelSide(self.labels, self.about), self.trash)
        self.deeds = Deeds(actions, self.reader)
        self.panels = Panels(actions, self.reader, self.left, self.right, self)
        self.listing = Listing(actions, self.articles, self.panels)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._counting = Later(self, self._show_counts, 0)
        self._ahead = Later(self, self._look_ahead, _SOON)
        self._lay_out()
        self._connect()
        actions.attach(Where.READING, self.reader)
        self.reader.installEventFilter(self)

    def _lay_out(self) -> None:
        middle = QWidget(objectName="page")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find)
        column.addWidget(self.pages, 1)
        self.splitter.setHandleWidth(1)
        for widget, least in ((self.left, 200), (middle, 360), (self.right, 208)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LEFT, 800, RIGHT])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def _connect(self) -> None:
        self.find.hits_changed.connect(self._show_hits)
        self.find.left.connect(self.reader.setFocus)
        # So that the next key labels them, or extends them.
        self.find.taken.connect(lambda hit: self.reader.select_found(*hit))
        self.labels.chosen.connect(self.deeds.choose)
        self.list.chosen.connect(self._choose_mark)
        self.others.looked_changed.connect(self._show_other)
        self.linkage.remark_list.left.connect(lambda: self.lists.setCurrentWidget(self.list))
        self.linkage.take_keys_of(self.list.list)
        for command_id, slot in {
            "find.here": self.open_find,
            "find.next": lambda: self._step_find(1),
            "find.previous": lambda: self._step_find(-1),
            "label.none": self._let_go,
            "column.next": self._next_column,
        }.items():
            self._actions.on(command_id, slot)
        for command_id, side in (("column.left", self.left), ("column.right", self.right)):
            action = self._actions[command_id]
            action.setChecked(True)
            action.toggled.connect(side.setVisible)

    def set_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._session = session
        self.linkage.set_session(session)
        self.others.set_session(session)
        self.deeds.set_session(session, self.linkage)
        self.listing.set_session(session)
        if session is not None:
            session.article_switched.connect(self._show_article)
            session.article_refreshed.connect(self._refresh_article)
            session.annotator_switched.connect(self._show_people)
            session.annotations_changed.connect(self._update_annotations)
            session.selected_changed.connect(self._show_selected)
            session.armed_changed.connect(self._show_armed)
            session.articles_changed.connect(self._update_heads)
            session.reveal_wanted.connect(self.reader.reveal)
            session.caret_wanted.connect(self.reader.set_caret)
            session.words_wanted.connect(self.reader.set_selection)
            session.changed.connect(self._on_changes)
        self.linkage.watch()
        self.panels.set_session(session)
        self._show_codebook()
        self._show_heads()
        self._show_article()
        self._show_armed()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.linkage.set_theme(theme)
        for widget in (self.reader, self.articles.list, self.labels, self.list, self.trash, self.everywhere):
            widget.set_theme(theme)
        for widget in (self.articles, self.find, self.no_article, self.trash, self.everywhere):
            widget.refresh_icons()

    def focus_first(self) -> None:
        """Put the focus on the text, or on the one thing to do."""
        if self._session is None or self._session.article is None:
            self.no_article.focus_first()
        else:
            self.reader.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the text's colours."""
        if watched is self.reader and event.type() == QEvent.Type.PaletteChange:
            keep_colors(self.reader, self._theme)
        return super().eventFilter(watched, event)

    def open_find(self) -> None:
        """Find in this article, beginning with the selected words."""
        self.find.open_at(self.reader.caret, selected_words(self._session, self.reader))

    def open_remarks(self) -> None:
        """List what the codebook finds missing or odd in this article."""
        self._actions["column.right"].setChecked(True)
        self.panels.close()
        self.lists.setCurrentWidget(self.linkage.remark_list)
        self.about.open_lists()
        self.linkage.remark_list.list.setFocus()

    def _on_changes(self, changes: Changes) -> None:
        if "codebook" in changes.nouns:
            self._show_codebook()
        if changes.nouns & {"annotation", "state"} or "codebook" in changes.nouns:
            self._counting.ask(at_once=self.isVisible())
        self.panels.refresh()

    def _show_codebook(self) -> None:
        codebook = self._session.project.codebook if self._session else None
        self._actions.set_codebook(codebook)
        self.labels.set_codebook(codebook)
        # New buttons come last for Tab, wherever they stand.
        stops = [self.reader, *self.labels.buttons, self.list.list]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.linkage.inspector.stand_between(stops[-2], stops[-1])
        self._show_counts()

    def _show_counts(self) -> None:
        session = self._session
        try:
            self.labels.set_counts(session.counts if session else {})
        except AnnotatorError as error:  # the file cannot be read just now
            if session is not None:
                session.failed.emit(str(error))

    def _show_heads(self) -> None:
        session = self._session
        heads = session.heads if session else []
        self.articles.set_heads(heads)
        self.panels.set_articles([head.id for head in heads])
        self._show_page()

    def _update_heads(self, ids: frozenset[str]) -> None:
        if not ids or self._session is None:
            self._show_heads()
        else:
            self.articles.update_heads(self._session.heads_of(ids))

    def _show_people(self) -> None:
        self._show_heads()
        self._show_counts()
        self.panels.refresh()

    def _show_article(self) -> None:
        session = self._session
        article = session.article if session else None
        if session is not None and article is not None:
            annotations = list(session.annotations.values())
            self.reader.show_article(article, annotations, session.project.codebook, self.others.of_page())
            self.list.set_article(article.text, annotations, session.project.codebook)
            self.articles.set_current(article.id)
            self.find.set_text(article.text)
        else:
            self.list.set_article("", (), None)
            self.articles.set_current("")
            self.find.set_text("")
        self._show_page()
        self._ahead.stop()
        if article is not None:
            self._ahead.start()

    def _look_ahead(self) -> None:
        """Make the next article ready, while this one is read."""
        found = self._session.ahead() if self._session is not None and self.reader.isVisible() else None
        if found is not None:
            self.reader.expect(*found)

    def _refresh_article(self) -> None:
        if self._session is not None and self._session.article is not None:
            self.reader.update_article(self._session.article)

    def _show_page(self) -> None:
        """Show the article, or what to do where there is none."""
        session = self._session
        self.pages.setCurrentWidget(self.reader if session and session.article else self.no_article)
        if session is not None and not session.heads:
            self.no_article.tell(
                "Begin with some articles",
                "Here articles are read and labelled. Choose texts, web pages, documents or tables, drop them on this window, "
                "or paste a text.",
            )
        else:
            self.no_article.tell("No article is open", "Choose an article at the left to read and label it.")

    def _update_annotations(self, ids: Iterable[str]) -> None:
        session = self._session
        if session is None:
            return
        changed = [session.annotations[each] for each in ids if each in session.annotations]
        removed = [each for each in ids if each not in session.annotations]
        self.reader.update_annotations(changed, removed)
        self.list.update_annotations(changed, removed)
        self.list.select(session.selected)

    def _show_selected(self) -> None:
        selected = self._session.selected if self._session else ""
        self.reader.select_annotation(selected)
        self.list.select(selected)
        self._give_room()

    def _show_other(self) -> None:
        self.linkage.inspector.show_other(self.others.looked())
        self._give_room()

    def _give_room(self) -> None:
        self.about.set_calm(not (self._session and self._session.selected) and self.others.looked() is None)

    def _show_armed(self) -> None:
        armed = self._session.armed if self._session else ""
        self.reader.set_armed(armed)
        self.labels.set_armed(armed)

    def _choose_mark(self, annotation_id: str) -> None:
        if self._session is not None and annotation_id in self._session.annotations:
            self._session.select(annotation_id)
            span = self._session.annotations[annotation_id].span
            self.reader.reveal(span.start, span.end)

    def _show_hits(self, hits: list[Fragment], current: int) -> None:
        self.reader.set_find_hits(hits, hits[current] if current >= 0 else None)
        if current >= 0:
            self.reader.reveal(hits[current].start, hits[current].end)

    def _step_find(self, by: int) -> None:
        focus = self.window().focusWidget()
        if focus is not None and self.find.isAncestorOf(focus):
            self.find.step(by)
        else:
            span = self.reader.selection()
            self.find.step_beyond(*((span.start, span.end) if span else (self.reader.caret,) * 2), by)

    def _let_go(self) -> None:
        """Close the list of deleted labels from within; else let go of what is armed or selected; else close what is open."""
        focus = self.window().focusWidget()
        is_within = focus is not None and self.trash.isAncestorOf(focus)
        if not is_within and (self.others.let_go() or self.deeds.let_go()):
            return
        if self.find.isVisible():
            self.find.close_bar()
        self.panels.leave()

    def _next_column(self) -> None:
        stops = [self.panels.left_stop or self.articles.list, self.reader, self.panels.right_stop or self.list.list]
        shown = [stop for stop in stops if stop.isVisible()]
        focus = self.focusWidget()
        columns = [self.left, self.reader, self.right]
        here = next(
            (n for n, column in enumerate(columns) if (focus and column.isAncestorOf(focus)) or focus is column), -1
        )
        for offset in (1, 2, 3):
            stop = stops[(here + offset) % 3]
            if stop in shown:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _side(*pages: QWidget) -> QStackedWidget:
    side = QStackedWidget(objectName="side")
    for page in pages:
        side.addWidget(page)
    return side
