"""Annotators, the plan and its state: seen, changed deliberately, undone in one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.model.article import State
from annotator.model.assigning import Order, Scheme
from annotator.project import Project
from annotator.ui.team.people_model import COLUMNS
from annotator.ui.team.plan_model import FIRST
from annotator.ui.team.table import tab_separated

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def names(place):
    return [each.name for each in place.plan.people.people]


def cells(place, row):
    model = place.plan.plan
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_place_shows_who_there_is_and_who_is_at_the_keyboard(window, place):
    assert names(place) == ["Ana", "Ben"]
    table = place.plan.table
    assert "at the keyboard" in table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert place.plan.person_form.heading.text() == "Ana"
    assert not place.plan.person_form.switch.isVisible()
    assert place.plan.summary.text().startswith("2 annotators · 3 articles")
    assert cells(place, 1) == ["75", "1", "done, 1 label", ""] or cells(place, 1)[FIRST].startswith("done, 1 label")
    assert window.status.who.text() == "Ana"


def test_somebody_is_added_with_all_that_is_known_and_undone_in_one_step(window, place, press, qtbot, settled):
    press(Qt.Key.Key_Insert)
    form = place.plan.person_form
    assert form.name.hasFocus()
    qtbot.keyClicks(form.name, "Sara Ahmadi")
    form.short.setFocus()
    qtbot.keyClicks(form.short, "SA")
    qtbot.keyClicks(form.email, "sara@example.org")
    form.colors["#9c4400"].click()
    press(Qt.Key.Key_Return, widget=form.name)
    settled(place)
    made = window.session.project.annotator("Sara Ahmadi")
    assert (made.short, made.email, made.color) == ("SA", "sara@example.org", "#9c4400")
    assert names(place) == ["Ana", "Ben", "Sara Ahmadi"]
    assert window.session.annotator.name == "Ana", "adding somebody changes nobody at the keyboard"
    press((Qt.Key.Key_Z, CTRL))
    settled(place)
    assert names(place) == ["Ana", "Ben"]


def test_a_change_that_cannot_be_is_told_where_it_is_made(window, place, press, qtbot):
    form = place.plan.person_form
    form.name.setFocus()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Ben")
    press(Qt.Key.Key_Return, widget=form.name)
    assert "somebody else's" in form.problem.text()
    assert form.problem.isVisible()
    assert window.session.project.annotator("Ana")
    form.leave.click()
    assert form.name.text() == "Ana"


def test_who_labels_changes_only_by_its_button(window, place, press, settled):
    table = place.plan.table
    table.setFocus()
    press(Qt.Key.Key_Down)
    assert place.plan.person_form.heading.text() == "Ben"
    press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert window.session.annotator.name == "Ana"
    place.plan.person_form.switch.click()
    settled(place)
    assert window.session.annotator.name == "Ben"
    assert window.status.who.text() == "Ben"


def test_arrow_keys_in_the_box_of_annotators_switch_nobody(window, press):
    press((Qt.Key.Key_U, CTRL | SHIFT))
    box = window.popups.annotators
    assert box.isVisible()
    press(Qt.Key.Key_Down)
    assert window.session.annotator.name == "Ana"
    assert box.isVisible()
    press(Qt.Key.Key_Return)
    assert window.session.annotator.name == "Ben"
    assert not box.isVisible()


def test_the_box_of_twenty_annotators_stays_within_the_window(window, press):
    for number in range(20):
        window.session.project.ensure_annotator(f"Annotator {number:02}")
    press((Qt.Key.Key_U, CTRL | Qt.KeyboardModifier.ShiftModifier))
    box = window.popups.annotators
    assert box.mapToGlobal(box.rect().topLeft()).y() >= window.mapToGlobal(window.rect().topLeft()).y()
    press(*[Qt.Key.Key_Down] * 19)
    chosen = window.focusWidget()
    seen = chosen.visibleRegion().boundingRect()
    assert seen == chosen.rect(), "who has the focus is in sight"
    assert box.new.field.isVisible()
    box.hide()


def test_no_annotator_of_a_small_team_is_cut_until_the_tables_are_arranged_otherwise(window, place, settled):
    for number in range(4):
        window.session.project.add_annotator(f"Annotator {number}")
    settled(place)
    table, tables = place.plan.table, place.plan.tables
    assert table.people.rowCount() == 6
    last = table.visualRect(table.model().index(5, 0))
    assert table.viewport().rect().contains(last)
    assert not table.verticalScrollBar().isVisible()

    tables.moveSplitter(120, 1)
    window.session.project.add_annotator("Yet another")
    settled(place)
    assert tables.sizes()[0] == pytest.approx(120, abs=4)


def test_all_are_checked_for_a_plan_or_none(place, press):
    press((Qt.Key.Key_R, CTRL))
    form = place.plan.plan_form
    everybody = form.people
    assert form.all.text() == "Check none"
    form.all.click()
    assert (form.people, form.all.text()) == ([], "Check all")
    form.all.click()
    assert form.people == everybody
    form.leave.click()


def test_a_plan_is_seen_before_it_holds_and_undone_in_one_step(window, place, press, qtbot, settled):
    press((Qt.Key.Key_R, CTRL))
    form = place.plan.plan_form
    qtbot.waitUntil(form.accept.isEnabled)
    assert form.accept.accessibleName() == "Assign 6 readings"
    assert [cells(place, row)[FIRST:] for row in range(3)] == [["to be assigned"] * 2] * 3
    assert window.session.project.assignments() == []
    assert "Ana\u2069: 3 articles" in form.outcome.text()
    form.accept.click()
    settled(place)
    assert len(window.session.project.assignments()) == 6
    assert window.status.last.startswith("Assigned 6 readings")
    assert place.plan.summary.text().count("1 of 6 readings finished") == 1
    assert [cells(place, row)[1] for row in range(3)] == ["0 of 2", "1 of 2", "0 of 2"]
    press((Qt.Key.Key_Z, CTRL))
    settled(place)
    assert window.session.project.assignments() == []
    assert [cells(place, row)[1] for row in range(3)] == ["", "1", ""]


def test_the_form_says_every_scheme(place, press, qtbot):
    press((Qt.Key.Key_R, CTRL))
    form = place.plan.plan_form
    qtbot.waitUntil(form.accept.isEnabled)
    assert form.scheme == Scheme(2, 1.0, 0.0, Order.SHUFFLED, 1)
    form.ways[0].click()
    assert form.scheme == Scheme(2, 1.0, 0.0, Order.SHUFFLED, 1)
    form.share.setValue(30)
    form.repeats.setValue(5)
    form.order.setCurrentIndex(1)
    form.seed.setValue(7)
    assert form.scheme == Scheme(2, 0.3, 0.05, Order.STORY, 7)
    next(iter(form.boxes.values())).click()
    qtbot.waitUntil(lambda: "cannot read" in form.outcome.text())
    assert not form.accept.isEnabled()


def test_repeats_make_a_second_reader_with_a_column_of_its_own(window, place, press, qtbot, settled):
    press((Qt.Key.Key_R, CTRL))
    form = place.plan.plan_form
    form.repeats.setValue(100)
    qtbot.waitUntil(lambda: form.accept.accessibleName() == "Assign 12 readings")
    form.accept.click()
    settled(place)
    assert names(place) == ["Ana", "Ana again", "Ben", "Ben again"]
    assert place.plan.plan.columnCount() == FIRST + 4
    press((Qt.Key.Key_R, CTRL))
    assert [box.text() for box in form.boxes.values()] == ["Ana", "Ben"]


def test_what_is_finished_without_a_plan_is_told_and_not_to_be_read_again(window, place, press, qtbot, settled):
    table, project = place.plan.people, window.session.project
    finished, to_go = COLUMNS.index("Finished"), COLUMNS.index("Characters to go")
    (done, *_), everything = project.articles()[1:], [each.length for each in project.articles()]
    assert [table.index(0, column).data() for column in (finished, to_go)] == ["1", ""]
    assert "1 reading finished" in place.plan.summary.text()
    press((Qt.Key.Key_R, CTRL))
    qtbot.waitUntil(place.plan.plan_form.accept.isEnabled)
    place.plan.plan_form.readers.setValue(2)
    qtbot.waitUntil(lambda: table.index(0, finished).data() == "1 + 3")
    assert table.index(0, to_go).data() == f"+ {sum(everything) - done.length:,}"
    assert table.index(1, to_go).data() == f"+ {sum(everything):,}"
    place.plan.plan_form.accept.click()
    settled(place)
    assert table.index(0, finished).data() == "1 of 3"


def test_what_is_planned_is_gone_when_the_form_is_left(place, press, qtbot):
    press((Qt.Key.Key_R, CTRL))
    qtbot.waitUntil(place.plan.plan_form.accept.isEnabled)
    place.plan.plan_form.leave.click()
    assert place.plan.side.currentWidget() is place.plan.person_form
    assert cells(place, 0)[FIRST:] == ["", ""]


def test_plan_and_person_are_taken_by_enter_and_left_by_escape(window, place, press, qtbot, settled):
    form, page = place.plan.plan_form, place.plan
    press((Qt.Key.Key_R, CTRL))
    qtbot.keyClick(form.seed, Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.person_form
    press((Qt.Key.Key_R, CTRL))
    qtbot.waitUntil(form.accept.isEnabled)
    form.leave.setFocus()
    qtbot.keyClick(form.leave, Qt.Key.Key_Return)  # a button that has the focus means itself
    assert page.side.currentWidget() is page.person_form
    assert window.session.project.assignments() == []
    for find in (lambda: form.ways[1], lambda: form.readers, lambda: next(iter(form.boxes.values()))):
        press((Qt.Key.Key_R, CTRL))
        qtbot.waitUntil(form.accept.isEnabled)
        field = find()
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        settled(place)
        assert len(window.session.project.assignments()) == 6
        press((Qt.Key.Key_Z, CTRL))
        settled(place)
    press(Qt.Key.Key_Insert)
    qtbot.keyClicks(page.person_form.name, "Nobody")
    qtbot.keyClick(page.person_form.name, Qt.Key.Key_Escape)
    assert page.person_form.heading.text() == "Ana"
    assert names(place) == ["Ana", "Ben"]


@pytest.fixture
def window(make_window, study):
    """The study's window."""
    return make_window(study)


