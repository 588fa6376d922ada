"""Lines at places on pages -> paragraphs. Values in, values out: no PDF library here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from annotator.articles.reading import Piece
from annotator.model.article import BlockKind
from annotator.model.counting import counted

_EDGE = 2
"""So many lines at the top and the bottom of a page may be running heads."""
_SAME_HEIGHT = 4.0
"""Points within which a running head stands at the same height on other pages."""
_GAP = 1.35
"""Times the usual distance of lines, from which on a blank parts paragraphs."""
_INDENT = 0.7
"""Times the size of the letters."""
_OTHER_SIZE = 1.15
_NEAR = 3
"""Lines before and after one that say how wide the column is there."""
_DOUBT = 0.12
"""Share of a column's width."""
_HEADLINE_SIZE = 1.25
_HEADLINE_LENGTH = 250
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.|صفحه)\W*)?[\divxlc]{1,6}(?:\s*(?:of|/|von|de|sur|di|از)\s*\d{1,6})?\W*",
    re.IGNORECASE,
)
_STOP = re.compile(r"""[.!?:\u2026\u061f\u06d4\u3002]["'\u2019\u201d\u00bb)\]]*$""")
# What some writers of PDFs put in place of letters: ligatures, and the shapes that Arabic letters take in a word.
_SHAPES = re.compile(r"[\ufb00-\ufb06\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc]")
_DASHED = re.compile(r"\w[\u2013\u2014/]$")
_HYPHENED = re.compile(r"[^\W\d_]-$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: its words in logical order, without blanks around them.
        left: where its letters begin, in points from the left of the page.
        right: where they end.
        base: the height that its letters stand on, in points from the bottom.
        size: of its letters, in points.
        is_hyphenated: whether a hyphen ended it; that is not in `text`.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_hyphenated: bool = False

    @property
    def is_rtl(self) -> bool:
        """Whether most of its letters are written from the right."""
        return len(_RTL.findall(self.text)) * 2 > len(_LETTER.findall(self.text))


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The paragraphs, running heads as furniture, and what was done that changes words."""

    pieces: tuple[Piece, ...]
    report: tuple[str, ...]


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    page: int
    heads: list[str] = field(default_factory=list)
    """Running heads that stand between its lines, or after it."""


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> Rebuilt:
    """Return the paragraphs of pages of lines, each page in reading order.

    Running heads and page numbers become furniture after the paragraph that they interrupt. A word that a hyphen parts
    at a line's end is joined; the hyphen stays where the word is written with one elsewhere, or goes on with a capital.
    """
    running = _running(pages)
    known = {word for page in pages for line in page for word in re.findall(r"\w+-\w+", line.text.lower())}
    body = [(number, line) for number, page in enumerate(pages) for line in page if (number, line) not in running]
    paragraphs = _grouped([(number, line) for number, line in body], running, pages)
    joins = _Joining(known)
    headline = _headline(paragraphs)
    pieces: list[Piece] = []
    for place, paragraph in enumerate(paragraphs):
        if paragraph.lines:
            kind = BlockKind.HEADLINE if place == headline else None
            pieces.append(Piece(joins.joined(paragraph.lines), kind))
        pieces += [Piece(head, BlockKind.FURNITURE) for head in paragraph.heads]
    return Rebuilt(tuple(pieces), joins.report())


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[int, Line]]:
    """Return the running heads and page numbers, with the numbers of their pages."""
    edges: list[tuple[int, Line, str]] = []
    for number, page in enumerate(pages):
        heights = sorted({line.base for line in page})
        outer = {*heights[:_EDGE], *heights[-_EDGE:]}
        edges += [(number, line, _sameness(line.text)) for line in page if line.base in outer]
    met: dict[tuple[str, int], set[int]] = {}
    for number, line, key in edges:
        # Counted in two rasters, so that no border between two heights parts what belongs together.
        for shift in (0.0, _SAME_HEIGHT / 2):
            met.setdefault((key, _raster(line, shift)), set()).add(number)
    needed = 2 if len(pages) <= 5 else 3
    return {
        (number, line)
        for number, line, key in edges
        if _NUMBER.fullmatch(line.text)
        or any(len(met[key, _raster(line, shift)]) >= needed for shift in (0.0, _SAME_HEIGHT / 2))
    }


def _sameness(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _raster(line: Line, shift: float) -> int:
    height = int((line.base + shift) // _SAME_HEIGHT)
    return height * 2 + (shift > 0)


def _grouped(
    body: Sequence[tuple[int, Line]], running: set[tuple[int, Line]], pages: Sequence[Sequence[Line]]
) -> list[_Paragraph]:
    margins = _margins(pages, running)
    lines = [line for _, line in body]
    pitch = _pitches(body)
    has_indents = _has_indents(lines)
    found: list[_Paragraph] = []
    told = 0
    for place, (number, line) in enumerate(body):
        told = _tell(found, margins, told, 2 * number + 1)
        if place and found[-1].lines and not _begins(body, place, pitch, has_indents=has_indents):
            found[-1].lines.append(line)
        else:
            found.append(_Paragraph([line], number))
    _tell(found, margins, told, len(margins))
    return found


def _margins(pages: Sequence[Sequence[Line]], running: set[tuple[int, Line]]) -> list[list[str]]:
    """Return the running heads at the top of the first page, at its bottom, at the top of the second …"""
    margins: list[list[str]] = []
    for number, page in enumerate(pages):
        heads = [line for line in page if (number, line) in running]
        highest = max((line.base for line in page if (number, line) not in running), default=0.0)
        margins.append([line.text for line in heads if line.base > highest])
        margins.append([line.text for line in heads if line.base <= highest])
    return margins


def _tell(found: list[_Paragraph], margins: Sequence[Sequence[str]], told: int, end: int) -> int:
    """Put the margins from `told` to `end` after the paragraph that is the last so far."""
    if not found:
        # What stands above the first paragraph follows it, so that nobody takes it for the headline.
        if end < len(margins):
            return told
        found.append(_Paragraph([], 0))
    found[-1].heads += [head for margin in margins[told:end] for head in margin]
    return max(told, end)


def _pitches(body: Sequence[tuple[int, Line]]) -> dict[int, float]:
    """Return the usual distance of lines by the size of their letters."""
    found: dict[int, list[float]] = {}
    for (page, before), (other, line) in pairwise(body):
        distance = before.base - line.base
        if page == other and 0.5 * line.size < distance < 3 * line.size and _is_same_size(before, line):
            found.setdefault(round(line.size), []).append(distance)
    # The lower third: where paragraphs are short, half of the distances are those between paragraphs.
    return {size: sorted(distances)[len(distances) // 3] for size, distances in found.items()}


def _begins(body: Sequence[tuple[int, Line]], place: int, pitch: dict[int, float], *, has_indents: bool) -> bool:
    """Return whether the line at `place` begins a paragraph."""
    (page, before), (other, line) = body[place - 1], body[place]
    if not _is_same_size(before, line):
        return True
    near = [each for _, each in body[max(0, place - _NEAR) : place + _NEAR]]
    distance = before.base - line.base
    usual = pitch.get(round(line.size), 1.3 * line.size)
    if page != other or distance < -usual or distance > 6 * usual:
        return _begins_elsewhere(body, place, has_indents=has_indents)
    if abs(distance) < usual * 0.3:
        # The same height: what stands beside it.
        return False
    if distance > _GAP * usual:
        return True
    return _is_indented(before, line) or _had_room(before, line, near)


def _begins_elsewhere(body: Sequence[tuple[int, Line]], place: int, *, has_indents: bool) -> bool:
    """Return whether the first line of a column or page begins a paragraph."""
    before, line = body[place - 1][1], body[place][1]
    following = body[place + 1][1] if place + 1 < len(body) else None
    if before.is_hyphenated or line.text[:1].islower():
        return False
    near = [each for _, each in body[max(0, place - 2 * _NEAR) : place]]
    if _had_room(before, line, near):
        return True
    if following and _is_indented(following, line):
        return True
    return bool(_STOP.search(before.text)) and not has_indents


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) <= _OTHER_SIZE * min(one.size, other.size)


def _is_indented(before: Line, line: Line) -> bool:
    by = (before.right - line.right) if line.is_rtl else (line.left - before.left)
    return _INDENT * line.size < by < 6 * line.size and not before.is_hyphenated


def _had_room(before: Line, line: Line, near: Iterable[Line]) -> bool:
    """Return whether the line's first word would have fitted on the line before: then a paragraph ended there."""
    if before.is_hyphenated:
        return False
    column = [each for each in near if _is_same_size(each, line) and _overlap(each, before)]
    word = line.text.split(maxsplit=1)[0]
    left = min((each.left for each in column), default=before.left)
    right = max((each.right for each in column), default=before.right)
    # The word's width is reckoned from the line's letters, so it may be a little more; within a sentence it takes
    # more to believe that a paragraph ended.
    width = (1.2 * len(word) + 1.5) * (line.right - line.left) / max(len(line.text), 1)
    needed = width if _STOP.search(before.text) else width + _DOUBT * (right - left)
    return (before.left - left if line.is_rtl else right - before.right) > needed


def _overlap(one: Line, other: Line) -> bool:
    return min(one.right, other.right) > max(one.left, other.left)


def _has_indents(lines: Sequence[Line]) -> bool:
    count = sum(_is_indented(before, line) for before, line in pairwise(lines))
    return count >= 3 and count * 30 >= len(lines)


def _headline(paragraphs: Sequence[_Paragraph]) -> int | None:
    """Return the number of the paragraph on the first page that is set in the largest letters."""
    sizes = [line.size for each in paragraphs for line in each.lines for _ in range(len(line.text) // 20 + 1)]
    if not sizes:
        return None
    usual = median(sizes)
    first = next(each.page for each in paragraphs if each.lines)
    candidates = [
        (-round(each.lines[0].size), place)
        for place, each in enumerate(paragraphs)
        if each.lines
        and each.page == first
        and each.lines[0].size >= _HEADLINE_SIZE * usual
        and len(each.lines[0].text) >= 12
        and sum(len(line.text) for line in each.lines) <= _HEADLINE_LENGTH
    ]
    return min(candidates)[1] if candidates else None


class _Joining:
    """Joins lines to paragraphs, and counts what it changes."""

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self._done: Counter[str] = Counter()

    def joined(self, lines: Sequence[Line]) -> str:
        text = ""
        before: Line | None = None
        for line in lines:
            words = self._plain(line.text)
            if before is None:
                text = words
            elif before.is_hyphenated:
                text = self._joined_word(text, words)
            elif _HYPHENED.search(text):
                text = self._joined_word(text[:-1], words)
            elif text.endswith("\u00ad"):
                self._done["hyphen"] += 1
                text = text[:-1] + words
            else:
                # A dash without a blank before it has none after it, either.
                text = f"{text}{words}" if _DASHED.search(text) else f"{text} {words}"
            before = line
        return f"{text}-" if before and before.is_hyphenated else text

    def _joined_word(self, text: str, words: str) -> str:
        head, tail = _LAST_WORD.search(text), _FIRST_WORD.match(words)
        is_split = head and tail and words[:1].islower() and f"{head[0]}-{tail[0]}".lower() not in self._known
        self._done["hyphen"] += bool(is_split)
        if is_split:
            return text + words
        # A hyphen after a word of its own is a dash.
        return f"{text}- {words}" if text.endswith(" ") else f"{text}-{words}"

    def _plain(self, text: str) -> str:
        plain, count = _SHAPES.subn(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        self._done["shape"] += count
        return plain

    def report(self) -> tuple[str, ...]:
        """Return what was done, in sentences without full stop."""
        words, shapes = self._done["hyphen"], self._done["shape"]
        lines = ["lines joined into paragraphs"]
        if words:
            lines.append(f"{counted(words, 'word')} joined that a hyphen parted at a line’s end")
        if shapes:
            lines.append(f"{shapes:,} ligatures and letter shapes made plain letters")
        return tuple(lines)
