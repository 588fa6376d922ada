"""A note or question, written beside the text: on the selected words, on the selected label, or on the article."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.errors import AnnotatorError
from annotator.model.span import Span
from annotator.model.thread import Thread
from annotator.ui.actions.actions import Actions
from annotator.ui.label.paragraphs import below
from annotator.ui.reader.paint import Aside
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session
from annotator.ui.widgets.typed import typed

WIDTH, FIELD = 360, 72
_QUOTED = 60
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteBox(QFrame):
    """A popup below the words. Return writes it, Shift+Return begins a line, Escape goes away.

    `written` carries the words.
    """

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("box")
        self.setAccessibleName("Note or question")
        self.setFixedWidth(WIDTH)
        self.about = QLabel(objectName="dim", wordWrap=True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QPlainTextEdit(accessibleName="Note or question")
        self.field.setPlaceholderText("Unclear: is this a denial?")
        self.field.setFixedHeight(FIELD)
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.keep = QPushButton("Write   Enter", objectName="primary")
        self.keep.clicked.connect(self._write)
        self.field.textChanged.connect(lambda: self.keep.setEnabled(bool(typed(self.field).strip())))
        row = QHBoxLayout()
        row.addWidget(QLabel("Others may answer it.", objectName="dim"), 1)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.about, self.field):
            column.addWidget(widget)
        column.addLayout(row)

    def open(self, about: str, corner: QPoint) -> None:
        """Show it with its top left corner at `corner` of the screen, or as near as the screen allows."""
        self.about.setText(about)
        self.field.clear()
        self.keep.setEnabled(False)
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.sizeHint().height()))
        self.move(x, y)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write with Return."""
        is_enter = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._write()
            return True
        return super().eventFilter(watched, event)

    def _write(self) -> None:
        words = typed(self.field).strip()
        if words:
            self.hide()
            self.written.emit(words)


class Noting(QObject):
    """Opens the box by its key, writes what stands in it to the project, and shows in the margin where notes stand."""

    def __init__(self, actions: Actions, reader: Reader) -> None:
        super().__init__(reader)
        self._reader = reader
        self._box: NoteBox | None = None
        self._session: Session | None = None
        self._span: Span | None = None
        actions.on("note.add", self.open)
        self.opened = reader.aside_clicked

    @property
    def box(self) -> NoteBox:
        """The box, built when it is first wanted."""
        if self._box is None:
            self._box = NoteBox(self._reader.window())
            self._box.written.connect(self._write)
        return self._box

    def set_session(self, session: Session | None) -> None:
        """Write notes in another project."""
        self._session = session
        if self._box is not None:
            self._box.hide()
        if session is not None:
            session.article_switched.connect(self._show)
            session.annotator_switched.connect(self._show)
            session.changed.connect(self._on_changes)
        self._show()

    def open(self) -> None:
        """Ask for a note on the selected words, else the selected label, else the article."""
        session = self._session
        if session is None or session.article is None:
            return
        span = self._reader.selection()
        if span is None and session.selected:
            span = session.annotations[session.selected].span
        self._span = span
        quoted = " … ".join(span.covered(session.article.text)) if span is not None else ""
        short = quoted if len(quoted) <= _QUOTED else f"{quoted[: _QUOTED - 1].rstrip()}…"
        about = f"On “{' '.join(short.split())}”" if quoted else f"On the whole article “{session.article.title}”"
        self.box.open(about, below(self._reader, span.start if span is not None else self._reader.caret))

    def _on_changes(self, changes: Changes) -> None:
        if changes.nouns & {"thread", "message", "setting", "annotator"}:
            self._show()

    def _show(self) -> None:
        """Show the notes of the article that may be seen."""
        session, found = self._session, []
        if session is not None and session.article is not None:
            try:
                found = session.project.threads(session.article.id)
                seen = session.seen
            except AnnotatorError as error:
                session.failed.emit(str(error))
                return
            found = [each for each in found if each.annotator in seen]
        self._reader.set_asides(
            [
                Aside(each.id, each.span.start if each.span is not None else 0, _told(each), each.settled)
                for each in found
            ]
        )

    def _write(self, words: str) -> None:
        session = self._session
        if session is None or session.article is None:
            return
        try:
            session.project.ask(session.article.id, words, annotator=session.annotator.id, span=self._span)
        except AnnotatorError as error:
            session.failed.emit(str(error))
            return
        session.tell("Wrote a note" if self._span is not None else "Wrote a note on the article")
        self._reader.setFocus()


def _told(thread: Thread) -> str:
    """Return a note with its answers, as a tooltip says it."""
    state = "Settled: " if thread.settled else ""
    return state + "\n– ".join(message.text for message in thread.messages)
