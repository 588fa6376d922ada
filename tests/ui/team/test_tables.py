"""The tables of the team: typing leaves some rows, widths and order are there again the next time."""

import pytest
from PySide6.QtCore import Qt

from annotator.ui.session.settings import Settings
from annotator.ui.team.people_model import Planned
from annotator.ui.team.plan_model import FIRST

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(make_window, planned):
    """The window of a project in which everything is assigned doubly."""
    return make_window(planned)


def titles(place):
    return [line.title for line in place.plan.plan.lines]


def test_typing_in_a_table_leaves_the_rows_with_these_words(window, place, qtbot, press):
    grid, filtered = place.plan.grid, place.plan.filters[1]
    grid.setFocus()
    qtbot.keyClicks(grid, "R")
    qtbot.keyClicks(filtered.field, "ain")
    assert titles(place) == ["Rain in the north"]
    assert filtered.count.text() == "1 shown"
    assert place.plan.people.rowCount() == 2, "the other table keeps its rows"
    press(Qt.Key.Key_Return, widget=filtered.field)
    assert grid.hasFocus()
    grid.selectAll()
    assert {article for some in grid.chosen().values() for article in some} == {window.session.heads[1].id}
    press(Qt.Key.Key_Escape, widget=grid)
    assert len(titles(place)) == 3
    assert not filtered.field.isVisible()


def test_a_key_opens_the_line_for_the_table_with_the_focus(window, place, qtbot, press):
    place.plan.table.setFocus()
    press((Qt.Key.Key_F, CTRL), widget=place.plan.table)
    assert place.plan.filters[0].field.hasFocus()
    qtbot.keyClicks(place.plan.filters[0].field, "ben")
    assert [each.name for each in place.plan.people.people] == ["Ben"]
    assert len(titles(place)) == 3


def test_widths_and_order_are_remembered(window, place, make_window, at_team, planned):
    grid, heading = place.plan.grid, place.plan.grid.horizontalHeader()
    assert heading.sectionSize(FIRST) != 151
    heading.resizeSection(FIRST, 151)
    grid.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    order = titles(place)
    place.plan.table.horizontalHeader().resizeSection(2, 133)
    assert "copies" not in {name for name, stands in Settings.load().grids.items() if stands.get("widths")}
    window.close()
    again = at_team(make_window(planned))
    assert again.plan.grid.columnWidth(FIRST) == 151
    assert again.plan.table.columnWidth(2) == 133
    assert titles(again) == order


def test_who_gets_a_copy_is_filtered_and_checked_together(window, place, qtbot, press):
    press((Qt.Key.Key_2, ALT), widget=place)
    page = place.handing
    table, filtered, model = page.table, page.filters[0], page.model
    everybody = model.taken
    assert len(everybody) == 2
    press((Qt.Key.Key_F, CTRL), widget=table)
    qtbot.keyClicks(filtered.field, "ben")
    assert [name for _, name in model.people] == ["Ben"]
    assert model.taken == everybody, "who is not shown is checked as before"
    press(Qt.Key.Key_Return, widget=filtered.field)
    press((Qt.Key.Key_A, CTRL), widget=table)
    assert len(model.taken) == 1
    assert page.go.text() == "Hand out 1 copy…"
    press(Qt.Key.Key_Escape, widget=table)
    assert [name for _, name in model.people] == ["Ana", "Ben"]
    assert page.all.text() == "Check all"
    page.all.click()
    assert (model.taken, page.all.text()) == (everybody, "Check none")
    page.all.click()
    assert (model.taken, page.go.isEnabled()) == ([], False)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    qtbot.keyClicks(table, "n")
    assert [name for _, name in model.people] == ["Ben", "Ana"], "it stays sorted"


def test_figures_of_a_large_plan_are_not_cut(place):
    table, people = place.plan.table, place.plan.people
    person = people.people[0].id
    people.show_planned({person: Planned(articles=1_234_567, remaining=1_234_567_890)})
    for column in (2, 5):
        words = people.index(0, column).data()
        assert "1,234,567" in words
        assert table.columnWidth(column) > table.fontMetrics().horizontalAdvance(words)
