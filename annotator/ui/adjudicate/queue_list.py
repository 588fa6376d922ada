"""The queue as a list: a row a disagreement, with its words, what it is about, and how far it is."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.adjudication import Disagreement, Status
from annotator.model.codebook import Codebook
from annotator.ui.adjudicate.wording import KIND_NAMES, title, words
from annotator.ui.look.drawing import AT_LEFT, AT_RIGHT, is_right_to_left, paint_row, small, wrapped
from annotator.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole
ROW = 48
KEPT = 64
"""So many texts are kept for the rows that are seen."""
_DOTTED = (Status.AGAIN, Status.ASKED)
_DOT = 14
"""Room for the dot of those that are asked about, or open again (px)."""
_LOOKS = 1_000
_SIGNS = {Status.NEW: "", Status.ASKED: "Asked", Status.AGAIN: "Open again", Status.DECIDED: "Decided"}


def _no_text(_article: str) -> str:
    return ""


class QueueModel(QAbstractListModel):
    """The rows of one queue."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: Sequence[Disagreement] = ()
        self.book: Codebook | None = None
        self.titles: Mapping[str, str] = {}
        self._text: Callable[[str], str] = _no_text

    def show(
        self,
        items: Sequence[Disagreement],
        book: Codebook | None,
        titles: Mapping[str, str],
        text: Callable[[str], str],
    ) -> None:
        """Show another queue; `titles` and `text` give those of an article by its id, asked for rows that are seen."""
        self.beginResetModel()
        self.items, self.book, self.titles = items, book, titles
        self._text = lru_cache(maxsize=KEPT)(text)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.items)

    def head(self, item: Disagreement) -> str:
        """Return the words of one."""
        return words(item, self._text(item.article)) or self.about(item)

    def about(self, item: Disagreement) -> str:
        """Return what one is about."""
        return title(item, self.book) if self.book else ""

    def detail(self, item: Disagreement) -> str:
        """Return how far one is, what it is about and where it stands, for the second line."""
        parts = (_SIGNS[item.status], self.about(item), self.titles.get(item.article, ""))
        return " · ".join(filter(None, parts))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a row's disagreement, or its words."""
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(item)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            kinds = ", ".join(KIND_NAMES[each].lower() for each in KIND_NAMES if each in item.kinds)
            return f"{self.head(item)}: {kinds}\n{self.detail(item)}"
        return None


class _Look(NamedTuple):
    """What a row says, cut to a width, and whether it runs from right to left."""

    item: Disagreement
    width: int
    head: str
    kind: str
    detail: str
    head_flags: Qt.AlignmentFlag
    detail_flags: Qt.AlignmentFlag


class QueueRow(QStyledItemDelegate):
    """Paints a row: what it is about with its kind at the right, and below it the article."""

    def __init__(self, view: QWidget, model: QueueModel, theme: Theme) -> None:
        super().__init__(view)
        self._model = model
        self.theme = theme
        self._font, self._small = QFont(), QFont()
        self._looks: dict[str, _Look] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        paint_row(painter, option, self.theme)
        item = self._model.items[index.row()]
        area = option.rect.adjusted(16, 4, -16, -4)
        look = self._look(item, area.width(), option.font)
        half = area.height() // 2
        upper = QRect(area.left(), area.top(), area.width(), half)
        lower = QRect(area.left(), area.top() + half, area.width(), area.height() - half)
        painter.setFont(option.font)
        painter.setPen(QColor(self.theme.text))
        _draw(painter, upper.adjusted(0, 0, -self._kind_room(look.kind), 0), look.head_flags, look.head)
        painter.setFont(self._small)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(upper, AT_RIGHT, look.kind)
        if item.status in _DOTTED:
            self._dot(painter, QPointF(lower.left() + 4, lower.center().y() + 1), item.status)
            painter.setPen(QColor(self.theme.muted))
            lower.adjust(_DOT, 0, 0, 0)
        _draw(painter, lower, look.detail_flags, look.detail)

    def _kind_room(self, kind: str) -> int:
        return QFontMetrics(self._small).horizontalAdvance(kind) + 8

    def _look(self, item: Disagreement, width: int, font: QFont) -> _Look:
        """Return what a row says. It stays while others are decided, and to cut words takes most of painting one."""
        if font != self._font or len(self._looks) > _LOOKS:
            self._font, self._small = QFont(font), small(font)
            self._looks = {}
        found = self._looks.get(item.tie)
        if found is None or found.item is not item or found.width != width:
            kind, head, detail = KIND_NAMES[item.kind], self._model.head(item), self._model.detail(item)
            room = width - (_DOT if item.status in _DOTTED else 0)
            found = self._looks[item.tie] = _Look(
                item,
                width,
                wrapped(head, font, width - self._kind_room(kind), 1)[0],
                kind,
                wrapped(detail, self._small, room, 1)[0],
                AT_RIGHT if is_right_to_left(head) else AT_LEFT,
                AT_RIGHT if is_right_to_left(detail) else AT_LEFT,
            )
        return found

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row, more where the text is larger."""
        return QSize(120, max(ROW, 2 * option.fontMetrics.lineSpacing() + 12))

    def _dot(self, painter: QPainter, center: QPointF, status: Status) -> None:
        color = QColor(self.theme.warning)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(color if status is Status.AGAIN else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, 3.2, 3.2)
        painter.restore()


def _draw(painter: QPainter, area: QRect, flags: Qt.AlignmentFlag, words: str) -> None:
    is_backward = flags == AT_RIGHT
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_backward else Qt.LayoutDirection.LeftToRight)
    painter.drawText(area, flags, words)
