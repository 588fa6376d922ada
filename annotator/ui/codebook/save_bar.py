"""The strip below the form that says what is not saved, and saves it as one revision."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout

from annotator.model.counting import counted
from annotator.model.faults import Fault
from annotator.model.settle import NEW
from annotator.ui.codebook.drafting import Drafting


class SaveBar(QFrame):
    """Seen only while there is something to save. `problem_wanted` carries group and id of what is to be set right."""

    save_wanted = Signal()
    discard_wanted = Signal()
    anyway_wanted = Signal()
    problem_wanted = Signal(str, str)

    def __init__(self, drafting: Drafting, save_key: str) -> None:
        super().__init__()
        self.setObjectName("tray")
        self._drafting = drafting
        self._save_key = save_key
        self._place = ("", "")
        self.words = QLabel(wordWrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_problem = QPushButton("Show it", objectName="flat")
        self.show_problem.clicked.connect(lambda: self.problem_wanted.emit(*self._place))
        self.anyway = QPushButton("Take them off and save")
        self.anyway.clicked.connect(self.anyway_wanted)
        self.note = QLineEdit(accessibleName="Note for this revision")
        self.note.setPlaceholderText("Why? A note for the team (optional)")
        self.note.returnPressed.connect(self.save_wanted)
        self.discard = QPushButton("Give up")
        self.discard.setToolTip("Give up all changes that are not saved; Ctrl+Z brings them back")
        self.discard.clicked.connect(self.discard_wanted)
        self.save = QPushButton(objectName="primary")
        self.save.clicked.connect(self.save_wanted)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        for widget in (self.words, self.show_problem, self.anyway):
            upper.addWidget(widget, int(widget is self.words))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.discard)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 8, 24, 12)
        column.setSpacing(8)
        column.addLayout(upper)
        column.addLayout(row)
        self.hide()

    def refresh(self) -> None:
        """Say how things stand with the draft."""
        drafting = self._drafting
        self.setVisible(drafting.is_changed and not drafting.is_read_only)
        faults = drafting.faults
        self.anyway.hide()
        self.show_problem.setVisible(bool(faults and faults[0].part))
        self.save.setEnabled(not faults)
        key = f"   {self._save_key}" if self._save_key else ""
        self.save.setText(f"Save as revision {drafting.revision + 1}{key}")
        if faults:
            self._place = (faults[0].group, faults[0].part)
            others = _distinct(faults) - 1
            more = f" And {others} more." if others else ""
            begun = all(each.field == "name" and each.part.startswith(NEW) for each in faults)
            start = "Not saved yet." if begun else "To be set right before it can be saved:"
            self._say(f"{start} {faults[0].words}{more}", "" if begun else "bad")
            return
        count = len(drafting.differences())
        changes = counted(count, "change is", "changes are")
        start = "From last time: " if drafting.is_found else ""
        them = "it once it is saved" if count == 1 else "them once they are saved"
        self._say(f"{start}{changes} not saved yet. Annotators see {them}.", "")

    def refuse(self, words: str, *, can_leave_out: bool) -> None:
        """Say why it could not be saved, and offer to take values off where that is why."""
        self._say(words, "bad")
        self.anyway.setVisible(can_leave_out)

    def _say(self, words: str, name: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)
        if self.words.objectName() != name:
            self.words.setObjectName(name)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)


def _distinct(faults: list[Fault]) -> int:
    """Return how many things there are to set right: a key that two parts share is told at both, and is one."""
    return len({each.words[:1] if each.field == "key" else (each.group, each.part, each.field) for each in faults})
