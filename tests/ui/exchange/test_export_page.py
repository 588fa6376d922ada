"""An export is chosen by keys, says what does not fit before anything is written, and is read back."""

from importlib.util import find_spec

import pytest
from PySide6.QtCore import Qt

from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.project import Project
from annotator.ui.session.settings import Settings

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def idle(window, qtbot):
    """A function that waits until nothing is counted or written."""
    return lambda: qtbot.waitUntil(lambda: not window.trading.exporting.errands.kind, timeout=30_000)


@pytest.fixture
def page(window, press, idle):
    """The page of exports, opened by its key; everybody's labels may be seen."""
    window.session.open_others(opened=True)
    press((Qt.Key.Key_E, CONTROL))
    idle()
    return window.trading.export_page


def look_for(page, press, words):
    """Choose a format by searching for it, and go on to the choices."""
    page.formats.field.setFocus()
    page.formats.field.selectAll()
    press(*[Qt.Key(ord(letter.upper())) if letter != " " else Qt.Key.Key_Space for letter in words], Qt.Key.Key_Return)


def test_enter_writes_everything_as_json_lines_and_reads_it_back(window, page, press, idle, study):
    assert "3 articles, 1 label and no links" in page.outcome.text
    assert "Everything fits" in page.outcome.text
    press(Qt.Key.Key_Return)
    idle()
    assert "Read back and found equal" in page.outcome.text
    assert page.outcome.folder.hasFocus()
    with Project.create(study.parent / "back") as project:
        back = project.import_(study.parent / "study.jsonl")
    assert (back.articles, back.annotations) == (3, 1)
    assert window.status.last == "Exported 3 articles with 1 label to “study.jsonl”"


def test_a_format_is_found_by_typing_and_its_own_choices_appear(page, press, idle):
    look_for(page, press, "conll-2003".replace("-", " "))
    idle()
    assert page.formats.format.name == "conll"
    assert page.form.who.hasFocus()
    assert page.form.tokens.isVisible()
    assert not page.form.unit.isVisible()
    assert page.form.options.given == {"scheme": "IOB2", "layout": "columns"}
    assert page.place.text().endswith("study.conll")


@pytest.mark.skipif(find_spec("spacy") is not None, reason="the extra is installed")
def test_a_format_whose_library_is_missing_says_how_to_get_it(page):
    page.formats.list.show_row(page.formats.model.row_of("spacy"))
    assert "python3 -m pip install spacy" in page.outcome.text
    assert not page.go.isEnabled()
    index = page.formats.model.index(page.formats.model.row_of("spacy"))
    assert "Not installed" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_losses_stand_there_before_anything_is_written(window, page, press, idle, study):
    rain = window.session.heads[1].id
    window.session.project.annotate(rain, "claim", [(0, 4)], annotator="Ana", note="A guess")
    idle()
    page.formats.list.show_row(page.formats.model.row_of("doccano"))
    idle()
    assert "1 note: left out." in page.outcome.text
    assert "Does not fit this format" in page.outcome.text
    assert not list(study.parent.glob("study-*"))


def test_labels_and_annotators_are_chosen(window, page, press, idle):
    page.form.who.setFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    idle()
    assert page.form.who.currentText() == "Ben’s"
    assert "no labels" in page.outcome.text
    press(Qt.Key.Key_Up)
    page.form.labels["claim"].setFocus()
    press(Qt.Key.Key_Space)
    idle()
    assert "no labels" in page.outcome.text
    assert "claim" not in page.form.selection.labels


def test_hidden_labels_of_others_are_not_offered(window, page, press, idle):
    window.session.open_others(opened=False)
    idle()
    assert [page.form.who.itemText(row) for row in range(page.form.who.count())] == ["Ana’s"]
    assert page.form.alone.isVisible()
    assert page.form.selection.annotators == {window.session.annotator.id}


def test_no_label_at_all_is_a_fault_that_says_so(page, press):
    for button in page.form.labels.values():
        button.setFocus()
        press(Qt.Key.Key_Space)
    assert page.fault.text() == "No label is chosen. Choose at least one."
    assert not page.go.isEnabled()


def test_the_filtered_articles_are_a_choice(window, press, idle):
    window.label_place.articles.field.setText("Rain")
    press((Qt.Key.Key_E, CONTROL))
    form = window.trading.export_page.form
    form.articles.setFocus()
    press(Qt.Key.Key_Down)
    idle()
    assert form.articles.currentText() == "The 1 that the filter shows"
    assert window.trading.export_page.outcome.words.text().startswith("1 article, 1 label")


