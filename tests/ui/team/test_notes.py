"""Notes and questions: written beside the text by a key, listed, answered, settled, and gone to."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from annotator.ui.reader import geometry
from annotator.ui.reader.asides import sign_box

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def note(window, press, qtbot):
    """A function that writes a note by key, on what is selected."""

    def write(words):
        press(Qt.Key.Key_M, widget=window.label_place.reader)
        qtbot.keyClicks(window.noting.box.field, words)
        press(Qt.Key.Key_Return, widget=window.noting.box.field)
        window.activateWindow()  # which the offscreen platform leaves to us when a popup closes

    return write


def test_a_note_on_the_selected_words(window, select, note):
    span = select("the report was false")
    note("Unclear: is\u00a0this a denial?")
    thread = window.session.project.threads()[0]
    assert (thread.span, thread.text) == (span, "Unclear: is\u00a0this a denial?")
    assert thread.annotator == window.session.annotator.id
    assert window.status.last.startswith("Wrote a note")
    assert not window.noting.box.isVisible()


def test_a_note_on_the_selected_label_else_on_the_article(window, select, note, press):
    span = select("the report was false")
    press(Qt.Key.Key_D)
    window.label_place.reader.clear_selection()
    note("Sure?")
    window.session.select("")
    note("Who wrote this?")
    assert [thread.span for thread in window.session.project.threads()] == [span, None]


def test_escape_writes_nothing_and_what_is_quoted_is_shown(window, select, press, qtbot):
    select("declined to comment")
    press((Qt.Key.Key_M, CTRL), widget=window.label_place.reader)
    box = window.noting.box
    assert box.about.text() == "On “declined to comment”"
    assert not box.keep.isEnabled()
    qtbot.keyClicks(box.field, "x")
    press(Qt.Key.Key_Escape, widget=box.field)
    assert not box.isVisible()
    assert window.session.project.threads() == []


def test_the_list_of_open_notes_answers_and_the_passage(window, select, note, qtbot, at_team):
    span = select("the report was false")
    note("Is this a denial?")
    qtbot.keyClick(window.label_place.reader, Qt.Key.Key_K, CTRL | SHIFT)
    assert window.places.current == "team"
    page = at_team(window).notes
    assert page.isVisible()
    assert page.list.hasFocus()
    assert page.tally.text() == "1 open note"
    assert page.quoted.text() == "“the report was false”"
    page.answer.setFocus()
    qtbot.keyClicks(page.answer, "Yes, by clause D1.")
    qtbot.keyClick(page.answer, Qt.Key.Key_Return, CTRL)
    thread = window.session.project.threads()[0]
    assert [message.text for message in thread.messages] == ["Is this a denial?", "Yes, by clause D1."]
    assert "1 answer" in page.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    window.session.go_to(window.session.heads[1].id)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.places.current == "label"
    assert window.session.article.id == thread.article
    assert window.label_place.reader.selection() == span


def test_settled_notes_wait_out_of_sight_and_can_be_opened_again(window, select, note, press, at_team):
    select("the report was false")
    note("Is this a denial?")
    press((Qt.Key.Key_K, CTRL | SHIFT), widget=window.label_place.reader)
    page = at_team(window).notes
    page.settle.click()
    assert window.session.project.threads(open_only=True) == []
    assert page.model.rowCount() == 0
    page.settled.click()
    assert page.model.rowCount() == 1
    assert page.settle.text() == "Reopen"
    page.settle.click()
    assert len(window.session.project.threads(open_only=True)) == 1
    press((Qt.Key.Key_Z, CTRL), widget=page)
    assert window.session.project.threads(open_only=True) == []


def test_notes_of_others_are_hidden_and_not_counted(window, select, note, press, at_team):
    project = window.session.project
    project.ask(window.session.heads[0].id, "A secret of Ben's", annotator="Ben")
    press((Qt.Key.Key_K, CTRL | SHIFT), widget=window.label_place.reader)
    page = at_team(window).notes
    assert page.model.rowCount() == 0
    assert "Open notes of others are hidden" in page.nothing.said()
    assert "secret" not in page.nothing.said()
    window.session.open_others(opened=True)
    assert page.model.index(0).data() == "A secret of Ben's"
    below = page.model.index(0).data(Qt.ItemDataRole.ToolTipRole).split("\n")[1]
    assert below.startswith("open · ")
    assert "Ben" in below


def test_the_empty_list_teaches_the_key(window, press, at_team):
    press((Qt.Key.Key_K, CTRL | SHIFT), widget=window.label_place.reader)
    page = at_team(window).notes
    assert "press M there" in page.nothing.said()
    assert QApplication.focusWidget() is not None


def test_a_sign_in_the_margin_says_what_is_noted_and_leads_there(window, select, note, qtbot, at_team):
    select("the report was false")
    note("Is this a denial?")
    reader = window.label_place.reader
    aside = reader._scene.asides[0]
    assert (aside.words, aside.settled) == ("Is this a denial?", False)
    line = geometry.line_of_position(reader.page, aside.start)
    place = sign_box(reader.page, line).center() - QPointF(0, reader._scroll.top)
    before = window.session.next_undo()
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert window.places.current == "team"
    page = at_team(window).notes
    assert page.quoted.text() == "“the report was false”"
    assert window.session.next_undo() == before
    page.settle.click()
    assert [each.settled for each in reader._scene.asides] == [True]
    window.session.switch_annotator("Ben")
    assert reader._scene.asides == []
    window.session.open_others(opened=True)
    assert [each.words for each in reader._scene.asides] == ["Settled: Is this a denial?"]


def test_a_click_beside_the_sign_is_a_click_in_the_text(window, select, note, qtbot):
    select("the report was false")
    note("Is this a denial?")
    reader = window.label_place.reader
    line = geometry.line_of_position(reader.page, reader._scene.asides[0].start)
    place = QPointF(line.left + 40, line.baseline - 4 - reader._scroll.top)
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert window.places.current == "label"


def test_a_filter_shows_one_of_the_notes_that_are_left(window, at_team, qtbot):
    project, leak = window.session.project, window.session.heads[0].id
    project.ask(leak, "About an umbrella", annotator="Ana")
    project.ask(leak, "About rain", annotator="Ana")
    page = at_team(window).notes
    window.places.page("team").show_tab("notes")
    assert page._thread().text == "About rain"
    qtbot.keyClicks(page.list, "u")
    qtbot.keyClicks(page.filters[0].field, "mbrella")
    assert [thread.text for thread in page.model.threads] == ["About an umbrella"]
    assert page._thread().text == "About an umbrella", "an answer goes to the note that is seen"
    page.filters[0].close_line()
    assert page.model.rowCount() == 2
