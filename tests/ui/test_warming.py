"""Pages are built before they are visited, while the person does nothing."""

import pytest
from PySide6.QtCore import Qt

from annotator.ui.window.rail import PLACES
from annotator.ui.window.warming import Warmer


@pytest.fixture
def warm():
    """A function that makes a `Warmer`, which is ended after the test."""
    made = []

    def make(window, quiet):
        made.append(Warmer(window, window.places, quiet))
        made[-1].begin()
        return made[-1]

    yield make
    for each in made:
        each.end()


def test_every_place_is_built_one_after_the_other_and_the_shown_one_stays(window, warm, qtbot):
    built = []
    window.places.built.connect(built.append)
    focus = window.focusWidget()
    warmer = warm(window, 1)
    qtbot.waitUntil(lambda: warmer.is_done, timeout=30_000)
    assert built == [each for each in PLACES if each != "label"]
    assert window.places.current == "label"
    assert window.focusWidget() is focus
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.places.currentWidget() is window.places.page("team")


def test_who_is_at_work_is_not_disturbed(window, warm, qtbot):
    warmer = warm(window, 100_000)
    begun = warmer._timer.timerId()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Left)
    assert warmer._timer.timerId() != begun, "it waits anew"
    assert not window.places.has("team")


def test_without_a_project_nothing_is_built(make_window, warm, qtbot):
    window = make_window()
    warmer = warm(window, 1)
    qtbot.wait(20)
    assert not warmer.is_done
    assert not any(window.places.has(each) for each in PLACES[1:])
