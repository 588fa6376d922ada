"""The roles of a frame edited by keys: moved, added, taken out, and taken as gold in one step."""

import pytest
from PySide6.QtCore import Qt

from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.model.span import Span
from annotator.project import Project
from tests.ui.adjudicate.conftest import TEXT, lay

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def framed(folder):
    with Project.create(folder / "framed", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(TEXT)
        (article,) = (head.id for head in project.articles())
        cue = lay(project, article, "Ana", "attribution", "said")
        for label, words in (("source", "The mayor"), ("claim", "the bridge was safe")):
            project.join(cue.id, lay(project, article, "Ana", label, words).id)
        lay(project, article, "Ben", "attribution", "said on Monday")
        for who in ("Ana", "Ben"):
            project.set_state(article, who, State.DONE)
        project.set_blind(blind=False)
        return project.path


@pytest.fixture
def judged(cast):
    """The path of a project in which two differ about a cue, and one has two parts of its frame."""
    return cast(framed)


def at_cue(place):
    found = next(each for each in place.docket.queue.items if each.labels == ("attribution",))
    place.docket.go_to(found)


def chips(place):
    return [each.text() for each in place.editor.parts.chips if each.isVisible()]


def roles(window):
    project = window.session.project
    layer = project.gold()
    gold = {each.id: each for each in project.annotations(annotator=layer.id)} if layer else {}
    return sorted(
        (each.kind, *gold[each.target].span.covered(TEXT)) for each in project.links() if each.origin_id in gold
    )


def test_parts_are_moved_added_and_taken_out_by_keys(place, press, window):
    at_cue(place)
    press(KEY.Key_E)
    assert chips(place) == ["Attribution  “said”", "Source  “The mayor”", "Content  “the bridge was safe”"]
    press((KEY.Key_BraceRight, SHIFT))
    press(KEY.Key_Period, KEY.Key_BracketRight)
    press(KEY.Key_Period, KEY.Key_Delete)
    start = TEXT.index("that the bridge")
    place.editor.reader.set_selection(Span.of((start, start + len("that the bridge"))))
    press(KEY.Key_C)
    assert chips(place) == ["Attribution  “said on”", "Source  “mayor”", "Content  “that the bridge”"]
    press(KEY.Key_Return)
    assert roles(window) == [("content", "that the bridge"), ("source", "mayor")]
    assert place.view.hasFocus()
    press((KEY.Key_Z, CTRL))
    assert roles(window) == []


def test_a_chip_takes_its_part_in_hand_and_the_label_itself_stays(place, press, window, qtbot):
    at_cue(place)
    press(KEY.Key_E)
    qtbot.mouseClick(place.editor.parts.chips[2], Qt.MouseButton.LeftButton)
    assert place.editor.reader.selection().covered(TEXT) == ("the bridge was safe",)
    press(KEY.Key_Comma, KEY.Key_Comma, KEY.Key_Delete)
    assert "Only a part" in window.status.last + window.banner.words
    press(KEY.Key_Escape)
    assert roles(window) == []
    assert window.session.project.gold() is None


def test_a_cue_that_becomes_a_denial_lets_its_parts_go(place, press, window):
    at_cue(place)
    press(KEY.Key_E, KEY.Key_D)
    assert chips(place) == []
    press(KEY.Key_Return)
    (made,) = window.session.project.decisions()
    assert made.outcome is Outcome.EDITED
    assert roles(window) == []


def test_a_frame_is_taken_part_by_part_or_as_a_whole_and_what_is_taken_is_seen(place, press, window):
    at_cue(place)
    whole = "source “The mayor” · content “the bridge was safe”"
    number = next(
        each.face.number
        for each in place.cards.shown
        if each.face.words.startswith("said;") or each.face.words == "said"
    )
    assert not any("The mayor" in each.face.words for each in place.cards.shown)
    assert place.foot.whole.isVisible()
    press(KEY.Key_W)
    assert place.foot.whole.isChecked()
    assert [each.face.words for each in place.cards.shown if each.face.number == number] == [f"said; {whole}"]
    press(KEY.Key_0 + number)
    assert roles(window) == [("content", "the bridge was safe"), ("source", "The mayor")]
    assert place.docket.queue.left == 0
    press((KEY.Key_Z, CTRL))
    assert roles(window) == []
    at_cue(place)
    press(KEY.Key_W, KEY.Key_0 + number)
    assert roles(window) == []
    assert [each.labels for each in place.docket.queue.items] == [("source",), ("claim",)]
