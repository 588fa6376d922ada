"""Scrolling that keeps the reader's place."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QTextEdit

from annotator.ui.reader import geometry
from annotator.ui.reader.page import Page


class Place(NamedTuple):
    """The first wholly visible line: the code point it starts at, and how far below the view's top it lies."""

    position: int
    below: float


class Scroll:
    """Moves a view over its page."""

    def __init__(self, view: QTextEdit) -> None:
        self._view = view
        self._bar = view.verticalScrollBar()

    @property
    def top(self) -> int:
        """The height on the page at which the view begins."""
        return self._bar.value()

    @property
    def height(self) -> int:
        """The view's height."""
        return self._view.viewport().height()

    def place(self, page: Page) -> Place:
        """Return where the reader is."""
        if self.top == 0:
            return Place(0, 0.0)
        for line in geometry.lines_between(page, self.top, self.top + self.height):
            if line.top >= self.top - 1:
                return Place(line.start, line.top - self.top)
        return Place(len(page.text), 0.0)

    def hold(self, page: Page, place: Place) -> None:
        """Go back to a place, even if the page was set anew."""
        if place == (0, 0.0):
            self._bar.setValue(0)
            return
        line = geometry.line_of_position(page, min(place.position, len(page.text)))
        self.go(page, line.top - place.below)

    def reveal(self, page: Page, start: int, end: int) -> None:
        """Bring the characters ``start``-``end`` into view; where they are already, nothing moves.

        What is near comes in with a little room around it; what is far is set a third of the view from the top.
        """
        first = geometry.line_of_position(page, min(start, len(page.text)))
        last = geometry.line_of_position(page, max(start, min(end, len(page.text)) - 1))
        seen, height = self.top, self.height
        margin = min(first.rhythm.leading, height / 8)
        top, bottom = first.top - margin, last.bottom + margin
        if (top >= seen or seen == 0) and bottom <= seen + height:
            return
        calm = min(3 * first.rhythm.leading, height / 4)
        if bottom - top > height or seen - height < top < seen:
            target = first.top - calm
        elif seen < top < seen + height * 1.5:
            target = last.bottom + calm - height
        else:
            target = first.top - height / 3
        self.go(page, min(target, first.top - margin))

    def show(self, page: Page, box: QRectF) -> None:
        """Keep a small box, such as the caret's, off the view's edges."""
        margin = min(1.5 * page.rhythms[0].leading, self.height / 4)
        if box.top() - margin < self.top:
            self.go(page, box.top() - margin)
        elif box.bottom() + margin > self.top + self.height:
            self.go(page, box.bottom() + margin - self.height)

    def go(self, page: Page, top: float) -> None:
        """Scroll to a height, also to one that Qt, which lays out a long text bit by bit, has not come to yet."""
        layout, height = page.document.documentLayout(), self.height
        last = page.document.lastBlock()
        below = layout.hitTest(QPointF(0, top + height), Qt.HitTestAccuracy.FuzzyHit)
        if page.document.findBlock(max(0, below)) == last:
            margin = page.document.rootFrame().frameFormat().bottomMargin()
            top = min(top, layout.blockBoundingRect(last).bottom() + margin - height)
        value = round(top)
        if value > self._bar.maximum():
            self._bar.setMaximum(value)
        self._bar.setValue(value)
