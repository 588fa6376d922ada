"""A large project of an older version is brought up to date beside the window, which tells how far it is."""

import shutil
from pathlib import Path

import pytest

from annotator.project import upgrading
from annotator.project.project import SUFFIX

OLD = Path(__file__).parents[1] / "data" / "schema-1.annotator"


@pytest.fixture
def old(tmp_path, monkeypatch):
    """The path of a project of the first version, which is large where so little is."""
    path = tmp_path / "old" / f"p{SUFFIX}"
    path.parent.mkdir()
    shutil.copyfile(OLD, path)
    monkeypatch.setattr(upgrading, "LARGE", 1)
    return path


def test_it_is_opened_when_it_is_up_to_date(window, old, qtbot):
    before = window.session.project.path
    assert not window.open_path(old)
    assert window.upgrade_line.isVisible()
    assert "bringing it up to date" in window.upgrade_line.words.text()
    assert window.session.project.path == before, "one goes on with what is open"
    qtbot.waitUntil(lambda: window.session.project.path == old)
    qtbot.waitUntil(lambda: not window.upgrade_line.isVisible())
    assert window.session.project.check() == []
    kept = [each for each in old.parent.iterdir() if ".backup-v1-" in each.name]
    # The first hundred bytes say, too, how often the file was written.
    assert [each.read_bytes()[100:] for each in kept] == [OLD.read_bytes()[100:]]
    assert window.open_path(before)
    assert window.open_path(old), "it is up to date"


def test_stopping_leaves_it_as_it_is(window, old, qtbot):
    assert not window.open_path(old)
    window.upgrade_line.cancel.click()
    qtbot.waitUntil(lambda: not window.upgrade_line.isVisible())
    if window.session.project.path != old:  # else it was too late to be stopped
        assert window.status.last == "Stopped. The project is as it was"
        assert old.read_bytes() == OLD.read_bytes()
        assert [each.name for each in old.parent.iterdir()] == [old.name]


def test_what_cannot_be_brought_up_to_date_is_said_and_what_is_open_stays(window, old, qtbot):
    content = bytearray(old.read_bytes())
    content[5000:] = b"\xff" * (len(content) - 5000)
    old.write_bytes(content)
    assert not window.open_path(old)
    qtbot.waitUntil(lambda: not window.upgrade_line.isVisible())
    assert "damaged" in window.banner.words
    assert window.session.project.path != old
