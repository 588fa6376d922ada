"""Merging a label into another: choose which, read what would happen, do it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout

from annotator.model.codebook import Label
from annotator.project.merging_labels import MergePlan
from annotator.project.touched import at_the_start
from annotator.ui.actions.command import lower_name
from annotator.ui.codebook.drafting import Drafting
from annotator.ui.widgets.captions import caption


class MergeBox(QFrame):
    """A button with the other labels, and the plan below it.

    `wanted` carries the id of the label that was chosen in the plan; `chosen` of the one to make a plan for.
    """

    wanted = Signal(str)
    chosen = Signal(str)

    def __init__(self, drafting: Drafting) -> None:
        super().__init__()
        self.setObjectName("card")
        self._drafting = drafting
        self._label: Label | None = None
        self._into: Label | None = None
        self.button = QPushButton("Merge into")
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.words = QLabel(wordWrap=True)
        self.do = QPushButton(objectName="primary")
        self.leave = QPushButton("Cancel")
        self.do.clicked.connect(self._merge)
        self.leave.clicked.connect(self.close_plan)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.do)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addLayout(row)
        self.hide()

    def show_label(self, label: Label, *, is_saved: bool) -> None:
        """Offer the other labels that are saved and in use; a label that was never saved has nothing to merge."""
        if self._label is None or self._label.id != label.id:
            self.close_plan()
        self._label = label
        base = self._drafting.base
        others = [each for each in base.labels if each.id != label.id and not each.retired] if base else []
        self.button.setVisible(is_saved and bool(others))
        self.menu.clear()
        for other in others:
            action = self.menu.addAction(caption(other.name))
            action.triggered.connect(lambda _checked=False, other=other: self.chosen.emit(other.id))

    def show_plan(self, plan: MergePlan, into: Label) -> None:
        """Say what would happen."""
        if self._label is None:
            return
        self._into = into
        self.words.setText(plan_words(plan, self._label, into))
        self.setAccessibleName(self.words.text())
        self.do.setVisible(not plan.refused)
        self.do.setText(f"Merge into {caption(lower_name(into))}")
        self.show()
        (self.leave if plan.refused else self.do).setFocus()

    def close_plan(self) -> None:
        """Let go of the plan."""
        self._into = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_plan()
            self.button.setFocus()
        else:
            super().keyPressEvent(event)

    def _merge(self) -> None:
        into, self._into = self._into, None
        self.hide()
        if into is not None:
            self.wanted.emit(into.id)


def plan_words(plan: MergePlan, label: Label, into: Label) -> str:
    """Return a plan in sentences."""
    if plan.refused:
        return plan.refused
    name, other = lower_name(label), lower_name(into)
    becomes = "becomes" if plan.changed.is_one else "become"
    sentences = [f"{at_the_start(plan.changed.words)} labelled {name} {becomes} {other}, and {name} is retired."]
    if plan.together.count:
        falls = at_the_start(f"{plan.together.words} {'falls' if plan.together.is_one else 'fall'}")
        sentences.append(f"{falls} together with the same words labelled {other} by the same annotator.")
    if plan.without.count:
        values = at_the_start(f"{plan.without.of('attribute value')} {'is' if plan.without.is_one else 'are'}")
        sentences.append(f"{values} left out, because {other} does not have the attribute.")
    sentences.append("This is one step that can be undone, and a revision of its own.")
    return " ".join(sentences)
