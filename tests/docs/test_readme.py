"""The README has exactly two commands that set everything up, and what it says of the program is so."""

import re
import shlex
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import click
import pytest

from annotator import Project, State
from annotator.cli import annotator, run

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_two_commands_do_all_the_setting_up():
    commands = [line for line in README.splitlines() if line.startswith("python3 ")]
    assert commands == [
        "python3 -m pip install -e . && python3 main.py",
        'python3 -m pip install -e ".[test]" && python3 -m pytest -n auto',
    ]


def understood(words):
    """Read the words of a command line as the program does, without doing anything."""
    ctx = click.Context(annotator)
    _, verb, rest = annotator.resolve_command(ctx, words)
    with verb.make_context(verb.name, rest, parent=ctx) as inner:
        if isinstance(verb, click.Group):  # codebook PROJECT VERB …
            verb.commands[rest[1]].make_context(rest[1], rest[2:], parent=inner).close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_that_is_shown_is_understood(page):
    text = page.read_text("utf-8")
    shown = re.findall(r"^annotator ([^\n\[]+)$", text, re.MULTILINE) + re.findall(r"`annotator ([^`]+)`", text)
    for line in shown:
        words = shlex.split(line, comments=True)
        if words[0] in annotator.list_commands(click.Context(annotator)) and len(words) > 1:
            understood(words)


def test_the_commands_of_the_readme_one_after_the_other(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "leak.txt").write_text("Leak\n\nShe never saw the report, she said.\n", "utf-8")
    (tmp_path / "one.txt").write_text("Old title\n\nThe firm denied it. Two aides say it knew.\n", "utf-8")
    (tmp_path / "corrected.html").write_text(
        "<html><body><h1>Old title</h1><p>The firm denied it. Three aides say it knew.</p></body></html>", "utf-8"
    )
    (block,) = re.findall(r"^```\n(annotator new .*?)^```", README, re.DOTALL | re.MULTILINE)
    lines = block.splitlines()
    assert len(lines) > 15
    for line in lines[:-1]:  # the last one opens the window
        words = shlex.split(line, comments=True)[1:]
        assert run(words) == 0, (line, capsys.readouterr().err)
        if words[0] == "hand-out":
            label_the_copies(tmp_path / "copies")
    with Project.open("study.annotator", read_only=True) as study, Project.open("other.annotator") as other:
        assert len(study.annotations()) == 2 * 2 + 2  # two articles of two, and gold
        assert study.annotations() == other.annotations()


def label_the_copies(folder):
    for path in folder.iterdir():
        with Project.open(path) as copy:
            (who,) = copy.annotators()
            for article in copy.articles():
                copy.annotate(article.id, "claim", [(11, 20)], annotator=who.name)
                copy.set_state(article.id, who.name, State.DONE)


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/jsonl.md", "docs/python.md", "docs/project-file.md"]
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", text):
        if not target.startswith("https://"):
            assert ((ROOT / page).parent / target).exists(), target


def test_whatever_is_installed_with_it_is_named_with_its_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = (project["optional-dependencies"][name] for name in ("gamma", "parquet", "spacy"))
    needed = {re.match(r"[\w-]+", each)[0] for each in (*project["dependencies"], *chain(*extras))}
    notice = (ROOT / "NOTICE.md").read_text("utf-8").casefold().replace("_", "-")
    assert {each for each in needed if each.removesuffix("-Essentials").casefold() not in notice} == set()
    assert "PySide6-Essentials" in needed


def test_the_map_names_what_is_there():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for floor in (ROOT / "annotator", ROOT / "annotator" / "ui"):
        for room in sorted(each.name for each in floor.iterdir() if (each / "__init__.py").is_file()):
            assert f"  {room}/" in page


@pytest.fixture(scope="module")
def actions():
    """Names and keys of the program's actions: read as text, for where there is no Qt."""
    catalogue = (ROOT / "annotator" / "ui" / "actions" / "catalogue.py").read_text("utf-8")
    rows = re.findall(r"^[a-z_.0-9]+; ([^;\n]+); ([^;\n]+);", catalogue, re.MULTILINE)
    assert len(rows) > 150
    return [(name, keys.split()) for name, keys in rows]


def test_the_key_of_a_readme_row_is_the_programs(actions):
    for name, key in {
        "Next label in the text": "N",
        "Previous label in the text": "P",
        "Done, next article": "Ctrl+Enter",
        "Next article": "Ctrl+PgDown",
        "Find in all articles": "Ctrl+Shift+F",
        "Extend selection by a sentence": ".",
        "Extend selection by a paragraph": ",",
    }.items():
        assert any(key in keys for each, keys in actions if each == name), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_key_and_menu_entry_that_is_shown_exists(page, actions):
    text = page.read_text("utf-8")
    keys = {key for _, each in actions for key in each} | {"Ctrl+A", "Ctrl+drag", "Alt+Shift+letter"}
    shown = {each.rstrip(".,;:)*|`") for each in re.findall(r"(?:Ctrl|Alt|Shift)\+\S+", text)}
    assert {each for each in shown if each not in keys and not each.endswith("+")} == set()
    for entry in re.findall(r"\*\*(?:File|Article|Label|Team|Help) ▸ ([^*]+)\*\*", text):
        assert " ".join(entry.split()) in dict(actions)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("script", ["run", "check"])
def test_the_scripts_of_ci_are_whole(script):
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / script], check=False).returncode == 0