def test_a_split_is_made_in_the_page_and_used(window, page, press, idle, study):
    page.form.split.setFocus()
    press(Qt.Key.Key_Down)
    assert page.form.split_form.name.hasFocus()
    assert not page.go.isEnabled()
    press(Qt.Key.Key_Return)
    idle()
    made = window.session.project.find_split("main")
    assert sum(len(ids) for _, ids in made.parts) == 3
    assert page.form.split.key == "main"
    assert page.place.text().endswith("study-main")
    press(Qt.Key.Key_Return)
    idle()
    written = {file.name for file in (study.parent / "study-main").iterdir()}
    assert written == {"README.md", *(f"{part}.jsonl" for part, ids in made.parts if ids)}
    window.actions_["undo"].trigger()
    assert window.session.project.splits() == ()


def test_a_split_that_cannot_be_made_says_why(page, press, idle):
    page.form.split.setFocus()
    press(Qt.Key.Key_Down)
    page.form.split_form.name.clear()
    press(Qt.Key.Key_Return)
    idle()
    assert "A split needs a name" in page.outcome.text


def test_a_file_is_replaced_when_the_button_says_so_and_a_folder_never(page, press, idle, study):
    (study.parent / "study.jsonl").write_text("mine", "utf-8")
    page.place.setText(page.place.text())
    page.place.textChanged.emit(page.place.text())
    assert page.go.accessibleName() == "Replace and export"
    folder = study.parent / "letters"
    folder.mkdir()
    (folder / "dear.txt").write_text("mine", "utf-8")
    page.place.setFocus()
    page.place.selectAll()
    page.place.insert(str(folder))
    assert "never replaced" in page.fault.text()
    press(Qt.Key.Key_Return)
    assert (folder / "dear.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", "Say where"), ("/nowhere/at/all/out.jsonl", "There is no folder"), ("out.jsonl", "whole path")],
)
def test_a_place_that_cannot_be_is_told_at_once(page, typed, fault):
    page.place.setText(typed)
    assert fault in page.fault.text()
    assert not page.go.isEnabled()


def test_the_project_itself_is_never_written_over(page, study):
    page.place.setText(str(study))
    assert "project itself" in page.fault.text()


def test_a_folder_format_gets_a_new_name_each_time(page, press, idle, study):
    page.formats.list.show_row(page.formats.model.row_of("brat"))
    idle()
    page.form.who.setFocus()
    press(Qt.Key.Key_Return)
    idle()
    assert (study.parent / "study-brat").is_dir()
    assert page.place.text().endswith("study-brat-2")
    assert not page.fault.isVisible()


def test_a_file_for_each_annotator_makes_a_folder_and_the_next_one_has_another_name(window, page, press, idle, study):
    project = window.session.project
    article = project.articles()[0].id
    project.ensure_annotator("Zoe")
    project.annotate(article, "claim", [(0, 8)], annotator="Zoe")
    look_for(page, press, "conll 2003")
    idle()
    press(Qt.Key.Key_Return)
    idle()
    assert (study.parent / "study.conll").is_dir()
    assert "Read back and found equal" in page.outcome.text
    assert page.fault.text() == ""
    assert page.place.text().endswith("study-2.conll")


def test_choices_are_remembered_for_each_format(window, page, press, idle, make_window):
    study = window.session.project.path
    page.formats.list.show_row(page.formats.model.row_of("conll"))
    page.form.who.setFocus()
    press(Qt.Key.Key_Down)
    page.form.blocks.setFocus()
    press(Qt.Key.Key_Space)
    idle()
    page.form.articles.setFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert window.places.current == "label"
    window.close()
    again = make_window(study)
    again.actions_["project.export"].trigger()
    form = again.trading.export_page.form
    assert again.trading.export_page.formats.format.name == "conll"
    assert form.who.currentText() == "Ana’s"
    assert not form.blocks.isChecked()
    assert form.articles.key == "all"
    assert Settings.load().habits[again.session.project.id].export == "conll"


def test_an_empty_project_says_what_to_do(window, page, tmp_path, press):
    Project.create(tmp_path / "empty", annotator="Ana").close()
    window.open_path(tmp_path / "empty.annotator")
    press((Qt.Key.Key_E, CONTROL))
    assert "no articles in this project yet" in page.outcome.text
    assert not page.go.isEnabled()


def test_what_is_counted_follows_the_project(window, page, idle):
    window.session.project.annotate(window.session.heads[0].id, "denial", [(0, 8)], annotator="Ana")
    idle()
    assert "2 labels" in page.outcome.text
    window.actions_["undo"].trigger()
    idle()
    assert "1 label " in page.outcome.text


