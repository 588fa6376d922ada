"""Articles come in by dialog, by drop and by paste; the window goes on, and nothing is hidden."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from annotator.project import Project


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text("One thing happened\n\nThe mayor said so.\n", encoding="utf-8")
    (folder / "two.txt").write_bytes(
        "Zwei Dinge geschahen\n\nDer Bürgermeister sagte, es sei größer.\n".encode("cp1252")
    )
    (folder / "again.txt").write_text("One thing happened\n\nThe mayor said so.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def added(window, qtbot):
    qtbot.waitUntil(lambda: not window.adding.is_busy)


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_chosen_files_are_added(window, choices, files, qtbot):
    choices.paths = [files / "one.txt"]
    window.actions_["articles.add"].trigger()
    added(window, qtbot)
    assert window.adding.words == "Added “One thing happened”, read as UTF-8"
    assert window.session.heads[-1].title == "One thing happened"


def test_a_folder_is_added_with_a_report(window, choices, files, qtbot):
    choices.path = files
    window.actions_["articles.add_folder"].trigger()
    added(window, qtbot)
    assert len(window.session.heads) == 5
    assert window.adding.words == "2 new, 1 already here, 1 problem"
    report = window.adding.report
    assert "empty.txt" in report
    assert "1252" in report
    window.actions_["undo"].trigger()
    assert len(window.session.heads) == 3


def test_labelling_goes_on_while_files_are_read(window, files, qtbot, select, press):
    window.adding.add(sorted(files.iterdir()))
    assert window.adding.is_busy
    select("Two aides")
    press(Qt.Key.Key_S)
    assert window.label_place.list.model.rowCount() == 1
    added(window, qtbot)
    assert len(window.session.heads) == 5


def test_a_second_lot_waits_its_turn(window, files, qtbot):
    window.adding.add([files])
    window.adding.add([files])
    assert "being read just now" in window.status.last + window.banner.words
    added(window, qtbot)


def test_cancelling_adds_nothing(window, files, qtbot):
    for number in range(300):
        (files / f"more{number}.txt").write_text(f"Number {number}\n\nSomebody said {number}.\n", encoding="utf-8")
    window.adding.add([files])
    window.adding.cancel()
    added(window, qtbot)
    assert len(window.session.heads) == 3
    assert window.status.last == "Stopped. No article was added"


def test_closing_while_files_are_read_is_safe(window, files, study):
    window.adding.add([files])
    window.close()
    with Project.open(study) as project:
        assert len(project.articles()) == 3
        assert project.check() == []


def test_files_are_dropped(window, files, qtbot):
    drop(window, files / "one.txt")
    added(window, qtbot)
    assert window.session.article.title == "One thing happened"


def test_a_project_is_dropped(window, tmp_path):
    Project.create(tmp_path / "other", annotator="Ana").close()
    drop(window, tmp_path / "other.annotator")
    assert window.session.project.name == "other"


def test_without_a_project_a_dropped_file_is_explained(make_window, files):
    window = make_window()
    drop(window, files / "one.txt")
    assert "Open or start a project first" in window.status.last + window.banner.words


def test_pasted_text_becomes_an_article(window, press):
    QGuiApplication.clipboard().setText("Pasted news\n\nA witness said that it was so.\n")
    window.actions_["articles.paste"].trigger()
    assert window.session.article.title == "Pasted news"
    window.actions_["articles.paste"].trigger()
    assert window.status.last == "That text is in the project already"
    QGuiApplication.clipboard().setText("   ")
    window.actions_["articles.paste"].trigger()
    assert "no text on the clipboard" in window.status.last + window.banner.words


def test_nothing_chosen_does_nothing(window, choices):
    choices.paths, choices.path = [], None
    for name in (
        "articles.add",
        "articles.add_folder",
        "project.new",
        "project.open",
        "project.copy",
        "project.export",
    ):
        window.actions_[name].trigger()
    assert window.session.project.name == "study"
    assert not window.adding.isVisible()


def test_a_missing_file_is_a_line_in_the_report(window, qtbot):
    window.adding.add([Path("/nowhere/at/all.txt")])
    added(window, qtbot)
    assert window.adding.words == "0 new, 1 problem"
    assert "all.txt" in window.adding.report
