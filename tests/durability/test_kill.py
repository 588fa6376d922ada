"""``kill -9`` while somebody labels in the real window: what was painted is in the file, and the file is sound."""

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotator.project import Project
from tests.benchmarks import corpus

pytest.importorskip("PySide6", reason="the window needs Qt")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1.5
"""Seconds of labelling before the kill, at the most."""


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A project of three articles with a few labels in each."""
    path = tmp_path_factory.mktemp("template") / "p.annotator"
    return corpus.build(path, corpus.Size(articles=3, characters=4_000, labels=12))


@pytest.fixture
def project(template, tmp_path):
    path = tmp_path / "study" / "p.annotator"
    path.parent.mkdir()
    path.write_bytes(template.read_bytes())
    return path


def label_and_kill(project: Path, folder: Path, seed: int, after: float) -> list[dict]:
    """Let a window label for so many seconds, kill it, and return what it told."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.durability.labeller", str(project), str(folder), str(seed)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        first = process.stdout.readline()
        assert json.loads(first or b"{}").get("ready"), process.stderr.read().decode()
        timer = threading.Timer(after, process.kill)
        timer.start()
        told = process.stdout.read()
        timer.cancel()
        process.wait()
        assert process.returncode == -9, process.stderr.read().decode()
    whole, _, _ = told.rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines()]


def painted(told: list[dict]) -> tuple[dict[str, dict], int]:
    """Return the marks of all pages as they were last painted, by id, and the last step that was painted."""
    marks: dict[str, dict] = {}
    step, news = 0, []
    for line in told:
        if "step" not in line:
            news.append(line)
            continue
        step = line["step"]
        for each in news:
            if "gone" in each:
                marks.pop(each["gone"], None)
            else:
                marks[each["id"]] = each
        news = []
    return marks, step


def stored(project: Project, step: int) -> tuple[dict[str, dict], int]:
    """Return the labels as they were in the file after a step, and how many steps came after it."""
    found = {
        each.id: {
            "id": each.id,
            "article": each.article,
            "label": each.label,
            "fragments": [list(fragment) for fragment in each.span.fragments],
            "words": list(each.span.covered(project.article(each.article).text)),
        }
        for each in project.annotations()
    }
    later = "SELECT key, before FROM change WHERE noun = 'annotation' AND step > ? ORDER BY step DESC, place DESC"
    for key, before in project._db.execute(later, (step,)).fetchall():
        if before is None:
            found.pop(key, None)
            continue
        image = json.loads(before)
        found[key] = {
            "id": key,
            "article": image["article"],
            "label": image["label"],
            "fragments": [[start, end] for start, end, _ in image["fragments"]],
            "words": [words for _, _, words in image["fragments"]],
        }
    return found, project.steps(1)[0].number - step


@pytest.mark.timeout(120)
def test_what_was_painted_survives_a_kill(project, tmp_path, kill, seen):
    dice = random.Random(kill)
    with Project.open(project) as before:
        first = before.steps(1)[0].number
    told = label_and_kill(project, tmp_path, kill, dice.uniform(0, LONGEST))
    marks, step = painted(told)
    left = {path.name for path in project.parent.iterdir()}
    assert left <= {"p.annotator", "p.annotator.lock", "p.annotator-journal"}

    if dice.random() < 0.3:  # somebody looks at it before it is opened for writing again
        with Project.open(project, read_only=True) as reading:
            assert reading.check() == []
    with Project.open(project) as again:
        assert again.check() == []
        found, unseen = stored(again, max(step, first))
        articles = {mark["article"] for mark in marks.values()}
        assert {key: mark for key, mark in found.items() if mark["article"] in articles} == marks
        assert unseen <= 8, "steps that were not painted belong to one gesture"
    assert [path.name for path in project.parent.iterdir()] == ["p.annotator"]

    seen["kills of a labelling window"] += 1
    seen["paints of the page told before the kill"] += sum("step" in line for line in told)
    seen["steps that were painted (label, relabel, reshape, delete, undo, redo)"] += max(step - first, 0)
    seen["steps in the file that were not painted yet"] += unseen
    seen["painted labels compared with the file, all found"] += len(marks)
    seen["kills that left a journal behind, all healed"] += "p.annotator-journal" in left
