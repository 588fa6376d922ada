"""Everything about the selected label: words, frame, relations, attributes, note, history."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.model.annotation import Annotation
from annotator.model.codebook import Attribute
from annotator.ui.actions.actions import Actions
from annotator.ui.frames.framing import Framing
from annotator.ui.frames.trail import Trail
from annotator.ui.inspector.article_form import ArticleForm
from annotator.ui.inspector.heading import Heading
from annotator.ui.inspector.link_rows import frame_rows, relation_rows
from annotator.ui.inspector.note import NoteField
from annotator.ui.inspector.offers import Offers
from annotator.ui.inspector.other_label import OtherLabel
from annotator.ui.inspector.rows import Rows
from annotator.ui.inspector.story import story
from annotator.ui.inspector.values import ValuesRow
from annotator.ui.look.theme import Theme
from annotator.ui.others.others import Looked
from annotator.ui.session.later import Later
from annotator.ui.widgets.tab_order import lead_through

AFTER = 20
"""Milliseconds by which the inspector follows the text, so that the label is painted first."""
CALM = 200
"""Milliseconds without another label after which Tab is led through what is shown."""
_WORDS = 140
_STORY = 5
_TEACHES = "Select a label ({}) to see its attributes, note, frame, links and history here."


class Inspector(QScrollArea):
    """Shows the selected label.

    `pins_changed` tells that other values are given to new labels than before, `left` that the person is done here and
    goes back to the text.
    """

    pins_changed = Signal()
    left = Signal()

    def __init__(self, actions: Actions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Selected label")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._actions = actions
        self._theme = theme
        self._framing: Framing | None = None
        self._trail: Trail | None = None
        self._shown = self._noted = ""
        self._values: list[ValuesRow] = []
        self._entered: ValuesRow | None = None
        self._soon = Later(self, self.refresh, AFTER)
        self._stops: tuple[QWidget, QWidget] | None = None
        self._lead = Later(self, self._lead_tab, CALM)
        self._teach = QLabel(objectName="dim", wordWrap=True)
        for known in (actions.keys_changed, actions.labels_changed):
            known.connect(self._show_key)
        self._show_key()
        self._teach.setContentsMargins(16, 12, 16, 12)
        self._teach.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.article = ArticleForm()
        self.article.left.connect(self.left)
        self.other = OtherLabel(theme)
        self._heading = Heading(theme)
        self._links = Rows()
        self._offers = Offers(actions)
        self._attributes = QVBoxLayout()
        self._kept: dict[tuple[Attribute, ...], tuple[Rows, list[ValuesRow]]] = {}
        self.note = NoteField()
        self.note.written.connect(self._write_note)
        self.note.left.connect(self.left)
        self._story = QLabel(objectName="dim", wordWrap=True)
        self._story.setContentsMargins(16, 8, 16, 12)
        self._story.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self._about = QWidget()
        column = QVBoxLayout(self._about)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        for widget in (self._heading, self._links, self._offers):
            column.addWidget(widget)
        column.addLayout(self._attributes)
        for widget in (self.note, self._story):
            column.addWidget(widget)
        column.addStretch(1)
        inside = QWidget(objectName="side")
        both = QVBoxLayout(inside)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._teach)
        both.addWidget(self.article)
        both.addWidget(self.other, 1)
        both.addWidget(self._about, 1)
        both.addStretch(0)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """Ask for room for a few rows; the rest is scrolled."""
        return QSize(240, 280)

    def calm_height(self) -> int:
        """Return the height that it needs with no label selected."""
        teach = self._teach.heightForWidth(max(self.width() - 16, 160))
        return teach + self.article.sizeHint().height() + 8

    def set_framing(self, framing: Framing | None, trail: Trail | None) -> None:
        """Work on another project."""
        self._soon.stop()
        self._lead.stop()
        self._framing, self._trail, self._shown = framing, trail, ""
        self.article.set_session(framing.session if framing else None)
        if framing is not None:
            framing.session.selected_changed.connect(self._turn)
            framing.session.annotations_changed.connect(self._touched)
            framing.session.article_switched.connect(self._turn)
            framing.changed.connect(self._later)
            framing.opened.connect(self._later)
        self.refresh()

    def stand_between(self, before: QWidget, after: QWidget) -> None:
        """Let Tab come here from `before`, go through all that is shown as it is read, and on to `after`."""
        self._stops = before, after
        if self._framing is not None:
            self._lead.start()

    def _show_key(self) -> None:
        # A label can have taken the key that it had.
        key = self._actions.key_text("mark.next")
        self._teach.setText(_TEACHES.format(f"{key}, or a click" if key else "a click on it"))

    def _lead_tab(self) -> None:
        if self._stops is not None:
            lead_through(self._stops[0], self.widget(), self._stops[1])

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._heading.set_theme(theme)
        self.other.set_theme(theme)
        for _, values in self._kept.values():
            for row in values:
                row.refresh_icons()

    def show_other(self, looked: Looked | None) -> None:
        """Show somebody else's label, to look at only, as long as no own one is selected; None: no more."""
        book = self._framing.session.project.codebook if self._framing else None
        if looked is None or book is None:
            self.other.forget()
        else:
            self.other.show_label(book.label(looked.annotation.label), looked.name, looked.words, looked.lines)
        self.refresh()

    # Keys

    def take_key(self, text: str) -> bool:
        """Take a key that was pressed in the text: a digit enters an attribute, the next key picks its value.

        Returns:
            Whether it meant something here.
        """
        self._now()
        if self._entered is not None:
            row = self._entered
            if not row.pick(text) and self._framing is not None:
                self._framing.session.said.emit(f"“{row.attribute.name}” has no value with the key {text}")
            self.leave_row()
            return True
        if not (len(text) == 1 and text.isdecimal()) or not self._shown or not 1 <= int(text) <= len(self._values):
            return False
        row = self._values[int(text) - 1]
        self.ensureWidgetVisible(row, 0, 8)
        if row.enter():
            self._entered = row
            if self._framing is not None:
                self._framing.session.said.emit(f"{row.attribute.name}: press the key of a value, Escape leaves it")
        return True

    @property
    def is_entered(self) -> bool:
        """Whether the next key picks a value."""
        return self._entered is not None

    def leave_row(self) -> bool:
        """Wait for no value any more; whether one was waited for."""
        row, self._entered = self._entered, None
        if row is not None:
            row.leave()
        return row is not None

    def enter(self) -> None:
        """Put the focus on the first attribute, or else the note."""
        self._now()
        if not self._shown:
            return
        first = next((row for row in self._values), None)
        target = first.findChild(QPushButton) if first is not None and first.field is None else None
        (target or self.note).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits for attributes here too."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (plain and event.text() and self.take_key(event.text())):
            super().keyPressEvent(event)

    def values(self, attribute: str) -> ValuesRow:
        """Return the row of an attribute."""
        self._now()
        return next(row for row in self._values if row.attribute.id == attribute)

    # Showing

    def refresh(self) -> None:
        """Show the selected label as it is now."""
        self._soon.stop()
        framing = self._framing
        found = framing.session.annotations.get(framing.session.selected) if framing else None
        looks = found is None and self.other.is_shown
        self.other.setVisible(looks)
        self._teach.setVisible(found is None and not looks)
        is_open = framing is not None and framing.session.article is not None
        self.article.setVisible(found is None and not looks and is_open)
        self._about.setVisible(found is not None)
        (self._lead.start if framing is not None else self._lead.stop)()
        if framing is None or found is None:
            self._shown = ""
            return
        if self._shown != found.id:
            self.verticalScrollBar().setValue(0)
        self._shown = found.id
        label = framing.session.project.codebook.label(found.label)
        self._heading.show_label(label, framing.words(found, _WORDS), self._standing(found))
        self._show_links(found)
        self._show_values(found)
        self._show_note()
        self._show_story(found)

    def _later(self) -> None:
        # The label is painted first, what is known about it a moment after.
        self._soon.start()

    def _now(self) -> None:
        if self._soon.is_waiting:
            self.refresh()

    def _turn(self) -> None:
        self.note.finish()
        self.leave_row()
        self._show_note()  # not a moment after, as the rest: words would go to the label that was selected before
        self._soon.start()

    def _show_note(self) -> None:
        framing = self._framing
        found = framing.session.annotations.get(framing.session.selected) if framing else None
        self._noted = found.id if found else ""
        self.note.show_note(found.note if found else "")

    def _touched(self, ids: frozenset[str]) -> None:
        if self._framing is not None and self._framing.session.selected in ids:
            self._soon.start()

    def _standing(self, found: Annotation) -> str:
        framing = self._framing
        if framing is None or found.id not in framing.frames:
            return ""
        level = framing.level(found.id)
        words = f"Nesting level {level}: inside what another one says" if level else ""
        return (
            f"{words} · open"
            if words and framing.open == found.id
            else words or ("Frame open" if framing.open == found.id else "")
        )

    def _show_links(self, found: Annotation) -> None:
        framing = self._framing
        if framing is None:
            return
        follow = self._trail.follow if self._trail else framing.session.select
        self._links.fill([*frame_rows(framing, follow, found), *relation_rows(framing, follow, found)])
        self._offers.show_label(framing, found)

    def _show_values(self, found: Annotation) -> None:
        framing = self._framing
        if framing is None:
            return
        attributes = framing.session.project.codebook.attributes_of(found.label)
        if tuple(row.attribute for row in self._values) != attributes:
            self._entered = None
            self._values = self._rows_for(attributes)
        pins = framing.pins.get(found.label, {})
        for row in self._values:
            row.show_values(found.values(row.attribute.id), pinned=row.attribute.id in pins)

    def _rows_for(self, attributes: tuple[Attribute, ...]) -> list[ValuesRow]:
        """Show the rows of these attributes. They are kept: making them anew with every label would be felt."""
        for rows, _ in self._kept.values():
            rows.hide()
        if attributes not in self._kept:
            values = [ValuesRow(number, each) for number, each in enumerate(attributes, 1)]
            for row in values:
                row.picked.connect(self._pick)
                row.pinned.connect(self._pin)
                row.left.connect(self.left)
            rows = Rows()
            self._attributes.addWidget(rows)
            rows.fill(values)
            self._kept[attributes] = (rows, values)
        rows, values = self._kept[attributes]
        rows.setVisible(bool(values))
        return values

    def _show_story(self, found: Annotation) -> None:
        framing = self._framing
        if framing is None:
            return
        project = framing.session.project
        turns = framing.attempt(lambda: project.history_of(found.id)) or []
        names = {each.id: each.name for each in project.everybody()}
        lines = story(turns, project.codebook, lambda who: names.get(who, ""))
        self._story.setToolTip("\n".join(lines[:40]) if len(lines) > _STORY else "")
        more = [f"and {len(lines) - _STORY:,} earlier"] if len(lines) > _STORY else []
        self._story.setText("\n".join([*lines[:_STORY], *more]))

    # Doing

    def _pick(self, attribute: str, value: str) -> None:
        framing = self._framing
        if framing is None or not self._shown:
            return
        framing.set_attribute(self._shown, attribute, value)
        found = framing.session.annotations.get(self._shown)
        pins = framing.pins.get(found.label, {}) if found else {}
        if found is not None and attribute in pins and found.values(attribute):
            pins[attribute] = found.values(attribute)[0]
            self.pins_changed.emit()
        self._later()

    def _pin(self, attribute: str, keep: bool) -> None:
        framing = self._framing
        found = framing.session.annotations.get(self._shown) if framing else None
        if framing is None or found is None:
            return
        pins = framing.pins.setdefault(found.label, {})
        if keep and found.values(attribute):
            pins[attribute] = found.values(attribute)[0]
        else:
            pins.pop(attribute, None)
        self.pins_changed.emit()
        self._later()

    def _write_note(self, text: str) -> None:
        if self._framing is not None and self._noted:
            self._framing.set_note(self._noted, text)
