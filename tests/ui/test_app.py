"""The program as a whole: the first start, the next one, Ctrl+C, and what is wrong with the program itself."""

import signal
import sys

import pytest

from annotator.model.errors import SilentFolderError
from annotator.ui.faults import faults_folder
from annotator.ui.interrupt import Interrupt
from annotator.ui.unexpected import Unexpected

RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.ui.app import run
def tell():
    window = QApplication.topLevelWidgets()
    window = next(each for each in window if type(each).__name__ == "Window")
    print(window.windowTitle(), "|", window.no_project.said().replace("\\n", " "), flush=True)
    if "close" in sys.argv:
        window.close()
QTimer.singleShot(0, tell)
sys.exit(run(Path(sys.argv[1]) if sys.argv[1] != "-" else None, []))
"""


@pytest.fixture
def program(start, tmp_path):
    """A function that starts the program with settings of its own."""

    def begin(*arguments):
        env = {"QT_QPA_PLATFORM": "offscreen", "ANNOTATOR_CONFIG_DIR": str(tmp_path / "settings")}
        return start(RUN, *arguments, env=env)

    return begin


def test_the_first_start_shows_the_example_and_the_next_one_shows_it_again(program, tmp_path):
    for _ in range(2):
        out, err = program("-", "close").communicate(timeout=60)
        assert "Example" in out, err
        assert " — " in out
        assert "Traceback" not in err
    assert [path.name for path in (tmp_path / "settings" / "projects").iterdir()] == ["Example.annotator"]


def test_a_project_that_is_gone_is_told_in_the_window(program, tmp_path):
    process = program(tmp_path / "gone.annotator", "close")
    out, err = process.communicate(timeout=60)
    assert "There is no project at" in out
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for another process")
def test_ctrl_c_closes_the_window_and_leaves_one_file(program, tmp_path):
    process = program("-")
    assert "Example" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert [path.name for path in (tmp_path / "settings" / "projects").iterdir()] == ["Example.annotator"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT for another process")
def test_signals_are_given_back(qtbot, qapp):
    before = signal.getsignal(signal.SIGINT)
    called = []
    interrupt = Interrupt(lambda: called.append(1), qapp)
    signal.raise_signal(signal.SIGINT)
    qtbot.waitUntil(lambda: called == [1])
    interrupt.remove()
    assert signal.getsignal(signal.SIGINT) is before


def test_an_unexpected_error_is_a_sentence_with_details(window, capsys):
    unexpected = Unexpected(window)
    unexpected.happened.connect(window.tell_unexpected)
    unexpected.install()
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("the words of an article"), None)
    finally:
        unexpected.remove()
    assert "Something went wrong that should not (ZeroDivisionError)" in window.banner.words
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "the words of an article" not in told
    assert sys.excepthook is sys.__excepthook__


def test_a_folder_that_does_not_answer_is_no_fault_of_the_program(window, tmp_path, capsys):
    unexpected = Unexpected(window)
    unexpected.happened.connect(window.tell_unexpected)
    unexpected.install()
    try:
        sys.excepthook(SilentFolderError, SilentFolderError(tmp_path), None)
    finally:
        unexpected.remove()
    assert "does not answer" in window.banner.words
    assert not capsys.readouterr().err
    assert not faults_folder().exists()
