"""A plot is drawn when it is first looked at, and not before."""

from PySide6.QtCore import Qt


def test_a_plot_is_drawn_when_it_is_first_seen(place, press):
    plot = place.subjects[0].plots[0]
    assert plot.targets == ()
    press(Qt.Key.Key_V)
    plot.grab()
    assert {each.key.label for each in plot.targets} == {key for key, _ in place.findings.report.labels}