class TestOfAPlan:
    @pytest.fixture
    def window(self, make_window, planned):
        """The window of a project in which everything is assigned doubly."""
        return make_window(planned)

    def test_cells_are_taken_off_in_one_step(self, window, place, press, settled):
        grid = place.plan.grid
        grid.setFocus()
        grid.selectAll()
        press(Qt.Key.Key_Delete)
        settled(place)
        assert window.session.project.assignments() == []
        assert len(window.session.project.annotations()) == 1, "labels stay"
        press((Qt.Key.Key_Z, CTRL))
        assert len(window.session.project.assignments()) == 6

    def test_return_opens_the_article_of_a_cell(self, window, place, press):
        grid = place.plan.grid
        grid.setFocus()
        grid.setCurrentIndex(place.plan.plan.index(1, FIRST))
        press(Qt.Key.Key_Return)
        assert window.places.current == "label"
        assert window.session.article.title == "Rain in the north"

    def test_a_column_sorts_and_the_table_is_copied(self, window, place, press):
        model = place.plan.plan
        place.plan.grid.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        lengths = [line.length for line in model.lines]
        assert lengths == sorted(lengths)
        place.plan.grid.setFocus()
        press((Qt.Key.Key_C, CTRL | SHIFT))
        lines = QGuiApplication.clipboard().text().split("\n")
        assert lines[0] == "\tCharacters\tFinished\tAna\tBen"
        assert len(lines) == 4
        assert lines[1].split("\t")[1] == f"{min(lengths):,}"
        assert window.status.last == "Copied 3 rows"

    def test_labels_of_others_are_not_counted_and_nothing_found_is_done(self, window, place, settled):
        session = window.session
        leak, rain = (head.id for head in session.heads[:2])
        session.project.annotate(leak, "denial", [(0, 8)], annotator="Ben")
        session.project.set_state(rain, "Ben", State.EMPTY)
        settled(place)
        ben = FIRST + 1
        assert cells(place, 0)[ben].split(", ")[0] == "in progress"
        assert "label" not in cells(place, 0)[ben]
        assert cells(place, 1)[ben].startswith("done")
        assert place.plan.people.index(1, 3).data() == "hidden"
        place.others.click()
        settled(place)
        assert "1 label" in cells(place, 0)[ben]
        assert cells(place, 1)[ben].startswith("nothing found")
        assert place.plan.people.index(1, 3).data() == "1"
        assert place.others.accessibleName() == "Hide others' labels"


