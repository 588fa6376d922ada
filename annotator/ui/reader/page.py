"""The page: an article as a Qt document, with one document position for every UTF-16 unit of its text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from annotator.model.article import Article, BlockKind
from annotator.model.span import Span
from annotator.project import reading
from annotator.project.reading import Direction, OffsetMap
from annotator.ui.look.theme import Theme
from annotator.ui.reader.folds import Folds
from annotator.ui.reader.header import Header
from annotator.ui.reader.marks import sections_of
from annotator.ui.reader.rhythm import BASELINE, Rhythm

SIZE = 17.0
"""Height of the text at 100%, in logical pixels."""
MEASURE = 70
"""Characters in a line of the full column."""
GUTTER = 56.0
"""Room at both sides of the column, inside the page."""
_FEW = 3
_WIDE_ROW, _NARROW_ROW = 0.62, 0.53
"""Height of a row of others' labels in sizes of the text: of up to three people, and of more."""
_EMOJI = ["Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Noto Emoji"]
FAMILIES = {
    "serif": ["Source Serif 4", "Vazirmatn", "Charter", "Georgia", "Noto Serif", "DejaVu Serif", *_EMOJI],
    "sans": ["Source Sans 3", "Vazirmatn", "Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", *_EMOJI],
}
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SHOWN = str.maketrans({"\r": "\u2028", "\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\x00": "\ufffd"})
_SAMPLE = {
    False: "The minister said on Tuesday that no such order had been given, and that he would resign if it had been. ",
    True: "وزیر روز سه‌شنبه گفت که چنین دستوری داده نشده است و اگر داده شده باشد استعفا خواهد کرد. ",
}


class Look(IntEnum):
    """How a paragraph is set."""

    BODY = 0
    HEADLINE = 1
    SUBHEAD = 2
    BLANK = 3


def shown(text: str) -> str:
    """Return what the document is given for `text`: Qt's own paragraph marks replaced, unit for unit."""
    return text.translate(_SHOWN)


def runs_from_right(article: Article) -> bool:
    """Whether an article is set from right to left: as it says, or else as its text does."""
    return (article.direction or reading.direction(article.text)) == "rtl"


def paragraphs_against(text: str, starts: Sequence[int], *, rtl: bool) -> frozenset[int]:
    """Return the numbers of the paragraphs that run against their text, which runs from right to left or not."""
    if not rtl and text.isascii():
        return frozenset()
    around: Direction = "rtl" if rtl else "ltr"
    found = set()
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        if (rtl or RIGHT_TO_LEFT.search(text, start, stop)) and (
            reading.paragraph_direction(text[start:stop], around) != around
        ):
            found.add(number)
    return frozenset(found)


