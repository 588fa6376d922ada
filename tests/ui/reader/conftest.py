"""A reading view on the offscreen platform, with a real mouse made by hand."""

import json
import unicodedata
from itertools import count

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.span import Span
from annotator.resources import read_text
from annotator.ui.reader import Reader, geometry

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="session")
def codebook():
    return Codebook.from_dict(json.loads(read_text("codebooks/default.json")))


@pytest.fixture
def mark():
    numbers = count(1)

    def make(label, *fragments, name=""):
        return Annotation(name or f"m{next(numbers):04}", "article", "someone", label, Span.of(*fragments))

    return make


@pytest.fixture
def reader(qtbot):
    view = Reader()
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    return view


@pytest.fixture
def show(reader, codebook):
    """Show a text with marks; return the reader."""

    def do(text, *marks, **more):
        reader.show_article(Article("article", "A title", text, **more), marks, codebook)
        QApplication.processEvents()
        return reader

    return do


class Mouse:
    """Presses, moves and releases the left button at points of the viewport, as a hand does."""

    def __init__(self, reader):
        self.reader = reader
        self._time = 1000

    def words(self, position, *, at=0.5):
        """Return the point of the viewport within the character at `position`, `at` of its width from its beginning."""
        page = self.reader.page
        if unicodedata.bidirectional(page.text[position]) in ("R", "AL"):
            at = 1 - at
        line = geometry.line_of_position(page, position)
        (low, high), *_ = geometry.extents(page, line, position, position + 1)
        return QPointF(low + (high - low) * at, line.baseline - 5 - self.reader.verticalScrollBar().value())

    def lane(self, position, lane=0, lanes=1, *, away=0.0, after=False):
        """Return the point in a lane below the character at `position`."""
        page = self.reader.page
        line = geometry.line_of_position(page, position)
        (low, high), *_ = geometry.extents(page, line, position, position + 1)
        top, thickness = line.rhythm.lane(lane, lanes)
        x = (high if after else low) + away
        return QPointF(x, line.baseline + top + thickness / 2 - self.reader.verticalScrollBar().value())

    def send(self, kind, point, buttons, modifiers=NONE, *, button=Qt.MouseButton.LeftButton, wait=2000):
        self._time += wait
        viewport = self.reader.viewport()
        event = QMouseEvent(kind, point, QPointF(viewport.mapToGlobal(point.toPoint())), button, buttons, modifiers)
        event.setTimestamp(self._time)
        QApplication.sendEvent(viewport, event)

    def press(self, point, modifiers=NONE, wait=2000):
        self.send(QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton, modifiers, wait=wait)

    def move(self, point, modifiers=NONE, held=True):
        buttons = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
        self.send(QEvent.Type.MouseMove, point, buttons, modifiers, button=Qt.MouseButton.NoButton, wait=5)

    def release(self, point, modifiers=NONE):
        self.send(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton, modifiers, wait=5)

    def click(self, point, modifiers=NONE, wait=2000):
        self.press(point, modifiers, wait)
        self.release(point, modifiers)

    def double_click(self, point):
        self.click(point)
        self.send(QEvent.Type.MouseButtonDblClick, point, Qt.MouseButton.LeftButton, wait=50)
        self.release(point)

    def triple_click(self, point):
        self.double_click(point)
        self.click(point, wait=50)

    def drag(self, start, end, modifiers=NONE, *, drop=True):
        self.press(start, modifiers)
        for step in range(1, 6):
            self.move(start + (end - start) * (step / 5), modifiers)
        if drop:
            self.release(end, modifiers)

    def drag_over(self, start, end, modifiers=NONE, *, drop=True):
        """Drag from the first quarter of the character at `start` to the last quarter of the one before `end`."""
        self.drag(self.words(start, at=0.2), self.words(end - 1, at=0.8), modifiers, drop=drop)


@pytest.fixture
def mouse(reader):
    return Mouse(reader)


@pytest.fixture
def place():
    """Return the bounds of some words in a text."""

    def find(text, words):
        start = text.index(words)
        return start, start + len(words)

    return find
