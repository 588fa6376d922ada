"""Notes and questions with their answers: a list at the left, the chosen one at the right, and a field to answer."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.model.changes import Changes
from annotator.model.counting import counted
from annotator.model.errors import AnnotatorError
from annotator.model.thread import Message, Thread
from annotator.ui.actions.actions import Actions
from annotator.ui.inspector.story import when
from annotator.ui.look.theme import Theme
from annotator.ui.session.session import Session
from annotator.ui.team.filtered import Filtered
from annotator.ui.team.notes_model import NoteRow, NotesModel
from annotator.ui.widgets.empty import EmptyState
from annotator.ui.widgets.long_words import LongWords
from annotator.ui.widgets.rows import Rows
from annotator.ui.widgets.typed import typed

FIELD = 88
_TEACHES = (
    "No open notes",
    (
        "Whoever labels can ask or remark something on the words at hand, without leaving the text: press {key} there."
        " Notes travel in copies, and come back with their answers."
    ),
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NotesPage(QWidget):
    """`opened` carries a note whose place in the text is to be shown, a `Thread`.

    `counted` tells how many open notes may be seen.
    """

    opened = Signal(object)
    counted = Signal(int)

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._session: Session | None = None
        self._is_stale = False
        self.model = NotesModel(self)
        self.list = Rows("Notes and questions")
        self.list.setModel(self.model)
        self._row = NoteRow(self.list, theme)
        self.list.set_painter(self._row)
        self.settled = QCheckBox("Settled ones too")
        self.tally = QLabel(objectName="dim", wordWrap=True)
        self.quoted = LongWords(name="strong")
        self.where = QLabel(objectName="dim", wordWrap=True)
        self._messages = QVBoxLayout()
        self.answer = QPlainTextEdit(accessibleName="Answer", placeholderText="Answer…")
        self.answer.setFixedHeight(FIELD)
        self.answer.setTabChangesFocus(True)
        self.send = QPushButton("Answer", objectName="primary", toolTip="Answer (Ctrl+Enter)")
        self.send_and_settle = QPushButton("Answer and settle")
        self.settle = QPushButton("Settle")
        self.go = QPushButton("Go to the words   Enter")
        self.nothing = EmptyState("message-square", "", "", (actions["place.label"],))
        self.pages = QStackedWidget()
        self.side = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        split = QSplitter(Qt.Orientation.Horizontal)
        self.pages.addWidget(split)
        left, right = QWidget(objectName="side"), QWidget(objectName="page")
        split.addWidget(left)
        split.addWidget(right)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 4)
        row.addWidget(self.tally, 1)
        row.addWidget(self.settled)
        column.addLayout(row)
        self.filters = (Filtered(self.list, self._filter, "notes", margin=8),)
        column.addWidget(self.filters[0], 1)
        both = QVBoxLayout(right)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._said(), 1)
        both.addWidget(self._foot())
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.setSizes([440, 640])
        self.pages.addWidget(self.nothing)

    def _said(self) -> QScrollArea:
        inside = QWidget(objectName="page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for label in (self.where, self.quoted):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self._messages.setSpacing(8)
        column.addLayout(self._messages)
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, objectName="inspector", accessibleName="Messages")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        return scroll

    def _foot(self) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.send, self.send_and_settle):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.settle)
        foot = QWidget(objectName="page")
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.answer)
        column.addLayout(buttons)
        return foot

    def _connect(self) -> None:
        self.settled.toggled.connect(lambda _on: self.refresh())
        self.list.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_thread())
        self.list.activated.connect(lambda _index: self._open())
        self.go.clicked.connect(self._open)
        self.send.clicked.connect(lambda: self._answer(settle=False))
        self.send_and_settle.clicked.connect(lambda: self._answer(settle=True))
        self.settle.clicked.connect(self._settle)
        self.answer.textChanged.connect(self._tell)
        self.answer.installEventFilter(self)
        self.list.installEventFilter(self)

    # The place's side

    def set_session(self, session: Session | None) -> None:
        """Show the notes of another project."""
        self._session = session
        self.answer.clear()
        if session is not None:
            session.changed.connect(self._on_changes)
            session.annotator_switched.connect(self.refresh)
            self.refresh()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.nothing.refresh_icons()
        self.list.viewport().update()

    def focus_first(self) -> None:
        """Put the focus on the list, or on the one thing to do."""
        if self.pages.currentWidget() is self.nothing:
            self.nothing.focus_first()
        else:
            self.list.setFocus()

    def show_note(self, note: str) -> None:
        """Show one note, a settled one too."""
        if self.model.row_of(note) < 0:
            self.settled.setChecked(True)
        self.list.show_row(self.model.row_of(note))
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer with Ctrl+Return, go to the words with Return."""
        if isinstance(event, QKeyEvent) and event.key() in _ENTER:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if watched is self.answer and control:
                if event.type() == QEvent.Type.KeyPress:
                    self._answer(settle=False)
                event.accept()
                return True
            if watched is self.list and event.type() == QEvent.Type.KeyPress and not control:
                self._open()
                return True
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """Read the notes that may be seen anew."""
        session = self._session
        if session is None:
            return
        chosen = self._thread()
        try:
            threads = session.project.threads()
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        mine = [each for each in threads if each.annotator in session.seen]
        shown = [each for each in mine if self.settled.isChecked() or not each.settled]
        names = {each.id: each.name for each in session.project.annotators()}
        self.model.show_threads(shown, {head.id: head.title for head in session.heads}, names)
        waiting = sum(not each.settled for each in mine)
        hidden = sum(not each.settled for each in threads) - waiting
        self._count(waiting, hidden)
        self._teach(hidden, has_settled=len(mine) > waiting)
        self.pages.setCurrentIndex(0 if shown or len(mine) > waiting else 1)
        row = self.model.row_of(chosen.id) if chosen is not None else -1
        self.list.show_row(row if row >= 0 else 0 if shown else -1)
        self._show_thread()

    def _filter(self, words: str) -> None:
        """Leave some notes; what stands beside them is one of these."""
        chosen = self._thread()
        self.model.filter(words)
        row = self.model.row_of(chosen.id) if chosen is not None else -1
        self.list.show_row(row if row >= 0 else 0 if self.model.threads else -1)
        self._show_thread()

    # Showing

    def _count(self, waiting: int, hidden: int) -> None:
        words = counted(waiting, "open note") if waiting else "No open notes"
        self.tally.setText(f"{words} · notes of others are hidden" if hidden else words)
        self.counted.emit(waiting)

    def _teach(self, hidden: int, *, has_settled: bool) -> None:
        title, words = _TEACHES
        told = words.format(key=self._actions.key_text("note.add"))
        if hidden:
            title = "No open notes of yours"
            told = f"Open notes of others are hidden. “Show others' labels” above opens them.\n\n{told}"
        self.nothing.tell(title, told)
        self.settled.setVisible(has_settled)

    def _thread(self) -> Thread | None:
        row = self.list.currentIndex().row()
        return self.model.threads[row] if 0 <= row < len(self.model.threads) else None

    def _show_thread(self) -> None:
        thread, session = self._thread(), self._session
        while (item := self._messages.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        title, quoted = "", ""
        if thread is not None and session is not None:
            names = {each.id: each.name for each in session.project.annotators()}
            title = next((head.title for head in session.heads if head.id == thread.article), "")
            quoted = self._quoted(thread, session)
            for each in thread.messages:
                self._messages.addWidget(_said(each, names))
            self.settle.setText("Reopen" if thread.settled else "Settle")
        self.where.setText(title)
        self.quoted.setText(f"“{quoted}”" if quoted else "On the whole article" if thread is not None else "")
        self.go.setText("Go to the words   Enter" if quoted else "Go to the article   Enter")
        self.go.setVisible(thread is not None)
        self._tell()

    @staticmethod
    def _quoted(thread: Thread, session: Session) -> str:
        if thread.span is None:
            return ""
        try:
            return " … ".join(thread.span.covered(session.project.article(thread.article).text))
        except AnnotatorError:  # its article has been taken out in the meantime
            return ""

    def _tell(self) -> None:
        thread, session = self._thread(), self._session
        can = thread is not None and session is not None and not session.project.read_only
        has_words = bool(typed(self.answer).strip())
        self.answer.setEnabled(can)
        self.send.setEnabled(can and has_words)
        self.send_and_settle.setEnabled(can and has_words and thread is not None and not thread.settled)
        self.settle.setEnabled(can)

    def _on_changes(self, changes: Changes) -> None:
        if changes.nouns & {"thread", "message", "setting", "annotator", "article", "text"}:
            self.refresh()

    # Doing

    def _open(self) -> None:
        thread = self._thread()
        if thread is not None:
            self.opened.emit(thread)

    def _answer(self, *, settle: bool) -> None:
        thread, session, words = self._thread(), self._session, typed(self.answer)
        if thread is None or session is None or not words.strip():
            return
        who = session.annotator.id
        if self._done(lambda: session.project.answer(thread.id, words, annotator=who, settle=settle)):
            self.answer.clear()
            session.tell("Answered and settled" if settle else "Answered")
            self.list.setFocus()

    def _settle(self) -> None:
        thread, session = self._thread(), self._session
        if thread is None or session is None:
            return
        settled = not thread.settled
        who = session.annotator.id
        if self._done(lambda: session.project.settle(thread.id, settled=settled, annotator=who)):
            session.tell("Settled the note" if settled else "Reopened the note")

    def _done(self, verb: Callable[[], object]) -> bool:
        session = self._session
        try:
            verb()
        except AnnotatorError as error:
            if session is not None:
                session.failed.emit(str(error))
            return False
        return True


def _said(message: Message, names: dict[str, str]) -> QWidget:
    card = QFrame(objectName="card")
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 8, 12, 12)
    column.setSpacing(4)
    who = names.get(message.annotator, "") or "Somebody else"
    column.addWidget(QLabel(f"{who} · {when(message.made_at)}", objectName="dim"))
    words = LongWords(message.text)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(words)
    return card
