"""The whole round with real windows: plan, hand out, label in each copy, merge, and see who did what."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from annotator.model.article import State
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.example import open_example
from annotator.ui.team.merge_model import COLUMNS
from annotator.ui.team.plan_model import FIRST

CTRL = Qt.KeyboardModifier.ControlModifier
PEOPLE = ("Ana", "Ben", "Sara Ahmadi")
REAL = Path(__file__).parents[4] / "shared" / "articles"
"""Two real articles, where somebody keeps them beside the checkout; they are no part of the program."""
LABELS = 3


@pytest.fixture
def example_articles(tmp_path):
    """The example's articles as files: what a coordinator begins with."""
    folder = tmp_path / "texts"
    folder.mkdir()
    with Project.open(open_example(tmp_path / "example"), read_only=True) as example:
        for number, head in enumerate(example.articles()):
            (folder / f"{number} article.txt").write_text(example.article(head.id).text, encoding="utf-8")
    return folder


class Hands:
    """Works windows by keys and clicks."""

    def __init__(self, qtbot, choices):
        self.qtbot = qtbot
        self.choices = choices

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier, widget=None):
        self.qtbot.keyClick(widget or QApplication.focusWidget(), key, modifiers)

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))

    def at_team(self, window):
        self.press(Qt.Key.Key_3, CTRL, window)
        place = window.places.page("team")
        self.settle(place)
        return place

    def settle(self, place):
        self.qtbot.waitUntil(
            lambda: (
                not place._is_stale
                and not any(
                    each.is_busy
                    for each in (place._job, place.plan.job, place.handing.job, place.merge.job, place.merge.commit)
                )
            ),
            timeout=60_000,
        )

    def add_people(self, window, names):
        place = self.at_team(window)
        for name in names:
            self.click(place.plan.add)
            self.qtbot.keyClicks(place.plan.person_form.name, name)
            self.press(Qt.Key.Key_Return, widget=place.plan.person_form.name)
            self.settle(place)
        return place

    def plan_all(self, place):
        self.click(place.plan.share_out)
        assert place.plan.plan_form.isVisible()
        self.click(place.plan.plan_form.ways[0])
        self.qtbot.waitUntil(place.plan.plan_form.accept.isEnabled, timeout=60_000)
        self.click(place.plan.plan_form.accept)
        self.settle(place)

    def hand_out(self, place, folder):
        self.choices.path = folder
        self.click(place.tabs["handing"])
        self.click(place.handing.go)
        self.settle(place)
        return sorted(folder.glob("*.annotator"))

    def label(self, window, who, number):
        """Label some words of every article by keys, ask something, and finish with it; return the words."""
        session, reader = window.session, window.label_place.reader
        assert session.annotator.name == who
        covered = []
        for _ in range(len(session.heads)):
            text, key = session.article.text, (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_A)[number]
            words = [word for word in text.split() if len(word) > 4][number : number + LABELS]
            at = 0
            for word in words:
                at = text.index(word, at)
                reader.set_selection(Span.of((at, at + len(word))))
                self.press(key, widget=reader)
                at += len(word)
            covered += [each.span.covered(text)[0] for each in session.annotations.values()]
            self.press(Qt.Key.Key_Return, CTRL, reader)
        self.press(Qt.Key.Key_M, widget=reader)
        self.qtbot.keyClicks(window.noting.box.field, f"A question of {who}")
        self.press(Qt.Key.Key_Return, widget=window.noting.box.field)
        assert all(head.state == State.DONE for head in session.heads)
        return sorted(covered)

    def merge(self, place, copies):
        self.choices.paths = list(copies)
        self.click(place.tabs["merge"])
        self.press(Qt.Key.Key_B, CTRL, place)
        self.settle(place)
        return place.merge


