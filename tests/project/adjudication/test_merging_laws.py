"""Random work and random decisions, in a project and copies of it, merged: sound, once, undone, and nothing untold."""

import random
import shutil

import pytest

from annotator.model.adjudication import Cell, Outcome
from annotator.model.article import State
from annotator.model.errors import AnnotatorError, ProjectFileError
from annotator.project import Project
from annotator.project.copies.plan import Rule
from tests.project.copies.team import TEXTS, Worker

NAMES = ("Ana", "Ben", "Cem")
TABLES = ("annotator", "annotation", "fragment", "attribute", "link", "state", "decision", "thread", "message", "tally")


def decide(project, dice):
    """Decide something at random, take something back, or accept by a rule."""
    items = project.queue(Cell(agreed=dice.random() < 0.5)).items
    if not items:
        return
    found = dice.choice(items)
    what = dice.choice([Outcome.VERSION, Outcome.UNION, Outcome.OVERLAP, Outcome.NONE, Outcome.ASKED, "rule", "back"])
    if what == "rule":
        project.accept(project.rule_draft(dice.choice(["all", "majority"])), by="Ana")
    elif what == "back":
        project.undecide(dice.choice([each.id for each in project.decisions()] or [""]), by="Ana")
    elif what is Outcome.ASKED:
        project.ask_about(found, "Why?", by="Ben")
    else:
        version = dice.randrange(len(found.versions))
        project.decide(found, what, version=version, by="Cem", whole=dice.random() < 0.5)


def work(project, dice, times):
    """Label and decide; what is refused with a sentence is left, but a file never turns out damaged."""
    for _ in range(times):
        try:
            if dice.random() < 0.4:
                decide(project, dice)
            else:
                Worker(project, dice.choice(NAMES), dice).work(1)
        except ProjectFileError:
            raise
        except AnnotatorError:
            continue
        if dice.random() < 0.15:
            for article in project.articles():
                for name in NAMES:
                    project.set_state(article.id, name, State.DONE)


def content(project):
    return {table: sorted(map(str, project._db.execute(f"SELECT * FROM {table}").fetchall())) for table in TABLES}


@pytest.mark.parametrize("seed", range(5))
def test_decisions_of_several_copies_merge_like_all_other_work(tmp_path, seed):
    dice = random.Random(seed)
    with Project.create(tmp_path / "p", annotator=NAMES[0]) as project:
        for name in NAMES[1:]:
            project.ensure_annotator(name)
        for text in TEXTS[:2]:
            project.add_text(text)
        work(project, dice, 25)
        copies = [shutil.copy(project.path, tmp_path / f"{number}.annotator") for number in range(2)]
        work(project, dice, 8)
        for path in copies:
            with Project.open(path) as copy:
                work(copy, dice, 8)
                assert copy.check() == []
        before = content(project)
        project.merge(project.merge_draft(copies), rule=dice.choice(list(Rule)))
        after = content(project)
        assert project.check() == []
        project.merge(project.merge_draft(copies), rule=Rule.OURS)
        assert content(project) == after
        told = {each.decision.id for each in project.queue(Cell(agreed=True)).items if each.decision}
        gold = project.gold()
        stands = {each.id for each in project.annotations(annotator=gold.id)} if gold else set()
        assert all(set(each.gold) <= stands or each.id in told for each in project.decisions())
        if after != before:
            project.undo()
            assert project.check() == []
            assert content(project) == before
