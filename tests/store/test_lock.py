"""One program writes a project at a time; a lock left by a crash heals; nothing is left behind."""

import os
import sys

import pytest

from annotator.model.errors import LockedProjectError, ReadOnlyError
from annotator.project import Project
from annotator.store import backup, copies, descriptors, salvage

HOLD = """
import sys
from annotator.project import Project
with Project.open(sys.argv[1]) as project:
    print("open", flush=True)
    sys.stdin.read()
"""

HOLD_IN_A_STEP = """
import sys
from annotator.project import Project
project = Project.open(sys.argv[1])
article = project.articles()[0].id
with project.step("Half a step") as step:
    step.writing.put("state", f"{article}:{project.annotators()[0].id}", {
        "article": article, "annotator": project.annotators()[0].id, "state": "done", "changed_at": ""})
    project._db.execute("PRAGMA cache_spill = ON")
    project._db.execute("PRAGMA cache_size = 1")
    for place in range(2000):  # more than the cache holds, so that the file itself is being written
        project._db.execute("INSERT INTO change VALUES (?, ?, 'x', 'x', ?)", (step.writing.number, place + 9, "x" * 500))
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(project):
    project.close()
    return project.path


def test_a_second_program_is_refused_and_told_who_holds_it(start, path, files):
    process = start(HOLD, path)
    assert process.stdout.readline() == "open\n"
    with pytest.raises(LockedProjectError, match=rf"already open: .+ on .+ \(process {process.pid}\), since 20"):
        Project.open(path)
    with Project.open(path, read_only=True) as reader:
        assert len(reader.articles()) == 2
        assert reader.check() == []
    process.communicate()
    assert files() == ["study.annotator"]
    Project.open(path).close()


def test_the_same_program_cannot_open_it_twice(path, files):
    with Project.open(path), pytest.raises(LockedProjectError, match=f"process {os.getpid()}"):
        Project.open(path)
    assert files() == ["study.annotator"]


@pytest.mark.skipif(sys.platform == "win32", reason="making symbolic links needs a right there")
def test_a_link_to_a_project_is_the_same_project(path, tmp_path):
    link = tmp_path / "link.annotator"
    link.symlink_to(path)
    with Project.open(link), pytest.raises(LockedProjectError):
        Project.open(path)


def test_the_lock_of_a_killed_program_heals(start, path, files):
    process = start(HOLD, path)
    assert process.stdout.readline() == "open\n"
    process.kill()
    process.wait()
    with Project.open(path) as again:
        assert again.check() == []
    assert files() == ["study.annotator"]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_program_killed_within_a_step_leaves_nothing_of_it(start, path, dump, files, read_only):
    before = dump(path)
    process = start(HOLD_IN_A_STEP, path)
    assert process.stdout.readline() == "open\n"
    assert "study.annotator-journal" in files()
    process.kill()
    process.wait()
    with Project.open(path, read_only=read_only) as again:
        assert again.check() == []
    assert dump(path) == before
    if not read_only:
        assert files() == ["study.annotator"]


def test_a_lock_file_that_says_nothing_is_no_obstacle(path, files):
    path.with_name(path.name + ".lock").write_bytes(b"\xff not json")
    Project.open(path).close()
    assert files() == ["study.annotator"]


def test_reading_takes_no_lock_and_changes_nothing(path, files):
    before = path.read_bytes()
    with Project.open(path, read_only=True) as reader:
        assert files() == ["study.annotator"]
        with pytest.raises(ReadOnlyError, match="reading only"):
            reader.annotate(reader.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
        with pytest.raises(ReadOnlyError):
            reader.undo()
        with Project.open(path) as writer:
            writer.ensure_annotator("Cem")
        assert len(reader.articles()) == 2
    assert path.read_bytes() != before  # the writer's doing


def test_closing_twice_does_no_harm(path, files):
    project = Project.open(path)
    project.close()
    project.close()
    assert files() == ["study.annotator"]


WRITE_TOO = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0).execute("BEGIN IMMEDIATE")
    print("taken")
except sqlite3.OperationalError as error:
    print(error)
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="there a lock belongs to a handle, and closing another one is no matter"
)
@pytest.mark.parametrize("look", ["open", "summary", "reading", "salvage"])
def test_looking_into_the_file_while_a_step_is_written_keeps_other_programs_out(path, start, look):
    """Closing any descriptor of a file drops this process's locks on it: its bytes are read without that."""

    def read_copy():
        with copies.reading(path, tested=False):
            pass

    looks = {
        "open": lambda: Project.open(path, read_only=True).close(),
        "summary": lambda: backup.summary(path),
        "reading": read_copy,
        "salvage": lambda: salvage._rolled_back(path),
    }
    with Project.open(path) as project, project.step("Half a step") as step:
        step.writing.put("setting", "blind", {"name": "blind", "value": "no"})
        looks[look]()
        out, errors = start(WRITE_TOO, path).communicate(timeout=60)
        assert "database is locked" in out, out + errors
    assert not descriptors._waiting
    out, errors = start(WRITE_TOO, path).communicate(timeout=60)
    assert "taken" in out, out + errors


def test_whoever_reads_an_open_file_again_and_again_holds_one_descriptor_and_sees_what_stands_there_now(tmp_path):
    path = tmp_path / "p.annotator"
    with Project.create(path, annotator="Ana") as project:
        counters = set()
        for number in range(5):
            project.ensure_annotator(f"Ana {number}")
            with descriptors.reading_bytes(path) as file:
                counters.add(file.read(100)[24:28])  # SQLite counts there how often the file was changed
        assert len(counters) == 5
        with descriptors.reading_bytes(path) as one, descriptors.reading_bytes(path) as other:
            assert one.read() == other.read()
        assert [len(each) for each in descriptors._waiting.values()] == [2]
    assert not descriptors._waiting
