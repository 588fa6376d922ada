"""From a figure to its disagreements, and on to deciding about exactly these."""

from PySide6.QtCore import Qt

from annotator.model.adjudication import Cell
from annotator.project.wanted import Wanted


def test_what_is_listed_is_what_is_decided_about(place, window, press, settled, qtbot):
    press(Qt.Key.Key_W)
    settled(place)
    listed = {(each.article, each.label, each.kind) for each in place.passages.model.disputes}
    press(Qt.Key.Key_J)
    queue = window.places.currentWidget().docket
    qtbot.waitUntil(lambda: queue.is_loaded and not queue.is_busy)
    assert window.places.current == "adjudicate"
    assert queue.queue.items
    for item in queue.queue.items:
        assert any((item.article, label, kind) in listed for label in item.labels for kind in item.kinds)


def test_a_cell_of_a_pair_names_the_pair():
    wanted = Wanted(people=("a", "b"), label="claim", kind="missed", holder="b", lacks="a")
    assert wanted.cell == Cell(kinds=frozenset({"missed"}), labels=frozenset({"claim"}), pair=("b", "a"))
    assert Wanted(kind="attribute", part="stance").cell == Cell(kinds=frozenset({"attribute"}))
    assert Wanted(people=("a", "b", "c")).cell == Cell()
