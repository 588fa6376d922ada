"""What writes whole files is killed at each of its dealings with the disk: what was there stays, or the new stands whole."""

import os
import shutil
from pathlib import Path

import pytest

from annotator.project import Project
from annotator.project.backups import backup_files, make_backup, restore
from tests.durability.walk_rounds import OLD, rows

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")

_KILLED = """
import os, sys
from pathlib import Path
from annotator.project import Project
from annotator.project.backups import make_backup, restore
from annotator.project.upgrading import bring_up_to_date

DEALINGS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "sqlite3.connect"}
what, path, other = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])

def do():
    match what:
        case "backup":
            make_backup(path)
        case "restore":
            restore(path, other)
        case "upgrade":
            bring_up_to_date(path, lambda _done, _total: None)
        case "copy":
            with Project.open(path) as project:
                project.save_copy(other)
        case _:
            with Project.open(path, read_only=True) as project:
                project.export(other, what, overwrite=True)

left = int(sys.argv[4])
def kill(event, arguments):
    global left
    written = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if event in DEALINGS or written:
        left -= 1
        if left == 0:
            os._exit(9)

if "warm" in sys.argv:  # everything that is imported late is there before it counts
    do()
    sys.exit()
for line in sys.stdin:
    left = int(line)
    child = os.fork()
    if not child:
        sys.addaudithook(kill)
        do()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture
def killed(start, tmp_path):
    """A function that does something in a folder that `lay` makes, killed at each dealing, and asks `look` what is left."""

    def go(what, lay, look, step=1):
        folder = tmp_path / "here"
        process, number = None, 0
        while True:
            number += step
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            path, other = lay(folder)
            process = process or start(_KILLED, what, path, other, "0", env={"PYTHONWARNINGS": None})
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
            status = process.stdout.readline().strip()
            assert status in ("0", "9"), process.stderr.read()
            look(folder, path, other)
            if status == "0":
                return number

    return go


def small(path, *, more=False):
    with Project.create(path, annotator="Ana") as project:
        project.add_text("She said on Monday that nobody had seen it.")
        project.annotate(project.articles()[0].id, "claim", [(0, 3)], annotator="Ana")
        if more:
            project.add_text("A second article, of rain.")
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A project and what it became, to be copied."""
    folder = tmp_path_factory.mktemp("two")
    before = small(folder / "p.annotator")
    after = Path(shutil.copyfile(before, folder / "q.annotator"))
    with Project.open(after) as project:
        project.add_text("A second article, of rain.")
    return before, after


def is_sound(path):
    with Project.open(path) as project:
        return project.check() == []


def test_a_backup_is_whole_or_none(killed, two, seen):
    before = rows(two[1])

    def lay(folder):
        return Path(shutil.copyfile(two[1], folder / "p.annotator")), folder

    def look(_folder, path, _other):
        assert rows(path) == before
        assert all(rows(each) == before for each, _ in backup_files(path))
        make_backup(path)
        assert len(backup_files(path)) == 1
        seen["kills while a backup was made"] += 1

    assert killed("backup", lay, look) > 3


def test_a_project_that_is_put_back_is_the_old_one_or_the_new_one_and_both_are_there(killed, two, seen):
    old, new = rows(two[1]), rows(two[0])

    def lay(folder):
        backup = Path(shutil.copyfile(two[0], folder / "backup.annotator"))
        return Path(shutil.copyfile(two[1], folder / "p.annotator")), backup

    def look(folder, path, backup):
        assert rows(backup) == new
        found = [rows(each) for each in folder.glob("p*.annotator")]
        assert old in found
        assert all(each in (old, new) for each in found)
        restore(path, backup)
        assert rows(path) == new
        assert is_sound(path)
        assert old in [rows(each) for each in folder.glob("p – before*")]
        assert not list(folder.glob("*.restoring"))
        seen["kills while a project was put back"] += 1

    assert killed("restore", lay, look) > 3


def test_a_project_of_an_older_version_is_old_or_new(killed, seen):
    source = OLD[0]

    def lay(folder):
        return Path(shutil.copyfile(source, folder / "p.annotator")), folder

    def look(folder, path, _other):
        assert is_sound(path)
        with Project.open(path, read_only=True) as project:
            assert len(project.annotations()) == 4
        assert any(each.read_bytes()[100:] == source.read_bytes()[100:] for each in folder.glob("p.backup-*.annotator"))
        seen["kills while a project was brought up to date"] += 1

    assert killed("upgrade", lay, look) > 2


@pytest.mark.parametrize("name", ["jsonl", "tei"])
def test_an_export_is_the_old_one_or_the_new_one(killed, two, tmp_path, name, seen):
    def told(target):
        if target.is_file():
            return target.read_bytes()
        return {str(each.relative_to(target)): each.read_bytes() for each in target.rglob("*") if each.is_file()}

    wanted = []
    for number, source in enumerate(two):
        with Project.open(source, read_only=True) as project:
            project.export(tmp_path / f"{name} {number}", name)
        wanted.append(told(tmp_path / f"{name} {number}"))
    old, new = wanted

    def lay(folder):
        target = folder / "out"
        earlier = tmp_path / f"{name} 0"
        shutil.copyfile(earlier, target) if earlier.is_file() else shutil.copytree(earlier, target)
        return Path(shutil.copyfile(two[1], folder / "p.annotator")), target

    def look(_folder, path, target):
        assert not target.exists() or told(target) in (old, new)
        with Project.open(path, read_only=True) as project:
            project.export(target, name, overwrite=True)
        assert told(target) == new
        seen["kills while an export was written"] += 1

    assert killed(name, lay, look, step=3 if name == "tei" else 1) > 3


def test_a_copy_is_whole_or_no_project(killed, two, seen):
    before = rows(two[1])

    def lay(folder):
        return Path(shutil.copyfile(two[1], folder / "p.annotator")), folder / "copy.annotator"

    def look(_folder, path, copy):
        assert is_sound(path)
        assert not copy.exists() or not copy.stat().st_size or rows(copy) == before
        seen["kills while a copy was saved"] += 1

    assert killed("copy", lay, look) > 2
