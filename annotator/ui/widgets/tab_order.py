"""The order in which Tab goes through what is made while the program runs: as it is read, not as it was made."""

from itertools import pairwise, takewhile

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def in_reading_order(room: QWidget) -> list[QWidget]:
    """Return what Tab reaches in a part of the window, line by line from the top."""

    def place(widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(room, QPoint(0, widget.height() // 2))
        return at.y() // _LINE, at.x()

    reached = (each for each in room.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return sorted((each for each in reached if each.isVisibleTo(room)), key=place)


def lead_through(before: QWidget, room: QWidget, after: QWidget | None = None) -> None:
    """Let Tab come from `before` through all of `room` as it is read, and go on to `after`."""
    stops = [before, *in_reading_order(room), *([after] if after is not None else [])]
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def put_before_rest(page: QWidget, before: QWidget) -> None:
    """Let Tab come to a new `page` after the page `before`, and to what follows that one, such as the status bar, after it.

    What follows is moved, and not the page: of a page's parts some hand the focus on to others, and Qt would lose the way.
    """
    chain = _chain(page)
    own = [each for each in chain if page.isAncestorOf(each)]
    known = [at for at, each in enumerate(chain) if before.isAncestorOf(each)]
    if own and known:
        rest = takewhile(lambda each: not before.isAncestorOf(each), chain[_end_of_run(known) :])
        for one, other in pairwise([own[-1], *(each for each in rest if not page.isAncestorOf(each))]):
            QWidget.setTabOrder(one, other)


def _end_of_run(places: list[int]) -> int:
    """Return the place behind the first ones that stand one after the other."""
    return next((one + 1 for one, other in pairwise(places) if other != one + 1), places[-1] + 1)


def _chain(room: QWidget) -> list[QWidget]:
    """Return what Tab reaches of a window, beginning behind a part of it that was added last: what came before it, first."""
    found: list[QWidget] = []
    each = following(room)
    while each is not room:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(each)
        each = following(each)
    inside = [each for each in found if room.isAncestorOf(each)]
    return [*(each for each in found if not room.isAncestorOf(each)), *inside]


def following(widget: QWidget) -> QWidget:
    """Return what comes next in Tab's way, whether Tab stops there or not."""
    found = widget.nextInFocusChain()
    # PySide takes it for a part of `widget` from now on, and for gone as soon as that one goes, though it lives: the next
    # event filter that hears of it brings the program down. So it is told whose part it is; in Qt that changes nothing.
    found.setParent(found.parentWidget())
    return found


_LINE = 8
"""Pixels within which things stand on one line."""
