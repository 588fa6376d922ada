"""A gold label by hand: the words, the label and its attributes, beginning from one of the versions."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.model.adjudication import Draft
from annotator.model.article import Article
from annotator.model.codebook import Attribute, Codebook
from annotator.model.span import Span
from annotator.model.versions import Mark
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector.values import ValuesRow
from annotator.ui.reader.view import Reader
from annotator.ui.theme import Theme

EDGES = {"[": ("left", -1), "]": ("left", 1), "{": ("right", -1), "}": ("right", 1)}
_HINT = (
    "[ ] { } move the edges by a word · Shift and arrows select anew · a label's key changes the label · Esc goes back"
)


class Editor(QWidget):
    """The text with the words selected, and below it label and attributes.

    Signals:
        accepted: the `Draft` of the gold label.
        left: the person goes back without deciding.
        failed: a sentence.
    """

    accepted = Signal(object)
    left = Signal()
    failed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName("Edit the gold label")
        self._theme = theme
        self._book: Codebook | None = None
        self._label = ""
        self._values: tuple[tuple[str, str], ...] = ()
        self._rows: list[ValuesRow] = []
        self._entered: ValuesRow | None = None
        self.reader = Reader()
        self.reader.installEventFilter(self)
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
        row.addWidget(QLabel(_HINT, objectName="dim", wordWrap=True), 1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reader, 1)
        column.addWidget(self.labels)
        column.addWidget(self._area)
        column.addWidget(foot)

    def begin(self, article: Article, mark: Mark, book: Codebook) -> None:
        """Begin from a version's label."""
        self._book = book
        self._label = mark.label
        self._values = mark.attributes
        self.reader.show_article(article, (), book)
        self.reader.set_selection(mark.span)
        self.reader.reveal(mark.span.start, mark.span.end)
        self._show_labels()
        self._show_attributes()
        self.reader.setFocus()

    def set_label(self, label: str) -> None:
        """Give the words another label; values that it has no attribute for are dropped."""
        if self._book is None or label == self._label:
            return
        self._label = label
        known = {each.id for each in self._book.attributes_of(label)}
        self._values = tuple(each for each in self._values if each[0] in known)
        self._show_labels()
        self._show_attributes()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self.reader.set_theme(theme)
        for row in self._rows:
            row.refresh_icons()

    @property
    def draft(self) -> Draft | None:
        """What would be gold; None where no words are selected."""
        span: Span | None = self.reader.selection()
        return None if span is None else Draft(self._label, span, tuple(sorted(self._values)))

    def accept(self) -> None:
        """Take it."""
        draft = self.draft
        if draft is None:
            self.failed.emit("Select the words first: nothing is selected")
        else:
            self.accepted.emit(draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the editor before the actions of the window have them."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            done = self._take_key(event, do=event.type() == QEvent.Type.KeyPress)
            if done:
                event.accept()
                return True
        is_repainted = watched is self.reader and event.type() == QEvent.Type.PaletteChange
        # A style sheet gives a widget its first palette back when it is polished again.
        if is_repainted and self.reader.palette().color(QPalette.ColorRole.Text) != QColor(self._theme.text):
            self.reader.set_theme(self._theme)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent, *, do: bool) -> bool:
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        text = event.text()
        deed = None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            deed = self.accept
        elif event.key() == Qt.Key.Key_Escape:
            deed = self._escape
        elif text in EDGES:
            deed = lambda: self.reader.move_selection_edge(*EDGES[text])  # noqa: E731
        elif self._entered is not None and text:
            deed = lambda: self._pick_key(text)  # noqa: E731
        elif text.isdigit() and 1 <= int(text) <= len(self._rows):
            deed = lambda: self._enter(self._rows[int(text) - 1])  # noqa: E731
        elif text.strip():
            deed = lambda: self._label_key(text)  # noqa: E731
        if deed is not None and do:
            deed()
        return deed is not None

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
        if label:
            self.set_label(label)
        else:
            self.failed.emit(f"No label has the key {key.upper()}")

    def _labels(self):  # noqa: ANN202 - the labels that can be given
        return [each for each in self._book.labels if not each.retired] if self._book else []

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
            chip.setText(f"{label.key.upper()}  {label.name}" if label.key else label.name)
            chip.setChecked(label.id == self._label)

    def _clicked(self, label: str) -> None:
        self.set_label(label)
        self._show_labels()
        self.reader.setFocus()

    def _show_attributes(self) -> None:
        self._leave_row()
        for row in self._rows:
            row.hide()
            row.deleteLater()
        attributes = self._book.attributes_of(self._label) if self._book else ()
        self._rows = [ValuesRow(number, each, pins=False) for number, each in enumerate(attributes, 1)]
        for row in self._rows:
            row.picked.connect(self._picked)
            row.left.connect(self.reader.setFocus)
            self._column.addWidget(row)
        self._area.setVisible(bool(self._rows))
        self._show_values()

    def _show_values(self) -> None:
        for row in self._rows:
            given = tuple(value for key, value in self._values if key == row.attribute.id)
            row.show_values(given, pinned=False)

    def _picked(self, attribute_id: str, value: str) -> None:
        attribute = next(row.attribute for row in self._rows if row.attribute.id == attribute_id)
        self._values = picked(self._values, attribute, value)
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
