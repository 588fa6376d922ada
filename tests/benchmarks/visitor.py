"""A program of its own that starts the window, works in it, and tells on stdout how long each thing took.

    python -m tests.benchmarks.visitor start FOLDER PROJECT     until the window with the article has been painted
    python -m tests.benchmarks.visitor work FOLDER PROJECT      open, switch articles, label; and the memory it took
    python -m tests.benchmarks.visitor endure FOLDER PROJECT    eight hours of labelling, without the time to think

Times are in milliseconds; a JSON object in one line.
"""

import gc
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from tests.benchmarks import corpus
from tests.benchmarks.measure import peak

if TYPE_CHECKING:
    from tests.ui.hand import Hand

SWITCHES = 60
HOURS = 8
LABELS_AN_HOUR = 360
"""A label every ten seconds."""
LABELS_AN_ARTICLE = 24
CTRL = Qt.KeyboardModifier.ControlModifier


def peak_beside() -> float:
    """Return the most memory that one of the processes has had which this one started and which have ended, in MB."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / ((1 << 20) if sys.platform == "darwin" else 1024)


def resident() -> float:
    """Return the memory that this process has now, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024


def _shows_text(widget: QObject) -> bool:
    """Whether a widget is the reading view's page, with an article. The view is not imported: that would take time."""
    page = getattr(widget.parent(), "page", None)
    return bool(getattr(page, "text", ""))


class UntilPainted(QObject):
    """Ends the process when a widget that shows an article has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice the first paint, and let it happen."""
        if event.type() == QEvent.Type.Paint and _shows_text(watched):
            QApplication.instance().removeEventFilter(self)
            QApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.LowEventPriority.value)
        return False

    def event(self, _event: QEvent) -> bool:
        """What was posted while the page was painted comes after it."""
        told = {"painted at": time.time(), "processor": time.process_time() * 1000, "peak memory, MB": peak()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        os._exit(0)


def start(project: Path) -> None:
    """Start the program as its command does, and stop when it has been painted."""
    app = QApplication([])
    watcher = UntilPainted()
    app.installEventFilter(watcher)
    from annotator.cli import run  # noqa: PLC0415 - as late as the program itself does

    run([str(project)])


def read_on(hand: "Hand") -> None:
    """Do nothing until the next article is ready, as who reads one does."""
    hand.settle()
    following = hand.session.ahead()
    while following is not None and not hand.reader.is_ready(following[0]):
        hand.settle()


def work(project: Path, folder: Path) -> dict[str, object]:
    """Open a project, switch articles and label."""
    from tests.ui.hand import Hand, open_window  # noqa: PLC0415

    QApplication([])
    begun, processor = time.perf_counter(), time.process_time()
    hand = Hand(open_window(project, folder))
    opened, processor = (time.perf_counter() - begun) * 1000, (time.process_time() - processor) * 1000
    switches, busy, labels = [], [], []
    for _ in range(SWITCHES):
        read_on(hand)
        begun, thread = time.perf_counter(), time.thread_time()
        hand.press_and_see(Qt.Key.Key_PageDown, CTRL)
        hand.settle()
        switches.append((time.perf_counter() - begun) * 1000)
        busy.append((time.thread_time() - thread) * 1000)
        starts = corpus.word_starts(hand.session.article.text)
        hand.select(starts[3], starts[9] - 1)
        begun = time.perf_counter()
        hand.press_and_see(Qt.Key.Key_C)
        labels.append((time.perf_counter() - begun) * 1000)
    found = {
        "opened": opened,
        "processor": processor,
        "switches": switches,
        "switches, of the window's thread": busy,
        "labels": labels,
        "peak memory, MB": peak(),
    }
    hand.close()
    return found


def endure(project: Path, folder: Path) -> list[dict[str, object]]:
    """Label for eight hours: relabel, undo, redo, delete, finish articles and look into every place in between."""
    from tests.ui.hand import Hand, open_window  # noqa: PLC0415

    QApplication([])
    dice = random.Random(8)
    hand = Hand(open_window(project, folder))
    keys = (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_A)
    told = []
    for hour in range(1, HOURS + 1):
        labels = []
        for number in range(LABELS_AN_HOUR):
            starts = corpus.word_starts(hand.session.article.text)
            first = dice.randrange(len(starts) - 12)
            hand.select(starts[first], starts[first + dice.randint(2, 10)] - 1)
            begun = time.perf_counter()
            hand.press_and_see(dice.choice(keys))
            labels.append((time.perf_counter() - begun) * 1000)
            match number % 12:
                case 3:
                    hand.press(dice.choice(keys))
                case 5:
                    hand.press(Qt.Key.Key_Z, CTRL)
                    hand.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
                case 9:
                    hand.press(Qt.Key.Key_Delete)
            hand.settle()
            if number % LABELS_AN_ARTICLE == LABELS_AN_ARTICLE - 1:
                hand.press(Qt.Key.Key_Return, CTRL)
                hand.settle()
        for place in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_1):
            hand.press(place, CTRL)
            hand.settle()
        hand.reader.setFocus()
        gc.collect()
        told.append(
            {
                "hour": hour,
                "labels": labels,
                "memory, MB": resident(),
                "file, MB": project.stat().st_size / 1e6,
                "objects": len(gc.get_objects()),
                "objects of Qt": sum(len(each.findChildren(QObject)) for each in QApplication.topLevelWidgets()),
            }
        )
    hand.close()
    return told


if __name__ == "__main__":
    what, folder, project = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    os.environ["ANNOTATOR_CONFIG_DIR"] = str(folder)
    if what == "start":
        start(project)
    elif what == "endure":
        sys.stdout.write(json.dumps(endure(project, folder)) + "\n")
    else:
        sys.stdout.write(json.dumps(work(project, folder)) + "\n")
