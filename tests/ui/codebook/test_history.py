"""The history of the codebook, other codebooks, and looking again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.codebook import Clause
from annotator.project.codebook_file import read_codebook
from annotator.project.templates import template

CTRL = Qt.KeyboardModifier.ControlModifier


def told(place):
    return f"{place.history.title.text()}\n{place.history.words.toPlainText()}"


def changed(book, label="claim", **fields):
    return replace(book, labels=tuple(replace(each, **fields) if each.id == label else each for each in book.labels))


def choose(place, *rows):
    model = place.history.list.selectionModel()
    model.clearSelection()
    for row in rows:
        model.select(place.history.model.index(row), QItemSelectionModel.SelectionFlag.Select)


def test_each_revision_says_what_it_changed(place, window):
    project = window.session.project
    project.save_codebook(changed(project.codebook, name="Statement"), "Better word", annotator="Ana")
    project.save_codebook(changed(project.codebook, retired=True), "Not needed", annotator="Ben")
    rows = [place.history.model.index(row).data() for row in range(place.history.model.rowCount())]
    assert [row.split(",")[0] for row in rows] == ["Revision 3", "Revision 2", "Revision 1\nFirst revision"[:10]]
    assert "Ben" in rows[0]
    assert "Not needed" in rows[0]
    assert told(place).startswith("What revision 3 changed\nLabel Statement: retired\n")
    choose(place, 1)
    assert "Label Statement: name" in told(place)
    assert "Claim" in told(place)
    choose(place, 2)
    assert "With it the codebook began." in told(place)
    choose(place, 0, 2)
    assert told(place).startswith("From revision 1 to revision 3")
    assert "retired" in told(place)
    assert "Label Statement: name" in told(place)


def test_what_is_not_saved_is_told_as_it_is_typed(place, write):
    write(place.label_form.name.line, "Statement")
    assert told(place).startswith("What is not saved yet\nLabel Statement: name")
    place.label_form.use_when.add_button.click()
    assert "set right first" in told(place)


def test_an_older_revision_is_taken_up_again(place, window, save, book):
    project = window.session.project
    project.save_codebook(changed(project.codebook, name="Statement"), annotator="Ana")
    choose(place, 1)
    assert place.history.back.isVisible()
    place.history.back.click()
    assert place.label_form.name.line.text() == "Claim"
    save()
    assert (book().revision, book().label("claim").name) == (3, "Claim")


def test_a_file_is_compared_and_taken_over_as_one_step(window, place, choices, tmp_path, book):
    other = changed(template("stance"), name="Assertion")
    choices.path = tmp_path / "other.json"
    choices.path.write_text(json.dumps(other.to_dict()), encoding="utf-8")
    window.actions_["codebook.compare"].trigger()
    page = place.plan_page
    assert place.pages.currentWidget() is page
    assert not page.take.isVisible()
    QTest.keyClick(page.leave, Qt.Key.Key_Escape)
    assert place.pages.currentWidget() is place.label_form
    window.session.project.annotate(window.session.heads[0].id, "content", [(0, 8)], annotator="Ana")
    window.places.go("label")
    window.actions_["codebook.load"].trigger()
    assert window.places.currentWidget() is place
    assert "It lacks Content, which is in use here: it would stay, retired." in page.about.text()
    assert "Label Assertion: name" in page.words.toPlainText()
    assert book().revision == 1
    page.take.click()
    assert book().revision == 2
    assert book().label("claim").name == "Assertion"
    assert book().label("content").retired
    assert book().name == other.name
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert (book().revision, book().name) == (1, template("default").name)


def test_a_file_that_is_no_codebook_is_refused_with_a_sentence(window, place, choices, tmp_path, book):
    choices.path = tmp_path / "other.json"
    choices.path.write_text("{", encoding="utf-8")
    window.actions_["codebook.load"].trigger()
    assert "other.json" in window.banner.words + window.status.last
    assert place.pages.currentWidget() is place.label_form
    assert book().revision == 1


def test_the_codebook_is_saved_as_a_file_and_as_a_page(window, choices, tmp_path, book):
    choices.path = tmp_path / "mine.json"
    window.actions_["codebook.save_file"].trigger()
    assert replace(read_codebook(choices.path), revision=1) == book()
    choices.path = tmp_path / "mine.html"
    window.actions_["codebook.handout"].trigger()
    assert book().name in choices.path.read_text("utf-8")
    assert "mine.html" in window.status.last


def test_what_a_codebook_of_refi_qda_cannot_hold_is_told_before_it_is_written(window, place, choices, tmp_path):
    asked = []
    choices.path = tmp_path / "mine.qdc"
    choices.may_lose = lambda path, losses: asked.append((path, losses))
    window.actions_["codebook.save_file"].trigger()
    assert not choices.path.exists()
    assert "not saved" in window.status.last
    ((path, losses),) = asked
    assert path == choices.path
    assert any("roles of frames: left out" in each for each in losses)
    choices.may_lose = lambda path, losses: True
    window.actions_["codebook.save_file"].trigger()
    assert read_codebook(choices.path).labels
    assert "Saved the codebook as “mine.qdc”, without" in window.status.last


def test_a_template_is_looked_at_before_it_is_taken_over(window, place, book):
    window.actions_["codebook.template"].trigger()
    menu = QApplication.activePopupWidget()
    names = [action.text() for action in menu.actions()]
    assert template("stance").name in names
    menu.actions()[names.index(template("stance").name)].trigger()
    menu.close()
    assert place.pages.currentWidget() is place.plan_page
    assert book().revision == 1
    QTest.keyClick(place.plan_page.take, Qt.Key.Key_Escape)
    assert place.pages.currentWidget() is place.label_form


def test_printing_opens_the_handout_in_the_browser_or_says_that_there_is_none(window, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened = []
    window.editing.files._open_url = lambda url: not opened.append(url.toLocalFile())
    window.actions_["codebook.print"].trigger()
    assert "<html" in Path(opened[0]).read_text("utf-8")
    window.editing.files._open_url = lambda url: False
    window.actions_["codebook.print"].trigger()
    assert "No browser could be opened" in window.banner.words + window.status.last


@pytest.fixture
def outdated(window):
    """Ana's two claims, made before the codebook changed what a claim is; returns the ids in reading order."""
    session = window.session
    text = session.article.text
    start = text.index("the report was false")
    session.project.annotate(session.article.id, "claim", [(start, start + 20)], annotator="Ana")
    book = session.project.codebook
    session.project.save_codebook(changed(book, description="Only what can be checked."), annotator="Ana")
    return [each.id for each in session.project.outdated("Ana")]


