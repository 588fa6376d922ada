"""The place Team of a window on a real project."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.assigning import Scheme
from annotator.project import Project

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def choices(choices):
    """What the file dialogs answer, those of the team too."""
    choices.copies = lambda: choices.paths
    choices.folder_for_copies = lambda: choices.path
    return choices


@pytest.fixture
def at_team(qtbot):
    """A function that goes to the place Team of a window by its key, and waits until everything is shown."""

    def go(window):
        if not window.places.has("team"):
            qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
        place = window.places.page("team")
        qtbot.waitUntil(lambda: not place._is_stale and not place._job.is_busy)
        return place

    return go


@pytest.fixture
def place(window, at_team):
    """The place Team of the study: Ana and Ben, three articles, nothing assigned."""
    return at_team(window)


@pytest.fixture
def planned(study):
    """The study with everything assigned doubly."""
    with Project.open(study) as project:
        project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2)))
    return study


@pytest.fixture
def settled(qtbot):
    """A function that waits until a place shows how things stand now."""

    def wait(place):
        qtbot.waitUntil(lambda: not place._is_stale and not place._job.is_busy)

    return wait
