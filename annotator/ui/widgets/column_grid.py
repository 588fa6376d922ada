"""The columns of a table side by side: the name of each, a box for what it holds, and a cell of it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

_TIP = 400
"""So many characters of a cell a tooltip shows."""


class ColumnGrid(QScrollArea):
    """Scrolls to the side."""

    def __init__(self, style: str, most: int) -> None:
        """Make one without columns.

        Args:
            style: the name by which the style sheet knows it.
            most: so many characters of a cell are shown below its box.
        """
        super().__init__(widgetResizable=True, accessibleName="Columns of the table")
        self.setObjectName(style)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._most = most

    def show_columns(self, columns: Iterable[tuple[str, QWidget, str]]) -> None:
        """Show these instead: name, box and a cell of each."""
        inside = QWidget(objectName=self.objectName())
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        place = 0
        for name, box, sample in columns:
            short = " ".join(sample.split())
            short = short if len(short) <= self._most else short[: self._most].rstrip() + "…"
            grid.addWidget(QLabel(name, toolTip=sample[:_TIP]), 0, place)
            grid.addWidget(box, 1, place)
            grid.addWidget(QLabel(short, objectName="badge", toolTip=sample[:_TIP]), 2, place)
            place += 1
        grid.setColumnStretch(place, 1)
        self.setWidget(inside)
