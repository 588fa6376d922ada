"""Finding words in one article and in all, and bringing deleted labels back."""

import re

from PySide6.QtCore import Qt

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def find(window, press, qtbot, words):
    press((Qt.Key.Key_F, CTRL))
    bar = window.label_place.find
    qtbot.keyClicks(bar.field, words)
    return bar


def test_hits_are_counted_and_stepped_through(window, press, qtbot):
    bar = find(window, press, qtbot, "THE REPORT")
    assert bar.words == "1 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.words == "2 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.words == "1 of 2"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)
    assert bar.words == "2 of 2"
    press(Qt.Key.Key_F3)
    assert bar.words == "1 of 2"


def test_quotation_marks_of_any_style_are_found(window, press, qtbot):
    assert find(window, press, qtbot, '"I never').words == "1 of 1"


def test_what_is_not_there_is_said_and_escape_closes(window, press, qtbot):
    bar = find(window, press, qtbot, "zebra")
    assert bar.words == "not in this article"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.label_place.reader.hasFocus()


def test_the_search_begins_at_the_caret_and_with_the_selected_words(window, press, select):
    select("the report")
    place = window.label_place
    place.reader.set_caret(window.session.article.text.index("never saw"))
    press((Qt.Key.Key_F, CTRL))
    place.find.field.setText("the report")
    assert place.find.words == "2 of 2"
    select("she was")
    press((Qt.Key.Key_F, CTRL), widget=place.reader)
    assert place.find.field.text() == "she was"


def test_the_words_found_are_selected_when_the_bar_is_left_so_that_a_key_labels_them(window, press, qtbot):
    bar = find(window, press, qtbot, "The REPORT")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    text, reader = window.session.article.text, window.label_place.reader
    second = text.index("the report", text.index("the report") + 1)
    assert reader.selection().fragments == ((second, second + 10),)
    press((Qt.Key.Key_Right, CTRL | SHIFT), Qt.Key.Key_C)
    assert [each.span.start for each in window.session.annotations.values()] == [second]


def test_in_the_text_the_key_for_the_next_hit_selects_it_and_a_label_follows(window, press, qtbot):
    text, reader = window.session.article.text, window.label_place.reader
    places = [found.start() for found in re.finditer("she", text, re.IGNORECASE)]
    assert len(places) == 2
    bar = find(window, press, qtbot, "she")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    press(Qt.Key.Key_S)
    for _ in places[1:]:
        press(Qt.Key.Key_F3, Qt.Key.Key_S)
        assert reader.hasFocus()
    assert [each.span.fragments for each in window.session.annotations.values()] == [((at, at + 3),) for at in places]
    assert bar.words == f"{len(places)} of {len(places)}"
    press(Qt.Key.Key_F3)  # after the last comes the first
    assert reader.selection().start == places[0]
    press((Qt.Key.Key_F3, SHIFT))
    assert reader.selection().start == places[-1]


def test_the_caret_stays_where_the_person_went_while_the_bar_was_open(window, press, qtbot):
    bar = find(window, press, qtbot, "the report")
    reader = window.label_place.reader
    reader.setFocus()
    reader.set_caret(3)
    press(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader.caret == 3
    assert reader.selection() is None


def test_another_article_is_searched_when_it_is_opened(window, press, qtbot):
    bar = find(window, press, qtbot, "rain")
    assert bar.words == "not in this article"
    window.session.next_article()
    assert bar.words == "2 here"


def test_all_articles_are_searched_and_a_hit_is_shown(window, press, qtbot):
    press((Qt.Key.Key_F, CTRL | SHIFT))
    panel = window.label_place.everywhere
    assert panel.isVisible()
    qtbot.keyClicks(panel.field, "the")
    qtbot.waitUntil(lambda: panel.words.endswith("articles") and panel.words[0].isdigit())
    headings = [place.title for place in panel.model.places if not place.end]
    assert headings == ["Minister denies leak", "Rain in the north"]
    last = next(row for row, place in enumerate(panel.model.places) if place.end and place.title.startswith("Rain"))
    qtbot.mouseClick(
        panel.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=panel.list.visualRect(panel.model.index(last)).center(),
    )
    assert window.session.article.title == "Rain in the north"
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert panel.field.text() == ""
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert window.label_place.articles.isVisible()


def test_a_search_can_be_stopped_and_an_empty_one_finds_nothing(window, press, qtbot):
    press((Qt.Key.Key_F, CTRL | SHIFT))
    panel = window.label_place.everywhere
    panel.field.setText("the")
    panel.start()
    panel.stop()
    assert not panel._slice.isActive()
    panel.field.setText("zebra")
    qtbot.waitUntil(lambda: panel.words == "Nowhere in the project.")
    panel.field.clear()
    qtbot.waitUntil(lambda: panel.words.startswith("Type words"))


def test_labelling_does_not_disturb_what_was_found(window, press, qtbot, select):
    press((Qt.Key.Key_F, CTRL | SHIFT))
    panel = window.label_place.everywhere
    qtbot.keyClicks(panel.field, "aides")
    qtbot.waitUntil(lambda: panel.words == "1 in 1 article")
    select("Two aides")
    press(Qt.Key.Key_S, widget=window.label_place.reader)
    assert panel.model.rowCount() == 2


def test_deleted_labels_are_listed_and_brought_back(window, press, select, qtbot):
    select("Two aides")
    press(Qt.Key.Key_S, Qt.Key.Key_Delete)
    press((Qt.Key.Key_Delete, CTRL | SHIFT))
    trash = window.label_place.trash
    assert trash.isVisible()
    assert trash.model.rowCount() == 1
    assert trash.model.data(trash.model.index(0)) == "Two aides"
    qtbot.keyClick(trash.list, Qt.Key.Key_Return)
    assert trash.model.rowCount() == 0
    assert trash.closer.hasFocus()
    assert [each.label for each in window.session.annotations.values()] == ["source"]
    press(Qt.Key.Key_Escape, Qt.Key.Key_Escape, widget=window.label_place.reader)
    assert window.label_place.list.isVisible()
