"""A new version of an article in the window: seen, decided by keys, put in one step, and taken back by one key."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.project import Project
from annotator.project.replacement.plan import Choice
from annotator.ui.replacing.items import ROW_ROLE
from tests.ui.conftest import LEAK

NEW = LEAK.replace("Minister denies leak\n", "Minister denies leak\n\nUpdate of noon: this was corrected.\n").replace(
    "Two aides say she was told in March.", "Two aides say she was told about it."
)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def labelled(study):
    """The study with labels of Ana's that stay, move, are doubtful and are lost."""
    with Project.open(study) as project:
        article = project.articles()[0].id
        for words in ("denies leak", "the report was false", "told in March", "in March"):
            start = LEAK.index(words)
            project.annotate(article, "claim", [(start, start + len(words))], annotator="Ana")
    return study


@pytest.fixture
def replacing(make_window, labelled, choices, tmp_path, qtbot):
    """The window, with a new version of its first article on the page."""
    window = make_window(labelled)
    choices.path = tmp_path / "new.txt"
    choices.path.write_text(NEW, "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    return window


def rows(page):
    model = page.model
    return [(row.item.fate.value, row.words) for row in model.rows if row.item and row.item.noun == "annotation"]


def words(window):
    text = window.session.article.text
    return [
        each.span.covered(text)[0] for each in sorted(window.session.annotations.values(), key=lambda each: each.order)
    ]


def test_the_page_shows_what_waits_first(replacing):
    page = replacing.replacing.page
    assert replacing.places.currentWidget() is page
    found = rows(page)
    assert found[0] == ("doubtful", "told in March → told about it")
    assert [fate for fate, _ in found[1:]][-1] == "stayed"
    assert page.list.currentIndex().data(ROW_ROLE).words == found[0][1]
    assert "Decide" in page.replace_.text()
    assert page.heading.text() == "Replace “Minister denies leak”?"


def test_keys_decide_and_one_step_replaces_and_undo_brings_it_back(replacing, press):
    page, session = replacing.replacing.page, replacing.session
    before = words(replacing)
    press(Qt.Key.Key_Return, widget=page.list)
    assert session.article.text == LEAK  # something waits: nothing is replaced
    press(Qt.Key.Key_A, widget=page.list)
    press((Qt.Key.Key_K, SHIFT), widget=page.list)
    assert page.replace_.text().startswith("Replace")
    press(Qt.Key.Key_Return, widget=page.list)
    assert replacing.places.currentWidget() is replacing.label_place
    assert session.article.text == NEW
    assert "told about it" in words(replacing)
    assert "Ctrl+Z takes it back" in replacing.status.words
    replacing.actions_["undo"].trigger()
    assert session.article.text == LEAK
    assert words(replacing) == before
    assert session.project.check() == []


def test_escape_leaves_and_the_same_key_goes_on(replacing, press):
    page = replacing.replacing.page
    press(Qt.Key.Key_D, widget=page.list)
    decided = page.choices
    assert set(decided.values()) >= {Choice.DROP}
    press(Qt.Key.Key_Escape, widget=page.list)
    assert replacing.places.currentWidget() is replacing.label_place
    assert replacing.session.article.text == LEAK
    replacing.actions_["article.replace"].trigger()
    assert replacing.places.currentWidget() is page
    assert page.choices == decided
    page.discard.click()
    assert replacing.places.currentWidget() is replacing.label_place
    assert replacing.session.article.text == LEAK


def test_what_changes_meanwhile_is_looked_at_again(replacing, press, qtbot):
    page, session = replacing.replacing.page, replacing.session
    press(Qt.Key.Key_A, widget=page.list)
    decided = page.choices
    start = LEAK.index("declined to comment")
    session.project.annotate(session.article.id, "claim", [(start, start + 8)], annotator="Ana")
    qtbot.waitUntil(lambda: not replacing.replacing.is_busy)
    assert ("moved", "declined") in rows(page)
    assert page.choices == decided


def test_the_same_text_changes_nothing_and_says_so(make_window, labelled, choices, tmp_path, qtbot):
    window = make_window(labelled)
    choices.path = tmp_path / "same.txt"
    choices.path.write_text(LEAK, "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    assert window.places.currentWidget() is window.label_place
    assert "has this text already" in window.status.words


def test_a_file_that_gives_no_article_is_refused_on_the_page(make_window, labelled, choices, tmp_path, qtbot):
    window = make_window(labelled)
    choices.path = tmp_path / "empty.txt"
    choices.path.write_text(" ", "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    page = window.replacing.page
    assert "stays as it is" in page.heading.text()
    assert page.words.text().startswith("“empty.txt”: ")
    qtbot.keyClick(page.discard, Qt.Key.Key_Escape)
    assert window.places.currentWidget() is window.label_place


def test_copied_text_takes_the_place_too(make_window, labelled, qtbot):
    window = make_window(labelled)
    QGuiApplication.clipboard().setText(NEW)
    window.actions_["article.replace_pasted"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    assert window.replacing.page.texts.new.page.article.text == NEW


def test_others_labels_stay_hidden_and_are_not_decided_about_unseen(make_window, labelled, choices, tmp_path, qtbot):
    with Project.open(labelled) as project:
        article = project.articles()[0].id
        start = LEAK.index("A spokesman")
        project.annotate(article, "claim", [(start, start + 11)], annotator="Ben")
    window = make_window(labelled)
    window.session.switch_annotator("Ana")
    choices.path = tmp_path / "new.txt"
    choices.path.write_text(NEW, "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    page = window.replacing.page
    assert "A spokesman" not in [words for _, words in rows(page)]
    assert "labels or notes of others are hidden" in page.summary.text()
    page.discard.click()
    choices.path.write_text(NEW.replace("A spokesman", "Nobody else"), "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    assert "stays as it is" in page.heading.text()
    assert "hidden in this project" in page.words.text()


@pytest.fixture
def several(make_window, labelled, choices, tmp_path, qtbot):
    """The window, with a file of three articles of which the second and, less so, the third are like its first article."""
    window = make_window(labelled)
    choices.path = tmp_path / "rows.jsonl"
    texts = ("Whales were seen in the bay by a child of seven, and again at night.", NEW, f"{LEAK[:90]} It rained.")
    choices.path.write_text("".join(f"{json.dumps({'text': each})}\n" for each in texts), "utf-8")
    window.actions_["article.replace"].trigger()
    qtbot.waitUntil(lambda: not window.replacing.is_busy)
    return window


def test_which_article_of_a_file_is_meant_is_chosen_the_most_alike_first(several, qtbot):
    page = several.replacing.choice
    assert several.places.currentWidget() is page
    assert page.list.currentIndex().row() == 0
    assert page.model.rows[0][0].text.startswith("Minister denies leak\n\nUpdate of noon")
    assert page.model.rows[2][0].text.startswith("Whales")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not several.replacing.is_busy)
    assert several.places.currentWidget() is several.replacing.page
    assert rows(several.replacing.page)[0] == ("doubtful", "told in March → told about it")


def test_another_article_of_the_file_is_chosen_after_all(several, qtbot):
    page, choice = several.replacing.page, several.replacing.choice
    qtbot.keyClick(choice.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not several.replacing.is_busy)
    qtbot.keyClick(page.list, Qt.Key.Key_O)
    assert several.places.currentWidget() is choice
    qtbot.keyClick(choice.list, Qt.Key.Key_Down)
    qtbot.keyClick(choice.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not several.replacing.is_busy)
    qtbot.keyClick(page.list, Qt.Key.Key_D, SHIFT)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert several.session.article.text.endswith("It rained.")
    several.actions_["undo"].trigger()
    assert several.session.article.text == LEAK


def test_none_of_the_articles_of_a_file_is_meant(several, qtbot):
    qtbot.keyClick(several.replacing.choice.list, Qt.Key.Key_Escape)
    assert several.places.currentWidget() is several.label_place
    assert several.status.last == "Discarded. The article stays as it is"
    assert several.session.article.text == LEAK
