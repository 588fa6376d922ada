"""What the forms of all parts share: fields below one another, bound to the draft."""

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.model.draft import Part, Put
from annotator.model.faults import Fault
from annotator.model.settle import NEW
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.entries import GUTTER, EntriesField
from annotator.ui.codebook.field import Field, LineField
from annotator.ui.codebook.paints import Paints

WIDTH = 680
"""Widest a form grows; longer lines are harder to read."""
GAP = 20


class Form(QScrollArea):
    """The form of one part. `told` carries words for the status line, `wanted` group and id of a part to show."""

    told = Signal(str)
    wanted = Signal(str, str)

    group = ""
    what = ""

    def __init__(self, drafting: Drafting, paints: Paints) -> None:
        super().__init__()
        self.drafting = drafting
        self.paints = paints
        self.part = ""
        self.fields: list[Field] = []
        self._stops: list[QWidget] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(objectName="page")
        self.setWidget(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(32, 24, 8, 32)
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)

    def add(self, *fields: Field) -> QHBoxLayout:
        """Put fields side by side; the first one takes the room that is left."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for number, field in enumerate(fields):
            self.watch(field)
            row.addWidget(field, 1 if number == 0 else 0, Qt.AlignmentFlag.AlignTop)
        if not isinstance(fields[-1], EntriesField):
            row.setContentsMargins(0, 0, GUTTER, 0)
        self.column.addLayout(row)
        return row

    def watch(self, field: Field) -> Field:
        """Write what the person enters into the draft."""
        self.fields.append(field)
        field.edited.connect(lambda value: self.put(field.name, value))
        # A row that was just made has its place only after the layout has run.
        field.focus_moved.connect(lambda widget: QTimer.singleShot(0, widget, lambda: self._reveal(widget)))
        if isinstance(field, LineField):
            field.line.editingFinished.connect(self.refresh)
        return field

    def _reveal(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget, 0, 64)

    def heading(self, words: str) -> QLabel:
        """Put a heading above what follows."""
        made = QLabel(words, objectName="heading")
        made.setContentsMargins(0, 8, 0, 0)
        self.column.addWidget(made)
        return made

    def put(self, field: str, value: object) -> None:
        """Set one field of the part that is shown."""
        words = f"Change {self.name_of(self.current())}"
        self.drafting.edit(Put(self.group, self.part, field, value), words, (self.group, self.part, field))

    def current(self) -> Part | None:
        """Return the part that is shown, as it stands in the draft."""
        return self.drafting.draft.part(self.group, self.part)

    def name_of(self, part: Part | None) -> str:
        """Return what a part is called in a sentence."""
        name = getattr(part, "name", "") or getattr(part, "id", "")
        return f"{self.what} {name}".strip()

    def show_part(self, part: str) -> None:
        """Show a part of the draft, from its top when it is another one."""
        if part != self.part:
            self.part = part
            self.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Show the part as it stands in the draft."""
        part = self.current()
        if part is None:
            return
        self.show_context(part)
        for field in self.fields:
            if hasattr(part, field.name):
                field.show_value(getattr(part, field.name))
        faults = [each for each in self.drafting.faults if (each.group, each.part) == (self.group, self.part)]
        faults = [each for each in faults if not self._is_being_named(each)]
        for field in self.fields:
            field.show_faults([each for each in faults if each.field.partition(":")[0] == field.name])
            field.set_read_only(self.drafting.is_read_only)
        self._order()

    def stops(self) -> list[QWidget]:
        """Return where Tab goes, in order: rows that are made later would come last otherwise."""
        return [stop for field in self.fields for stop in field.stops()]

    def _order(self) -> None:
        stops = self.stops()
        if stops != self._stops:
            self._stops = stops
            for one, other in pairwise(stops):
                QWidget.setTabOrder(one, other)

    def _is_being_named(self, fault: Fault) -> bool:
        """Whether a fault is only that a new part, in whose name one is about to write, has none yet."""
        return fault.field == "name" and fault.part.startswith(NEW) and self.fields[0].core.hasFocus()

    def show_context(self, part: Part) -> None:
        """Show what depends on more than the part's own fields; subclasses say what."""

    def focus_first(self) -> None:
        """Put the focus into the first field, with its words selected."""
        if self.fields:
            self.fields[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.refresh()
