"""Notes and questions as a list: open ones first, each with its article, who asked, and how many answered."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.counting import counted
from annotator.model.thread import Thread
from annotator.ui.inspector.story import when
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme
from annotator.ui.team.table import Index
from annotator.ui.team.words import listed
from annotator.ui.widgets.matching import folded, has_words

ROW = 48
THREAD_ROLE = Qt.ItemDataRole.UserRole
BELOW_ROLE = Qt.ItemDataRole.UserRole + 1


class NotesModel(QAbstractListModel):
    """Open notes first, the latest first among each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.threads: list[Thread] = []
        self._all: list[Thread] = []
        self._wanted = ""
        self._titles: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}

    def show_threads(self, threads: list[Thread], titles: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Show these; titles of articles and names of annotators are by id."""
        self.beginResetModel()
        self._all = sorted(threads, key=lambda each: each.made_at, reverse=True)
        self._all.sort(key=lambda each: each.settled)
        self._titles, self._names = titles, names
        self._narrow()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only the notes with these words: in them, in their answers, in who asked and in which article."""
        self.beginResetModel()
        self._wanted = folded(words)
        self._narrow()
        self.endResetModel()

    def _narrow(self) -> None:
        self.threads = [
            each for each in self._all if not self._wanted or has_words(self._wanted, folded(self._text(each)))
        ]

    def _text(self, thread: Thread) -> str:
        said = " ".join(each.text for each in thread.messages)
        return f"{said} {self._names.get(thread.annotator, '')} {self._titles.get(thread.article, '')}"

    def row_of(self, thread: str) -> int:
        """Return the row of a note, or -1."""
        return next((row for row, each in enumerate(self.threads) if each.id == thread), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.threads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, what stands below them, or the note itself."""
        if not 0 <= index.row() < len(self.threads):
            return None
        thread = self.threads[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return thread.text
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            state = "settled" if thread.settled else "open"
            return f"{thread.text}\n{state} · {self._below(thread)}"
        return {THREAD_ROLE: thread, BELOW_ROLE: self._below(thread)}.get(role)

    def _below(self, thread: Thread) -> str:
        answers = len(thread.messages) - 1
        parts = (
            self._names.get(thread.annotator, ""),
            when(thread.made_at),
            self._titles.get(thread.article, ""),
            counted(answers, "answer") if answers else "",
        )
        return listed(*parts)


class NoteRow(QStyledItemDelegate):
    """Paints a note: a ring that is filled once it is settled, its words, and below them who, when and where."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        theme = self.theme
        paint_row(painter, option, theme)
        thread: Thread = index.data(THREAD_ROLE)
        area = option.rect.adjusted(16, 4, -16, -4)
        center = QPointF(area.left() + 6, area.center().y() + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if thread.settled:
            painter.setPen(QPen(QColor(theme.muted), 2))
            painter.drawPolyline([center + QPointF(-4.5, 0), center + QPointF(-1, 3.5), center + QPointF(5, -4)])
        else:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawEllipse(center, 5, 5)
        painter.restore()
        half = area.height() // 2
        words = QRect(area.left() + 24, area.top(), area.width() - 24, half)
        color = theme.muted if thread.settled else theme.text
        draw_words(painter, words, str(index.data()), option.font, QColor(color))
        below = QRect(words.left(), area.top() + half, words.width(), area.height() - half)
        draw_words(painter, below, str(index.data(BELOW_ROLE)), small(option.font), QColor(theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 12))
