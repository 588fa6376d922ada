"""What takes the place of a side column for a while: the search of all articles, and the deleted labels."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.model.errors import AnnotatorError
from annotator.model.span import Fragment
from annotator.ui.actions.actions import Actions
from annotator.ui.label.find_everywhere import FindEverywhere, Place
from annotator.ui.label.trash import Trash
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session

TRASH_LENGTH = 500


class Panels(QObject):
    """Opens and closes the panels, and feeds them."""

    def __init__(
        self, actions: Actions, reader: Reader, left: QStackedWidget, right: QStackedWidget, parent: QObject
    ) -> None:
        """Take the two side columns; their last pages are the panels, their first ones the usual lists."""
        super().__init__(parent)
        self._actions = actions
        self._reader = reader
        self._left, self._right = left, right
        self.everywhere: FindEverywhere = left.widget(left.count() - 1)
        self.trash: Trash = right.widget(right.count() - 1)
        self._session: Session | None = None
        self.everywhere.chosen.connect(self._show_hit)
        self.everywhere.left.connect(self.leave)
        self.trash.restored.connect(self._restore)
        self.trash.left.connect(self.leave)
        actions.on("find.everywhere", self.open_everywhere)
        actions.on("trash", self.open_trash)

    def set_session(self, session: Session | None) -> None:
        """Show another project, or none."""
        self._session = session
        self.close()

    def set_articles(self, ids: list[str]) -> None:
        """Say in which articles to search."""
        self.everywhere.set_source(_search_in(self._session) if self._session else None, ids)

    def open_everywhere(self) -> None:
        """Find in all articles, beginning with the selected words."""
        self._actions["column.left"].setChecked(True)
        self._left.setCurrentWidget(self.everywhere)
        self.everywhere.open(selected_words(self._session, self._reader))

    def open_trash(self) -> None:
        """List the deleted labels."""
        self._actions["column.right"].setChecked(True)
        self._right.setCurrentWidget(self.trash)
        self.refresh()
        self.trash.focus_first()

    def close(self) -> None:
        """Show the usual lists again."""
        self.everywhere.stop()
        self._left.setCurrentIndex(0)
        self._right.setCurrentIndex(0)

    def leave(self) -> None:
        """Show the usual lists again, and go back to the text."""
        self.close()
        self._reader.set_find_hits([])
        self._reader.setFocus()

    def refresh(self) -> None:
        """Read the deleted labels anew, if they are shown."""
        session = self._session
        if session is None or self._right.currentWidget() is not self.trash:
            return
        try:
            deleted = session.project.trash(TRASH_LENGTH, annotators=session.seen)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        labels = {label.id: label for label in session.project.codebook.labels}
        self.trash.show_deleted(deleted, labels, {head.id: head.title for head in session.heads})

    @property
    def left_stop(self) -> QWidget | None:
        """Where Tab goes in the left column while a panel is there; None while the usual list is."""
        return self.everywhere.field if self._left.currentWidget() is self.everywhere else None

    @property
    def right_stop(self) -> QWidget | None:
        """The same for the right column."""
        return self.trash.first if self._right.currentWidget() is self.trash else None

    def _restore(self, annotation_id: str) -> None:
        if self._session is not None:
            self._session.restore(annotation_id)

    def _show_hit(self, article_id: str, start: int, end: int) -> None:
        if self._session is not None and self._session.go_to(article_id, start, end):
            self._reader.set_find_hits([Fragment(start, end)], Fragment(start, end))
            self._reader.select_found(start, end)


def selected_words(session: Session | None, reader: Reader) -> str:
    """Return the selected words where they could be searched for: one line at most."""
    span = reader.selection()
    if session is None or session.article is None or span is None:
        return ""
    words = span.covered(session.article.text)[0]
    return words if "\n" not in words else ""


def _search_in(session: Session) -> Callable[[str, str], Iterable[Place]]:
    def search(query: str, article_id: str) -> Iterable[Place]:
        for hit in session.project.find(query, [article_id]):
            yield Place(hit.article, hit.title, hit.start, hit.end, hit.before, hit.match, hit.after)

    return search
