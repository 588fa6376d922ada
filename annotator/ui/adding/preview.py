"""What was read, before it is added: the articles with their proposed types, what is here already, and problems."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from annotator.model.article import BlockKind
from annotator.project.blocks import kind_at, retyped, units
from annotator.project.drafting import ArticleDraft, Drafted, NewArticle
from annotator.ui.adding.column_bar import ColumnBar
from annotator.ui.adding.draft_form import DraftForm
from annotator.ui.adding.draft_model import DraftModel, DraftRow, shown
from annotator.ui.articles.row_page import ENTER, RowPage, side_by_side
from annotator.ui.label.paragraphs import below, reach
from annotator.ui.look.theme import Theme
from annotator.ui.reader.view import Reader
from annotator.ui.widgets.head import Head
from annotator.ui.widgets.rows import Rows
from annotator.ui.widgets.type_box import KEYS, TypeBox, type_name

LEFT, RIGHT = 320, 272


class AddPreview(RowPage):
    """A page of the window: rows at the left, the chosen article with its types at the right.

    Signals:
        accepted: the `ArticleDraft` that is to be added.
        left: the person goes back to what they did; what was read is kept.
        discarded: nothing of it is to be added.
        columns_changed: the names of a table's columns, and what they hold now by name; it is to be read again.
        habit_changed: whether to add without looking from now on.
    """

    accepted = Signal(object)
    left = Signal()
    discarded = Signal()
    columns_changed = Signal(object, object)
    habit_changed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        rows = Rows("Articles to add")
        painter = DraftRow(rows, theme)
        self.reader = Reader()
        super().__init__("Articles to add", rows, painter, (self.reader,))
        self._drafted = Drafted(ArticleDraft(()))
        self.model = DraftModel(self)
        rows.setModel(self.model)
        rows.set_painter(painter)
        self.words = QLabel(objectName="emptyText", wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.words.setContentsMargins(48, 48, 48, 48)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pages = QStackedWidget()
        self.columns = ColumnBar()
        self.form = DraftForm()
        self.form.setMinimumWidth(224)
        self.box = TypeBox(self.reader)
        self.heading = QLabel(objectName="formTitle")
        self.summary = QLabel(objectName="dim")
        self.without = QCheckBox("Add without looking from now on")
        self.plain = QPushButton("Take as plain text", checkable=True)
        self.copies = QPushButton("Leave out copies")
        self.copies.setToolTip("Add only the first of several articles that are mostly the same.")
        self.discard = QPushButton("Discard")
        self.add_all = QPushButton(objectName="primary")
        self.hint = QLabel(_hint(), objectName="dim", wordWrap=True)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        buttons = (self.without, self.plain, self.copies, self.discard, self.add_all)
        for page in (self.reader, self.words):
            self.pages.addWidget(page)
        foot = QFrame(objectName="tray")
        inner = QHBoxLayout(foot)
        inner.setContentsMargins(16, 6, 16, 6)
        inner.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Head(self.heading, self.summary, *buttons))
        column.addWidget(self.columns)
        column.addWidget(side_by_side(LEFT, self.list, self.pages, self.form, rest=(640, RIGHT)), 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_row())
        self.add_all.clicked.connect(self.accept)
        self.discard.clicked.connect(self.discarded)
        self.copies.clicked.connect(self.model.leave_out_copies)
        self.without.toggled.connect(self.habit_changed)
        self.plain.toggled.connect(self._take_plain)
        self.columns.changed.connect(self.columns_changed)
        self.box.chosen.connect(self.set_kind)
        self.form.written.connect(self._write)
        self.form.left.connect(self.list.setFocus)
        self.model.dataChanged.connect(lambda *_: self._tell())

    def show_drafted(self, drafted: Drafted, *, without: bool) -> None:
        """Show what was read; `without` is whether the person usually adds without looking.

        What is shown again is as it was left: types, titles, and what is not to be added.
        """
        is_again, self._drafted = drafted is self._drafted, drafted
        if is_again:
            return
        for box, on in ((self.without, without), (self.plain, False)):
            with QSignalBlocker(box):
                box.setChecked(on)
        self.plain.setVisible(drafted.plain is not None and bool(drafted.plain.articles))
        self.columns.show_tables(drafted.draft.tables)
        self._show_draft(drafted.draft)

    def accept(self) -> None:
        """Add everything that is not left out."""
        taken = self.model.taken
        if taken.articles:
            self.accepted.emit(taken)

    def set_kind(self, kind: BlockKind) -> None:
        """Give the paragraphs at the caret, or those of the selection, a type."""
        row = self.list.currentIndex().row()
        article = self.model.article(row)
        if article is not None:
            self.model.set_blocks(row, retyped(article.text, article.blocks, *reach(self.reader), kind))
            self.reader.update_article(shown(self.model.article(row) or article))

    def _write(self, article: NewArticle) -> None:
        """Take over another title or other metadata."""
        row = self.list.currentIndex().row()
        self.model.set_article(row, article)
        self.reader.update_article(shown(article))

    def open_box(self) -> None:
        """Choose the type of the paragraph at the caret."""
        article = self.model.article(self.list.currentIndex().row())
        start, end = reach(self.reader)
        found = units(article.text, article.blocks, start, end) if article is not None else []
        if article is not None and found:
            self.box.open(kind_at(article.blocks, found[0].start), below(self.reader, start))

    def toggle(self) -> None:
        """Leave the chosen article out, or take it after all."""
        row = self.list.currentIndex().row()
        if row >= 0:
            self.model.toggle(row)

    def edit_title(self) -> None:
        """Go to the title of the chosen article; Tab goes on to what else is known about it."""
        line = self.form.lines.get("title")
        if line is not None:
            line.setFocus()
            line.selectAll()

    def _deed(self, watched: QObject, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does: types in the text, Enter, Space and Escape everywhere."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier):
            kind = KEYS.get(chr(event.key()).lower()) if event.key() < 128 else None
            return (lambda: self.set_kind(kind)) if kind is not None else None
        if modifiers:
            return None
        plain = {
            **dict.fromkeys(ENTER, self.accept),
            Qt.Key.Key_Escape: self.left.emit,
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Delete: self.toggle,
            Qt.Key.Key_F2: self.edit_title,
        }
        if event.key() in plain:
            return plain[Qt.Key(event.key())]
        if watched is not self.reader:
            return None
        letter = event.text().lower()
        if letter in KEYS:
            return lambda: self.set_kind(KEYS[letter])
        return {"k": self.open_box, "z": self.reader.toggle_fold}.get(letter)

    def _take_plain(self, on: bool) -> None:
        self._show_draft(self._drafted.plain if on and self._drafted.plain else self._drafted.draft)

    def _show_draft(self, draft: ArticleDraft) -> None:
        self.model.show(draft)
        first = next((row for row, entry in enumerate(self.model.entries) if entry.article >= 0), 0)
        self.list.show_row(first if self.model.entries else -1)
        self._show_row()
        self._tell()

    def _show_row(self) -> None:
        row = self.list.currentIndex().row()
        article = self.model.article(row)
        self.form.setVisible(article is not None)
        self.form.show_article(article)
        if article is not None and self._session is not None:
            self.reader.show_article(shown(article), (), self._session.project.codebook)
            self.pages.setCurrentWidget(self.reader)
        else:
            entry = self.model.entries[row] if 0 <= row < len(self.model.entries) else None
            self.words.setText(f"{entry.title}\n\n{entry.detail}" if entry else "There is nothing to add.")
            self.pages.setCurrentWidget(self.words)

    def _tell(self) -> None:
        count = sum(entry.taken for entry in self.model.entries)
        of = len(self.model.draft.articles)
        self.heading.setText(
            "Add this article?" if of == 1 else f"Add these {of:,} articles?" if of else "Nothing to add"
        )
        self.summary.setText(self.model.summary())
        which = "Add" if of == 1 else "Add all" if count == of else f"Add {count:,} of {of:,}"
        self.add_all.setText(f"{which}   Enter")
        self.add_all.setEnabled(count > 0)
        self.copies.setVisible(any(entry.sign == "copy" for entry in self.model.entries))
        self.copies.setEnabled(any(entry.sign == "copy" and entry.taken for entry in self.model.entries))


def _hint() -> str:
    keys = " · ".join(f"{key.upper()} {type_name(kind).lower()}" for key, kind in KEYS.items())
    return f"In the text, a key says what the paragraph at the caret is: {keys}. Z folds · Space leaves an article out · F2 title."
