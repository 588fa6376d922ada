"""What grows faster than its input: everything at 1x, 10x and 100x, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.model.article import State
from annotator.project import Project
from tests.benchmarks import corpus, grower

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 1_000, 10_000)
CHARACTERS, LABELS, PEOPLE = 1_500, 12, 3
pytestmark = pytest.mark.timeout(7200)


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """A project of each size, which three have finished."""
    folder = tmp_path_factory.mktemp("growth")
    made = []
    for size in SIZES:
        path = corpus.build(folder / f"{size}.annotator", corpus.Size(size, CHARACTERS, LABELS), people=PEOPLE)
        with Project.open(path) as project, project.step("Finish") as step:
            for head in project.articles():
                for who in project.annotators():
                    image = {
                        "article": head.id,
                        "annotator": who.id,
                        "state": State.DONE.value,
                        "changed_at": "2026-01-01T00:00:00.000Z",
                    }
                    step.writing.put("state", f"{head.id}:{who.id}", image)
        made.append(path)
    yield made
    shutil.rmtree(folder)


@pytest.mark.parametrize("deed", ["open", *grower.DEEDS])
def test_growth(projects, deed, facts):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    told = []
    for path in projects:
        command = [sys.executable, "-m", "tests.benchmarks.grower", deed, str(path)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        told.append(json.loads(done.stdout))
    times = [each["milliseconds"] for each in told]
    memory = [each["peak memory, MB"] for each in told]
    steps = " → ".join(f"{each:,.1f}" for each in times)
    growth = " and ".join(f"x{after / before:.1f}" for before, after in pairwise(times))
    facts[f"{deed}, {SIZES[0]:,} to {SIZES[-1]:,} articles"] = (
        f"{steps} ms ({growth} for 10 times as much); memory {' → '.join(f'{each:,.0f}' for each in memory)} MB"
    )
