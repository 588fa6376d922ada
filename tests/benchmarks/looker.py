"""A program of its own that looks into every view of a project, and tells on stdout what each cost.

    python -m tests.benchmarks.looker PROJECT FOLDER [VIEW …]

A JSON object in one line: by view, milliseconds until it is painted and nothing goes on any more, the longest time for
which the window stood still meanwhile, how much of the processor its thread took in one go, and the most memory in MB. FOLDER takes settings and what is written.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.ui.actions.catalogue import COMMANDS
from annotator.ui.articles.order import GROUPS, SORTS
from annotator.ui.window.window import Window
from tests.benchmarks import corpus
from tests.benchmarks.measure import forget_peak, peak
from tests.benchmarks.stalls import Quiet, watch
from tests.ui.hand import Hand, open_window

Act = Callable[[], object]
PLACES = ("codebook", "team", "agreement", "adjudicate")
TABS = ("team.handing", "team.merge", "team.notes", "team.plan")
PANELS = ("trash", "actions", "notes.open", "annotators", "again.open", "backup.make", "backup.restore")


def views(window: Window, hand: Hand, folder: Path) -> Iterator[tuple[str, Act]]:
    """Yield what is looked at, and how one gets there; each goes on from the one before."""
    do = {each.id: window.actions_[each.id].trigger for each in COMMANDS}
    column = window.label_place.articles
    for words in ("h", "ha", ""):
        yield f"filter the articles by “{words}”", lambda words=words: column.field.setText(words)
    for key, name in [*list(SORTS.items())[1:], ("", SORTS[""])]:
        yield f"sort the articles: {name.lower()}", lambda key=key: column.sorts.choose(key)
    for key, name in [*list(GROUPS.items())[1:], ("", GROUPS[""])]:
        yield f"group the articles: {name.lower()}", lambda key=key: column.groups.choose(key)
    yield "next article", do["article.next"]
    yield "label", lambda: _label(hand)
    yield "undo", do["undo"]
    yield "redo", do["redo"]
    yield "done, next article", do["article.done"]
    yield "show labels of others", lambda: hand.session.open_others(opened=True)
    for name in PANELS:
        yield f"action {name}", do[name]
        yield f"close {name}", lambda: _leave(hand)
    yield "go back to Label", do["place.label"]
    yield "open the panel that finds", do["find.everywhere"]
    yield "type what is to be found", lambda: window.label_place.everywhere.field.setText("zuxi")
    for name in PLACES:
        yield f"go to {name}", do[f"place.{name}"]
        if name == "team":
            for tab in TABS:
                yield f"action {tab}", do[tab]
        yield f"go back to Label from {name}", do["place.label"]
    yield "go to codebook again", do["place.codebook"]
    yield "export page", do["project.export"]
    yield "save a copy in the window", lambda: window.copy_line.save(folder / "copy.annotator")
    yield "go to adjudicate again", do["place.adjudicate"]
    yield "adjudicate: take version 1", do["adjudicate.take_1"]
    yield "undo the decision", do["undo"]
    yield "where it stands", do["adjudicate.results"]
    yield "close the project", window.projects.close


def _leave(hand: Hand) -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:  # on the platform that shows nothing, keys do not come to it
        popup.close()
    else:
        hand.press(Qt.Key.Key_Escape)


def _label(hand: Hand) -> None:
    starts = corpus.word_starts(hand.session.article.text)
    hand.reader.setFocus()
    hand.select(starts[3], starts[9] - 1)
    hand.press(Qt.Key.Key_C)


def look(
    project: Path, folder: Path, wanted: list[str], *, heard: Callable[[str, dict], None] = lambda *_: None
) -> dict:
    """Open the window and look at everything; return what each view cost."""
    QApplication.instance() or QApplication([])
    told: dict[str, dict[str, float]] = {}
    window: Window | None = None

    def measured(what: str, act: Act) -> None:
        forget_peak()
        begun, processor = time.perf_counter(), time.process_time()
        own: list[float] = []
        gaps = watch(Quiet(window or QApplication.instance()), act, own)
        told[what] = {
            "milliseconds": (time.perf_counter() - begun) * 1000,
            "processor": (time.process_time() - processor) * 1000,
            "stood still": max(gaps),
            "stood still, of its own": max(own),
            "peak memory, MB": peak(),
        }
        heard(what, told[what])

    def opened() -> None:
        nonlocal window
        window = open_window(project, folder)

    measured("open the window and the project", opened)
    for what, act in views(window, Hand(window), folder):
        if not wanted or any(each in what for each in wanted):
            measured(what, act)
    window.close()
    return told


if __name__ == "__main__":
    os.environ["ANNOTATOR_CONFIG_DIR"] = sys.argv[2]
    sys.stdout.write(json.dumps(look(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])) + "\n")
