"""What the columns of a table hold: the proposal, to be changed one by one."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.project.drafting import LEFT_OUT, Table, meanings

_NAMES = {"text": "Text of the article", LEFT_OUT: "Not read"}
_SAMPLE = 40
HEIGHT = 116


class ColumnBar(QFrame):
    """A strip with one box a column. `changed` carries what all columns hold, by name."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._table: Table | None = None
        self.boxes: dict[str, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 4)
        column.setSpacing(4)
        column.addWidget(QLabel("What the columns of the table hold", objectName="dim"))
        self._area = QScrollArea(widgetResizable=True, accessibleName="Columns of the table")
        self._area.setObjectName("columns")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area)
        self.setFixedHeight(HEIGHT)
        self.hide()

    def show_table(self, table: Table | None) -> None:
        """Show the columns of a table, or hide where there is none."""
        self._table = table
        self.boxes = {}
        self.setVisible(table is not None)
        if table is None:
            return
        inside = QWidget(objectName="columns")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for place, (name, sample) in enumerate(zip(table.names, table.samples, strict=True)):
            meaning = table.columns[name]
            box = QComboBox(accessibleName=f"Column {name}")
            for each in dict.fromkeys((*meanings(), meaning, _own(name))):
                box.addItem(_NAMES.get(each, each[:1].upper() + each[1:]), each)
            box.setCurrentIndex(box.findData(meaning))
            box.activated.connect(lambda _index, name=name: self._change(name))
            self.boxes[name] = box
            heading = QLabel(name, toolTip=sample[:400])
            grid.addWidget(heading, 0, place)
            grid.addWidget(box, 1, place)
            short = " ".join(sample.split())
            short = short if len(short) <= _SAMPLE else short[:_SAMPLE].rstrip() + "…"
            grid.addWidget(QLabel(short, objectName="badge", toolTip=sample[:400]), 2, place)
        grid.setColumnStretch(len(table.names), 1)
        self._area.setWidget(inside)

    def _change(self, name: str) -> None:
        table = self._table
        if table is None:
            return
        columns = {each: box.currentData() for each, box in self.boxes.items()}
        if columns[name] == "text":
            # One column holds the texts: the one that did so keeps its own name as a key.
            columns = {each: _own(each) if held == "text" and each != name else held for each, held in columns.items()}
        if columns != dict(table.columns):
            self.changed.emit(columns)


def changes(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """Return those of the columns that hold something else than in `table`."""
    return {name: meaning for name, meaning in columns.items() if table.columns.get(name) != meaning}


def _own(name: str) -> str:
    return " ".join(name.lower().split())[:60]
