"""The passage view: an article to read, with the versions of several annotators in lanes below each line."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment
from annotator.ui.look.theme import LIGHT, Theme
from annotator.ui.passage import paint
from annotator.ui.passage.indexed import Indexed, indexed
from annotator.ui.passage.paint import Scene
from annotator.ui.passage.sheet import Sheet
from annotator.ui.passage.version import Version, differing_edges
from annotator.ui.reader.inks import Inks

MARGIN = 24
_FOCUS = 2
"""How wide the line at the side is that shows where the keys go (px)."""
TAGS = 48
"""Room at the side for the tags of the lanes."""
HEIGHT = 0.32
"""At which share of the view's height a passage stands, each the same."""
FLASH = 900
"""For how long (ms) a decision shows its result."""
REACH = 5_000
"""So many code points around a place the marks are looked at that may have to do with it."""
BETWEEN = 50_000
"""An article of at most so many code points is made ready while the person reads another one."""
_NO_ARTICLE = Article(id="", title="", text="")


class PassageView(QAbstractScrollArea):
    """Shows an article and versions of its labels. Knows nothing of projects; every position is a code point.

    Left, right, up and down ask for the passage before or after; Page Up, Page Down and the wheel scroll.

    Signals:
        step_wanted: another passage: -1 the one before, 1 the next.
        opened: Return was pressed, or the words were clicked twice: the place is to be opened where one labels.
        mark_clicked: id of the annotation whose bar was clicked.
    """

    step_wanted = Signal(int)
    opened = Signal()
    mark_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._codebook: Codebook | None = None
        self._face, self._zoom = "serif", 100
        self._place: tuple[Fragment, ...] = ()
        self._scene = Scene(self._made(_NO_ARTICLE), Inks(LIGHT, None), ())
        self._labels: frozenset[str] | None = None
        self._next: Sheet | None = None
        self._indexes: list[Indexed] = []
        self._calm = QTimer(self, singleShot=True, interval=FLASH)
        self._calm.timeout.connect(lambda: self.flash(()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Passage")
        self.setMinimumWidth(280)

    # What is shown

    def show_article(self, article: Article, versions: Iterable[Version], codebook: Codebook) -> None:
        """Show an article with these versions, the first one next to the words; nothing is looked at."""
        self._turn_to(article, versions, codebook)
        self._set()
        self.verticalScrollBar().setValue(0)

    def show_passage(
        self,
        article: Article,
        versions: Iterable[Version],
        codebook: Codebook,
        fragments: Iterable[tuple[int, int]],
        told: str,
    ) -> None:
        """Show an article and look at a place of it, as `show_article` and `show_place` do, in half the time."""
        self._turn_to(article, versions, codebook)
        self.show_place(fragments, told=told)

    def prepare(self, article: Article) -> None:
        """Break the lines of an article that will be shown next, if it is not too long to be done in between."""
        known = {self._scene.sheet.article.id, self._next.article.id if self._next else ""}
        if article.id not in known and len(article.text) <= BETWEEN:
            self._next = self._made(article)
            self._next.break_lines(self._width(self._next))

    def _turn_to(self, article: Article, versions: Iterable[Version], codebook: Codebook) -> None:
        sheet = self._scene.sheet
        if article is not sheet.article or codebook is not self._codebook:
            self._codebook = codebook
            if article is not sheet.article:
                ready = self._next is not None and self._next.article is article
                sheet, self._next = (self._next if ready and self._next else self._made(article)), None
            self._scene = Scene(sheet, Inks(self._theme, codebook), ())
            self._indexes = []
        self._place, self._labels = (), None
        self._scene.spots, self._scene.hot, self._scene.chosen = (), frozenset(), frozenset()
        self._scene.versions = tuple(versions)
        self.setAccessibleName(f"Passage in {article.title}" if article.title else "Passage")

    def show_place(
        self,
        fragments: Iterable[tuple[int, int]],
        *,
        labels: Iterable[str] | None = None,
        between: Iterable[str] = (),
        told: str = "",
    ) -> None:
        """Look at a place, which then stands at the same height as every other one.

        Args:
            fragments: the words that it is about, half-open.
            labels: ids of the labels to show; None shows all.
            between: keys of the versions that differ; empty: all of them.
            told: what is to be seen, in words, for those who hear the screen.
        """
        self._place = tuple(Fragment(*each) for each in fragments)
        self._labels = None if labels is None else frozenset(labels)
        self._scene.spots, self._scene.emphasis = self._place, frozenset(between)
        self._scene.chosen = frozenset()
        self._set()
        self._go()
        self.setAccessibleDescription(told)

    def choose(self, marks: Iterable[str]) -> None:
        """Ring the bars of these annotations."""
        self._scene.chosen = frozenset(marks)
        self.viewport().update()

    def flash(self, fragments: Iterable[tuple[int, int]]) -> None:
        """Show for a moment what came of a decision."""
        self._scene.flashed = tuple(Fragment(*each) for each in fragments) if self.isVisible() else ()
        if self._scene.flashed:
            self._calm.start()
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
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

    @property
    def article(self) -> Article:
        """The article that is shown."""
        return self._scene.sheet.article

    @property
    def scene(self) -> Scene:
        """What is painted: for tests, and for pictures."""
        return self._scene

    def height_of(self, position: int) -> float | None:
        """Return at which height of the view the line with a code point begins."""
        row = self._scene.sheet.row_of(position)
        return None if row is None else row.top + MARGIN - self.verticalScrollBar().value()

    def mark_at(self, point: QPointF) -> Annotation | None:
        """Return the annotation whose bar lies at a point of the view."""
        scene = self._scene
        y = point.y() + self.verticalScrollBar().value() - MARGIN
        at = QPointF(point.x(), y)
        for row in scene.sheet.rows_between(y, y + 1):
            for number, version in enumerate(scene.versions if row.depths else ()):
                for piece in scene.sheet.pieces(number, row.line):
                    if any(box.adjusted(-1, -2, 1, 2).contains(at) for box in paint.bar(scene, row, number, piece)):
                        return next(each for each in version.annotations if each.id == piece.mark)
        return None

    # Setting and scrolling

    def _made(self, article: Article) -> Sheet:
        return Sheet(article, self._theme, face=self._face, zoom=self._zoom)

    def _rebuild(self) -> None:
        scene = self._scene
        scene.sheet, self._next, self._indexes = self._made(scene.sheet.article), None, []
        scene.inks = Inks(self._theme, self._codebook)
        self._set()
        self._go()

    def _set(self) -> None:
        """Lay everything out anew for the width there is."""
        scene, sheet = self._scene, self._scene.sheet
        sheet.break_lines(self._width(sheet))
        free = max(0.0, self.viewport().width() - sheet.width - TAGS - MARGIN) / 2
        scene.left = free + (MARGIN if sheet.rtl else TAGS)
        shown = [self._shown(version) for version in scene.versions]
        changed: dict[int, list[Fragment]] = {}
        self._indexes = indexed(self._indexes, shown, sheet.sections, changed)
        aside = [number for number, version in enumerate(scene.versions) if version.is_aside]
        sheet.set_versions([index for _, index in self._indexes], aside, changed)
        sheet.stack(self._place)
        pairs = zip(scene.versions, shown, strict=True)
        near = [(version, tuple(mark for mark in marks if _near(mark, self._place))) for version, marks in pairs]
        scene.hot = _hot([mark for _, marks in near for mark in marks], self._place)
        scene.edges = differing_edges(
            [
                Version(version.key, version.tag, version.name, marks)
                for version, marks in near
                if not scene.emphasis or version.key in scene.emphasis
            ]
        )
        self._fit()
        self.viewport().update()

    def _width(self, sheet: Sheet) -> float:
        room = max(120, self.viewport().width() - MARGIN - TAGS)
        return min(float(room), round(sheet.measure))

    def _shown(self, version: Version) -> Sequence[Annotation]:
        labels = self._labels
        return (
            version.annotations
            if labels is None
            else tuple(each for each in version.annotations if each.label in labels)
        )

    def _fit(self) -> None:
        """Let the bar reach as far as a place at either end needs to stand at its height."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        first, last = 0, max(0, round(self._scene.sheet.height + 2 * MARGIN) - height)
        top = self._top()
        if top is not None:
            first, last = min(first, top), max(last, top)
        bar.setRange(first, last)
        bar.setPageStep(height)
        bar.setSingleStep(24)

    def _top(self) -> int | None:
        """Return where the bar has to stand for the place that is looked at."""
        if not self._place:
            return None
        sheet = self._scene.sheet
        first, last = sheet.row_of(self._place[0].start), sheet.row_of(self._place[-1].end - 1)
        if first is None or last is None:
            return None
        height = self.viewport().height()
        # A long one begins higher up, so that as much of it as can be is seen.
        above = min(height * HEIGHT, max(MARGIN, height - (last.bottom - first.top) - MARGIN))
        return round(first.top + MARGIN - above)

    def _go(self) -> None:
        top = self._top()
        if top is not None:
            self.verticalScrollBar().setValue(top)

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are seen."""
        scene, shift = self._scene, self.verticalScrollBar().value() - MARGIN
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(self._theme.page))
        painter.translate(0, -shift)
        for row in scene.sheet.rows_between(event.rect().top() + shift, event.rect().bottom() + 1 + shift):
            paint.paint_row(painter, scene, row)
        if self.hasFocus():  # it has no caret that would tell
            painter.resetTransform()
            painter.fillRect(0, 0, _FOCUS, self.viewport().height(), QColor(self._theme.accent))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys come here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do not any more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew; the place stays where it stood."""
        super().resizeEvent(event)
        self._set()
        self._go()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let what was shown for a moment go: nobody sees it."""
        super().hideEvent(event)
        self._calm.stop()
        self.flash(())

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew: only what is seen is painted at all."""
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows ask for another passage, Return for the place where one labels."""
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step_wanted.emit(keys[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A bar is clicked."""
        mark = self.mark_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if mark is not None:
            self.mark_clicked.emit(mark.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing happens; Qt wants it taken where the press was."""
        event.accept()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open the place where one labels."""
        self.opened.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say whose a bar is, and what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(mark) if mark else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _told(self, mark: Annotation) -> str:
        version = next(each for each in self._scene.versions if any(one.id == mark.id for one in each.annotations))
        label = self._scene.inks.label(mark.label).name
        values = ", ".join(value for _, value in mark.attributes)
        rest = f"\n{values}" if values else ""
        return f"{version.name} · {label}{rest}" + (f"\n{mark.note}" if mark.note else "")


def _near(mark: Annotation, place: Sequence[Fragment]) -> bool:
    """Whether a mark overlaps a place, or could overlap a mark that does: those are few, whatever the article has."""
    return bool(place) and mark.span.start < place[-1].end + REACH and place[0].start - REACH < mark.span.end


def _hot(marks: Sequence[Annotation], place: Sequence[Fragment]) -> frozenset[str]:
    """Return the marks that a place is about: those on it, and what others have of the same label where these are."""
    on = [mark for mark in marks if any(a < d and c < b for a, b in mark.span.fragments for c, d in place)]
    beside = [each for each in marks if any(each.label == mark.label and each.span.overlaps(mark.span) for mark in on)]
    return frozenset(mark.id for mark in (*on, *beside))
