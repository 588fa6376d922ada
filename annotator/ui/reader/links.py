"""Where the links of marks run: between the lines to a margin, along it, and back; never over words. Pure geometry.

Everything is computed for what is on the screen only. All coordinates are the viewport's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from annotator.ui.reader import geometry
from annotator.ui.reader.marks import MarkIndex
from annotator.ui.reader.notices import FAR, Note, Notice, laid_out, strip_height
from annotator.ui.reader.page import Page
from annotator.ui.reader.strokes import Stroke

TRACK = 5.0
"""How far apart (px) curves run beside each other in the margin."""
_FIRST = 8.0
_TAGS, _ROOMY = 18.0, 44.0
"""What stands between words and curves where others' rows have tags, in margins of at least so much."""
_WORD = 14.0
"""Height of a word in the margin."""
SMALL = 0.86
"""Size of the words in the margin, against that of the notices."""
_LEAST = 28.0
"""A margin with less room than this (px) holds no words."""
_EDGE = 4.0
"""So far (px) words in the margin stay away from the edge of the viewport."""
_TAG = 4.0
"""So far from the words of the article (px) a tag begins; at most it is as wide as `_TAGS`."""


class Tie(NamedTuple):
    """A link to be seen.

    Attributes:
        origin, target: ids of annotations; `target` is empty where the link says "not in this article".
        word: its kind, short: ``denies``.
        origin_name, target_name: what the ends are called where they are off the screen: ``claim``.
        label: id of the label in whose colour it is drawn.
        directed: whether it has an arrow head.
    """

    id: str
    origin: str
    target: str
    word: str
    origin_name: str
    target_name: str
    label: str = ""
    directed: bool = True


class Curve(NamedTuple):
    """A link on the screen: its corners from origin to target, and what stands at it.

    Attributes:
        head: tip and way (-1 left, 1 right, 0 with `up`) of the arrow; None where it has none on the screen.
        up: -1 where an arrow at the edge points up, 1 where it points down, 0 elsewhere.
        sign: middle of the sign "not in this article", or None.
        word: where the kind stands, or None where there is no room.
    """

    tie: Tie
    corners: tuple[QPointF, ...]
    head: tuple[QPointF, int, int] | None
    sign: QPointF | None
    word: QRectF | None


class View(NamedTuple):
    """What of the page is on the screen: heights on the page, and the viewport's width."""

    top: float
    height: float
    width: float


class Picture(NamedTuple):
    """All that is drawn of the links."""

    curves: tuple[Curve, ...] = ()
    notices: tuple[Notice, ...] = ()


class Anchor(NamedTuple):
    """Where a mark's end of a link lies: both sides of its letter, and the height at which the link leaves it."""

    left: float
    right: float
    y: float
    position: int


class Near:
    """Ties by the places of their ends, so that those on the screen are found without looking at the others."""

    def __init__(self, ties: Iterable[Tie], index: MarkIndex) -> None:
        found: list[tuple[int, int, Tie]] = []
        for tie in ties:
            for end in (tie.origin, tie.target):
                annotation = index.get(end) if end else None
                if annotation is not None:
                    found.extend((start, stop, tie) for start, stop in annotation.span.fragments)
        found.sort(key=lambda each: each[:2])
        self._found = found
        self._starts = [start for start, _, _ in found]
        self._reach = list(accumulate((stop for _, stop, _ in found), max))

    def between(self, start: int, end: int) -> list[Tie]:
        """Return the ties of which an end shares a character with ``start``-``end``."""
        some = self._found[bisect_right(self._reach, start) : bisect_left(self._starts, end)]
        return list({tie.id: tie for _, stop, tie in some if stop > start}.values())


Drawn = Sequence[tuple[geometry.Line, Sequence[Stroke]]]
"""The lines that are painted, with the marks' strokes on them."""


