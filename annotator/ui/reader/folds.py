"""Stretches of the page that are left out of annotation: which there are, and which are folded to one line."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from annotator.model.article import Article, BlockKind
from annotator.project.blocks import left_out_runs


class Run(NamedTuple):
    """Neighbouring paragraphs of one type that are left out; a paragraph in which two types meet is one run.

    Attributes:
        start, end: code points, half-open, without the blanks around.
        first, last: numbers of its paragraphs.
        whole: whether it is made of whole paragraphs; else it cannot be folded.
    """

    kinds: tuple[BlockKind, ...]
    start: int
    end: int
    first: int
    last: int
    whole: bool

    @property
    def name(self) -> str:
        """The type in words: ``caption, credit``."""
        return ", ".join(kind.value for kind in self.kinds)


class Folds:
    """The runs of a page by the number of their first paragraph, and those of them that are folded."""

    def __init__(self, article: Article, starts: Sequence[int], folded: Iterable[int]) -> None:
        """`folded` are the code points at which the folded runs start."""
        wanted = frozenset(folded)
        self.runs = {run.first: run for run in _runs(article, starts)}
        self.folded = {first: run for first, run in self.runs.items() if run.start in wanted and run.whole}
        self._within = {
            number: first for first, run in self.folded.items() for number in range(run.first, run.last + 1)
        }

    def shown(self, paragraph: int) -> int:
        """Return the paragraph in whose place one is shown: the first of its run where that is folded, else itself."""
        return self._within.get(paragraph, paragraph)

    def run_of(self, paragraph: int) -> Run | None:
        """Return the run that a paragraph belongs to, or None."""
        return next((run for run in self.runs.values() if run.first <= paragraph <= run.last), None)

    def out_of(self, position: int, paragraph: int, *, ahead: bool) -> int:
        """Return a code point that is not within a folded run: the run's end, or its start, instead of one that is."""
        run = self.folded.get(self.shown(paragraph))
        if run is None or not run.start < position < run.end:
            return position
        return run.end if ahead else run.start

    def apply(self, document: QTextDocument) -> None:
        """Make each folded run one line: its first paragraph without width, the others not shown. No text changes."""
        narrow = QTextCharFormat()
        narrow.setFontLetterSpacingType(QFont.SpacingType.PercentageSpacing)
        # Not 0, which Qt takes for "as usual".
        narrow.setFontLetterSpacing(1)
        narrow.setForeground(Qt.GlobalColor.transparent)
        one_line = QTextBlockFormat()
        one_line.setNonBreakableLines(True)
        for run in self.folded.values():
            cursor = QTextCursor(document.findBlockByNumber(run.first))
            cursor.mergeBlockFormat(one_line)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(narrow)
            for number in range(run.first + 1, run.last + 1):
                document.findBlockByNumber(number).setVisible(False)


def _runs(article: Article, starts: Sequence[int]) -> list[Run]:
    text = article.text
    found: list[Run] = []
    for block in left_out_runs(text, article.blocks):
        if block.end > len(text):
            continue
        kinds, start = (block.kind,), block.start
        first, last = bisect_right(starts, block.start) - 1, bisect_right(starts, block.end - 1) - 1
        if found and found[-1].last == first:
            before = found.pop()
            kinds = tuple(dict.fromkeys((*before.kinds, block.kind)))
            first, start = before.first, before.start
        found.append(Run(kinds, start, block.end, first, last, _is_whole(article, starts, first, last)))
    return found


def _is_whole(article: Article, starts: Sequence[int], first: int, last: int) -> bool:
    """Whether everything in these paragraphs is left out."""
    close = starts[last + 1] if last + 1 < len(starts) else len(article.text)
    place = starts[first]
    kept = []
    for block in article.blocks:
        if not block.kind.is_labelled and block.end > place and block.start < close:
            kept.append(article.text[place : max(place, block.start)])
            place = max(place, block.end)
    return not "".join((*kept, article.text[place:close])).strip()
