"""From the press of a key to a label that is on the disk and on the screen."""

import random
import time

import pytest
from PySide6.QtCore import Qt

from annotator.model.errors import RuleError
from annotator.project import Project
from tests.benchmarks import corpus
from tests.benchmarks.disk import Disk
from tests.ui.hand import Hand, open_window

RUNS = 200
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SIZES = pytest.mark.parametrize(
    ("name", "size", "aim"),
    [("ordinary", corpus.ORDINARY, "16"), ("huge", corpus.HUGE, "32")],
)


def a_label(project: Project) -> None:
    """Take a label away, in a step."""
    with project.step("Measure") as step:
        step.writing.put("annotation", project.annotations(project.articles()[0].id)[0].id, None)


def some_words(dice: random.Random, starts: list[int]) -> tuple[int, int]:
    first = dice.randrange(len(starts) - 40)
    return starts[first], starts[first + dice.randint(3, 30)] - 1


@pytest.fixture
def disk(copy, name, size):
    return Disk(copy(name, size), a_label)


@SIZES
def test_annotate_alone(copy, disk, times, name, size, aim):  # noqa: PLR0917 - fixtures
    dice = random.Random(1)
    with Project.open(copy(name, size)) as project:
        article = project.articles()[0].id
        starts = corpus.word_starts(project.article(article).text)
        for _ in range(RUNS):
            times.add(f"{name}: the disk's own commit ({disk.pages} pages)", disk.commit())
            start = time.perf_counter()
            try:
                project.annotate(article, "claim", [some_words(dice, starts)], annotator=corpus.ANNOTATOR)
            except RuleError:
                continue  # the dice have labelled these words before
            times.add(f"{name}: annotate, committed", (time.perf_counter() - start) * 1000)


@SIZES
@pytest.mark.timeout(600)
def test_key_to_paint(copy, disk, times, tmp_path, name, size, aim):  # noqa: PLR0917 - fixtures
    dice = random.Random(2)
    hand = Hand(open_window(copy(name, size), tmp_path))
    session = hand.session
    starts = corpus.word_starts(session.article.text)
    labelled = []
    for _ in range(RUNS):
        disk_alone, words = disk.commit(), some_words(dice, starts)
        hand.select(*words)
        before, known = hand.paints.begun, len(session.annotations)
        start, processor = time.perf_counter(), time.process_time()
        hand.press(Qt.Key.Key_C)
        committed = time.perf_counter()
        if len(session.annotations) == known:
            continue
        labelled.append(words)
        hand.see(before)
        painted = (time.perf_counter() - start) * 1000
        times.add(f"{name}: key to committed", (committed - start) * 1000)
        times.add(f"{name}: key to painted", painted)
        times.add(f"{name}: key to painted, less the disk's own commit", painted - disk_alone, aim)
        # Of this process alone: what the same would take on a computer that does nothing else.
        times.add(f"{name}: key to painted, processor", (time.process_time() - processor) * 1000)
    for what, modifiers in (("undo", CTRL), ("redo", CTRL | SHIFT)):
        # The words are on the screen: only there is something to be painted.
        some = labelled[-(RUNS // 2) :]
        for words in reversed(some) if what == "undo" else some:
            hand.select(*words)
            with times.of(f"{name}: {what}, key to painted"):
                hand.press_and_see(Qt.Key.Key_Z, modifiers)
    hand.close()
