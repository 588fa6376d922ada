"""Notes and questions as a list: open ones first, each with its article, who asked, and how many answered."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotator.model.counting import counted
from annotator.model.thread import Thread
from annotator.ui.inspector.story import when
from annotator.ui.team.table import Index
from annotator.ui.team.words import listed
from annotator.ui.widgets.matching import folded, has_words
from annotator.ui.widgets.two_lines import Lines, Sign, TwoLines

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


class NoteRow(TwoLines):
    """Paints a note: a ring that is a tick once it is settled, its words, and below them who, when and where."""

    def lines(self, index: Index) -> Lines:
        """Return what a row says."""
        theme, is_settled = self.theme, index.data(THREAD_ROLE).settled
        return Lines(
            str(index.data()),
            theme.muted if is_settled else theme.text,
            str(index.data(BELOW_ROLE)),
            theme.muted,
            (Sign.TAKEN, theme.muted) if is_settled else (Sign.OPEN, theme.accent),
        )
