"""The inspector on the real window: what it shows of the selected label, and what is set there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from annotator.ui.widgets.tab_order import following

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def inspector(window):
    return window.label_place.linkage.inspector


@pytest.fixture
def claim(window, select, press):
    """Label a claim and return how to read it anew."""
    select("the report was false")
    press(Qt.Key.Key_C)
    annotation = window.session.selected
    return lambda: window.session.annotations[annotation]


def words(inspector):
    """All that can be read in the inspector."""
    inspector.refresh()
    QApplication.processEvents()
    shown = [each.text() for each in inspector.findChildren(QLabel) if each.isVisible()]
    return shown + [each.accessibleName() or each.text() for each in inspector.findChildren(QPushButton)]


def test_tab_goes_through_it_as_it_is_read_between_the_labels_and_the_list(window, inspector, claim, qtbot):
    first, last = window.label_place.labels.buttons[-1], window.label_place.list.list

    def stops():
        found, at = [], following(first)
        while at is not last:
            found.append(at)
            at = following(at)
        return [each for each in found if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]

    qtbot.waitUntil(lambda: any(inspector.note.isAncestorOf(each) for each in stops()))
    heights = [each.mapTo(inspector.widget(), QPoint(0, each.height() // 2)).y() // 8 for each in stops()]
    assert all(inspector.isAncestorOf(each) for each in stops())
    assert len(heights) > 3
    assert heights == sorted(heights)


def test_with_nothing_selected_it_teaches(window, inspector):
    assert any("Select a label (N, or a click)" in each for each in words(inspector))
    assert not window.actions_.change_keys("mark.next", ["Ctrl+Alt+N"])
    assert any("Select a label (Ctrl+Alt+N, or a click)" in each for each in words(inspector))


def test_it_shows_the_words_and_only_the_attributes_that_apply(inspector, claim):
    shown = words(inspector)
    assert "“the report was false”" in shown
    assert "Certainty" in shown
    assert "Quote form" not in shown


def test_a_click_sets_a_value_and_another_click_takes_it_away(inspector, claim):
    inspector.refresh()
    chip = inspector.values("certainty").chip("probable")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert claim().attributes == (("certainty", "probable"),)
    assert inspector.values("certainty").chip("probable").isChecked()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert claim().attributes == ()


def test_keys_set_several_attributes_from_the_text(press, claim):
    press(Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1)
    assert dict(claim().attributes) == {"kind": "cause", "certainty": "certain"}


def test_escape_leaves_an_entered_attribute_and_keeps_the_label(window, press, claim):
    press(Qt.Key.Key_1, Qt.Key.Key_Escape)
    assert claim().attributes == ()
    assert window.session.selected
    press(Qt.Key.Key_D)
    assert claim().label == "denial"


def test_a_letter_after_a_digit_is_no_label(window, press, claim):
    press(Qt.Key.Key_1, Qt.Key.Key_D)
    assert claim().label == "claim"
    assert "has no value with the key d" in window.status.last


def test_undo_takes_a_value_back(inspector, press, claim):
    press(Qt.Key.Key_1, Qt.Key.Key_2, (Qt.Key.Key_Z, CTRL))
    assert claim().attributes == ()
    assert not inspector.values("kind").chip("number").isChecked()


def test_a_pinned_value_is_given_to_new_labels_also_after_a_restart(window, press, select, claim, make_window):
    press(Qt.Key.Key_1, Qt.Key.Key_2)
    inspector, path = window.label_place.linkage.inspector, window.session.project.path
    inspector.refresh()
    inspector.values("kind")._pin.click()
    select("she was told in March")
    press(Qt.Key.Key_C)
    assert window.session.annotations[window.session.selected].attributes == (("kind", "number"),)
    window.close()
    again = make_window(path)
    assert again.label_place.linkage.framing.pinned("claim") == (("kind", "number"),)
    assert again.label_place.linkage.framing.pinned("denial") == ()


def test_a_note_is_stored_when_it_is_left(window, inspector, press, claim):
    inspector.note.field.setFocus()
    QTest.keyClicks(inspector.note.field, "Ask Ben.")
    QTest.keyClick(inspector.note.field, Qt.Key.Key_Escape)
    assert claim().note == "Ask Ben."
    assert window.label_place.reader.hasFocus()


def test_a_note_that_is_only_looked_at_stays_as_it_is(window, inspector, claim, qtbot):
    project = window.session.project
    note = "« Sûr\u202f? » 12\u00a0000\n"
    project.set_note(claim().id, note)
    before = len(project.steps())
    qtbot.waitUntil(lambda: inspector.note.field.toPlainText() != "")
    inspector.note.field.setFocus()
    QTest.keyClick(inspector.note.field, Qt.Key.Key_Right)
    QTest.keyClick(inspector.note.field, Qt.Key.Key_Escape)
    assert claim().note == note
    assert len(project.steps()) == before
    QTest.keyClicks(inspector.note.field, "!")
    QTest.keyClick(inspector.note.field, Qt.Key.Key_Escape)
    assert claim().note == f"«!{note[1:].rstrip()}"


def test_a_note_is_stored_when_another_label_is_selected(window, inspector, claim):
    first = window.session.selected
    inspector.note.field.setFocus()
    QTest.keyClicks(inspector.note.field, "Unsure")
    window.session.select("")
    assert window.session.annotations[first].note == "Unsure"


def test_a_note_begun_at_once_goes_to_the_label_that_was_just_selected(window, inspector, select, press, claim):
    first = window.session.selected
    select("she was told in March")
    press(Qt.Key.Key_D)
    second = window.session.selected
    QTest.keyClicks(inspector.note.field, "Mine")
    window.session.select(first)
    assert window.session.annotations[second].note == "Mine"
    assert window.session.annotations[first].note == ""


def test_a_note_is_stored_when_the_next_article_is_opened(window, inspector, claim):
    first = window.session.selected
    inspector.note.field.setFocus()
    QTest.keyClicks(inspector.note.field, "Unsure")
    window.session.next_article()
    assert window.session.project.annotation(first).note == "Unsure"


def test_history_says_who_did_what_under_which_codebook(inspector, press, claim):
    press(Qt.Key.Key_1, Qt.Key.Key_2)
    (told,) = [each for each in words(inspector) if "labelled claim" in each]
    latest, first = told.splitlines()
    assert latest.endswith("Ana · kind: number")
    assert first.endswith("Ana · labelled claim · codebook 1")


def test_frame_and_links_lead_there_and_can_be_taken_away(window, inspector, select, press):
    select("said")
    press(Qt.Key.Key_A)
    select("the report was false")
    press(Qt.Key.Key_C)
    part = window.session.selected
    assert "content of" in words(inspector)
    inspector.findChild(QPushButton, "words").click()
    assert window.session.annotations[window.session.selected].label == "attribution"
    inspector.refresh()
    assert "source" in words(inspector)
    window.label_place.linkage.framing.leave(window.session.selected, part)
    inspector.refresh()
    assert window.session.project.links(window.session.article.id) == []
    assert part in window.session.annotations


def test_a_frame_is_closed_and_opened_by_mouse(window, inspector, select, press):
    framing = window.label_place.linkage.framing

    def offered():
        inspector.refresh()
        buttons = [each for each in inspector.findChildren(QPushButton, "value") if each.isVisible()]
        return {each.text().split("  ")[0]: each for each in buttons}

    select("said")
    press(Qt.Key.Key_A)
    assert "Next frame" not in offered()
    offered()["Close frame"].click()
    assert framing.open == ""
    assert "Close frame" not in offered()
    offered()["Open frame"].click()
    assert framing.open == window.session.selected
    select("the report was false")
    press(Qt.Key.Key_C)
    assert {"Close frame", "Leave frame"} <= offered().keys()


def test_the_level_of_nesting_is_said(window, inspector, select, press):
    select("The minister said the report was false")
    text = window.session.article.text
    assert text
    press(Qt.Key.Key_T)
    outer = window.session.selected
    select("Two aides say")
    press(Qt.Key.Key_A)
    window.session.select(outer)
    press(Qt.Key.Key_J)
    select("said")
    press(Qt.Key.Key_Return, Qt.Key.Key_A)
    assert any("Nesting level 1" in each for each in words(inspector))
