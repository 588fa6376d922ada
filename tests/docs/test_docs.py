"""What the documentation shows is run as it stands there."""

import json
import re
import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.formats import jsonl
from annotator.project import Project
from annotator.project.templates import template

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def blocks(name, language):
    """The code of one language in a page, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", (DOCS / name).read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(code, here):
    (here / "example.py").write_text(code, "utf-8")
    runpy.run_path("example.py")


def test_the_python_example(here, capsys):
    run(blocks("python.md", "python")[0], here)
    assert capsys.readouterr().out.splitlines() == [
        "('she said', 'say')",
        "This is labelled claim already.",
        "[('moved', 'she said … say'), ('moved', 'she knew')]",
        "1 3 1 ()",
        "denial (Fragment(start=26, end=46),)",
        "attribution (Fragment(start=48, end=56), Fragment(start=76, end=79))",
        "claim (Fragment(start=80, end=88),)",
    ]
    with Project.open("copy.annotator", read_only=True) as copy:
        assert copy.check() == []


def test_labels_as_a_table(here, project, capsys):
    pytest.importorskip("pandas", reason="pandas is no part of this")
    project.annotate(project.articles()[0].id, "claim", [(0, 8), (16, 23)], annotator="Ana")
    run(blocks("python.md", "python")[1], here)
    assert "Ana        claim    1" in capsys.readouterr().out


def test_the_example_line_is_a_line_of_the_format(here):
    (text,) = blocks("jsonl.md", "json")
    line = json.loads(text)
    line["project"]["codebooks"] = [template("default").to_dict()]
    (here / "line.jsonl").write_text(json.dumps(line), "utf-8")
    with Project.create("study") as project:
        assert project.import_("line.jsonl").problems == ()
        project.export("out.jsonl")
    back = json.loads((here / "out.jsonl").read_text("utf-8"))
    del back["project"], line["project"]
    assert back == line


def keys(value):
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            if key not in ("attributes", "codebooks"):
                yield from keys(each)
    if isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_every_key_is_documented():
    page = (DOCS / "jsonl.md").read_text("utf-8")
    (text,) = blocks("jsonl.md", "json")
    tables = "\n".join(row for row in page.splitlines() if row.startswith("|"))
    words = set(re.findall(r"`([^`]+)`", tables))
    provenance = {"source", "source_hash", "importer", "encoding", "report", "added_at"}  # described in words
    assert set(keys(json.loads(text))) - words - provenance == set()
    assert jsonl.FORMAT in words


def test_reading_lines_with_plain_python(here, project, capsys):
    project.annotate(project.articles()[0].id, "claim", [(0, 8), (16, 23)], annotator="Ana")
    project.export("study.jsonl")
    run(blocks("jsonl.md", "python")[0], here)
    assert capsys.readouterr().out == "Minister denies knowing of the report 📰\tAna\tclaim\tMinister … knowing\n"


def test_reading_lines_with_pandas(here, project, capsys):
    pytest.importorskip("pandas", reason="pandas is no part of this")
    project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    project.export("study.jsonl")
    run(blocks("jsonl.md", "python")[1], here)
    assert "Ana" in capsys.readouterr().out


def test_the_query(project):
    project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    query, _ = blocks("project-file.md", "sql")
    with closing(sqlite3.connect(project.path)) as connection:
        assert connection.execute(query).fetchall() == [("Ana", "claim", "Minister")]


def test_the_example_of_a_team(here, capsys):
    (code,) = blocks("team.md", "python")
    run(code, here)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "[('study - Ana.annotator', 1), ('study - Ben.annotator', 1)] 0"
    assert said[1] == "2 2 True"
    assert said[2] == "['Is this a denial?', 'Is this a denial?']"


def test_the_example_of_adjudication(here, capsys):
    (code,) = blocks("adjudication.md", "python")
    run(code, here)
    assert capsys.readouterr().out.splitlines() == [
        "boundary 5 [('that the bridge was safe',), ('the bridge was safe',)]",
        "0 1",
        "claim ('the bridge was safe',) overlap edge",
        "denial ('Engineers denied',) all ",
        "Ana 1.0",
        "Ben 0.5",
        "{'same': 1, 'boundary': 1}",
    ]
    _, query = blocks("project-file.md", "sql")
    with closing(sqlite3.connect("study.annotator")) as connection:
        assert connection.execute(query).fetchall() == [
            ("the bridge was safe", "claim", "overlap", "Ana", "edge", "claim-u1"),
            ("Engineers denied", "denial", "all", "Ana", "", ""),
        ]
