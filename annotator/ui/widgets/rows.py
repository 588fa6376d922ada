"""A list of rows that stays quick with ten thousand of them."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.ui.widgets.plain_table import PlainTable


class Rows(PlainTable):
    """Rows of one column and one height, as high as the delegate's size hint.

    A table and not Qt's list: QListView asks the model for every row whenever one of them changes, which costs
    20 ms with 10,000 rows in Python; a table asks for those that are seen.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def set_painter(self, delegate: QAbstractItemDelegate) -> None:
        """Let `delegate` paint the rows and say how high they are."""
        self.setItemDelegate(delegate)
        self._fit_rows()

    def show_row(self, row: int, *, scroll: bool = True) -> None:
        """Make a row the current and only chosen one; -1 chooses none."""
        if row < 0:
            self.selectionModel().clear()
            return
        index = self.model().index(row, 0)
        if scroll:
            self.bring(index)  # first, for Qt brings whatever becomes the current one just to the edge
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def bring(self, index: QModelIndex) -> None:
        """Bring a row to sight: one that lies outside to the middle, so that who goes on row by row sees what comes.

        A list that moved with every row would be painted as a whole each time.
        """
        is_outside = not self.visualRect(index).intersects(self.viewport().rect())
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtCenter if is_outside else hint.EnsureVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight where something beside the list takes its room."""
        current = self.visualRect(self.currentIndex())
        was_seen = current.isValid() and 0 <= current.top() < event.oldSize().height()
        super().resizeEvent(event)
        if was_seen and current.bottom() > event.size().height():
            self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Fit the rows to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _fit_rows(self) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = self.itemDelegate().sizeHint(option, QModelIndex()).height()
        self.set_row_height(height)
