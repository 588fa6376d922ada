"""The find bar: words in the open article, hit by hit."""

from bisect import bisect_left

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.model.span import Fragment
from annotator.project.reading import Folded, find_all, fold
from annotator.ui.actions.actions import Actions
from annotator.ui.look.icons import icon
from annotator.ui.widgets.search_field import SearchField

MOST_HITS = 5_000
"""So many hits of one article are marked and counted; nobody steps through more."""


class FindBar(QFrame):
    """Case, accents and styles of quotation marks do not matter.

    Signals:
        hits_changed: the hits as `Fragment`s in code points, and the index of the current one (-1: none).
        taken: the current hit, a `Fragment`, whose words the person goes on with: the bar was left from within.
        left: the bar was closed.
    """

    hits_changed = Signal(list, int)
    taken = Signal(object)
    left = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAccessibleName("Find in this article")
        self._text = ""
        self._folded: Folded | None = None
        self._hits: list[Fragment] = []
        self._current = -1
        self._from = 0
        self.field = SearchField("Find in this article", self, escape_clears=False)
        self.field.setMinimumWidth(200)
        self._words = QLabel(objectName="dim")
        self._words.setMinimumWidth(120)
        self._close = QToolButton(toolTip="Close (Escape)", accessibleName="Close the find bar")
        self._close.clicked.connect(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._words)
        for command_id in ("find.previous", "find.next"):
            button = QToolButton()
            button.setDefaultAction(actions.with_icon(command_id))
            button.setAccessibleName(actions[command_id].text())
            row.addWidget(button)
        row.addWidget(self._close)
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.stepped.connect(lambda steps: self.step(steps or 1))
        self.field.left.connect(self._leave)
        self.refresh_icons()
        self.hide()

    def open_at(self, position: int, words: str = "") -> None:
        """Show the bar; the first hit to look at is the one after `position` (code points).

        `words`, such as the selected ones, are looked for if there are any.
        """
        self._from = position
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus()
        self.field.selectAll()
        self._search()

    def set_text(self, text: str) -> None:
        """Search another article from its start."""
        self._text, self._folded = text, None
        self._from = 0
        if self.isVisible():
            self._search(keep_still=True)

    def step(self, steps: int) -> None:
        """Go to the next hit, or with -1 to the one before; after the last comes the first."""
        if not self._hits:
            return
        self._current = (self._current + steps) % len(self._hits) if self._current >= 0 else 0
        self._from = self._hits[self._current].start
        self._tell()

    def step_beyond(self, start: int, end: int, steps: int) -> None:
        """Go to the first hit after what is selected in the text, or with -1 to the last one before it.

        Shows the bar, which need not be open, and leaves the focus in the text; the hit is `taken`. Where nothing was
        looked for yet, the person is asked for words instead.
        """
        if not self.field.text().strip():
            self.open_at(start)
            return
        self.show()
        self._search(keep_still=True)
        if not self._hits:
            return
        after = bisect_left(self._hits, (end, 0))
        before = bisect_left(self._hits, (start, 0)) - 1
        self._current = (after if steps > 0 else before) % len(self._hits)
        self._from = self._hits[self._current].start
        self._tell()
        self.taken.emit(self._hits[self._current])

    def close_bar(self) -> None:
        """Hide the bar and its hits."""
        self.hide()
        self._hits, self._current = [], -1
        self.hits_changed.emit([], -1)
        self.left.emit()

    def _leave(self) -> None:
        hit = self._hits[self._current] if self._current >= 0 else None
        self.close_bar()
        if hit is not None:
            self.taken.emit(hit)

    @property
    def words(self) -> str:
        """What the bar says: ``3 of 12``."""
        return self._words.text()

    def refresh_icons(self) -> None:
        """Draw the icons anew, after the colours have changed."""
        self.field.refresh_icons()
        self._close.setIcon(icon("x"))

    def _search(self, *, keep_still: bool = False) -> None:
        query = self.field.text().strip()
        self._hits = []
        if query:
            self._folded = self._folded or fold(self._text)
            for start, end in find_all(self._folded, query):
                self._hits.append(Fragment(start, end))
                if len(self._hits) == MOST_HITS:
                    break
        self._current = -1
        if self._hits and not keep_still:
            self._current = bisect_left(self._hits, (self._from, 0)) % len(self._hits)
        self._tell()

    def _tell(self) -> None:
        count = len(self._hits)
        more = "+" if count == MOST_HITS else ""
        if not self.field.text().strip():
            self._words.setText("")
        elif not count:
            self._words.setText("not in this article")
        elif self._current < 0:
            self._words.setText(f"{count:,}{more} here")
        else:
            self._words.setText(f"{self._current + 1:,} of {count:,}{more}")
        self.hits_changed.emit(self._hits, self._current)
