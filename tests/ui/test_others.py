"""Others' labels in the text, once they are opened: in rows of their own, with names, and never to be changed there."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from annotator.model.assigning import Assignment
from annotator.project import Project
from annotator.ui.reader import geometry
from annotator.ui.reader.hits import marks_at
from annotator.ui.reader.strokes import row_strokes, strokes
from tests.ui.conftest import LEAK

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FALSE, NEVER = "the report was false", "never saw the report"


def put(project, who, words, label="denial", **more):
    start = LEAK.index(words)
    return project.annotate(project.articles()[0].id, label, [(start, start + len(words))], annotator=who, **more)


@pytest.fixture
def study(study):
    """The study, in which Ana, Ben and Cem have labelled the first article."""
    with Project.open(study) as project:
        project.ensure_annotator("Cem")
        put(project, "Ana", FALSE)
        put(project, "Ben", FALSE, "claim", note="Is it?")
        put(project, "Ben", "report", "source")
        put(project, "Cem", NEVER)
    return study


@pytest.fixture
def shown(window):
    """The reader, with others' labels opened."""
    window.session.open_others(opened=True)
    return window.label_place.reader


def names(reader):
    return [(row.other.name, len(row.other.annotations)) for row in reader._scene.rows]


def place_of(reader, name, start):
    """Return the point of the viewport at which somebody's mark runs that begins at a code point."""
    line = geometry.line_of_position(reader.page, start)
    number = [row.other.name for row in reader._scene.rows].index(name)
    row = reader._scene.rows[number]
    place = reader.page.rows[line.number].index(number)
    found = next(each for each in row_strokes(reader.page, row.index, line, place) if each.piece.start == start)
    return QPointF(found.parts[-1][1] - 4, found.middle - reader.verticalScrollBar().value())


def click(reader, qtbot, point):
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(point.x()), round(point.y())))


def test_hidden_until_they_are_opened_and_gone_with_one_undo(window, press):
    reader = window.label_place.reader
    before = [reader.page.rhythm(number).leading for number in range(len(reader.page.starts))]
    assert names(reader) == []
    press((Qt.Key.Key_O, ALT), (Qt.Key.Key_O, ALT))
    assert names(reader) == []
    assert "hidden in this project" in window.status.last
    window.session.open_others(opened=True)
    assert names(reader) == [("Ben", 2), ("Cem", 1)]
    after = [reader.page.rhythm(number).leading for number in range(len(reader.page.starts))]
    assert [now > then for then, now in zip(before, after, strict=True)] == [False, False, True, False, False, False]
    press((Qt.Key.Key_Z, CTRL))
    assert names(reader) == []
    assert [reader.page.rhythm(number).leading for number in range(len(reader.page.starts))] == before


def test_a_key_leaves_them_out_of_the_text_and_brings_them_back(window, shown, press):
    press((Qt.Key.Key_O, ALT))
    assert names(shown) == []
    assert "left out of the text" in window.status.last
    window.session.go_to(window.session.heads[1].id)
    window.session.go_to(window.session.heads[0].id)
    assert names(shown) == []
    press((Qt.Key.Key_O, ALT))
    assert [name for name, _ in names(shown)] == ["Ben", "Cem"]


def test_that_they_are_left_out_is_remembered_for_this_project(window, press, make_window, study, tmp_path):
    window.session.open_others(opened=True)
    press((Qt.Key.Key_O, ALT))
    window.close()
    again = make_window(study)
    assert not again.session.is_blind
    assert names(again.label_place.reader) == []
    assert not again.actions_["others.text"].isChecked()
    with Project.create(tmp_path / "another", annotator="Ana") as project:
        another = project.path
    assert again.open_path(another)
    assert again.actions_["others.text"].isChecked(), "it is a habit in one project"
    assert again.open_path(study)
    press((Qt.Key.Key_O, ALT), widget=again.label_place.reader)
    assert [name for name, _ in names(again.label_place.reader)] == ["Ben", "Cem"]
    again.close()
    assert [name for name, _ in names(make_window(study).label_place.reader)] == ["Ben", "Cem"]


