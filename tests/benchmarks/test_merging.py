"""Copies that come back: 20 of them, of 1,000 articles, with 50,000 new labels."""

import random

import pytest

from annotator.model.assigning import Scheme
from annotator.project import Project
from tests.benchmarks import corpus

ARTICLES, COPIES, LABELS = 1_000, 20, 50
pytestmark = pytest.mark.timeout(3600)
"""Every annotator labels each of 50 articles of their own 50 times, and has all 1,000 in the copy."""


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A project and its copies, with the labels in them."""
    folder = tmp_path_factory.mktemp("team")
    path = corpus.build(folder / "p.annotator", corpus.Size(ARTICLES, 3_000, 0))
    names = [f"Annotator {number}" for number in range(COPIES)]
    with Project.open(path) as project:
        for name in names:
            project.ensure_annotator(name)
        ids = [each.id for each in project.articles()]
        copies = [project.hand_out(name, folder / name, ids=ids).path for name in names]
    for number, (name, copy) in enumerate(zip(names, copies, strict=True)):
        _label(copy, name, ids[number * LABELS : (number + 1) * LABELS], random.Random(number))
    return path, copies


def _label(copy, name, ids, dice):
    with Project.open(copy) as project, project._db.atomic():
        for article in ids:
            content = project.article(article).text
            for span in corpus.spans(dice, content, LABELS):
                project.annotate(article, dice.choice(corpus.LABELS), span, annotator=name)


def test_merging(team, times, facts):
    path, copies = team
    with Project.open(path) as project:
        with times.of(f"look at {COPIES} copies with {COPIES * LABELS * LABELS:,} labels", "seconds"):
            plan = project.merge_draft(copies)
        with times.of(f"merge {COPIES} copies with {COPIES * LABELS * LABELS:,} labels", "seconds"):
            report = project.merge(plan)
        with times.of("look at the same copies again"):
            again = project.merge_draft(copies)
        with times.of("undo the merge"):
            project.undo()
        project.redo()
    facts["labels merged"] = f"{report.new:,}, again {len(again.items):,}"
    facts["size of the project after it"] = f"{path.stat().st_size / 1e6:.0f} MB"


def test_handing_out(team, times, tmp_path):
    path, _ = team
    with Project.open(path) as project:
        with times.of("plan 1,000 articles for 20 annotators, all doubly"):
            plan = project.assign_plan([f"Annotator {number}" for number in range(COPIES)], Scheme(readers=2))
        project.assign(plan)
        with times.of("hand out 20 copies of 100 articles"):
            project.hand_out_all(tmp_path / "out")
        with times.of("how far 20 annotators are"):
            project.progress()
