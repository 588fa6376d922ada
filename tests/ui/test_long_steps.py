"""Steps that take long are written in another thread: the window goes on, and nothing is lost when they are stopped."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.annotation import Annotation
from annotator.model.article import BlockKind, State
from annotator.model.ids import new_id
from annotator.model.span import Span
from annotator.project import Project
from annotator.project.lending import LONG
from annotator.store import annotations
from annotator.store.clock import now

WORDS = LONG + 200
TEXT = " ".join(f"w{number:04}" for number in range(WORDS))
CTRL = Qt.KeyboardModifier.ControlModifier
UNDO, REDO = (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Y, CTRL)


def label_every_word(project, who, article):
    """Label every word of an article in one step, as an import does."""
    project.ensure_annotator(who)
    annotator = project.annotator(who).id
    with project.step(f"Import labels of {who}", annotator=annotator, article=article) as step:
        for number in range(WORDS):
            span = Span.of((number * 6, number * 6 + 5))
            made = Annotation(new_id(), article, annotator, "claim", span, made_at=now(), changed_at=now())
            step.writing.put("annotation", made.id, annotations.image(made, TEXT), is_new=True)


@pytest.fixture
def study(study):
    """The path of the study with an article more, in which every word has been labelled in one step, after a label."""
    with Project.open(study) as project:
        project.add_text(TEXT, title="Words")
        article = project.articles()[-1].id
        project.annotate(article, "denial", [(0, 5)], annotator="Ana")
        label_every_word(project, "Ana", article)
    return study


@pytest.fixture
def window(window):
    """The window with that article on the page."""
    assert window.session.go_to(window.session.heads[-1].id)
    window.label_place.reader.setFocus()
    return window


@pytest.fixture
def over(window, qtbot):
    """A function that handles events until nothing is being written any more."""
    return lambda: qtbot.waitUntil(lambda: not window.session.long_step.is_busy, timeout=60_000)


def labels(window):
    """Return how many labels the article has in the file."""
    return len(window.session.project.annotations(window.session.heads[-1].id))


def test_a_large_import_is_undone_and_done_again_while_the_window_goes_on(window, press, over, qtbot):
    session, notices = window.session, []
    session.changed.connect(notices.append)
    press(UNDO)
    assert window.long_line.isVisible()
    assert "Taking back “import labels of Ana”" in window.long_line.words.text()
    assert session.previous_article()
    with qtbot.waitSignal(session.long_step.progressed):
        pass
    session.set_state(State.DONE)
    assert "is taking back “import labels of Ana” just now" in window.banner.words + window.status.last
    over()
    assert [len(each.annotations) for each in notices] == [WORDS]
    assert not window.long_line.isVisible()
    assert window.status.last == "Took back: import labels of Ana"
    assert (labels(window), session.counts.get("claim", 0)) == (1, 1), "the denial here, and a claim elsewhere"
    assert session.article.id == session.heads[-1].id, "it shows where that was"
    press(REDO)
    over()
    assert (labels(window), session.counts["claim"]) == (WORDS + 1, WORDS + 1)
    assert len(session.annotations) == WORDS + 1
    assert session.project.check() == []


def test_the_order_of_undo_is_kept(window, press, over):
    press(UNDO)
    press(UNDO)
    assert "just now" in window.banner.words + window.status.last
    over()
    assert labels(window) == 1
    press(UNDO)
    assert not window.session.project.is_lent, "a small step is taken back at once"
    assert labels(window) == 0
    press(REDO)
    assert labels(window) == 1
    press(REDO)
    over()
    assert labels(window) == WORDS + 1


def test_what_is_stopped_leaves_everything_as_it_was(window, press, over):
    before = window.session.project.steps(1)
    press(UNDO)
    window.long_line.cancel.click()
    assert window.long_line.words.text() == "Stopping …"
    over()
    assert window.status.last == "Stopped. Nothing was changed"
    assert not window.long_line.isVisible()
    assert window.session.project.steps(1) == before
    assert labels(window) == len(window.session.annotations) == WORDS + 1
    assert window.session.project.is_writable
    press(UNDO)
    over()
    assert labels(window) == 1


def test_the_window_closes_while_a_step_is_taken_back(window, press, study):
    press(UNDO)
    window.close()
    with Project.open(study) as project:
        assert project.check() == []
        assert len(project.annotations(project.articles()[-1].id)) in {1, WORDS + 1}, "whole, or not at all"


def test_an_article_with_very_many_labels_is_removed_and_comes_back(window, over, press):
    window.label_place.articles.list.setFocus()
    window.actions_["article.remove"].trigger()
    assert window.long_line.words.text().startswith("Removing the article …")
    over()
    assert len(window.session.heads) == 3
    assert window.status.last.startswith("Removed the article · ")
    press(UNDO)
    over()
    assert len(window.session.heads) == 4
    assert labels(window) == WORDS + 1


def test_a_rule_that_accepts_very_much_is_accepted_while_the_window_goes_on(window, qtbot, over, press):
    session, article = window.session, window.session.heads[-1].id
    label_every_word(session.project, "Ben", article)
    for who in ("Ana", "Ben"):
        session.project.set_state(article, who, State.DONE)
    session.project.set_blind(blind=False)
    press((Qt.Key.Key_5, CTRL))
    docket = window.places.currentWidget().docket
    ready = lambda: docket.is_loaded and not docket.is_busy  # noqa: E731
    qtbot.waitUntil(ready, timeout=60_000)
    docket.accept("all")
    qtbot.waitUntil(lambda: session.long_step.is_busy, timeout=60_000)
    assert window.long_line.words.text().startswith("Accepting what is agreed …")
    over()
    assert window.status.last.startswith(f"Accepted {WORDS:,} places by the rule")
    assert len(session.project.annotations(annotator=session.project.gold().id)) == WORDS
    qtbot.waitUntil(ready, timeout=60_000)
    assert docket.queue.agreed == {} or sum(docket.queue.agreed.values()) == 0


def test_what_is_read_from_the_file_waits_for_the_step(window, press, over, qtbot, tmp_path):
    path = tmp_path / "words.jsonl"
    window.session.project.export(path)
    press(UNDO)
    window.trading.open_import(path)
    page = window.trading.import_page
    assert "just now" in page.outcome.text
    window.adding.add([path])
    assert not window.adding.is_busy
    assert "just now" in window.banner.words + window.status.last
    over()
    qtbot.waitUntil(lambda: not window.trading.importing.errands.kind, timeout=60_000)
    assert page.go.isEnabled()
    assert page.go.text().startswith(f"Import {WORDS:,} labels")


def very_many(tmp_path):
    """Return a folder of so many articles that adding them is a long step."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(LONG // 2 + 10):
        (folder / f"{number}.txt").write_text(f"Number {number}\n\nSomebody said {number}.\n", encoding="utf-8")
    return folder


