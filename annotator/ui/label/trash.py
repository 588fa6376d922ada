"""The list of deleted labels, each of which can be brought back."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QPushButton, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.model.annotation import Deleted
from annotator.model.codebook import Label
from annotator.ui.look.chip import SIZE, paint_chip
from annotator.ui.look.drawing import draw_words, paint_row, small
from annotator.ui.look.theme import Theme
from annotator.ui.widgets.panel import Panel
from annotator.ui.widgets.rows import Rows

Index = QModelIndex | QPersistentModelIndex

ROW = 64
DELETED_ROLE = Qt.ItemDataRole.UserRole


class TrashModel(QAbstractListModel):
    """Deleted labels, the latest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.deleted: Sequence[Deleted] = ()
        self.labels: Mapping[str, Label] = {}
        self.titles: Mapping[str, str] = {}

    def show_deleted(self, deleted: Sequence[Deleted], labels: Mapping[str, Label], titles: Mapping[str, str]) -> None:
        """Show these; `labels` and the `titles` of articles are by id."""
        self.beginResetModel()
        self.deleted, self.labels, self.titles = deleted, labels, titles
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.deleted)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words it covered, the words for screen readers, or the deleted label itself."""
        if not 0 <= index.row() < len(self.deleted):
            return None
        gone = self.deleted[index.row()]
        words = " … ".join(gone.covered)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                label = self.labels.get(gone.annotation.label)
                name = label.name if label else gone.annotation.label
                return f"{name}: {words}\n{self.place(gone)}"
            case _:
                return gone if role == DELETED_ROLE else None

    def place(self, gone: Deleted) -> str:
        """Return where it was: the title of its article."""
        return self.titles.get(gone.annotation.article, "in an article that was removed")


class _DeletedRow(QStyledItemDelegate):
    """Paints the chip, the words, and the article's title below them."""

    def __init__(self, view: QWidget, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_row(painter, option, self.theme)
        model = index.model()
        gone: Deleted = index.data(DELETED_ROLE)
        area = option.rect.adjusted(16, 4, -16, -4)
        label = model.labels.get(gone.annotation.label)
        if label is not None:
            paint_chip(painter, QRectF(area.left(), area.top() + 6, SIZE, SIZE), label, self.theme, option.font)
        line = option.fontMetrics.lineSpacing()
        words = QRect(area.left() + SIZE + 12, area.top(), area.width() - SIZE - 12, area.height() - line)
        draw_words(painter, words, index.data(), option.font, QColor(self.theme.text), lines=2)
        title = QRect(words.left(), words.bottom() + 1, words.width(), line)
        draw_words(painter, title, model.place(gone), small(option.font), QColor(self.theme.muted))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, max(ROW, 3 * option.fontMetrics.lineSpacing() + 12))


class Trash(Panel):
    """`restored` carries the id of the label to bring back."""

    restored = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Deleted labels", parent, closes=True)
        self.model = TrashModel(self)
        self.list = Rows("Deleted labels")
        self.list.setModel(self.model)
        self._row = _DeletedRow(self.list, theme)
        self.list.set_painter(self._row)
        self._nothing = QLabel(
            "Nothing is deleted. A label that you delete waits here.", objectName="dim", wordWrap=True
        )
        self._nothing.setContentsMargins(16, 4, 16, 16)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._back = QPushButton("Bring back", toolTip="Put the chosen label back where it was (Enter)")
        self.column.addWidget(self._nothing, 1)
        self.column.addWidget(self.list, 1)
        self.column.addSpacing(8)
        self.column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(12)
        self._back.clicked.connect(lambda: self._restore(self.list.currentIndex()))
        self.list.activated.connect(self._restore)

    def show_deleted(self, deleted: Sequence[Deleted], labels: Mapping[str, Label], titles: Mapping[str, str]) -> None:
        """Show these, the latest first; `labels` and the `titles` of articles are by id."""
        row = max(self.list.currentIndex().row(), 0)
        self.model.show_deleted(deleted, labels, titles)
        count = len(deleted)
        self.count(count)
        if not count and self.list.hasFocus():
            self.closer.setFocus()  # or it would go to whatever comes next in the window
        self.list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        self._back.setEnabled(count > 0)
        if count:
            self.list.setCurrentIndex(self.model.index(min(row, count - 1)))

    @property
    def first(self) -> QWidget:
        """Where the focus goes: the list, or what closes it while it is empty."""
        return self.list if self.model.rowCount() else self.closer

    def focus_first(self) -> None:
        """Put the focus where Escape closes the panel again."""
        self.first.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._row.theme = theme
        self.list.viewport().update()

    def _restore(self, index: QModelIndex) -> None:
        if index.isValid():
            self.restored.emit(self.model.deleted[index.row()].annotation.id)
