"""The page on the screen: column, colours, painting, and staying where one was."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.ui.look.theme import LIGHT, Theme
from annotator.ui.reader import asides, others_paint, paint, types
from annotator.ui.reader.inks import Inks
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.page import Page
from annotator.ui.reader.ready import LONGEST, Ready, look_over
from annotator.ui.reader.scroll import Scroll
from annotator.ui.reader.touched import touched

_NO_ARTICLE = Article(id="", title="", text="")


class Canvas(QTextEdit):
    """Shows a page and what is painted on it. What a person does with it is the business of the subclass.

    Signals:
        zoom_requested: steps of zoom, from Ctrl and the wheel.
    """

    zoom_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._codebook: Codebook | None = None
        self._face, self._zoom = "serif", 100
        self._folded: set[int] = set()
        self._beside: tuple[tuple[Span, ...], ...] = ()
        self._scroll = Scroll(self)
        self._ready = Ready()
        self.page = Page(_NO_ARTICLE, self._theme, face=self._face, zoom=self._zoom, owner=self)
        self.index = MarkIndex()
        self._scene = paint.Scene(self.page, self.index, Inks(self._theme, None))
        self._set_up()
        self.set_theme(self._theme)

    def _set_up(self) -> None:
        self.setReadOnly(True)
        # Not by keyboard: Qt would paint a caret of its own and take keys that belong to the window's actions.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # Always there: a bar that comes and goes would move the text.
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

    def set_codebook(self, codebook: Codebook) -> None:
        """Use the labels of another revision."""
        if codebook is self._codebook:
            return
        self._codebook = codebook
        self._scene.inks = Inks(self._theme, codebook)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self._theme = theme
        roles, groups = QPalette.ColorRole, QPalette.ColorGroup
        palette = QPalette(self.palette())
        for role, color in (
            (roles.Base, QColor(theme.page)),
            (roles.Text, QColor(theme.text)),
            (roles.Highlight, QColor(0, 0, 0, 0)),  # the selection is painted with the marks, under the words
            (roles.HighlightedText, QColor(theme.text)),
        ):
            for group in (groups.Active, groups.Inactive, groups.Disabled):
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

    def position(self) -> int:
        """Return the code point at which the first wholly visible line starts."""
        return self._scroll.place(self.page).position

    def restore(self, position: int) -> None:
        """Scroll so that the line at a code point is the first one."""
        self._scroll.hold(self.page, self._scroll.place(self.page)._replace(position=position, below=0.0))

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the characters ``start``-``end`` are visible; nothing moves where they are already."""
        self._scroll.reveal(self.page, start, end)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint washes, then the text, then lanes."""
        area, offset = event.rect(), self._scroll.top
        top = float(area.top() + offset)
        scene, theme = self._scene, self._theme
        bands = [(float(each.top() + offset), float(each.bottom() + 1 + offset)) for each in event.region()]
        paint.prepare(scene, bands)
        painter = QPainter(self.viewport())
        painter.fillRect(area, QColor(theme.page))
        painter.translate(0, -offset)
        frame = self.page.document.rootFrame().frameFormat()
        if top < frame.topMargin():
            width = self.viewport().width() - 2 * frame.leftMargin()
            self.page.header.paint(painter, frame.leftMargin(), width, theme)
        paint.paint_under(painter, scene)
        others_paint.paint_looked(painter, scene)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(0, -offset)
        types.paint_types(painter, scene)
        asides.paint_asides(painter, scene)
        others_paint.paint_rows(painter, scene)
        paint.paint_over(painter, scene)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column's measure, and the same line at the top."""
        place = self._scroll.place(self.page)
        self._fit()
        super().resizeEvent(event)
        self._scroll.hold(self.page, place)

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions first; let the wheel work beside the column too."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoom_requested.emit(1 if steps > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def on_page(self, place: QPointF) -> QPointF:
        """Return the point of the page that lies at a point of the viewport."""
        return QPointF(place.x(), place.y() + self._scroll.top)

    def _touch(self, fragments: Iterable[Fragment]) -> None:
        """Paint anew what lies in the paragraphs of these fragments, which is quicker than all that is seen.

        What is painted elsewhere must not depend on what has changed there.
        """
        if self.page.folds.folded:  # the line of a fold counts the labels in it
            self.viewport().update()
        else:
            self.viewport().update(touched(self.page, list(fragments), self.viewport().rect(), self._scroll.top))

    def expect(self, article: Article, annotations: Iterable[Annotation]) -> None:
        """Make the page of an article ready that is likely to be shown next, with these marks.

        Only for the very same article it is shown; nobody notices but by the time that it takes.
        """
        self._ready.is_wanted = True
        if (
            self._beside
            or article.id == self.page.article.id
            or len(article.text) > LONGEST
            or self._ready.has(article)
        ):
            return
        page = self._made(article)
        page.set_width(min(self._room, page.full_width))
        look_over(page, MarkIndex(page.sections, annotations), self.viewport().width(), self.viewport().height())
        self._ready.keep(page)

    def is_ready(self, article: Article) -> bool:
        """Whether showing an article would find its page made."""
        return self._ready.has(article)

    def _made(self, article: Article) -> Page:
        return Page(
            article, self._theme, face=self._face, zoom=self._zoom, owner=self, folded=self._folded, beside=self._beside
        )

    def _set_page(self, article: Article) -> None:
        old = self.page
        is_plain = not self._folded and not self._beside
        ready = self._ready.take(article) if is_plain else None
        self.page = self._scene.page = ready or self._made(article)
        self._scene.drawn = []
        self._fit()
        self.setDocument(self.page.document)
        self.setCursorWidth(0)
        if old is not self.page and (old.article.id == article.id or not self._ready.keep(old)):
            old.document.deleteLater()

    def _rebuild(self) -> None:
        """Set the same article anew, with the same line at the top."""
        self._ready.forget()
        place = self._scroll.place(self.page)
        self._set_page(self.page.article)
        self._scroll.hold(self.page, place)
        self.viewport().update()

    @property
    def _room(self) -> int:
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _fit(self) -> None:
        """Centre the column; where there is room, the viewport keeps its width, and nothing is laid out anew."""
        room = self._room
        side = max(0, room - self.page.full_width) // 2
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (side, side):
            self.setViewportMargins(side, 0, side, 0)
        self.page.set_width(min(room, self.page.full_width))
