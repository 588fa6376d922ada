"""What can wait comes after what is to be painted, once, and not at all when it is stopped."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.session.later import Later


class Painted(QWidget):
    """Notes when it is painted."""

    def __init__(self, order: list[str]) -> None:
        super().__init__()
        self._order = order

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self._order.append("painted")


@pytest.fixture
def order():
    return []


@pytest.fixture
def widget(qtbot, order):
    made = Painted(order)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: "painted" in order)
    order.clear()
    return made


def test_it_comes_after_the_painting_even_where_it_is_due_before(qtbot, widget, order):
    later = Later(widget, lambda: order.append("called"), 0)
    later.start()
    widget.update()
    assert later.is_waiting
    qtbot.waitUntil(lambda: "called" in order)
    assert order == ["painted", "called"]
    assert not later.is_waiting


def test_asked_again_it_comes_once(qtbot, widget, order):
    later = Later(widget, lambda: order.append("called"), 0)
    for _ in range(3):
        later.start()
    qtbot.waitUntil(lambda: "called" in order)
    QCoreApplication.processEvents()
    assert order.count("called") == 1


def test_stopped_it_does_not_come_though_it_is_posted(qtbot, widget, order):
    later = Later(widget, lambda: order.append("called"), 0)
    later.start()
    later._post()
    later.stop()
    last = Later(widget, lambda: order.append("last"), 0)
    last.start()
    qtbot.waitUntil(lambda: "last" in order)
    assert "called" not in order
    assert not later.is_waiting
