"""Every bad input has its sentence, and nothing is harmed by it."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.command import run
from annotator.model.errors import (
    DamagedProjectError,
    DiskFullError,
    MissingFolderError,
    MissingProjectError,
    NewerProjectError,
    NoProjectError,
    ProjectExistsError,
    ProjectFileError,
    ReadOnlyError,
)
from annotator.project import Project
from annotator.project.backups import backup_files, make_backup, restore
from annotator.store.schema import APPLICATION_ID

OLD = Path(__file__).parents[1] / "data" / "schema-3.annotator"
ORDINARY = """
import fcntl, os, sys, urllib.parse, urllib.request  # what is imported late is imported now: nobody may not be able to read where it lies
from annotator.cli import run
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)  # nobody: root may write everything, whatever the modes say
raise SystemExit(run(sys.argv[1:]))
"""


ANOTHER_USER = """
import fcntl, os, sys
from annotator.project import Project
Project.open(sys.argv[1], read_only=True).close()  # what is imported late is imported now
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
with Project.open(sys.argv[1]) as project:
    project.ensure_annotator(sys.argv[2])
"""


def random_bytes(path):
    path.write_bytes(os.urandom(20_000))


def text(path):
    path.write_text("SQLite format 3 is what I am not.")


def nothing(path):
    path.write_bytes(b"")


def folder(path):
    path.mkdir()


def another_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE song (title)")


def header_alone(path):
    path.write_bytes(b"SQLite format 3\0" + bytes(84))


NO_PROJECTS = [random_bytes, text, nothing, folder, another_database, header_alone]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("make", NO_PROJECTS)
def test_something_else_than_a_project(tmp_path, files, make, read_only):
    path = tmp_path / "x.annotator"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NoProjectError, match="is not an Annotator project"):
        Project.open(path, read_only=read_only)
    assert files() == ["x.annotator"]
    assert before is None or path.read_bytes() == before


def test_no_file_at_all(tmp_path, files):
    with pytest.raises(MissingProjectError, match="There is no project at"):
        Project.open(tmp_path / "x.annotator")
    assert files() == []


def truncated(data):
    return data[: len(data) // 2]


def overwritten(data):
    return data[:8192] + bytes(8192) + data[16384:]


def beheaded(data):
    """The header's page size and what follows it, but the number that tells that it is a project."""
    return data[:16] + bytes(52) + APPLICATION_ID.to_bytes(4, "big") + data[72:]


def found_wrong(path):
    """Why the file does not open, or what `check` finds in it."""
    try:
        with Project.open(path, read_only=True) as opened:
            return [str(problem) for problem in opened.check()]
    except DamagedProjectError as error:
        return [str(error)]


@pytest.mark.parametrize("damage", [truncated, overwritten, beheaded])
def test_a_damaged_project(project, files, damage):
    project.close()
    project.path.write_bytes(damage(project.path.read_bytes()))
    before = project.path.read_bytes()
    assert found_wrong(project.path)
    assert project.path.read_bytes() == before
    assert files() == ["study.annotator"]


def test_a_project_of_a_newer_version(project, files):
    project.close()
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = project.path.read_bytes()
    with pytest.raises(NewerProjectError, match="Update Annotator to open it; nothing was changed"):
        Project.open(project.path)
    assert project.path.read_bytes() == before
    assert files() == ["study.annotator"]


def test_a_new_project_takes_nothings_place(tmp_path):
    (tmp_path / "x.annotator").write_text("mine")
    with pytest.raises(ProjectExistsError):
        Project.create(tmp_path / "x")
    assert (tmp_path / "x.annotator").read_text() == "mine"
    with pytest.raises(MissingFolderError, match="There is no folder"):
        Project.create(tmp_path / "no" / "x")


