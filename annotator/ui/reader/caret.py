"""Where the caret goes: by character, word, line, page and to the ends."""

from collections.abc import Callable
from typing import NamedTuple

from annotator.project import reading
from annotator.ui.reader import geometry
from annotator.ui.reader.page import Page
from annotator.ui.reader.selection import Selection, word_ahead, word_back

MOVES = (
    "left",
    "right",
    "word left",
    "word right",
    "up",
    "down",
    "page up",
    "page down",
    "line start",
    "line end",
    "paragraph up",
    "paragraph down",
    "text start",
    "text end",
)


class Move(NamedTuple):
    """A caret's new position, and the column (pixels) that up and down try to keep, None after a move sideways."""

    position: int
    column: float | None = None


def moved(page: Page, selection: Selection, move: str, *, extend: bool, column: float | None, screen: float) -> Move:
    """Return where `move` (one of `MOVES`) takes the caret; `screen` is a page's height in pixels.

    Left and right are directions on the screen: in text that runs from right to left, left goes on.
    """
    caret = selection.caret
    if move in ("up", "down", "page up", "page down"):
        leading = page.rhythm(page.paragraph_of(caret)).leading
        reach = max(leading, screen - 2 * leading) if move.startswith("page") else 0.0
        return _vertical(page, caret, -1 if move.endswith("up") else 1, reach, column)
    if move in ("left", "right"):
        return Move(_sideways(page, caret, -1 if move == "left" else 1))
    if move in ("word left", "word right"):
        ahead = (move == "word right") != page.is_rtl(page.paragraph_of(caret))
        return Move(_by_word(page, selection, ahead=ahead, extend=extend))
    return Move(_FAR[move](page, caret))


_FAR: dict[str, Callable[[Page, int], int]] = {
    "line start": lambda page, caret: geometry.line_of_position(page, caret).start,
    "line end": lambda page, caret: geometry.line_of_position(page, caret).end,
    "paragraph up": lambda page, caret: reading.previous_paragraph(page.text, caret),
    "paragraph down": lambda page, caret: reading.next_paragraph(page.text, caret),
    "text start": lambda _page, _caret: 0,
    "text end": lambda page, _caret: len(page.text),
}


def _by_word(page: Page, selection: Selection, *, ahead: bool, extend: bool) -> int:
    """Extending goes to the edges of words, so that what is selected needs no trimming."""
    if extend:
        return word_ahead(page.text, selection) if ahead else word_back(page.text, selection)
    return (reading.next_word if ahead else reading.previous_word)(page.text, selection.caret)


def _sideways(page: Page, caret: int, by: int) -> int:
    """Go to the next bound between what people see as characters, to the left or to the right."""
    number = page.paragraph_of(caret)
    if not page.is_mixed(number):
        return reading.grapheme_next(page.text, caret) if by > 0 else reading.grapheme_previous(page.text, caret)
    block = page.document.findBlockByNumber(number)
    page.document.documentLayout().blockBoundingRect(block)
    unit = page.to_unit(caret) - block.position()
    layout = block.layout()
    moved_to = layout.leftCursorPosition(unit) if by < 0 else layout.rightCursorPosition(unit)
    if 0 <= moved_to < block.length() and moved_to != unit:
        return page.to_character(block.position() + moved_to)
    ahead = (by > 0) != page.is_rtl(number)
    start, end = page.paragraph(number)
    return min(len(page.text), end + 1) if ahead else max(0, start - 1)


def _vertical(page: Page, caret: int, by: int, reach: float, column: float | None) -> Move:
    line = geometry.line_of_position(page, caret)
    x = geometry.caret_x(page, line, caret) if column is None else column
    far = reach > 0
    target = (
        geometry.line_at_height(page, line.baseline + by * reach)
        if far
        else geometry.line_beside(page, line, by) or line
    )
    if target.start == line.start:
        return Move(0 if by < 0 else len(page.text), x)
    return Move(geometry.character_at(page, target, x), x)
