"""How files of another program are taken: as which format, whose labels, how far they are, which word is which label."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.model.annotator import Annotator
from annotator.model.article import State
from annotator.model.codebook import Label
from annotator.project.formats import FormatInfo, Taking, Unit
from annotator.project.tables import Preview
from annotator.project.taking_in import Met
from annotator.ui.exchange.column_map import ColumnMap
from annotator.ui.exchange.pick import Pick
from annotator.ui.exchange.row_preview import RowPreview
from annotator.ui.look.theme import Theme

_STATES = {State.DONE.value: "Done: they count for agreement", State.IN_PROGRESS.value: "In progress"}
_UNITS = {
    "": "What the format says, or what the quotes say",
    Unit.CODE_POINTS.value: "Characters (code points)",
    Unit.UTF16.value: "UTF-16 units",
    Unit.BYTES.value: "Bytes of UTF-8",
}
_NEW = "+"
_ROWS = 12
"""As many people and words have a box each; more are taken as they are."""


class ImportForm(QScrollArea):
    """`changed` tells that something else is chosen, and files are to be read again."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._annotators: tuple[Annotator, ...] = ()
        self._labels: tuple[Label, ...] = ()
        self._recognised = ""
        self.format = Pick("Format")
        self.who = Pick("Whose labels")
        self.name = QLineEdit(accessibleName="Name of the new annotator")
        self.name.setPlaceholderText("Name of the annotator")
        self.state = Pick("How far they are", _STATES)
        self.unit = Pick("What offsets count", _UNITS)
        self.columns = ColumnMap()
        self.rows = RowPreview(theme)
        self.people: dict[str, Pick] = {}
        self.words: dict[str, Pick] = {}
        for widget, words in (
            (self.who, "Whose labels they are, where the files do not say."),
            (self.state, "Agreement counts finished work only. Where the files say it themselves, that holds."),
            (self.unit, "Where the files quote what they label, the way of counting in which the quotes fit is found."),
        ):
            widget.setToolTip(words)
        self._lay_out()
        self.show_stock((), (), ())
        for box in (self.format, self.state, self.unit):
            box.activated.connect(lambda _index: self.changed.emit())
        self.who.activated.connect(lambda _index: self._who_chosen())
        self.name.editingFinished.connect(self._named)
        self.columns.changed.connect(self.changed)
        self._last_name = ""

    def _lay_out(self) -> None:
        inside = QWidget(objectName="page")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._names: dict[QWidget, QLabel] = {}
        for row, (words, widget) in enumerate(
            (
                ("For&mat", self.format),
                ("&Whose labels", self.who),
                ("", self.name),
                ("Wor&k is", self.state),
                ("&Offsets count", self.unit),
            )
        ):
            self._grid.addWidget(widget, row, 1)
            if words:
                name = self._names[widget] = QLabel(words, objectName="dim")
                name.setBuddy(widget)
                self._grid.addWidget(name, row, 0)
        self._people_room, self._people_grid = _room("Annotators in the files, and who they are here")
        self._words_room, self._words_grid = _room("Words for labels in the files, and what they become")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._grid)
        for widget in (self.columns, self.rows, self._people_room, self._words_room):
            column.addWidget(widget)
            widget.hide()
        column.addStretch(1)
        self.name.hide()
        self.setWidget(inside)

    def show_stock(
        self, formats: Sequence[FormatInfo], annotators: Sequence[Annotator], labels: Sequence[Label]
    ) -> None:
        """Offer what can be chosen, and forget every choice."""
        self._annotators, self._labels = tuple(annotators), tuple(labels)
        known = {
            each.name: each.title + (f" (needs the library “{each.lacks}”)" if each.lacks else "") for each in formats
        }
        self.format.offer({"": "Recognised by its contents", **known})
        self.who.offer(
            {"": "Say whose they are", **{each.name: each.name for each in annotators}, _NEW: "Somebody new…"}
        )
        self.name.clear()
        self.name.hide()
        self._last_name = ""
        self.state.setCurrentIndex(0)
        self.unit.setCurrentIndex(0)
        self.show_file()

    def show_file(self) -> None:
        """Another file or folder: forget what was chosen for the one before."""
        self.format.setCurrentIndex(0)
        self.format.setItemText(0, "Recognised by its contents")
        self.columns.reset()
        self.ask_who(asks=False)
        self.show_people((), renames=False)
        self.show_words(())
        self.show_table(None)

    def show_recognised(self, title: str) -> None:
        """Say what the files were recognised as."""
        self.format.setItemText(0, f"{title} (recognised)")

    def ask_who(self, *, asks: bool) -> None:
        """Offer to say whose labels they are, or not, where the files say it."""
        self.who.setVisible(asks)
        self._names[self.who].setVisible(asks)
        self.name.setVisible(asks and self.who.key == _NEW)

    def show_table(self, preview: Preview | None) -> bool:
        """Show the columns and first rows of a table, or hide them; return whether it is to be read again, otherwise."""
        self.columns.setVisible(preview is not None)
        self.rows.setVisible(preview is not None)
        if preview is None:
            return False
        self.rows.show_preview(preview)
        return self.columns.show_preview(preview)

    def show_people(self, people: Sequence[tuple[str, int]], *, renames: bool) -> bool:
        """Show the annotators that the files name; `renames`: whether they can be others here.

        Names of files and folders have no blanks: who is here under a name that differs in signs alone is proposed.

        Returns:
            Whether somebody else was proposed, so that the files are to be read with that.
        """
        if tuple(self.people) == tuple(name for name, _ in people[:_ROWS]):
            return False
        self.people = {}
        _clear(self._people_grid)
        self._people_room.setVisible(bool(people))
        known = {each.name: each.name for each in self._annotators}
        for row, (name, count) in enumerate(people[:_ROWS]):
            box = Pick(f"Who {name} is here", {name: name if name in known else f"New: {name}", **known})
            box.setEnabled(renames)
            box.activated.connect(lambda _index: self.changed.emit())
            _row(self._people_grid, row, name, count, box)
            self.people[name] = box
            alike = [each for each in known if each != name and _bare(each) == _bare(name)]
            if renames and name not in known and len(alike) == 1:
                box.pick(alike[0])
        return any(box.key != name for name, box in self.people.items())

    def show_words(self, words: Sequence[Met]) -> None:
        """Show the words for labels that the files have, and which labels they become."""
        if tuple(self.words) == tuple(each.word for each in words[:_ROWS]):
            for each in words[:_ROWS]:
                with QSignalBlocker(self.words[each.word]):
                    self.words[each.word].pick(each.label)
            return
        self.words = {}
        _clear(self._words_grid)
        self._words_room.setVisible(bool(words))
        known = {each.id: each.name for each in self._labels}
        for row, each in enumerate(words[:_ROWS]):
            box = Pick(f"What {each.name} is here", {"": f"New: {each.name}", **known})
            box.pick(each.label)
            box.activated.connect(lambda _index: self.changed.emit())
            _row(self._words_grid, row, each.name, each.count, box)
            self.words[each.word] = box

    def order_tabs(self, last: QWidget) -> None:
        """Let Tab go from top to bottom, and from the end of the form to `last`."""
        columns = self.columns
        chain: list[QWidget] = [self.format, self.who, self.name, self.state, self.unit, *columns.boxes.values()]
        chain.insert(5, columns.sheet)
        chain += [
            columns.end,
            columns.first,
            columns.unit,
            columns.label,
            columns.texts,
            columns.folder,
            self.rows.take,
            self.rows.rows,
        ]
        chain += [*self.people.values(), *self.words.values(), last]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    @property
    def taking(self) -> Taking:
        """What is chosen, for a reader."""
        return Taking(
            annotator=self.who_name,
            people=tuple((name, box.key) for name, box in self.people.items() if box.key != name),
            state=State(self.state.key),
            unit=Unit(self.unit.key) if self.unit.key else None,
            given=self.columns.given if self.columns.isVisibleTo(self) else {},
        )

    @property
    def who_name(self) -> str:
        """Whose labels they are, where the files do not say; empty where that is not said yet."""
        return self.name.text().strip() if self.who.key == _NEW else self.who.key

    @property
    def mapping(self) -> Mapping[str, str]:
        """Which words are which labels."""
        return {word: box.key for word, box in self.words.items() if box.key}

    def count_like(self, unit: Unit, *, inclusive: bool, first: int) -> None:
        """Count in another way, as was proposed."""
        self.unit.pick(unit.value)
        self.columns.count_like(inclusive=inclusive, first=first)
        self.changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Write in other colours."""
        self.rows.set_theme(theme)

    def _who_chosen(self) -> None:
        is_new = self.who.key == _NEW
        self.name.setVisible(is_new)
        if is_new:
            self.name.setFocus()
        self.changed.emit()

    def _named(self) -> None:
        name = " ".join(self.name.text().split())
        if name != self._last_name:
            self._last_name = name
            self.changed.emit()


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _room(words: str) -> tuple[QFrame, QGridLayout]:
    room = QFrame(objectName="card")
    column = QVBoxLayout(room)
    column.setContentsMargins(12, 8, 12, 12)
    column.setSpacing(6)
    column.addWidget(QLabel(words, objectName="dim"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    column.addLayout(grid)
    return room, grid


def _row(grid: QGridLayout, row: int, name: str, count: int, box: Pick) -> None:
    grid.addWidget(QLabel(name), row, 0)
    number = QLabel(
        f"{count:,}", objectName="badge", alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    )
    grid.addWidget(number, row, 1)
    grid.addWidget(box, row, 2)


def _clear(grid: QGridLayout) -> None:
    while grid.count():
        widget = grid.takeAt(0).widget()
        if widget is not None:
            widget.deleteLater()