def go_round(window, make_window, hands, tmp_path):
    """Go the round with what is in the window's project, and check it at every turn."""
    place = hands.add_people(window, PEOPLE[1:])
    hands.plan_all(place)
    count = len(window.session.heads)
    copies = hands.hand_out(place, tmp_path / "out")
    assert [each.stem.rpartition(" - ")[2] for each in copies] == list(PEOPLE)
    done = {}
    for number, (who, copy) in enumerate(zip(PEOPLE, copies, strict=True)):
        theirs = make_window(copy)
        done[who] = hands.label(theirs, who, number)
        theirs.close()
    returned = [copy.rename(copy.with_name(f"back {number}.annotator")) for number, copy in enumerate(copies)]
    window.activateWindow()
    hands.qtbot.waitUntil(window.isActiveWindow)
    page = hands.merge(place, returned)
    new = {row.annotator: row.counts[COLUMNS.index("New") - 2] for row in page.model.rows if row.annotator}
    assert new == {PEOPLE[0]: len(done[PEOPLE[0]])}, "only the own labels are counted"
    hidden = sorted(row.words.split(":")[0] for row in page.model.rows if not row.annotator)
    assert hidden == sorted(PEOPLE[1:])
    own = next(row for row in page.model.rows if row.annotator)
    assert own.more == f"{count} states new, 1 note new".replace("1 states", "1 state")
    before = window.session.project.steps(1)[0].number
    hands.click(page.go)
    hands.settle(place)
    project = window.session.project
    assert project.steps(1)[0].number == before + 1
    for who, words in done.items():
        found = project.annotations(annotator=who)
        assert sorted(each.span.covered(project.article(each.article).text)[0] for each in found) == words
    see_who_did_what(place, window, hands, done)
    hands.press(Qt.Key.Key_Z, CTRL, place)
    assert project.annotations() == []
    assert project.check() == []


def see_who_did_what(place, window, hands, done):
    """Look at the plan and the notes as the coordinator: first blind, then with everything opened."""
    hands.click(place.tabs["plan"])
    hands.settle(place)
    people, grid = place.plan.people, place.plan.plan
    labels = {people.people[row].name: people.index(row, 3).data() for row in range(3)}
    assert labels == {"Ana": f"{len(done['Ana']):,}", "Ben": "hidden", "Sara Ahmadi": "hidden"}
    hands.click(place.others)
    hands.settle(place)
    labels = {people.people[row].name: people.index(row, 3).data() for row in range(3)}
    assert labels == {who: f"{len(words):,}" for who, words in done.items()}
    assert {people.index(row, 2).data() for row in range(3)} == {f"{len(grid.lines)} of {len(grid.lines)}"}
    shown = [grid.index(row, FIRST + who).data() for row in range(grid.rowCount()) for who in range(3)]
    assert all(each.startswith("done, ") and "label" in each for each in shown)
    hands.click(place.tabs["notes"])
    assert sorted(thread.text for thread in place.notes.model.threads) == [f"A question of {who}" for who in PEOPLE]
    hands.click(place.others)
    hands.press(Qt.Key.Key_Z, CTRL, place)
    hands.press(Qt.Key.Key_Z, CTRL, place)
    assert window.session.is_blind


@pytest.fixture
def hands(qtbot, choices):
    """Hands at the windows."""
    return Hands(qtbot, choices)


@pytest.fixture
def begin(make_window, tmp_path, choices, qtbot):
    """A function that starts a project in a window and adds the articles of a folder."""

    def do(folder):
        with Project.create(tmp_path / "study", annotator=PEOPLE[0]) as project:
            project.add([folder])
            path = project.path
        return make_window(path)

    return do


@pytest.mark.timeout(300)
def test_the_round_with_the_example(begin, example_articles, make_window, hands, tmp_path):
    go_round(begin(example_articles), make_window, hands, tmp_path)


@pytest.mark.timeout(300)
@pytest.mark.skipif(not REAL.is_dir(), reason="the two real articles are not beside the checkout")
def test_the_round_with_real_articles(begin, make_window, hands, tmp_path):
    go_round(begin(REAL), make_window, hands, tmp_path)
