"""One errand at a time: a later one takes the place of an earlier one, of which nothing is told."""

import gc

import pytest
from PySide6.QtCore import QObject

from annotator.model.errors import ExchangeError
from annotator.ui.exchange.errand import Errands


@pytest.fixture
def errands(qapp):
    made = Errands(QObject(qapp))
    told = made.told = []
    made.done.connect(lambda kind, result: told.append((kind, result)))
    made.failed.connect(lambda kind, words: told.append((kind, words)))
    yield made
    made.stop()


def until_cancelled(listen):
    for number in iter(int, 1):
        listen.tell(number, 0, "for ever")


def test_what_comes_of_it_is_told_once(errands, qtbot):
    errands.start("count", lambda _listen: 3)
    assert errands.kind == "count"
    qtbot.waitUntil(lambda: not errands.kind)
    assert errands.told == [("count", 3)]


def test_a_later_one_takes_the_place_of_those_before(errands, qtbot):
    errands.start("count", until_cancelled)
    errands.start("count", until_cancelled)
    errands.start("write", lambda _listen: "done")
    assert errands.kind == "write"
    qtbot.waitUntil(lambda: not errands.kind)
    assert errands.told == [("write", "done")]


def test_a_sentence_tells_why_it_failed_or_was_stopped(errands, qtbot):
    def fail(_listen):
        raise ExchangeError("No such thing.")

    errands.start("count", fail)
    qtbot.waitUntil(lambda: not errands.kind)
    errands.start("write", until_cancelled)
    errands.cancel()
    qtbot.waitUntil(lambda: not errands.kind)
    assert errands.told == [("count", "No such thing."), ("write", "Stopped. Nothing was written.")]


def test_stages_and_progress_are_heard(errands, qtbot):
    heard = []
    errands.began.connect(heard.append)
    errands.progressed.connect(lambda *told: heard.append(told))

    def work(listen):
        listen.begin("Writing")
        listen.tell(2, 2, "two")

    errands.start("write", work)
    qtbot.waitUntil(lambda: not errands.kind)
    assert heard == ["Writing", (2, 2, "two")]


def test_what_is_stopped_tells_nothing(errands):
    errands.start("count", until_cancelled)
    errands.start("write", until_cancelled)
    errands.stop()
    assert (errands.told, errands.kind) == ([], "")


def test_what_is_dropped_tells_nothing_and_makes_room(errands, qtbot):
    errands.start("count", until_cancelled)
    errands.drop()
    assert not errands.kind
    errands.start("count", lambda _listen: 4)
    qtbot.waitUntil(lambda: not errands.kind)
    assert errands.told == [("count", 4)]


def test_circles_are_collected_again_afterwards(errands, qtbot):
    gc.enable()
    seen = []
    errands.start("count", lambda _listen: seen.append(gc.isenabled()))
    qtbot.waitUntil(lambda: not errands.kind)
    assert seen == [False]
    assert gc.isenabled()
