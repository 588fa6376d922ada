"""Adjudication: 1,000 articles that three annotators have finished, with 25 labels each of them."""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from annotator.model.adjudication import Cell, Outcome
from annotator.model.article import State
from annotator.project import Project
from annotator.store.history import Writing
from annotator.ui.adjudicate.place import AdjudicatePlace
from annotator.ui.sweeping import Sweeper
from annotator.ui.window.window import Window
from tests.benchmarks import corpus
from tests.benchmarks.disk import Disk
from tests.benchmarks.stalls import watch
from tests.ui.hand import Hand, Paints, open_window

ARTICLES, LABELS, DECISIONS = 1_000, 25, 100
LONG_ARTICLES = 12
AIM = "17"
"""A frame, in milliseconds."""
NAMES = ("Ana", "Ben", "Chiara")
pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A project in which three annotators agree about half of the spans, and differ about the others."""
    found = tmp_path_factory.mktemp("adjudication") / "p.annotator"
    corpus.build(found, corpus.Size(ARTICLES, 3_000, 0))
    dice = random.Random(1)
    with Project.open(found) as project:
        people = [project.ensure_annotator(name).id for name in NAMES]
        ids = [each.id for each in project.articles()]
        with project.step("Label") as step:
            for article in ids:
                _label(project, step.writing, article, people, dice)
    return found


def _label(  # noqa: PLR0917 - what is labelled, by whom, and how
    project: Project, writing: Writing, article: str, people: list[str], dice: random.Random, labels: int = LABELS
) -> None:
    text = project.article(article).text
    for who in people:
        image = {
            "article": article,
            "annotator": who,
            "state": State.DONE.value,
            "changed_at": "2026-01-01T00:00:00.000Z",
        }
        writing.put("state", f"{article}:{who}", image, is_new=True)
    for span in corpus.spans(dice, text, labels):
        label, fate = dice.choice(corpus.LABELS), dice.random()
        for who in people:
            if fate > 0.5 and dice.random() < 0.3:
                continue
            moved = span
            if fate > 0.75 and dice.random() < 0.5 and len(span.fragments) == 1 and span.size > 12:
                moved = type(span).of((span.start + dice.randint(1, 5), span.end))
            draft = project._draft(article, label, moved, who)
            corpus.put(writing, draft, text)


@contextmanager
def both(times, what: str, aim: str = "") -> Iterator[None]:
    """Measure the block by the clock, and what the processor took for it in the window's thread."""
    start, busy = time.perf_counter(), time.thread_time()
    yield
    times.add(f"{what}, processor", (time.thread_time() - busy) * 1000)
    times.add(what, (time.perf_counter() - start) * 1000, aim)


