"""The place Codebook of a window on a real project."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def choices(choices):
    """What the file dialogs answer, those for codebooks too."""
    choices.codebook = lambda: choices.path
    choices.save_codebook = lambda name: choices.path
    choices.handout = lambda name: choices.path
    return choices


@pytest.fixture
def place(window, press):
    """The place Codebook, shown by its key."""
    press((Qt.Key.Key_2, CTRL))
    return window.editing.place


@pytest.fixture
def save(window, press):
    """A function that saves the codebook by its key."""

    def do(note=""):
        window.editing.place.save_bar.note.setText(note)
        press((Qt.Key.Key_S, CTRL))

    return do


@pytest.fixture
def book(window):
    """A function that reads the codebook as the file has it."""
    return lambda: window.session.project.codebook


@pytest.fixture
def write(qtbot):
    """A function that takes all that a field has out and writes words into it, key by key."""

    def do(widget, words):
        widget.setFocus()
        widget.selectAll()
        qtbot.keyClick(widget, Qt.Key.Key_Delete)
        qtbot.keyClicks(widget, words)

    return do


@pytest.fixture
def menu_of():
    """A function that finds the entry of a menu by its words."""

    def find(menu: QMenu, words):
        return next(action for action in menu.actions() if action.text().replace("&", "").startswith(words))

    return find
