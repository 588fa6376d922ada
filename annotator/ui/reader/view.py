"""The reading view: an article like a page, with its marks, a caret, and the mouse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.ui.reader import geometry, keys, paint, types
from annotator.ui.reader.folds import Run
from annotator.ui.reader.hits import marks_at
from annotator.ui.reader.mouse import Gestures
from annotator.ui.reader.others import Other
from annotator.ui.reader.picked import Picked
from annotator.ui.reader.pointer import Pointer
from annotator.ui.reader.scroll import Place
from annotator.ui.reader.selection import Selection


class Reader(Picked):
    """Shows one article with its marks. Knows nothing of projects; every position it takes or gives is a code point.

    Signals:
        drag_finished: the mouse has selected this `Span`.
        mark_clicked: the id of the mark that was clicked; "" where there was none.
        mark_hovered: the id of the mark under the mouse; "" when it has left.
        fragment_added: this `Fragment` was dragged with Ctrl while a mark and no words were selected.
        link_followed: the id of the annotation at the other end of a link that was clicked.
        aside_clicked: the key of the note whose sign in the margin was clicked.
        menu_requested: where on the screen a menu should open; the mark there was clicked before.
    """

    drag_finished = Signal(object)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    fragment_added = Signal(object)
    link_followed = Signal(str)
    aside_clicked = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._dragged: Annotation | None = None
        super().__init__(parent)
        self._gestures = Gestures(self)
        self._pointer = Pointer(self, self._gestures)

    # What is shown

    def show_article(
        self, article: Article, annotations: Iterable[Annotation], codebook: Codebook, others: Sequence[Other] = ()
    ) -> None:
        """Show an article from its beginning, with the caret at the start and nothing selected.

        `others`: what other annotators have labelled there, to look at.
        """
        self._pointer.stop()
        self.set_codebook(codebook)
        self.pending = Selection()
        self._scene.selected = self._scene.hovered = self._wanted = ""
        self.set_find_hits(())
        self._folded = set()
        self._take_others(others)
        self._set_page(article)
        self.set_annotations(annotations)
        self._index_others()
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

    # What the gestures call (see `mouse.Surface`)

    def clear_selection(self) -> None:
        """Select nothing, and drag no further; the caret stays."""
        self._pointer.stop()
        super().clear_selection()

    def hover(self, mark: str) -> None:
        """The mouse is over this mark, or over none."""
        if mark != self._scene.hovered:
            lit = self._scene.loudness()[0]
            self._scene.hovered = mark
            self.mark_hovered.emit(mark)
            self._relight(lit)

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
        self._touch(self._places(mark))
        if span is None:
            if self._dragged and mark in self.index:
                self.index.put(self._dragged)
            self._dragged = None
        else:
            shown = self.index.get(mark)
            if shown:
                self._dragged = self._dragged or shown
                self.index.put(replace(shown, span=span))
        self._touch(self._places(mark))

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
        """Notice when the mouse leaves; tell what is noted, or whose a label is, where it rests."""
        if event.type() == QEvent.Type.Leave and not self._gestures.is_dragging:
            self.hover("")
            self._pass_other("")
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip_at(QPointF(event.pos())), self.viewport())
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
        other = self._other_at(event.position())
        if other and event.button() == Qt.MouseButton.LeftButton:
            self.other_clicked.emit(other)
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
        other = self._other_at(event.position()) if not event.buttons() else ""
        self._pass_other(other)
        points = other or self._link_at(event) or self._run_at(event) or self._asides_at(event.position())
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
