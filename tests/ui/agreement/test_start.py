"""The program starts without numpy and matplotlib: they are loaded when agreement is first looked at, and first drawn."""

import subprocess
import sys

from PySide6.QtCore import Qt

HEAVY = """
import sys
import annotator.ui.app, annotator.ui.window
print(sorted({"numpy", "matplotlib", "scipy"} & sys.modules.keys()))
"""


def test_starting_loads_nothing_of_what_agreement_needs():
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_plot_is_drawn_when_it_is_first_seen(place, press):
    plot = place.subjects[0].plots[0]
    assert plot.targets == ()
    press(Qt.Key.Key_V)
    plot.grab()
    assert {each.key.label for each in plot.targets} == {key for key, _ in place.findings.report.labels}
