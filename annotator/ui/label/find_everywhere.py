"""Find in all articles: a panel of hits by article, filled in slices so that the window never stands still."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.model.counting import counted
from annotator.ui.look.drawing import draw_words, paint_row, small, strong
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.panel import Panel
from annotator.ui.widgets.rows import Rows
from annotator.ui.widgets.search_field import SearchField

Index = QModelIndex | QPersistentModelIndex

SLICE = 0.008
"""Seconds of searching between two looks at the events."""
PAUSE = 150
"""Milliseconds after the last letter typed before the search begins."""
MOST_HITS = 5_000
LINE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Place:
    """A hit (code points, half-open), or, when `end` is 0, the heading of an article with `start` hits."""

    article: str
    title: str
    start: int = 0
    end: int = 0
    before: str = ""
    match: str = ""
    after: str = ""


Search = Callable[[str, str], Iterable[Place]]
"""Given the words and an article's id: the hits in it."""


class PlaceModel(QAbstractListModel):
    """Headings and hits in the order of the articles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.places: list[Place] = []

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.places = []
        self.endResetModel()

    def add(self, places: Sequence[Place]) -> None:
        """Show more at the end."""
        if places:
            first = len(self.places)
            self.beginInsertRows(QModelIndex(), first, first + len(places) - 1)
            self.places.extend(places)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, or the place itself."""
        place = self.places[index.row()]
        if role == LINE_ROLE:
            return place
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{place.before}{place.match}{place.after}" if place.end else place.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that headings cannot be chosen."""
        is_hit = self.places[index.row()].end > 0
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_hit else Qt.ItemFlag.ItemIsEnabled


class _PlaceRow(QStyledItemDelegate):
    """Paints a heading, or a hit on its line with the words found set off."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: Place = index.data(LINE_ROLE)
        area = option.rect.adjusted(16, 0, -16, 0)
        if not place.end:
            font = strong(small(option.font))
            color = QColor(self.theme.muted)
            count = f"{place.start:,}"
            wide = option.fontMetrics.horizontalAdvance(count)
            area = area.adjusted(0, 8, 0, 0)
            draw_words(painter, area.adjusted(0, 0, -wide - 8, 0), place.title, font, color)
            draw_words(painter, area.adjusted(area.width() - wide, 0, 2, 0), count, small(option.font), color)
            return
        paint_row(painter, option, self.theme)
        self._paint_hit(painter, option, area, place)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, place: Place) -> None:
        metrics = option.fontMetrics
        before = _last_words(place.before, metrics, area.width() * 2 // 5)
        match = " ".join(place.match.split())
        room = area.width() - metrics.horizontalAdvance(before + match) - 2
        after = metrics.elidedText(place.after.replace("\n", " "), Qt.TextElideMode.ElideRight, max(room, 0))
        found = QTextLayout.FormatRange()
        found.start, found.length = _units(before), _units(match)
        look = QTextCharFormat()
        look.setBackground(QColor(self.theme.find))
        look.setForeground(QColor(self.theme.text))
        found.format = look
        layout = QTextLayout(before + match + after, option.font)
        layout.setFormats([found])
        # The layout itself puts a line that runs from right to left to the right.
        layout.beginLayout()
        row = layout.createLine()
        row.setLineWidth(area.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QColor(self.theme.text))
        layout.draw(painter, QPointF(area.left(), area.top() + (area.height() - row.height()) / 2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(32, option.fontMetrics.height() + 12))


def _last_words(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return as many of the last words as there is room for, with an ellipsis before them."""
    gap = " " if text[-1:].isspace() else ""
    words = text.split()
    while words and metrics.horizontalAdvance("… " + " ".join(words) + gap) > room:
        del words[0]
    return "… " + " ".join(words) + gap if words else ""


def _units(text: str) -> int:
    """Return a length in UTF-16 units, which QTextLayout counts."""
    return len(text) + sum(letter > "\uffff" for letter in text)


