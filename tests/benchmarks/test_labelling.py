"""From the press of a key to a label that is on the disk and on the screen."""

import random
import sqlite3
import time

import pytest
from PySide6.QtCore import Qt

from annotator.model.errors import RuleError
from annotator.project import Project
from tests.benchmarks import corpus
from tests.ui.hand import Hand, open_window

RUNS = 200
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SIZES = pytest.mark.parametrize(
    ("name", "size", "aim"),
    [("ordinary", corpus.ORDINARY, "16"), ("huge", corpus.HUGE, "32")],
)


class Disk:
    """A bare database beside the project, to know what the disk alone takes for a commit of the same size."""

    def __init__(self, project: Project) -> None:
        pages = self._pages(project)
        path = project.path.with_name("bare.db")
        self._connection = sqlite3.connect(path, isolation_level=None)
        synchronous = project._db.execute("PRAGMA synchronous").fetchone()[0]
        self._connection.execute(f"PRAGMA synchronous = {synchronous}")
        self._connection.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, content BLOB)")
        self._connection.executemany("INSERT INTO page VALUES (?, zeroblob(3500))", [(each,) for each in range(pages)])
        self.pages = pages

    @staticmethod
    def _pages(project: Project) -> int:
        """Return how many pages of the file a label touches, read off the journal."""
        article = project.articles()[0].id
        journal = project.path.with_name(f"{project.path.name}-journal")
        found: list[int] = []
        project.notify = lambda _changes: None
        with project.step("Measure") as step:
            project.notify = None
            image = project.annotations(article)[0]
            step.writing.put("annotation", image.id, None)
            found.append(journal.stat().st_size)
        project.undo()
        return max(1, found[0] // (project._db.execute("PRAGMA page_size").fetchone()[0] + 8))

    def commit(self) -> None:
        """Change so many pages and commit."""
        self._connection.execute("BEGIN")
        self._connection.execute("UPDATE page SET content = randomblob(3500)")
        self._connection.execute("COMMIT")


def some_words(dice: random.Random, starts: list[int]) -> tuple[int, int]:
    first = dice.randrange(len(starts) - 40)
    return starts[first], starts[first + dice.randint(3, 30)] - 1


@SIZES
def test_annotate_alone(copy, times, name, size, aim):
    dice = random.Random(1)
    with Project.open(copy(name, size)) as project:
        disk = Disk(project)
        article = project.articles()[0].id
        starts = corpus.word_starts(project.article(article).text)
        for _ in range(RUNS):
            with times.of(f"{name}: the disk's own commit ({disk.pages} pages)"):
                disk.commit()
            start = time.perf_counter()
            try:
                project.annotate(article, "claim", [some_words(dice, starts)], annotator=corpus.ANNOTATOR)
            except RuleError:
                continue
            times.add(f"{name}: annotate, committed", (time.perf_counter() - start) * 1000)


@SIZES
@pytest.mark.timeout(600)
def test_key_to_paint(copy, times, tmp_path, name, size, aim):  # noqa: PLR0917 - fixtures
    dice = random.Random(2)
    hand = Hand(open_window(copy(name, size), tmp_path))
    session = hand.session
    disk = Disk(Project.open(copy_of_disk(tmp_path, size)))
    starts = corpus.word_starts(session.article.text)
    for _ in range(RUNS):
        disk_start = time.perf_counter()
        disk.commit()
        disk_time = (time.perf_counter() - disk_start) * 1000
        hand.select(*some_words(dice, starts))
        before, known = hand.paints.begun, len(session.annotations)
        start = time.perf_counter()
        hand.press(Qt.Key.Key_C)
        committed = time.perf_counter()
        if len(session.annotations) == known:
            continue  # the dice have labelled these words before
        hand.see(before)
        painted = (time.perf_counter() - start) * 1000
        times.add(f"{name}: key to committed", (committed - start) * 1000)
        times.add(f"{name}: key to painted", painted)
        times.add(f"{name}: key to painted, less the disk's own commit", painted - disk_time, aim)
    for what, modifiers in (("undo", CTRL), ("redo", CTRL | SHIFT)):
        for _ in range(RUNS // 2):
            hand.settle()
            with times.of(f"{name}: {what}, key to painted"):
                hand.press_and_see(Qt.Key.Key_Z, modifiers)
    hand.close()


def copy_of_disk(folder, size):
    return corpus.build(folder / "disk.annotator", corpus.Size(1, 4_000, 20))