@pytest.fixture
def looked_at(window, qtbot, tmp_path):
    """The page on which very many articles wait to be added; one of them has another type."""
    window.adding.add([very_many(tmp_path)])
    qtbot.waitUntil(lambda: window.adding.waiting is not None and not window.adding.is_busy, timeout=60_000)
    page = window.previewing.page
    page.reader.set_caret(len(page.model.article(0).text) - 2)
    qtbot.keyClick(page.reader, Qt.Key.Key_M)
    return page


def test_very_many_articles_are_added_while_the_window_goes_on(window, looked_at, over, press, qtbot):
    session, before = window.session, len(window.session.heads)
    qtbot.keyClick(looked_at.list, Qt.Key.Key_Return)
    assert window.long_line.words.text().startswith(f"Adding {LONG // 2 + 10:,} articles …")
    assert not window.adding.isVisible()
    assert session.next_article() or session.previous_article()
    over()
    assert len(session.heads) == before + LONG // 2 + 10
    assert window.adding.words == f"{LONG // 2 + 10:,} new articles"
    assert session.project.article(session.heads[before].id).blocks[-1].kind is BlockKind.COMMENT
    press(UNDO)
    over()
    assert len(session.heads) == before


def test_articles_wait_on_as_they_were_where_adding_is_stopped(window, looked_at, over, qtbot):
    before = len(window.session.heads)
    qtbot.keyClick(looked_at.list, Qt.Key.Key_Return)
    window.long_line.cancel.click()
    over()
    assert window.status.last == "Stopped. Nothing was changed"
    assert len(window.session.heads) == before
    assert window.adding.isVisible()
    window.adding.look()
    assert window.places.currentWidget() is looked_at
    assert looked_at.model.article(0).blocks[-1].kind is BlockKind.COMMENT
    qtbot.keyClick(looked_at.list, Qt.Key.Key_Return)
    over()
    assert len(window.session.heads) == before + LONG // 2 + 10


def test_an_article_with_very_many_labels_is_replaced_while_the_window_goes_on(window, over, press, qtbot, tmp_path):
    session, path = window.session, tmp_path / "newer.txt"
    path.write_text(f"Added. {TEXT}\n", encoding="utf-8")
    window.replacing.read(path)
    page = window.replacing.page
    qtbot.waitUntil(lambda: page.replace_.isVisible() and not window.replacing.is_busy, timeout=60_000)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.long_line.words.text().startswith("Replacing the article by its new version …")
    window.long_line.cancel.click()
    over()
    assert not session.project.article(session.article.id).text.startswith("Added.")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    over()
    assert session.article.text.startswith("Added.")
    assert f"{WORDS + 1:,} moved" in window.status.last
    press(UNDO)
    over()
    assert session.article.text == TEXT
    assert labels(window) == WORDS + 1
