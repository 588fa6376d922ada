"""Labels of other programs are looked at before they are taken: whose, which, where, and what finds no place."""

import csv
from importlib.util import find_spec

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from annotator.project import Project
from annotator.project.taking_in import commit_import
from annotator.ui.exchange import importing as module

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = "Rain in the north\n\nForecasters said that rain would reach the coast by Friday. 👩 Farmers hope so.\n"


def line(number, label, words):
    start = TEXT.index(words)
    return f"T{number}\t{label} {start} {start + len(words)}\t{words}\n"


@pytest.fixture
def corpus(tmp_path):
    """A brat folder: one text that the project lacks, two labels, one line whose words are elsewhere."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "rain.txt").write_text(TEXT, "utf-8")
    (folder / "rain.ann").write_text(
        line(1, "Cue", "said") + line(2, "Claim", "rain would reach the coast") + "T3\tClaim 0 4\tSnow\n", "utf-8"
    )
    return folder


@pytest.fixture
def table(tmp_path):
    """A table whose offsets count UTF-16 units with the end included, under names that nobody knows."""
    path = tmp_path / "spans.csv"
    (tmp_path / "rain.txt").write_text(TEXT, "utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["doc", "a", "b", "kind", "words", "coder"])
        for label, words in (("Claim", "rain would reach"), ("Claim", "Farmers hope so"), ("Attribution", "said")):
            start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
            out.writerow(["rain", start, start + len(words) - 1, label, words, "Cleo"])
    return path


@pytest.fixture
def idle(window, qtbot):
    """A function that waits until nothing is read or written."""

    def wait():
        qtbot.waitUntil(lambda: not window.trading.importing.errands.kind, timeout=30_000)
        QApplication.processEvents()  # boxes that were just made are shown by the layout, later

    return wait


@pytest.fixture
def page(window, press):
    """The page of imports, opened by its key."""
    press((Qt.Key.Key_I, CONTROL))
    return window.trading.import_page


@pytest.fixture
def read(page, choices, press, idle):
    """A function that chooses a file or folder by keys, and waits until it was read."""

    def choose(path):
        choices.path = path
        page.folder.setFocus()
        press(Qt.Key.Key_Return)
        idle()

    return choose


@pytest.fixture
def pick(press, idle):
    """A function that picks an item of a box by keys, and waits until what that changes was read."""

    def choose(box, words):
        box.setFocus()
        press(Qt.Key.Key_Home)
        while box.currentText() != words:
            before = box.currentIndex()
            press(Qt.Key.Key_Down)
            assert box.currentIndex() != before, f"{words} is not offered"
        idle()

    return choose


@pytest.fixture
def enter(press, idle):
    """A function that presses Return in a widget, or where the focus is, and waits until all is done."""

    def go(widget=None):
        if widget is not None:
            widget.setFocus()
        press(Qt.Key.Key_Return)
        idle()

    return go


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, left, none))


def test_the_page_begins_with_the_one_thing_to_do(window, page):
    assert window.places.currentWidget() is page
    assert page.file.hasFocus()
    assert "before anything is stored" in page.outcome.text
    assert not page.go.isEnabled()


def test_who_is_asked_where_the_files_do_not_say(window, read, pick, enter, corpus):
    page = window.trading.import_page
    read(corpus)
    assert page.form.format.currentText() == "brat stand-off (recognised)"
    assert page.fault.text() == "Say whose labels these are."
    assert page.form.who.hasFocus()
    pick(page.form.who, "Ben")
    assert "1 article, 2 labels and no links would be taken in." in page.outcome.text
    assert "rain.ann, line 3: The label Claim (T3) at 0-4 says it covers “Snow”" in page.outcome.text
    enter()
    assert page.outcome.heading.text() == "Imported"
    assert len(window.session.heads) == 4
    made = window.session.project.annotations(window.session.heads[-1].id, "Ben")
    assert [each.span.covered(TEXT)[0] for each in made] == ["said", "rain would reach the coast"]
    assert window.status.last.startswith("Imported 2 labels from “corpus”")
    assert window.session.heads[-1].id in {head.id for head in window.label_place.articles.model.shown}
    window.actions_["undo"].trigger()
    assert len(window.session.heads) == 3


def test_somebody_new_is_named_in_the_page(window, read, pick, enter, corpus):
    page = window.trading.import_page
    read(corpus)
    pick(page.form.who, "Somebody new…")
    assert page.form.name.hasFocus()
    page.form.name.insert("Cleo")
    enter()
    assert page.go.accessibleName() == "Import 2 labels"
    pick(page.form.state, "In progress")
    enter()
    assert [each.name for each in window.session.project.annotators()] == ["Ana", "Ben", "Cleo"]
    info = window.session.project.info()
    assert info.states["Cleo"] == {"in progress": 1}


def test_words_become_labels_of_the_codebook(window, read, pick, enter, corpus):
    page = window.trading.import_page
    read(corpus)
    pick(page.form.who, "Ben")
    assert page.form.words["Claim"].currentText() == "Claim"
    assert page.form.words["Cue"].currentText() == "New: Cue"
    assert "the label “Cue”" in page.outcome.text
    pick(page.form.words["Cue"], "Attribution")
    assert "the label “Cue”" not in page.outcome.text
    enter()
    labels = {each.label for each in window.session.project.annotations(window.session.heads[-1].id, "Ben")}
    assert labels == {"claim", "attribution"}
    assert window.session.project.codebook.revision == 1


def test_annotators_of_the_files_can_be_others_here(window, read, pick, enter, corpus):
    page = window.trading.import_page
    (corpus / "rain.ann").rename(corpus / "rain_coder1.ann")
    read(corpus)
    assert not page.form.who.isVisible()
    assert page.form.people["coder1"].currentText() == "New: coder1"
    pick(page.form.people["coder1"], "Ben")
    enter()
    assert [each.name for each in window.session.project.annotators()] == ["Ana", "Ben"]


def test_who_is_here_under_almost_the_same_name_is_proposed(window, read, enter, corpus):
    window.session.project.ensure_annotator("Ana Lindqvist")
    window.actions_["labels.import"].trigger()
    (corpus / "rain.ann").rename(corpus / "rain_Ana-Lindqvist.ann")
    read(corpus)
    assert window.trading.import_page.form.people["Ana-Lindqvist"].currentText() == "Ana Lindqvist"
    enter(window.trading.import_page.form.state)
    assert [each.name for each in window.session.project.annotators()] == ["Ana", "Ana Lindqvist", "Ben"]
    assert len(window.session.project.annotations(window.session.heads[-1].id, "Ana Lindqvist")) == 2


def test_importing_the_same_again_says_that_it_is_here(page, read, enter, corpus):
    (corpus / "rain.ann").rename(corpus / "rain_Ben.ann")
    for _ in range(2):
        read(corpus)
        enter(page.form.state)
    assert page.outcome.heading.text() == "Nothing new"
    assert "3 articles, labels and links are in the project already" in page.outcome.text
    assert not page.go.isEnabled()


def test_what_is_no_format_that_is_known_can_be_said(page, read, pick, tmp_path):
    path = tmp_path / "notes.dat"
    path.write_text("nothing of the kind", "utf-8")
    read(path)
    assert "looks like no format" in page.outcome.text
    pick(page.form.format, "Prodigy JSONL")
    assert page.outcome.heading.text() == "Nothing can be taken"
    assert "notes.dat, line 1" in page.outcome.text


@pytest.mark.skipif(find_spec("spacy") is not None, reason="the extra is installed")
def test_a_format_whose_library_is_missing_says_how_to_get_it(page, read, pick, corpus):
    read(corpus)
    pick(page.form.format, "spaCy DocBin (needs the library “spacy”)")
    assert "python3 -m pip install spacy" in page.fault.text()
    assert not page.go.isEnabled()


def test_a_path_that_is_not_there_is_told(page, press, tmp_path):
    page.source.setFocus()
    page.source.insert(str(tmp_path / "nothing"))
    press(Qt.Key.Key_Return)
    assert "There is no file or folder" in page.fault.text()
    assert not page.go.isEnabled()
    assert page.source.hasFocus()


def test_a_path_that_is_typed_is_taken_over_by_enter_and_imported_by_the_next(page, press, idle, tmp_path, qtbot):
    project = page.window().session.project
    with Project.create(tmp_path / "other", annotator="Zoe") as other:
        other.add_text("It rained in the north.")
        other.annotate(other.articles()[0].id, "claim", [(0, 9)], annotator="Zoe")
        other.export(tmp_path / "other.jsonl")
    before = len(project.annotations())
    page.source.setFocus()
    page.source.insert(str(tmp_path / "other.jsonl"))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.format.hasFocus)
    idle()
    assert len(project.annotations()) == before
    assert page.go.isEnabled()
    press(Qt.Key.Key_Return)
    idle()
    assert len(project.annotations()) == before + 1


def test_columns_of_a_table_are_named_and_its_counting_is_found(window, read, pick, enter, table):
    page = window.trading.import_page
    read(table)
    assert page.outcome.heading.text() == "Nothing can be taken"
    assert "--set" not in page.outcome.text
    boxes = page.form.columns.boxes
    assert boxes["doc"].currentText() == "Article"
    for name, words in (("a", "Start"), ("b", "End"), ("kind", "Label"), ("words", "Words covered")):
        pick(boxes[name], words)
    assert page.form.rows.words.text() == (
        "0 of 3 quotes fit. Counting UTF-16 units, with the end included, 3 do, and so they are taken."
    )
    assert "The table says: said" in page.form.rows.rows.toPlainText()
    enter(page.form.rows.take)
    assert page.form.rows.words.text() == "All 3 quotes that were looked at fit."
    assert page.form.unit.currentText() == "UTF-16 units"
    assert page.form.columns.end.currentText() == "The last character"
    assert page.form.people["Cleo"].currentText() == "New: Cleo"
    enter(page.form.state)
    article = window.session.heads[-1].id
    made = window.session.project.annotations(article, "Cleo")
    assert [each.span.covered(TEXT)[0] for each in made] == ["said", "rain would reach", "Farmers hope so"]


def test_what_was_chosen_is_proposed_the_next_time(page, read, pick, *, enter, press, table):
    read(table)
    boxes = page.form.columns.boxes
    for name, words in (("a", "Start"), ("b", "End"), ("kind", "Label"), ("words", "Words covered")):
        pick(boxes[name], words)
    pick(page.form.columns.end, "The last character")
    pick(page.form.unit, "UTF-16 units")
    pick(page.form.state, "In progress")
    enter(page.go)
    assert page.outcome.heading.text().startswith("Imported")
    press(Qt.Key.Key_Escape)
    press((Qt.Key.Key_I, CONTROL))
    assert page.form.state.currentText() == "In progress"
    assert page.form.unit.currentIndex() == 0, "how offsets count is found anew in every file"
    read(table)
    assert page.form.columns.boxes["kind"].currentText() == "Label"
    assert page.form.columns.end.currentText() == "The last character"
    assert not page.form.who_name
    assert "already" in page.outcome.text


def test_of_a_workbook_the_sheet_is_picked(page, read, pick, tmp_path):
    path = tmp_path / "spans.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, words in (("first", "Farmers hope so"), ("second", "rain would reach")):
            sheet = book.add_worksheet(name)
            cells = (
                ("text", TEXT),
                ("start", TEXT.index(words)),
                ("end", TEXT.index(words) + len(words)),
                ("label", "Claim"),
            )
            for place, (head, value) in enumerate(cells):
                sheet.write(0, place, head)
                sheet.write(1, place, value)
    read(path)
    columns = page.form.columns
    assert columns.sheet.isVisibleTo(page)
    assert "Farmers hope so" in page.form.rows.rows.toPlainText()
    pick(columns.sheet, "second")
    assert "rain would reach" in page.form.rows.rows.toPlainText()
    assert columns.sheet.key == "second"


def test_the_texts_of_a_table_may_lie_in_another_folder(page, read, pick, enter, table):
    (table.parent / "texts").mkdir()
    (table.parent / "rain.txt").rename(table.parent / "texts" / "rain.txt")
    read(table)
    for name, words in (("a", "Start"), ("b", "End"), ("kind", "Label"), ("words", "Words covered")):
        pick(page.form.columns.boxes[name], words)
    assert "There is no text for “rain”" in page.outcome.text
    page.form.columns.texts.insert(str(table.parent / "texts"))
    enter(page.form.columns.texts)
    assert page.go.accessibleName() == "Import 3 labels"


def test_one_column_at_a_time_holds_the_start(page, read, pick, table):
    read(table)
    boxes = page.form.columns.boxes
    pick(boxes["a"], "Start")
    pick(boxes["b"], "Start")
    assert boxes["a"].currentText() == "Not read"


def test_another_file_forgets_what_was_chosen_for_the_one_before(page, read, pick, table, corpus):
    read(table)
    pick(page.form.columns.boxes["a"], "Start")
    read(corpus)
    assert not page.form.columns.isVisible()
    assert not page.form.rows.isVisible()
    assert page.form.format.currentText() == "brat stand-off (recognised)"


def test_a_dropped_folder_of_labels_is_offered_and_can_be_articles_after_all(window, corpus, qtbot):
    drop(window, corpus)
    qtbot.waitUntil(lambda: window.places.currentWidget() is window.trading.import_page)
    page = window.trading.import_page
    qtbot.waitUntil(lambda: not window.trading.importing.errands.kind)
    assert page.fault.text() == "Say whose labels these are."
    assert page.articles.isVisible()
    qtbot.mouseClick(page.articles, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.adding.is_busy)
    assert window.places.current != "importing"


def test_a_dropped_folder_without_labels_is_added_as_articles(window, tmp_path, qtbot):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "sun.txt").write_text("Sun\n\nIt shone on Friday, somebody said.\n", "utf-8")
    drop(window, folder)
    qtbot.waitUntil(lambda: window.adding.waiting is not None or len(window.session.heads) == 4)
    assert window.places.current != "importing"


def test_nothing_is_imported_into_a_project_that_is_only_read(make_window, study, press):
    window = make_window()
    assert window.projects.open(study, read_only=True)
    press((Qt.Key.Key_I, CONTROL), widget=window)
    assert "open for reading only" in window.trading.import_page.outcome.text


def test_an_import_that_is_stopped_leaves_the_project_as_it_was(window, read, enter, corpus, monkeypatch):
    page = window.trading.import_page
    (corpus / "rain.ann").rename(corpus / "rain_Ben.ann")
    read(corpus)

    def stopped_at_once(draft, project, mapping, listen):
        window.trading.importing.errands.cancel()
        return commit_import(draft, project, mapping, listen)

    monkeypatch.setattr(module, "commit_import", stopped_at_once)
    enter(page.form.state)
    assert page.outcome.heading.text() == "Nothing was imported"
    assert len(window.session.heads) == 3
    window.session.project.annotate(window.session.heads[0].id, "claim", [(0, 8)], annotator="Ana")


def test_nothing_is_stored_by_looking_or_by_closing(window, page, read, corpus, study):
    (corpus / "rain.ann").rename(corpus / "rain_Ben.ann")
    read(corpus)
    assert page.go.isEnabled()
    window.close()
    with Project.open(study) as project:
        assert len(project.articles()) == 3
        assert project.check() == []


def test_letters_lead_to_the_choices(page, press):
    for letter, widget in (
        (Qt.Key.Key_R, page.source),
        (Qt.Key.Key_M, page.form.format),
        (Qt.Key.Key_K, page.form.state),
    ):
        press((letter, Qt.KeyboardModifier.AltModifier))
        assert widget.hasFocus()


def test_escape_goes_back_and_every_choice_is_reached_by_tab(window, page, read, press, corpus):
    (corpus / "rain.ann").rename(corpus / "rain_Ben.ann")
    read(corpus)
    page.source.setFocus()
    reached = set()
    for _ in range(30):
        reached.add(page.focusWidget())
        press(Qt.Key.Key_Tab)
    form = page.form
    wanted = [page.source, page.file, page.folder, form.format, form.state, form.unit, *form.people.values()]
    wanted += [*form.words.values(), page.outcome.report, page.outcome.copy, page.leave, page.go]
    assert [each.accessibleName() for each in wanted if each not in reached] == []
    for widget in (page.source, form.format, page.outcome.report, page.go):
        window.places.go("importing")
        widget.setFocus()
        press(Qt.Key.Key_Escape)
        assert window.places.current == "label"
