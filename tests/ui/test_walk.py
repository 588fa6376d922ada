"""A long random walk over the real window with real keys and the real mouse; after every step all must still hold.

A few short walks in an ordinary run; the proof is ``python -m pytest tests/ui/test_walk.py --walks 100 --walk-steps 500``.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.article import State
from annotator.project import Project
from annotator.ui.look.looks import Looks
from annotator.ui.session.settings import FOLDER_VARIABLE, Settings
from annotator.ui.window.window import USUAL, Window
from tests.ui import walk_deeds, walk_rounds
from tests.ui.conftest import LEAK, PERSIAN, RAIN, Choices
from tests.ui.hand import Hand
from tests.ui.walk_rounds import snapshot

WALKS, STEPS = 1, 45
KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    "label": [(KEY.Key_C, NONE), (KEY.Key_D, NONE), (KEY.Key_A, NONE), (KEY.Key_S, NONE), (KEY.Key_T, NONE)],
    "move": [
        (key, mods) for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down) for mods in (NONE, SHIFT, CTRL)
    ],
    "edge": [
        (KEY.Key_BracketLeft, NONE),
        (KEY.Key_BracketRight, NONE),
        (KEY.Key_BraceLeft, SHIFT),
        (KEY.Key_BraceRight, SHIFT),
    ],
    "grow": [(KEY.Key_Period, NONE), (KEY.Key_Comma, NONE)],
    "mark": [
        (KEY.Key_N, NONE),
        (KEY.Key_P, NONE),
        (KEY.Key_Return, NONE),
        (KEY.Key_Delete, NONE),
        (KEY.Key_Escape, NONE),
    ],
    "frame": [(KEY.Key_J, NONE), (KEY.Key_J, CTRL | SHIFT), (KEY.Key_Right, ALT), (KEY.Key_Left, ALT)],
    "link": [(KEY.Key_R, NONE), (KEY.Key_L, NONE), (KEY.Key_1, NONE), (KEY.Key_2, NONE), (KEY.Key_0, NONE)],
    "inspect": [(KEY.Key_I, NONE), (KEY.Key_1, NONE), (KEY.Key_2, NONE), (KEY.Key_3, NONE), (KEY.Key_F4, NONE)],
    "travel": [(KEY.Key_Z, CTRL), (KEY.Key_Z, CTRL), (KEY.Key_Z, CTRL | SHIFT), (KEY.Key_Y, CTRL)],
    "article": [(KEY.Key_PageDown, CTRL), (KEY.Key_PageUp, CTRL), (KEY.Key_Return, CTRL)],
    "place": [
        (KEY.Key_1, CTRL),
        (KEY.Key_1, CTRL),
        (KEY.Key_2, CTRL),
        (KEY.Key_3, CTRL),
        (KEY.Key_4, CTRL),
        (KEY.Key_5, CTRL),
    ],
    "panel": [
        (KEY.Key_F9, NONE),
        (KEY.Key_F6, NONE),
        (KEY.Key_Delete, CTRL | SHIFT),
        (KEY.Key_F, CTRL),
        (KEY.Key_H, NONE),
    ],
}
"""Keys that a hand may hit in any order: none of them asks for a file."""
DEEDS = (
    *KEYS,
    "label",
    "label",
    "move",
    "drag",
    "drag",
    "drag and label",
    "drag and label",
    "add part",
    "person",
    "reopen",
    *walk_deeds.DEEDS,
    *walk_rounds.DEEDS,
)
OTHER_DEEDS = {**walk_deeds.DEEDS, **walk_rounds.DEEDS}
_SEEN: Counter[str] = Counter()


@dataclass
class Walk:
    """One window on one project, and what was done to it."""

    folder: Path
    path: Path
    looks: Looks
    until: Callable[[Callable[[], bool]], None]
    around: Path
    done: list[str] = field(default_factory=list)
    made: int = 0
    sent: list[Path] = field(default_factory=list)
    out: list[Path] = field(default_factory=list)

    def __post_init__(self):
        self.choices = Choices()
        self.choices.copies = lambda: self.choices.paths
        self.choices.folder_for_copies = lambda: self.choices.path
        self.open()

    def open(self):
        self.window = Window(Settings.load(), self.looks, self.around, self.choices)
        self.window.resize(*USUAL)
        self.window.show()
        assert self.window.open_path(self.path)
        self.hand = Hand(self.window)

    def step(self, deed, number):
        """Do one thing; `number` decides about its details."""
        luck = random.Random(number)
        self.done.append(f"{deed} {number}")
        if deed in KEYS:
            self.key(*luck.choice(KEYS[deed]))
        elif deed.startswith("drag"):
            self.drag(luck)
            if "label" in deed:
                self.key(*luck.choice(KEYS["label"]))
        elif deed == "add part":
            self.drag(luck, CTRL)
        elif deed == "person":
            self.window.session.switch_annotator(luck.choice(["Ana", "Ben"]))
        elif deed == "reopen":
            self.window.projects.close()
            assert self.window.open_path(self.path)
        elif deed in OTHER_DEEDS:
            OTHER_DEEDS[deed](self, luck)
        self.hand.settle()
        self.until(lambda: not self.window.session.long_step.is_busy)

    def wait_for_others(self):
        """Wait until nothing else writes into the project."""
        self.until(lambda: not self.window.session.project.is_lent)

    def count(self, what):
        _SEEN[what] += 1

    def key(self, key, modifiers):
        popup = QApplication.activePopupWidget()
        QTest.keyClick(popup or self.window.focusWidget() or self.window, key, modifiers)

    def drag(self, luck, modifiers=NONE):
        if self.window.places.currentWidget() is not self.window.label_place:
            return
        view = self.hand.reader.viewport()
        start, end = (
            QPointF(luck.uniform(60, view.width() - 60), luck.uniform(8, view.height() - 8)) for _ in range(2)
        )
        end.setY(start.y() + luck.choice([0, 0, 0, 32, 96]))
        self.hand.drag(start, end, modifiers)

    def hold(self):
        """Everything that is true at any time."""
        session = self.window.session
        project = session.project
        # Return on the page of exports writes one beside the project: that is no part of the project's own files.
        beside = {each.name for each in self.folder.iterdir() if each.name.startswith(self.path.name)}
        # Return on the page of imports, or of merging, begins one: another thread writes then, and has a journal.
        assert project.is_lent or beside <= {self.path.name, f"{self.path.name}.lock"}
        if session.article is None:
            return
        text = session.article.text
        stored = {each.id: each for each in project.annotations(session.article.id, session.annotator.id)}
        assert session.annotations == stored
        reader = self.window.label_place.reader
        assert {mark for mark in stored if mark in reader.index} == set(stored)
        assert len(reader.index) == len(stored)
        for each in stored.values():
            assert 0 <= each.span.start < each.span.end <= len(text)
            assert all(words == words.strip() for words in each.span.covered(text))
        everybody = {each.id for each in project.annotations()}
        for link in project.links():
            assert link.origin_id in everybody
            assert link.target is None or link.target in everybody
        assert not session.selected or session.selected in stored

    def rest(self):
        """What takes longer: the whole file, and that undo is the inverse of everything."""
        self.wait_for_others()
        project = self.window.session.project
        assert project.check() == []
        before = snapshot(project)
        count = 0
        while project.undo() is not None:
            count += 1
        assert not project.annotations(annotator="Ana") or count == 0 or snapshot(project) != before
        for _ in range(count):
            assert project.redo() is not None
        assert snapshot(project) == before
        self.hand.settle()
        self.hold()

    def close(self):
        if QApplication.activePopupWidget() is not None:
            QApplication.activePopupWidget().close()
        self.hand.close()


@pytest.mark.timeout(36000)
def test_random_walks(request, looks, tmp_path_factory, monkeypatch, qtbot):
    walks = request.config.getoption("--walks", WALKS)
    steps = request.config.getoption("--walk-steps", STEPS)

    # The first walk that Hypothesis takes is the simplest one there is, so it is one more.
    @settings(
        max_examples=walks + 1,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2**32)), min_size=steps, max_size=steps))
    def go(deeds):
        folder = tmp_path_factory.mktemp("walk")
        around = tmp_path_factory.mktemp("around")
        monkeypatch.setenv(FOLDER_VARIABLE, str(around / "settings"))
        walked = Walk(folder, study_in(folder), looks, lambda done: qtbot.waitUntil(done, timeout=120_000), around)
        try:
            for deed, number in deeds:
                walked.step(deed, number)
                walked.hold()
            walked.rest()
        finally:
            walked.close()

    go()
    told = ", ".join(f"{often:,} {what}" for what, often in _SEEN.items())
    plugins = request.config.pluginmanager
    with plugins.get_plugin("capturemanager").global_and_fixture_disabled():
        plugins.get_plugin("terminalreporter").write_line(f"\n{told}")


def study_in(folder):
    """Return the path of a project with three articles and two annotators."""
    with Project.create(folder / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for text in (LEAK, RAIN, PERSIAN):
            project.add_text(text)
        with suppress(StopIteration):
            project.set_state(project.articles()[1].id, "Ben", State.IN_PROGRESS)
        project.set_blind(blind=False)
        return project.path
