"""Articles come in by dialog, by drop and by paste; the window goes on, and nothing is hidden."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QFileDialog

from annotator.project import Project
from annotator.ui.widgets.choosing import FileChooser, article_filters


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


def accept(window, qtbot):
    """Wait until what was read is shown, and add it by the key that is named there."""
    added(window, qtbot)
    assert window.places.currentWidget() is window.previewing.page
    qtbot.keyClick(window.previewing.page.list, Qt.Key.Key_Return)


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
    enter = QDragEnterEvent(
        QPoint(400, 300), event.dropAction(), data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dragEnterEvent(enter)
    assert "Drop the files" in window.status.words
    window.dropEvent(event)
    assert "Drop the files" not in window.status.words


def test_chosen_files_are_added(window, choices, files, qtbot):
    choices.paths = [files / "one.txt"]
    window.actions_["articles.add"].trigger()
    added(window, qtbot)
    assert window.adding.words == "Added “One thing happened”, read as UTF-8"
    assert window.session.heads[-1].title == "One thing happened"


def test_a_folder_is_added_with_a_report(window, choices, files, qtbot):
    choices.path = files
    window.actions_["articles.add_folder"].trigger()
    accept(window, qtbot)
    assert len(window.session.heads) == 5
    assert window.adding.words == "2 new articles, 1 already here, 1 problem"
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
    accept(window, qtbot)
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
    ):
        window.actions_[name].trigger()
    assert window.session.project.name == "study"
    assert not window.adding.isVisible()


def test_a_missing_file_is_a_line_in_the_report(window, qtbot):
    window.adding.add([Path("/nowhere/at/all.txt")])
    added(window, qtbot)
    assert window.adding.words == "0 new articles, 1 problem"
    assert "all.txt" in window.adding.report


TABLE = "id,headline,body,who\n1,Bridge vote,The council voted for the bridge on Monday and nobody spoke.,Ana\n2,Rain,Rain fell on the coast all day and roads were closed.,Ben\n"
PAGE = """<html><head><title>Harbour opens</title></head><body><article><h1>Harbour opens again</h1>
<p>The harbour opened on Tuesday, and the first ships came in at noon, the mayor told reporters there.</p>
<figure><img src="x.png"><figcaption>Ships in the harbour on Tuesday</figcaption></figure>
<p>Fishermen said that they had waited for three months, and that the winter had been a hard one.</p></article></body></html>"""


def test_the_preview_shows_types_and_they_change_by_the_same_keys(window, files, qtbot):
    (files / "page.html").write_text(PAGE, encoding="utf-8")
    window.adding.add([files / "page.html"])
    added(window, qtbot)
    preview = window.previewing.page
    assert window.places.currentWidget() is preview
    assert len(window.session.heads) == 3
    article = preview.model.article(preview.list.currentIndex().row())
    preview.reader.set_caret(article.text.index("Fishermen"))
    preview.reader.setFocus()
    qtbot.keyClick(preview.reader, Qt.Key.Key_M)
    qtbot.keyClick(preview.reader, Qt.Key.Key_Return)
    blocks = window.session.article.blocks
    text = window.session.article.text
    assert "comment" in {each.kind.value for each in blocks if text[each.start : each.end].startswith("Fishermen")}
    assert window.session.article.title == "Harbour opens again"
    assert window.places.currentWidget() is window.label_place


def test_an_article_is_left_out_by_space_and_the_rest_is_added(window, files, qtbot):
    window.adding.add([files])
    added(window, qtbot)
    preview = window.previewing.page
    assert preview.model.summary() == "2 new · 1 already here · 1 problem"
    qtbot.keyClick(preview.list, Qt.Key.Key_Space)
    assert preview.add_all.text().startswith("Add 1 of 2")
    qtbot.mouseClick(preview.add_all, Qt.MouseButton.LeftButton)
    assert len(window.session.heads) == 4


def test_what_is_read_waits_while_the_person_goes_on_labelling(window, files, qtbot):
    window.adding.add([files])
    added(window, qtbot)
    qtbot.keyClick(window.previewing.page.list, Qt.Key.Key_Escape)
    assert window.places.currentWidget() is window.label_place
    assert window.adding.words == "2 articles wait to be looked at before they are added"
    window.adding.look()
    assert window.places.currentWidget() is window.previewing.page
    qtbot.mouseClick(window.previewing.page.discard, Qt.MouseButton.LeftButton)
    assert len(window.session.heads) == 3
    assert not window.adding.isVisible()


def test_adding_without_looking_is_remembered(window, files, qtbot):
    window.adding.add([files])
    added(window, qtbot)
    window.previewing.page.without.click()
    qtbot.keyClick(window.previewing.page.list, Qt.Key.Key_Return)
    assert window.settings.adds_at_once
    (files / "three.txt").write_text("Three\n\nThree things happened in the town.\n", encoding="utf-8")
    window.adding.add([files])
    added(window, qtbot)
    assert window.places.currentWidget() is window.label_place
    assert window.session.heads[-1].title == "Three"


def test_title_and_metadata_are_set_right_before_it_is_added(window, files, qtbot):
    window.adding.add([files])
    added(window, qtbot)
    page = window.previewing.page
    row = next(row for row, entry in enumerate(page.model.entries) if entry.title == "One thing happened")
    page.list.show_row(row)
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    title, outlet = page.form.lines["title"], page.form.lines["outlet"]
    assert title.hasFocus()
    qtbot.keyClicks(title, "Another title")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    qtbot.keyClicks(outlet, "The Courier")
    qtbot.keyClick(outlet, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert page.model.entries[row].title == "Another title"
    assert page.model.entries[row].detail == "The Courier"
    other = next(n for n, entry in enumerate(page.model.entries) if entry.title == "Zwei Dinge geschahen")
    file = page.form.file.text()
    page.list.show_row(other)
    assert page.form.lines["outlet"].text() == ""
    assert page.form.file.text() not in {"", file}
    accept(window, qtbot)
    head = next(head for head in window.session.heads if head.title == "Another title")
    assert head.outlet == "The Courier"
    assert window.session.project.article(head.id).text.startswith("One thing happened")


def test_columns_of_a_table_are_changed_and_remembered(window, files, qtbot):
    path = files / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    window.adding.add([path])
    added(window, qtbot)
    preview = window.previewing.page
    assert preview.columns.isVisible()
    assert preview.columns.boxes["body"].currentData() == "text"
    box = preview.columns.boxes["who"]
    box.setCurrentIndex(box.findData("byline"))
    box.activated.emit(box.currentIndex())
    added(window, qtbot)
    accept(window, qtbot)
    made = [window.session.project.article(head.id) for head in window.session.heads[-2:]]
    assert [article.value("byline") for article in made] == ["Ana", "Ben"]
    assert window.settings.habits[window.session.project.id].columns["who"] == "byline"


def test_tables_in_folders_and_archives_have_their_columns_told_one_by_one(window, files, qtbot):
    inner = files / "inner"
    inner.mkdir()
    (inner / "table.csv").write_text(TABLE, encoding="utf-8")
    (inner / "again.csv").write_text(TABLE.replace("harbour", "market"), encoding="utf-8")
    other = (
        "koerper;wer\nThe mine was shut on Monday by those who own it.;Ivo\nAnd nobody was asked about that day.;Lena\n"
    )
    with ZipFile(files / "more.zip", "w") as archive:
        archive.writestr("mine.csv", other)
    window.adding.add([files])
    added(window, qtbot)
    preview = window.previewing.page
    choice = preview.columns.choice
    assert [choice.itemText(place) for place in range(choice.count())] in (
        ["again.csv", "mine.csv"],
        ["mine.csv", "again.csv"],
    )
    place = choice.findText("mine.csv")
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    assert set(preview.columns.boxes) == {"koerper", "wer"}
    for name, meaning in (("koerper", "text"), ("wer", "byline")):
        box = preview.columns.boxes[name]
        box.setCurrentIndex(box.findData(meaning))
        box.activated.emit(box.currentIndex())
        added(window, qtbot)
        assert choice.currentText() == "mine.csv"  # the one that was looked at stays
    assert preview.columns.boxes["wer"].currentData() == "byline"
    accept(window, qtbot)
    assert {"Ivo", "Lena"} <= {head.byline for head in window.session.heads}
    kept = window.settings.habits[window.session.project.id].tables
    assert kept['["koerper", "wer"]']["wer"] == "byline"


@pytest.fixture
def page_copied():
    data = QMimeData()
    data.setHtml(PAGE)
    data.setText("Harbour opens again\n\nThe harbour opened on Tuesday.\n")
    QGuiApplication.clipboard().setMimeData(data)
    yield
    QGuiApplication.clipboard().clear()  # what Python has made and the clipboard holds at the end brings the run down


@pytest.mark.usefixtures("page_copied")
def test_rich_text_is_read_as_a_page_and_offered_as_plain_text(window, qtbot):
    window.actions_["articles.paste"].trigger()
    added(window, qtbot)
    preview = window.previewing.page
    assert window.places.currentWidget() is preview
    assert "Ships in the harbour" in preview.model.article(0).text
    preview.plain.click()
    assert preview.model.article(0).text.strip() == "Harbour opens again\n\nThe harbour opened on Tuesday."
    preview.accept()
    assert window.session.article.title == "Harbour opens again"


def test_the_dialog_offers_every_kind_that_is_read():
    first, *kinds = article_filters().split(";;")
    for suffix in ("*.docx", "*.pdf", "*.xlsx", "*.warc.gz", "*.zip", "*.txt"):
        assert suffix in first
    assert "Web page HTML (*.html *.htm *.xhtml)" in kinds


def test_the_preview_is_dark_from_the_first_where_the_window_is(window, files, qtbot):
    window.actions_["scheme.dark"].trigger()
    window.adding.add([files])
    added(window, qtbot)
    reader = window.previewing.page.reader
    assert reader.palette().color(QPalette.ColorRole.Base).lightness() < 64
    assert reader.palette().color(QPalette.ColorRole.Text) == QColor(window.previewing.page._row.theme.text)


def test_a_dialog_begins_in_a_folder_that_is_there(window, tmp_path, monkeypatch):
    begun = []

    def ask(_window, _title, folder, _kinds):
        begun.append(folder)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    chooser = FileChooser(window, tmp_path / "gone" / "projects")
    assert chooser.articles() == []
    assert begun == [str(tmp_path)]


def test_a_strip_that_goes_gives_the_focus_back_to_the_text(window, choices, files, qtbot):
    reader = window.label_place.reader
    choices.paths = [files / "one.txt"]
    window.actions_["articles.add"].trigger()
    added(window, qtbot)
    choices.paths = [files]
    window.actions_["articles.add"].trigger()
    added(window, qtbot)
    qtbot.keyClick(window.previewing.page.list, Qt.Key.Key_Escape)
    for press in (window.adding._discard, window.adding._close):
        press.setFocus()
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
        assert not window.adding.isVisible()
        assert window.focusWidget() is reader
        window.adding.add([files / "two.txt"])
        added(window, qtbot)
    window.banner.show_words("Something did not work.")
    window.banner._close.setFocus()
    qtbot.keyClick(window.banner._close, Qt.Key.Key_Space)
    assert not window.banner.isVisible()
    assert window.focusWidget() is reader
