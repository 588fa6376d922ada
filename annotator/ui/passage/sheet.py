"""An article's text broken into lines, each as high as its lanes need."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from annotator.model.article import Article
from annotator.model.span import Fragment
from annotator.project.reading import OffsetMap
from annotator.ui.reader.geometry import Line
from annotator.ui.reader.marks import MarkIndex, Piece, sections_of
from annotator.ui.reader.page import (
    MEASURE,
    RIGHT_TO_LEFT,
    SIZE,
    Look,
    headings,
    letters,
    paragraphs_against,
    runs_from_right,
    shown,
)
from annotator.ui.reader.rhythm import Rhythm
from annotator.ui.theme import Theme

_LANE = 0.82
"""Height of a lane, in sizes of the text."""
_LEADING = 1.5
_SAMPLE = "The minister said on Tuesday that no such order had been given, and that he would resign. "


class Row(NamedTuple):
    """One visual line with the lanes below it.

    Attributes:
        line: the words; `top` and `height`: where the row lies on the sheet, in pixels.
        depths: how many lanes each version takes here; empty where nobody has anything.
    """

    line: Line
    top: float
    height: float
    depths: tuple[int, ...]

    @property
    def bottom(self) -> float:
        """Where the row ends."""
        return self.top + self.height


class Sheet:
    """The text of one article for one width. Positions are code points; `to_unit` and `to_character` lead to Qt's."""

    def __init__(self, article: Article, theme: Theme, *, face: str, zoom: int) -> None:
        self.article = article
        self.text = article.text
        self.rtl = runs_from_right(article)
        self.size = SIZE * zoom / 100 * (1.06 if self.rtl else 1.0)
        self.font = letters(face, self.size, rtl=self.rtl)
        self.lane_height = round(self.size * _LANE)
        self._offsets = OffsetMap(self.text)
        self._starts = [0, *(place + 1 for place, letter in enumerate(self.text) if letter == "\n")]
        self._against = paragraphs_against(self.text, self._starts, rtl=self.rtl)
        self.sections = sections_of(self._starts, len(self.text))
        self._looks = headings(article, self._starts)
        self._theme = theme
        self._indexes: list[MarkIndex] = []
        self._depths: dict[int, tuple[int, ...]] = {}
        self._layouts: list[QTextLayout] = []
        self._lines: list[list[Line]] = []
        self.rows: list[Row] = []
        self._tops: list[float] = []
        self._firsts: list[int] = []
        self.width = 0.0

    @property
    def measure(self) -> float:
        """The width of a full column."""
        metrics = QFontMetricsF(self.font)
        return metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE

    @property
    def height(self) -> float:
        """The height of everything."""
        return self.rows[-1].bottom if self.rows else 0.0

    def to_unit(self, position: int) -> int:
        """Return Qt's position for a code point."""
        return self._offsets.to_utf16(position)

    def to_character(self, unit: int) -> int:
        """Return the code point of Qt's position."""
        return self._offsets.from_utf16(min(unit, self._offsets.utf16_length))

    def break_lines(self, width: float) -> None:
        """Break the text into lines of that width, without lanes."""
        if self._lines and width == self.width:
            return
        self.width = width
        self._depths = {}
        self._layouts, self._lines = [], []
        for number, start in enumerate(self._starts):
            end = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self.text)
            layout = self._layout(number, start, end)
            self._layouts.append(layout)
            self._lines.append(self._broken(layout, number, start, end))

    def set_versions(self, versions: Sequence[MarkIndex]) -> None:
        """Take the marks of each version, the first one next to the words; `stack` makes room for them."""
        self._indexes = list(versions)
        self._depths = {}

    def stack(self, spots: Iterable[Fragment]) -> None:
        """Give every line room for its lanes; a line that shares a character with `spots` has them too."""
        wanted = list(spots)
        self.rows = []
        top = 0.0
        for lines in self._lines:
            for line in lines:
                depths = self._depths_of(line)
                if not depths and any(start < line.stop and line.start < end for start, end in wanted):
                    depths = (1,) * len(self._indexes)
                words = line.rhythm.leading
                height = words + (sum(depths) * self.lane_height + round(self.size * 0.3) if depths else 0.0)
                baseline = top + round((words - line.rhythm.size) / 2 + line.rhythm.above)
                self.rows.append(Row(line._replace(baseline=baseline), top, height, depths))
                top += height
            top += lines[0].rhythm.space if lines else 0.0
        self._tops = [row.top for row in self.rows]
        self._firsts = [row.line.start for row in self.rows]

    def rows_between(self, top: float, bottom: float) -> list[Row]:
        """Return the rows that are seen between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, bottom)
        return self.rows[first:last]

    def row_of(self, position: int) -> Row | None:
        """Return the row in which the character at a code point stands; None where there is no text."""
        return self.rows[max(0, bisect_right(self._firsts, position) - 1)] if self.rows else None

    def pieces(self, version: int, line: Line) -> list[Piece]:
        """Return what a version has on a line, in reading order; no lane between theirs is empty."""
        return _close_up(self._indexes[version].pieces(line.start, line.end))

    def lane_top(self, row: Row, version: int, lane: int) -> float:
        """Return where a lane of a version begins, on the sheet."""
        below = row.line.baseline + row.line.rhythm.below + round(self.size * 0.12)
        return below + (sum(row.depths[:version]) + lane) * self.lane_height

    def _depths_of(self, line: Line) -> tuple[int, ...]:
        """Return how many lanes each version takes on a line, one at least; nothing where nobody has anything."""
        found = self._depths.get(line.start)
        if found is None:
            used = [{piece.lane.lane for piece in index.pieces(line.start, line.end)} for index in self._indexes]
            found = self._depths[line.start] = tuple(max(1, len(each)) for each in used) if any(used) else ()
        return found

    def _layout(self, number: int, start: int, end: int) -> QTextLayout:
        layout = QTextLayout(shown(self.text[start:end]), self._font(number))
        # A bare layout does not turn left and right round by itself, as a document does.
        rtl = self._is_rtl(number)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        dim = QTextCharFormat()
        dim.setForeground(QColor(self._theme.dimmed))
        formats = []
        for block in self.article.blocks:
            low, high = max(start, block.start), min(end, block.end)
            if not block.kind.is_labelled and low < high:
                found = QTextLayout.FormatRange()
                base = self.to_unit(start)
                found.start, found.length = self.to_unit(low) - base, self.to_unit(high) - self.to_unit(low)
                found.format = dim
                formats.append(found)
        layout.setFormats(formats)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
        layout.endLayout()
        return layout

    def _is_rtl(self, number: int) -> bool:
        return self.rtl != (number in self._against)

    def _font(self, number: int) -> QFont:
        look = self._looks.get(number)
        if look is None:
            return self.font
        font = QFont(self.font)
        font.setPixelSize(round(self._size(number)))
        font.setWeight(QFont.Weight.Bold if look is Look.HEADLINE else QFont.Weight.DemiBold)
        return font

    def _size(self, number: int) -> float:
        return self.size * {Look.HEADLINE: 1.3, Look.SUBHEAD: 1.1}.get(self._looks.get(number, Look.BODY), 1.0)

    def _broken(self, layout: QTextLayout, number: int, start: int, stop: int) -> list[Line]:
        base = self.to_unit(start)
        size = self._size(number)
        rhythm = Rhythm.of(round(size), ratio=2.0 if self.rtl else _LEADING, text=round(self.size), descent=0.3)
        is_blank = not self.text[start:stop].strip()
        if is_blank:
            rhythm = Rhythm.of(round(size * 0.4), ratio=1.0, text=round(self.size))
        rtl = self._is_rtl(number)
        ways = rtl, rtl or bool(RIGHT_TO_LEFT.search(self.text, start, stop))
        lines = []
        count = layout.lineCount()
        for index in range(count):
            line = layout.lineAt(index)
            low = self.to_character(base + line.textStart())
            high = self.to_character(base + line.textStart() + line.textLength())
            end = high
            while end > low and index < count - 1 and self.text[end - 1].isspace():
                end -= 1
            edges = (index > 0, index < count - 1)
            lines.append(Line(number, base, low, end, high, line, 0.0, 0.0, *ways, rhythm, *edges))
        return lines


def _close_up(pieces: list[Piece]) -> list[Piece]:
    used = sorted({piece.lane.lane for piece in pieces})
    return [piece._replace(lane=piece.lane._replace(lane=used.index(piece.lane.lane))) for piece in pieces]
