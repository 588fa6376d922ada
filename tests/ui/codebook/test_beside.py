"""The codebook beside the text: the clause for the label at hand, and examples out of the text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from annotator.model.span import Span
from annotator.ui.codebook.example import example

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_one_key_shows_the_clause_and_hides_it_and_the_focus_stays(window, select, press):
    clause = window.beside.clause
    select("the report was false")
    press(Qt.Key.Key_D)
    press(Qt.Key.Key_H)
    assert clause.isVisible()
    assert window.label_place.reader.hasFocus()
    assert clause.heading.text() == "Denial · D"
    denial = window.session.project.codebook.label("denial")
    words = clause.words.toPlainText()
    assert denial.description in words
    assert all(each.text in words and each.id in words for each in (*denial.use_when, *denial.avoid_when))
    assert denial.examples[0].replace("⟦", "").replace("⟧", "") in words
    assert window.session.project.codebook.clauses[0].text in words
    press(Qt.Key.Key_S)
    assert clause.heading.text() == "Source · S"
    press(Qt.Key.Key_H)
    assert not clause.isVisible()
    assert window.label_place.articles.isVisible()
    assert window.label_place.reader.hasFocus()


def test_the_clause_is_the_armed_label_s_else_the_last_one_s(window, select, press):
    clause = window.beside.clause
    press(Qt.Key.Key_H)
    assert clause.label == "claim"
    window.session.arm("content")
    assert clause.label == "content"
    window.session.arm("")
    assert clause.label == "content"
    select("on Tuesday")
    press(Qt.Key.Key_A)
    assert clause.label == "attribution"
    window.session.select("")
    assert clause.label == "attribution"


def test_a_hidden_column_is_shown_for_the_clause_and_hidden_again(window, press):
    window.actions_["column.left"].trigger()
    assert not window.label_place.left.isVisible()
    press(Qt.Key.Key_H)
    assert window.beside.clause.isVisible()
    press(Qt.Key.Key_H)
    assert not window.label_place.left.isVisible()


def test_the_clause_follows_a_new_revision_and_escape_closes_it(window, press):
    press(Qt.Key.Key_H)
    window.places.go("codebook")
    window.editing.place.label_form.description.edited.emit("Said anew.")
    press((Qt.Key.Key_S, CTRL))
    window.places.go("label")
    assert "Said anew." in window.beside.clause.words.toPlainText()
    press(Qt.Key.Key_Escape)
    assert not window.beside.clause.isVisible()


def test_a_selected_label_becomes_an_example_that_waits_to_be_saved(window, select, press):
    select("the report was false")
    press(Qt.Key.Key_C)
    press((Qt.Key.Key_X, CTRL | SHIFT))
    wanted = "The minister said ⟦the report was false⟧."
    assert window.drafting.draft.part("labels", "claim").examples[-1] == wanted
    assert "waits in Codebook" in window.status.last
    assert window.session.project.codebook.revision == 1
    assert window.actions_["place.codebook"].iconText() == "Codebook •"
    press((Qt.Key.Key_X, CTRL | SHIFT))
    assert window.drafting.draft.part("labels", "claim").examples.count(wanted) == 1
    press((Qt.Key.Key_2, CTRL))
    assert window.editing.place.label_form.examples.rows[-1].words.words() == wanted
    press((Qt.Key.Key_S, CTRL))
    assert window.session.project.codebook.label("claim").examples[-1] == wanted


def test_selected_words_ask_for_the_label_by_its_key(window, select, press, qtbot):
    select("on Tuesday")
    press((Qt.Key.Key_X, CTRL | SHIFT))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_S)
    assert "⟦on Tuesday⟧" in window.drafting.draft.part("labels", "source").examples[-1]
    press((Qt.Key.Key_Z, CTRL))
    assert not window.drafting.is_changed


def test_without_anything_selected_it_says_what_to_do(window, press):
    press((Qt.Key.Key_X, CTRL | SHIFT))
    assert window.status.last == "Select a label or some words first"


@pytest.mark.parametrize(
    ("text", "fragments", "wanted"),
    [
        ("One. He said it rained. Two.", [(13, 22)], "He said ⟦it rained⟧."),
        ("“Yes,” 📰 he said, “no.”", [(1, 5), (19, 22)], "“⟦Yes,⟧” 📰 he said, “⟦no.⟧”"),
        ("A b\nc d.", [(0, 3)], "⟦A b⟧"),
    ],
)
def test_an_example_is_its_sentence_with_the_marked_words(text, fragments, wanted):
    made = example(text, Span.of(*fragments))
    assert wanted in made
    assert made.count("⟦") == made.count("⟧") == len(fragments)


def test_a_long_passage_is_cut_around_the_words():
    text = "word " * 400
    made = example(text, Span.of((1000, 1004)))
    assert "⟦word⟧" in made
    assert len(made) < 420
