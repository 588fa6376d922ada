"""The form of a label."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotator.model.codebook import Label
from annotator.model.counting import counted
from annotator.model.draft import Part, Put, TakeOut
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.codebook.entries import GUTTER
from annotator.ui.codebook.entry_fields import ClausesField, ExamplesField
from annotator.ui.codebook.field import FlagField, KeyField, LineField, WordsField
from annotator.ui.codebook.form import Form
from annotator.ui.codebook.look_fields import ColourField, LineStyleField
from annotator.ui.codebook.merge_box import MergeBox
from annotator.ui.codebook.paints import Paints
from annotator.ui.look.chip import paint_chip

_CHIP = 36


class Chip(QWidget):
    """A label's chip, large."""

    def __init__(self, paints: Paints) -> None:
        super().__init__()
        self._paints = paints
        self.label: Label | None = None
        self.setFixedSize(QSize(_CHIP, _CHIP))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the chip."""
        if self.label is not None:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * 1.25)
            paint_chip(QPainter(self), QRectF(self.rect()), self.label, self._paints.theme, font)


class LabelForm(Form):
    """Everything about a label. `merge_wanted` carries its id and the one that it is to become part of."""

    group = "labels"
    what = "label"
    merge_wanted = Signal(str, str)

    def __init__(self, drafting: Drafting, paints: Paints, example_key: str) -> None:
        super().__init__(drafting, paints)
        self.uses: dict[str, int] = {}
        self.seen: dict[str, int] | None = None
        """How many annotations of each label are the annotator's own, while others' are hidden."""
        self.chip = Chip(paints)
        self.title = QLabel(objectName="formTitle", wordWrap=True)
        self.count = QLabel(objectName="dim")
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.count)
        head.addWidget(self.chip)
        head.addLayout(words, 1)
        self.column.addLayout(head)
        self.name = LineField("name", "Name")
        self.key = KeyField()
        self.add(self.name, self.key)
        self.description = WordsField(
            "description", "Description", "What it covers, in one or two sentences that a new annotator understands."
        )
        self.add(self.description)
        new_id = drafting.new_clause_id
        self.use_when = ClausesField(
            "use_when", "Use when", "u", "When is this label right? One case a clause.", new_id
        )
        self.avoid_when = ClausesField(
            "avoid_when", "Avoid when", "a", "What is easily taken for it, and is not? One case a clause.", new_id
        )
        hint = "Write one with ⟦ and ⟧ around the marked words"
        hint += f", or select a label while you read and press {example_key}." if example_key else "."
        self.examples = ExamplesField(paints, hint)
        for field in (self.use_when, self.avoid_when, self.examples):
            self.add(field)
        self.heading("In the text")
        self.color = ColourField(paints)
        self.line = LineStyleField(paints)
        self.bare = FlagField(
            "bare", "Ends before the full stop", "A span that ends with its sentence's full stop is remarked."
        )
        for field in (self.color, self.line, self.bare):
            self.add(field)
        self._add_life()
        self.column.addStretch(1)

    def _add_life(self) -> None:
        """Retire, bring back, delete, merge."""
        self.life = self.heading("In the project")
        self.state = QLabel(objectName="dim", wordWrap=True)
        self.retire = QPushButton()
        self.retire.clicked.connect(self._retire)
        self.gone = QPushButton("Delete label")
        self.gone.clicked.connect(self._delete)
        self.merge = MergeBox(self.drafting)
        self.merge.wanted.connect(lambda into: self.merge_wanted.emit(self.part, into))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.retire, self.gone, self.merge.button):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, GUTTER, 0)
        box.setSpacing(8)
        box.addWidget(self.state)
        box.addLayout(row)
        box.addWidget(self.merge)
        self.column.addLayout(box)

    def stops(self) -> list[QWidget]:
        """Return where Tab goes, in order."""
        return [*super().stops(), self.retire, self.gone, self.merge.button, self.merge.do, self.merge.leave]

    def show_context(self, part: Part) -> None:
        """Show the chip, the looks among the others, and what can become of it."""
        if not isinstance(part, Label):
            return
        self.chip.label = part
        self.chip.update()
        self.title.setText(part.name or "A label without a name")
        count = self.uses.get(part.id, 0)
        labels = _counted(count) if self.seen is None else _counted(self.seen.get(part.id, 0), " of yours")
        self.count.setText(f"{labels} · retired" if part.retired else labels)
        self.color.show_label(part, self.drafting.draft.labels)
        for field in (self.use_when, self.avoid_when, self.examples):
            field.show_label(part)
        self._show_life(part, count)

    def _show_life(self, part: Label, count: int) -> None:
        read_only = self.drafting.is_read_only
        is_saved = self.drafting.is_saved("labels", part.id)
        for widget in (self.life, self.state):
            widget.setVisible(not read_only)
        self.retire.setVisible(not read_only and is_saved)
        self.gone.setVisible(not read_only and not count and len(self.drafting.draft.labels) > 1)
        self.merge.show_label(part, is_saved=is_saved and not read_only)
        if part.retired:
            self.retire.setText("Bring back")
            self.state.setText("It is retired: what was labelled stays, and nothing new can be labelled with it.")
        else:
            self.retire.setText("Retire")
            self.state.setText(
                "Retire it, and what was labelled stays while nothing new gets it. Merge it, and its annotations get"
                " another label."
                if is_saved
                else "It is new: nobody can label with it until the codebook is saved."
            )

    def _retire(self) -> None:
        part = self.current()
        if isinstance(part, Label):
            words = f"{'Bring back' if part.retired else 'Retire'} {self.name_of(part)}"
            self.drafting.edit(Put("labels", part.id, "retired", not part.retired), words)

    def _delete(self) -> None:
        part = self.current()
        if part is not None:
            self.drafting.edit(TakeOut("labels", part.id), f"Delete {self.name_of(part)}")


def _counted(count: int, whose: str = "") -> str:
    words = counted(count, "annotation") if count else "No annotations"
    return f"{words}{whose or ('' if count else ' yet')}"