def test_nothing_goes_out_while_labels_come_in(window, page, idle):
    window.session.project.lend()
    page.form.changed.emit()
    assert "being taken in just now" in page.fault.text()
    assert not page.go.isEnabled()
    window.session.project.take_back()
    page.form.changed.emit()
    idle()
    assert page.go.isEnabled()


def test_closing_while_it_counts_leaves_nothing(window, press, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passing"))
    (tmp_path / "passing").mkdir()
    press((Qt.Key.Key_E, CONTROL))
    window.close()
    assert list((tmp_path / "passing").iterdir()) == []


def test_closing_while_it_writes_stops_that_and_leaves_nothing_half_written(window, page, press, tmp_path):
    target = tmp_path / "out" / "study.jsonl"
    target.parent.mkdir()
    page.place.setText(str(target))
    page.go.click()
    assert window.trading.exporting.errands.kind == "write"
    window.close()
    assert list(target.parent.iterdir()) in ([], [target]), "nothing, or the whole"
    if target.exists():
        with Project.create(tmp_path / "again", annotator="Ana") as project:
            assert project.import_(target).annotations == 1


def test_the_place_is_chosen_in_a_dialog(page, choices, press, tmp_path):
    choices.path = tmp_path / "elsewhere.jsonl"
    page.choose.setFocus()
    press(Qt.Key.Key_Return)
    assert page.place.text() == str(choices.path)
    assert page.go.isEnabled()


def test_letters_lead_to_the_choices(page, press):
    form = page.form
    wanted = ((Qt.Key.Key_W, form.who), (Qt.Key.Key_B, form.labels["claim"]), (Qt.Key.Key_R, form.articles))
    for letter, widget in (*wanted, (Qt.Key.Key_P, form.split), (Qt.Key.Key_S, page.place)):
        press((letter, ALT))
        assert widget.hasFocus()


def test_every_choice_is_reached_by_tab(page, press):
    page.formats.field.setFocus()
    reached = set()
    for _ in range(40):
        reached.add(page.focusWidget())
        press(Qt.Key.Key_Tab)
    wanted = [page.formats.list, page.form.who, page.form.finished, *page.form.labels.values(), page.form.articles]
    wanted += [page.form.blocks, page.form.split, page.place, page.choose, page.leave, page.go]
    assert [each.accessibleName() for each in wanted if each not in reached] == []


@pytest.fixture
def decided(tmp_path):
    """A project in which one article is decided, and of another one place of two."""
    with Project.create(tmp_path / "decided", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        for title, text in (("Bridge", "The bridge was safe."), ("Rain", "Rain was forecast. It stayed dry.")):
            project.add_text(text, title)
        for head in project.articles():
            for who, end in (("Ana", 10), ("Ben", 4)):
                project.annotate(head.id, "claim", [(0, end)], annotator=who)
                if head.title == "Rain":
                    project.annotate(head.id, "denial", [(19, 19 + end)], annotator=who)
                project.set_state(head.id, who, State.DONE)
            project.decide(project.disagreements(head.id)[0], Outcome.UNION, by="Ana")
        return project.path


def test_gold_goes_out_of_what_is_decided_or_of_more(make_window, decided, press, qtbot):
    window = make_window(decided)
    window.session.open_others(opened=True)
    window.actions_["project.export"].trigger()
    page, kind = window.trading.export_page, lambda: window.trading.exporting.errands.kind
    form = page.form
    qtbot.waitUntil(lambda: not kind(), timeout=30_000)
    assert form.finished.isVisible()
    form.who.setFocus()
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not kind(), timeout=30_000)
    assert form.who.currentText() == "Gold: what was decided"
    assert not form.finished.isVisible()
    assert page.outcome.words.text().startswith("1 article, 1 label ")
    assert "1 article in which something is undecided, or agreed and not accepted." in page.outcome.text
    form.undecided.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not kind(), timeout=30_000)
    assert page.outcome.words.text().startswith("2 articles, 2 labels ")
    assert "1 place that is undecided." in page.outcome.text
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not kind(), timeout=30_000)
    assert "Read back and found equal" in page.outcome.text


def test_gold_in_which_nothing_is_decided_is_told(window, page, press, idle):
    window.session.project.ensure_gold()
    idle()
    page.form.who.setFocus()
    press(Qt.Key.Key_End)
    idle()
    assert page.outcome.heading.text() == "Nothing to export yet"
    assert "undecided" in page.outcome.text
