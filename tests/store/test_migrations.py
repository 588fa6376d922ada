"""A file of an older version is backed up and brought up to date; one of a newer version is left alone."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from annotator.model.errors import NewerProjectError, ReadOnlyError
from annotator.project import Project
from annotator.store.database import count, open_file
from annotator.store.migrations import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def with_more(*steps):
    """The program's steps, and more that a later version might add."""
    later = Migrations("annotator")
    for step in (*migrations._migrations, *steps):
        later(name=getattr(step, "name", None) or step.__name__)(getattr(step, "fn", step))
    return later


def add_column(db):
    db.execute("ALTER TABLE article ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")


def fail(db):
    db.execute("DELETE FROM state")
    db.execute("CREATE TABLE half (id INTEGER)")
    raise RuntimeError("half-way")


@pytest.fixture
def path(project):
    project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    project.close()
    return project.path


def backups(path):
    return sorted(path.parent.glob("*.backup-*"))


def test_an_older_file_is_backed_up_then_brought_up_to_date(path, dump):
    before = dump(path)
    open_file(path, writing=True, steps=with_more(add_column)).close()
    assert version(path) == count(migrations) + 1
    assert [row[-1] for row in dump(path)["article"]] == ["calm", "calm"]
    (backup,) = backups(path)
    assert backup.name.startswith("study.backup-v")
    assert version(backup) == count(migrations)
    assert dump(backup) == before
    with Project.open(backup) as restored:
        assert len(restored.annotations()) == 1
        assert restored.check() == []


@pytest.mark.parametrize("steps", [(fail,), (add_column, fail)])
def test_a_step_that_fails_half_way_leaves_the_file_as_it_was(path, steps):
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="half-way"):
        open_file(path, writing=True, steps=with_more(*steps))
    assert path.read_bytes() == before
    with Project.open(path) as project:
        assert project.check() == []


def test_a_newer_file_is_refused_and_not_touched(path, files):
    open_file(path, writing=True, steps=with_more(add_column)).close()
    backups(path)[0].unlink()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NewerProjectError, match="newer version"):
            Project.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert files() == ["study.annotator"]


def test_an_older_file_is_not_changed_by_reading(path):
    before = path.read_bytes()
    with pytest.raises(ReadOnlyError, match="older version"):
        open_file(path, writing=False, steps=with_more(add_column))
    assert path.read_bytes() == before
    assert backups(path) == []


@pytest.mark.parametrize("name", [path.name for path in sorted(DATA.glob("schema-*.annotator"))])
def test_a_file_of_every_released_schema_opens(name, tmp_path):
    path = tmp_path / name
    shutil.copy(DATA / name, path)
    with Project.open(path) as project:
        assert version(path) == count(migrations)
        assert project.check() == []
        first, second = project.articles("Ana")
        assert (first.count, first.state, second.state) == (3, "done", "nothing found")
        text = project.article(first.id).text
        covered = {each.label: each.span.covered(text) for each in project.annotations(first.id, "Ana")}
        assert covered == {
            "claim": ("she knew 📰",),
            "denial": ("never", "saw it"),
            "attribution": ("said",),
        }
        assert {(link.kind, link.target is None) for link in project.links()} == {("denies", False), ("denies", True)}
        assert [each.annotation.note for each in project.trash()] == ["deleted"]
        assert project.codebook.revision == 2
        while project.undo():
            pass
        assert project.articles() == []


def test_there_is_a_file_of_this_schema():
    assert (DATA / f"schema-{count(migrations)}.annotator").is_file()


def columns(path):
    """Every table's columns, and the names of all indexes and triggers."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {
            (kind, name): connection.execute(f'PRAGMA table_info("{name}")').fetchall() if kind == "table" else ()
            for kind, name in found
        }


@pytest.mark.parametrize("name", [path.name for path in sorted(DATA.glob("schema-*.annotator"))])
def test_an_upgraded_file_has_the_schema_of_a_new_one(name, tmp_path, path):
    shutil.copy(DATA / name, tmp_path / name)
    Project.open(tmp_path / name).close()
    assert columns(tmp_path / name) == columns(path)
