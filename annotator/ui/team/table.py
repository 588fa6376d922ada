"""A table that is read, sorted by its headings, worked by keyboard, and copied into a spreadsheet."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.ui.plain_table import PlainTable

Index = QModelIndex | QPersistentModelIndex

ROW = 32


class Table(PlainTable):
    """Rows of one height. A click on a heading sorts, and again the other way; Ctrl+C copies the chosen rows.

    Only the rows that are seen are asked for.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        heading = self.horizontalHeader()
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heading.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.fit_rows()

    def fit_rows(self) -> None:
        """Let rows be as high as the font needs."""
        height = max(ROW, self.fontMetrics().lineSpacing() + 12)
        self.set_row_height(height)

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
