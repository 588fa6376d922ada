"""What of the project goes out, and how: the choices of an export, from top to bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from annotator.model.annotator import Annotator
from annotator.model.codebook import Label
from annotator.model.split import Split
from annotator.project.formats import TOKENISATIONS, FormatInfo, Options, Selection, Unit
from annotator.ui.exchange.pick import Pick
from annotator.ui.exchange.split_form import SplitForm
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.flow import FlowLayout

UNITS = {
    Unit.CODE_POINTS: "Characters (code points): Python, R",
    Unit.UTF16: "UTF-16 units: web pages, Java",
    Unit.BYTES: "Bytes of UTF-8",
}
TOKENS = {"words": "Words, and every sign by itself", "blanks": "Whatever stands between blanks"}
_NEW_SPLIT = "+"
BAR = 14
"""Room for the scroll bar."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a project has to choose from.

    Attributes:
        articles: how many there are.
        shown: ids of those that the filter of the list shows; empty where it shows all.
        chosen: ids of those that are chosen in the list.
        splits: those that were made.
        alone: whether there are others whose labels are hidden; `annotators` is the one who labels then.
    """

    annotators: tuple[Annotator, ...] = ()
    labels: tuple[Label, ...] = ()
    articles: int = 0
    shown: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    alone: bool = False


class ExportForm(QScrollArea):
    """`changed` tells that something else is chosen, `split_wanted` what split is to be made (see `SplitForm`)."""

    changed = Signal()
    split_wanted = Signal(str, str, object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stock = Stock()
        self._own: list[tuple[str, QLabel, Pick]] = []
        self.who = Pick("Whose labels")
        self.alone = QLabel("Others' labels are hidden, and stay out.", objectName="dim")
        self.alone.hide()
        self.undecided = QCheckBox("Also where something is &undecided")
        self.undecided.setToolTip(
            "Gold goes out of articles in which all is decided. Places that are open are without gold."
        )
        self.undecided.hide()
        self.finished = QCheckBox("Only articles that they have finishe&d")
        self.labels: dict[str, QPushButton] = {}
        self.label_room = QWidget()
        self._flow = FlowLayout(self.label_room, gap=6)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.articles = Pick("Which articles")
        self.blocks = QCheckBox("&Keep left-out blocks in the text")
        self.blocks.setToolTip(
            "Captions, furniture and the like. Without them the texts are shorter, and offsets are those of the shorter texts."
        )
        self.unit = Pick("What offsets count", {unit.value: words for unit, words in UNITS.items()})
        self.tokens = Pick("How texts are cut into tokens", {each: TOKENS.get(each, each) for each in TOKENISATIONS})
        self.excel = QCheckBox("Safe for Excel, without formulas")
        self.split = Pick("Split for training and testing")
        self.split_form = SplitForm()
        self.split_form.hide()
        for widget, words in (
            (self.finished, "Leave out what an annotator labelled in articles that they have not marked as done."),
            (self.articles, "Choose several in the list of articles, or filter it, to export only those."),
            (self.unit, "What a start or an end counts. They differ behind emoji and other rare characters."),
            (self.tokens, "Tokens are cut at the edges of labels, too, so that every label sits on tokens."),
            (
                self.split,
                "A file or folder for each part: train, dev, test. A split is made once and kept in the project.",
            ),
        ):
            widget.setToolTip(words)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inside = QWidget(objectName="page")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(24, 16, 24, 16)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._names: dict[QWidget, QLabel] = {}
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Whose labels", self.who),
            ("", self.alone),
            ("", self.undecided),
            ("", self.finished),
            ("La&bels", self.label_room),
            ("A&rticles", self.articles),
            ("", self.blocks),
            ("&Offsets count", self.unit),
            ("Toke&ns", self.tokens),
            ("", self.excel),
            ("S&plit", self.split),
        )
        for row, (words, widget) in enumerate(rows):
            self._grid.addWidget(widget, row, 1)
            if not words:
                continue
            name = self._names[widget] = QLabel(words, objectName="dim")
            name.setBuddy(widget)
            # Beside a box the name stands in its middle; beside labels in several lines, at the first.
            top = widget is self.label_room
            side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
            name.setContentsMargins(0, 4 if top else 0, 0, 0)
            self._grid.addWidget(name, row, 0, side)
        # A format's own choices stand between.
        self._grid.addWidget(self.split_form, len(rows), 0, 1, 2)
        self._first_own = len(rows) + 1
        self._grid.setRowStretch(self._first_own + 8, 1)
        self.setWidget(inside)

    def _connect(self) -> None:
        for box in (self.who, self.articles, self.unit, self.tokens):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.who.currentIndexChanged.connect(lambda _index: self._who_chosen())
        for check in (self.finished, self.undecided, self.blocks, self.excel):
            check.toggled.connect(lambda _on: self.changed.emit())
        self.split.currentIndexChanged.connect(lambda _index: self._split_chosen())
        self.split_form.wanted.connect(self.split_wanted)

    def minimumSizeHint(self) -> QSize:
        """Return the width at which nothing is cut off at the sides."""
        return QSize(self.widget().minimumSizeHint().width() + BAR, super().minimumSizeHint().height())

    def show_stock(self, stock: Stock) -> None:
        """Offer what a project has; what was chosen stays chosen where it is still there."""
        kept = self.choices()
        self._stock = stock
        blockers = [QSignalBlocker(each) for each in (self.who, self.articles, self.split)]
        people = {each.id: "Gold: what was decided" if each.is_gold else f"{each.name}’s" for each in stock.annotators}
        self.who.offer(people if stock.alone else {"": "Everybody’s", **people})
        self.alone.setVisible(stock.alone)
        articles = {"all": {0: "None yet", 1: "The only one"}.get(stock.articles, f"All {stock.articles:,}")}
        if stock.shown:
            articles["shown"] = f"The {len(stock.shown):,} that the filter shows"
        if stock.chosen and len(stock.chosen) < stock.articles:
            one = len(stock.chosen) == 1
            articles["chosen"] = (
                "The one chosen in the list" if one else f"The {len(stock.chosen):,} chosen in the list"
            )
        self.articles.offer(articles)
        splits = {each.name: f"{each.name} ({_parts(each)})" for each in stock.splits}
        self.split.offer({"": "None", **splits, _NEW_SPLIT: "New split…"})
        del blockers
        self._show_labels(stock.labels)
        self.restore(kept)

    def _show_labels(self, labels: Sequence[Label]) -> None:
        if tuple(self.labels) == tuple(each.id for each in labels):
            return
        for button in self.labels.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self.labels = {}
        for label in labels:
            button = QPushButton(caption(label.name), objectName="value", checkable=True, checked=True)
            button.setToolTip(label.description or label.name)
            button.toggled.connect(lambda _on: self.changed.emit())
            self._flow.addWidget(button)
            self.labels[label.id] = button
        self._names[self.label_room].setBuddy(next(iter(self.labels.values()), self.label_room))

    def show_format(self, info: FormatInfo) -> None:
        """Offer what can be chosen for a format."""
        for widget, is_open in ((self.unit, info.units), (self.tokens, info.tokens), (self.excel, info.excel)):
            widget.setVisible(is_open)
            if widget in self._names:
                self._names[widget].setVisible(is_open)
        for _, name, box in self._own:
            for widget in (name, box):
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._own = []
        before: QWidget = self.split_form
        for row, choice in enumerate(info.choices, start=self._first_own):
            name, box = QLabel(choice.title, objectName="dim"), Pick(choice.title, dict(choice.values))
            name.setBuddy(box)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(box, row, 1)
            self.setTabOrder(before, box)
            before = box
            self._own.append((choice.name, name, box))

    @property
    def selection(self) -> Selection:
        """What goes out."""
        chosen = frozenset(key for key, button in self.labels.items() if button.isChecked())
        articles = {"shown": self._stock.shown, "chosen": self._stock.chosen}.get(self.articles.key, ())
        who = self.who.key
        return Selection(
            annotators=frozenset({who}) if who else frozenset(),
            labels=frozenset() if len(chosen) == len(self.labels) else chosen,
            articles=frozenset(articles),
            finished=self.finished.isChecked() and not self.takes_gold,
            blocks=self.blocks.isChecked(),
        )

    @property
    def options(self) -> Options:
        """How it goes out."""
        split = next((each for each in self._stock.splits if each.name == self.split.key), None)
        return Options(
            unit=Unit(self.unit.key),
            tokens=self.tokens.key,
            parts=split.parts if split else (),
            split=split.name if split else "",
            excel=self.excel.isChecked() and self.excel.isVisibleTo(self),
            given={name: box.key for name, _, box in self._own},
        )

    @property
    def fault(self) -> str:
        """Why nothing can go out like that; empty where it can."""
        if self.labels and not any(button.isChecked() for button in self.labels.values()):
            return "No label is chosen. Choose at least one."
        if self.split.key == _NEW_SPLIT:
            return "Make the split first, or choose “None”."
        return ""

    def choices(self) -> dict[str, Any]:
        """Return what is chosen, as it is remembered."""
        split = self.split.key
        return {
            "who": self.who.key,
            "finished": self.finished.isChecked(),
            "undecided": self.undecided.isChecked(),
            "without": [key for key, button in self.labels.items() if not button.isChecked()],
            "articles": self.articles.key,
            "blocks": self.blocks.isChecked(),
            "unit": self.unit.key,
            "tokens": self.tokens.key,
            "excel": self.excel.isChecked(),
            "split": "" if split == _NEW_SPLIT else split,
            "given": {name: box.key for name, _, box in self._own},
        }

    def restore(self, choices: Mapping[str, Any]) -> None:
        """Choose what was chosen before, where it can be; it is told as one change by whoever asks for it."""
        widgets = [self.who, self.articles, self.unit, self.tokens, self.split, self.finished, self.blocks, self.excel]
        widgets.append(self.undecided)
        blockers = [QSignalBlocker(each) for each in (*widgets, *self.labels.values())]
        self.who.pick(choices.get("who", ""))
        self.articles.pick(choices.get("articles", "all"))
        self.unit.pick(choices.get("unit", ""))
        self.tokens.pick(choices.get("tokens", ""))
        self.split.pick(choices.get("split", ""))
        self.undecided.setChecked(choices.get("undecided") is True)
        self.finished.setChecked(choices.get("finished") is True)
        self.blocks.setChecked(choices.get("blocks") is not False)
        self.excel.setChecked(choices.get("excel") is True)
        without = choices.get("without", ())
        for key, button in self.labels.items():
            button.setChecked(not (isinstance(without, list) and key in without))
        given = choices.get("given", {})
        for name, _, box in self._own:
            with QSignalBlocker(box):
                box.pick(given.get(name, "") if isinstance(given, Mapping) else "")
        del blockers
        self._who_chosen()
        self.split_form.setVisible(self.split.key == _NEW_SPLIT)

    def choose_split(self, name: str) -> None:
        """Choose a split that was just made."""
        self.split.pick(name)

    @property
    def takes_gold(self) -> bool:
        """Whether what was decided goes out, and nothing else."""
        return any(each.is_gold and each.id == self.who.key for each in self._stock.annotators)

    def _who_chosen(self) -> None:
        """Nobody finishes gold; what is undecided takes the place of that choice."""
        self.undecided.setVisible(self.takes_gold)
        self.finished.setVisible(not self.takes_gold)

    def _split_chosen(self) -> None:
        is_new = self.split.key == _NEW_SPLIT
        if is_new:
            self.split_form.propose({each.name for each in self._stock.splits})
        self.split_form.setVisible(is_new)
        if is_new:
            self.split_form.name.setFocus()
            # Later, when the form has its place.
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.split_form))
        self.changed.emit()


def _parts(split: Split) -> str:
    return ", ".join(f"{part} {len(ids):,}" for part, ids in split.parts)
