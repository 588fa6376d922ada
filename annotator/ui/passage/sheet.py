"""An article's text broken into lines, each as high as its lanes need."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from annotator.model.article import Article
from annotator.model.span import Fragment
from annotator.project.reading import OffsetMap
from annotator.ui.look.theme import Theme
from annotator.ui.passage.stack import Row, Stack
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

_LANE = 0.82
"""Height of a lane, in sizes of the text."""
_LEADING = 1.5
_SAMPLE = "The minister said on Tuesday that no such order had been given, and that he would resign. "


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
        self._aside: Sequence[int] = ()
        self._layouts: list[QTextLayout] = []
        self._stack = self._stacked((), ())
        self.width = 0.0

    @property
    def measure(self) -> float:
        """The width of a full column."""
        metrics = QFontMetricsF(self.font)
        return metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE

    @property
    def height(self) -> float:
        """The height of everything."""
        return self._stack.height

    @property
    def rows(self) -> list[Row]:
        """All rows, from top to bottom: of a long article very many."""
        return [self._stack.row(place) for place in range(len(self._stack))]

    def to_unit(self, position: int) -> int:
        """Return Qt's position for a code point."""
        return self._offsets.to_utf16(position)

    def to_character(self, unit: int) -> int:
        """Return the code point of Qt's position."""
        return self._offsets.from_utf16(min(unit, self._offsets.utf16_length))

    def break_lines(self, width: float) -> None:
        """Break the text into lines of that width, without lanes."""
        if self._layouts and width == self.width:
            return
        self.width = width
        self._layouts = []
        lines: list[Line] = []
        spaces: list[float] = []
        for number, start in enumerate(self._starts):
            end = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self.text)
            layout = self._layout(number, start, end)
            broken = self._broken(layout, number, start, end)
            self._layouts.append(layout)
            lines += broken
            spaces += [0.0] * (len(broken) - 1) + [each.rhythm.space for each in broken[:1]]
        self._stack = self._stacked(lines, spaces)
        self._stack.set_versions(self._indexes, self._aside)

    def _stacked(self, lines: Sequence[Line], spaces: Sequence[float]) -> Stack:
        return Stack(lines, spaces, lane=self.lane_height, gap=round(self.size * 0.3))

    def set_versions(
        self,
        versions: Sequence[MarkIndex],
        aside: Sequence[int] = (),
        changed: Mapping[int, Iterable[Fragment]] | None = None,
    ) -> None:
        """Take the marks of each version, the first one next to the words; `stack` makes room for them.

        `aside` and `changed` are as in `Stack.set_versions`.
        """
        self._indexes, self._aside = list(versions), aside
        self._stack.set_versions(self._indexes, aside, changed)

    def stack(self, spots: Iterable[Fragment]) -> None:
        """Give every line room for its lanes; a line that shares a character with `spots` has them too."""
        self._stack.settle(spots if self._indexes else ())

    def rows_between(self, top: float, bottom: float) -> list[Row]:
        """Return the rows that are seen between two heights."""
        return [self._stack.row(place) for place in self._stack.places_between(top, bottom)]

    def row_of(self, position: int) -> Row | None:
        """Return the row in which the character at a code point stands; None where there is no text."""
        return self._stack.row(self._stack.place_of(position)) if len(self._stack) else None

    def pieces(self, version: int, line: Line) -> list[Piece]:
        """Return what a version has on a line, in reading order; no lane between theirs is empty."""
        return _close_up(self._indexes[version].pieces(line.start, line.end))

    def lane_top(self, row: Row, version: int, lane: int) -> float:
        """Return where a lane of a version begins, on the sheet."""
        below = row.line.baseline + row.line.rhythm.below + round(self.size * 0.12)
        return below + (sum(row.depths[:version]) + lane) * self.lane_height

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
