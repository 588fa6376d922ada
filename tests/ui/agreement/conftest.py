"""The place Agreement of a window on a real project of three who disagree."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.article import State
from annotator.project import Project

CTRL = Qt.KeyboardModifier.ControlModifier
ONE = "The minister said that the report was false. Two aides say she was told in March, and that she knew.\n"
TWO = "Forecasters said that rain would reach the coast by Friday. Farmers in the north hope so.\n"
THREE = "Nobody denied it on Monday.\n"


def put(project, who, article, label, words):
    text = project.article(article).text
    start = text.index(words)
    project.annotate(article, label, [(start, start + len(words))], annotator=who)


def three_who_disagree(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        for who in ("Ben", "Cem"):
            project.ensure_annotator(who)
        for text in (ONE, TWO, THREE):
            project.add_text(text)
        one, two, three = (head.id for head in project.articles())
        for who in ("Ana", "Cem"):
            put(project, who, one, "claim", "the report was false")
            put(project, who, one, "claim", "she was told in March")
            put(project, who, one, "attribution", "said")
            put(project, who, two, "claim", "rain would reach the coast")
            put(project, who, two, "claim", "Farmers in the north hope so")
        put(project, "Ben", one, "claim", "that the report was false")
        put(project, "Ben", one, "attribution", "said")
        put(project, "Ben", two, "denial", "rain would reach the coast")
        put(project, "Ben", two, "claim", "Farmers in the north hope so")
        for article in (one, two, three):
            for who in ("Ana", "Ben", "Cem"):
                project.set_state(article, who, State.DONE)
        project.set_blind(blind=False)
        return project.path


@pytest.fixture
def study(cast):
    """Ana, Ben and Cem have finished three articles; others' labels are shown.

    Ben begins the first claim a word earlier, misses the second one, and calls a claim of Ana's a denial.
    """
    return cast(three_who_disagree)


@pytest.fixture
def choices(choices, tmp_path):
    """What the file dialogs answer, those of this place too; `folder_` is where to write."""
    choices.folder_ = tmp_path
    choices.agreement = lambda name: choices.path
    choices.plot = lambda name: choices.path
    return choices


@pytest.fixture
def settled(qtbot):
    """A function that waits until nothing is being computed or looked for."""

    def wait(place):
        qtbot.waitUntil(lambda: not place.is_busy, timeout=60_000)
        return place

    return wait


@pytest.fixture
def place(window, press, settled):
    """The place Agreement, shown by its key, with everything computed."""
    press((Qt.Key.Key_4, CTRL))
    return settled(window.places.currentWidget())
