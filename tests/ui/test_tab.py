"""Tab goes through everything in every place, and comes round again: nobody without a mouse is caught anywhere."""

from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollBar, QSplitterHandle, QWidget

from annotator.ui.window.rail import PLACES

_BESIDE = (QScrollBar, QSplitterHandle)


def reached(window, qtbot):
    """Press Tab until it comes round; return what had the focus, in order."""
    start = QApplication.focusWidget()
    found = [start]
    for _ in range(400):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is start:
            return found
        assert focus not in found, f"from {found[-1]} Tab goes back to {focus}, and never to {start}"
        found.append(focus)
    raise AssertionError("Tab does not come round")


def stops(window):
    """What can be reached by Tab, of what is seen: of buttons that exclude one another, Tab reaches one."""
    for each in window.findChildren(QWidget):
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled():
            group = getattr(each, "group", lambda: None)()
            is_one_of = group is not None and group.exclusive() and not each.isChecked()
            if (
                not is_one_of
                and not each.focusProxy()
                and not isinstance(each, _BESIDE)
                and not each.objectName().startswith("qt_")
            ):
                yield each


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_everything_and_comes_round(window, qtbot, place):
    window.session.open_others(opened=True)
    for each in PLACES[: PLACES.index(place)]:
        window.places.page(each)
    window.places.go(place)
    page = window.places.currentWidget()
    qtbot.waitUntil(lambda: not getattr(page, "_job", None) or not page._job.is_busy)
    if place == "label":
        window.session.next_article()
        window.session.select(next(iter(window.session.annotations)))
        qtbot.waitUntil(lambda: not page.linkage.inspector._lead.is_waiting)
    found = reached(window, qtbot)
    missed = [each for each in stops(window) if each not in found]
    assert not missed
    assert any(map(page.isAncestorOf, found))
    assert any(map(window.rail.isAncestorOf, found))
    assert window.status.who in found
    rooms = {window.rail: "rail", page: "page", window.status: "status"}
    order = [next((name for room, name in rooms.items() if room.isAncestorOf(each)), "") for each in found]
    first = next(at for at, name in enumerate(order) if name == "rail" and order[at - 1] != "rail")
    assert [name for name, _ in groupby([*order[first:], *order[:first]])] == ["rail", "page", "status"]


@pytest.mark.parametrize("place", ["label", "codebook", "team"])  # in the others nothing is to be compared here
def test_one_sees_where_the_focus_is(window, qtbot, place):
    """What has the focus looks otherwise than without it, up to a few pixels around it."""
    window.session.open_others(opened=True)
    window.places.go(place)
    page = window.places.currentWidget()
    qtbot.waitUntil(lambda: not getattr(page, "_job", None) or not page._job.is_busy)
    window.label_place.reader._blink.stop()
    unseen = []
    for each in reached(window, qtbot):
        with_it = picture(window, each)
        qtbot.keyClick(each, Qt.Key.Key_Tab)
        if each.isVisible() and picture(window, each) == with_it:
            unseen.append(each)
    assert not unseen


def picture(window, widget):
    area = widget.rect().adjusted(-4, -4, 4, 4)
    area.moveTopLeft(widget.mapTo(window, area.topLeft()))
    return window.grab(area).toImage()
