"""Which article of a file is the new version: all that it holds, the most alike first, each to be read."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from annotator.model.figures import percent
from annotator.project.drafting import NewArticle
from annotator.project.replacement.version import Versions
from annotator.ui.adding.draft_model import about, shown
from annotator.ui.articles.row_page import ENTER, RowPage, side_by_side
from annotator.ui.look.theme import Theme
from annotator.ui.reader.view import Reader
from annotator.ui.widgets.head import Head
from annotator.ui.widgets.rows import Rows
from annotator.ui.widgets.two_lines import Index, Lines, TwoLines

LEFT = 360
_ARTICLE = Qt.ItemDataRole.UserRole
_SHARE = Qt.ItemDataRole.UserRole + 1
_NEARLY = 0.999
"""Of two texts that differ, never all is said to be the same."""


class VersionModel(QAbstractListModel):
    """The articles of one file, the most alike first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[tuple[NewArticle, float]] = []

    def show(self, versions: Versions, text: str) -> None:
        """Show the articles of another file; `text` is that of the article whose place one of them takes."""
        self.beginResetModel()
        self.rows = [
            (each, versions.likeness(place) if each.text == text else min(versions.likeness(place), _NEARLY))
            for place in versions.likeliest
            for each in (versions.articles[place],)
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return an article, how much of it is the same, or its words."""
        article, share = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return article.title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{article.title}\n{_same(share)} · {about(article)}"
            case _:
                return {_ARTICLE: article, _SHARE: share}.get(role)


class VersionRow(TwoLines):
    """Paints a row: the title, and below it how much is the same, and what else is known."""

    def lines(self, index: Index) -> Lines:
        """Return what a row says."""
        below = f"{_same(index.data(_SHARE))} · {about(index.data(_ARTICLE))}"
        return Lines(index.data(), self.theme.text, below, self.theme.muted)


class ChoosePage(RowPage):
    """A page of the window: the articles of a file at the left, the chosen one at the right.

    Signals:
        chosen: the `NewArticle` that is the new version.
        left: none of them is; the article stays as it is.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        rows = Rows("Articles of the file")
        painter = VersionRow(rows, theme)
        self.reader = Reader()
        super().__init__("Articles of the file", rows, painter, (self.reader,))
        self.model = VersionModel(self)
        rows.setModel(self.model)
        rows.set_painter(painter)
        self.heading = QLabel(objectName="formTitle")
        self.summary = QLabel(objectName="dim")
        self.cancel = QPushButton("Cancel")
        self.cancel.setToolTip("Leave the article as it is (Esc).")
        self.take = QPushButton("Take this one   Enter", objectName="primary")
        self.take.setToolTip("Look at what becomes of every label when this one takes the old text's place.")
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_row())
        self.list.doubleClicked.connect(lambda _index: self.accept())
        self.take.clicked.connect(lambda _checked=False: self.accept())
        self.cancel.clicked.connect(lambda _checked=False: self.left.emit())
        self.set_theme(theme)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Head(self.heading, self.summary, self.cancel, self.take))
        column.addWidget(side_by_side(LEFT, self.list, self.reader), 1)

    def show_versions(self, versions: Versions, title: str, text: str) -> None:
        """Show the articles of a file, the most alike chosen; `title` and `text` are those of the old one."""
        self.heading.setText("Which of these is the new version?")
        self.summary.setText(
            f"“{versions.name}” holds {len(versions.articles):,} articles; those most like “{title}” come first."
        )
        self.model.show(versions, text)
        self.list.show_row(0)
        self._show_row()

    def accept(self) -> None:
        """Take the chosen article."""
        article = self.list.currentIndex().data(_ARTICLE)
        if article is not None:
            self.chosen.emit(article)

    def _deed(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:  # noqa: ARG002 - the same in all
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        return {**dict.fromkeys(ENTER, self.accept), Qt.Key.Key_Escape: self.left.emit}.get(Qt.Key(event.key()))

    def _show_row(self) -> None:
        article = self.list.currentIndex().data(_ARTICLE)
        if article is not None and self._session is not None:
            self.reader.show_article(shown(article), (), self._session.project.codebook)


def _same(share: float) -> str:
    return f"{percent(share, 0 if share in (0, 1) else 1)} the same"