def test_a_click_looks_at_one_and_nothing_done_then_changes_it(window, shown, qtbot, press, select):
    project = window.session.project
    start = LEAK.index(FALSE)
    theirs = project.annotations(window.session.article.id, "Ben")
    click(shown, qtbot, place_of(shown, "Ben", start))
    inspector = window.label_place.linkage.inspector
    assert inspector.other.isVisible()
    assert inspector.other.heading._standing.text() == "Label of Ben, to look at only"
    assert "Note: Is it?" in inspector.other.lines.text()
    assert "Ben: Claim" in window.status.last
    assert window.session.selected == ""
    before = project.steps(1)[0].number
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_D, Qt.Key.Key_BracketRight, Qt.Key.Key_1):
        press(key, widget=shown)
    assert project.steps(1)[0].number == before
    assert project.annotations(window.session.article.id, "Ben") == theirs
    press(Qt.Key.Key_Escape, widget=shown)
    assert not inspector.other.isVisible()
    press(Qt.Key.Key_N, widget=shown)
    assert window.session.annotations[window.session.selected].annotator == window.session.annotator.id


def test_the_keys_go_from_one_to_the_next(window, shown, press):
    said = []
    for _ in range(3):
        press((Qt.Key.Key_Period, ALT), widget=shown)
        said.append(window.status.last.split(" · ")[0])
    assert said == ["Ben: Claim", "Ben: Source", "Cem: Denial"]
    press((Qt.Key.Key_Period, ALT), widget=shown)
    assert "no label of others further on" in window.status.last
    press((Qt.Key.Key_Comma, ALT), widget=shown)
    assert window.status.last.startswith("Ben: Source")


def test_the_tooltip_says_whose_it_is_and_what(shown):
    words = shown._tip_at(place_of(shown, "Ben", LEAK.index(FALSE)))
    assert words == f"Ben: Claim\n“{FALSE}”\nNote: Is it?"
    assert shown._tip_at(QPointF(2, 2)) == ""


def test_they_follow_what_others_and_only_what_others_do(window, shown, select, press, monkeypatch):
    asked = []
    read = window.session.project.annotations
    monkeypatch.setattr(window.session.project, "annotations", lambda *some: asked.append(some) or read(*some))
    select("Two aides")
    press(Qt.Key.Key_C)
    press((Qt.Key.Key_Z, CTRL))
    assert not asked, "an own label costs no reading of the others'"
    new = put(window.session.project, "Cem", "declined to comment")
    assert dict(names(shown))["Cem"] == 2
    window.session.project.delete([new.id])
    assert dict(names(shown))["Cem"] == 1
    window.session.switch_annotator("Ben")
    assert [name for name, _ in names(shown)] == ["Ana", "Cem"]


def test_the_other_reading_of_the_same_person_stays_away(window, shown):
    project = window.session.project
    leak = window.session.article.id
    cem = project.annotator("Cem").id
    project.assign([Assignment(leak, cem, 0), Assignment(leak, cem, 1, is_repeat=True)])
    again = next(each for each in project.annotators() if each.repeats)
    put(project, again.id, "on Tuesday")
    assert [name for name, _ in names(shown)] == ["Ben", "Cem", again.name]
    window.session.switch_annotator(again.id)
    assert names(shown) == [], "a second reading is blind: to what others have, and to what was decided, too"


def test_own_words_and_lanes_are_hit_as_ever_with_rows_below(window, shown):
    page = shown.page
    for number, start in enumerate(page.starts):
        if not page.paragraph(number)[1] > start:
            continue
        line = geometry.line_of_position(page, start)
        for height in (line.top + 2, line.baseline - 3, line.foot - 2, line.bottom - 2):
            assert geometry.line_at_height(page, height).start == line.start
    line = geometry.line_of_position(page, LEAK.index(FALSE))
    own = strokes(page, shown.index, line)[0]
    assert marks_at(page, shown.index, QPointF(own.parts[0][0] + 30, own.middle)) == [own.piece.mark]
    for place in range(line.rhythm.rows):
        below = line.baseline + line.rhythm.row_top(place) + line.rhythm.row / 2
        assert marks_at(page, shown.index, QPointF(own.parts[0][0] + 30, below)) == []
    assert line.rhythm.rows == 2