def letters(face: str, size: float, *, rtl: bool) -> QFont:
    """Return the letters of an article's text in a face (``serif``, ``sans``), `size` logical pixels high."""
    families = list(FAMILIES.get(face, FAMILIES["serif"]))
    if rtl:
        families.remove("Vazirmatn")
        families.insert(0, "Vazirmatn")
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(round(size))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Page:
    """An article set in one face, size and theme.

    `document` is made for it and never changed afterwards. Positions in it are UTF-16 units; `to_unit` and
    `to_character` are the one door between them and the code points of everything else.
    """

    def __init__(
        self,
        article: Article,
        theme: Theme,
        *,
        face: str,
        zoom: int,
        owner: QObject,
        folded: Iterable[int] = (),
        beside: Sequence[Iterable[Span]] = (),
    ) -> None:
        """Set an article.

        `folded` are the code points at which the runs start that are folded to one line. `beside` are what others have
        labelled, by annotator: below the lines of a paragraph there is room for a row for each who has labelled there.
        """
        self.article = article
        self.text = article.text
        self.rtl = runs_from_right(article)
        self.offsets = OffsetMap(self.text)
        self.starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        self.sections = sections_of(self.starts, len(self.text))
        self._against = paragraphs_against(self.text, self.starts, rtl=self.rtl)
        self._bidi: dict[int, bool] = {}
        self.kept_strokes: dict[tuple[float, ...], tuple[list[Any], list[Any]]] = {}
        """What `strokes` has worked out, by line; the page that it is true of keeps it."""
        self.kept_lines: dict[tuple[int, int], Any] = {}
        """What `geometry` has found out about visual lines, by paragraph and number; true until it is laid out anew."""
        self._headings = headings(article, self.starts)
        self.folds = Folds(article, self.starts, folded)
        size = SIZE * zoom / 100 * (1.06 if self.rtl else 1.0)
        self.font = letters(face, size, rtl=self.rtl)
        self.rhythms = self._rhythms(size)
        self.rows = self.rows_for(beside)
        row = round(SIZE * zoom / 100 * (_WIDE_ROW if len(beside) <= _FEW else _NARROW_ROW))
        self._rowed = {
            (look, count): rhythm.with_rows(count, row)
            for look, rhythm in self.rhythms.items()
            for count in {0, *map(len, self.rows.values())}
        }
        self.reach = max(rhythm.leading for rhythm in self._rowed.values())
        """The most that lies between one baseline and the next."""
        metrics = QFontMetricsF(self.font)
        sample = _SAMPLE[self.rtl]
        self.column = round(metrics.horizontalAdvance(sample) / len(sample) * MEASURE)
        titled = any(block.kind is BlockKind.HEADLINE for block in article.blocks)
        self.header = Header(article, self.font, titled=titled, rtl=self.rtl)
        self.document = self._document(theme, owner)
        kept = self.kept_lines  # the page itself would be held in a circle
        self.document.documentLayout().update.connect(lambda *_area: kept.clear())

    def to_unit(self, position: int) -> int:
        """Return the document's position for a code point."""
        return self.offsets.to_utf16(position)

    def to_character(self, unit: int) -> int:
        """Return the code point for a position of the document."""
        return self.offsets.from_utf16(min(unit, self.offsets.utf16_length))

    def paragraph_of(self, position: int) -> int:
        """Return the number of the paragraph that holds the code point at `position`."""
        return max(0, bisect_right(self.starts, position) - 1)

    def paragraph(self, number: int) -> tuple[int, int]:
        """Return the bounds of a paragraph in code points, without its line feed."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.starts[number], end

    def look(self, number: int) -> Look:
        """Return how paragraph `number` is set."""
        heading = self._headings.get(number)
        if heading is not None:
            return heading
        start, end = self.paragraph(number)
        return Look.BLANK if end - start < _SHORT and not self.text[start:end].strip() else Look.BODY

    def rows_for(self, beside: Sequence[Iterable[Span]]) -> dict[int, tuple[int, ...]]:
        """Return who has labelled something in each paragraph, by their numbers in `beside`; the others have no row there."""
        found: dict[int, set[int]] = {}
        for who, spans in enumerate(beside):
            for span in spans:
                for start, end in span.fragments:
                    for number in range(self.paragraph_of(start), self.paragraph_of(end - 1) + 1):
                        found.setdefault(number, set()).add(who)
        return {number: tuple(sorted(some)) for number, some in found.items() if self.look(number) is not Look.BLANK}

    def rhythm(self, number: int) -> Rhythm:
        """Return the measures of paragraph `number`."""
        return self._rowed[self.look(number), len(self.rows.get(number, ()))]

    def is_rtl(self, number: int) -> bool:
        """Whether a paragraph runs from right to left: most do as the article does, some against it."""
        return self.rtl != (number in self._against)

    def is_mixed(self, number: int) -> bool:
        """Whether a paragraph runs from right to left, or holds anything that does."""
        mixed = self._bidi.get(number)
        if mixed is None:
            start, end = self.paragraph(number)
            mixed = self._bidi[number] = self.is_rtl(number) or bool(RIGHT_TO_LEFT.search(self.text, start, end))
        return mixed

    def set_width(self, width: int) -> None:
        """Fit the margins to a viewport of that width; the text is laid out anew only where they change."""
        frame = self.document.rootFrame()
        margins = frame.frameFormat()
        gutter = self.gutter(width)
        top = self.header.height(width - 2 * gutter)
        if (margins.leftMargin(), margins.rightMargin(), margins.topMargin()) == (gutter, gutter, top):
            return
        margins.setLeftMargin(gutter)
        margins.setRightMargin(gutter)
        margins.setTopMargin(top)
        margins.setBottomMargin(self.rhythms[Look.BODY].leading * 5)
        frame.setFrameFormat(margins)

    def gutter(self, width: int) -> float:
        """Return the room at each side of the column in a viewport of that width."""
        return float(max(20.0, min(GUTTER, (width - self.column * 0.9) / 2)))

    @property
    def full_width(self) -> int:
        """The width in which the column has its full measure."""
        return self.column + 2 * int(GUTTER)

    def _rhythms(self, size: float) -> dict[Look, Rhythm]:
        ratio, descent = (2.0, 0.44) if self.rtl else (1.82, 0.27)
        text = round(size)
        body = Rhythm.of(text, ratio=ratio, text=text, descent=descent)
        return {
            Look.BODY: body,
            Look.SUBHEAD: Rhythm.of(round(size * 1.12), ratio=ratio - 0.1, text=text, descent=descent),
            Look.HEADLINE: Rhythm.of(round(size * 1.65), ratio=ratio - 0.3, text=text, descent=descent),
            Look.BLANK: Rhythm.of(round(size * 0.3), ratio=1.9, text=text, descent=descent),
        }

    def _document(self, theme: Theme, owner: QObject) -> QTextDocument:
        document = QTextDocument(owner)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self.rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        first = True
        for number, start, end in self._groups():
            look = self.look(number)
            block, character = self._block_format(number), self._character_format(look)
            if first:
                cursor.setBlockFormat(block)
                cursor.setBlockCharFormat(character)
                cursor.setCharFormat(character)
                first = False
            else:
                cursor.insertBlock(block, character)
            cursor.insertText(shown(self.text[start:end]), character)
        self._dim(document, QColor(theme.dimmed))
        self.folds.apply(document)
        cursor.endEditBlock()
        return document

    def _groups(self) -> Iterator[tuple[int, int, int]]:
        """Yield runs of paragraphs that are set alike, by their first, without the line feed between one and the next."""
        first, alike = 0, self._set(0)
        for number in range(1, len(self.starts)):
            if (here := self._set(number)) != alike:
                yield first, self.starts[first], self.starts[number] - 1
                first, alike = number, here
        yield first, self.starts[first], len(self.text)

    def _set(self, number: int) -> tuple[Look, tuple[int, ...] | None, bool, float]:
        return self.look(number), self.rows.get(number), number in self._against, self._space_after(number)

    def _space_after(self, number: int) -> float:
        """Return the room below a paragraph.

        Qt gives most of what rows add to a line to the words above them, and not to the rows: so the last line's are given
        theirs here, less what the next paragraph's first line brings along.
        """
        if self.look(number) is Look.BLANK:
            return 0.0
        rhythm = self.rhythm(number)
        if not self.rows:
            return rhythm.space
        after = next((each for each in range(number + 1, len(self.starts)) if self.look(each) is not Look.BLANK), None)
        brought = self.rhythm(after).added if after is not None else 0.0
        return rhythm.space + max(0.0, BASELINE * (rhythm.added - brought))

    def _block_format(self, number: int) -> QTextBlockFormat:
        look, rhythm = self.look(number), self.rhythm(number)
        block = QTextBlockFormat()
        block.setLineHeight(rhythm.leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if self.is_rtl(number) else Qt.LayoutDirection.LeftToRight
        )
        block.setBottomMargin(self._space_after(number))
        if look is Look.SUBHEAD:
            block.setTopMargin(rhythm.space)
        return block

    def _character_format(self, look: Look) -> QTextCharFormat:
        character = QTextCharFormat()
        if look is not Look.BODY:
            # Blank lines too: a line lower than its letters overlaps the next, and Qt loses its way there.
            font = QFont(self.font)
            font.setPixelSize(int(self.rhythms[look].size))
            weights = {Look.HEADLINE: QFont.Weight.Bold, Look.SUBHEAD: QFont.Weight.DemiBold}
            font.setWeight(weights.get(look, QFont.Weight.Normal))
            character.setFont(font)
        return character

    def _dim(self, document: QTextDocument, color: QColor) -> None:
        dim = QTextCharFormat()
        dim.setForeground(color)
        cursor = QTextCursor(document)
        for block in self.article.blocks:
            if not block.kind.is_labelled and block.start < block.end <= len(self.text):
                cursor.setPosition(self.to_unit(block.start))
                cursor.setPosition(self.to_unit(block.end), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(dim)


_SHORT = 64
_HEADINGS = {BlockKind.HEADLINE: Look.HEADLINE, BlockKind.SUBHEAD: Look.SUBHEAD}


def headings(article: Article, starts: Sequence[int]) -> dict[int, Look]:
    """Return the paragraphs that a headline or a subhead begins in or covers, blank ones left out."""
    looks: dict[int, Look] = {}
    for block in article.blocks:
        look = _HEADINGS.get(block.kind)
        if look is None or block.start >= block.end:
            continue
        for number in range(bisect_right(starts, block.start) - 1, bisect_right(starts, block.end - 1)):
            end = starts[number + 1] if number + 1 < len(starts) else len(article.text)
            if article.text[starts[number] : end].strip():
                looks[number] = look
    return looks
