"""``kill -9`` in the middle of a merge leaves the project as it was before, or as it is after, and nothing between."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.project import Project
from tests.benchmarks import corpus
from tests.project.copies.team import whole

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL"),
    pytest.mark.timeout(300),
]
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("Ana", "Ben", "Cem")
_MERGE = """
import sys
from annotator.project import Project
with Project.open(sys.argv[1]) as project:
    plan = project.merge_draft(sys.argv[2:])
    print("ready", flush=True)
    sys.stdin.readline()
    project.merge(plan)
    print("done", flush=True)
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A project and three copies of it with 300 labels each."""
    folder = tmp_path_factory.mktemp("team")
    path = corpus.build(folder / "p.annotator", corpus.Size(articles=3, characters=6_000, labels=2))
    with Project.open(path) as project:
        for name in PEOPLE:
            project.ensure_annotator(name)
        ids = [each.id for each in project.articles()]
        copies = [project.hand_out(name, folder / name, ids=ids).path for name in PEOPLE]
    dice = random.Random(1)
    for name, copy in zip(PEOPLE, copies, strict=True):
        with Project.open(copy) as project, project._db.atomic():
            for article in ids:
                for span in corpus.spans(dice, project.article(article).text, 100):
                    project.annotate(article, "claim", span, annotator=name)
    return path, copies


def test_a_merge_is_whole_or_not_at_all(team, tmp_path, start, kill, seen):
    template, copies = team
    path = Path(shutil.copy(template, tmp_path / "p.annotator"))
    before = whole(path)
    process = start(_MERGE, path, *copies)
    assert process.stdout.readline().strip() == "ready", process.communicate()[1]
    process.stdin.write("\n")
    process.stdin.flush()
    wait = random.Random(kill).uniform(0, 0.2)
    try:
        process.wait(wait)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with Project.open(path) as project:
        assert project.check() == []
        after = whole(path)
        if after != before:
            assert len(project.annotations()) == len(before["annotation"]) + 900
            seen["merges that were done before the kill"] += 1
            project.undo()
            assert whole(path) == before
        else:
            seen["merges that a kill has left undone"] += 1
            assert project.merge(project.merge_draft(copies)).new == 900
    assert [each.name for each in tmp_path.iterdir()] == ["p.annotator"]
