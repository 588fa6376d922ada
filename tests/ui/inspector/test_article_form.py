"""What is known about an article is changed in place, in one step each, and nothing else of it is touched."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.article import Metadatum
from annotator.ui.inspector.article_form import changed


@pytest.fixture
def form(window):
    made = window.label_place.linkage.inspector.article
    made.heading.click()
    return made


def write(qtbot, line, text, key=Qt.Key.Key_Return):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, key)


def test_only_the_first_value_of_a_key_changes_and_originals_of_others_stay():
    old = [Metadatum("byline", "Ana", "By Ana"), Metadatum("byline", "Ben", "and Ben"), Metadatum("outlet", "Gazette")]
    assert changed(old, {"byline": "Eva", "outlet": "Gazette", "url": ""}) == [Metadatum("byline", "Eva"), *old[1:]]
    assert changed(old, {"byline": "", "outlet": "Gazette"}) == old[1:]


def test_a_value_is_written_shown_in_the_list_and_taken_back(window, form, qtbot):
    write(qtbot, form.lines["outlet"], "The Gazette")
    write(qtbot, form.lines["date published"], "2010-03")
    article, head = window.session.article, window.session.head()
    assert (article.value("outlet"), head.outlet, head.date) == ("The Gazette", "The Gazette", "2010-03")
    assert window.label_place.reader.hasFocus()
    window.actions_["undo"].trigger()
    assert form.lines["date published"].text() == ""
    assert form.lines["outlet"].text() == "The Gazette"


def test_escape_keeps_the_old_value(window, form, qtbot):
    write(qtbot, form.lines["outlet"], "The Gazette", Qt.Key.Key_Escape)
    assert window.session.article.value("outlet") == ""


def test_title_language_and_direction(window, form, qtbot):
    write(qtbot, form.lines["title"], "Another title")
    write(qtbot, form.lines["language"], "fa")
    form.direction.setCurrentIndex(form.direction.findData("rtl"))
    form.direction.activated.emit(form.direction.currentIndex())
    article = window.session.article
    assert (article.title, article.language, article.direction) == ("Another title", "fa", "rtl")
    assert window.label_place.reader.page.rtl


def test_a_pair_of_one_s_own(window, form, qtbot):
    form.new_key.setText("Sample")
    write(qtbot, form.new_value, "pilot")
    qtbot.waitUntil(lambda: "sample" in form.lines and form.lines["sample"].isVisible())
    assert window.session.article.value("sample") == "pilot"
    write(qtbot, form.lines["sample"], "main")
    assert window.session.article.value("sample") == "main"


def test_other_articles_show_theirs_and_a_selected_label_takes_the_room(window, form, qtbot, select):
    write(qtbot, form.lines["outlet"], "The Gazette")
    window.session.next_article()
    qtbot.waitUntil(lambda: form.lines["title"].text() == window.session.article.title)
    assert form.lines["outlet"].text() == ""
    window.session.select(next(iter(window.session.annotations)))
    window.label_place.linkage.inspector.refresh()
    assert not form.isVisible()
