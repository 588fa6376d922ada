"""A folder on a network whose other side hangs inside the system: the window says so, stays alive, and goes on after it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.model.errors import SilentFolderError
from annotator.project import Project
from annotator.project.answering import Pulse, ask

_COMPILER = shutil.which("cc")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or _COMPILER is None, reason="what hangs is made with LD_PRELOAD, by a C compiler"
)

_SESSION = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from annotator.store import pulse
from tests.ui.hand import Hand, open_window

pulse.FRESH = 0  # the folder hangs from one moment to the next here
project, folder, sign = map(Path, sys.argv[1:])
app = QApplication([])
window = open_window(project, folder)
hand = Hand(window)
ticks = 0
def tick():
    global ticks
    ticks += 1
timer = QTimer(interval=5, timeout=tick)
timer.start()

def labelled(start, end):
    hand.select(start, end)
    hand.press(Qt.Key.Key_C)
    hand.settle()
    return len(hand.session.annotations)

def said():
    return window.status.last + window.banner.words

before = labelled(0, 8)
sign.touch()
for do in (
    lambda: labelled(9, 15),
    lambda: hand.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    lambda: hand.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier),
):
    window.status.say("")
    window.banner.hide()
    do()
    assert "does not answer" in said(), said()
assert len(hand.session.annotations) == before
seen = ticks
while ticks < seen + 20:
    app.processEvents()
assert not window.open_path(project.with_name("other.annotator"))
assert "does not answer" in said(), said()
sign.unlink()
while labelled(9, 15) == before:
    pass
hand.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
hand.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
hand.settle()
assert len(hand.session.annotations) == before + 1
hand.close()
print("alive", flush=True)
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    """The library that lets a folder hang."""
    made = tmp_path_factory.mktemp("shim") / "hanging.so"
    source = Path(__file__).with_name("hanging.c")
    command = [_COMPILER, "-shared", "-fPIC", "-w", "-o", made, source, "-ldl"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this C library has other names for what hangs")
    return made


@pytest.fixture
def hanging(tmp_path, shim):
    """A folder with a project, the file that lets it hang as long as it exists, and what a program is started with."""
    folder = tmp_path / "network"
    folder.mkdir()
    with Project.create(folder / "p", annotator="Ana") as project:
        for text in ("She said on Monday that nobody had seen it.", "It rained on Tuesday."):
            project.add_text(text)
    sign = tmp_path / "hang"
    environment = {"LD_PRELOAD": str(shim), "HANG_BELOW": str(folder), "HANG": str(sign), "PYTHONWARNINGS": None}
    return folder / "p.annotator", sign, environment


@pytest.mark.timeout(120)
def test_the_window_says_that_a_folder_hangs_and_goes_on_when_it_answers(hanging, start, tmp_path):
    path, sign, environment = hanging
    process = start(_SESSION, path, tmp_path / "settings", sign, env=environment)
    said, fault = process.communicate(timeout=100)
    assert process.returncode == 0, fault
    assert said.strip() == "alive"
    with Project.open(path) as project:
        assert len(project.annotations()) == 2
        assert project.check() == []
    assert [each.name for each in path.parent.iterdir()] == [path.name]


_PULSE = """
import sys
from pathlib import Path
from annotator.model.errors import SilentFolderError
from annotator.project.answering import Pulse, ask
from annotator.store import pulse as module
module.FRESH = 0
folder, sign = map(Path, sys.argv[1:])
pulse = Pulse(folder, patience=0.05)
pulse.check()
sign.touch()
for _ in range(3):
    try:
        pulse.check()
    except SilentFolderError as error:
        print(error)
sign.unlink()
while True:
    try:
        pulse.check()
    except SilentFolderError:
        continue
    break
pulse.close()
"""


def test_who_asks_a_folder_that_hangs_is_told_and_may_ask_again(hanging, start):
    path, sign, environment = hanging
    process = start(_PULSE, path.parent, sign, env=environment)
    said, fault = process.communicate(timeout=100)
    assert process.returncode == 0, fault
    assert said.count("does not answer") == 3
    assert str(path.parent) in said


def test_nothing_is_asked_between_a_step_and_its_notice(tmp_path):
    """For the step is stored by then: “nothing was changed” would not be true."""
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        project.add_text("She said on Monday that nobody had seen it.")
        article, told = project.articles()[0].id, []

        def refuse():
            raise SilentFolderError(tmp_path)

        project.notify = lambda changes: told.append(project.annotations(article))
        asked = []
        project.ask_before_use(lambda: asked.append(len(told)))
        project.annotate(article, "claim", [(0, 3)], annotator="Ana")
        assert [len(each) for each in told] == [1]
        assert asked
        assert max(asked) == 0
        project.ask_before_use(refuse)
        with pytest.raises(SilentFolderError):
            project.annotate(article, "denial", [(0, 3)], annotator="Ana")
        project.ask_before_use(None)
        assert len(project.annotations(article)) == 1


def test_a_folder_that_is_gone_has_answered(tmp_path):
    ask(tmp_path / "nowhere")
    pulse = Pulse(tmp_path)
    for _ in range(100):
        pulse.check()
    pulse.close()
