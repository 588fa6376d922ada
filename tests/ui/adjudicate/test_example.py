"""The example project adjudicated from first to last by real key events: one action a disagreement."""

from PySide6.QtCore import Qt

from annotator.project.example import open_example

CTRL = Qt.KeyboardModifier.ControlModifier


def test_one_action_a_disagreement(make_window, press, qtbot, choose, tmp_path):
    window = make_window(open_example(tmp_path / "example"))
    window.session.open_others(opened=True)
    press((Qt.Key.Key_5, CTRL))
    place = window.places.currentWidget()
    qtbot.waitUntil(lambda: place.docket.is_loaded and not place.docket.is_busy)
    press(Qt.Key.Key_A)
    choose(Qt.Key.Key_1, window=window)
    qtbot.waitUntil(lambda: not place.docket.is_busy, timeout=20_000)
    assert not sum(place.docket.queue.agreed.values())
    actions = 0
    while place.docket.current is not None:
        left = place.docket.queue.left
        press(Qt.Key.Key_1, widget=place.view)
        actions += 1
        assert place.docket.queue.left < left
    assert actions == place.docket.queue.done > 200
    assert "Everything is decided" in place.ends.done.said()
    project = window.session.project
    gold = project.gold()
    assert len(project.annotations(annotator=gold.id)) > 200
    assert not project.check()
