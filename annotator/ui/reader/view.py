"""The reading view: an article like a page, with its marks, a caret, and the mouse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.ui.reader import caret as carets
from annotator.ui.reader import geometry, keys, paint
from annotator.ui.reader import selection as selecting
from annotator.ui.reader.hits import marks_at
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.mouse import SLACK, Gestures
from annotator.ui.reader.page import Page
from annotator.ui.reader.selection import Edge, Selection
from annotator.ui.theme import LIGHT, Theme

_AUTOSCROLL_MS = 30
_NO_ARTICLE = Article(id="", title="", text="")


class Reader(QTextEdit):
    """Shows one article with its marks. Knows nothing of projects; every position it takes or gives is a code point.

    Signals:
        selection_changed: the pending selection or the caret is another one (ask `selection`, `caret`).
        drag_finished: the mouse has selected this `Span`.
        mark_clicked: the id of the mark that was clicked; "" where there was none.
        mark_hovered: the id of the mark under the mouse; "" when it has left.
        mark_reshaped: an edge of this mark was moved; the `Span` it would have. The view still shows the old one.
        fragment_added: this `Fragment` was dragged with Ctrl while a mark and no words were selected.
        menu_requested: where on the screen a menu should open; the mark there was clicked before.
        zoom_requested: steps of zoom, from Ctrl and the wheel.
    """

    selection_changed = Signal()
    drag_finished = Signal(object)
    mark_clicked = Signal(str)
    mark_hovered = Signal(str)
    mark_reshaped = Signal(str, object)
    fragment_added = Signal(object)
    menu_requested = Signal(QPoint)
    zoom_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pending = Selection()
        self.index = MarkIndex()
        self._theme = LIGHT
        self._codebook: Codebook | None = None
        self._face, self._zoom = "serif", 100
        self._armed = ""
        self._column: float | None = None
        self._blink_on = True
        self._reduced_motion = False
        self._mouse_at: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._double_click: tuple[int, QPointF] = (0, QPointF())
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._toggle_caret)
        self._scroller = QTimer(self)
        self._scroller.setInterval(_AUTOSCROLL_MS)
        self._scroller.timeout.connect(self._autoscroll)
        self._gestures = Gestures(self)
        self._set_up()
        self.page = Page(_NO_ARTICLE, self._theme, face=self._face, zoom=self._zoom, owner=self)
        self._scene = paint.Scene(self.page, self.index, Inks(self._theme, None))
        self.set_theme(self._theme)

    def _set_up(self) -> None:
        self.setReadOnly(True)
        # Not by keyboard: Qt would paint a caret of its own and take keys that belong to the window's actions.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName("Article")
        self.setMinimumWidth(320)

    # What is shown

    def show_article(self, article: Article, annotations: Iterable[Annotation], codebook: Codebook) -> None:
        """Show an article from its beginning, with the caret at the start and nothing selected."""
        self._gestures.cancel()
        self._codebook = codebook
        self.pending = Selection()
        self._scene.selected = self._scene.hovered = ""
        self._scene.selection = None
        self._set_hits((), None)
        self._set_page(article)
        self.set_annotations(annotations)
        self.verticalScrollBar().setValue(0)
        self.setAccessibleName(f"Article: {article.title}" if article.title else "Article")
        self._after_selecting(scroll=False)

    def clear_article(self) -> None:
        """Show an empty page."""
        self.show_article(_NO_ARTICLE, (), self._codebook) if self._codebook else self._set_page(_NO_ARTICLE)

    def set_annotations(self, annotations: Iterable[Annotation]) -> None:
        """Replace all marks."""
        self.index = self._scene.index = MarkIndex(self.page.starts, annotations)
        self._forget_missing()
        self.viewport().update()

    def update_annotations(self, changed: Iterable[Annotation], removed: Iterable[str] = ()) -> None:
        """Add or replace some marks and take others away; costs what these few cost."""
        for mark in removed:
            self.index.remove(mark)
        for annotation in changed:
            self.index.put(annotation)
        self._forget_missing()
        self.viewport().update()

    def set_codebook(self, codebook: Codebook) -> None:
        """Use the labels of another revision."""
        self._codebook = codebook
        self._scene.inks = Inks(self._theme, codebook)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        roles = QPalette.ColorRole
        palette = QPalette(self.palette())
        clear = QColor(0, 0, 0, 0)
        for role, color in (
            (roles.Base, QColor(theme.page)),
            (roles.Text, QColor(theme.text)),
            (roles.Highlight, clear),  # the selection is painted with the marks, under the words
            (roles.HighlightedText, QColor(theme.text)),
        ):
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
                palette.setColor(group, role, color)
        self.setPalette(palette)
        self._scene.inks = Inks(theme, self._codebook)
        self._rebuild()

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text; 100 is 17 logical pixels."""
        if percent != self._zoom:
            self._zoom = percent
            self._rebuild()

    def set_face(self, face: str) -> None:
        """Set the text in ``serif`` or ``sans``."""
        if face != self._face:
            self._face = face
            self._rebuild()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Keep the caret from blinking."""
        self._reduced_motion = reduced
        self._start_blinking()

    def select_annotation(self, mark: str) -> None:
        """Make a mark the selected one, or none with ""; nothing scrolls."""
        mark = mark if mark in self.index else ""
        if mark != self._scene.selected:
            self._scene.selected = mark
            self.viewport().update()

    def set_armed(self, label: str) -> None:
        """Show what is dragged in the colour of the label that it will get; "" for none."""
        self._armed = self._scene.armed = label
        self.viewport().update()

    def set_find_hits(self, hits: Sequence[Fragment], current: Fragment | None = None) -> None:
        """Paint the hits of a search (in order), one of them stronger."""
        self._set_hits(hits, current)
        self.viewport().update()

    # Where things are

    @property
    def selected(self) -> str:
        """Id of the selected mark, or ""."""
        return self._scene.selected

    @property
    def hovered(self) -> str:
        """Id of the mark under the mouse, or ""."""
        return self._scene.hovered

    def caret(self) -> int:
        """Return the caret's position in code points."""
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

    def position(self) -> int:
        """Return the code point at which the first wholly visible line starts."""
        return self._anchor()[0]

    def restore(self, position: int) -> None:
        """Scroll so that the line at a code point is the first one."""
        self._hold((min(position, len(self.page.text)), 0.0))

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that ``start``-``end`` is visible; nothing moves where it is already."""
        first = geometry.line_of_position(self.page, min(start, len(self.page.text)))
        last = geometry.line_of_position(self.page, max(start, min(end, len(self.page.text)) - 1))
        bar, height = self.verticalScrollBar(), self.viewport().height()
        margin = min(first.rhythm.leading, height / 8)
        top, bottom = first.top - margin, last.bottom + margin
        seen = bar.value()
        if (top >= seen or bar.value() == 0) and bottom <= seen + height:
            return
        self._lay_out_to(bottom + height)
        calm = min(3 * first.rhythm.leading, height / 4)
        if bottom - top > height or seen - height < top < seen:
            target = first.top - calm
        elif seen < top < seen + height * 1.5:
            target = last.bottom + calm - height
        else:
            target = first.top - height / 3
        bar.setValue(round(min(target, first.top - margin)))

    def next_mark(self, by: int) -> str:
        """Return the id of the mark `by` places on from the selected one, or from the caret; "" at the ends."""
        annotation = self.index.get(self._scene.selected)
        if annotation:
            return self.index.step(annotation.order, by)
        caret_at = self.pending.caret
        return self.index.step((caret_at, -len(self.page.text) - 1, ""), by)

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
        self._gestures.cancel()
        self._scroller.stop()
        self.select_pending(self.pending.at(self.pending.caret))

    def copy_selection(self) -> None:
        """Put the selected words on the clipboard, as they are in the article."""
        span = self.selection()
        if span:
            QGuiApplication.clipboard().setText(" … ".join(span.covered(self.page.text)))

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
            if self._previewed:
                self.index.put(self._previewed)
            self._previewed = None
        else:
            shown = self.index.get(mark)
            if shown:
                self._previewed = self._previewed or shown
                self.index.put(replace(shown, span=span))
        self.viewport().update()

    def finish_reshape(self, mark: str, span: Span) -> None:
        """An edge was dragged to here."""
        self.mark_reshaped.emit(mark, span)

    _previewed: Annotation | None = None

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint washes, then the text, then lanes."""
        area = event.rect()
        offset = self.verticalScrollBar().value()
        scene, theme = self._scene, self._theme
        top, bottom = float(area.top() + offset), float(area.bottom() + 1 + offset)
        paint.prepare(scene, top, bottom)
        number = self.page.paragraph_of(self.pending.caret)
        scene.here = number if self.page.text else None
        scene.caret = self.pending.caret if self._blink_on and self.hasFocus() else None
        painter = QPainter(self.viewport())
        painter.fillRect(area, QColor(theme.page))
        painter.translate(0, -offset)
        frame = self.page.document.rootFrame().frameFormat()
        if top < frame.topMargin():
            width = self.viewport().width() - 2 * frame.leftMargin()
            self.page.header.paint(painter, frame.leftMargin(), width, theme)
        paint.paint_under(painter, scene)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(0, -offset)
        paint.paint_over(painter, scene)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column's measure, and the same line at the top."""
        anchor = self._anchor()
        self._fit()
        super().resizeEvent(event)
        self._hold(anchor)

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions first; let the wheel work beside the column too."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice when the mouse leaves."""
        if event.type() == QEvent.Type.Leave and not self._gestures.is_dragging:
            self.hover("")
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
        """Begin a gesture."""
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._hide_blink()
        time, where = self._double_click
        near = (event.position() - where).manhattanLength() <= SLACK
        if near and event.timestamp() - time < QGuiApplication.styleHints().mouseDoubleClickInterval() and time:
            self._double_click = (0, QPointF())
            self._gestures.take_sentence(self._point(event.position()))
            return
        self._gestures.press(self._point(event.position()), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or hover."""
        event.accept()
        point = self._point(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._mouse_at = (event.position(), event.modifiers())
            self._gestures.move(point, event.modifiers())
            outside = not 0 <= event.position().y() <= self.viewport().height()
            if self._gestures.is_dragging and outside:
                self._scroller.start()
            else:
                self._scroller.stop()
        elif not event.buttons():
            grip = self._gestures.hover(point)
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if grip else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._scroller.stop()
            self._gestures.release(self._point(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the word."""
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self._double_click = (event.timestamp(), event.position())
            self._gestures.take_word(self._point(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_requested.emit(1 if steps > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the mark under the mouse and ask for its menu."""
        event.accept()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = paint.caret_box(self.page, self.pending.caret)
            below = QPoint(round(box.x()), round(box.bottom()) - self.verticalScrollBar().value())
            self.menu_requested.emit(self.viewport().mapToGlobal(below))
            return
        marks = marks_at(self.page, self.index, self._point(QPointF(event.pos())))
        if marks and self._scene.selected not in marks:
            self.mark_clicked.emit(marks[0])
        self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._start_blinking()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what runs by itself."""
        self._blink.stop()
        self._scroller.stop()
        super().hideEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give the article's own words, never the widget's."""
        data = QMimeData()
        span = self.selection()
        if span:
            data.setText(" … ".join(span.covered(self.page.text)))
        return data

    # Inside

    def _set_page(self, article: Article) -> None:
        old = self.page.document
        self.page = Page(article, self._theme, face=self._face, zoom=self._zoom, owner=self)
        self._scene.page = self.page
        self._scene.drawn = []
        self._scene.inks = Inks(self._theme, self._codebook)
        self._fit()
        self.setDocument(self.page.document)
        self.setCursorWidth(0)
        old.deleteLater()

    def _rebuild(self) -> None:
        anchor = self._anchor()
        self._set_page(self.page.article)
        self._sync_cursor()
        self._hold(anchor)
        self.viewport().update()

    def _fit(self) -> None:
        """Centre the column; where there is room, the viewport keeps its width, and nothing is laid out anew."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        full = self.page.full_width
        side = max(0, room - full) // 2
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (side, side):
            self.setViewportMargins(side, 0, side, 0)
        self.page.set_width(min(room, full))

    def _anchor(self) -> tuple[int, float]:
        """Return the first wholly visible line's start, and how far below the view's top it lies."""
        value = self.verticalScrollBar().value()
        if value == 0:
            return 0, 0.0
        for line in geometry.lines_between(self.page, value, value + self.viewport().height()):
            if line.top >= value - 1:
                return line.start, line.top - value
        return len(self.page.text), 0.0

    def _hold(self, anchor: tuple[int, float]) -> None:
        position, below = anchor
        if position == 0 and below == 0:
            self.verticalScrollBar().setValue(0)
            return
        line = geometry.line_of_position(self.page, min(position, len(self.page.text)))
        self._lay_out_to(line.bottom + 2 * self.viewport().height())
        self.verticalScrollBar().setValue(round(line.top - below))

    def _lay_out_to(self, y: float) -> None:
        # Qt lays out a long document bit by bit; the scroll bar reaches no further than that.
        self.page.document.documentLayout().hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)

    def _point(self, place: QPointF) -> QPointF:
        return QPointF(place.x(), place.y() + self.verticalScrollBar().value())

    def _forget_missing(self) -> None:
        scene = self._scene
        scene.selected = scene.selected if scene.selected in self.index else ""
        if scene.hovered and scene.hovered not in self.index:
            scene.hovered = ""

    def _set_hits(self, hits: Sequence[Fragment], current: Fragment | None) -> None:
        self._scene.hits = list(hits)
        self._scene.hit_starts = [hit.start for hit in hits]
        self._scene.current_hit = current

    def _after_selecting(self, *, scroll: bool) -> None:
        self._scene.selection = self.pending.span
        self._sync_cursor()
        self._hide_blink()
        if scroll:
            self._show_caret()
        self.viewport().update()
        self.selection_changed.emit()

    def _sync_cursor(self) -> None:
        """Keep Qt's own cursor with ours, for screen readers; it must not scroll by itself."""
        bar = self.verticalScrollBar()
        value = bar.value()
        cursor = QTextCursor(self.page.document)
        cursor.setPosition(self.page.to_unit(self.pending.anchor))
        cursor.setPosition(self.page.to_unit(self.pending.caret), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        bar.setValue(value)

    def _show_caret(self) -> None:
        box = paint.caret_box(self.page, self.pending.caret)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        margin = min(1.5 * self.page.rhythms[0].leading, height / 4)
        self._lay_out_to(box.bottom() + height)
        if box.top() - margin < bar.value():
            bar.setValue(round(box.top() - margin))
        elif box.bottom() + margin > bar.value() + height:
            bar.setValue(round(box.bottom() + margin - height))

    def _hide_blink(self) -> None:
        """Start the blinking anew, with the caret shown: one sees where it went."""
        self._blink_on = True
        if self._blink.isActive():
            self._blink.start()

    def _start_blinking(self) -> None:
        flash = QGuiApplication.styleHints().cursorFlashTime()
        self._blink_on = True
        if flash > 0 and not self._reduced_motion and self.hasFocus():
            self._blink.start(flash // 2)
        else:
            self._blink.stop()
        self.viewport().update()

    def _toggle_caret(self) -> None:
        self._blink_on = not self._blink_on
        box = paint.caret_box(self.page, self.pending.caret).translated(0, -self.verticalScrollBar().value())
        self.viewport().update(QRect(box.toAlignedRect()).adjusted(-2, -2, 2, 2))

    def _autoscroll(self) -> None:
        if self._mouse_at is None or not self._gestures.is_dragging:
            self._scroller.stop()
            return
        place, modifiers = self._mouse_at
        bar, height = self.verticalScrollBar(), self.viewport().height()
        over = place.y() if place.y() < 0 else place.y() - height
        bar.setValue(bar.value() + round(max(-60.0, min(60.0, over / 2 + (4 if over > 0 else -4)))))
        self._gestures.move(self._point(place), modifiers)
