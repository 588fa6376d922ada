"""The README has exactly two commands that set everything up, and what it says of the program is so."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from annotator.cli import annotator

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_two_commands_do_all_the_setting_up():
    commands = [line for line in README.splitlines() if line.startswith("python3 ")]
    assert commands == [
        "python3 -m pip install -e . && python3 main.py",
        'python3 -m pip install -e ".[test]" && python3 -m pytest -n auto',
    ]


def test_every_command_is_shown_and_every_one_shown_exists():
    shown = re.findall(r"^annotator (\w+) ", README, re.MULTILINE)
    assert set(shown) <= set(annotator.list_commands(click.Context(annotator)))
    for verb in ("new", "add", "info", "export", "import", "check"):
        assert verb in shown
        assert CliRunner().invoke(annotator, [verb, "--help"]).exit_code == 0


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/jsonl.md", "docs/python.md", "docs/project-file.md"]
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#]+)\)", text):
        if not target.startswith("https://"):
            assert ((ROOT / page).parent / target).exists(), target


def test_the_map_names_what_is_there():
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for floor in (ROOT / "annotator", ROOT / "annotator" / "ui"):
        for room in sorted(each.name for each in floor.iterdir() if (each / "__init__.py").is_file()):
            assert f"  {room}/" in page


def test_the_key_of_a_readme_row_is_the_programs():
    catalogue = (ROOT / "annotator" / "ui" / "actions" / "catalogue.py").read_text("utf-8")
    for name, keys in {
        "Next label in the text": "N",
        "Previous label in the text": "P",
        "Done, next article": "Ctrl+Enter Ctrl+Return",
        "Next article": "Ctrl+PgDown",
        "Find in all articles": "Ctrl+Shift+F",
        "Extend selection by a sentence": ".",
        "Extend selection by a paragraph": ",",
    }.items():
        assert re.search(rf"; {re.escape(name)}; {re.escape(keys)}[; ]", catalogue), name


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("script", ["run", "check"])
def test_the_scripts_of_ci_are_whole(script):
    assert subprocess.run(["bash", "-n", ROOT / ".ci" / script], check=False).returncode == 0
