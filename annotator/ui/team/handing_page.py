"""Handing out: who gets a copy, where the files go, and what was written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError, StoppedError
from annotator.project.sealing import SealedCopies
from annotator.project.snapshot import Snapshot
from annotator.project.team import Sum, Team
from annotator.ui.actions.actions import Actions
from annotator.ui.inspector.story import when
from annotator.ui.session.session import Session
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.job import Heard, Job
from annotator.ui.team.table import Index, Table
from annotator.ui.team.words import isolated
from annotator.ui.widgets.choosing import FileChooser
from annotator.ui.widgets.empty import EmptyState
from annotator.ui.widgets.matching import folded, has_words
from annotator.ui.widgets.progress import ProgressLine

_COLUMNS = ("Annotator", "Articles", "Finished", "Last copy")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = {1, 2}


class ReceiverModel(QAbstractTableModel):
    """Who has something to do, each with a box to check."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.people: list[tuple[str, str]] = []
        """Id and name of those that are shown."""
        self._everybody: list[tuple[str, str]] = []
        self._wanted = ""
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self.left_out: set[str] = set()
        self._sums: dict[str, Sum] = {}
        self._handed: dict[str, str] = {}

    def show_team(self, team: Team) -> None:
        """Show everybody to whom something is assigned."""
        self.beginResetModel()
        self._sums, self._handed = team.sums(), dict(team.handed_out)
        self._everybody = [(each.id, each.name) for each in team.annotators if self._sums[each.id].assigned]
        self.left_out &= {who for who, _ in self._everybody}
        self._narrow()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only those in whose names these words stand; who is checked stays checked, shown or not."""
        self.beginResetModel()
        self._wanted = folded(words)
        self._narrow()
        self.endResetModel()

    def _narrow(self) -> None:
        column, order = self._sorting
        self.people = [each for each in self._everybody if has_words(self._wanted, folded(each[1]))]
        self.people.sort(key=self._rank(column), reverse=column >= 0 and order == Qt.SortOrder.DescendingOrder)

    def _rank(self, column: int) -> Callable[[tuple[str, str]], Any]:
        ranks: tuple[Callable[[tuple[str, str]], Any], ...] = (
            lambda each: each[1].casefold(),
            lambda each: self._sums[each[0]].assigned,
            lambda each: self._sums[each[0]].finished,
            lambda each: self._handed.get(each[0], ""),
        )
        return ranks[max(column, 0)]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has anything to do."""
        return not self._everybody

    @property
    def taken(self) -> list[str]:
        """The ids of those who are to get a copy."""
        return [who for who, _ in self._everybody if who not in self.left_out]

    def toggle(self, row: int) -> None:
        """Check somebody, or not."""
        self.left_out ^= {self.people[row][0]}
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    @property
    def is_all(self) -> bool:
        """Whether everybody who is shown is checked."""
        return not any(who in self.left_out for who, _ in self.people)

    def toggle_all(self) -> None:
        """Check everybody who is shown; nobody of them, where all are checked."""
        shown = {who for who, _ in self.people}
        self.left_out = self.left_out | shown if self.is_all else self.left_out - shown
        if shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.people) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many annotators there are."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else _LEFT
        return _COLUMNS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the first column has a box to check."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a cell's words, or whether its box is checked."""
        who, name = self.people[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            return Qt.CheckState.Unchecked if who in self.left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in _NUMBERS else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        total = self._sums[who]
        handed = when(self._handed[who]) if who in self._handed else "never"
        return (name, f"{total.assigned:,}", f"{total.finished:,}", handed)[column]

    def setData(self, index: Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check somebody, or not."""
        if role == Qt.ItemDataRole.CheckStateRole:
            self.toggle(index.row())
            return True
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; -1: by name."""
        self._sorting = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._narrow()
        self.layoutChanged.emit()


class Receivers(Table):
    """The table; Space checks the chosen annotator, or not; Ctrl+A all that are shown, or none."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check with Space, whichever column is the current one."""
        model = cast(ReceiverModel, self.model())
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            model.toggle(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            model.toggle_all()
        else:
            super().keyPressEvent(event)


class HandingPage(QWidget):
    """A table of those who get a copy, one button, and what came of it."""

    def __init__(self, actions: Actions, chooser: FileChooser, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._chooser = chooser
        self._session: Session | None = None
        self.model = ReceiverModel(self)
        self.table = Receivers("Who gets a copy")
        self.table.setModel(self.model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 96), (2, 96), (3, 160)):
            self.table.setColumnWidth(column, width)
        self.go = QPushButton("Hand out…", objectName="primary")
        self.go.setToolTip(actions["team.hand_out"].toolTip())
        self.all = QPushButton(objectName="flat")
        self.all.setToolTip("Check everybody who is shown, or nobody of them (Ctrl+A; Space checks one).")
        self.filters = (Filtered(self.table, self.model.filter, "annotators"),)
        self.report = QLabel(wordWrap=True)
        self.report.setTextInteractionFlags(self.report.textInteractionFlags().TextSelectableByMouse)
        self.progress = ProgressLine("Articles written")
        self.job = Job(self)
        self.nothing = EmptyState(
            "file-up",
            "Nothing is assigned yet",
            "A copy holds the articles that somebody is to label, the codebook, and their own labels: nothing of anybody"
            " else. Plan who labels what, then write the copies here and mail them.",
            (actions["team.share"],),
        )
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        words = (
            "Each annotator gets a project file of their own: the articles assigned, the codebook, and their own labels."
            " Nobody else has left a trace in it. Mail it; what comes back goes in under “Merge”, whatever it is called"
            " then."
        )
        hint = QLabel(words, objectName="dim", wordWrap=True)
        hint.setMaximumWidth(720)
        foot = QHBoxLayout()
        foot.addWidget(self.go)
        foot.addWidget(self.all)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        page, inside = QWidget(objectName="page"), QWidget()
        self.pages.addWidget(page)
        middle = QHBoxLayout(page)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(inside, 1)
        middle.addStretch(0)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addWidget(QLabel("Hand out copies", objectName="formTitle"))
        column.addWidget(hint)
        column.addWidget(self.filters[0], 1)
        column.addWidget(self.report)
        column.addWidget(self.progress)
        column.addLayout(foot)
        inside.setMaximumWidth(880)
        self.pages.addWidget(self.nothing)
        self.report.hide()

    def _connect(self) -> None:
        self.all.clicked.connect(self.model.toggle_all)
        self.go.clicked.connect(self._actions["team.hand_out"].trigger)
        self.model.dataChanged.connect(lambda *_cells: self._tell())
        self.model.modelReset.connect(self._tell)
        self.progress.cancelled.connect(self.job.cancel)
        self.job.progressed.connect(
            lambda done, total, name: self.progress.tell(
                done, total, f"Writing the copy of {name}: {done:,} of {counted(total, 'article')}"
            )
        )
        self.job.done.connect(lambda result: self._record(cast(SealedCopies, result)))
        self.job.failed.connect(self._refuse)
        self.job.stopped.connect(self._stopped)

    def set_session(self, session: Session | None) -> None:
        """Show another project; copies that are being written are dropped."""
        self.job.stop()
        self._session = session
        self.model.left_out.clear()
        self.progress.hide()
        self.report.hide()

    def show_team(self, team: Team, _session: Session) -> None:
        """Show who has something to do."""
        row = max(self.table.currentIndex().row(), 0)
        self.model.show_team(team)
        if self.model.people:
            self.table.setCurrentIndex(self.model.index(min(row, len(self.model.people) - 1), 0))
        self.pages.setCurrentIndex(1 if self.model.is_empty else 0)

    def focus_first(self) -> None:
        """Put the focus on the table, or on the one thing to do."""
        if self.pages.currentWidget() is self.nothing:
            self.nothing.focus_first()
        else:
            self.table.setFocus()
            if not self.table.currentIndex().isValid() and self.model.people:
                self.table.setCurrentIndex(self.model.index(0, 0))

    def hand_out(self) -> None:
        """Ask for a folder and write a copy for everybody who is checked."""
        session, who = self._session, self.model.taken
        if session is None or self.job.is_busy:
            return
        if session.project.read_only:
            session.failed.emit("This project is open for reading only, so nothing can be handed out.")
            return
        if session.project.is_lent:
            session.failed.emit("Something is being written into this project just now. Wait for that first.")
            return
        if not who:
            share = self._actions.key_text("team.share")
            session.said.emit(
                "Check who is to get a copy first" if self.model.people else f"Plan who labels what first ({share})"
            )
            return
        folder = self._chooser.folder_for_copies()
        if folder is None:
            return
        path = session.project.path
        self.report.hide()
        self.go.setEnabled(False)
        self.progress.begin("Writing copies …")
        self.job.start(lambda heard, cancelled: _seal(path, folder, who, heard, cancelled))

    def _record(self, sealed: SealedCopies) -> None:
        session = self._session
        self.progress.hide()
        if session is None:
            sealed.remove()
            return
        try:
            made = session.project.record_handouts(sealed)
        except AnnotatorError as error:
            self._refuse(str(error))
            return
        lines = [
            f"{isolated(each.annotator)}: “{isolated(each.path.name)}”, {counted(each.articles, 'article')},"
            f" {counted(each.labels, 'label')}"
            for each in made
        ]
        self.say("\n".join([f"Written into “{made[0].path.parent}”:", *lines]))
        session.tell(f"Handed out {'1 copy' if len(made) == 1 else f'{len(made):,} copies'}")

    def _stopped(self) -> None:
        self.progress.hide()
        self.say("Stopped. No copy was left in the folder.")

    def _refuse(self, words: str) -> None:
        self.progress.hide()
        self.say(words, "bad")

    def say(self, words: str, name: str = "") -> None:
        """Say what came of it."""
        self.report.setObjectName(name)
        self.report.style().unpolish(self.report)
        self.report.style().polish(self.report)
        self.report.setText(words)
        self.report.show()
        self._tell()

    def _tell(self) -> None:
        number = len(self.model.taken)
        self.go.setText(
            "Hand out 1 copy…" if number == 1 else f"Hand out {number:,} copies…" if number else "Hand out…"
        )
        self.go.setEnabled(number > 0 and not self.job.is_busy)
        self.all.setText("Check none" if self.model.is_all else "Check all")
        self.all.setEnabled(bool(self.model.people))


def _seal(path: Path, folder: Path, who: list[str], heard: Heard, cancelled: Callable[[], bool]) -> SealedCopies:
    snapshot = Snapshot(path)
    try:
        with snapshot.open() as project:
            sealed = project.seal_all(folder, who, progress=heard, cancelled=cancelled)
    finally:
        snapshot.remove()
    if cancelled():
        sealed.remove()
        raise StoppedError
    return sealed
