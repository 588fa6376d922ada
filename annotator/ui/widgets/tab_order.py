"""The order in which Tab goes through what is made while the program runs: as it is read, not as it was made."""

from itertools import pairwise

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


_LINE = 8
"""Pixels within which things stand on one line."""
