"""Whoever reads a second time reads blind, whatever was opened: the first reading shows in no place of the window."""

from contextlib import suppress

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from annotator.model.adjudication import Cell, Outcome
from annotator.model.article import State
from annotator.model.assigning import Assignment
from annotator.project import Project
from tests.ui.conftest import LEAK

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NOTE, GONE, DOUBT = "zebra crossing", "told in March", "quince or quibble"
FIRST = "the report was false"


def lay(project, who, words, label="denial", **more):
    start = LEAK.index(words)
    leak = project.articles()[0].id
    return project.annotate(leak, label, [(start, start + len(words))], annotator=who, **more)


@pytest.fixture
def study(study):
    """Ana and Ben have finished the first article, which comes back to Ana; others' labels are opened, gold is begun."""
    with Project.open(study) as project:
        leak = project.articles()[0].id
        ana, ben = (project.annotator(name).id for name in ("Ana", "Ben"))
        project.assign([Assignment(leak, ana, 0), Assignment(leak, ben, 0), Assignment(leak, ana, 1, is_repeat=True)])
        lay(project, "Ana", FIRST, note=NOTE)
        lay(project, "Ben", FIRST, "claim")
        project.delete([lay(project, "Ana", GONE).id])
        project.ask(leak, DOUBT, annotator="Ana", span=[(0, 8)])
        for who in (ana, ben):
            project.set_state(leak, who, State.DONE)
        project.set_blind(blind=False)
        project.decide(project.queue(Cell()).items[0], Outcome.VERSION, by=ben, version=0)
        lay(project, "Ana", "declined to comment", "claim")
    return study


