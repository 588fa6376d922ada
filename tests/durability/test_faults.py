"""What disks, networks and clocks do to a program that is at work: a sentence, and nothing is lost that was there."""

import contextlib
import datetime as dt
import os
import random
import signal
import sys
import threading

import pytest

from annotator.model.errors import (
    AnnotatorError,
    BusyError,
    DiskError,
    DiskFullError,
    GaveWayError,
    MissingProjectError,
    MovedProjectError,
    NoProjectError,
    RestlessProjectError,
)
from annotator.project import Project
from annotator.project.backups import write_copy
from annotator.project.recovery import recover
from annotator.store import backup, clock
from annotator.store.database import explained
from tests.benchmarks import corpus
from tests.durability.test_journal import copied, journal, labels, stop_halfway
from tests.project.copies.team import Worker, whole

SECTOR = 512
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows keeps open files from being moved, and has no fifo"
)


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    return corpus.build(folder / "p.annotator", corpus.Size(articles=2, characters=4_000, labels=40))


def label(project, number):
    article = project.articles()[0]
    return project.annotate(article.id, "claim", [(number, number + 7)], annotator="Ana")


_LIMITED = """
import resource, signal, sys
from annotator.model.errors import AnnotatorError
from annotator.project import Project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Project.open(sys.argv[1]) as project:
    size = project.path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, resource.RLIM_INFINITY))
    before = len(project.articles())
    try:
        project.add_text("A long text. " * 100_000)
    except AnnotatorError as error:
        print(type(error).__name__, flush=True)
    assert len(project.articles()) == before
    assert project.check() == []
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    project.add_text("A text that is let in again.")
    assert project.check() == []
"""


def test_a_quota_is_no_damage(path, start, dump):
    process = start(_LIMITED, path)
    said, fault = process.communicate(timeout=60)
    assert process.returncode == 0, fault
    assert said.strip() in (DiskError.__name__, DiskFullError.__name__)
    assert len(dump(path)["article"]) == 3


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced", "folder moved"])
def test_a_file_that_is_taken_away_while_it_is_open(path, tmp_path, how):
    with Project.open(path) as project:
        label(project, 10)
        before = whole(path)
        content = path.read_bytes()
        match how:
            case "deleted":
                path.unlink()
            case "moved":
                path.rename(path.with_name("elsewhere.annotator"))
            case "replaced":
                path.with_name("new").write_bytes(content)
                path.with_name("new").replace(path)
            case _:
                path.parent.rename(tmp_path / "elsewhere")
        with pytest.raises(AnnotatorError) as caught:
            label(project, 30)
        assert isinstance(caught.value, MovedProjectError) or how == "folder moved"
        assert len(project.annotations()) == len(before["annotation"])
        copy = project.save_copy(tmp_path / "copy")
    assert whole(copy) == before
    with Project.open(copy) as project:
        label(project, 30)
        assert project.check() == []


_READER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute("SELECT * FROM fragment")
rows.fetchone()
print("reading", flush=True)
sys.stdin.readline()
"""


def test_a_program_that_hangs_while_it_reads_is_not_waited_for(path, start):
    """So does a network folder whose other side hangs: the file is locked, and nobody answers."""
    with Project.open(path) as project:
        process = start(_READER, path)
        assert process.stdout.readline().strip() == "reading"
        process.send_signal(signal.SIGSTOP)
        before = whole(path)
        with pytest.raises(BusyError):
            label(project, 10)
        assert whole(path) == before
        process.kill()
        process.wait()
        label(project, 10)
        assert project.check() == []


def read_forever(project, begun):
    """Read the project's file, and come to no end; `begun` is set as soon as the file is held for reading."""
    project._db.conn.create_function("begun", 0, lambda: begun.set() or 1)
    forever = (
        "WITH RECURSIVE n(i) AS (SELECT begun() UNION ALL SELECT 1 FROM n) SELECT sum(i) FROM n CROSS JOIN fragment"
    )
    with explained(project.path):
        project._db.execute(forever).fetchone()


def test_a_label_goes_before_whatever_this_program_reads(path):
    stopped, begun = [], threading.Event()

    def read():
        with Project.open(path, read_only=True) as other:
            try:
                read_forever(other, begun)
            except GaveWayError as error:
                stopped.append(str(error))
            stopped.append(len(other.annotations()))

    with Project.open(path) as project:
        before = len(project.annotations())
        reader = threading.Thread(target=read)
        reader.start()
        begun.wait()
        label(project, 10)
        reader.join()
    assert stopped == [f"“{path}” was changed while it was read. Do it again.", before + 1]