def test_queue_and_decisions(path, times, facts):
    with Project.open(path) as project:
        for order in ("article", "cost", "clause"):
            with both(times, f"open a queue of {ARTICLES:,} articles", "1,000"):
                queue = project.queue(order=order)
        facts["open disagreements"] = f"{queue.left:,}, and {sum(queue.agreed.values()):,} places that all agree about"
        with both(times, "open a queue of one label and one pair"):
            people = [project.annotator(name).id for name in NAMES]
            project.queue(Cell(labels=frozenset({"claim"}), pair=(people[0], people[1])))
        queue = project.queue()
        chosen = queue.items[:: max(1, queue.left // DECISIONS)][:DECISIONS]
        for found in chosen:
            with both(times, "annotate, to compare with"):
                project.annotate(found.article, "claim", [(0, 9)], annotator="Ana")
            project.undo()
            with both(times, "decide, with its commit", "10, without it"):
                project.decide(found, Outcome.VERSION, by="Ana")
            with both(times, "the queue after it"):
                queue = project.renewed(queue, [found.article])
        with both(times, "draft what most have"):
            plan = project.rule_draft("majority")
        with both(times, f"accept {plan.labels:,} labels", "seconds"):
            project.accept(plan)
        with both(times, "open the queue after it", "1,000"):
            project.queue()
        with both(times, "undo it"):
            project.undo()


def until(is_so: Callable[[], bool]) -> None:
    """Handle events until something is so."""
    watch(is_so)


def disk_of(path: Path) -> Disk:
    """Return what tells how long the disk alone takes for a decision as most are: not for the first, which makes gold."""
    with Project.open(path) as project:
        project.ensure_gold()
    return Disk(path, lambda project: project.decide(project.queue().items[0], Outcome.VERSION, by=NAMES[0]))


@pytest.fixture
def long_articles(tmp_path):
    """Articles of 15,000 characters, of which six annotators have 100 labels each."""
    path = tmp_path / "long.annotator"
    corpus.build(path, corpus.Size(LONG_ARTICLES, 15_000, 0))
    dice = random.Random(2)
    with Project.open(path) as project, project.step("Label") as step:
        people = [project.ensure_annotator(name).id for name in (*NAMES, "Dora", "Emil", "Fay")]
        for each in project.articles():
            _label(project, step.writing, each.id, people, dice, 100)
    return path


def test_queue_and_decisions_in_the_window(path, tmp_path, times):
    copy = tmp_path / "p.annotator"
    shutil.copyfile(path, copy)
    disk = disk_of(copy)
    window = open_window(copy, tmp_path)
    what = f"visit a queue of {ARTICLES:,} articles for the first time"
    start = time.perf_counter()
    hand, place = visit(window, times, what)
    times.add(f"{what}, until it is whole", (time.perf_counter() - start) * 1000, "1,000")
    go_through(hand, place, disk, times, "")
    window.close()


def test_decisions_in_long_articles_in_the_window(long_articles, tmp_path, times):
    disk = disk_of(long_articles)
    window = open_window(long_articles, tmp_path)
    what = "long articles, 100 labels each of six"
    hand, place = visit(window, times, f"{what}: visit the queue")
    go_through(hand, place, disk, times, f"{what}: ")
    window.close()


def visit(window: Window, times, what: str) -> tuple[Hand, AdjudicatePlace]:
    """Go to the place for the first time; return when its queue is whole."""
    app = QApplication.instance()
    hand = Hand(window)
    hand.session.open_others(opened=True)
    hand.settle()
    with both(times, f"{what}, until its first disagreement is painted", "1,000"):
        window.actions_["place.adjudicate"].trigger()
        place = window.places.currentWidget()
        paints = Paints(place.view.viewport())
        while place.docket.current is None or not paints.begun:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        hand.settle()
    until(lambda: place.docket.is_loaded and not place.docket.is_busy)
    return hand, place


def go_through(hand: Hand, place: AdjudicatePlace, disk: Disk, times, what: str) -> None:
    """Skip and decide by keys, with a moment to read in between, as the program does: Python's garbage is swept then."""
    until(lambda: not place.figures.is_busy)
    sweeper = Sweeper(place)
    sweeper.begin()
    moved, decided = f"{what}the next disagreement painted", f"{what}a decision stored and the next painted"
    for key, name in ((Qt.Key.Key_S, moved), (Qt.Key.Key_1, decided)):
        for _ in range(DECISIONS):
            alone = disk.commit() if name is decided else 0.0
            took = press_and_see(hand, place, key, times, name)
            if name is decided:
                times.add(f"{what}the disk's own commit ({disk.pages} pages)", alone)
                times.add(f"{name}, less the disk's own commit", took - alone, AIM)
            else:
                times.add(name, took, AIM)
            pause = time.perf_counter() + 0.15  # somebody reads
            until(lambda pause=pause: time.perf_counter() > pause)
    sweeper.end()


def press_and_see(hand: Hand, place: AdjudicatePlace, key: Qt.Key, times, name: str) -> float:
    """Press a key; return after how many milliseconds the next disagreement was painted, and wait for what follows it."""
    app, paints = QApplication.instance(), Paints(place.view.viewport())
    start, busy = time.perf_counter(), time.thread_time()
    hand.press(key)
    while not paints.begun:
        app.processEvents()
    took = (time.perf_counter() - start) * 1000
    times.add(f"{name}, processor", (time.thread_time() - busy) * 1000)
    with both(times, f"{name}: list, clauses and progress after that"):
        while place.is_behind:
            app.processEvents()
        hand.settle()
    paints.deleteLater()
    return took
