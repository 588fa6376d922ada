"""Deciding by keys: one a disagreement, undone like everything else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.model.adjudication import Cell, Outcome, Status
from annotator.model.article import State
from annotator.project import Project
from tests.ui.adjudicate.conftest import OTHER, lay

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def at_hand(place):
    return [each.face.words for each in place.cards.shown]


def test_disagreements_stand_in_reading_order_and_what_all_agree_about_does_not(place):
    assert [place.model.head(each) for each in place.model.items] == [
        "the bridge was",
        "the city would pay for new beams",
        "denied having paid for anything",
    ]
    assert place.top.words.text() == "0 of 3 decided"
    assert sorted(at_hand(place)) == ["bridge was safe", "the bridge was", "the bridge was safe"]
    assert place.view.hasFocus()


def test_a_number_takes_that_version_and_the_next_one_is_there(place, press, gold, window):
    words = at_hand(place)
    press(KEY.Key_2)
    assert gold() == [("claim", words[1])]
    assert place.top.words.text() == "1 of 3 decided"
    assert at_hand(place) == ["the city would pay for new beams", "nothing here"]
    assert place.view.hasFocus()
    assert window.status.last == "Took the version · Ctrl+Z takes it back"


def test_the_next_one_stands_at_the_same_height(place, press):
    first = place.view.height_of(place.docket.current.start)
    press(KEY.Key_1)
    assert place.view.height_of(place.docket.current.start) == first
    press(KEY.Key_1)
    assert place.view.height_of(place.docket.current.start) == first


def test_taking_it_back_brings_the_same_one_back(place, press, gold):
    before = place.docket.current
    press(KEY.Key_1, KEY.Key_1)
    press((KEY.Key_Z, CTRL), (KEY.Key_Z, CTRL))
    assert gold() == []
    assert place.docket.current == before
    press((KEY.Key_Z, CTRL | SHIFT))
    assert len(gold()) == 1


@pytest.mark.parametrize(
    ("key", "words"), [(KEY.Key_B, "the bridge was safe"), (KEY.Key_X, "bridge was")], ids=["union", "overlap"]
)
def test_union_and_overlap(place, press, gold, key, words):
    press(key)
    assert gold() == [("claim", words)]


def test_nothing_is_right_is_a_decision_with_no_label(place, press, gold, window):
    press(KEY.Key_0)
    assert gold() == []
    (made,) = window.session.project.decisions()
    assert made.outcome is Outcome.NONE
    assert place.top.words.text() == "1 of 3 decided"


def test_the_list_is_painted_while_an_article_of_it_goes(place, window):
    gone = place.model.items[0].article
    window.session.project.remove([gone])
    place.model.show(place.model.items, place.model.book, place.model.titles, place.text_of)
    place.list.viewport().repaint()
    assert place.text_of(gone) == ""
    assert place.model.head(place.model.items[0])


def test_skipping_leaves_it_open(place, press):
    press(KEY.Key_S)
    assert place.docket.place == 1
    press(KEY.Key_P)
    assert place.docket.place == 0
    assert place.top.words.text() == "0 of 3 decided"


def test_the_arrows_walk_in_the_text(place, press):
    press(KEY.Key_Down)
    assert place.docket.place == 1
    press(KEY.Key_Left)
    assert place.docket.place == 0


def test_a_click_on_a_card_takes_it_too(place, qtbot, gold):
    words = at_hand(place)
    qtbot.mouseClick(place.cards.shown[1], Qt.MouseButton.LeftButton)
    assert gold() == [("claim", words[1])]


def test_a_number_without_a_version_is_said(place, press, window, gold):
    press(KEY.Key_9)
    assert "no version 9" in window.status.last + window.banner.words
    assert gold() == []


def test_editing_by_keys(place, press, gold, window):
    press(KEY.Key_E)
    assert place.editor.reader.hasFocus()
    press(KEY.Key_BracketRight, (KEY.Key_BraceRight, SHIFT), KEY.Key_D)
    press(KEY.Key_Return)
    assert gold() == [("denial", "bridge was safe")]
    assert place.view.hasFocus()
    (made,) = window.session.project.decisions()
    assert made.outcome is Outcome.EDITED


def test_escape_leaves_the_editor_and_decides_nothing(place, press, gold):
    press(KEY.Key_E)
    press(KEY.Key_Escape)
    assert place.view.hasFocus()
    assert gold() == []
    assert place.docket.place == 0


def test_nothing_moves_for_a_question_nor_for_longer_words(place, press):
    height = place.view.viewport().height()
    press(KEY.Key_N)
    assert place.ask_bar.isVisible()
    assert place.view.viewport().height() == height
    covered = place.foot.buttons["none"]
    assert place.foot.childAt(covered.geometry().center()) is not covered
    press(KEY.Key_Escape)
    for words in ("", "one line", "two lines of words " * 5):
        place.foot.about.setText(words)
        QApplication.processEvents()
        assert place.view.viewport().height() == height


def test_a_question_goes_to_the_end_and_travels_with_the_files(place, press, qtbot, window):
    asked = place.docket.current.id
    press(KEY.Key_N)
    qtbot.keyClicks(place.ask_bar.field, "Is the article part of it?")
    press(KEY.Key_Return)
    assert place.docket.current.id != asked
    assert place.docket.queue.items[-1].id == asked
    assert place.docket.queue.items[-1].status is Status.ASKED
    (thread,) = window.session.project.threads()
    assert thread.messages[0].text == "Is the article part of it?"
    press(KEY.Key_P)
    assert "Asked: “Is the article part of it?”, not answered yet" in place.foot.about.text()
    window.session.project.answer(thread.id, "It is.", annotator="Ben")
    assert "answered by Ben: “It is.”" in place.foot.about.text()
    press(KEY.Key_H)
    assert "answered: “It is.”" in place.foot.about.text()


def test_reason_and_clause_are_recorded_with_the_decision(place, press, choose, window):
    press(KEY.Key_R)
    choose(KEY.Key_2)
    press(KEY.Key_C)
    choose(KEY.Key_1)
    assert place.grounds.reason.text() == "Overlooked"
    press(KEY.Key_T)
    QApplication.focusWidget().insert("See the style guide.")
    press(KEY.Key_Return)
    press(KEY.Key_1)
    (made,) = window.session.project.decisions()
    assert (made.reason, made.note) == ("overlooked", "See the style guide.")
    assert made.clause == window.session.project.codebook.label("claim").use_when[0].id
    assert (place.docket.reason, place.docket.clause, place.docket.note) == ("", "", "")
    assert place.grounds.note.text() == ""


def test_names_can_be_hidden(place, press):
    assert "Ana" in place.cards.shown[0].face.names + place.cards.shown[1].face.names + place.cards.shown[2].face.names
    press(KEY.Key_H)
    shown = [each.face.names for each in place.cards.shown]
    assert shown == ["Version 1", "Version 2", "Version 3"]
    lanes = [each.name for each in place.view.scene.versions]
    assert not {"Ana", "Ben", "Cleo"} & set(" ".join(lanes).replace(",", "").split())


def test_a_rule_accepts_what_agrees_in_one_step(place, press, choose, gold, qtbot):
    press(KEY.Key_A)
    choose(KEY.Key_1)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    assert gold() == [("denial", "denied that it was safe")]
    assert place.docket.queue.left == 3
    press((KEY.Key_Z, CTRL))
    assert gold() == []


def test_another_choice_shows_what_reading_it_would_whatever_was_decided_in_between(place, press, qtbot, window):
    project, docket = window.session.project, place.docket

    def stand(cell):
        docket.choose(cell)
        qtbot.waitUntil(lambda: not docket.is_busy)
        expected = project.queue(cell, docket.order)
        assert (docket.cell, docket.queue.cell) == (cell, cell)
        assert list(docket.queue.items) == list(expected.items)
        assert (docket.queue.settled, docket.queue.agreed) == (expected.settled, expected.agreed)

    stand(Cell(kinds=frozenset({"category"})))
    touched = docket.current.article
    press(KEY.Key_1)
    stand(Cell(labels=frozenset({"claim"})))
    stand(Cell(articles=frozenset({touched})))
    press((KEY.Key_Z, CTRL))
    stand(Cell())
    docket.sort("cost")
    stand(Cell(kinds=frozenset({"missed"})))
    stand(Cell(agreed=True))


def test_only_some_kinds(place, press, choose, qtbot):
    press(KEY.Key_F)
    choose(KEY.Key_1)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    assert [place.model.head(each) for each in place.docket.queue.items] == [
        "the city would pay for new beams",
        "denied having paid for anything",
    ]
    assert all("missed" in each.kinds for each in place.docket.queue.items)
    assert "only missed" in place.top.about.text()


def test_only_one_article_the_one_at_hand_or_the_one_that_is_open(place, press, choose, qtbot, window):
    window.session.go_to(window.session.heads[1].id)
    for key, left in ((KEY.Key_9, 2), (KEY.Key_0, 3), (KEY.Key_8, 1)):
        press(KEY.Key_F)
        choose(key)
        qtbot.waitUntil(lambda: not place.docket.is_busy)
        assert place.docket.queue.left == left
    assert place.docket.current.article == window.session.heads[1].id
    assert "only one article" in place.top.about.text()


def test_when_what_was_chosen_is_decided_the_others_are_offered(place, press, choose, qtbot):
    press(KEY.Key_F)
    choose(KEY.Key_9)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    press(KEY.Key_1, KEY.Key_1)
    assert place.pages.currentWidget() is place.ends.narrow
    press(KEY.Key_F)
    choose(KEY.Key_0)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    assert place.pages.currentIndex() == 0
    assert place.docket.queue.left == 1


def test_keys_in_quick_succession_decide_one_after_the_other(place, qtbot, window):
    texts = QApplication.focusWidget()
    for _ in range(2):
        qtbot.keyClick(texts, KEY.Key_1)  # what stands beside the text has had no time to follow
    qtbot.keyClick(texts, KEY.Key_Z, CTRL)
    qtbot.keyClick(texts, KEY.Key_1)
    assert place.is_behind
    qtbot.waitUntil(lambda: not place.is_behind)
    assert len(window.session.project.decisions()) == 2
    assert place.list.currentIndex().row() == place.docket.place == 0
    assert place.top.words.text() == "2 of 3 decided"


def test_a_label_that_changes_later_opens_its_decision_again(place, press, window):
    project = window.session.project
    first = place.docket.current
    press(KEY.Key_1, KEY.Key_1, KEY.Key_1)
    assert place.pages.currentWidget() is place.ends.agreed
    mark = next(mark for version in first.versions for mark in version.marks)
    project.delete([mark.annotation])
    assert place.docket.current.status is Status.AGAIN
    assert "Open again, labels have changed: before, a version was taken" in place.foot.about.text()
    assert place.pages.currentWidget() is not place.ends.agreed


def test_gold_is_called_complete_only_when_what_agrees_is_gold_too(place, press, qtbot, window, choose):
    project = window.session.project
    press(KEY.Key_1, KEY.Key_1, KEY.Key_1)
    assert place.pages.currentWidget() is place.ends.agreed
    assert place.ends.agreed.said().startswith(
        "Every disagreement is decided\n1 place that all agree about is not gold yet. Accept it"
    )
    assert len(project.gold_selection().articles) < 2
    press(KEY.Key_A)
    choose(KEY.Key_1)
    qtbot.waitUntil(lambda: place.pages.currentWidget() is place.ends.done)
    assert place.ends.done.said().startswith("Everything is decided\nGold is complete")
    assert len(project.gold_selection().articles) == 2
    press((KEY.Key_Z, CTRL))
    qtbot.waitUntil(lambda: place.pages.currentWidget() is place.ends.agreed)


def test_where_nobody_disagrees_what_agrees_is_offered(make_window, tmp_path, press, qtbot):
    with Project.create(tmp_path / "alike", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(OTHER)
        for who in ("Ana", "Ben"):
            lay(project, project.articles()[0].id, who, "denial", "denied having paid for anything")
            project.set_state(project.articles()[0].id, who, State.DONE)
        project.set_blind(blind=False)
    window = make_window(project.path)
    press((KEY.Key_5, CTRL))
    page = window.places.currentWidget()
    qtbot.waitUntil(lambda: page.pages.currentWidget() is page.ends.agreed)
    assert page.ends.agreed.said().startswith("There is no disagreement\n1 place that all agree about is not gold yet.")


def test_the_place_is_shut_while_others_are_hidden(window, press, qtbot):
    window.session.open_others(opened=False)
    press((KEY.Key_5, CTRL))
    page = window.places.currentWidget()
    assert page.pages.currentWidget() is page.blind
    assert not page.docket.is_loaded
    window.session.open_others(opened=True)
    qtbot.waitUntil(lambda: page.docket.is_loaded)
    assert page.pages.currentWidget() is not page.blind


def test_a_project_of_one_has_nothing_to_decide(make_window, study, press, qtbot):
    window = make_window(study)
    press((KEY.Key_5, CTRL))
    page = window.places.currentWidget()
    window.session.open_others(opened=True)
    qtbot.waitUntil(lambda: page.docket.is_loaded and not page.docket.is_busy)
    assert page.pages.currentWidget() is page.ends.early
    assert "nothing to decide" in page.ends.early.said()


def test_the_queue_goes_with_the_mouse(place, qtbot):
    rect = place.list.visualRect(place.model.index(2))
    qtbot.mouseClick(place.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert place.docket.place == 2
    assert at_hand(place)[0] == "denied having paid for anything"


def test_another_place_sends_a_cell(window, place, press, qtbot):
    press((KEY.Key_1, CTRL))
    window.places.go("adjudicate", Cell(kinds=frozenset({"category"})))
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    assert [place.model.head(each) for each in place.docket.queue.items] == ["denied having paid for anything"]
    assert window.places.currentWidget() is place


def test_where_it_stands_and_feedback(place, press, qtbot, choose, choices, tmp_path, window):  # noqa: PLR0917
    press(KEY.Key_C)
    choose(KEY.Key_1)
    press(KEY.Key_1, KEY.Key_0)
    press(KEY.Key_G)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    told = place.results.words.toPlainText()
    clause = window.session.project.codebook.label("claim").use_when[0]
    assert "Among annotators, before" in told
    assert f"{clause.id} {clause.text}" in told
    assert "the bridge was safe" in told
    assert "2 decided · 1 open" in place.results.about.text()
    choices.folder_for_feedback = lambda: tmp_path / "feedback"
    place.results.feedback.click()
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    pages = sorted(each.name for each in (tmp_path / "feedback").iterdir())
    assert len(pages) == 3
    ana = (tmp_path / "feedback" / pages[0]).read_text(encoding="utf-8")
    assert "Ana" in ana
    assert "Cleo" not in ana
    press(KEY.Key_Escape)
    assert place.view.hasFocus()


def test_what_is_decided_while_the_others_are_read_stays_decided(window, press, qtbot, gold):
    window.session.open_others(opened=True)
    seen = []

    def decide_at_once(docket):
        if docket.current is not None and not seen:
            seen.append((docket.queue.is_whole, docket.is_loaded, docket.current))
            docket.take(1)

    window.places.go("adjudicate", None)
    page = window.places.currentWidget()
    page.docket.changed.connect(lambda: decide_at_once(page.docket))
    qtbot.waitUntil(lambda: page.docket.is_loaded and not page.docket.is_busy)
    assert seen[0][:2] == (False, False)
    assert len(gold()) == 1
    assert page.docket.queue.left == 2
    assert page.top.words.text() == "1 of 3 decided"
    assert page.docket.current == page.docket.queue.items[0] != seen[0][2]


def test_many_are_sorted_beside_the_window_and_a_decision_meanwhile_stands(place, press, qtbot, monkeypatch):
    monkeypatch.setattr("annotator.ui.adjudicate.docket._SOON", 0)
    first = place.docket.current
    press(KEY.Key_S)
    second = place.docket.current
    place.docket.sort("cost")
    assert place.docket.is_busy
    place.docket.take(1)
    qtbot.waitUntil(lambda: not place.docket.is_busy)
    queue = place.docket.queue
    assert queue.order == "cost"
    assert queue.same(second) is None
    assert queue.left == 2
    assert [each.cost for each in queue.items] == sorted((each.cost for each in queue.items), reverse=True)
    place.docket.sort("clause")
    place.docket.stop()
    assert place.docket.order == place.docket.queue.order == "cost"
    assert queue.same(first) is not None