def shown_words(window):
    """Return every word that can be seen, heard, or read in a tooltip: of widgets, rows of lists, and the text itself."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        for name in ("text", "accessibleName", "accessibleDescription", "toolTip", "windowTitle", "title"):
            said = getattr(widget, name, None)
            with suppress(TypeError):  # the texts of some take an argument
                found.append(str(said()) if callable(said) else "")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += told_by(widget.model())
    for action in window.findChildren(QAction):
        found += [action.text(), action.toolTip()]
    reader = window.label_place.reader
    found += [f"row of {row.other.name}" for row in reader._scene.rows if reader.isVisible()]
    return "\n".join(found)


def told_by(model):
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    cells = (model.index(row, column) for row in range(model.rowCount()) for column in range(columns))
    return [str(cell.data(role)) for cell in cells for role in roles]


@pytest.fixture
def again(window):
    """A function that sits down as Ana who reads again."""

    def sit():
        person = next(each for each in window.session.project.annotators() if each.repeats)
        window.session.switch_annotator(person.id)
        return person

    return sit


@pytest.fixture
def visit(window, qtbot):
    """A function that goes to a place of the window and waits until it shows all that it will."""
    idle = {
        "team": lambda place: not place._is_stale and not place._job.is_busy,
        "agreement": lambda place: not place.is_busy,
        "adjudicate": lambda place: not place.docket.is_busy and not place.figures.is_busy,
    }

    def go(name):
        window.places.go(name)
        place = window.places.currentWidget()
        qtbot.waitUntil(lambda: idle.get(name, lambda _place: True)(place), timeout=30_000)
        return place

    return go


def test_nothing_of_it_stays_on_screen_wherever_one_looks(window, again, visit, press):
    places = ("team", "agreement", "adjudicate", "codebook", "label")
    project = window.session.project
    press((Qt.Key.Key_Delete, CTRL | SHIFT))
    before = ""
    for place in places:
        visit(place)
        before += shown_words(window)
    assert [words for words in ("row of Ben", GONE, "Undo Label") if words not in before] == []
    person = again()
    for place in places:
        visit(place)
        told = shown_words(window)
        for words in (GONE, DOUBT, "row of", "Undo Label"):
            assert words not in told, (place, words)
    session = window.session
    assert session.annotations == {}
    assert session.counts == {}
    assert [head.count for head in session.heads] == [0, 0, 0]
    assert session.seen == {person.id}
    assert session.next_undo() is None
    assert window.label_place.trash.model.rowCount() == 0
    assert project.visible_to(person.id) == {person.id}
    session.switch_annotator("Ben")
    assert len(session.seen) == len(project.everybody())
    assert "row of Ana" in shown_words(window)


def test_what_was_looked_at_is_looked_at_no_more(window, again, press):
    reader, inspector = window.label_place.reader, window.label_place.linkage.inspector
    window.session.switch_annotator("Ben")
    press((Qt.Key.Key_Period, ALT), widget=reader)
    assert inspector.other.isVisible()
    assert NOTE in inspector.other.lines.text()
    again()
    assert not inspector.other.isVisible()
    press((Qt.Key.Key_Period, ALT), widget=reader)
    assert not inspector.other.isVisible()


def test_the_team_counts_and_tells_of_nobody_else(window, again, visit):
    place = visit("team")
    window.actions_["team.notes"].trigger()
    assert DOUBT in shown_words(window)
    window.actions_["team.plan"].trigger()
    tables = (place.plan.table.model(), place.plan.grid.model())
    before = [told_by(each) for each in tables]
    person = again()
    visit("team")
    assert [told_by(each) for each in tables] != before
    rows = {place.plan.people.people[row].name: row for row in range(place.plan.people.rowCount())}
    labels = {name: place.plan.people.index(row, 3).data() for name, row in rows.items()}
    assert labels == {"Ana": "hidden", "Ben": "hidden", person.name: ""}
    window.actions_["team.notes"].trigger()
    assert DOUBT not in shown_words(window)
    assert place.tabs["notes"].text() == "Notes"


def test_it_cannot_be_opened_from_there_and_is_said_why(window, again, visit, press):
    person = again()
    steps = window.session.project.steps(1)[0].number
    assert not window.actions_["others"].isChecked()
    press((Qt.Key.Key_O, CTRL | ALT))
    assert not window.actions_["others"].isChecked()
    assert window.status.last.startswith(f"“{person.name}” reads a second time")
    press((Qt.Key.Key_O, ALT))
    assert "a second time" in window.status.last
    for name, page in (("agreement", "closed"), ("adjudicate", "blind")):
        closed = getattr(visit(name), page)
        assert closed.isVisible()
        assert "a second time" in closed.said()
        assert [each._action.objectName() for each in closed._buttons if each.isVisible()] == ["annotators"]
    assert not window.session.project.is_blind
    assert window.session.project.steps(1)[0].number == steps, "it is opened as ever to everybody else"
    window.session.switch_annotator("Ben")
    assert window.actions_["others"].isChecked()


def test_keys_of_closed_places_rest(window, again, visit, press, choices):
    agreement = visit("agreement")
    assert agreement.findings is not None
    visit("adjudicate")
    again()
    QGuiApplication.clipboard().setText("nothing")
    steps = window.session.project.steps(1)[0].number
    for place, keys in (
        ("agreement", ((Qt.Key.Key_C, CTRL), Qt.Key.Key_W, Qt.Key.Key_N, Qt.Key.Key_O, (Qt.Key.Key_R, CTRL | SHIFT))),
        ("adjudicate", (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_B, Qt.Key.Key_S, Qt.Key.Key_N, (Qt.Key.Key_F, CTRL))),
    ):
        visit(place)
        press(*keys, widget=window)
        assert not [each for each in window.actions_.commands() if each.where.place == place and enabled(window, each)]
    assert QGuiApplication.clipboard().text() == "nothing"
    assert window.session.project.steps(1)[0].number == steps
    window.session.switch_annotator("Ben")
    visit("adjudicate")
    assert window.actions_["adjudicate.none"].isEnabled()


def enabled(window, command):
    return window.actions_[command.id].isEnabled()


def test_an_export_holds_the_second_reading_only(window, again, press, tmp_path, qtbot):
    again()
    press((Qt.Key.Key_E, CTRL))
    page = window.trading.export_page
    page.place.setFocus()
    page.place.selectAll()
    page.place.insert(str(tmp_path / "out.jsonl"))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Exported" in window.status.last)
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert NOTE not in written
    assert '"Ben"' not in written
    assert "hidden" in window.status.last


def test_what_a_new_version_does_to_it_is_not_told(window, again, qtbot):
    QGuiApplication.clipboard().setText(LEAK.replace(FIRST, "it was all wrong").replace("declined", "refused"))
    window.actions_["article.replace_pasted"].trigger()
    qtbot.waitUntil(window.replacing.page.list.isVisible)
    assert FIRST in shown_words(window)
    again()
    told = shown_words(window)
    assert FIRST not in told
    assert "stays as it is" in told


def test_a_codebook_change_tells_of_the_own_labels_only(window, again):
    person = again()
    project = window.session.project
    plan = project.merge_plan("claim", "denial", annotator=person.id)
    assert plan.changed.words == "annotations of others"
