"""Finding words in one article and in all, and bringing deleted labels back."""

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
