"""Frames and relations in the window: real keys, counted."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.article import BlockKind
from annotator.model.span import Span
from annotator.project import Project

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
STORY = (
    "Gate left open\n\n"
    "A clerk said the gate was left open overnight. The mayor denied that the gate was open. "
    "According to the guard, nobody came.\n\n"
    "Rain fell for two days. The river rose by a metre. Fields were under water.\n\n"
    "An engineer warned that the dam may fail.\n"
)


def two_stories(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        project.add_text(STORY)
        project.add_text("A second look\n\nThe council says that the dam is safe. Nobody checked it.\n")
        return project.path


@pytest.fixture
def study(cast):
    """The path of a project with two articles, one of them about what the other says."""
    return cast(two_stories)


class Recording:
    """Counts what a person does: selecting words is one action, and so is a key."""

    def __init__(self, window):
        self.window = window
        self.actions = 0

    def take(self, words):
        self.actions += 1
        start = self.window.session.article.text.index(words)
        self.window.label_place.reader.set_selection(Span.of((start, start + len(words))))
        return self

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.actions += 1
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()
        return self


@pytest.fixture
def hand(window):
    return Recording(window)


@pytest.fixture
def mark(window):
    """A function that returns the label on some words."""

    def find(words, label=""):
        session = window.session
        return next(
            each
            for each in session.annotations.values()
            if each.span.covered(session.article.text) == (words,) and label in ("", each.label)
        )

    return find


def links(window):
    """Every link on the page in words."""
    session = window.session
    text = session.article.text
    found = []
    for link in session.project.links(session.article.id):
        ends = session.project.annotations_by_id(each for each in (link.origin_id, link.target) if each)
        words = [
            session.project.described([end])[end].covered if end in ends else None
            for end in (link.origin_id, link.target)
        ]
        found.append((link.kind, *words))
    assert text
    return sorted(found, key=repr)


def attribution(hand):
    hand.take("said").press(Qt.Key.Key_A)
    hand.take("A clerk").press(Qt.Key.Key_S)
    return hand.take("the gate was left open overnight").press(Qt.Key.Key_C)


def denial(hand):
    attribution(hand).press(Qt.Key.Key_Return)
    return hand.take("denied that the gate was open").press(Qt.Key.Key_D)


# The counts that the project promises


def test_cue_source_and_content_take_six_actions(window, hand):
    attribution(hand)
    assert hand.actions == 6
    assert links(window) == [
        ("content", "said", "the gate was left open overnight"),
        ("source", "said", "A clerk"),
    ]


def test_a_denial_has_its_target_after_two_keys(window, hand):
    denial(hand)
    before = hand.actions
    hand.press(Qt.Key.Key_X).press(Qt.Key.Key_1)
    assert hand.actions - before == 2
    assert ("denies", "denied that the gate was open", "the gate was left open overnight") in links(window)


def test_an_attribute_takes_two_keys(window, hand, mark):
    hand.take("The river rose by a metre").press(Qt.Key.Key_C)
    before = hand.actions
    hand.press(Qt.Key.Key_1).press(Qt.Key.Key_2)
    assert hand.actions - before == 2
    assert mark("The river rose by a metre").attributes == (("kind", "number"),)


# Frames


def test_an_open_frame_is_said_in_words_and_enter_closes_it(window, hand):
    attribution(hand)
    words = "Attribution open: said · source A clerk · content the gate was left… · Enter closes"
    assert words in window.status.words
    hand.press(Qt.Key.Key_Return)
    assert "open: said" not in window.status.words
    assert window.label_place.linkage.framing.open == ""


def test_a_part_and_its_link_are_one_step(window, hand):
    attribution(hand)
    hand.press(Qt.Key.Key_Z, CTRL)
    assert links(window) == [("source", "said", "A clerk")]
    assert len(window.session.annotations) == 2
    assert "content –" in window.status.words


def test_the_next_cue_closes_the_frame_and_opens_its_own(window, hand, mark):
    attribution(hand)
    hand.take("According to").press(Qt.Key.Key_A)
    assert window.label_place.linkage.framing.open == mark("According to").id
    hand.take("the guard").press(Qt.Key.Key_S)
    assert ("source", "According to", "the guard") in links(window)


def test_escape_closes_the_frame_before_it_lets_go_of_the_label(window, hand):
    attribution(hand)
    hand.press(Qt.Key.Key_Escape)
    assert window.label_place.linkage.framing.open == ""
    assert window.session.selected
    hand.press(Qt.Key.Key_Escape)
    assert window.session.selected == ""


def test_words_further_on_are_labelled_alone_and_close_the_frame(window, hand, mark):
    attribution(hand)
    hand.take("The river rose by a metre").press(Qt.Key.Key_C)
    assert mark("The river rose by a metre")
    assert len(links(window)) == 2
    assert window.label_place.linkage.framing.open == ""
    assert "closed the frame" in window.status.last


def test_words_of_the_next_sentence_still_join(window, hand):
    attribution(hand)
    hand.take("The mayor denied that the gate was open").press(Qt.Key.Key_T)
    assert ("content", "said", "The mayor denied that the gate was open") in links(window)


def test_another_article_closes_the_frame(window, hand):
    attribution(hand)
    hand.press(Qt.Key.Key_PageDown, CTRL)
    assert window.session.article.title == "A second look"
    assert window.label_place.linkage.framing.open == ""


def test_a_label_that_is_there_joins_and_leaves(window, hand, mark):
    hand.take("A clerk").press(Qt.Key.Key_S)
    hand.take("said").press(Qt.Key.Key_A)
    window.session.select(mark("A clerk").id)
    hand.press(Qt.Key.Key_J)
    assert links(window) == [("source", "said", "A clerk")]
    hand.press(Qt.Key.Key_J)
    assert links(window) == []
    assert mark("A clerk")


def test_a_part_opens_its_frame_again_and_several_in_turn(window, hand, mark):
    attribution(hand).press(Qt.Key.Key_Return)
    hand.take("According to").press(Qt.Key.Key_A)
    window.session.select(mark("A clerk").id)
    hand.press(Qt.Key.Key_J).press(Qt.Key.Key_Return)
    framing = window.label_place.linkage.framing
    opened = []
    for _ in range(2):
        hand.press(Qt.Key.Key_Return)
        opened.append(framing.open)
        hand.press(Qt.Key.Key_Return)
        assert framing.open == ""
    assert sorted(opened) == sorted([mark("said").id, mark("According to").id])


def test_who_works_without_roles_gets_no_frames_and_is_remembered(window, hand, make_window, study):
    window.actions_["frames.open"].trigger()
    attribution(hand)
    assert links(window) == []
    assert len(window.session.annotations) == 3
    window.close()
    again = make_window(study)
    assert not again.actions_["frames.open"].isChecked()
    assert not again.label_place.linkage.framing.opens_by_itself


def test_the_text_shows_what_belongs_together(window, hand, mark):
    attribution(hand)
    reader = window.label_place.reader
    reader.repaint()
    assert {curve.tie.word for curve in reader.links.picture.curves} == {"source", "content"}
    family = reader._scene.family
    assert family == {mark("said").id, mark("A clerk").id, mark("the gate was left open overnight").id}


def test_the_mouse_over_a_label_shows_its_links(window, hand, mark):
    attribution(hand).press(Qt.Key.Key_Escape).press(Qt.Key.Key_Escape)
    reader = window.label_place.reader
    reader.repaint()
    assert reader.links.picture.curves == ()
    reader.hover(mark("A clerk").id)
    reader.repaint()
    assert len(reader.links.picture.curves) == 2
    reader.hover("")
    reader.repaint()
    assert reader.links.picture.curves == ()


# Relations


def test_a_digit_is_offered_in_the_text_itself(window, hand, mark):
    denial(hand).press(Qt.Key.Key_X)
    reader = window.label_place.reader
    assert reader._scene.numbers == {mark("the gate was left open overnight").id: 1}
    hand.press(Qt.Key.Key_Escape)
    assert reader._scene.numbers == {}
    assert links(window)[0][0] != "denies"
    assert reader.hasFocus()


def test_zero_records_that_the_claim_is_not_in_this_article(window, hand):
    denial(hand).press(Qt.Key.Key_X).press(Qt.Key.Key_0)
    assert ("denies", "denied that the gate was open", None) in links(window)
    assert window.label_place.reader.hasFocus()


def test_words_search_every_article(window, hand, qtbot):
    hand.press(Qt.Key.Key_PageDown, CTRL)
    hand.take("the dam is safe").press(Qt.Key.Key_C)
    hand.press(Qt.Key.Key_PageUp, CTRL)
    denial(hand).press(Qt.Key.Key_X)
    QTest.keyClicks(QApplication.focusWidget(), "dam")
    bar = window.label_place.linkage.bar
    qtbot.waitUntil(lambda: not bar.is_searching)
    assert [each.covered for each in bar.model.found] == ["the dam is safe"]
    hand.press(Qt.Key.Key_Return)
    assert ("denies", "denied that the gate was open", "the dam is safe") in links(window)
    assert not bar.isVisible()


def test_a_link_to_another_article_is_followed_and_one_comes_back(window, hand, qtbot, mark):
    test_words_search_every_article(window, hand, qtbot)
    here = window.session.selected
    hand.press(Qt.Key.Key_Right, ALT)
    assert window.session.article.title == "A second look"
    assert window.session.selected == mark("the dam is safe").id
    hand.press(Qt.Key.Key_Left, ALT)
    assert window.session.article.title == "Gate left open"
    assert window.session.selected == here


def test_a_click_on_the_name_at_the_edge_goes_there(window, hand, qtbot):
    test_words_search_every_article(window, hand, qtbot)
    reader = window.label_place.reader
    reader.repaint()
    (notice,) = reader.links.picture.notices
    assert notice.text == "denies → claim in “A second look”"
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=QPointF(notice.box.center()).toPoint())
    assert window.session.article.title == "A second look"


def test_a_click_on_a_claim_chooses_it(window, hand, mark):
    denial(hand).press(Qt.Key.Key_X)
    window.label_place.reader.click_mark(mark("the gate was left open overnight").id)
    assert ("denies", "denied that the gate was open", "the gate was left open overnight") in links(window)
    assert not window.label_place.linkage.bar.isVisible()


def test_what_is_linked_already_is_not_offered_again(window, hand):
    denial(hand).press(Qt.Key.Key_X).press(Qt.Key.Key_1).press(Qt.Key.Key_X)
    assert window.label_place.linkage.relating.offer.numbered == ()


def test_a_relation_starts_at_its_own_labels_only(window, hand):
    attribution(hand).press(Qt.Key.Key_X)
    assert window.status.last == "“denies” starts at a denial. Select one first."


def test_deleting_says_which_links_went_and_undo_brings_both_back(window, hand, mark):
    denial(hand).press(Qt.Key.Key_X).press(Qt.Key.Key_1)
    before = links(window)
    window.session.select(mark("the gate was left open overnight").id)
    hand.press(Qt.Key.Key_Delete)
    assert window.status.last == "Deleted claim and 2 links that pointed at it · Ctrl+Z takes it back"
    assert [link[0] for link in links(window)] == ["source"]
    hand.press(Qt.Key.Key_Z, CTRL)
    assert links(window) == before


# Remarks


def remarks(window, qtbot):
    kept = window.label_place.linkage.remarks
    qtbot.waitUntil(lambda: not kept.is_looking)
    return [each.message for each in kept.shown()]


def test_a_denial_that_lost_its_target_is_to_be_looked_at(window, hand, mark, qtbot):
    denial(hand)
    assert "Denial: “denies” points at nothing yet" in remarks(window, qtbot)
    hand.press(Qt.Key.Key_X).press(Qt.Key.Key_1)
    assert remarks(window, qtbot) == []
    window.session.select(mark("the gate was left open overnight").id)
    hand.press(Qt.Key.Key_Delete)
    assert "Denial: “denies” points at nothing yet" in remarks(window, qtbot)
    assert window.status.remarks.text() == "2 to look at"


def test_a_key_goes_round_what_is_to_look_at(window, hand, mark, qtbot):
    hand.take("According to").press(Qt.Key.Key_A).press(Qt.Key.Key_Return)
    hand.take("The river rose by a metre.").press(Qt.Key.Key_C)
    assert len(remarks(window, qtbot)) == 3
    seen = []
    for _ in range(3):
        hand.press(Qt.Key.Key_F4)
        seen.append(window.session.selected)
    cue, claim = mark("According to").id, mark("The river rose by a metre.").id
    assert seen == [cue, claim, cue]
    assert "Attribution without source" in window.status.last


def test_a_kind_of_remark_can_be_switched_off_and_stays_off(window, hand, make_window, study, qtbot):
    hand.take("According to").press(Qt.Key.Key_A)
    assert len(remarks(window, qtbot)) == 2
    window.status.remarks.click()
    shown = window.label_place.linkage.remark_list
    assert shown.isVisible()
    QTest.mouseClick(shown._kinds["role"], Qt.MouseButton.LeftButton)
    assert remarks(window, qtbot) == []
    window.close()
    again = make_window(study)
    assert remarks(again, qtbot) == []


def test_a_click_on_a_remark_goes_to_its_label(window, hand, mark, qtbot):
    hand.take("An engineer warned that the dam may fail.").press(Qt.Key.Key_C).press(Qt.Key.Key_Escape)
    assert remarks(window, qtbot) == ["Claim ends with its full stop"]
    window.status.remarks.click()
    view = window.label_place.linkage.remark_list.list
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0)).center())
    assert window.session.selected == mark("An engineer warned that the dam may fail.").id


def test_a_label_on_left_out_text_is_something_to_look_at(window, hand, qtbot):
    hand.take("nobody came").press(Qt.Key.Key_C)
    assert not [each for each in remarks(window, qtbot) if "left out" in each]
    at = STORY.index("According")
    window.session.set_block_kind(at, at, BlockKind.CAPTION)
    assert "Claim stands on text that is left out of all figures" in remarks(window, qtbot)
    window.session.undo()
    assert not [each for each in remarks(window, qtbot) if "left out" in each]