class FindEverywhere(Panel):
    """`chosen` carries article id, start and end (code points) of the hit that the person wants to see."""

    chosen = Signal(str, int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Find in all articles", parent, closes=True)
        self._search: Search | None = None
        self._ids: Sequence[str] = ()
        self._left: Iterator[str] = iter(())
        self._done = self._hits = self._articles = 0
        self.field = SearchField("Words in any article", self)
        self._words = QLabel(objectName="dim", wordWrap=True)
        self._stop = QPushButton("Stop", accessibleName="Stop searching")
        self.model = PlaceModel(self)
        self.list = Rows("Places found")
        self.list.setModel(self.model)
        self._row = _PlaceRow(self.list, theme)
        self.list.set_painter(self._row)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.start)
        self._slice = QTimer(self, singleShot=True, interval=0)
        self._slice.timeout.connect(self._go_on)
        self._lay_out()
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.stepped.connect(self._step)
        self.field.left.connect(self.left)
        self._stop.clicked.connect(self.stop)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._tell()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 0, 8, 8)
        top.addWidget(self.field)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 8, 8)
        foot.addWidget(self._words, 1)
        foot.addWidget(self._stop)
        self.column.addLayout(top)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(foot)

    def set_source(self, search: Search | None, ids: Sequence[str]) -> None:
        """Say where to search: a function, and the ids of the articles in their order."""
        if search is not None and list(ids) == list(self._ids):
            return
        self.stop()
        self._search, self._ids = search, ids
        self._done = self._hits = self._articles = 0
        self.model.clear()
        self._tell()

    def open(self, words: str = "") -> None:
        """Take the focus; `words`, such as the selected ones, are looked for if there are any."""
        if words:
            self.field.setText(words)
        self.field.setFocus()
        self.field.selectAll()

    def start(self) -> None:
        """Search anew for what is typed."""
        self.stop()
        self.model.clear()
        self._done = self._hits = self._articles = 0
        if self.field.text().strip() and self._search is not None:
            self._left = iter(self._ids)
            self._slice.start()
        self._tell()

    def stop(self) -> None:
        """Stop searching; what was found stays."""
        self._pause.stop()
        self._slice.stop()
        self._left = iter(())
        self._tell()

    @property
    def words(self) -> str:
        """What the panel says about the search."""
        return self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.field.refresh_icons()
        self.list.viewport().update()

    def _go_on(self) -> None:
        query = self.field.text().strip()
        rows: list[Place] = []
        until = perf_counter() + SLICE
        while self._search is not None and perf_counter() < until:
            article_id = next(self._left, None)
            if article_id is None or self._hits >= MOST_HITS:
                break
            found = list(self._search(query, article_id))
            self._done += 1
            if found:
                self._articles += 1
                self._hits += len(found)
                rows.append(Place(article_id, found[0].title, start=len(found)))
                rows.extend(found)
        else:
            self._slice.start()
        self.model.add(rows)
        self._tell()

    def _tell(self) -> None:
        running = self._slice.isActive()
        self._stop.setVisible(running)
        if not self.field.text().strip():
            words = "Type words; case, accents and quotation marks do not matter."
        elif running:
            words = f"{self._hits:,} found, {self._done:,} of {counted(len(self._ids), 'article')} read"
        elif not self._hits:
            words = "Nowhere in the project." if self._done else ""
        else:
            more = "The first " if self._hits >= MOST_HITS else ""
            words = f"{more}{self._hits:,} in {counted(self._articles, 'article')}"
        self._words.setText(words)

    def _step(self, steps: int) -> None:
        row = self.list.currentIndex().row() + (steps or 0)
        step = steps or 1
        while 0 <= row < self.model.rowCount() and not self.model.places[row].end:
            row += step
        row = max(row, 1)
        if row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))
            self._choose(self.model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        place = self.model.places[index.row()] if index.isValid() else None
        if place is not None and place.end:
            self.chosen.emit(place.article, place.start, place.end)
