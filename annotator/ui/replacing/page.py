"""A new version of an article before it takes the old one's place: both texts beside each other, and what is to decide."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.model.counting import counted
from annotator.model.figures import percent
from annotator.project.replacement.plan import Choice, Fate, Item, ReplacementPlan
from annotator.ui.articles.row_page import ENTER, RowPage, side_by_side
from annotator.ui.look.theme import Theme
from annotator.ui.replacing.items import ItemModel, ItemRow
from annotator.ui.replacing.two_texts import TwoTexts
from annotator.ui.replacing.words import about, short, verb
from annotator.ui.widgets.rows import Rows

LEFT = 320
_KEYS = {"a": Choice.ACCEPT, "d": Choice.DROP, "k": Choice.KEEP}
_KEY_OF = {choice: key.upper() for key, choice in _KEYS.items()}
_NEARLY = 0.999
"""Of two texts that differ, never all is said to be the same."""


class ReplacePage(RowPage):
    """A page of the window: rows at the left, the old and the new text beside each other.

    Signals:
        accepted: the article is to be replaced; the page's `choices` and `reopens` say how.
        left: the person goes back; what was decided is kept.
        discarded: nothing is to be replaced.
        stopped: reading is to stop.
        other_wanted: another article of the same file is the new version.
    """

    accepted = Signal()
    left = Signal()
    discarded = Signal()
    stopped = Signal()
    other_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        rows = Rows("What lies in the article")
        painter = ItemRow(rows, theme)
        self.texts = TwoTexts()
        super().__init__("New version of an article", rows, painter, (self.texts.old, self.texts.new))
        self._plan: ReplacementPlan | None = None
        self._hidden = False
        self._items: tuple[Item, ...] = ()
        self.model = ItemModel(self)
        rows.setModel(self.model)
        rows.set_painter(painter)
        self.words = QLabel(objectName="emptyText", wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.words.setContentsMargins(48, 48, 48, 48)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar(textVisible=False, accessibleName="Labels placed")
        self.progress.setFixedHeight(4)
        self.heading = QLabel(objectName="formTitle")
        self.summary = QLabel(objectName="dim", wordWrap=True)
        self.again = QCheckBox()
        self.every = QPushButton("Decide all ▾")
        self.every.setToolTip("Decide alike about all that wait (Shift and the letter).")
        self.every.setMenu(self._choices_of_all())
        self.other = QPushButton("Another article…   O")
        self.other.setToolTip("Choose another article of this file for the new version.")
        self.discard = QPushButton("Discard")
        self.discard.setToolTip("Leave the article as it is, and forget what was decided here.")
        self.replace_ = QPushButton(objectName="primary")
        self.about = QLabel(wordWrap=True)
        self.buttons = {choice: QPushButton() for choice in Choice}
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _choices_of_all(self) -> QMenu:
        menu = QMenu(self)
        for choice, words in (
            (Choice.ACCEPT, "Take all places that are offered"),
            (Choice.DROP, "Drop all that wait into the trash"),
            (Choice.KEEP, "Keep all that wait on the old version"),
        ):
            action = menu.addAction(f"{words}\tShift+{_KEY_OF[choice]}")
            action.triggered.connect(lambda _checked=False, choice=choice: self.decide(choice, every=True))
        return menu

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading, 1)
        for widget in (self.again, self.every, self.other, self.discard, self.replace_):
            row.addWidget(widget)
        top = QFrame(objectName="strip")
        told = QVBoxLayout(top)
        told.setContentsMargins(16, 10, 16, 10)
        told.setSpacing(4)
        told.addLayout(row)
        told.addWidget(self.summary)
        deciding = QWidget()
        inner = QVBoxLayout(deciding)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.texts, 1)
        inner.addWidget(self._foot())
        waiting = QWidget(objectName="page")
        column = QVBoxLayout(waiting)
        column.addWidget(self.words, 1)
        column.addWidget(self.progress)
        for page in (deciding, waiting):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(side_by_side(LEFT, self.list, self.pages), 1)

    def _foot(self) -> QFrame:
        foot = QFrame(objectName="tray")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.about, 1)
        for choice, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, choice=choice: self.decide(choice))
            row.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_row())
        self.replace_.clicked.connect(lambda _checked=False: self.accept())
        self.discard.clicked.connect(lambda _checked=False: self._forget())
        self.other.clicked.connect(lambda _checked=False: self.other_wanted.emit())
        self.model.dataChanged.connect(lambda *_: self._tell())

    @property
    def choices(self) -> dict[str, Choice]:
        """What was decided, by the items' ids."""
        return self.model.choices

    @property
    def reopens(self) -> bool:
        """Whether those who had finished the article are to read it again."""
        return self.again.isChecked()

    def show_busy(self, title: str) -> None:
        """Say that a new version of an article is being read."""
        self._take(None)
        self.heading.setText(f"Reading a new version of “{short(title)}”")
        self.summary.setText("Every label is looked for in it. Nothing is changed yet.")
        self.words.setText("")
        self.progress.setMaximum(0)
        self.progress.show()
        self._show_tools(on=False)
        self.discard.setText("Cancel")
        self.discard.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many labels were looked for."""
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def show_refused(self, title: str, words: str) -> None:
        """Say why nothing can be replaced."""
        self._take(None)
        self.heading.setText(f"“{short(title)}” stays as it is")
        self.summary.setText("")
        self.words.setText(words)
        self.progress.hide()
        self._show_tools(on=False)
        self.discard.setText("Back")
        self.discard.show()

    def _take(self, plan: ReplacementPlan | None) -> None:
        self._plan = plan
        self.texts.show_plan(plan)

    def _show_tools(self, *, on: bool) -> None:
        self.summary.setVisible(bool(self.summary.text()) or on)
        for widget in (self.again, self.every, self.other, self.replace_, self.list):
            widget.setVisible(on)
        self.pages.setCurrentIndex(0 if on else 1)

    def show_plan(
        self, plan: ReplacementPlan, items: tuple[Item, ...], kept: dict[str, Choice], *, others: bool = False
    ) -> None:
        """Show what replacing would do.

        `items` are those that this person may see; of the rest is told only that there is some. `kept` are decisions
        made before. `others` says that the file holds other articles, too.
        """
        if self._session is None:
            return
        self._take(plan)
        self._items, self._hidden = items, len(plan.items) > len(items)
        self.model.show(plan, items, kept)
        self.progress.hide()
        self.discard.setText("Discard")
        self._show_tools(on=True)
        finished = plan.finished
        self.again.setVisible(bool(finished))
        self.other.setVisible(others)
        words = counted(plan.new_words, "new word")
        self.again.setText(f"To be read again ({words})")
        self.again.setToolTip(f"Finished by {', '.join(finished)}: it is in progress again for them.")
        with QSignalBlocker(self.again):
            self.again.setChecked(plan.new_words > 0)
        waiting = self.model.waiting
        first = next((number for number, row in enumerate(self.model.rows) if row.item is not None), -1)
        self.list.show_row(waiting[0] if waiting else first)
        self._show_row()
        self._tell()
        self.texts.reveal_soon()

    def accept(self) -> None:
        """Replace the article, or go to what waits for a decision first."""
        waiting = self.model.waiting
        if waiting:
            self.list.show_row(waiting[0])
        elif self._plan is not None and self.replace_.isEnabled():
            self.accepted.emit()

    def decide(self, choice: Choice, *, every: bool = False) -> None:
        """Decide about the chosen row and go to the next that waits; with `every`, about all that wait."""
        here = self.list.currentIndex().row()
        rows = self.model.waiting if every else [here] if here >= 0 else []
        done = [row for row in rows if self.model.decide(row, choice)]
        waiting = self.model.waiting
        if done and waiting:
            self.list.show_row(next((row for row in waiting if row > here), waiting[0]))
        self._show_row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape where there is nothing but words."""
        if event.key() == Qt.Key.Key_Escape and self._plan is None:
            self._forget()
        else:
            super().keyPressEvent(event)

    def _deed(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:  # noqa: ARG002 - the same in all
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        choice = _KEYS.get(event.text().lower())
        if choice is not None and modifiers == Qt.KeyboardModifier.ShiftModifier:
            return lambda: self.decide(choice, every=True)
        if modifiers:
            return None
        if choice is not None:
            return lambda: self.decide(choice)
        plain: dict[int, Callable[[], object]] = {
            **dict.fromkeys(ENTER, self.accept),
            Qt.Key.Key_Escape: self.left.emit,
            Qt.Key.Key_Delete: lambda: self.decide(Choice.DROP),
            Qt.Key.Key_N: lambda: self._step(1),
            Qt.Key.Key_P: lambda: self._step(-1),
            **({Qt.Key.Key_O: self.other_wanted.emit} if self.other.isVisible() else {}),
        }
        return plain.get(event.key())

    def _step(self, by: int) -> None:
        """Go to the next or previous thing that is doubtful or lost."""
        here = self.list.currentIndex().row()
        asked = [number for number, row in enumerate(self.model.rows) if row.item and row.item.choices]
        ahead = [number for number in asked if (number > here if by > 0 else number < here)]
        if ahead:
            self.list.show_row(ahead[0] if by > 0 else ahead[-1])

    def _forget(self) -> None:
        if self._plan is None and self.progress.isVisible():
            self.stopped.emit()
        else:
            self.discarded.emit()

    def _show_row(self) -> None:
        number = self.list.currentIndex().row()
        row = self.model.rows[number] if 0 <= number < len(self.model.rows) else None
        item = row.item if row is not None else None
        self.texts.show_item(item)
        for choice, button in self.buttons.items():
            fits = item is not None and choice in item.choices
            button.setVisible(fits)
            if item is not None and fits:
                button.setText(f"{verb(item, choice)}   {_KEY_OF[choice]}")
        self.about.setText(about(row, item))

    def _tell(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.heading.setText(f"Replace “{short(plan.standing.article.title)}”?")
        fates = Counter(each.fate for each in self._items if each.noun == "annotation")
        parts = [f"{fates[fate]:,} {fate.value}" for fate in Fate if fates[fate]]
        none = "No labels of yours lie in it" if self._hidden else "No labels lie in it"
        labels = f"Labels: {', '.join(parts)}" if parts else none
        hidden = " · labels or notes of others are hidden" if self._hidden else ""
        self.summary.setText(
            " · ".join((labels + hidden, f"{percent(min(plan.share, _NEARLY))} of the text is the same", *plan.told))
        )
        waiting = len(self.model.waiting)
        self.every.setVisible(waiting > 1)
        self.replace_.setText(f"Decide {waiting:,} first   Enter" if waiting else "Replace   Enter")