@pytest.fixture
def shelf(project):
    """A folder with a copy of a project, which an ordinary user may enter.

    Not pytest's own: each of its sessions closes the folder above anew to everybody else.
    """
    project.close()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        shutil.copy(project.path, place / "study.annotator")
        yield place


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean something else there")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "words"),
    [
        (0o444, 0o777, "you may not write the file"),
        (0o666, 0o555, "its folder cannot be written"),
        (0o000, 0o777, "cannot be read"),
    ],
)
def test_a_project_that_may_not_be_written(start, shelf, file_mode, folder_mode, words):
    path = shelf / "study.annotator"
    before = path.read_bytes()
    path.chmod(file_mode)
    shelf.chmod(folder_mode)
    try:
        process = start(ORDINARY, "add", path, __file__)
        out, complaint = process.communicate()
        assert (process.returncode, out) == (1, "")
        assert words in complaint
        assert complaint.count("\n") == 1
        for verb in ("info", "check"):  # reading needs no right to write
            process = start(ORDINARY, verb, path)
            out, complaint = process.communicate()
            assert process.returncode == (0 if file_mode else 1), complaint
    finally:
        shelf.chmod(0o755)
        path.chmod(0o644)
    assert path.read_bytes() == before
    assert [each.name for each in shelf.iterdir()] == ["study.annotator"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root can be two users")
@pytest.mark.parametrize(("folder_mode", "left"), [(0o777, []), (0o1777, ["study.annotator.lock"])])
def test_a_lock_that_another_users_dead_program_left_stops_nobody(start, shelf, folder_mode, left):
    path = shelf / "study.annotator"
    path.chmod(0o666)
    shelf.chmod(folder_mode)
    path.with_name(f"{path.name}.lock").write_text("{}")
    for name in ("Cem", "Dee"):
        process = start(ANOTHER_USER, path, name)
        _, complaint = process.communicate()
        assert process.returncode == 0, complaint
    assert sorted(each.name for each in shelf.iterdir()) == ["study.annotator", *left]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there, and may be longer")
def test_names_that_are_too_long_or_no_utf_8(tmp_path):
    with pytest.raises(ReadOnlyError, match="its name is too long for the files"):
        Project.create(tmp_path / ("x" * 240))
    deep = tmp_path.joinpath(*["d" * 200] * 3)
    deep.mkdir(parents=True)
    with pytest.raises(ReadOnlyError, match="its path is longer than 504 bytes"):
        Project.create(deep / "p")
    assert not list(deep.iterdir())
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff 1"))
    with Project.create(odd, annotator="Ana") as project:
        assert project.name == "bad\ufffd 1"
        project.add_text("She said so.")
        project.save_copy(odd.with_name(f"{odd.name} copy"))
        path = project.path
    with Project.open(path) as project:
        project.export(odd.with_name("out"), "jsonl")
        assert make_backup(path)
    assert restore(path, backup_files(path)[0][0])


def test_a_full_database_rolls_back_and_says_so(project, dump):
    before = dump(project.path)
    pages = project._db.execute("PRAGMA page_count").fetchone()[0]
    project._db.execute(f"PRAGMA max_page_count = {pages}")  # what SQLite answers is what it answers on a full disk
    with pytest.raises(DiskFullError, match="is full, so the last change was not saved"):
        project.add_text("A long article. " * 5000)
    assert dump(project.path) == before
    project._db.execute(f"PRAGMA max_page_count = {pages * 100}")
    project.add_text("A long article. " * 5000)
    assert len(project.articles()) == 3
    assert project.check() == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("making a small disk needs root and the right to mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place):
    with (place / "ballast").open("wb", buffering=0) as ballast:
        for size in (65536, 1):
            try:
                while True:
                    ballast.write(bytes(size))
            except OSError:
                continue


def test_a_full_disk(small_disk, project, dump, tmp_path):
    path = small_disk / "study.annotator"
    project.save_copy(path)
    with Project.open(path) as full:
        article = full.articles()[0].id
        fill(small_disk)
        before = dump(path)
        with pytest.raises(ProjectFileError, match=r"full|cannot be changed"):
            full.annotate(article, "claim", [(0, 8)], annotator="Ana", note="much to say " * 5000)
        assert dump(path) == before
        (small_disk / "ballast").unlink()
        full.annotate(article, "claim", [(0, 8)], annotator="Ana")
        assert full.check() == []
        fill(small_disk)
        with pytest.raises(ProjectFileError):
            full.save_copy(small_disk / "copy")
        assert not (small_disk / "copy.annotator").exists()
    with pytest.raises(ProjectFileError):
        Project.create(small_disk / "new")
    assert sorted(each.name for each in small_disk.iterdir()) == ["ballast", "study.annotator"]
    with Project.open(path, read_only=True) as again:
        assert len(again.annotations()) == 1


def test_what_is_written_beside_a_project_on_a_full_disk_is_told_and_leaves_nothing(small_disk, project, capsys):
    """No backup, export, copy or upgrade is half there, and none says that a label was lost."""
    path = small_disk / "study.annotator"
    project.add_text("A long article. " * 8_000)
    project.save_copy(path)
    old = Path(shutil.copyfile(OLD, small_disk / "old.annotator"))
    fill(small_disk)
    before = path.read_bytes(), old.read_bytes()
    ballast = small_disk / "ballast"
    os.truncate(ballast, ballast.stat().st_size - 65536)  # room for a part of each
    said = []
    for words in (
        ["backups", path, "--make"],
        ["export", path, small_disk / "out.jsonl"],
        ["export", path, small_disk / "out", "--format", "tei"],
        ["upgrade", old],
        ["hand-out", path, small_disk / "out", "--all-articles"],
    ):
        assert run([str(each) for each in words]) == 1
        said.append(capsys.readouterr().err)
    assert all("full" in each or "No space left" in each for each in said), said
    assert not any("last change was not saved" in each for each in said)
    assert (path.read_bytes(), old.read_bytes()) == before
    left = sorted(str(each.relative_to(small_disk)) for each in small_disk.rglob("*") if each.is_file())
    assert left == ["ballast", "old.annotator", "study.annotator"]


def test_a_text_of_200_megabytes(project, tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"The minister denies it. \n" * 40_000)
    report = project.add([path])
    assert report.added == ()
    assert "200 MB" in report.draft.problems[0].message
    assert len(project.articles()) == 2


def test_invalid_utf_8_and_what_is_no_article_stop_nothing(project, tmp_path):
    (tmp_path / "latin.txt").write_bytes("Ministr řekl, že neví. Vláda mlčí.".encode("cp1250") * 20)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("All is well.", "utf-8")
    report = project.add([tmp_path / name for name in ("latin.txt", "empty.txt", "gone.txt", "good.txt")])
    assert len(report.added) == 2
    assert len(report.draft.problems) == 2
    latin = project.article(report.added[0])
    assert "Ministr" in latin.text
    assert latin.provenance.encoding
    assert project.check() == []
