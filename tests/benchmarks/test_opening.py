"""Opening the large project, going from article to article, starting the program, and the memory all that takes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.project import Project
from annotator.project.upgrading import bring_up_to_date
from annotator.store.database import count
from annotator.store.migrations import migrations
from tests.benchmarks import corpus
from tests.benchmarks.older import aged

ROOT = Path(__file__).resolve().parents[2]
STARTS = 10
pytestmark = pytest.mark.timeout(1200)


def visit(what: str, folder: Path, project: Path) -> tuple[dict, float]:
    """Run `visitor` and return what it told, and when it was started (seconds since 1970)."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    # Where this is set, every start compiles the whole program anew, which takes half as long again; nobody's does.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.visitor", what, str(folder), str(project)]
    begun = time.time()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout), begun


def test_opening_the_big_project(big, times):
    for _ in range(5):
        with times.of("big: Project.open"):
            project = Project.open(big)
        who = project.annotators()[0].id
        with times.of("big: list of articles with states and counts"):
            project.articles(who)
        with times.of("big: counts of all labels"):
            project.counts(who)
        project.close()


def test_the_window_on_the_big_project(big, times, facts, tmp_path):
    for _ in range(3):
        told, _ = visit("work", tmp_path, big)
        times.add(
            "big: window and project opened, painted, every event handled",
            told["opened"],
            "1,000",
            memory=told["peak memory, MB"],
        )
        times.add("big: window and project opened, processor", told["processor"])
        for each in told["switches"]:
            times.add("big: next article, key to everything settled", each, "50")
        for each in told["switches, of the window's thread"]:
            times.add("big: next article, key to everything settled, of the window's thread", each)
        for each in told["labels"]:
            times.add("big: label, key to painted", each)
        facts["big: peak memory of the window"] = f"{told['peak memory, MB']:,.0f} MB (aim 400)"


@pytest.mark.parametrize(("name", "size"), [("ordinary", corpus.ORDINARY), ("huge", corpus.HUGE), ("big", corpus.BIG)])
def test_starting_the_program(copy, times, facts, tmp_path, name, size):  # noqa: PLR0917 - fixtures
    project = copy(name, size)
    visit("start", tmp_path, project)  # the first one may compile
    for _ in range(STARTS):
        told, begun = visit("start", tmp_path, project)
        times.add(f"{name}: start of the process until painted", (told["painted at"] - begun) * 1000, "1,500")
        times.add(f"{name}: start of the process until painted, processor", told["processor"])
    facts[f"{name}: memory when started"] = f"{told['peak memory, MB']:,.0f} MB"


@pytest.mark.parametrize("version", range(1, count(migrations)))
def test_an_older_project_is_brought_up_to_date(big, times, version):
    """With the backup that is made of it first: the window tells how far that is, and goes on meanwhile."""
    old = aged(big, big.with_name("old.annotator"), version)
    processor = time.process_time()
    with times.of(f"big: schema {version} backed up and brought up to date"):
        bring_up_to_date(old, lambda _done, _total: None)
    busy = (time.process_time() - processor) * 1000
    times.add(f"big: schema {version} backed up and brought up to date, processor", busy)
