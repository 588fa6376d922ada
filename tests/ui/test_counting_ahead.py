"""A large project is counted for agreement while the person does nothing; whatever they do goes first."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.model.article import State
from annotator.model.span import Span
from annotator.project import Project, ahead, recount
from annotator.store import statistics


@pytest.fixture
def shared(study, monkeypatch):
    """The path of a project in which two have finished three articles, as if that were many."""
    with Project.open(study) as project:
        for head in project.articles():
            for name in ("Ana", "Ben"):
                project.set_state(head.id, name, State.DONE)
    monkeypatch.setattr(ahead, "WORTH", 3)
    monkeypatch.setattr(recount, "_AT_ONCE", 1)
    return study


@pytest.fixture
def watched(make_window, shared):
    """A function that opens the project in a window that counts ahead once nobody has done anything for a while."""

    def make(quiet):
        window = make_window()
        window.ahead_line._timer.setInterval(quiet)
        window.ahead_line.watch(window)
        assert window.open_path(shared)
        return window

    return make


def kept(window):
    return len(list(statistics.read(window.session.project._db, ahead.METHOD)))


def test_the_counts_are_kept_when_nothing_is_done(watched, qtbot):
    window = watched(1)
    line = window.ahead_line
    told = []
    line._worker.found.connect(lambda _found: told.append((line.isVisible(), line.words.text())))
    qtbot.waitUntil(lambda: kept(window) == 3 and not line.isVisible(), timeout=30_000)
    assert told == [(True, f"Counting ahead for agreement … {done} of 3 articles") for done in (1, 2, 3)]
    assert not line._worker.is_busy
    assert not window.session.project.check()


def move(window):
    """Move the mouse, as the system tells the window of it."""
    here = QPointF(20, 20)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, here, here, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), event)


def test_it_gives_way_to_what_is_done_and_goes_on_afterwards(watched, qtbot):
    window = watched(1)
    line = window.ahead_line
    qtbot.waitUntil(lambda: line._worker.is_busy, timeout=30_000)
    line._timer.setInterval(100_000)
    move(window)
    assert not line._worker.is_busy
    counted = kept(window)
    window.session.label(Span.of((0, 5)), "claim")
    line._timer.setInterval(1)
    move(window)
    qtbot.waitUntil(lambda: kept(window) == 3, timeout=30_000)
    assert counted < 3
    assert not window.session.project.check()


def test_not_now_leaves_it_until_the_project_is_opened_again(watched, qtbot):
    window = watched(1)
    line = window.ahead_line
    qtbot.waitUntil(lambda: line._worker.is_busy, timeout=30_000)
    line.cancelled.emit()
    assert not line._worker.is_busy
    assert not line.isVisible()
    assert not line._timer.isActive()
    move(window)
    assert not line._timer.isActive()


def test_closing_the_window_ends_it(watched, qtbot):
    window = watched(1)
    qtbot.waitUntil(lambda: window.ahead_line._worker.is_busy, timeout=30_000)
    window.close()
    assert not window.ahead_line._worker.is_busy
    assert not window.ahead_line._next.is_waiting


def test_nothing_is_counted_where_agreement_is_looked_at(watched):
    window = watched(100_000)
    window.places.go("agreement")
    window.ahead_line._timer.timeout.emit()
    assert not window.ahead_line._worker.is_busy
    assert window.ahead_line._timer.isActive(), "it looks again later"
