"""The package as a program of somebody else's meets it: `import annotator`."""

import ast
import inspect
import pydoc
import re
import runpy
import subprocess
import sys
from pathlib import Path

import annotator

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")


def test_the_example_of_the_package_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code = "\n".join(line[4:] for line in annotator.__doc__.splitlines() if line.startswith("    "))
    (tmp_path / "example.py").write_text(code, "utf-8")
    runpy.run_path("example.py")
    printed = capsys.readouterr().out
    assert "span_f1 denial overlap 1.0 \n" in printed
    assert "span_f1 denial exact 0.0 \n" in printed
    with annotator.Project.open("study.annotator", read_only=True) as project:
        assert [each.label for each in project.annotations()] == ["denial", "denial"]
        assert project.next_redo().title == "Mark “Leak” as done"


def test_every_name_is_there_for_programs_people_and_type_checkers():
    for name in annotator.__all__:
        assert getattr(annotator, name) is not None
        assert name in dir(annotator)
    stub = ast.parse((ROOT / "annotator" / "__init__.pyi").read_text("utf-8"))
    told = {each.asname for node in stub.body if isinstance(node, ast.ImportFrom) for each in node.names}
    assert told | {"__version__"} == set(annotator.__all__)
    for node in stub.body:
        if isinstance(node, ast.ImportFrom):
            for each in node.names:
                assert getattr(annotator, each.name).__module__ == node.module
    assert "code points" in pydoc.render_doc(annotator)


def test_importing_it_loads_none_of_its_rooms():
    code = "import sys, annotator; print([name for name in sys.modules if name.startswith('annotator.')])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_every_verb_is_in_the_table_and_all_in_the_table_exists():
    verbs = {name for name in dir(annotator.Project) if not name.startswith("_")}
    section = PAGE.split("## The verbs")[1].split("What the verbs take")[0]
    told = set(re.findall(r"`(\w+)`", section)) - {"Project"}
    assert verbs - told == set()
    held = {"name", "path", "read_only", "notify"}  # set when a project is opened
    assert told - verbs == held
    for name in verbs:
        assert inspect.getdoc(getattr(annotator.Project, name)), name
