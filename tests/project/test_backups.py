"""Backups: made while somebody works, tried, kept by count and age, and put back."""

import json
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.command import run
from annotator.model.errors import (
    AnnotatorError,
    DamagedProjectError,
    LockedProjectError,
    MissingFolderError,
    MissingProjectError,
    StoppedError,
)
from annotator.project import Project
from annotator.project import backups as module
from annotator.project.backups import Keeping, backup_files, backups, dropped, folder_of, make_backup, restore
from tests.durability.test_journal import journal, stop_halfway
from tests.project.copies.team import whole

START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the time of backups, which is minutes after `START`."""
    time = [START]

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return time[0].astimezone(tz)

    monkeypatch.setattr(module, "datetime", Clock)

    def at(minutes):
        time[0] = START + timedelta(minutes=minutes)

    return at


def label(project, at):
    return project.annotate(project.articles()[-1 if at > 150 else 0].id, "claim", [(at, at + 4)], annotator="Ana")


def test_a_backup_is_made_while_the_project_is_open_and_holds_everything(project, clock, files):
    label(project, 0)
    made = make_backup(project.path)
    assert whole(made.path) == whole(project.path)
    assert (made.labels, made.problem, made.made_at) == (1, "", START)
    assert made.path.parent.name == "study backups"
    clock(1)
    assert make_backup(project.path) is None
    label(project, 9)
    clock(2)
    later = make_backup(project.path)
    assert backups(project.path) == (later, made)
    assert project.check() == []
    assert files() == ["study backups", "study.annotator", "study.annotator.lock"]


def test_a_backup_while_somebody_writes_without_end(project, tmp_path):
    project.add_text("A long text. " * 400_000)
    stop = threading.Event()
    found = []

    def work():
        while not stop.is_set() and not found:
            found.append(make_backup(project.path))

    worker = threading.Thread(target=work)
    worker.start()
    at = 200
    while worker.is_alive() and at < 20_000:
        label(project, at)
        at += 5
    stop.set()
    worker.join()
    (made,) = found
    assert 0 <= made.labels <= len(project.annotations())
    with Project.open(made.path) as copy:
        assert copy.check() == []


def test_a_backup_waits_for_a_long_change(project):
    label(project, 3)
    with closing(sqlite3.connect(project.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        def asked():
            if other.in_transaction:
                other.execute("ROLLBACK")
            return False

        made = make_backup(project.path, cancelled=asked)
    assert (made.labels, made.problem) == (1, "")


def test_stopping_leaves_nothing(project):
    with pytest.raises(StoppedError):
        make_backup(project.path, cancelled=lambda: True)
    assert list((project.path.parent / "study backups").iterdir()) == []


def test_a_chosen_folder_holds_several_projects_of_one_name(project, tmp_path):
    keeping = Keeping(tmp_path / "usb")
    with pytest.raises(MissingFolderError):
        make_backup(project.path, keeping)
    keeping.folder.mkdir()
    mine = make_backup(project.path, keeping)
    other = tmp_path / "elsewhere"
    other.mkdir()
    Project.create(other / "study", annotator="Ana").close()
    assert backups(other / "study.annotator", keeping) == ()
    assert backups(project.path, keeping) == (mine,)
    (keeping.folder / "study – backup 2026-99-01 00-00-00.annotator").touch()
    (keeping.folder / "study – backup 2025-01-01 00-00-00.annotator").write_text("nothing", "utf-8")
    assert [bool(each.problem) for each in backups(project.path, keeping)] == [False, True]


@given(st.lists(st.integers(0, 60 * 24 * 60), unique=True), st.integers(1, 12), st.integers(0, 40))
def test_the_latest_and_the_last_of_each_day_are_kept(minutes, count, days):
    times = [START + timedelta(minutes=each) for each in minutes]
    now = START + timedelta(days=60)
    gone = set(dropped(times, now, Keeping(count=count, days=days)))
    kept = sorted(set(times) - gone, reverse=True)
    assert kept[:count] == sorted(times, reverse=True)[:count]
    last = {time.date(): time for time in sorted(times)}
    for time in last.values():
        assert time in kept or now - time > timedelta(days=days)
    assert all(time in kept[:count] or time in last.values() for time in kept)


def test_old_backups_go(project, clock):
    for minute in range(6):
        clock(minute)
        label(project, minute * 7)
        make_backup(project.path, Keeping(count=3))
    assert [each.labels for each in backups(project.path)] == [6, 5, 4]
    clock(60 * 24 * 40)
    label(project, 60)
    make_backup(project.path, Keeping(count=1))
    assert [each.labels for each in backups(project.path)] == [7]


def test_a_backup_is_put_back_and_what_lay_there_is_kept(project, clock):
    label(project, 0)
    before = whole(project.path)
    made = make_backup(project.path)
    label(project, 9)
    after = whole(project.path)
    with pytest.raises(LockedProjectError):
        restore(project.path, made.path)
    project.close()
    aside = restore(project.path, made.path)
    assert whole(project.path) == before
    assert whole(aside) == after
    assert whole(made.path) == before
    with Project.open(project.path) as restored:
        restored.undo()
        restored.redo()
        label(restored, 20)
        assert restored.check() == []
    assert restore(project.path, aside).exists()
    assert whole(project.path) == after


def test_a_journal_of_the_old_file_is_not_rolled_back_into_the_backup(project, tmp_path):
    label(project, 0)
    made = make_backup(project.path)
    before = whole(project.path)
    for at in range(9, 60, 7):
        label(project, at)
    project.close()
    killed = stop_halfway(project.path, tmp_path / "killed")
    aside = restore(killed, made.path)
    assert not journal(killed).exists()
    assert whole(killed) == before
    with Project.open(aside) as old:
        assert len(old.annotations()) > 1
        assert old.check() == []


def test_a_damaged_or_missing_project_gets_its_backup_back(project, tmp_path):
    label(project, 0)
    made = make_backup(project.path)
    before = whole(project.path)
    project.close()
    project.path.write_bytes(b"\x55" * 9000)
    assert backups(project.path) == (made,)
    restore(project.path, made.path)
    assert whole(project.path) == before
    project.path.unlink()
    assert restore(project.path, made.path) is None
    assert whole(project.path) == before


def test_what_is_no_sound_backup_changes_nothing(project, tmp_path):
    for at in range(0, 60, 7):
        label(project, at)
    made = make_backup(project.path)
    project.close()
    before = project.path.read_bytes()
    content = bytearray(made.path.read_bytes())
    content[4096 * 4 :] = b"\x55" * (len(content) - 4096 * 4)
    bad = tmp_path / "bad.annotator"
    bad.write_bytes(content)
    for backup, error in (
        (bad, DamagedProjectError),
        (tmp_path / "none", MissingProjectError),
        (project.path, AnnotatorError),
    ):
        with pytest.raises(error):
            restore(project.path, backup)
        assert project.path.read_bytes() == before


def test_from_the_command_line(project, capsys):
    label(project, 0)
    project.close()
    path = str(project.path)
    assert run(["backups", path]) == 0
    assert "no backups" in capsys.readouterr().out
    assert run(["backups", path, "--make", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["labels"], row["problem"]) == (1, "")
    with Project.open(path) as opened:
        label(opened, 9)
    assert run(["restore", path, "1"]) == 0
    assert "is kept as" in capsys.readouterr().out
    assert run(["restore", path, "7"]) == 1
    with Project.open(path) as opened:
        assert len(opened.annotations()) == 1


def test_a_copy_of_a_backup_can_be_restored_from_anywhere(project, tmp_path):
    label(project, 0)
    made = shutil.copy(make_backup(project.path).path, tmp_path / "mailed")
    project.close()
    restore(project.path, made)
    with Project.open(project.path) as opened:
        assert len(opened.annotations()) == 1


def test_nothing_is_put_in_the_place_of_what_was_kept_in_the_same_second(project, clock):
    make_backup(project.path)
    project.add_text("A text that came later.")
    path = project.path
    project.close()
    (backup, _), *_ = backup_files(path)
    before = path.read_bytes()
    kept = [restore(path, backup) for _ in range(3)]
    assert len(set(kept)) == 3
    assert kept[0].read_bytes() == before
    assert all(each.exists() for each in kept)
    with Project.open(path) as again:
        again.add_text("Another one.")
    make_backup(path)
    assert len(backup_files(path)) == 2


def test_what_a_link_leads_to_is_put_back_and_the_link_stays(project, clock, tmp_path):
    path = project.path
    make_backup(path)
    (backup, _), *_ = backup_files(path)
    before = len(project.articles())
    project.add_text("A text that came later.")
    project.close()
    link = tmp_path / "link.annotator"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("making symbolic links needs a right there")
    restore(link, backup)
    assert link.is_symlink()
    with Project.open(path) as again:
        assert len(again.articles()) == before


def test_what_a_killed_program_left_half_written_goes_and_what_is_being_written_stays(project, clock):
    folder = folder_of(project.path)
    folder.mkdir()
    halves = [folder / f"{project.path.stem} – backup 2026-03-01 09-00-0{n}.annotator.writing" for n in range(2)]
    for each in (*halves, halves[0].with_name(f"{halves[0].name}-journal")):
        each.write_bytes(b"half")
        os.utime(each, (0, 0))
    os.utime(halves[1])
    make_backup(project.path)
    assert [each for each in folder.iterdir() if "writing" in each.name] == [halves[1]]


def test_of_many_in_one_second_the_last_one_is_the_latest(project, clock):
    for number in range(6):
        project.add_text(f"Article {number}.", f"Article {number}")
        made = make_backup(project.path, Keeping(count=2, days=0))
        assert made is not None
        assert made.path.exists()
        assert backup_files(project.path, Keeping(count=2, days=0))[0][0] == made.path


def test_what_a_clock_that_was_ahead_has_made_goes_first_and_is_never_taken_for_the_latest(project, clock):
    keeping = Keeping(count=3, days=0)
    for minute in (60 * 24 * 365 * 12, 60 * 24 * 365 * 12 + 5, 0, 10, 20):
        clock(minute)
        label(project, minute % 1000 % 61)
        made = make_backup(project.path, keeping)
        assert make_backup(project.path, keeping) is None, "nothing has changed since"
        assert backup_files(project.path, keeping)[0][0] == made.path
    # The last one of that far day stays: it may be this clock that is wrong.
    assert [each.labels for each in backups(project.path, keeping)] == [5, 4, 3, 2]