def test_a_project_that_is_only_read_can_be_looked_at(make_window, planned, at_team, qtbot, press):
    with Project.open(planned):
        window = make_window()
        assert window.projects.open(planned, read_only=True)
        place = at_team(window)
        assert names(place) == ["Ana", "Ben"]
        assert not place.plan.share_out.isEnabled()
        assert not place.plan.add.isEnabled()
        assert place.plan.person_form.name.isReadOnly()
        place.others.click()
        assert window.status.last == "Others' labels are shown, until this project is closed"
        qtbot.waitUntil(lambda: place.plan.people.index(1, 3).data() == "")
        assert place.others.isChecked()
        place.others.click()
        qtbot.waitUntil(lambda: place.plan.people.index(1, 3).data() == "hidden")
        press((Qt.Key.Key_D, CTRL))
        assert "reading only" in window.banner.words + window.status.last


def test_a_project_without_articles_teaches(make_window, tmp_path, at_team):
    with Project.create(tmp_path / "bare", annotator="Ana") as project:
        path = project.path
    place = at_team(make_window(path))
    assert "No articles" in place.plan.no_articles.said()
    assert place.plan.below.currentWidget() is place.plan.no_articles
    assert not place.plan.share_out.isEnabled()


def test_only_rows_that_are_seen_are_asked_for(place, qtbot, monkeypatch):
    model = place.plan.plan
    team = model.team
    lines = tuple(team.articles[0].__class__(f"a{number}", f"Article {number}", 10) for number in range(10_000))
    asked = set()
    usual = type(model).share

    def share(self, index):
        asked.add(index.row())
        return usual(self, index)

    monkeypatch.setattr(type(model), "share", share)
    model.show_team(team.__class__(team.annotators, lines, {}, {}, {}, {}, {}), frozenset())
    place.plan.grid.viewport().repaint()
    assert 0 < len(asked) < 100


def test_how_many_have_finished_an_article_stands_there_with_a_plan_and_without(place):
    model, team = place.plan.plan, place.plan.plan.team
    people = [each.id for each in team.annotators]
    lines = tuple(team.articles[0].__class__(each, each, 10) for each in ("planned", "free", "untouched"))
    states = {("planned", people[0]): State.DONE, ("free", people[0]): State.EMPTY, ("free", people[1]): State.DONE}
    places = {("planned", who): 0 for who in people[:2]}
    model.show_team(team.__class__(team.annotators, lines, places, states, {}, {}, {}), frozenset())
    assert [model.index(row, 1).data() for row in range(3)] == ["1 of 2", "2", ""]


def test_cells_are_one_word_each_for_a_spreadsheet():
    assert tab_separated([["a\tb", "c\nd"], ["", "e"]]) == "a b\tc d\n\te"
