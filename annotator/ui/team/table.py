"""A table that is read, sorted by its headings, worked by keyboard, and copied into a spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from annotator.ui.widgets.plain_table import PlainTable

Index = QModelIndex | QPersistentModelIndex

ROW = 32
_LEAST = 40
BESIDE = 24
"""Beside the words of a heading."""


class Table(PlainTable):
    """Rows of one height. A click on a heading sorts, and again the other way; Ctrl+C copies the chosen rows.

    Only the rows that are seen are asked for.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._kept: dict[str, Any] = {}
        self._save: Callable[[], None] = lambda: None
        self._is_sorted = self._is_fitting = False
        heading = self.horizontalHeader()
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heading.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.fit_rows()

    def remember(self, kept: dict[str, Any], save: Callable[[], None]) -> None:
        """Stand as the person left it, and keep what they change from now on.

        Args:
            kept: ``widths`` in pixels by heading, and ``sort``: a heading, and whether it falls. Is changed in place.
            save: is called when something in it was changed.
        """
        self._kept, self._save = kept, save
        heading = self.horizontalHeader()
        heading.sectionResized.connect(self._keep_width)
        heading.sortIndicatorChanged.connect(self._keep_sort)
        self.model().modelReset.connect(self._stand)
        self._stand()

    def is_kept(self, column: int) -> bool:
        """Whether the person has given a column its width."""
        return self._title(column) in self._kept.get("widths", {})

    def _title(self, column: int) -> str:
        return str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")

    def _stand(self) -> None:
        widths = self._kept.get("widths", {})
        for column in range(self.model().columnCount()):
            if self._title(column) in widths:
                self.setColumnWidth(column, max(_LEAST, int(widths[self._title(column)])))
        wanted = self._kept.get("sort", ()) if not self._is_sorted else ()
        found = [column for column in range(self.model().columnCount()) if wanted and self._title(column) == wanted[0]]
        if found:  # an annotator's column is there only once the team was read
            self._is_sorted = True
            falls = Qt.SortOrder.DescendingOrder if wanted[1] else Qt.SortOrder.AscendingOrder
            self.sortByColumn(found[0], falls)

    def setColumnWidth(self, column: int, width: int) -> None:
        """Give a column a width; only what a person does at the heading is remembered."""
        self._is_fitting = True
        super().setColumnWidth(column, width)
        self._is_fitting = False

    def _keep_width(self, column: int, _old: int, new: int) -> None:
        mode = self.horizontalHeader().sectionResizeMode(column)
        if new and not self._is_fitting and mode == QHeaderView.ResizeMode.Interactive:
            self._kept.setdefault("widths", {})[self._title(column)] = new
            self._save()

    def _keep_sort(self, column: int, order: Qt.SortOrder) -> None:
        self._is_sorted = True
        wanted = [self._title(column), order == Qt.SortOrder.DescendingOrder] if column >= 0 else []
        if wanted != self._kept.get("sort", []):
            self._kept["sort"] = wanted
            self._save()

    def fit_rows(self) -> None:
        """Let rows be as high as the font needs."""
        height = max(ROW, self.fontMetrics().lineSpacing() + 12)
        self.set_row_height(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let no heading be cut, however large the system's letters are."""
        super().resizeEvent(event)
        self.fit_headings()

    def fit_headings(self) -> None:
        """Widen the columns whose heading has no room, but for those to which the person gave a width."""
        heading = self.horizontalHeader()
        for column in range(self.model().columnCount() if self.model() is not None else 0):
            wide = heading.fontMetrics().horizontalAdvance(self._title(column)) + BESIDE
            if wide > self.columnWidth(column) and not self.is_kept(column) and not self.isColumnHidden(column):
                self.setColumnWidth(column, wide)

    def chosen_rows(self) -> list[int]:
        """Return the numbers of the rows in which something is chosen, from top to bottom."""
        model = self.selectionModel()
        return sorted({index.row() for index in model.selectedIndexes()}) if model is not None else []

    def copy(self) -> int:
        """Copy the chosen rows, or all where none is chosen, with the headings, as tab-separated values.

        Returns:
            How many rows were copied.
        """
        rows = self.chosen_rows() or range(self.model().rowCount())
        QGuiApplication.clipboard().setText(tab_separated(self._cells(rows)))
        return len(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual key; everything else as tables do it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _cells(self, rows: Iterable[int]) -> list[list[str]]:
        model = self.model()
        columns = range(model.columnCount())
        titled = not self.verticalHeader().isHidden()
        across = Qt.Orientation.Horizontal
        found = [[*([""] * titled), *(str(model.headerData(column, across) or "") for column in columns)]]
        for row in rows:
            title = [str(model.headerData(row, Qt.Orientation.Vertical))] if titled else []
            found.append([*title, *(str(model.index(row, column).data() or "") for column in columns)])
        return found


def tab_separated(cells: Iterable[Sequence[str]]) -> str:
    """Return cells as lines of tab-separated values; tabs and line ends within a cell become blanks."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
