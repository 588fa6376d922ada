"""The queue as a list: a row a disagreement, with its words, what it is about, and how far it is."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.adjudication import Disagreement, Status
from annotator.model.codebook import Codebook
from annotator.ui.adjudicate.wording import KIND_NAMES, title, words
from annotator.ui.drawing import draw_words, paint_row, small
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole
ROW = 48
KEPT = 64
"""So many texts are kept for the rows that are seen."""
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


class QueueRow(QStyledItemDelegate):
    """Paints a row: what it is about with its kind at the right, and below it the article."""

    def __init__(self, view: QWidget, model: QueueModel, theme: Theme) -> None:
        super().__init__(view)
        self._model = model
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        paint_row(painter, option, self.theme)
        item: Disagreement = index.data(ITEM_ROLE)
        area = option.rect.adjusted(16, 4, -16, -4)
        half = area.height() // 2
        kind = KIND_NAMES[item.kind]
        font = small(option.font)
        room = QFontMetrics(font).horizontalAdvance(kind) + 8
        upper = QRect(area.left(), area.top(), area.width(), half)
        draw_words(
            painter, upper.adjusted(0, 0, -room, 0), self._model.head(item), option.font, QColor(self.theme.text)
        )
        painter.setFont(font)
        painter.setPen(QColor(self.theme.muted))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, flags, kind)
        lower = QRect(area.left(), area.top() + half, area.width(), area.height() - half)
        if item.status in (Status.AGAIN, Status.ASKED):
            self._dot(painter, QPointF(lower.left() + 4, lower.center().y() + 1), item.status)
            lower.adjust(14, 0, 0, 0)
        draw_words(painter, lower, self._model.detail(item), font, QColor(self.theme.muted))

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
