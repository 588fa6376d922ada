"""What the place Agreement says while there is nothing to compare, and while others' labels are hidden."""

from PySide6.QtCore import Qt

from annotator.project import Project
from annotator.ui.agreement.standing import State

CTRL = Qt.KeyboardModifier.ControlModifier


def test_others_labels_are_shown_only_when_that_is_asked_for(make_window, study, press, settled):
    with Project.open(study) as project:
        project.set_blind(blind=True)
    window = make_window(study)
    press((Qt.Key.Key_4, CTRL))
    place = window.places.currentWidget()
    assert place.pages.currentWidget() is place.closed
    assert place.findings is None
    press(Qt.Key.Key_F5)
    assert not place.measurer.is_busy, "nothing is computed either"
    press((Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.AltModifier))
    settled(place)
    assert place.findings is not None
    assert not window.session.project.is_blind
    press((Qt.Key.Key_1, CTRL), (Qt.Key.Key_4, CTRL))
    assert place.pages.currentWidget() is place.content, "once a project is enough"


def test_hidden_again_means_hidden(place, window, press):
    window.session.open_others(opened=False)
    assert place.pages.currentWidget() is place.closed


def test_a_project_that_cannot_be_written_is_opened_for_this_time(make_window, study, press, settled, qtbot):
    with Project.open(study) as project:
        project.set_blind(blind=True)
    window = make_window()
    assert window.projects.open(study, read_only=True)
    press((Qt.Key.Key_4, CTRL))
    place = window.places.currentWidget()
    assert place.pages.currentWidget() is place.closed
    press((Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.AltModifier))
    settled(place)
    assert place.findings is not None


def test_one_annotator_alone_is_told_what_to_do(make_window, tmp_path, press, settled):
    with Project.create(tmp_path / "alone", annotator="Ana") as project:
        project.add_text("Rain fell.\n")
        path = project.path
    window = make_window(path)
    press((Qt.Key.Key_4, CTRL))
    place = settled(window.places.currentWidget())
    assert place.body.currentWidget() is place.nothing
    said = place.nothing.said()
    assert said.startswith("How far do people agree?")
    assert "Agreement needs two annotators at least." in said
    assert place.standing.state is State.NONE


def test_nothing_finished_twice_says_what_was_left_out(make_window, tmp_path, press, settled):
    with Project.create(tmp_path / "two", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("Rain fell.\n")
        project.set_blind(blind=False)
        path = project.path
    window = make_window(path)
    press((Qt.Key.Key_4, CTRL))
    place = settled(window.places.currentWidget())
    assert place.body.currentWidget() is place.nothing
    assert "1 article: none of the chosen annotators has finished it" in place.nothing.said()


def test_another_project_begins_anew(place, window, tmp_path, settled):
    with Project.create(tmp_path / "other", annotator="Dora") as project:
        path = project.path
    assert window.open_path(path)
    settled(place)
    assert place.findings is None
    assert place.passages.model.rowCount() == 0
