"""Taking over another codebook: what would be different, read before anything is done."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.model.comparison import compare
from annotator.model.counting import counted
from annotator.ui.codebook.paints import Paints
from annotator.ui.codebook.wording import Told, as_html, as_text, told


@dataclass(frozen=True, slots=True)
class Plan:
    """Another codebook as it would be taken over.

    Attributes:
        name: where it comes from, as a person calls it.
        codebook: what it becomes here.
        kept: names of the labels that it does not have, and that stay as retired ones because they are in use.
        told: the differences from the latest revision, in words.
    """

    name: str
    codebook: Codebook
    kept: tuple[str, ...]
    told: tuple[Told, ...]


def plan(name: str, current: Codebook, other: Codebook, uses: dict[str, int]) -> Plan:
    """Return how another codebook would take the place of the current one; labels that are in use never go."""
    known = {each.id for each in other.labels}
    staying = tuple(
        replace(each, retired=True) for each in current.labels if each.id not in known and uses.get(each.id)
    )
    speaking = tuple(
        each
        for each in current.attributes
        if each.id not in {other.id for other in other.attributes}
        and set(each.labels) & {label.id for label in staying}
    )
    whole = {*known, *(each.id for each in staying)}
    kept = tuple(replace(each, labels=tuple(label for label in each.labels if label in whole)) for each in speaking)
    codebook = replace(
        other, labels=(*other.labels, *staying), attributes=(*other.attributes, *kept), revision=current.revision
    )
    differences = compare(current, codebook)
    return Plan(name, codebook, tuple(each.name for each in staying), tuple(told(differences, current, codebook)))


class PlanPage(QWidget):
    """The differences, and what can be done. `taken` says that the person wants it, `left` that not,

    and `taken_anyway` that values which it has no place for are to be taken off."""

    taken = Signal()
    taken_anyway = Signal()
    left = Signal()

    def __init__(self, paints: Paints) -> None:
        super().__init__()
        self.setObjectName("page")
        self._paints = paints
        self.plan: Plan | None = None
        self.title = QLabel(objectName="formTitle", wordWrap=True)
        self.about = QLabel(wordWrap=True)
        self.problem = QLabel(objectName="bad", wordWrap=True)
        self.words = QTextBrowser(accessibleName="What would be different", openLinks=False)
        self.words.setObjectName("told")
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setTabChangesFocus(True)
        self.words.document().setDocumentMargin(0)
        self.take = QPushButton(objectName="primary")
        self.take.clicked.connect(lambda _checked=False: self.taken.emit())
        self.anyway = QPushButton("Take them off and go on")
        self.anyway.clicked.connect(lambda _checked=False: self.taken_anyway.emit())
        self.leave = QPushButton()
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.take, self.anyway, self.leave):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 24, 24)
        column.setSpacing(12)
        for widget in (self.title, self.about):
            column.addWidget(widget)
        column.addWidget(self.words, 1)
        column.addWidget(self.problem)
        column.addLayout(row)

    def show_plan(self, plan: Plan, *, takes: bool) -> None:
        """Show a plan; without `takes` it is a comparison only."""
        self.plan = plan
        count = len(plan.told)
        same = not count
        differences = counted(count, "difference")
        self.title.setText(f"“{plan.name}” {'says the same as' if same else 'compared with'} this codebook")
        sentences = [] if same else [f"{differences} from the latest revision to it: what would go is struck through."]
        if plan.kept and takes:
            names = " and ".join(filter(None, (", ".join(plan.kept[:-1]), plan.kept[-1])))
            stay = "is in use here: it would stay" if len(plan.kept) == 1 else "are in use here: they would stay"
            sentences.append(f"It lacks {names}, which {stay}, retired.")
        self.about.setText(" ".join(sentences) or "There is nothing to take over.")
        self.take.setText(f"Take over as revision {plan.codebook.revision + 1}")
        self.take.setVisible(takes and not same)
        self.leave.setText("Cancel" if takes and not same else "Back to the codebook")
        self.anyway.hide()
        self.problem.hide()
        self.words.setAccessibleDescription(as_text(plan.told))
        self.refresh()
        (self.take if self.take.isVisibleTo(self) else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str, *, can_leave_out: bool) -> None:
        """Say why it cannot be taken over as it is."""
        self.problem.setText(words)
        self.problem.show()
        self.anyway.setVisible(can_leave_out)
        self.take.setVisible(False)

    def refresh(self) -> None:
        """Write the words anew, after the colours have changed."""
        if self.plan is not None:
            self.words.setHtml(as_html(self.plan.told, self._paints.theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
