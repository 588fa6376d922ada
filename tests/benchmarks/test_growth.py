"""What grows faster than its input: everything at 1x, 10x and 100x, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import grower

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(7200)


def told_by(module: str, *words: object) -> dict:
    """Run a program of this folder, and return what it told."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's program compiles its modules at each visit
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, words)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("deed", ["open", *grower.DEEDS])
def test_growth(grown, deed, growth):
    growth.add(deed, list(grown), [told_by("grower", deed, path) for path in grown.values()])


def test_every_view(grown, growth, tmp_path):
    """How long each view of the window takes, and for how long the window stands still meanwhile."""
    looked = []
    for size, path in grown.items():
        folder = tmp_path / str(size)
        folder.mkdir()
        looked.append(told_by("looker", shutil.copyfile(path, folder / "p.annotator"), folder))
    for view in looked[0]:
        growth.add(view, list(grown), [each[view] for each in looked])
