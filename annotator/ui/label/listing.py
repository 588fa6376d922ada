"""What a person does with the articles in the list: filter, rename, remove."""

from PySide6.QtCore import QObject

from annotator.model.errors import AnnotatorError
from annotator.ui.actions.actions import Actions
from annotator.ui.articles.column import ArticleColumn
from annotator.ui.label.panels import Panels
from annotator.ui.session.session import Session

_OF_ARTICLE = 10
"""Rows that go with an article at least, its own and some of others: what exactly is only known by reading all of it."""


class Listing(QObject):
    """The hand between the column of articles and the session."""

    def __init__(self, actions: Actions, articles: ArticleColumn, panels: Panels) -> None:
        super().__init__(articles)
        self._actions = actions
        self._articles = articles
        self._panels = panels
        self._session: Session | None = None
        articles.chosen.connect(lambda article_id: self._session and self._session.go_to(article_id))
        articles.reordered.connect(lambda ids: self._session and self._session.set_order(ids))
        articles.renamed.connect(self._rename)
        actions.on("find.title", self._focus_filter)
        actions.on("article.rename", self._begin_rename)
        actions.on("article.remove", self._remove)

    def set_session(self, session: Session | None) -> None:
        """Work on another project."""
        self._session = session

    def _focus_filter(self) -> None:
        self._open()
        self._articles.field.setFocus()
        self._articles.field.selectAll()

    def _begin_rename(self) -> None:
        self._open()
        self._articles.begin_rename()

    def _open(self) -> None:
        self._actions["column.left"].setChecked(True)
        self._panels.close()

    def _rename(self, article_id: str, title: str) -> None:
        session = self._session
        if session is None:
            return
        try:
            session.project.set_title(article_id, title)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        session.tell("Renamed the article")

    def _remove(self) -> None:
        ids = self._articles.list.selected_ids()
        words = "Removed the article" if len(ids) == 1 else f"Removed {len(ids):,} articles"
        session = self._session
        if not ids or session is None:
            return
        chosen = set(ids)
        rows = sum(_OF_ARTICLE + head.count for head in session.heads if head.id in chosen)
        session.write(
            rows,
            "removing the article" if len(ids) == 1 else f"removing {len(ids):,} articles",
            lambda project, progress: project.remove(ids, progress),
            lambda _count: session.tell(words),
        )
