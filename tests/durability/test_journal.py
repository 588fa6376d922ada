"""A computer that stops in the middle of a change: what lies on the disk then is opened, and is what was before."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.model.errors import ReadOnlyError
from annotator.project import Project
from tests.benchmarks import corpus

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 40
EXTRA = 3
"""What ``PRAGMA synchronous`` answers when the journal's removal too is waited for."""

_LABELLER = """
import os, random, sys
from annotator.model.errors import RuleError
from annotator.project import Project
with Project.open(sys.argv[1]) as project:
    dice, article = random.Random(int(sys.argv[2])), project.articles()[0]
    while True:
        start = dice.randrange(article.length - 60)
        try:
            made = project.annotate(article.id, "claim", [(start, start + dice.randint(5, 60))], annotator="Ana")
        except RuleError:
            continue
        os.write(1, f"{made.id}\\n".encode())
"""


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "study" / "p.annotator"
    path.parent.mkdir()
    return corpus.build(path, corpus.Size(articles=1, characters=4_000, labels=40))


def journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def copied(path: Path, folder: Path) -> Path:
    """Copy the file and its journal, as a disk would keep them; the lock dies with the program."""
    folder.mkdir()
    for part in (path, journal(path)):
        if part.exists():
            shutil.copyfile(part, folder / part.name)
    return folder / path.name


def labels(path: Path, *, read_only: bool = False) -> list[tuple]:
    with Project.open(path, read_only=read_only) as project:
        assert project.check() == []
        return [(each.id, each.label, each.span) for each in project.annotations()]


class HalfwayError(Exception):
    """Ends a step that must not be committed."""


def stop_halfway(path: Path, folder: Path) -> Path:
    """Delete every label in one step, and copy file and journal when the step is nearly done but not committed."""
    copies = []
    with Project.open(path) as project:
        project._db.execute("PRAGMA cache_size = 4")  # pages go into the file before the commit
        everything = project.annotations()
        with suppress(HalfwayError), project.step("Delete everything") as step:
            for each in everything:
                step.writing.put("annotation", each.id, None)
            copies.append(copied(path, folder))
            raise HalfwayError
    return copies[0]


def test_a_change_that_was_half_written_is_rolled_back(project, tmp_path):
    before, bytes_before = labels(project), project.read_bytes()
    copy = stop_halfway(project, tmp_path / "copy")
    assert copy.read_bytes() != bytes_before, "the file itself was half changed"
    assert journal(copy).stat().st_size > 0
    assert labels(copy) == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_opening_for_reading_rolls_back_too(project, tmp_path):
    before = labels(project)
    copy = stop_halfway(project, tmp_path / "copy")
    assert labels(copy, read_only=True) == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_what_can_neither_be_read_nor_rolled_back_is_said(project, tmp_path):
    copy = stop_halfway(project, tmp_path / "copy")
    copy.chmod(0o444)
    copy.parent.chmod(0o555)
    try:
        with pytest.raises(ReadOnlyError):
            Project.open(copy, read_only=True)
    finally:
        copy.parent.chmod(0o755)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_journal_that_did_not_reach_the_disk_whole_harms_nothing(project, tmp_path, part):
    """The file is written only after the journal has reached the disk: a torn journal stands beside an unchanged file."""
    before, unchanged = labels(project), project.read_bytes()
    copy = stop_halfway(project, tmp_path / "copy")
    copy.write_bytes(unchanged)
    whole = journal(copy).read_bytes()
    journal(copy).write_bytes(whole[: int(len(whole) * part)])
    assert labels(copy) == before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_an_empty_journal_is_taken_away_unless_somebody_reads(project):
    journal(project).touch()
    with Project.open(project, read_only=True) as reading:
        rows = reading._db.execute("SELECT * FROM annotation")
        rows.fetchone()  # a look that is not finished keeps the file from being locked
        with Project.open(project):
            assert journal(project).exists()
        rows.close()
    with Project.open(project):
        assert not journal(project).exists()


def test_a_commit_waits_for_the_disk(project):
    with Project.open(project) as opened:
        assert opened._db.execute("PRAGMA synchronous").fetchone()[0] == EXTRA
        assert opened._db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot stop a program and let it go on")
def test_at_every_moment_what_was_stored_is_in_the_file(project, tmp_path, seen):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _LABELLER, str(project), "1"]
    told: set[str] = set()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        try:
            for moment in range(MOMENTS):
                for _ in range(5):
                    told.add(process.stdout.readline().decode().strip())
                process.send_signal(signal.SIGSTOP)
                os.waitpid(process.pid, os.WUNTRACED)
                copy = copied(project, tmp_path / str(moment))
                process.send_signal(signal.SIGCONT)
                seen["moments at which a labelling program was stopped and its file copied"] += 1
                seen["of these in the middle of a commit, all healed"] += journal(copy).exists()
                assert told <= {key for key, *_ in labels(copy)}
                shutil.rmtree(copy.parent)
        finally:
            process.kill()
    assert "" not in told
