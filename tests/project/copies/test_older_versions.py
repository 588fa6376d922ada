"""Copies of older versions of the program: they are read as they are, and what was done in them comes in."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model.ids import new_id
from annotator.project import Project
from annotator.project.copies.plan import Fate
from annotator.store.database import count
from annotator.store.migrations import migrations

DATA = Path(__file__).resolve().parents[2] / "data"


def test_a_copy_of_an_older_version_of_the_program(tmp_path):
    project_path, file = tmp_path / "p.annotator", tmp_path / "old.annotator"
    shutil.copy(DATA / "schema-1.annotator", file)
    shutil.copy(file, project_path)
    before = file.read_bytes()
    with Project.open(project_path) as project:
        assert project.merge_draft([file]).is_empty
        first = project.articles()[0].id
        project.annotate(first, "source", [(0, 5)], annotator="Ana")
        mine = next(each for each in project.annotations() if each.note == "in two parts")
        project.delete([mine.id])
        assert project.merge_draft([file]).is_empty
    assert file.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir() if "backup" not in each.name) == [
        "old.annotator",
        "p.annotator",
    ]


def label_raw(file, note):
    """Write a label into a file as the version of the program did that made it: a row, its words, a step."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        ana = db.execute("SELECT id FROM annotator WHERE name = 'Ana'").fetchone()[0]
        like = dict(db.execute("SELECT * FROM annotation WHERE note = 'in two parts'").fetchone())
        made = {**like, "id": new_id(), "note": note, "label": "source"}
        words = dict(db.execute("SELECT * FROM fragment WHERE annotation = ?", (like["id"],)).fetchone())
        last = dict(db.execute("SELECT * FROM step ORDER BY number DESC LIMIT 1").fetchone())
        step = {**last, "number": last["number"] + 1, "id": new_id(), "title": "Label source", "annotator": ana}
        change = {"step": step["number"], "place": 0, "noun": "annotation", "key": made["id"], "before": None}
        for table, row in (
            ("annotation", made),
            ("fragment", {**words, "annotation": made["id"], "place": 0}),
            ("step", step),
            ("change", change),
            ("tally", {"annotator": ana, "article": made["article"], "label": "source", "count": 1}),
        ):
            names = ", ".join(f'"{name}"' for name in row)
            db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', tuple(row.values()))
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for derived in {"statistic", "review", "work"} & tables:  # made again when they are needed
            db.execute(f"DELETE FROM {derived}")
        db.commit()


OLDER = sorted(set(DATA.glob("schema-*.annotator")) - {DATA / f"schema-{count(migrations)}.annotator"})


@pytest.mark.parametrize("schema", OLDER, ids=lambda path: path.stem)
def test_what_was_done_in_an_older_version_of_the_program_comes_in(schema, tmp_path):
    path, file = tmp_path / "p.annotator", tmp_path / "old.annotator"
    for each in (path, file):
        shutil.copy(schema, each)
    label_raw(file, "from the older version")
    before = file.read_bytes()
    with Project.open(path) as project:
        first = project.articles()[0].id
        project.annotate(first, "source", [(0, 5)], annotator="Ben")
        plan = project.merge_draft([file])
        assert (plan.count(Fate.NEW), plan.conflicts, plan.unplaced) == (1, (), ())
        project.merge(plan)
        assert "from the older version" in [each.note for each in project.annotations(first, "Ana")]
        assert project.check() == []
        assert project.merge_draft([file]).is_empty
    assert file.read_bytes() == before
