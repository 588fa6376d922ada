"""What takes long: adding, searching, checking, exporting, importing."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.project import Project
from tests.benchmarks import corpus

ROOT = Path(__file__).resolve().parents[2]
FILES = 4_000
pytestmark = pytest.mark.timeout(3600)


def test_adding_files(times, tmp_path):
    dice = random.Random(1)
    words = corpus.vocabulary(dice)
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:05}.txt").write_text(corpus.text(dice, words, 3_000), encoding="utf-8")
    with Project.create(tmp_path / "p", annotator=corpus.ANNOTATOR) as project:
        with times.of(f"read {FILES:,} files"):
            draft = project.draft([folder])
        with times.of(f"add {FILES:,} articles, committed"):
            project.commit(draft)
        with times.of(f"undo adding {FILES:,} articles"):
            project.undo()


def test_finding(big, times):
    with Project.open(big) as project:
        for query in ("xi", "no such words", "é"):
            with times.of(f"big: find “{query}” in 10,000 articles"):
                sum(1 for _ in project.find(query))


def test_checking(big, times):
    with Project.open(big) as project, times.of("big: check"):
        assert project.check() == []


_EXPORT = """
import sys
from annotator.project import Project
from tests.benchmarks.measure import peak
with Project.open(sys.argv[1]) as project:
    getattr(project, sys.argv[2])(sys.argv[3])
print(peak())
"""


@pytest.mark.parametrize("verb", ["export", "save_copy"])
def test_writing_it_elsewhere(big, times, facts, tmp_path, verb):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _EXPORT, str(big), verb, str(tmp_path / "out")]
    with times.of(f"big: {verb}"):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    facts[f"big: peak memory of {verb}"] = f"{float(done.stdout):,.0f} MB"


def test_importing(copy, times, tmp_path):
    with Project.open(copy("some", corpus.Size(500, 3_000, 100))) as project:
        project.export(tmp_path / "some.jsonl")
    with Project.create(tmp_path / "new") as new:
        with times.of("import 500 articles with 50,000 labels"):
            new.import_(tmp_path / "some.jsonl")
        with times.of("import them again"):
            new.import_(tmp_path / "some.jsonl")
        with times.of("undo that import"):
            new.undo()
        with times.of("redo it"):
            new.redo()
