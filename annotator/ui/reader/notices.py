"""What lies off the screen, named at its edges: "claim, 3 paragraphs up"."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.ui.reader.page import Page

ROW = 22.0
"""Height of a notice; rows of them are as far apart as that and a little more."""
_GAP = 3.0
FAR = 8.0
"""Room left and right of the notices."""
MOST_ROWS, FEW_ROWS = 5, 2
"""Of notices that carry numbers, which one chooses from at once, and of those that only name what is further on."""
WIDEST = 360.0
_MORE = 92.0
"""Room that the count of those left out takes."""


class Note(NamedTuple):
    """A mark off the screen that should be named.

    Attributes:
        goes: id of the annotation that a click goes to.
        place: where it starts (code point); None where it lies in another article.
        here: the code point from which the distance is counted; None: from the middle of the screen.
        words: what it is called.
        number: its digit, where it can be chosen by one; else 0.
        side: 1 where what leads to it comes from the right margin, so that it is named there; else -1.
    """

    goes: str
    place: int | None
    here: int | None
    words: str
    number: int = 0
    side: int = -1


class Notice(NamedTuple):
    """A note at an edge of the screen: `box` in the viewport's pixels once it is settled."""

    text: str
    goes: str
    number: int
    above: bool
    row: int
    box: QRectF

    def settled(self, top: float, height: float) -> "Notice":
        """Return it in its row, between two heights of the viewport."""
        y = top + _GAP + self.row * (ROW + _GAP) if self.above else height - (self.row + 1) * (ROW + _GAP)
        return self._replace(box=QRectF(self.box.x(), y, self.box.width(), ROW))


def strip_height(rows: int) -> float:
    """Return how much of an edge so many rows take."""
    return rows * (ROW + _GAP) + (_GAP if rows else 0.0)


def laid_out(
    page: Page, seen: tuple[int, int], notes: Iterable[Note], width_of: Callable[[str], float], room: float
) -> list[Notice]:
    """Return notices for what is not between the code points `seen`, side by side in rows, nearest to the text first.

    What there is no room for is left out; a last notice says how many.
    """
    above: list[tuple[str, Note]] = []
    below: list[tuple[str, Note]] = []
    middle = (seen[0] + seen[1]) // 2
    for note in notes:
        if note.place is not None and seen[0] <= note.place < seen[1]:
            continue
        up = note.place is not None and note.place < seen[0]
        (above if up else below).append((_text(page, note, middle), note))
    found = []
    for notes_there, is_above in ((above, True), (below, False)):
        some = _joined(notes_there)
        rows = _in_rows(some, width_of, room, above=is_above)
        on_right = bool(some) and all(note.side > 0 for _, note in some)
        found += [_mirrored(notice, room) if on_right else notice for notice in rows]
    return found


def _joined(notes: Sequence[tuple[str, Note]]) -> list[tuple[str, Note]]:
    """Say once what several notes say, with their number; a click goes to the first of them."""
    counts = Counter(text for text, note in notes if not note.number)
    first = {text: note for text, note in reversed(notes) if not note.number}
    return [
        (f"{counts[text]:,} × {text}" if counts[text] > 1 else text, note)
        for text, note in notes
        if note.number or first[text] is note
    ]


def _mirrored(notice: Notice, room: float) -> Notice:
    box = notice.box
    return notice._replace(box=QRectF(2 * FAR + room - box.right(), 0, box.width(), box.height()))


def _in_rows(
    notes: Sequence[tuple[str, Note]], width_of: Callable[[str], float], room: float, *, above: bool
) -> Iterable[Notice]:
    most = MOST_ROWS if any(note.number for _, note in notes) else FEW_ROWS
    x, row, end, before = FAR, 0, FAR + room, FAR
    for done, (text, note) in enumerate(notes):
        width = min(width_of(text) + 18 + (18 if note.number else 0), WIDEST, room)
        if x > FAR and x + width > end:
            x, row = FAR, row + 1
        left = len(notes) - done
        if row >= most or (row == most - 1 and left > 1 and x + width + _MORE > end):
            # Room for the count of the rest was kept when the one before was placed.
            last = min(row, most - 1)
            place = x if row < most else before
            yield Notice(f"and {left:,} more", "", 0, above, last, QRectF(place, 0, _MORE - 6, ROW))
            return
        yield Notice(text, note.goes, note.number, above, row, QRectF(x, 0, width, ROW))
        x += width + 6
        before = x


def _text(page: Page, note: Note, middle: int) -> str:
    if note.place is None:
        return note.words
    return f"{note.words}, {distance(page, middle if note.here is None else note.here, note.place)}"


def distance(page: Page, here: int, there: int) -> str:
    """Say how far one place lies from another: ``3 paragraphs up``."""
    filled = _filled(page)
    one, other = (bisect_right(filled, position) for position in (here, there))
    count = abs(one - other)
    way = "up" if there < here else "down"
    if count == 0:
        return f"further {way} in this paragraph"
    return f"{count:,} {'paragraph' if count == 1 else 'paragraphs'} {way}"


_kept: dict[int, tuple[Page, list[int]]] = {}


def _filled(page: Page) -> list[int]:
    """Return where the paragraphs that hold words start; counted once a page."""
    found = _kept.get(id(page))
    if found is None or found[0] is not page:
        starts = []
        for number, start in enumerate(page.starts):
            end = page.paragraph(number)[1]
            if page.text[start:end].strip():
                starts.append(start)
        _kept.clear()
        found = _kept[id(page)] = (page, starts)
    return found[1]
