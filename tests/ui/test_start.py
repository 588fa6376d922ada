"""The program starts without what is needed later: it is loaded when it is first asked for."""

import subprocess
import sys

LATER = (
    "numpy",
    "matplotlib",
    "scipy",
    "annotator.agreement",
    "annotator.cli.adding",
    "annotator.cli.agreement",
    "annotator.cli.merging",
    "annotator.formats.example",
    "annotator.formats.registry",
    "annotator.plots",
    "annotator.project.adopt",
    "annotator.project.copies",
    "annotator.project.example",
    "annotator.project.export",
    "annotator.project.feedback_html",
    "annotator.project.intake",
    "annotator.project.replacement",
    "annotator.project.report",
    "annotator.project.report_html",
    "annotator.project.report_words",
    "annotator.ui.adding.preview",
    "annotator.ui.adjudicate",
    "annotator.ui.agreement",
    "annotator.ui.window.annotators",
    "annotator.ui.exchange.export_page",
    "annotator.ui.exchange.import_page",
    "annotator.ui.actions.keys",
    "annotator.ui.actions.palette",
    "annotator.ui.team",
)
"""Packages and modules that most who open a project do not need, or not yet."""
LOADED = """
import sys
import annotator.cli, annotator.ui.requirements, annotator.ui.app
print(*sys.modules)
"""


def test_starting_loads_nothing_that_is_needed_later():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "annotator.ui.window.window" in loaded
    assert [each for each in loaded if any(f"{each}.".startswith(f"{late}.") for late in LATER)] == []


READ = """
import linecache
import annotator.ui.app
print(*linecache.cache, sep="\\n")
"""


def test_starting_reads_no_sources():
    done = subprocess.run([sys.executable, "-c", READ], capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if "annotator" in line] == []
