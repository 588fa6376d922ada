"""What the mouse means: select, mark, cycle through marks, drag an edge, add a fragment."""

from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QPointF, Qt

from annotator.model.span import Fragment, Span
from annotator.project import reading
from annotator.ui.reader import geometry
from annotator.ui.reader.hits import Grip, grip_at, marks_at
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.page import Page
from annotator.ui.reader.selection import Selection, dragged, reshaped

SLACK = 4.0
"""How far the mouse may tremble (px) before a click is a drag."""
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Surface(Protocol):
    """What the gestures work on: the reading view."""

    page: Page
    index: MarkIndex
    selected: str
    hovered: str
    pending: Selection

    def select_pending(self, selection: Selection) -> None: ...  # noqa: D102 - named after what it does
    def hover(self, mark: str) -> None: ...  # noqa: D102
    def click_mark(self, mark: str) -> None: ...  # noqa: D102
    def finish_drag(self, span: Span) -> None: ...  # noqa: D102
    def add_fragment(self, fragment: Fragment) -> None: ...  # noqa: D102
    def preview(self, mark: str, span: Span | None) -> None: ...  # noqa: D102
    def finish_reshape(self, mark: str, span: Span) -> None: ...  # noqa: D102


class _Doing(Enum):
    NOTHING = auto()
    PRESSED = auto()
    SELECTING = auto()
    GRIPPING = auto()
    RESHAPING = auto()


class Gestures:
    """Turns presses, moves and releases (points of the document) into calls of the surface."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._doing = _Doing.NOTHING
        self._press = QPointF()
        self._from = 0
        self._kept: tuple[Fragment, ...] = ()
        self._adds = False
        self._grip: Grip | None = None
        self._original: Span | None = None
        self._new: Span | None = None
        self._clicked: tuple[QPointF, str, list[str]] = (QPointF(-99, -99), "", [])

    @property
    def is_dragging(self) -> bool:
        """Whether a drag is under way, so that the view scrolls at its edges."""
        return self._doing in (_Doing.SELECTING, _Doing.RESHAPING)

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The left button went down."""
        surface = self._surface
        self._press = point
        self._adds = bool(modifiers & _CTRL)
        self._kept = surface.pending.span.fragments if self._adds and surface.pending.span else ()
        self._grip = None if modifiers & (_CTRL | _SHIFT) else self.grip(point)
        if self._grip:
            annotation = surface.index.get(self._grip.mark)
            self._original = self._new = annotation.span if annotation else None
            self._doing = _Doing.GRIPPING
            return
        self._from = self._position(point)
        self._doing = _Doing.PRESSED
        if modifiers & _SHIFT:
            self._from = surface.pending.anchor
            self._doing = _Doing.SELECTING
            self._select(point, modifiers)

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse moved with the left button down."""
        far = (point - self._press).manhattanLength() > SLACK
        if self._doing is _Doing.PRESSED and far:
            self._doing = _Doing.SELECTING
        elif self._doing is _Doing.GRIPPING and far:
            self._doing = _Doing.RESHAPING
        if self._doing is _Doing.SELECTING:
            self._select(point, modifiers)
        elif self._doing is _Doing.RESHAPING:
            self._reshape(point, modifiers)

    def release(self, point: QPointF) -> None:
        """The left button went up: what was begun is done."""
        surface, doing = self._surface, self._doing
        self._doing = _Doing.NOTHING
        if doing in (_Doing.PRESSED, _Doing.GRIPPING):
            self._click(point)
        elif doing is _Doing.SELECTING:
            self._finish_selecting()
        elif doing is _Doing.RESHAPING and self._grip:
            surface.preview(self._grip.mark, None)
            if self._new and self._new != self._original:
                surface.finish_reshape(self._grip.mark, self._new)

    def cancel(self) -> None:
        """Give up what was begun and leave everything as it was."""
        if self._doing is _Doing.RESHAPING and self._grip:
            self._surface.preview(self._grip.mark, None)
        self._doing = _Doing.NOTHING

    def take_word(self, point: QPointF) -> None:
        """A double click: the word, and more words if the mouse is dragged on."""
        self._take(point, reading.word_at(self._surface.page.text, self._position(point)))

    def take_sentence(self, point: QPointF) -> None:
        """A triple click: the sentence."""
        self._take(point, reading.sentence_at(self._surface.page.text, self._position(point)))

    def hover(self, point: QPointF) -> Grip | None:
        """The mouse moved with no button down; return the edge it could take."""
        surface = self._surface
        grip = self.grip(point)
        if grip is None:
            surface.hover(next(iter(marks_at(surface.page, surface.index, point)), ""))
        return grip

    def grip(self, point: QPointF) -> Grip | None:
        """Return the edge of the selected or the hovered mark at a point."""
        surface = self._surface
        marks = tuple(mark for mark in (surface.selected, surface.hovered) if mark in surface.index)
        return grip_at(surface.page, surface.index, point, marks) if marks else None

    def _position(self, point: QPointF) -> int:
        page = self._surface.page
        return geometry.character_at(page, geometry.line_at_height(page, point.y()), point.x())

    def _select(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        exact = bool(modifiers & _ALT)
        anchor, caret = dragged(self._surface.page.text, self._from, self._position(point), exact=exact)
        kept = tuple(each for each in self._kept if each.end < min(anchor, caret) or each.start > max(anchor, caret))
        self._surface.select_pending(Selection(anchor, caret, kept))

    def _finish_selecting(self) -> None:
        surface = self._surface
        pending = surface.pending
        if pending.anchor == pending.caret:
            return
        if self._adds and not self._kept and surface.selected:
            fragment = Fragment(pending.start, pending.end)
            surface.select_pending(pending.at(pending.caret))
            surface.add_fragment(fragment)
        elif not self._adds and pending.span:
            surface.finish_drag(pending.span)

    def _reshape(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._grip is None or self._original is None:
            return
        surface = self._surface
        grip = (self._grip.fragment, self._grip.edge)
        exact = bool(modifiers & _ALT)
        new = reshaped(surface.page.text, self._original, grip, self._position(point), exact=exact)
        if new != self._new:
            self._new = new
            surface.preview(self._grip.mark, new)

    def _click(self, point: QPointF) -> None:
        """Take the mark on top, or the one beneath when the same place is clicked again."""
        surface = self._surface
        surface.select_pending(Selection().at(self._position(point)))
        marks = marks_at(surface.page, surface.index, point)
        where, last, pile = self._clicked
        near = (point - where).manhattanLength() <= SLACK * 2
        mark = next(iter(marks), "")
        if near and pile == marks and last in marks and last == surface.selected:
            mark = marks[(marks.index(last) + 1) % len(marks)]
        self._clicked = (point, mark, marks)
        surface.click_mark(mark)

    def _take(self, point: QPointF, found: Fragment | None) -> None:
        if found is None:
            return
        self._press = point
        self._from = found.start
        self._adds = False
        self._kept = ()
        self._doing = _Doing.NOTHING
        self._surface.select_pending(Selection(found.start, found.end))
