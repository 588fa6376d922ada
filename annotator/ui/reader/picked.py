"""A page with marks on which a person has a caret, and picks words: by key, by sentence, by edge."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QWidget

from annotator.model.span import Fragment, Span
from annotator.project.reading import snap_to_graphemes
from annotator.ui.reader import caret as carets
from annotator.ui.reader import geometry, paint
from annotator.ui.reader import selection as selecting
from annotator.ui.reader.blink import Blink
from annotator.ui.reader.onlooking import Onlooking
from annotator.ui.reader.selection import Edge, Selection
from annotator.ui.reader.spoken import describe


class Picked(Onlooking):
    """Knows the caret and the words that are selected; every position is a code point.

    Signals:
        selection_changed: the pending selection or the caret is another one (ask `selection`, `caret`).
        mark_reshaped: an edge of this mark was moved; the `Span` it would have. The view still shows the old one.
    """

    selection_changed = Signal()
    mark_reshaped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.pending = Selection()
        self._column: float | None = None
        super().__init__(parent)
        self._blink = Blink(self, self._repaint_caret)

    # Where things are

    @property
    def caret(self) -> int:
        """The caret's position in code points."""
        return self.pending.caret

    def set_caret(self, position: int) -> None:
        """Put the caret somewhere and select nothing."""
        self.select_pending(Selection().at(max(0, min(position, len(self.page.text)))))

    def selection(self) -> Span | None:
        """Return what is selected in the text, or None."""
        return self.pending.span

    def set_selection(self, span: Span | None) -> None:
        """Select a span, or nothing; nothing scrolls."""
        self.select_pending(Selection.over(span) if span else self.pending.at(self.pending.caret))

    def select_found(self, start: int, end: int) -> None:
        """Select words that were found: to whole characters as they are seen, not to whole words; nothing scrolls."""
        self.set_selection(Span.of(snap_to_graphemes(self.page.text, start, end)))

    def next_mark(self, by: int) -> str:
        """Return the id of the mark `by` places on from the selected one, or from the caret; "" at the ends."""
        annotation = self.index.get(self._scene.selected)
        if annotation:
            return self.index.step(annotation.order, by)
        caret_at = self.pending.caret
        return self.index.step((caret_at, -len(self.page.text) - 1, ""), by)

    def is_low(self, position: int) -> bool:
        """Whether a code point lies in the lower part of the screen, or below it."""
        line = geometry.line_of_position(self.page, min(position, len(self.page.text)))
        return line.bottom > self._scroll.top + 0.72 * self.viewport().height()

    # What a person does, by key

    def move_caret(self, move: str, *, extend: bool = False) -> None:
        """Do one of `caret.MOVES`, with or without taking the selection along."""
        old = self.pending
        if not extend and old.anchor != old.caret and move in ("left", "right"):
            ahead = (move == "right") != self.page.is_rtl(self.page.paragraph_of(old.caret))
            self.select_pending(old.at(old.end if ahead else old.start), scroll=True)
            return
        screen = float(self.viewport().height())
        new = carets.moved(self.page, old, move, extend=extend, column=self._column, screen=screen)
        ahead = new.position > old.caret
        new = new._replace(
            position=self.page.folds.out_of(new.position, self.page.paragraph_of(new.position), ahead=ahead)
        )
        self.select_pending(old.extended(new.position) if extend else old.at(new.position), scroll=True)
        self._column = new.column

    def extend_sentence(self) -> None:
        """Select the sentence at the caret, fill a started one up, or take the next one in."""
        self.select_pending(selecting.with_sentence(self.page.text, self.pending), scroll=True)

    def extend_paragraph(self) -> None:
        """Select the paragraph at the caret, fill a started one up, or take the next one in."""
        self.select_pending(selecting.with_paragraph(self.page.text, self.pending), scroll=True)

    def move_selection_edge(self, edge: Edge, words: int) -> None:
        """Move the first ("left") or last edge of the selection, or else of the selected mark, by so many words."""
        span = self.selection()
        annotation = self.index.get(self._scene.selected)
        if span:
            moved = selecting.moved_edge(self.page.text, span, edge, words)
            self.select_pending(Selection.over(moved))
        elif annotation:
            moved = selecting.moved_edge(self.page.text, annotation.span, edge, words)
            if moved != annotation.span:
                self.mark_reshaped.emit(annotation.id, moved)
        else:
            return
        if edge == "left":
            self.reveal(moved.start, moved.start + 1)
        else:
            self.reveal(moved.end - 1, moved.end)

    def select_all(self) -> None:
        """Select the whole text."""
        if self.page.text:
            self.select_pending(Selection(0, len(self.page.text)))

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.select_pending(self.pending.at(self.pending.caret))

    def copy_selection(self) -> None:
        """Put the selected words on the clipboard, as they are in the article."""
        span = self.selection()
        if span:
            # Not as data made here: what Python has made and the clipboard holds at the end brings the program down.
            QGuiApplication.clipboard().setText(self._words(span))

    def select_pending(self, selection: Selection, *, scroll: bool = False) -> None:
        """Make this the selection; with `scroll`, the caret is kept in sight."""
        self._column = None
        if selection == self.pending:
            if scroll:
                self._show_caret()
            return
        before, self.pending = self.pending, selection
        self._touch((*_places(before), *_places(selection)))
        self._after_selecting(scroll=scroll)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give the article's own words, never the widget's."""
        data = QMimeData()
        span = self.selection()
        if span:
            data.setText(self._words(span))
        return data

    def _words(self, span: Span) -> str:
        return " … ".join(span.covered(self.page.text))

    # Inside

    def _rebuild(self) -> None:
        super()._rebuild()
        self._sync_cursor()

    def _after_selecting(self, *, scroll: bool) -> None:
        self._scene.selection = self.pending.span
        self._sync_cursor()
        self._blink.show()
        if scroll:
            self._show_caret()
        if QAccessible.isActive():
            self.setAccessibleDescription(describe(self.page, self.index, self._scene.inks, self.pending))
        self.selection_changed.emit()

    def _sync_cursor(self) -> None:
        """Keep Qt's own cursor with ours, for screen readers; it must not scroll by itself."""
        top = self._scroll.top
        cursor = QTextCursor(self.page.document)
        cursor.setPosition(self.page.to_unit(self.pending.anchor))
        cursor.setPosition(self.page.to_unit(self.pending.caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(top)

    def _show_caret(self) -> None:
        self._scroll.show(self.page, paint.caret_box(self.page, self.pending.caret))

    def _repaint_caret(self) -> None:
        box = paint.caret_box(self.page, self.pending.caret).translated(0, -self._scroll.top)
        self.viewport().update(box.toAlignedRect().adjusted(-2, -2, 2, 2))


def _places(selection: Selection) -> tuple[Fragment, ...]:
    """Return where words are selected, and where the caret is: its paragraph has a hair line, and says what it is."""
    words = selection.span.fragments if selection.span else ()
    return (*words, Fragment(selection.caret, selection.caret))