def test_a_copy_of_a_project_in_which_somebody_never_rests_is_not_made_and_no_label_waits_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "PAGES", 50)
    monkeypatch.setattr(backup, "MOST_PAGES", 100)  # so that the project need not be larger than 64 MB
    path = tmp_path / "p.annotator"
    with Project.create(path, annotator="Ana") as project:
        project.add_text("Words of an article. " * 99)
        project.add_text("A long text. " * 40_000)
        article, places = project.articles()[0].id, []

        def type_on(_done, _total):
            places.append(project.annotate(article, "claim", [(0, 5)], annotator="Ana").id)
            project.delete([places[-1]])

        with pytest.raises(RestlessProjectError):
            write_copy(path, tmp_path / "copy", type_on)
        assert len(places) > 50
        assert {each.name for each in tmp_path.iterdir()} == {"p.annotator", "p.annotator.lock"}
        del places[:]
        assert write_copy(path, tmp_path / "copy", lambda *_: places or type_on(0, 0)).exists()
    with Project.open(tmp_path / "copy.annotator") as copy:
        assert copy.check() == []


def test_a_pipe_without_end_is_not_waited_for(tmp_path, path):
    pipe = tmp_path / "pipe.annotator"
    os.mkfifo(pipe)
    os.mkfifo(tmp_path / "pipe.txt")
    found = []

    def ask():
        for do in (
            Project.open,
            lambda each: Project.open(each, read_only=True),
            lambda each: recover(each, tmp_path / "o"),
        ):
            with pytest.raises(NoProjectError):
                do(pipe)
        with Project.open(path) as project:
            found.append(project.add([tmp_path / "pipe.txt"]))
            found.append(project.merge_draft([pipe]).files[0].refused)
            with contextlib.suppress(AnnotatorError):
                project.import_(pipe, "jsonl")
            with contextlib.suppress(AnnotatorError):
                project.import_(pipe)
        found.append("done")

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(30)
    assert found[-1:] == ["done"]
    assert "pipe.txt" in str(found[0])
    assert "device" in found[1]


def test_a_clock_that_jumps(path, monkeypatch):
    dice = random.Random(1)

    class Jumping(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime(dice.choice((1971, 1999, 2026, 2038, 9998)), dice.randint(1, 12), 1, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Jumping)
    monkeypatch.setattr("annotator.model.ids.time.time_ns", lambda: dice.randrange(-(10**18), 10**19))
    with Project.open(path) as project:
        start = whole(path)
        steps = project.info().steps
        Worker(project, "Ana", random.Random(2), together=True).work(60)
        assert project.check() == []
        after, times = whole(path), 0
        while project.info().steps > steps and project.next_undo() and whole(path) != start:
            project.undo()
            times += 1
        for _ in range(times):
            project.redo()
        assert whole(path) == after
        assert project.check() == []


def test_a_power_cut_at_every_write_is_healed(path, tmp_path, seen):
    """The journal reaches the disk first, then page after page of the file, each of them perhaps in part."""
    before, unchanged = labels(path), path.read_bytes()
    changed = stop_halfway(path, tmp_path / "changed")
    half, log = changed.read_bytes(), journal(changed).read_bytes()
    sectors = [at for at in range(0, len(unchanged), SECTOR) if unchanged[at : at + SECTOR] != half[at : at + SECTOR]]
    assert len(sectors) > 10

    def heals(content, log_content):
        twin = tmp_path / "twin" / path.name
        twin.parent.mkdir(exist_ok=True)
        twin.write_bytes(content)
        journal(twin).write_bytes(log_content)
        seen["power cuts, all healed"] += 1
        return labels(twin) == before and [each.name for each in twin.parent.iterdir()] == [twin.name]

    dice = random.Random(1)
    written = bytearray(unchanged)
    for number, at in enumerate(sectors):  # in the order of the disk …
        written[at : at + SECTOR] = half[at : at + SECTOR]
        if number % 4 == 0:
            assert heals(bytes(written), log)
    for _ in range(20):  # … or in another
        torn = bytearray(unchanged)
        for at in dice.sample(sectors, dice.randrange(1, len(sectors))):
            torn[at : at + SECTOR] = half[at : at + SECTOR]
        assert heals(bytes(torn), log)
    for length in range(0, len(log), max(SECTOR, len(log) // 40)):  # the journal on its way to the disk
        assert heals(unchanged, log[:length])


def test_a_project_that_is_gone_at_the_next_start(path, tmp_path):
    copied(path, tmp_path / "kept")
    path.unlink()
    with pytest.raises(MissingProjectError):
        Project.open(path)
    assert not path.exists()
