"""Names of files in a table: where there is no room for all of one, its end is seen, too."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from annotator.project.project import SUFFIX
from annotator.ui.team.table import Index


class FileNames(QStyledItemDelegate):
    """Leaves out the middle, and the ending that all projects have: copies differ in what stands before that."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Say what is painted."""
        super().initStyleOption(option, index)
        option.text = option.text.removesuffix(SUFFIX)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
