"""Backups in the window: made in another thread, listed, and put back with one press."""

from PySide6.QtCore import Qt

from annotator.project import Project
from annotator.project.backups import Keeping, backups
from annotator.ui.faults import faults_folder


def made(qtbot, window):
    keeper = window.safekeeping
    with qtbot.waitSignal(keeper.said):
        window.actions_["backup.make"].trigger()
    return backups(window.session.project.path, keeper.keeping)


def entries(window):
    window.safekeeping.menu.aboutToShow.emit()
    return window.safekeeping.menu.actions()


def settled(qtbot, window):
    qtbot.waitUntil(lambda: not window.safekeeping._worker.is_busy)


def test_a_backup_is_made_while_one_labels(qtbot, window, select, press):
    (entry,) = entries(window)
    assert (entry.text(), entry.isEnabled()) == ("There is no backup yet", False)
    (first,) = made(qtbot, window)
    settled(qtbot, window)
    with qtbot.waitSignal(window.safekeeping.said) as caught:
        window.safekeeping.make()
    assert caught.args == ["Nothing has changed since the last backup"]
    assert backups(window.session.project.path) == (first,)
    assert len(entries(window)) == 1


def test_going_back_keeps_what_was_done_since(qtbot, window):
    session = window.session
    made(qtbot, window)
    settled(qtbot, window)
    path, before = session.project.path, len(session.project.annotations())
    session.project.annotate(session.article.id, "claim", [(0, 8)], annotator=session.annotator.id)
    entries(window)[0].trigger()
    assert "takes away everything that was done since" in window.banner.words
    qtbot.mouseClick(window.banner._do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session is not None)
    settled(qtbot, window)
    assert window.session.project.path == path
    assert len(window.session.project.annotations()) == before
    (aside,) = path.parent.glob("* before restoring *")
    with Project.open(aside) as old:
        assert len(old.annotations()) == before + 1


def test_a_backup_that_is_damaged_changes_nothing(qtbot, window):
    (first,) = made(qtbot, window)
    settled(qtbot, window)
    first.path.write_bytes(b"\x55" * 9000)
    path = window.session.project.path
    before = path.read_bytes()
    with qtbot.waitSignal(window.safekeeping.failed) as caught:
        window.safekeeping.go_back(path, first.path, first.made_at)
    assert "not an Annotator project" in caught.args[0]
    qtbot.waitUntil(lambda: window.session is not None)
    settled(qtbot, window)
    assert path.read_bytes() == before


def test_backups_go_where_the_person_says(qtbot, window, choices, tmp_path):
    choices.path = tmp_path / "usb"
    choices.path.mkdir()
    window.actions_["backup.folder"].trigger()
    assert window.settings.backups == str(choices.path)
    (first,) = made(qtbot, window)
    assert first.path.parent == choices.path
    choices.path = window.session.project.path.parent
    window.actions_["backup.folder"].trigger()
    assert window.safekeeping.keeping == Keeping()


def test_closing_the_window_stops_what_is_made(window):
    path = window.session.project.path
    window.actions_["backup.make"].trigger()
    window.close()
    assert not window.safekeeping._worker.is_busy
    assert not list(path.parent.glob("**/*.writing"))


def test_the_folder_of_fault_reports_is_shown(window):
    shown = []
    window.safekeeping._open_url = lambda url: bool(shown.append(url.toLocalFile())) or True
    window.actions_["faults"].trigger()
    assert shown == [str(faults_folder())]
    assert faults_folder().is_dir()


def test_a_damaged_project_is_offered_its_last_backup(qtbot, window):
    made(qtbot, window)
    settled(qtbot, window)
    path, before = window.session.project.path, len(window.session.project.annotations())
    window.projects.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\x55" * 9000)
    assert not window.open_path(path)
    assert "damaged" in window.banner.words
    assert "The last backup is of" in window.banner.words
    qtbot.mouseClick(window.banner._do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session is not None)
    settled(qtbot, window)
    assert len(window.session.project.annotations()) == before
