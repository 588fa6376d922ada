"""The reading view: an article like a page, with its marks, a caret, and the mouse."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.ui.reader import caret as carets
from annotator.ui.reader import geometry, keys, paint, types
from annotator.ui.reader import selection as selecting
from annotator.ui.reader.blink import Blink
from annotator.ui.reader.folds import Run
from annotator.ui.reader.hits import marks_at
from annotator.ui.reader.marked import Marked
from annotator.ui.reader.mouse import Gestures
from annotator.ui.reader.pointer import Pointer
from annotator.ui.reader.scroll import Place
from annotator.ui.reader.selection import Edge, Selection
from annotator.ui.reader.spoken import describe


class Reader(Marked):
    """Shows one article with its marks. Knows nothing of projects; every position it takes or gives is a code point.

    Signals:
        selection_changed: the pending selection or the caret is another one (ask `selection`, `caret`).
        drag_finished: the mouse has selected this `Span`.
        mark_clicked: the id of the mark that was clicked; "" where there was none.
        mark_hovered: the id of the mark under the mouse; "" when it has left.
        mark_reshaped: an edge of this mark was moved; the `Span` it would have. The view still shows the old one.
        fragment_added: this `Fragment` was dragged with Ctrl while a mark and no words were selected.
        link_followed: the id of the annotation at the other end of a link that was clicked.
        aside_clicked: the key of the note whose sign in the margin was clicked.
        menu_requested: where on the screen a menu should open; the mark there was clicked before.
    """

    selection_changed = Signal()
    drag_finished = Signal(object)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    mark_reshaped = Signal(str, object)
    fragment_added = Signal(object)
    link_followed = Signal(str)
    aside_clicked = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.pending = Selection()
        self._column: float | None = None
        self._dragged: Annotation | None = None
        super().__init__(parent)
        self._gestures = Gestures(self)
        self._pointer = Pointer(self, self._gestures)
        self._blink = Blink(self, self._repaint_caret)

    # What is shown

    def show_article(self, article: Article, annotations: Iterable[Annotation], codebook: Codebook) -> None:
        """Show an article from its beginning, with the caret at the start and nothing selected."""
        self._pointer.stop()
        self.set_codebook(codebook)
        self.pending = Selection()
        self._scene.selected = self._scene.hovered = self._wanted = ""
        self.set_find_hits(())
        self._folded = set()
        self._set_page(article)
        self.set_annotations(annotations)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(f"Article: {article.title}" if article.title else "Article")
        self._after_selecting(scroll=False)

    def update_article(self, article: Article) -> None:
        """Show the same text with other blocks or metadata; caret, selection, marks and place stay."""
        place = self._scroll.place(self.page)
        self._set_page(article)
        self._folded &= {run.start for run in self.page.folds.runs.values()}
        self._scroll.hold(self.page, place)
        self._sync_cursor()
        self.links.forget()
        self.viewport().update()

    def toggle_fold(self) -> None:
        """Fold the left-out paragraphs at the caret to one line, or unfold them; without any there, all of the page."""
        runs = [run for run in self.page.folds.runs.values() if run.whole]
        here = self.page.folds.run_of(self.page.paragraph_of(self.pending.caret))
        if here is not None and here.whole:
            self._fold({here.start} ^ self._folded, at=here.start)
        elif runs:
            every = {run.start for run in runs}
            self._fold(set() if every <= self._folded else every, at=None)

    def fold_all(self) -> None:
        """Fold everything that is left out."""
        self._fold({run.start for run in self.page.folds.runs.values() if run.whole}, at=None)

    @property
    def folded(self) -> frozenset[int]:
        """The code points at which the folded runs start."""
        return frozenset(self._folded)

    def _fold(self, folded: set[int], *, at: int | None) -> None:
        """Fold exactly these runs; the line at a code point, or else the first one seen, stays where it is."""
        if folded == self._folded:
            return
        page = self.page
        place = self._scroll.place(page)
        if at is not None:
            place = Place(at, geometry.line_of_position(page, at).top - self._scroll.top)
        self._folded = folded
        self._set_page(page.article)
        caret_at = self.page.folds.out_of(self.pending.caret, self.page.paragraph_of(self.pending.caret), ahead=False)
        self._scroll.hold(self.page, place)
        self.links.forget()
        if caret_at != self.pending.caret:
            self.select_pending(self.pending.at(caret_at))
        self._sync_cursor()
        self.viewport().update()

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the characters ``start``-``end`` are visible, and unfold what they are in."""
        within = {run.start for run in self.page.folds.folded.values() if run.start < end and start < run.end}
        if within:
            self._fold(self._folded - within, at=None)
        super().reveal(start, end)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Keep the caret from blinking."""
        self._blink.is_allowed = not reduced
        if self.hasFocus():
            self._blink.start()

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
            ahead = (move == "right") != self.page.rtl
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
        self._pointer.stop()
        self.select_pending(self.pending.at(self.pending.caret))

    def copy_selection(self) -> None:
        """Put the selected words on the clipboard, as they are in the article."""
        if self.selection():
            QGuiApplication.clipboard().setMimeData(self.createMimeDataFromSelection())

    # What the gestures call (see `mouse.Surface`)

    def select_pending(self, selection: Selection, *, scroll: bool = False) -> None:
        """Make this the selection; with `scroll`, the caret is kept in sight."""
        self._column = None
        if selection == self.pending:
            if scroll:
                self._show_caret()
            return
        self.pending = selection
        self._after_selecting(scroll=scroll)

    def hover(self, mark: str) -> None:
        """The mouse is over this mark, or over none."""
        if mark != self._scene.hovered:
            self._scene.hovered = mark
            self.mark_hovered.emit(mark)
            self.viewport().update()

    def click_mark(self, mark: str) -> None:
        """A mark, or none, was clicked."""
        self.mark_clicked.emit(mark)

    def finish_drag(self, span: Span) -> None:
        """The mouse has selected this."""
        self.drag_finished.emit(span)

    def add_fragment(self, fragment: Fragment) -> None:
        """The mouse has added this to the selected mark."""
        self.fragment_added.emit(fragment)

    def preview(self, mark: str, span: Span | None) -> None:
        """Show a mark with another span while its edge is dragged; None puts it back."""
        if span is None:
            if self._dragged and mark in self.index:
                self.index.put(self._dragged)
            self._dragged = None
        else:
            shown = self.index.get(mark)
            if shown:
                self._dragged = self._dragged or shown
                self.index.put(replace(shown, span=span))
        self.viewport().update()

    def finish_reshape(self, mark: str, span: Span) -> None:
        """An edge was dragged to here."""
        self.mark_reshaped.emit(mark, span)

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page with the caret where it is now."""
        caret = self.pending.caret
        self._scene.here = self.page.paragraph_of(caret) if self.page.text else None
        self._scene.at = caret
        self._scene.caret = caret if self._blink.is_on and self.hasFocus() else None
        super().paintEvent(event)
        if not self.links.is_empty:
            if event.rect().contains(self.viewport().rect()):  # else it is only the caret that blinks
                self.links.draw(self.page, self.index, self._scroll.top, self._scene.drawn)
            painter = QPainter(self.viewport())
            self.links.paint(painter, self._scene.inks)
            painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll; what is painted at the edges of the screen must not scroll along."""
        super().scrollContentsBy(dx, dy)
        if not self.links.is_empty:
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep Escape for giving up a drag, before the window's actions get it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._gestures.is_dragging:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice when the mouse leaves; tell what is noted where it rests on a sign."""
        if event.type() == QEvent.Type.Leave and not self._gestures.is_dragging:
            self.hover("")
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._asides_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "\n\n".join(each.words for each in found), self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, select, copy; everything else is for the window."""
        if event.key() == Qt.Key.Key_Escape and (self._gestures.is_dragging or self.selection()):
            self.clear_selection()
        elif keys.is_copy(event):
            self.copy_selection()
        elif keys.is_select_all(event):
            self.select_all()
        else:
            move = keys.move_of(event)
            if move is None:
                event.ignore()
                return
            self.move_caret(move, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Follow a link, or begin a gesture."""
        goes = self._link_at(event)
        if goes and event.button() == Qt.MouseButton.LeftButton:
            self.link_followed.emit(goes)
            event.accept()
            return
        noted = self._asides_at(event.position())
        if noted and event.button() == Qt.MouseButton.LeftButton:
            self.aside_clicked.emit(noted[0].key)
            event.accept()
            return
        run = self._run_at(event)
        if run is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fold({run.start} ^ self._folded, at=run.start)
            event.accept()
            return
        self._blink.show()
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or hover."""
        points = self._link_at(event) or self._run_at(event) or self._asides_at(event.position())
        if not event.buttons() and points:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            return
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word."""
        self._pointer.press_twice(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the mark under the mouse and ask for its menu."""
        event.accept()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = paint.caret_box(self.page, self.pending.caret)
            below = QPoint(round(box.x()), round(box.bottom()) - self._scroll.top)
            self.menu_requested.emit(self.viewport().mapToGlobal(below))
            return
        marks = marks_at(self.page, self.index, self.on_page(QPointF(event.pos())))
        if marks and self._scene.selected not in marks:
            self.mark_clicked.emit(marks[0])
        self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._blink.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self._repaint_caret()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what runs by itself."""
        self._blink.stop()
        self._pointer.stop()
        super().hideEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give the article's own words, never the widget's."""
        data = QMimeData()
        span = self.selection()
        if span:
            data.setText(" … ".join(span.covered(self.page.text)))
        return data

    # Inside

    def _link_at(self, event: QMouseEvent) -> str:
        return self.links.end_at(event.position(), self._scene.selected or self._scene.hovered)

    def _run_at(self, event: QMouseEvent) -> Run | None:
        if not self.page.folds.runs:
            return None
        point = self.on_page(event.position())
        line = geometry.line_at_height(self.page, point.y())
        # In a narrow margin the word stands above its line.
        below = geometry.line_beside(self.page, line, 1)
        return types.run_at(self.page, line, point) or (types.run_at(self.page, below, point) if below else None)

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
        self.viewport().update()
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
