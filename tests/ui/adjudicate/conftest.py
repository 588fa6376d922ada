"""The place Adjudicate of a window on a project that three have labelled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from annotator.model.article import State
from annotator.project import Project
from annotator.ui.adjudicate.place import AdjudicatePlace
from annotator.ui.window.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "The mayor said on Monday that the bridge was safe. Engineers denied that it was safe.\n\n"
    "A spokesman said the city would pay for new beams in spring, whatever they cost.\n"
)
OTHER = "Nobody knows who paid. The treasurer denied having paid for anything.\n"


def lay(project, article, who, label, words):
    """Label words of an article."""
    text = project.article(article).text
    start = text.index(words)
    return project.annotate(article, label, [(start, start + len(words))], annotator=who)


def two_judged(folder):
    with Project.create(folder / "judged", annotator="Ana") as project:
        for name in ("Ben", "Cleo"):
            project.ensure_annotator(name)
        project.add_text(TEXT)
        project.add_text(OTHER)
        first, second = (head.id for head in project.articles())
        for who in ("Ana", "Ben", "Cleo"):
            lay(project, first, who, "denial", "denied that it was safe")
        for who, words in (("Ana", "the bridge was safe"), ("Ben", "bridge was safe"), ("Cleo", "the bridge was")):
            lay(project, first, who, "claim", words)
        for who in ("Ana", "Ben"):
            lay(project, first, who, "claim", "the city would pay for new beams")
        lay(project, second, "Ana", "denial", "denied having paid for anything")
        lay(project, second, "Ben", "claim", "denied having paid for anything")
        for article in (first, second):
            for who in ("Ana", "Ben", "Cleo"):
                project.set_state(article, who, State.DONE)
        project.set_blind(blind=False)
        return project.path


@pytest.fixture
def judged(cast):
    """The path of a project in which three have finished two articles, and agree about one label only."""
    return cast(two_judged)


@pytest.fixture
def window(make_window, judged):
    """A window on it."""
    return make_window(judged)


@pytest.fixture
def place(window, press, qtbot):
    """The place, shown by its key, its queue read."""
    press((Qt.Key.Key_5, CTRL))
    page = window.places.currentWidget()
    qtbot.waitUntil(lambda: page.docket.is_loaded and not page.docket.is_busy)
    return page


@pytest.fixture
def press(press, qtbot):
    """A function that presses keys and waits until what stands beside the text has followed, too."""

    def keys(*chords, widget=None):
        press(*chords, widget=widget)
        for top in (each for each in QApplication.topLevelWidgets() if isinstance(each, Window)):
            for page in top.findChildren(AdjudicatePlace):
                qtbot.waitUntil(lambda page=page: not page.is_behind)

    return keys


@pytest.fixture
def gold(window):
    """A function that returns the gold labels as the file has them: label and words."""

    def read():
        project = window.session.project
        layer = project.gold()
        found = project.annotations(annotator=layer.id) if layer else []
        return [(each.label, *each.span.covered(project.article(each.article).text)) for each in found]

    return read


@pytest.fixture
def choose(qtbot, request):
    """A function that presses keys in the menu that is open."""

    def keys(*names, window=None):
        window = window or request.getfixturevalue("window")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for key in names:
            qtbot.keyClick(menu, key)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        # The offscreen platform does not give the focus back by itself.
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    return keys
