"""A table without grid and numbers, whose rows are chosen whole: what lists and tables of the window begin with."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class PlainTable(QTableView):
    """Only the rows that are seen are asked for; nothing is edited unless a subclass says so."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # By its name its style sheet paints it beyond the last column, too.
        self.horizontalHeader().setObjectName("across")
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_row_height(self, height: int) -> None:
        """Make every row so high."""
        if height != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
