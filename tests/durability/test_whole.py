"""``kill -9`` in the middle of something large: an import, its undo, its redo are in the file whole or not at all."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotator.project import Project
from tests.benchmarks import corpus

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

ROOT = Path(__file__).resolve().parents[2]
SIZE = corpus.Size(articles=30, characters=3_000, labels=30)
LONGEST = 1.5
"""Seconds before the kill, at the most."""

_IMPORTER = """
import os, sys
from annotator.project import Project
with Project.open(sys.argv[1]) as project:
    os.write(1, b"begun\\n")
    project.import_(sys.argv[2])
    os.write(1, b"in\\n")
    while True:
        project.undo()
        os.write(1, b"out\\n")
        project.redo()
        os.write(1, b"in\\n")
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    with Project.open(corpus.build(folder / "p.annotator", SIZE)) as project:
        project.export(folder / "p.jsonl")
    return folder / "p.jsonl"


@pytest.mark.timeout(120)
def test_an_import_is_whole_or_not_at_all(exported, tmp_path, kill, seen):
    path = tmp_path / "p.annotator"
    Project.create(path).close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _IMPORTER, str(path), str(exported)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"begun\n"
        timer = threading.Timer(random.Random(kill).uniform(0, LONGEST), process.kill)
        timer.start()
        told = process.stdout.read().split()
        timer.cancel()
    left = (tmp_path / "p.annotator-journal").exists()

    with Project.open(path) as project:
        assert project.check() == []
        found = len(project.articles()), len(project.annotations())
    whole, nothing = (SIZE.articles, SIZE.articles * SIZE.labels), (0, 0)
    last = whole if told[-1:] == [b"in"] else nothing
    following = nothing if last == whole else whole
    assert found in (last, following)
    assert [each.name for each in tmp_path.iterdir()] == ["p.annotator"]

    seen["kills of a large import, its undo and redo"] += 1
    seen["of these with a journal left behind, all healed"] += left
