"""A table of figures: sorted by its headings, filtered by words, copied as TSV, opening the passages behind a cell."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.model.codebook import Codebook
from annotator.project.wanted import Wanted
from annotator.ui.agreement.cells import Cell, Row, Table, as_tsv
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.chip import paint_chip
from annotator.ui.look.drawing import paint_row, small
from annotator.ui.widgets.matching import folded, has_words
from annotator.ui.widgets.plain_table import PlainTable

Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole.UserRole
_MEASURED = 60
"""Rows whose widths are looked at to fit the columns."""
_WIDEST = 280
_PAD = 11
_CHIP = 18


class TableModel(QAbstractTableModel):
    """The rows that are shown, in the order that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table()
        self.rows: list[Row] = []
        self._words = ""
        self._order = (-1, True)

    def show_table(self, table: Table) -> None:
        """Show another table; order and filter stay where the columns are the same."""
        self.beginResetModel()
        if [each.title for each in table.columns] != [each.title for each in self.table.columns]:
            self._order = (table.order, table.falls)
        self.table = table
        self._arrange()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only the rows in which every one of these words stands."""
        self.beginResetModel()
        self._words = words
        self._arrange()
        self.endResetModel()

    @property
    def order(self) -> tuple[int, bool]:
        """The column that the rows are sorted by (-1: none), and whether it falls."""
        return self._order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value there comes last, whichever way."""
        self.beginResetModel()
        self._order = (column, order == Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        wanted = folded(self._words)
        rows = [row for row in self.table.rows if has_words(wanted, folded(" ".join(cell.text for cell in row.cells)))]
        column, falls = self._order
        if column >= 0:
            known = [row for row in rows if row.cells[column].by is not None]
            unknown = [row for row in rows if row.cells[column].by is None]
            known.sort(key=lambda row: row.cells[column].by, reverse=falls)  # type: ignore[arg-type,return-value]
            rows = known + unknown
        self.rows = rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words, tooltip or the cell itself."""
        if not 0 <= index.row() < len(self.rows):
            return None
        cell = self.rows[index.row()].cells[index.column()]
        words = f"{cell.text} ({cell.small})" if cell.small else cell.text
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or None
            case Qt.ItemDataRole.AccessibleTextRole:
                title = self.table.columns[index.column()].title
                return f"{title}: {words}. {cell.tip}".strip()
            case _:
                return cell if role == _ROLE else None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading, what it means, and where it stands."""
        if way != Qt.Orientation.Horizontal or not 0 <= section < len(self.table.columns):
            return None
        column = self.table.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{column.title} {'▾' if self._order[1] else '▴'}" if section == self._order[0] else column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip or column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Painter(QStyledItemDelegate):
    """Paints a cell: a chip before it, numbers at the right, the interval after them in smaller type."""

    def __init__(self, view: "FigureTable", paints: Paints) -> None:
        super().__init__(view)
        self._view, self._paints = view, paints

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, cell = self._paints.theme, index.data(_ROLE)
        paint_row(painter, option, theme)
        area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        label = self._view.label(cell.label)
        if label is not None:
            chip = QRectF(area.left(), area.center().y() - _CHIP / 2, _CHIP, _CHIP)
            paint_chip(painter, chip, label, theme, small(option.font))
            area.setLeft(area.left() + _CHIP + 8)
        is_number = self._view.model_.table.columns[index.column()].is_number
        if is_number:
            reserved = self._view.small_width(index.column())
            fine = QRect(area.right() - reserved + 1, area.top(), reserved, area.height())
            painter.setFont(small(option.font))
            painter.setPen(QColor(theme.muted))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(fine, right, cell.small)
            area.setRight(area.right() - (reserved + 6 if reserved else 0))
        painter.setFont(option.font)
        painter.setPen(QColor(theme.muted if cell.is_dim else theme.text))
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        if is_number and cell.text == "undefined":
            area = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        words = QFontMetrics(option.font).elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, max(28, option.fontMetrics.lineSpacing() + 10))


class FigureTable(PlainTable):
    """Shows a `Table`. `wanted` carries what passages a clicked cell stands for."""

    wanted = Signal(object)

    def __init__(self, name: str, paints: Paints, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._codebook: Codebook | None = None
        self._small: dict[int, int] = {}
        self.model_ = TableModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Painter(self, paints))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(56)
        header.sectionClicked.connect(self._sort)
        self._fit_rows()
        self.clicked.connect(self._open)

    def show_table(self, table: Table, codebook: Codebook) -> None:
        """Show another table."""
        is_new = [each.title for each in table.columns] != [each.title for each in self.model_.table.columns]
        current = self.currentIndex()
        place = (current.row(), current.column())
        self._codebook = codebook
        self.model_.show_table(table)
        self._small = {}
        if is_new:
            self._fit_columns()
        if place[0] >= 0:
            self.setCurrentIndex(self.model_.index(min(place[0], self.model_.rowCount() - 1), place[1]))

    def filter(self, words: str) -> None:
        """Show only the rows with these words."""
        self.model_.filter(words)

    def label(self, label_id: str) -> object:
        """Return the label of that id, or None."""
        if not label_id or self._codebook is None:
            return None
        return next((each for each in self._codebook.labels if each.id == label_id), None)

    def small_width(self, column: int) -> int:
        """Return the room that intervals of a column take."""
        if column not in self._small:
            metrics = QFontMetrics(small(self.font()))
            texts = {row.cells[column].small for row in self.model_.rows[:_MEASURED]}
            self._small[column] = max((metrics.horizontalAdvance(each) for each in texts), default=0)
        return self._small[column]

    def copied(self) -> str:
        """Return the chosen rows as TSV; all of them where fewer than two are chosen."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        model = self.model_
        return as_tsv(model.table.columns, [model.rows[each] for each in rows] if len(rows) > 1 else model.rows)

    def copy(self) -> int:
        """Put that on the clipboard; how many rows it has."""
        words = self.copied()
        QGuiApplication.clipboard().setText(words)
        return words.count("\n")

    def open_current(self) -> None:
        """Ask for the passages behind the cell at which the keyboard is."""
        self._open(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the passages; Home and End go to the first and last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_current()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit rows and columns to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "model_"):
            self._small = {}
            self._fit_rows()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self.model_.rows[index.row()]
            wanted: Wanted | None = row.cells[index.column()].wanted or row.wanted
            if wanted is not None:
                self.wanted.emit(wanted)

    def _sort(self, column: int) -> None:
        before, falls = self.model_.order
        is_number = self.model_.table.columns[column].is_number
        falling = not falls if before == column else is_number
        self.model_.sort(column, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder)

    def _fit_rows(self) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        self.verticalHeader().setDefaultSectionSize(self.itemDelegate().sizeHint(option, QModelIndex()).height())

    def _fit_columns(self) -> None:
        metrics, head = QFontMetrics(self.font()), QFontMetrics(self.horizontalHeader().font())
        for number, column in enumerate(self.model_.table.columns):
            cells: list[Cell] = [row.cells[number] for row in self.model_.table.rows[:_MEASURED]]
            width = max((metrics.horizontalAdvance(each.text) for each in cells), default=0)
            width += self.small_width(number) + (6 if self.small_width(number) else 0)
            width += _CHIP + 8 if any(each.label for each in cells) else 0
            wide = max(width + 2 * _PAD + 2, head.horizontalAdvance(column.title) + 24)
            self.setColumnWidth(number, min(wide, _WIDEST))
