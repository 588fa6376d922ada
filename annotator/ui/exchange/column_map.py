"""What the columns of a table with offsets hold, and how its offsets count: the proposal, to be changed one by one."""

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.project.tables import Preview
from annotator.ui.exchange.pick import Pick
from annotator.ui.widgets.column_grid import ColumnGrid

PARTS = {
    "": "Not read",
    "article": "Article",
    "text": "Text of the article",
    "start": "Start",
    "end": "End",
    "spans": "Starts and ends",
    "label": "Label",
    "quote": "Words covered",
    "annotator": "Annotator",
    "note": "Note",
    "id": "Id of the label",
    "paragraph": "Paragraph",
    "attributes": "Attribute",
}
ENDS = {"excluded": "One past the last character", "included": "The last character"}
FIRSTS = {"0": "0", "1": "1"}
COUNTS = {"characters": "What “Offsets count” says", "tokens": "What stands between blanks"}
_SAMPLE = 28
HEIGHT = 92


class ColumnMap(QFrame):
    """Boxes for columns and for counting.

    `changed` tells that something else is chosen, `folder_wanted` that the person wants to choose the folder of the texts.
    """

    changed = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.names: tuple[str, ...] = ()
        self.known: Mapping[str, Mapping[str, str]] = {}
        self.boxes: dict[str, Pick] = {}
        self._robbed: dict[str, tuple[str, str]] = {}
        self.end = Pick("What the end of a span is", ENDS)
        self.first = Pick("Number of the first character", FIRSTS)
        self.unit = Pick("What the table counts", COUNTS)
        self.label = QLineEdit(accessibleName="One label for all rows")
        self.label.setPlaceholderText("As the column says")
        self.texts = QLineEdit(accessibleName="Folder of the texts")
        self.texts.setPlaceholderText("In a column, beside the table, or in the project")
        self.folder = QPushButton("Choose…")
        self.folder.setToolTip("Choose the folder with the text files whose names the column “Article” has.")
        self.folder.clicked.connect(lambda _checked=False: self.folder_wanted.emit())
        self.sheet = Pick("Sheet of the workbook")
        self.sheet_name = QLabel("Sheet", objectName="dim")
        self._last = ("", "")
        self._grid = ColumnGrid("told", _SAMPLE)
        self._grid.setFixedHeight(HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._grid)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (words, widget) in enumerate(
            (("An end is", self.end), ("First is", self.first), ("Counted is", self.unit), ("Label of all", self.label))
        ):
            name = QLabel(words, objectName="dim")
            name.setBuddy(widget)
            grid.addWidget(name, place // 2, 2 * (place % 2))
            grid.addWidget(widget, place // 2, 2 * (place % 2) + 1)
        name = QLabel("Texts are in", objectName="dim")
        name.setBuddy(self.texts)
        grid.addWidget(name, 2, 0)
        grid.addWidget(self.texts, 2, 1, 1, 2)
        grid.addWidget(self.folder, 2, 3, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        column.addLayout(grid)
        for box in (self.end, self.first, self.unit):
            box.activated.connect(lambda _index: self.changed.emit())
        self.sheet.activated.connect(lambda _index: self._other_sheet())
        for line in (self.label, self.texts):
            line.editingFinished.connect(self._typed)

    def _head(self) -> QHBoxLayout:
        """Lay out what stands above the columns: of a workbook with several sheets, which of them is read."""
        self.sheet.setToolTip("The sheet with the rows that are to be taken.")
        self.sheet_name.setBuddy(self.sheet)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(QLabel("What the columns of the table hold", objectName="dim"), 1)
        for widget in (self.sheet_name, self.sheet):
            head.addWidget(widget)
            widget.hide()
        return head

    def show_preview(self, preview: Preview) -> bool:
        """Show the columns of a table, with what they are taken for.

        Returns:
            Whether something else was chosen for these columns before, so that the table is to be read with that.
        """
        held = preview.held
        self._show_sheets(preview)
        if preview.names == self.names:
            for name, box in self.boxes.items():
                with QSignalBlocker(box):
                    box.pick(held.get(name, ""))
            return False
        self.names = preview.names
        self.boxes, self._robbed = {}, {}
        for name in preview.names:
            box = Pick(f"Column {name}", PARTS)
            box.setMinimumContentsLength(12)
            box.pick(held.get(name, ""))
            box.activated.connect(lambda _index, name=name: self._change(name))
            self.boxes[name] = box
        self._grid.show_columns(zip(preview.names, self.boxes.values(), preview.examples, strict=True))
        before = self.choices()
        self._recall(self.known.get(json.dumps(self.names), {}))
        return self.choices() != before

    def choices(self) -> dict[str, str]:
        """Return what is chosen for a table with these columns, as it is remembered."""
        held = {f"column {name}": box.key for name, box in self.boxes.items()}
        return {**held, "end": self.end.key, "first": self.first.key, "unit": self.unit.key}

    def _recall(self, choices: Mapping[str, str]) -> None:
        boxes = {**{f"column {name}": box for name, box in self.boxes.items()}, "end": self.end, "first": self.first}
        for name, box in {**boxes, "unit": self.unit}.items():
            if name in choices and box.findData(choices[name]) >= 0:
                box.pick(choices[name])

    @property
    def given(self) -> Mapping[str, str]:
        """The choices, as the reader of tables wants them; none before a table is shown."""
        if not self.boxes:
            return {"sheet": self.sheet.key} if self.sheet.key else {}
        made = dict.fromkeys((part for part in PARTS if part), "")
        attributes = []
        for name, box in self.boxes.items():
            if box.key == "attributes":
                attributes.append(name)
            elif box.key:
                made[box.key] = name
        made["attributes"] = ",".join(attributes)
        if self.sheet.key:
            made["sheet"] = self.sheet.key
        made["end-is"], made["first"], made["unit"] = self.end.key, self.first.key, self.unit.key
        if self.label.text().strip():
            made["label-is"] = self.label.text().strip()
        if self.texts.text().strip():
            made["texts"] = str(Path(self.texts.text().strip()).expanduser())
        return made

    def _show_sheets(self, preview: Preview) -> None:
        """Offer the sheets of a workbook, where it has several."""
        has_several = len(preview.sheets) > 1
        if has_several and tuple(map(self.sheet.itemText, range(self.sheet.count()))) != preview.sheets:
            self.sheet.offer({name: name for name in preview.sheets})
        with QSignalBlocker(self.sheet):
            self.sheet.pick(preview.sheet)
        for widget in (self.sheet_name, self.sheet):
            widget.setVisible(has_several)

    def _other_sheet(self) -> None:
        """Another sheet has columns of its own: what was chosen for those of this one does not hold."""
        self.names, self.boxes, self._robbed = (), {}, {}
        self.changed.emit()

    def count_like(self, *, inclusive: bool, first: int) -> None:
        """Count in another way."""
        self.end.pick("included" if inclusive else "excluded")
        self.first.pick(str(first))

    def reset(self) -> None:
        """Forget the table."""
        self.names, self.boxes, self._robbed = (), {}, {}
        self.sheet.clear()
        for box in (self.end, self.first, self.unit):
            box.setCurrentIndex(0)
        for line in (self.label, self.texts):
            line.clear()
        self._last = ("", "")

    def set_folder(self, path: Path) -> None:
        """Look for the texts in a folder."""
        self.texts.setText(str(path))
        self._typed()

    def _typed(self) -> None:
        typed = (self.label.text().strip(), self.texts.text().strip())
        if typed != self._last:
            self._last = typed
            self.changed.emit()

    def _change(self, name: str) -> None:
        """Let one column alone hold what only one can; where it is only passed by, the other one gets it back."""
        other, held = self._robbed.pop(name, ("", ""))
        if other and not self.boxes[other].key:
            self._put(other, held)
        part = self.boxes[name].key
        for other, box in self.boxes.items():
            if other != name and box.key == part and part not in {"", "attributes"}:
                self._robbed[name] = other, part
                self._put(other, "")
        self.changed.emit()

    def _put(self, name: str, part: str) -> None:
        with QSignalBlocker(self.boxes[name]):
            self.boxes[name].pick(part)
