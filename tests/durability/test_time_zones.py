"""Clocks that are put forward and back, and computers in many time zones: times are kept in UTC, and so is all counting."""

import shutil
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from annotator.model.article import State
from annotator.project import Project
from annotator.project.backups import backups, make_backup
from annotator.project.request import Request
from annotator.store import clock

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tehran", "Pacific/Kiritimati", "UTC")
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Berlin, in summer time; in half an hour it is two o'clock again."""
SPRING = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""Half past one in Berlin; in half an hour it is three o'clock."""


@pytest.fixture
def zone(monkeypatch):
    """A function that moves this computer to a time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("here a program cannot be moved to another time zone")

    def move(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def ticking(monkeypatch):
    """A function that sets the clock, which goes on by a minute with each look at it."""
    now = [AUTUMN]

    def look(_zone):
        now[0] += timedelta(minutes=1)
        return now[0]

    monkeypatch.setattr(clock, "datetime", SimpleNamespace(now=look))
    return lambda start: now.__setitem__(0, start)


def work(folder, move, zones, start, ticking):
    """Let two people label and finish articles in turn, each in the zone that is next; what is stored and counted."""
    ticking(start)
    folder.mkdir()
    with Project.create(folder / "p", annotator="Ana") as project:
        for number in range(6):
            move(zones[number % len(zones)])
            article = project.add_text(f"Article {number} says that rain fell, and somebody denied it.").added[0]
            for at, name in ((0, "Ana"), (8 * (number % 2), "Ben")):
                project.annotate(article, "claim", [(at, at + 7)], annotator=project.ensure_annotator(name).id)
                project.set_state(article, name, State.DONE)
        project.undo()
        project.redo()
        assert project.check() == []
        times = [each.made_at for each in project.annotations()]
        assert times == sorted(times)
        report = project.agreement(Request(replicates=20))
        counted = [asdict(each) for each in report.periods], [each.value for each in report.figures]
        spent = sorted(project.team().seconds.values())
        assert sum(spent) > 0
        return times, counted, spent


@pytest.mark.parametrize("start", [AUTUMN, SPRING])
def test_what_is_kept_and_counted_is_the_same_in_every_zone_and_in_both_nights(tmp_path, zone, ticking, start):
    found = [
        work(tmp_path / str(number), zone, zones, start, ticking)
        for number, zones in enumerate([*((each,) for each in ZONES), ZONES])
    ]
    assert all(each == found[0] for each in found)
    weeks = [each for each in found[0][1][0] if each["kind"] == "week"]
    assert [each["name"] for each in weeks] == [f"{start - timedelta(days=6):%Y-%m-%d}"]


def test_a_copy_from_the_hour_that_comes_twice_is_merged_in_the_order_of_what_was_done(tmp_path, zone, ticking):
    ticking(AUTUMN - timedelta(minutes=30))
    zone("Europe/Berlin")
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        article = project.add_text("Rain fell, and somebody denied it.").added[0]
        label = project.annotate(article, "claim", [(0, 9)], annotator="Ana").id
    copy = shutil.copy(project.path, tmp_path / "copy.annotator")
    ticking(AUTUMN)
    with Project.open(project.path) as opened:
        opened.set_note(label, "At half past two in summer")
    ticking(AUTUMN + timedelta(minutes=40))
    zone("America/New_York")
    with Project.open(copy) as opened:
        opened.set_note(label, "At ten past two in winter")
    zone("Asia/Tehran")
    with Project.open(project.path) as opened:
        opened.merge(opened.merge_draft([copy]), rule="newer")
        assert [each.note for each in opened.annotations()] == ["At ten past two in winter"]


def test_backups_tell_the_local_time_and_keep_the_order_in_which_they_were_made(tmp_path, zone, monkeypatch):
    zone("Europe/Berlin")
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        for number in range(4):
            now = AUTUMN + timedelta(minutes=30 * number)
            monkeypatch.setattr("annotator.project.backups.datetime", standing(now))
            project.add_text(f"Article {number}.")
            make_backup(project.path)
        found = backups(project.path)
    assert [each.steps for each in found] == sorted((each.steps for each in found), reverse=True)
    told = [f"{each.made_at.astimezone():%H:%M %Z}" for each in found]
    assert told == ["03:00 CET", "02:30 CET", "02:00 CET", "02:30 CEST"]


def standing(moment):
    """Return what stands for `datetime` where it is always the same moment."""

    class Standing(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    return Standing
