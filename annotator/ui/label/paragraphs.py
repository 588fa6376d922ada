"""What keys and mouse do to the types of paragraphs: the hand between reading view and session."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from annotator.model.article import BlockKind
from annotator.model.changes import Changes
from annotator.project.blocks import kind_at, units
from annotator.project.repeats import repeated, told_of
from annotator.ui.actions.actions import Actions
from annotator.ui.reader import paint
from annotator.ui.reader.view import Reader
from annotator.ui.session.session import Session
from annotator.ui.session.work import Worker
from annotator.ui.widgets.type_box import KEYS, TypeBox


class Paragraphs(QObject):
    """Gives the paragraphs at the caret, or those of the selection, another type, and folds what is left out."""

    def __init__(self, actions: Actions, reader: Reader) -> None:
        super().__init__(reader)
        self._actions = actions
        self._reader = reader
        self._session: Session | None = None
        self._worker = Worker(self)
        self._worker.found.connect(self._leave_out)
        self._worker.failed.connect(lambda words: self._session and self._session.failed.emit(words))
        self.box = TypeBox(reader)
        self.box.chosen.connect(self.set_kind)
        actions.on("blocks.type", self.open_box)
        actions.on("blocks.fold", self.fold)
        actions.on("blocks.copies", self.leave_out_copies)
        for kind in KEYS.values():
            actions.on(f"block.{kind.value}", lambda kind=kind: self.set_kind(kind))

    def set_session(self, session: Session | None) -> None:
        """Work on another project."""
        self._worker.close()
        self._session = session
        if session is not None:
            session.changed.connect(self._on_changes)

    def open_box(self) -> None:
        """Choose the type of the paragraph at the caret, right below it."""
        session = self._session
        if session is None or session.article is None:
            return
        start, end = reach(self._reader)
        found = units(session.article.text, session.article.blocks, start, end)
        if not found:
            session.said.emit("There is no paragraph at the caret")
            return
        self._reader.reveal(found[0].start, found[0].start)
        self.box.open(kind_at(session.article.blocks, found[0].start), below(self._reader, start))

    def set_kind(self, kind: BlockKind) -> None:
        """Give the paragraphs at the caret, or those of the selection, a type."""
        if self._session is not None:
            self._session.set_block_kind(*reach(self._reader), kind)

    def fold(self) -> None:
        """Fold or unfold what is left out."""
        if self._reader.page.folds.runs:
            self._reader.toggle_fold()
        elif self._session is not None:
            self._session.said.emit("Nothing in this article is left out")

    def leave_out_copies(self) -> None:
        """Leave out the paragraphs of all articles that repeat earlier ones; they are looked for in another thread."""
        session = self._session
        if session is None or self._worker.is_busy:
            return
        session.said.emit("Looking for paragraphs that stand more than once …")
        path = session.project.path
        self._worker.do(lambda _progress, cancelled, give: give(repeated(told_of(path), cancelled=cancelled)))

    @property
    def is_busy(self) -> bool:
        """Whether repeated paragraphs are being looked for."""
        return self._worker.is_busy

    def _on_changes(self, changes: Changes) -> None:
        """Stop looking where a text has a new version: what was found would lie in the old one."""
        if "text" in changes.nouns:
            self._worker.stop()

    def _leave_out(self, found: object) -> None:
        if self._session is not None:
            self._session.leave_out_copies(found)

    def fill(self, menu: QMenu) -> None:
        """Put the types into a menu, the present one checked."""
        inner = menu.addMenu("Paragraph type")
        for kind in KEYS.values():
            inner.addAction(self._actions[f"block.{kind.value}"])


def reach(reader: Reader) -> tuple[int, int]:
    """Return the code points that the selection spans, or twice the caret's position."""
    span = reader.selection()
    return (span.start, span.end) if span is not None else (reader.caret, reader.caret)


def below(reader: Reader, position: int) -> QPoint:
    """Return the point of the screen just below the line of a code point."""
    box = paint.caret_box(reader.page, position)
    place = QPoint(round(box.left()), round(box.bottom()) + 8 - reader.verticalScrollBar().value())
    return reader.viewport().mapToGlobal(place)
