"""The walls between the rooms stand; and each falls when it is broken on purpose, or it would be decoration."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("importlinter", reason="import-linter comes with the extra [check]")

ROOT = Path(__file__).resolve().parent.parent
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

BREACHES = {
    "The rooms lie above one another, and each is in the plan": [
        ("model/span.py", "import annotator.text.words"),
        ("store/rows.py", "import annotator.formats.record"),
        ("formats/record.py", "import annotator.articles.read"),
        ("project/past.py", "import annotator.ui.requirements"),
        ("helpers/__init__.py", ""),
    ],
    "The project is the only door to the rooms below it": [
        ("ui/requirements.py", "import annotator.store.rows"),
        ("cli.py", "import annotator.formats"),
    ],
    "Qt lives in ui alone": [("text/words.py", "import PySide6.QtCore"), ("project/past.py", "import PySide6.QtGui")],
    "The commands reach Qt only through ui": [("cli.py", "import PySide6.QtWidgets")],
    "matplotlib lives in plots alone": [
        ("ui/requirements.py", "import matplotlib"),
        ("project/past.py", "import matplotlib.figure"),
    ],
    "SQL lives in store alone": [("project/past.py", "import sqlite3"), ("ui/requirements.py", "import sqlite_utils")],
    "The nouns need nothing but Python": [("model/ids.py", "import regex"), ("model/article.py", "import sqlite3")],
    "The rooms of the window lie above one another, and each is in the plan": [
        ("ui/look/chip.py", "import annotator.ui.session.later"),
        ("ui/team/words.py", "import annotator.ui.exchange.sheet"),
        ("ui/helpers/__init__.py", ""),
    ],
    "No circles": [("store/rows.py", "import annotator.store.history")],
}


def lint(folder):
    """Return what import-linter says of the package in a folder, blanks joined: it breaks its lines as it likes."""
    found = subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return found.returncode, " ".join((found.stdout + found.stderr).split())


@pytest.fixture
def house(tmp_path):
    """A copy of the package and its plan."""
    shutil.copytree(ROOT / "annotator", tmp_path / "annotator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_walls_stand():
    status, said = lint(ROOT)
    assert status == 0, said


@pytest.mark.parametrize(
    ("wall", "module", "line"),
    [(wall, module, line) for wall, breaches in BREACHES.items() for module, line in breaches],
)
def test_each_wall_falls_when_it_is_broken(house, wall, module, line):
    path = house / "annotator" / module
    path.parent.mkdir(exist_ok=True)
    path.touch()
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
    status, said = lint(house)
    assert status == 1
    assert f"{wall} BROKEN" in said


def test_every_wall_is_tried():
    said = lint(ROOT)[1]
    assert all(f"{wall} KEPT" in said for wall in BREACHES)
    assert f"Contracts: {len(BREACHES)} kept, 0 broken." in said