def test_labels_are_looked_at_again_one_after_the_other_by_keys(window, place, outdated, press):
    assert len(outdated) == 2
    assert place.history.again.text() == "2 labels to look at again"
    place.history.again.click()
    look, session = window.beside.look, window.session
    assert window.places.currentWidget() is window.label_place
    assert look.isVisible()
    assert session.selected == outdated[0]
    assert "Only what can be checked." in look.changes.toPlainText()
    assert look.changes_title.text() == "Changed since revision 1"
    press((Qt.Key.Key_Period, CTRL))
    assert session.selected == outdated[1]
    press((Qt.Key.Key_Comma, CTRL), Qt.Key.Key_Y)
    assert session.project.annotation(outdated[0]).codebook == 2
    assert session.selected == outdated[1]
    assert session.article.id == session.project.annotation(outdated[1]).article
    assert look.model.rowCount() == 1
    press(Qt.Key.Key_D)
    assert session.project.annotation(outdated[1]).label == "denial"
    assert look.model.rowCount() == 0
    assert "All labels hold" in look.about.text()
    assert not place.history.again.isVisibleTo(place.history)
    press((Qt.Key.Key_Z, CTRL))
    assert look.model.rowCount() == 1
    press((Qt.Key.Key_Z, CTRL))
    assert look.model.rowCount() == 2


def test_another_annotator_has_their_own(window, place, outdated):
    window.session.switch_annotator("Ben")
    assert len(window.beside.again) == 0
    window.session.switch_annotator("Ana")
    assert len(window.beside.again) == 2


def test_a_clause_that_says_something_new_asks_for_another_look_and_a_colour_does_not(window, place, write, save):
    write(place.label_form.color.hex, "#22aa55")
    save()
    assert len(window.beside.again) == 0
    clauses = (*window.session.project.codebook.label("claim").use_when, Clause("claim-u9", "It is new."))
    place.label_form.use_when.edited.emit(clauses)
    save()
    assert len(window.beside.again) == 1