class Screen:
    """The visible lines, and where marks stand on them."""

    def __init__(self, page: Page, index: MarkIndex, view: View, drawn: Drawn) -> None:
        self.page, self.index, self.view = page, index, view
        bottom = view.top + view.height
        self._drawn = [
            (line, some)
            for line, some in drawn
            if line.top >= view.top - 4 and line.baseline + line.rhythm.below <= bottom + 4
        ]
        self._starts = [line.start for line, _ in self._drawn]
        self.start = self._starts[0] if self._drawn else 0
        self.end = self._drawn[-1][0].stop if self._drawn else 0
        gutter = page.gutter(int(view.width))
        self.left, self.right = gutter, view.width - gutter
        self._anchors: dict[str, Anchor | None] = {}

    def has_tags(self, side: int) -> bool:
        """Whether tags of others' rows stand in a margin."""
        return any(self.page.rows.values()) and side == (1 if self.page.rtl else -1)

    def tags(self, side: int) -> float:
        """Return the room that the tags of others' rows have in a margin, where there is enough for lines beyond them."""
        return _TAGS if self.has_tags(side) and self.left >= _ROOMY else 0.0

    def tracks(self, side: int) -> tuple[float, int]:
        """Return how far from the words the first line may run along a margin, and how many fit beside it."""
        if self.has_tags(side) and self.left < _ROOMY:
            return self.left - TRACK - 1, 2  # at the very edge: next to the words stand the tags
        first = _FIRST + self.tags(side)
        return first, max(1, int((self.left - first) // TRACK))

    def tag_boxes(self) -> list[QRectF]:
        """Return where tags of others' rows stand."""
        x = self.right + _TAG if self.page.rtl else self.left - _TAG - _TAGS
        return [
            QRectF(x, line.baseline + line.rhythm.row_top(place) - 1 - self.view.top, _TAGS, line.rhythm.row)
            for line, _ in self._drawn
            for place in range(len(self.page.rows.get(line.number, ())))
        ]

    def anchor(self, mark: str) -> Anchor | None:
        """Return where links meet a mark: at the first of its letters that is visible, else where it comes in."""
        if mark not in self._anchors:
            self._anchors[mark] = self._find(mark)
        return self._anchors[mark]

    def _find(self, mark: str) -> Anchor | None:
        annotation = self.index.get(mark)
        if annotation is None:
            return None
        for start, end in annotation.span.fragments:
            if start < self.end and end > self.start:
                position = max(start, self.start)
                line, some = self._drawn[max(0, bisect_right(self._starts, position) - 1)]
                y = line.baseline + line.rhythm.band_bottom - 2.5 - self.view.top
                chip = next((each.chip for each in some if each.piece.mark == mark and each.begins), None)
                if chip is None:
                    x = geometry.caret_x(self.page, line, position)
                    return Anchor(x, x, y, position)
                return Anchor(chip.left() - 1, chip.right() + 1, y, position)
        return None


def picture(
    screen: Screen,
    ties: Sequence[Tie],
    notes: Sequence[Note],
    width_of: Callable[[str], float],
    covered: tuple[float, float] = (0.0, 0.0),
) -> Picture:
    """Return what is drawn of links and of notes on marks that are off the screen.

    `width_of` measures words in the face of the notices; `covered` says how much something hides at top and bottom.
    """
    ends = [*notes, *(note for tie in ties for note in _note(screen, tie))]
    ceiling, height = covered[0], screen.view.height - covered[1]
    room = screen.view.width - 2 * FAR
    rows = laid_out(screen.page, (screen.start, screen.end), ends, width_of, room)
    notices = tuple(notice.settled(ceiling, height) for notice in rows)
    top = ceiling + strip_height(len({notice.row for notice in notices if notice.above}))
    bottom = height - strip_height(len({notice.row for notice in notices if not notice.above}))
    plans = [plan for plan in (_plan(screen, tie, top, bottom) for tie in ties) if plan is not None]
    return Picture(tuple(_on_tracks(screen, plans, width_of)), notices)


def _note(screen: Screen, tie: Tie) -> Iterable[Note]:
    """Name the end of a tie that is not on the screen."""
    origin, target = screen.anchor(tie.origin), screen.anchor(tie.target) if tie.target else None
    if origin is not None and target is None and tie.target:
        here, side = origin.position, _side_of(screen, origin)
        yield Note(tie.target, _place(screen, tie.target), here, f"{tie.word} → {tie.target_name}", side=side)
    elif target is not None and origin is None:
        here, side = target.position, _side_of(screen, target)
        words = f"{tie.word} {'←' if tie.directed else '–'} {tie.origin_name}"
        yield Note(tie.origin, _place(screen, tie.origin), here, words, side=side)


def _side_of(screen: Screen, anchor: Anchor) -> int:
    """Return the margin that is nearer: -1 the left one, 1 the right one."""
    return -1 if anchor.left < (screen.left + screen.right) / 2 else 1


def _place(screen: Screen, mark: str) -> int | None:
    annotation = screen.index.get(mark)
    return None if annotation is None else annotation.span.start


class _Plan(NamedTuple):
    tie: Tie
    side: int
    first: QPointF
    last: QPointF | None
    low: float
    high: float
    head_at_last: bool
    up: int


def _plan(screen: Screen, tie: Tie, top: float, bottom: float) -> _Plan | None:
    """Say from where to where a tie runs, and on which side; None where it is not on the screen."""
    origin, target = screen.anchor(tie.origin), screen.anchor(tie.target) if tie.target else None
    middle = (screen.left + screen.right) / 2
    if origin is not None and target is not None:
        if origin.y == target.y:
            ahead = target.left >= origin.right
            first = QPointF(origin.right if ahead else origin.left, origin.y)
            last = QPointF(target.left if ahead else target.right, target.y)
            return _Plan(tie, 0, first, last, origin.y, origin.y, tie.directed, 0)
        side = -1 if origin.left + target.left < 2 * middle else 1
        low, high = sorted((origin.y, target.y))
        return _Plan(tie, side, _leave(origin, side), _leave(target, side), low, high, tie.directed, 0)
    here = origin or target
    if here is None:
        return None
    side = _side_of(screen, here)
    if not tie.target:
        return _Plan(tie, side, _leave(here, side), None, here.y, here.y, head_at_last=False, up=0)
    place = _place(screen, tie.target if here is origin else tie.origin)
    up = -1 if place is not None and place < screen.start else 1
    edge = top if up < 0 else bottom
    low, high = sorted((here.y, edge))
    return _Plan(tie, side, _leave(here, side), None, low, high, tie.directed and here is target, up)


def _leave(anchor: Anchor, side: int) -> QPointF:
    return QPointF(anchor.left if side < 0 else anchor.right, anchor.y)


def _on_tracks(screen: Screen, plans: Sequence[_Plan], width_of: Callable[[str], float]) -> Iterable[Curve]:
    """Give each plan a track of its own in the margin, the short ones next to the words, and the word a free place."""
    first = {side: screen.tracks(side)[0] for side in (-1, 1)}
    taken: dict[int, list[list[tuple[float, float]]]]
    taken = {side: [[] for _ in range(screen.tracks(side)[1])] for side in (-1, 1)}
    words = screen.tag_boxes()
    for plan in sorted(plans, key=lambda each: each.high - each.low):
        if plan.side == 0 and plan.last is not None:
            way = 1 if plan.last.x() >= plan.first.x() else -1
            yield Curve(
                plan.tie, (plan.first, plan.last), (plan.last, way, 0) if plan.head_at_last else None, None, None
            )
            continue
        if plan.last is None and plan.up == 0:
            # The sign has its place before any word.
            x = 0.0 if plan.side < 0 else screen.right
            words.append(QRectF(x, plan.first.y() - _WORD / 2, screen.left, _WORD))
            yield _curve(screen, plan, 0.0, None)
            continue
        tracks = taken[plan.side]
        free = (n for n, rows in enumerate(tracks) if all(high < plan.low or low > plan.high for low, high in rows))
        track = next(free, len(tracks) - 1)
        tracks[track].append((plan.low - 2, plan.high + 2))
        away = first[plan.side] + TRACK * track
        x = screen.left - away if plan.side < 0 else screen.right + away
        yield _curve(screen, plan, x, _word(screen, plan, width_of, words))


def _curve(screen: Screen, plan: _Plan, x: float, word: QRectF | None) -> Curve:
    first = plan.first
    if plan.last is not None:
        corners = (first, QPointF(x, first.y()), QPointF(x, plan.last.y()), plan.last)
        head = (plan.last, -plan.side, 0) if plan.head_at_last else None
        return Curve(plan.tie, corners, head, None, word)
    if plan.up == 0:
        end = QPointF(screen.left / 2 if plan.side < 0 else (screen.right + screen.view.width) / 2, first.y())
        return Curve(plan.tie, (first, end), None, end, None)
    edge = QPointF(x, plan.low if plan.up < 0 else plan.high)
    corners = (first, QPointF(x, first.y()), edge)
    head = (first, -plan.side, 0) if plan.head_at_last else (edge, 0, plan.up)
    return Curve(plan.tie, corners, head if plan.tie.directed else None, None, word)


def _word(screen: Screen, plan: _Plan, width_of: Callable[[str], float], words: list[QRectF]) -> QRectF | None:
    """Find a free place for the kind in the margin, near the middle of what is seen of the curve."""
    if plan.last is None:
        return None
    room = screen.left - 4 - _EDGE
    width = min(SMALL * width_of(plan.tie.word) + 4, max(room, 0.0))
    if room < _LEAST:
        # No margin to speak of: between the lines, where the curve comes out of the column.
        width = SMALL * width_of(plan.tie.word) + 4
        x = screen.left if plan.side < 0 else screen.right - width
        box = QRectF(x, plan.first.y() - _WORD + 2, width, _WORD - 2)
        return box if not _is_taken(words, box) else None
    # Beside the tags of others' rows where the whole word has room there, else above or below one.
    away = 4 + screen.tags(plan.side) if width + screen.tags(plan.side) <= room else 4
    x = screen.left - away - width if plan.side < 0 else screen.right + away
    middle = (plan.low + plan.high) / 2 - _WORD / 2
    for step in (0, 1, -1, 2, -2, 3, -3):
        box = QRectF(x, middle + step * _WORD, width, _WORD)
        if not _is_taken(words, box):
            return box
    return None


def _is_taken(words: list[QRectF], box: QRectF) -> bool:
    """Whether another word stands there; if not, it is taken from now on."""
    if any(box.intersects(other) for other in words):
        return True
    words.append(box)
    return False
