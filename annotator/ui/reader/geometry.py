"""Where characters lie on the page, and which character lies where. All coordinates are the document's."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

from annotator.ui.reader.page import Page
from annotator.ui.reader.rhythm import Rhythm

_MOST_KEPT = 4_000
"""Lines that a page keeps."""
_OVER = 20.0
"""How far above its words (px) something of a line may stand: in a narrow margin, what its paragraph is."""
_NEAR = 1.5
"""Stretches of glyphs that are closer than this (px) are one."""


class Line(NamedTuple):
    """One visual line.

    Attributes:
        number: of its paragraph. base: the document's position where that paragraph starts.
        start, end: code points, half-open; a blank at which the line is wrapped is not part of it.
        stop: code point at which the next line starts, or the paragraph's end.
        left, baseline: in pixels.
        rtl: whether the paragraph runs from right to left; mixed: whether something in it does.
        wraps_in, wraps_out: whether the paragraph has lines before or after it.
    """

    number: int
    base: int
    start: int
    end: int
    stop: int
    text: QTextLine
    left: float
    baseline: float
    rtl: bool
    mixed: bool
    rhythm: Rhythm
    wraps_in: bool
    wraps_out: bool

    @property
    def top(self) -> float:
        """Where the line's washes begin."""
        return self.baseline - self.rhythm.above

    @property
    def foot(self) -> float:
        """Where the line's own lanes end."""
        return self.baseline + self.rhythm.band_bottom

    @property
    def bottom(self) -> float:
        """Where everything of the line ends, the rows of others' labels too."""
        return self.baseline + self.rhythm.bottom


def lines_between(page: Page, top: float, bottom: float) -> Iterator[Line]:
    """Yield the visual lines of which something lies between two heights: words, lanes or rows."""
    for block, _ in _blocks_between(page, top, bottom):
        for line in _lines_of(page, block, top, bottom):
            if line.bottom + 2 >= top and line.top - _OVER <= bottom:
                yield line


def paragraphs_between(page: Page, top: float, bottom: float) -> Iterator[tuple[int, float, float]]:
    """Yield the paragraphs of which something lies between two heights: their numbers, and from where to where Qt's boxes go."""
    for block, bounds in _blocks_between(page, top, bottom):
        yield block.blockNumber(), bounds.top(), bounds.bottom()


def _blocks_between(page: Page, top: float, bottom: float) -> Iterator[tuple[QTextBlock, QRectF]]:
    layout = page.document.documentLayout()
    reach = page.reach
    block = _block_at(page, top - reach)
    while block.isValid():
        bounds = layout.blockBoundingRect(block)
        if bounds.top() - reach > bottom:
            return
        yield block, bounds
        block = block.next()


