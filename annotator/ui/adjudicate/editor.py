"""A gold label by hand: the words, the label, its attributes and what fills its roles, beginning from one of the versions."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.model.adjudication import Draft, Part
from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Attribute, Codebook
from annotator.ui.adjudicate.edited import Edited
from annotator.ui.adjudicate.frame_row import FrameRow
from annotator.ui.inspector.values import ValuesRow
from annotator.ui.look.theme import Theme
from annotator.ui.reader.view import Reader
from annotator.ui.widgets.captions import caption
from annotator.ui.widgets.flow import FlowLayout

EDGES = {"[": ("left", -1), "]": ("left", 1), "{": ("right", -1), "}": ("right", 1)}
STEPS = {",": -1, ".": 1}
_HINT = (
    "[ ] { } move the edges by a word · Shift and arrows select anew · a label's key changes the label · Esc goes back"
)
_FRAME_HINT = (
    "[ ] { } move the edges by a word · , . go from part to part · select words and press the key of a part's label to add"
    " it · Del takes a part out · Esc goes back"
)


class Editor(QWidget):
    """The text with the words selected, and below it label and attributes.

    Signals:
        accepted: the `Draft` of the gold label, and the `Part`s of its frame; None for a label without roles.
        left: the person goes back without deciding.
        failed: a sentence.
    """

    accepted = Signal(object, object)
    left = Signal()
    failed = Signal(str)
    _resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Edit the gold label")
        self._theme = theme
        self._article: Article | None = None
        self._edited: Edited | None = None
        self._rows: list[ValuesRow] = []
        self._entered: ValuesRow | None = None
        self.reader = Reader()
        self.reader.installEventFilter(self)
        self.reader.mark_clicked.connect(lambda mark: self._turn_to(int(mark)))
        # Parts and attributes take room from the text; when that is settled, the words are brought into sight again.
        self._resized.connect(self._reveal, Qt.ConnectionType.QueuedConnection)
        self.parts = FrameRow()
        self.parts.turned.connect(self._turn_to)
        self.labels = QWidget(objectName="page")
        self._flow = FlowLayout(self.labels, gap=4)
        self._flow.setContentsMargins(16, 8, 16, 0)
        self._chips: dict[str, QPushButton] = {}
        self._attributes = QWidget(objectName="page")
        self._column = QVBoxLayout(self._attributes)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(2)
        self._area = QScrollArea(widgetResizable=True, accessibleName="Attributes")
        self._area.setObjectName("told")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._attributes)
        self._area.setMaximumHeight(168)
        self.take = QPushButton("Take as gold   Enter", objectName="primary")
        self.take.clicked.connect(self.accept)
        self.leave = QPushButton("Go back")
        self.leave.clicked.connect(self.left)
        foot = QFrame(objectName="tray")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        self.hint = QLabel(objectName="dim", wordWrap=True)
        row.addWidget(self.hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reader, 1)
        column.addWidget(self.parts)
        column.addWidget(self.labels)
        column.addWidget(self._area)
        column.addWidget(foot)

    def begin(self, article: Article, draft: Draft, parts: Sequence[Part], book: Codebook) -> None:
        """Begin from a label and what fills its roles."""
        self._article = article
        self._edited = Edited.of(book, draft, parts)
        self.reader.show_article(article, (), book)
        self._show_here()
        self._reveal()
        self.reader.setFocus()

    def set_label(self, label: str) -> None:
        """Give the words another label; values that it has no attribute for are dropped."""
        edited = self._edited
        if edited is None or label == edited.here.label:
            return
        self._keep()
        if edited.relabel(label):
            self._show_here()
        else:
            self.failed.emit("No role of this frame takes that label")

    def _show_here(self) -> None:
        """Show what is at hand: its words selected, its label and its values."""
        edited, article = self._edited, self._article
        if edited is None or article is None:
            return
        marks = [Annotation(str(at), article.id, "", each.label, each.span) for at, each in enumerate(edited.things)]
        self.reader.set_annotations(marks if edited.is_frame else ())
        self.reader.set_selection(edited.here.span)
        self.parts.show_edited(edited, article.text)
        self.hint.setText(_FRAME_HINT if edited.is_frame else _HINT)
        self._show_labels()
        self._show_attributes()

    def _keep(self) -> None:
        """Take the selection over as the words of what is at hand."""
        span = self.reader.selection()
        if self._edited is not None and span is not None:
            self._edited.here.span = span

    def _turn_to(self, place: int) -> None:
        if self._edited is not None and place < len(self._edited.things):
            self._turn(place - self._edited.at)

    def _turn(self, by: int) -> None:
        """Take another part in hand."""
        edited = self._edited
        if edited is not None:
            self._keep()
            edited.turn(by)
            self._show_here()
            self._reveal()
            self.reader.setFocus()

    def _reveal(self) -> None:
        """Bring the words at hand into sight."""
        if self._edited is not None:
            here = self._edited.here.span
            self.reader.reveal(here.start, here.end)

    def _remove(self) -> None:
        """Take the part at hand out of the frame."""
        if self._edited is None or not self._edited.remove():
            self.failed.emit(
                "Only a part can be taken out of its frame; Esc goes back, and 0 says that nothing is right"
            )
        else:
            self._show_here()

    def _move_edge(self, key: str) -> None:
        self.reader.move_selection_edge(*EDGES[key])
        self._keep()
        if self._edited is not None and self._edited.is_frame:
            self._show_here()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.reader.set_theme(theme)
        for row in self._rows:
            row.refresh_icons()

    def accept(self) -> None:
        """Take it."""
        edited = self._edited
        if edited is None or self.reader.selection() is None:
            self.failed.emit("Select the words first: nothing is selected")
        else:
            self._keep()
            self.accepted.emit(edited.things[0].draft, edited.parts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the editor before the actions of the window have them."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            done = self._take_key(event, do=event.type() == QEvent.Type.KeyPress)
            if done:
                event.accept()
                return True
        if watched is self.reader and event.type() == QEvent.Type.Resize:
            self._resized.emit()
        is_repainted = watched is self.reader and event.type() == QEvent.Type.PaletteChange
        # A style sheet gives a widget its first palette back when it is polished again.
        if is_repainted and self.reader.palette().color(QPalette.ColorRole.Text) != QColor(self._theme.text):
            self.reader.set_theme(self._theme)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent, *, do: bool) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        deed = self._deed(event.key(), event.text())
        if deed is not None and do:
            deed()
        return deed is not None

    def _deed(self, key: int, text: str) -> Callable[[], object] | None:
        """Return what a key does here; None where it is not a key of the editor."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.accept
        if key == Qt.Key.Key_Escape:
            return self._escape
        if text in EDGES:
            return partial(self._move_edge, text)
        if self._entered is not None and text:
            return partial(self._pick_key, text)
        if self._edited is not None and self._edited.is_frame:
            if text in STEPS:
                return partial(self._turn, STEPS[text])
            if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                return self._remove
        if text.isdigit() and 1 <= int(text) <= len(self._rows):
            return partial(self._enter, self._rows[int(text) - 1])
        return partial(self._label_key, text) if text.strip() else None

    def _escape(self) -> None:
        if self._entered is not None:
            self._leave_row()
        else:
            self.left.emit()

    def _enter(self, row: ValuesRow) -> None:
        self._leave_row()
        if row.enter():
            self._entered = row
            self._area.ensureWidgetVisible(row)

    def _leave_row(self) -> None:
        if self._entered is not None:
            self._entered.leave()
            self._entered = None

    def _pick_key(self, key: str) -> None:
        row = self._entered
        if row is not None and row.pick(key):
            self._leave_row()

    def _label_key(self, key: str) -> None:
        label = next((each.id for each in self._labels() if each.key.casefold() == key.casefold()), "")
        edited, span = self._edited, self.reader.selection()
        if label and edited is not None and span not in (None, edited.here.span) and edited.role_of(label):
            edited.add(label, span)
            self._show_here()
        elif label:
            self.set_label(label)
        else:
            self.failed.emit(f"No label has the key {key.upper()}")

    def _labels(self):  # noqa: ANN202 - the labels that can be given
        return [each for each in self._edited.book.labels if not each.retired] if self._edited else []

    def _show_labels(self) -> None:
        shown = {each.id: each for each in self._labels()}
        for gone in self._chips.keys() - shown.keys():
            self._chips.pop(gone).deleteLater()
        for label in shown.values():
            if label.id not in self._chips:
                chip = QPushButton(objectName="value", checkable=True)
                chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                chip.clicked.connect(lambda _on=False, label=label.id: self._clicked(label))
                self._chips[label.id] = chip
                self._flow.addWidget(chip)
            chip = self._chips[label.id]
            chip.setText(caption(f"{label.key.upper()}  {label.name}" if label.key else label.name))
            chip.setChecked(label.id == self._edited.here.label)

    def _clicked(self, label: str) -> None:
        self.set_label(label)
        self._show_labels()
        self.reader.setFocus()

    def _show_attributes(self) -> None:
        self._leave_row()
        for row in self._rows:
            row.hide()
            row.deleteLater()
        edited = self._edited
        attributes = edited.book.attributes_of(edited.here.label) if edited else ()
        self._rows = [ValuesRow(number, each, pins=False) for number, each in enumerate(attributes, 1)]
        for row in self._rows:
            row.picked.connect(self._picked)
            row.left.connect(self.reader.setFocus)
            self._column.addWidget(row)
        self._area.setVisible(bool(self._rows))
        self._show_values()

    def _show_values(self) -> None:
        values = self._edited.here.values if self._edited else ()
        for row in self._rows:
            given = tuple(value for key, value in values if key == row.attribute.id)
            row.show_values(given, pinned=False)

    def _picked(self, attribute_id: str, value: str) -> None:
        attribute = next(row.attribute for row in self._rows if row.attribute.id == attribute_id)
        if self._edited is not None:
            self._edited.here.values = picked(self._edited.here.values, attribute, value)
        self._show_values()


def picked(values: tuple[tuple[str, str], ...], attribute: Attribute, value: str) -> tuple[tuple[str, str], ...]:
    """Return values after one was picked: set where it was not, and taken off where it was; a text replaces the old."""
    rest = tuple(each for each in values if each[0] != attribute.id)
    mine = tuple(each for each in values if each[0] == attribute.id)
    pair = (attribute.id, value)
    if attribute.kind == "text":
        return (*rest, pair) if value else rest
    if pair in mine:
        return (*rest, *(each for each in mine if each != pair))
    return (*rest, *mine, pair) if attribute.kind == "choices" else (*rest, pair)
