"""The bar in which the target of a relation is chosen: a digit, or words to search for."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.model.errors import AnnotatorError
from annotator.project.frames import Candidate
from annotator.ui.frames.framing import Framing
from annotator.ui.frames.relating import Relating
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex

PAUSE = 120
"""Milliseconds after the last letter before the search begins."""
SLICE = 0.012
"""Seconds that one slice of the search takes of the window's time."""
MOST = 100
ROW = 44
MOST_ROWS = 5
_CANDIDATE = Qt.ItemDataRole.UserRole


class CandidateModel(QAbstractListModel):
    """What was found, in the order of finding: this article first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: list[Candidate] = []

    def show_found(self, found: list[Candidate]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def add(self, found: list[Candidate]) -> None:
        """Show these too."""
        if found:
            first = len(self.found)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self.found.extend(found)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the words with their article, or the candidate itself."""
        each = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return each.covered
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{each.covered}\n{each.title}"
        return each if role == _CANDIDATE else None


class _CandidateRow(QStyledItemDelegate):
    def __init__(self, view: QListView, bar: "OfferBar") -> None:
        super().__init__(view)
        self._bar = bar

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint chip, words and the article's title."""
        each: Candidate = index.data(_CANDIDATE)
        paint_row(painter, option, self._bar.theme)
        area, theme = option.rect.adjusted(12, 3, -12, -3), self._bar.theme
        label = self._bar.framing.session.project.codebook.label(each.annotation.label) if self._bar.framing else None
        if label is not None:
            chip = QRectF(area.left(), area.center().y() - SIZE / 2 + 1, SIZE, SIZE)
            paint_chip(painter, chip, label, theme, option.font)
        left = area.left() + SIZE + 12
        half = area.height() // 2
        words = QRect(left, area.top(), area.right() - left, half)
        draw_words(painter, words, each.covered, option.font, QColor(theme.text))
        where = QRect(left, area.top() + half, area.right() - left, half)
        draw_words(painter, where, each.title, small(option.font), QColor(theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of two lines."""
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 8))


class OfferBar(QFrame):
    """Lies over the foot of the text while a relation waits for its target, or over its head where that hides less.

    `sized` tells what it covers: pixels at the foot, negative ones at the head. It has the focus, so that digits and letters are meant for it, and gives it back when it goes.
    """

    sized = Signal(int)

    def __init__(self, theme: Theme, page: QWidget, is_low: Callable[[int], bool]) -> None:
        super().__init__(page)
        self.setObjectName("box")
        self.setAccessibleName("Choose a target")
        self.theme = theme
        self.framing: Framing | None = None
        self._relating: Relating | None = None
        self._page = page
        self._is_low = is_low
        self._left: Iterator[str] = iter(())
        self._searching = False
        self.field = SearchField("", self, escape_clears=False)
        self.hint = QLabel(objectName="dim")
        self.model = CandidateModel(self)
        self.list = QListView(self, accessibleName="Targets found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_CandidateRow(self.list, self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._slice = QTimer(self, singleShot=True, interval=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.field, 1)
        line.addWidget(self.hint)
        column.addWidget(self.list)
        column.addLayout(line)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self._cancel)
        self.field.stepped.connect(self._step)
        self.list.clicked.connect(self._choose)
        self._pause.timeout.connect(self._search)
        self._slice.timeout.connect(self._go_on)
        page.installEventFilter(self)
        self.hide()

    def set_framing(self, framing: Framing | None, relating: Relating | None) -> None:
        """Work on another project."""
        self._stop()
        self.hide()
        self.framing, self._relating = framing, relating
        if relating is not None:
            relating.offered.connect(self._offered)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self.field.refresh_icons()
        self.list.viewport().update()

    @property
    def is_searching(self) -> bool:
        """Whether the search still runs."""
        return self._searching or self._pause.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits in the empty line for choices; keep to the foot of the page."""
        if watched is self._page and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.text()
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and len(digit) == 1 and digit.isdecimal() and not self.field.text() and self._relating:
                self._relating.choose(int(digit))
                return True
        return super().eventFilter(watched, event)

    def _offered(self) -> None:
        offer = self._relating.offer if self._relating else None
        if offer is None:
            had_focus = self.isAncestorOf(self.focusWidget() or self) and self.isVisible()
            self._stop()
            self.hide()
            self.sized.emit(0)
            if had_focus:
                self._page.setFocus()
            return
        name = offer.relation.name
        where = "all articles" if offer.relation.across else "this article"
        count = len(offer.numbered)
        number = "a number, or " if count else ""
        self.field.setPlaceholderText(f"{name.capitalize()}: {number}words to search {where}")
        choices = [f"1-{count} in the text" if count > 1 else "1 in the text" if count else "none in this article"]
        if offer.relation.absent:
            choices.append("0 not in this article")
        self._usual = " · ".join((*choices, "Esc"))
        self.field.setAccessibleName(f"{self.field.placeholderText()}. {self._usual} cancels")
        self.hint.setText(self._usual)
        self._is_above = self._framed_low(offer.source)
        self.field.clear()
        self.show()
        self.raise_()
        self._show_rows()
        self.field.setFocus()

    _usual = ""
    _is_above = False

    def _framed_low(self, source: str) -> bool:
        """Whether what the relation starts at lies so low on the screen that it would be covered."""
        found = self.framing.session.annotations.get(source) if self.framing else None
        return found is not None and self._is_low(found.span.end)

    def _cancel(self) -> None:
        if self._relating is not None:
            self._relating.cancel()

    def _typed(self, words: str) -> None:
        self._stop()
        if words.strip():
            self._pause.start()
            self.hint.setText("Searching…")
        else:
            self.model.show_found([])
            self.hint.setText(self._usual)
            self._show_rows()

    def _search(self) -> None:
        """Search article by article, the open one first, a slice at a time."""
        framing = self.framing
        if framing is None or self._relating is None or self._relating.offer is None:
            return
        self.model.show_found([])
        session = framing.session
        here = session.article.id if session.article else ""
        across = self._relating.offer.relation.across
        others = (head.id for head in session.heads if head.id != here and across and head.count)
        self._left = iter([here, *others])
        self._searching = True
        self._go_on()

    def _go_on(self) -> None:
        framing, offer = self.framing, self._relating.offer if self._relating else None
        if framing is None or offer is None:
            return
        until, found, words = perf_counter() + SLICE, list[Candidate](), self.field.text()
        done = False
        while not done and perf_counter() < until:
            article = next(self._left, None)
            if article is None or len(self.model.found) + len(found) >= MOST:
                done = True
            else:
                try:
                    found.extend(framing.session.project.candidates(offer.relation.id, offer.source, words, article))
                except AnnotatorError as error:
                    framing.session.failed.emit(str(error))
                    done = True
        self.model.add(found[: MOST - len(self.model.found)])
        if found and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        self._searching = not done
        if not done:
            self._slice.start()
        self._tell()
        self._show_rows()

    def _tell(self) -> None:
        count = len(self.model.found)
        if self._searching:
            words = f"{count:,} found, searching…"
        elif not count:
            words = "Nothing in the project has these words. Escape cancels."
        else:
            many = f"The first {MOST}" if count >= MOST else f"{count:,}"
            words = f"{many} found · arrow keys choose · Enter links"
        self.hint.setText(words)

    def _step(self, steps: int) -> None:
        if steps == 0:
            self._choose(self.list.currentIndex())
            return
        row = min(max(self.list.currentIndex().row() + steps, 0), self.model.rowCount() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._relating is not None:
            self._relating.link_to(self.model.found[index.row()].annotation.id)
        elif self._relating is not None and not self.field.text() and self._relating.offer is not None:
            self._relating.choose(1)

    def _stop(self) -> None:
        self._pause.stop()
        self._slice.stop()
        self._searching = False
        self._left = iter(())

    def _show_rows(self) -> None:
        rows = min(self.model.rowCount(), MOST_ROWS)
        height = max(ROW, 2 * self.list.fontMetrics().lineSpacing() + 8)
        self.list.setVisible(rows > 0)
        self.list.setFixedHeight(rows * height + 2)
        self._place()

    def _place(self) -> None:
        """Lie at the foot of the page, or at its head, as wide as there is room."""
        width = min(720, self._page.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        y = 8 if self._is_above else self._page.height() - self.height() - 8
        self.move((self._page.width() - width) // 2, y)
        self.sized.emit((-1 if self._is_above else 1) * (self.height() + 8) if self.isVisible() else 0)
