"""What the columns of tables hold: the proposal, to be changed one by one, table by table."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.project.drafting import LEFT_OUT, SeenTable, meanings
from annotator.ui.widgets.choice_box import ChoiceBox
from annotator.ui.widgets.column_grid import ColumnGrid

_NAMES = {"text": "Text of the article", LEFT_OUT: "Not read"}
_SAMPLE = 40
HEIGHT = 116
CHOICE = 16
"""Pixels that the strip is higher with the box that chooses a table."""


class ColumnBar(QFrame):
    """A strip with one box a column, and one that chooses the table where there are several.

    `changed` carries the names of a table's columns, and what they hold by name.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._tables: Sequence[SeenTable] = ()
        self._table: SeenTable | None = None
        self.boxes: dict[str, ChoiceBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 4)
        column.setSpacing(4)
        self._words = QLabel("What the columns of the table hold", objectName="dim")
        self.choice = ChoiceBox(accessibleName="Table")
        self.choice.setToolTip("Tables with the same columns are read alike.")
        self.choice.activated.connect(lambda place: self._show(self._tables[place]))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.choice)
        row.addStretch(1)
        column.addLayout(row)
        self._grid = ColumnGrid("columns", _SAMPLE)
        column.addWidget(self._grid)
        self.setFixedHeight(HEIGHT)
        self.hide()

    def show_tables(self, tables: Sequence[SeenTable]) -> None:
        """Show the columns of some tables, the one that was looked at last first; hide where there are none."""
        before = self._table.names if self._table is not None else ()
        self._tables = tables
        self.setVisible(bool(tables))
        place = next((place for place, table in enumerate(tables) if table.names == before), 0)
        several = len(tables) > 1
        self.setFixedHeight(HEIGHT + (CHOICE if several else 0))
        self.choice.setVisible(several)
        self._words.setText("What the columns hold in" if several else "What the columns of the table hold")
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for table in tables:
                self.choice.addItem(_file_name(table.where))
            self.choice.setCurrentIndex(place)
        self._table, self.boxes = None, {}
        if tables:
            self._show(tables[place])

    def _show(self, table: SeenTable) -> None:
        self._table = table
        self.boxes = {}
        for name in table.names:
            meaning = table.columns.get(name, _own(name))
            box = ChoiceBox(accessibleName=f"Column {name}")
            for each in dict.fromkeys((*meanings(), meaning, _own(name))):
                box.addItem(_NAMES.get(each, each[:1].upper() + each[1:]), each)
            box.setCurrentIndex(box.findData(meaning))
            box.activated.connect(lambda _index, name=name: self._change(name))
            self.boxes[name] = box
        self._grid.show_columns(zip(table.names, self.boxes.values(), table.samples, strict=True))

    def _change(self, name: str) -> None:
        table = self._table
        if table is None:
            return
        columns = {each: box.currentData() for each, box in self.boxes.items()}
        if columns[name] == "text":
            # One column holds the texts: the one that did so keeps its own name as a key.
            columns = {each: _own(each) if held == "text" and each != name else held for each, held in columns.items()}
        if columns != dict(table.columns):
            self.changed.emit(table.names, columns)


def _file_name(where: str) -> str:
    return where.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or where


def _own(name: str) -> str:
    return " ".join(name.lower().split())[:60]
