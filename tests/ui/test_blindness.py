"""Each annotator sees their own work only, wherever the window shows labels, until others' are opened."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from annotator.model.article import BlockKind
from annotator.project import Project
from tests.ui.conftest import LEAK

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DENIAL = "the report was false"
SECRET = "told in March"


@pytest.fixture
def study(study):
    """The study, in which Ben has labelled the first article, deleted one label, and labelled last."""
    with Project.open(study) as project:
        leak = project.articles()[0].id
        for words in (SECRET, DENIAL, "declined to comment"):
            start = LEAK.index(words)
            project.annotate(leak, "denial", [(start, start + len(words))], annotator="Ben")
        gone = next(each for each in project.annotations(leak, "Ben") if each.span.covered(LEAK)[0] == SECRET)
        project.delete([gone.id])
    return study


def everything_shown(window):
    """Return every word that widgets of the window show or say."""
    found = []
    for widget in (window, *window.findChildren(QWidget), *window.findChildren(QAction)):
        for name in ("text", "accessibleName", "toolTip", "windowTitle", "title"):
            said = getattr(widget, name, None)
            if callable(said):
                try:
                    found.append(str(said()))
                except TypeError:
                    continue
    return "\n".join(found)


def test_the_page_the_lists_and_the_counts(window):
    assert window.session.annotator.name == "Ana"
    assert window.session.annotations == {}
    assert window.label_place.list.model.rowCount() == 0
    assert window.session.counts == {"claim": 1}
    assert [head.count for head in window.session.heads] == [0, 1, 0]
    window.places.go("codebook")
    part = window.editing.place.parts.model
    assert [row.aside for row in part.rows if row.part == "denial"] == [""]
    window.editing.place.show_part("labels", "denial")
    form = window.editing.place.label_form
    assert form.count.text() == "No annotations of yours"
    assert not form.gone.isVisible(), "what somebody has labelled with cannot be deleted, seen or not"


def test_the_trash_and_the_title_of_undo(window, press):
    press((Qt.Key.Key_Delete, CTRL | SHIFT))
    assert window.label_place.trash.model.rowCount() == 0
    assert window.actions_["undo"].text() == "Undo"
    assert "Delete" not in window.actions_["undo"].toolTip()
    window.session.switch_annotator("Ben")
    assert window.label_place.trash.model.rowCount() == 1
    assert window.actions_["undo"].text().startswith("Undo Delete denial")
    window.session.switch_annotator("Ana")
    assert window.label_place.trash.model.rowCount() == 0
    assert window.actions_["undo"].text() == "Undo"


def test_nobody_takes_back_what_they_may_not_see(window, press, select):
    before = window.session.project.steps(1)[0].number
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.project.steps(1)[0].number == before
    assert "another annotator" in window.banner.words or "another annotator" in window.status.last
    assert SECRET not in window.banner.words + window.status.last
    select("Two aides")
    press(Qt.Key.Key_C)
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.annotations == {}
    window.session.switch_annotator("Ben")
    press((Qt.Key.Key_Y, CTRL))
    assert "done again" in window.banner.words + window.status.last
    window.session.switch_annotator("Ana")
    press((Qt.Key.Key_Y, CTRL))
    assert len(window.session.annotations) == 1


def test_what_is_left_out_says_only_how_many_own_labels_stand_there(window):
    start = LEAK.index("The minister")
    window.session.set_block_kind(start, start + 1, BlockKind.CAPTION)
    assert "stand" not in window.status.last


def export(window, target, qtbot, press):
    """Export everything that is offered, by keys."""
    press((Qt.Key.Key_E, CTRL))
    page = window.trading.export_page
    page.place.setFocus()
    page.place.selectAll()
    page.place.insert(str(target))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Exported" in window.status.last)


def test_the_export_holds_the_own_labels_and_says_so(window, tmp_path, qtbot, press):
    export(window, tmp_path / "out.jsonl", qtbot, press)
    assert "others' labels are hidden, and not in it" in window.status.last
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert DENIAL not in json.dumps([json.loads(line).get("annotations") for line in written.splitlines()])
    assert "Ben" not in written


def test_opened_by_the_coordinator_everything_is_there(window, tmp_path, qtbot, press):
    window.session.open_others(opened=True)
    assert "Ctrl+Z" in window.status.last
    press((Qt.Key.Key_Delete, CTRL | SHIFT))
    assert window.label_place.trash.model.rowCount() == 1
    export(window, tmp_path / "out.jsonl", qtbot, press)
    assert "hidden" not in window.status.last
    assert "Ben" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    press((Qt.Key.Key_Z, CTRL))
    assert window.session.is_blind
    assert window.label_place.trash.model.rowCount() == 0


def test_no_widget_says_what_somebody_else_labelled(window, press):
    press((Qt.Key.Key_Delete, CTRL | SHIFT))
    press((Qt.Key.Key_F, CTRL | SHIFT))
    for place in ("label", "codebook", "team", "agreement", "adjudicate"):
        window.places.go(place)
        assert SECRET not in everything_shown(window)
    window.popups.palette.open()
    names = [choice.name for choice in window.popups.palette.model.choices]
    window.popups.palette.hide()
    assert not [name for name in names if "denial in" in name]
