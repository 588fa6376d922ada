"""Scrolling through 500 links, all shown; opening frames; and looking at what is missing among 10,000 labels."""

import random
from pathlib import Path

import pytest

from annotator.model.annotation import Link
from annotator.model.ids import new_id
from annotator.project import Project
from annotator.store import links
from annotator.store.clock import now
from annotator.store.history import Writing
from tests.benchmarks import corpus
from tests.ui.hand import Hand, open_window

LONG = corpus.Size(1, 100_000, 1_500)
LINKS = 500
RUNS = 200


def add_links(path: Path, count: int) -> None:
    """Join denials to claims near and far, below the door: a step each would take minutes."""
    dice = random.Random(3)
    with Project.open(path) as project:
        found = project.annotations(project.articles()[0].id)
        claims = [each for each in found if each.label == "claim"]
        denials = [each for each in found if each.label == "denial"]
        file, time = project._file, now()
        with file.db.atomic():
            writing = Writing(file.db, file.history._nouns, file.history.count())
            writing._place = 1000
            for _ in range(count):
                source, target = dice.choice(denials), dice.choice(claims)
                link = Link(new_id(), "denies", source.id, target.id, source.annotator, made_at=time, changed_at=time)
                writing.put("link", link.id, links.image(link), is_new=True)


@pytest.mark.parametrize("every", [False, True], ids=["no link shown", "500 links shown"])
def test_scrolling(copy, times, tmp_path, every):
    path = copy("long", LONG)
    add_links(path, LINKS)
    hand = Hand(open_window(path, tmp_path))
    what = f"scroll a step, {'500 links shown' if every else 'no link shown'}"
    if every:
        hand.window.actions_["link.all"].trigger()
    hand.settle()
    bar = hand.reader.verticalScrollBar()
    hand.reader.reveal(len(hand.reader.page.text) - 1, len(hand.reader.page.text))
    hand.reader.reveal(0, 1)
    hand.settle()
    for _ in range(RUNS):
        before = hand.paints.begun
        with times.of(what, "16"):
            bar.setValue(bar.value() + 60)
            hand.see(before)
            hand.settle()
    hand.close()


def test_selecting_a_mark_with_links(copy, times, tmp_path):
    path = copy("long", LONG)
    add_links(path, LINKS)
    hand = Hand(open_window(path, tmp_path))
    framing = hand.window.label_place.linkage.framing
    some = [each for each in hand.session.annotations if framing.relations_of(each)][:RUNS]
    for each in some:
        hand.reader.reveal(*hand.session.annotations[each].span.fragments[0])
        hand.settle()
        before = hand.paints.begun
        with times.of("select a mark with links, inspector shown", "32"):
            hand.session.select(each)
            hand.see(before)
            hand.settle()
    hand.close()


def test_looking_for_what_is_missing(copy, times, tmp_path):
    hand = Hand(open_window(copy("huge", corpus.HUGE), tmp_path))
    remarks = hand.window.label_place.linkage.remarks
    for _ in range(5):
        with times.of("10,000 labels looked at, in slices"):
            remarks._begin()
            while remarks.is_looking:
                hand.app.processEvents()
    for each in list(hand.session.annotations)[:RUNS]:
        with times.of("one label looked at again"):
            remarks._look_at([each])
            while remarks.is_looking:
                hand.app.processEvents()
    hand.close()
