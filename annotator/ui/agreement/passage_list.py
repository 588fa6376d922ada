"""The passages behind a figure, a row each: the words that it is about, and where they stand."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.codebook import Label
from annotator.project.wanted import Dispute
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.chip import paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.widgets.rows import Rows

Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole.UserRole
_CHIP = 20


class PassageModel(QAbstractTableModel):
    """The passages; `words` returns what one covers, `titles` are the articles'."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.disputes: list[Dispute] = []
        self.labels: dict[str, Label] = {}
        self.words: Callable[[Dispute], str] = lambda _dispute: ""
        self.titles: dict[str, str] = {}

    def begin(self, labels: Iterable[Label], words: Callable[[Dispute], str], titles: dict[str, str]) -> None:
        """Begin an empty list."""
        self.beginResetModel()
        self.disputes, self.words, self.titles = [], words, titles
        self.labels = {label.id: label for label in labels}
        self.endResetModel()

    def add(self, disputes: Sequence[Dispute]) -> None:
        """Add some at the end."""
        if disputes:
            self.beginInsertRows(QModelIndex(), len(self.disputes), len(self.disputes) + len(disputes) - 1)
            self.disputes.extend(disputes)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.disputes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """There is one column."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the words for screen readers, or the passage itself."""
        if not 0 <= index.row() < len(self.disputes):
            return None
        found = self.disputes[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words(found)
            case Qt.ItemDataRole.AccessibleTextRole:
                label = self.labels.get(found.label)
                return f"{label.name if label else ''}: {self.words(found)}\n{self.titles.get(found.article, '')}"
            case _:
                return found if role == _ROLE else None


class _PassageRow(QStyledItemDelegate):
    """Paints the label's chip, the words, and the article at the right."""

    def __init__(self, view: Rows, paints: Paints) -> None:
        super().__init__(view)
        self._paints = paints

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._paints.theme
        paint_row(painter, option, theme)
        model: PassageModel = index.model()
        found: Dispute = index.data(_ROLE)
        area = option.rect.adjusted(16, 0, -16, 0)
        label = model.labels.get(found.label)
        if label is not None:
            chip = QRectF(area.left(), area.center().y() - _CHIP / 2, _CHIP, _CHIP)
            paint_chip(painter, chip, label, theme, small(option.font))
        rest = area.adjusted(_CHIP + 10, 0, 0, 0)
        aside = round(rest.width() * 0.34)
        words = QRect(rest.left(), rest.top(), rest.width() - aside - 12, rest.height())
        draw_words(painter, words, index.data(), option.font, QColor(theme.text))
        title = model.titles.get(found.article, "")
        beside = QRect(rest.right() - aside, rest.top(), aside, rest.height())
        draw_words(painter, beside, title, small(option.font), QColor(theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(28, option.fontMetrics.lineSpacing() + 10))


def passage_rows(model: PassageModel, paints: Paints) -> Rows:
    """Return the list that shows a model."""
    rows = Rows("Passages")
    rows.setModel(model)
    rows.set_painter(_PassageRow(rows, paints))
    return rows
