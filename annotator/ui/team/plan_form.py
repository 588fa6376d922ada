"""The form by which articles are shared out; what would come of it is shown before anything is written."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.model.annotator import Annotator
from annotator.model.assigning import Order, Scheme
from annotator.model.counting import counted
from annotator.ui.team.people_model import Planned
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.choice_box import ChoiceBox

FEW = 4
"""So many annotators are told one by one."""
NAME = 216
PAUSE = 150
"""Milliseconds after the last change before the plan is made."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALL, _SOME, _PART = range(3)


class PlanForm(QWidget):
    """Asks who, how many read each article, what comes back, in which order.

    Signals:
        changed: another plan is wanted: see `people` and `scheme`.
        accepted: the plan that is shown is to be written.
        left: nothing is to be assigned.
        cancelled: reading the articles is to be stopped.
    """

    changed = Signal()
    accepted = Signal()
    left = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._names: dict[str, str] = {}
        self._ways = QButtonGroup(self)
        self.ways = [QRadioButton(words) for words in ("Everybody reads all", "Each article by", "Of the text")]
        self.readers = _number(2, 99, 2, "Annotators for each article")
        self.share = _number(1, 99, 20, "Share of the text that is read by several", " %")
        self.several = _number(2, 99, 2, "Annotators for each of these")
        self.repeats = _number(0, 100, 0, "Share of the articles that come back", " %")
        self.order = ChoiceBox(accessibleName="Order")
        self.order.addItem("Shuffled, for each anew", Order.SHUFFLED)
        self.order.addItem("By story, to the same people", Order.STORY)
        self.seed = _number(1, 999_999, 1, "Seed")
        self.outcome = QLabel(wordWrap=True)
        self.outcome.setTextInteractionFlags(self.outcome.textInteractionFlags().TextSelectableByMouse)
        self.bar = QProgressBar(textVisible=False, accessibleName="Articles read")
        self.bar.setFixedHeight(4)
        self.accept = QPushButton(objectName="primary")
        self._name_accept("Assign")
        self.leave = QPushButton("Cancel", toolTip="Assign nothing (Escape)")
        self._planned: tuple[list[str], Scheme] | None = None
        self._people = QVBoxLayout()
        self.all = QPushButton(objectName="flat", toolTip="Check every annotator, or none.")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._people.setSpacing(2)
        inside = QWidget(objectName="side")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(QLabel("Plan who labels what", objectName="formTitle"))
        hint = "Shares out the articles that nobody is to label yet. Everybody gets about the same length."
        column.addWidget(QLabel(hint, objectName="dim", wordWrap=True))
        who = QHBoxLayout()
        who.addWidget(_caption("Annotators"), 1)
        who.addWidget(self.all, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(who)
        column.addLayout(self._people)
        column.addWidget(_caption("Overlap"))
        for number, way in enumerate(self.ways):
            self._ways.addButton(way, number)
        column.addWidget(self.ways[_ALL])
        column.addLayout(_row(self.ways[_SOME], self.readers, "of them"))
        column.addLayout(_row(self.ways[_PART], self.share, "by", self.several))
        column.addWidget(QLabel("The rest is read by one.", objectName="dim"))
        self.ways[_SOME].setChecked(True)
        column.addWidget(_caption("Repeats"))
        column.addLayout(_row(self.repeats, "comes back to the same"))
        again = "As a second, blind reading, to measure how far people agree with themselves."
        column.addWidget(QLabel(again, objectName="dim", wordWrap=True))
        column.addWidget(_caption("Order"))
        column.addWidget(self.order)
        column.addLayout(_row("Seed", self.seed))
        self.seed.setToolTip("The same articles, annotators and seed give the same plan.")
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, objectName="inspector", accessibleName="Plan who labels what")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.setSpacing(8)
        foot.addWidget(self.outcome)
        foot.addWidget(self.bar)
        foot.addLayout(_row(self.accept, self.leave))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._ways.idClicked.connect(lambda _number: self._edited())
        for field, way in ((self.readers, _SOME), (self.share, _PART), (self.several, _PART)):
            field.valueChanged.connect(lambda _value, way=way: self._edited(way))
        for field in (self.repeats, self.seed):
            field.valueChanged.connect(lambda _value: self._edited())
        self.order.activated.connect(lambda _place: self._edited())
        self.all.clicked.connect(self._check_all)
        self.accept.clicked.connect(self.accepted)
        self.leave.clicked.connect(self._leave)

    def show_people(self, everybody: Iterable[Annotator]) -> None:
        """Offer the annotators, second readings left out; those who were chosen stay chosen."""
        first = [each for each in everybody if not each.repeats]
        kept = {who: box.isChecked() for who, box in self.boxes.items()}
        while (item := self._people.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.boxes, self._names = {}, {each.id: each.name for each in everybody}
        for each in first:
            box = QCheckBox(
                caption(self.fontMetrics().elidedText(each.name, Qt.TextElideMode.ElideRight, NAME)), toolTip=each.name
            )
            box.setChecked(kept.get(each.id, True))
            box.toggled.connect(lambda _on: self._edited())
            self.boxes[each.id] = box
            self._people.addWidget(box)
        self._name_all()

    def _check_all(self) -> None:
        """Check everybody; nobody, where all are checked."""
        is_all = len(self.people) == len(self.boxes)
        for box in self.boxes.values():
            box.setChecked(not is_all)

    def _name_all(self) -> None:
        self.all.setText("Check none" if len(self.people) == len(self.boxes) else "Check all")

    @property
    def people(self) -> list[str]:
        """The ids of the chosen annotators."""
        return [who for who, box in self.boxes.items() if box.isChecked()]

    @property
    def scheme(self) -> Scheme:
        """How articles are to be shared out."""
        way = self._ways.checkedId()
        readers = {_ALL: max(len(self.people), 1), _SOME: self.readers.value(), _PART: self.several.value()}[way]
        return Scheme(
            readers,
            self.share.value() / 100 if way == _PART else 1.0,
            self.repeats.value() / 100,
            self.order.currentData(),
            self.seed.value(),
        )

    def show_busy(self, done: int = 0, total: int = 0) -> None:
        """Show that the plan is being made."""
        self._planned = (self.people, self.scheme)
        self.accept.setEnabled(False)
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.bar.show()
        self.outcome.setText(f"Reading {done:,} of {counted(total, 'article')} …" if total else "Planning …")

    def show_plan(self, planned: Mapping[str, Planned], total: int) -> None:
        """Show what each annotator would get, and how many readings that is together."""
        self.bar.hide()
        nothing = "Every article is assigned already. Take some off the plan (Del), or add articles."
        self._say("\n".join(self._lines(planned)) if total else nothing)
        self._name_accept(f"Assign {counted(total, 'reading')}" if total else "Assign")
        # While another plan is wanted already, this one is not what the form says.
        self.accept.setEnabled(total > 0 and not self._pause.isActive())

    def _lines(self, planned: Mapping[str, Planned]) -> list[str]:
        """Say what everybody would get; where they are many, from how much to how much."""
        if len(planned) <= FEW:
            return [
                # Each name keeps its own direction.
                f"\u2068{self._names[who]}\u2069: {counted(each.articles, 'article')}, {counted(each.length, 'character')}"
                + (f", {each.repeats:,} once more" if each.repeats else "")
                for who, each in planned.items()
            ]
        articles = span([each.articles for each in planned.values()])
        again = span([each.repeats for each in planned.values()])
        lengths = span([each.length for each in planned.values()])
        more = f", {again} once more" if again != "0" else ""
        return [f"Each of the {len(planned):,}: {articles} articles, {lengths} characters{more}"]

    def refuse(self, words: str) -> None:
        """Say why there is no such plan."""
        self.bar.hide()
        self._name_accept("Assign")
        self.accept.setEnabled(False)
        self._say(words, "bad")

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        self.ways[max(self._ways.checkedId(), 0)].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Assign with Enter, give up with Escape, wherever in the form the focus is; a button that has it is pressed."""
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            self.accept.click()

    def stop(self) -> None:
        """Want no other plan any more."""
        self._pause.stop()

    def _name_accept(self, words: str) -> None:
        self.accept.setText(f"{words}   Enter")
        self.accept.setAccessibleName(words)

    def _say(self, words: str, name: str = "") -> None:
        self.outcome.setObjectName(name)
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)
        self.outcome.setText(words)

    def _edited(self, way: int | None = None) -> None:
        if way is not None:
            self.ways[way].setChecked(True)
        self._name_all()
        # Enter in a field says that its value has changed, though it is the same.
        if self._pause.isActive() or (self.people, self.scheme) != self._planned:
            self.accept.setEnabled(False)
            self._pause.start()

    def _leave(self) -> None:
        self._pause.stop()
        self.left.emit()


def span(numbers: Collection[int]) -> str:
    """Return the least and the greatest of some numbers: ``3 to 5``, or ``3``."""
    least, most = min(numbers), max(numbers)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _number(least: int, most: int, value: int, name: str, unit: str = "") -> QSpinBox:
    box = QSpinBox(accessibleName=name, toolTip=name)
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(unit)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return box


def _row(*parts: QWidget | str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(QLabel(part) if isinstance(part, str) else part)
    row.addStretch(1)
    return row


def _caption(words: str) -> QLabel:
    label = QLabel(words, objectName="caption")
    label.setContentsMargins(0, 8, 0, 0)
    return label
