"""A version that has hardly changed is not indexed and counted anew, and is shown as if it were."""

import random

import pytest

from annotator.model.annotation import Annotation
from annotator.model.article import Article
from annotator.model.span import Span
from annotator.project.templates import template
from annotator.ui.passage.version import Version
from annotator.ui.passage.view import PassageView

TEXT = "\n".join(
    "Rain fell on the north all day long, the minister said, and nobody went out to look. " * (1 + n % 4)
    for n in range(30)
)
BOOK = template("default")
ARTICLE = Article("a", "Rain", TEXT)


def a_mark(dice, name):
    start = dice.randrange(len(TEXT) - 300)
    pieces = [(start, start + dice.randint(2, 200))]
    if dice.random() < 0.2:
        pieces.append((pieces[0][1] + 5, pieces[0][1] + 40))
    return Annotation(name, "a", "gold", dice.choice(["claim", "denial", "source"]), Span.of(*pieces))


def picture(view):
    """What stands on every line: its height and lanes, and the marks in each lane."""
    sheet = view.scene.sheet
    rows = sheet.rows_between(0, sheet.height)
    some = range(len(view.scene.versions))
    return [(row.top, row.depths, [sheet.pieces(number, row.line) for number in some]) for row in rows]


@pytest.mark.parametrize("seed", range(4))
def test_marks_that_come_and_go_are_shown_as_in_a_view_that_sees_them_first(qtbot, seed):
    dice = random.Random(seed)
    view = PassageView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    gold = [a_mark(dice, f"g{number}") for number in range(20)]
    followed = 0
    for turn in range(12):
        others = tuple(a_mark(dice, f"o{turn}{number}") for number in range(3))
        versions = (Version("ana", "A", "Ana", others), Version("gold", "G", "Gold", tuple(gold), is_aside=True))
        if turn % 5 == 4:  # the same marks twice
            versions += (Version("ben", "B", "Ben", tuple(gold)),)
        before = [index for _, index in view._indexes]
        view.show_passage(ARTICLE, versions, BOOK, [dice.choice(gold).span.fragments[0]], "")
        followed += any(view._indexes[1][1] is each for each in before)
        fresh = PassageView()
        qtbot.addWidget(fresh)
        fresh.resize(600, 500)
        fresh.show_passage(ARTICLE, versions, BOOK, view._place, "")
        assert picture(view) == picture(fresh)
        if turn == 6:
            view.resize(500, 500)
            view.resize(600, 500)
        gold = list(gold)
        for number in range(dice.randint(1, 2)):
            gold.append(a_mark(dice, f"n{turn}{number}"))
        if dice.random() < 0.6:
            gold.pop(dice.randrange(len(gold)))
        if dice.random() < 0.3:  # another span of the same label
            gold[3] = a_mark(dice, gold[3].id)
        if dice.random() < 0.2:
            dice.shuffle(gold)
    assert followed > 3
