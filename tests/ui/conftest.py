"""The window on a real project, and what every test of it leaves behind: nothing."""

import gc
import threading

import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication

from annotator.model.article import State
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.garbage import sweep
from annotator.ui.look.looks import Looks
from annotator.ui.session.settings import FOLDER_VARIABLE, Settings
from annotator.ui.window.window import USUAL, Window

LEAK = (
    "Minister denies leak\n\nThe minister said the report was false. “I never saw the report,” she said 👨‍👩‍👧 on Tuesday. "
    "Two aides say she was told in March.\n\nA spokesman declined to comment.\n"
)
RAIN = "Rain in the north\n\nForecasters said that rain would reach the coast by Friday. Farmers hope so.\n"
PERSIAN = "وزیر گزارش را رد کرد\n\nوزیر می‌گوید گزارش را ندیده است.\n"


class Choices:
    """Answers for the file dialogs, set by the test."""

    def __init__(self):
        self.path = None
        self.paths = []

    def new_project(self):
        return self.path

    def project(self):
        return self.path

    def copy(self, name):
        return self.path

    def export(self, place, *, is_folder):
        return self.path

    def labels_file(self):
        return self.path

    def labels_folder(self):
        return self.path

    def folder(self):
        return self.path

    def articles(self):
        return self.paths

    def version(self, title):
        return self.path


@pytest.fixture(autouse=True)
def swept():
    """As in the program, no thread but the window's takes away what nobody needs any more."""
    gc.disable()
    yield
    sweep()
    gc.enable()


@pytest.fixture(scope="session")
def looks(qapp):
    """The application's colours and faces."""
    return Looks(qapp, "light")


def three_articles(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for text in (LEAK, RAIN, PERSIAN):
            project.add_text(text)
        rain = project.articles()[1].id
        start = RAIN.index("rain would")
        project.annotate(rain, "claim", [(start, RAIN.index(" by Friday"))], annotator="Ana")
        project.set_state(rain, "Ana", State.DONE)
        return project.path


@pytest.fixture
def study(cast):
    """The path of a project with three articles and two annotators; Ana has labelled and finished the second."""
    return cast(three_articles)


@pytest.fixture
def choices():
    """What the file dialogs answer."""
    return Choices()


@pytest.fixture
def make_window(qtbot, looks, tmp_path, choices, monkeypatch):
    """A function that shows a window as the program does; all are closed after the test, and must leave nothing."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    made = []

    def make(path=None):
        window = Window(Settings.load(), looks, tmp_path / "projects", choices)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(*USUAL)  # the screen of the offscreen platform is smaller than anybody's
        with qtbot.waitExposed(window):
            window.show()
        if path is not None:
            assert window.open_path(path)
        return window

    yield make
    for window in made:
        window.close()
        assert not [timer for timer in window.findChildren(QTimer) if timer.isActive()]
        assert not [thread for thread in window.findChildren(QThread) if thread.isRunning()]
        assert window.session is None
    looks.set_scheme("light")
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    # Qt's own threads are asked above; what stands for one of them here stays after its end, where it has begun others.
    assert not [each for each in threading.enumerate()[1:] if not isinstance(each, threading._DummyThread)]


@pytest.fixture
def window(make_window, study):
    """The window with the study open at its first article, the focus in the text."""
    return make_window(study)


@pytest.fixture
def select(window):
    """A function that selects words in the open article, and returns their span."""

    def take(words):
        start = window.session.article.text.index(words)
        span = Span.of((start, start + len(words)))
        window.label_place.reader.set_selection(span)
        return span

    return take


@pytest.fixture
def press(qtbot):
    """A function that presses keys in whatever has the focus."""

    def keys(*chords, widget=None):
        for chord in chords:
            target = widget or QApplication.focusWidget()
            key, modifiers = chord if isinstance(chord, tuple) else (chord, Qt.KeyboardModifier.NoModifier)
            qtbot.keyClick(target, key, modifiers)

    return keys


def pytest_collection_modifyitems(items):
    """The offscreen platform says what it cannot do; that is no fault of the window."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


def pytest_addoption(parser):
    parser.addoption("--walks", type=int, default=2, help="how many random walks over the window")
    parser.addoption("--walk-steps", type=int, default=60, help="how many steps each of them has")