def line_at_height(page: Page, y: float) -> Line:
    """Return the line whose words or lanes lie at a height, or the nearest one."""
    block = _block_at(page, y)
    index = int((y - block.layout().position().y()) // page.rhythm(block.blockNumber()).leading)
    line = line_of(page, block, max(0, min(index, block.layout().lineCount() - 1)))
    # Qt's boxes end just below the words; what the eye takes for a line ends with its lanes.
    while (before := line_beside(page, line, -1)) is not None and y <= before.bottom:
        line = before
    while (after := line_beside(page, line, 1)) is not None and after.top - y < y - line.bottom:
        line = after
    return line


def line_beside(page: Page, line: Line, by: int) -> Line | None:
    """Return the visual line before (-1) or after (1) one, or None at the text's ends."""
    block = page.document.findBlockByNumber(line.number)
    index = line.text.lineNumber() + by
    if 0 <= index < block.layout().lineCount():
        return line_of(page, block, index)
    block = block.previous() if by < 0 else block.next()
    while block.isValid() and not block.isVisible():
        block = block.previous() if by < 0 else block.next()
    if not block.isValid():
        return None
    page.document.documentLayout().blockBoundingRect(block)  # lays it out where that was not done yet
    return line_of(page, block, block.layout().lineCount() - 1 if by < 0 else 0)


def _block_at(page: Page, y: float) -> QTextBlock:
    """Return the paragraph at a height, or one beside it."""
    layout = page.document.documentLayout()
    near = page.reach
    for shift in (0.0, 4.0, -4.0, 9.0, -9.0, 16.0, -16.0):
        position = layout.hitTest(QPointF(0, y + shift), Qt.HitTestAccuracy.FuzzyHit)
        block = page.document.findBlock(max(0, position))
        bounds = layout.blockBoundingRect(block)
        # Where boxes overlap (letters taller than their line), Qt answers with the end of the text.
        if bounds.top() - near <= y <= bounds.bottom() + near:
            break
    return block


def line_of_position(page: Page, position: int) -> Line:
    """Return the line in which the character at a code point lies; at a wrap, the later line."""
    unit = page.to_unit(position)
    block = page.document.findBlock(unit)
    if not block.isVisible():
        block = page.document.findBlockByNumber(page.folds.shown(block.blockNumber()))
    page.document.documentLayout().blockBoundingRect(block)  # lays it out where that was not done yet
    layout = block.layout()
    # Qt's own lineForTextPosition looks at one line after the other.
    index = bisect_right(range(layout.lineCount()), unit - block.position(), key=lambda n: layout.lineAt(n).textStart())
    return line_of(page, block, max(0, index - 1))


def line_of(page: Page, block: QTextBlock, index: int) -> Line:
    """Return the visual line `index` of a paragraph that is laid out. The page keeps it until it is laid out anew."""
    place = (block.blockNumber(), index)
    found: Line | None = page.kept_lines.get(place)
    if found is None:
        if len(page.kept_lines) >= _MOST_KEPT:
            page.kept_lines.clear()
        found = page.kept_lines[place] = _line_of(page, block, index)
    return found


def _line_of(page: Page, block: QTextBlock, index: int) -> Line:
    layout = block.layout()
    line = layout.lineAt(index)
    origin = layout.position()
    base = block.position()
    number = block.blockNumber()
    start = page.to_character(base + line.textStart())
    stop = page.to_character(base + line.textStart() + line.textLength())
    wraps_out = index < layout.lineCount() - 1
    end = stop
    if wraps_out:
        while end > start and page.text[end - 1].isspace():
            end -= 1
    baseline = origin.y() + line.y() + line.ascent()
    ways = page.is_rtl(number), page.is_mixed(number)
    rhythm = page.rhythm(number)
    return Line(number, base, start, end, stop, line, origin.x(), baseline, *ways, rhythm, index > 0, wraps_out)


def _lines_of(page: Page, block: QTextBlock, top: float, bottom: float) -> Iterator[Line]:
    """Yield the lines of one paragraph near a stretch of the page, without touching the others."""
    layout = block.layout()
    leading = page.rhythm(block.blockNumber()).leading
    origin = layout.position().y()
    count = layout.lineCount()
    first = max(0, int((top - origin) // leading) - 1)
    last = min(count, int((bottom - origin) // leading) + 2)
    for index in range(first, last):
        yield line_of(page, block, index)


def extents(page: Page, line: Line, start: int, end: int) -> list[tuple[float, float]]:
    """Return from where to where the characters ``start``-``end`` lie on a line, left to right, in one or more parts."""
    start, end = max(start, line.start), min(end, line.end)
    if start >= end:
        return []
    first, last = page.to_unit(start) - line.base, page.to_unit(end) - line.base
    if not line.mixed:
        return [(line.left + _x(line.text, first), line.left + _x(line.text, last))]
    return [(line.left + low, line.left + high) for low, high in _glyph_extents(line.text, first, last)]


def caret_x(page: Page, line: Line, position: int) -> float:
    """Return where a caret before the character at a code point stands on a line."""
    unit = page.to_unit(position) - line.base
    if line.mixed and _layout(page, line).isValidCursorPosition(unit):
        return line.left + _letter_x(line.text, unit)
    return line.left + _x(line.text, unit)


def character_at(page: Page, line: Line, x: float) -> int:
    """Return the code point before which a caret at `x` on a line stands: the nearest bound between characters."""
    unit = _unit_at(page, line, x - line.left)
    position = page.to_character(line.base + unit)
    # Behind the blank at which it wraps, a caret would stand at the next line's start.
    return min(position, line.end) if line.wraps_out else position


def _unit_at(page: Page, line: Line, x: float) -> int:
    """Return the caret's position (UTF-16, within the paragraph) that is nearest to `x`.

    For a letter with several marks Qt answers with the end of the line, wherever the letter stands. So it is asked for
    the letter under `x`, and only where directions meet for the position as well.
    """
    under = line.text.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
    layout = _layout(page, line)
    end = line.text.textStart() + line.text.textLength()
    after = min(layout.nextCursorPosition(under), end)
    if page.is_mixed(line.number):
        unit = line.text.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        if unit != end or after == end:
            return unit
    return min((under, after), key=lambda unit: abs(_letter_x(line.text, unit) - x))


def boxes(page: Page, start: int, end: int, top: float, bottom: float) -> Iterator[QRectF]:
    """Yield the boxes of the words ``start``-``end`` on the lines between two heights."""
    for line in lines_between(page, top, bottom):
        for low, high in extents(page, line, start, end):
            yield QRectF(low, line.top, high - low, line.rhythm.above + line.rhythm.below)


def _x(line: QTextLine, unit: int) -> float:
    place = line.cursorToX(unit)
    return float(place[0] if isinstance(place, tuple) else place)


def _letter_x(line: QTextLine, unit: int) -> float:
    """Return where a letter begins, in its own direction.

    In a run against the paragraph's direction that holds marks, Qt takes one letter for the run's end (it counts glyphs
    where letters are meant) and says so by answering for another place; where the letter's glyphs lie is right.
    """
    x, answered = line.cursorToX(unit)
    if answered != unit:
        for run in line.glyphRuns(unit, 1):
            for low, high in _glyph_extents(line, unit, unit + 1):
                return high if run.isRightToLeft() else low
    return float(x)


def _layout(page: Page, line: Line) -> QTextLayout:
    return page.document.findBlockByNumber(line.number).layout()


def _glyph_extents(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return where the glyphs of a range lie: in bidirectional text two cursor positions do not tell."""
    parts: list[tuple[float, float]] = []
    for run in line.glyphRuns(start, end - start):
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        lows, highs = [], []
        for place, advance in zip(run.positions(), advances, strict=False):
            width = advance.x()
            if width > 0:  # a mark on a letter takes none
                low = place.x()
                lows.append(low)
                highs.append(low + width)
        if lows:  # the glyphs of a run lie side by side
            parts.append((min(lows), max(highs)))
    parts.sort()
    joined: list[tuple[float, float]] = []
    for low, high in parts:
        if joined and low <= joined[-1][1] + _NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined
