"""A large project is counted by several processes, to the same bytes; whatever befalls these."""

import os
import random
import sys
import threading
from functools import partial

import pytest

from annotator.articles.crew import Crew
from annotator.model.article import BlockKind, State
from annotator.model.errors import StoppedError
from annotator.project import Project, collecting, crewed, recount
from annotator.project.collecting import gather
from annotator.project.request import Request
from annotator.project.stock import Source
from annotator.project.worded import is_same
from annotator.store import versions, works

TEXT = "Dr. Ito said she knew 📰 of it. “I never saw it,” she said.  It was denied. Rain fell.\n" * 2
PEOPLE = ("Ana", "Ben", "Chiara")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Three who labelled a dozen articles, some partly left out, some unfinished, some with nothing laid ready."""
    dice = random.Random(5)
    path = tmp_path_factory.mktemp("crewed") / "team.annotator"
    with Project.create(path, annotator="Ana") as project:
        for name in PEOPLE[1:]:
            project.ensure_annotator(name)
        for number in range(12):
            project.add_text(f"{TEXT}{number}", f"Article {number}")
        for number, head in enumerate(project.articles()):
            if number % 3 == 1:
                project.set_block_kind(head.id, 10 * number, 10 * number + 35, BlockKind.CAPTION)
            for name in PEOPLE:
                for start in dice.sample(range(0, 150, 11), dice.randint(0, 4)):
                    rest = [(start + 15, start + 19)] if dice.random() < 0.4 else []
                    kind = dice.choice(("claim", "denial", "source"))
                    project.annotate(head.id, kind, [(start, start + 9), *rest], annotator=name)
                project.set_state(head.id, name, State.DONE if dice.random() < 0.8 else State.IN_PROGRESS)
        with project._db.atomic():
            for head in project.articles()[::4]:
                works.forget(project._db, head.id)
    return path


@pytest.fixture
def many(monkeypatch):
    """As if two articles were a large part of the work, and the machine had three cores."""
    for module, name, value in (
        (recount, "_AT_ONCE", 2),
        (crewed, "_FEW", 1),
        (crewed, "_FEW_IN_WORDS", 1),
        (crewed, "_PATIENCE", -1),
        (os, "cpu_count", lambda: 3),
    ):
        monkeypatch.setattr(module, name, value)


def counted(project, path=None, progress=None, *, anew=False, request=None, before=None):
    names = {each.id: each.name for each in project.annotators()}
    source = Source(project._db, project.name, 1, names, tuple(names), project.codebook, path)
    return gather(source, request or Request(), progress, anew=anew, before=before)


@pytest.mark.parametrize("fewest", [1, 1_000], ids=["begun at once", "begun when it takes long"])
def test_several_processes_count_the_same(path, many, monkeypatch, fewest):
    monkeypatch.setattr(collecting, "MANY", fewest)
    with Project.open(path, read_only=True) as project:
        alone = counted(project)
        for anew in (False, True):
            together = counted(project, path, anew=anew)
            assert together.fresh == alone.fresh
            assert together.exclusions == alone.exclusions
        assert len(alone.fresh.rows) == 12


@pytest.mark.usefixtures("many")
def test_several_processes_count_the_same_in_words(path):
    with Project.open(path, read_only=True) as project:
        alone = counted(project, request=Request(tolerance=1)).fresh_words
        together = counted(project, path, request=Request(tolerance=1)).fresh_words
    assert [each.article for each in together] == [each.article for each in alone]
    assert all(is_same(*each) for each in zip(together, alone, strict=True))
    assert len(alone) > 6


@pytest.mark.usefixtures("many")
def test_looking_for_words_is_stopped_in_the_middle_and_nothing_is_left(path):
    def stop(done: int, _total: int, _title: str) -> None:
        if done:
            raise StoppedError

    with Project.open(path, read_only=True) as project:
        before = counted(project)
        threads = threading.active_count()
        with pytest.raises(StoppedError):
            counted(project, path, stop, request=Request(tolerance=1), before=before)
        assert threading.active_count() == threads
        assert not before.stock.in_words


@pytest.mark.usefixtures("many")
def test_where_no_process_can_be_started_one_counts(path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Project.open(path, read_only=True) as project:
        assert counted(project, path).fresh == counted(project).fresh


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("fewest", [1, 1_000], ids=["begun at once", "begun when it takes long"])
def test_it_is_stopped_in_the_middle_and_nothing_is_left(path, monkeypatch, fewest):
    monkeypatch.setattr(collecting, "MANY", fewest)

    def stop(done: int, _total: int, _title: str) -> None:
        if done:
            raise StoppedError

    threads = threading.active_count()
    with Project.open(path, read_only=True) as project, pytest.raises(StoppedError):
        counted(project, path, stop)
    assert threading.active_count() == threads


def works_of(project):
    """Return the portions that counting was about to hand on."""
    material = counted(project)
    people = material.stock.states.finishers
    return recount.Work(
        ids=tuple(material.titles),
        titles=tuple(material.titles.values()),
        texts=material.texts.tolist(),
        left_out=dict(material.left_out),
        annotators=people,
        finished=material.stock.states.table(people),
        known=tuple(each.id for each in project.codebook.labels),
        asked=(),
    )


def test_another_process_counts_it(path):
    with Project.open(path, read_only=True) as project:
        elsewhere = partial(crewed._counted_elsewhere, path, versions.position(project._db))
        work = works_of(project)
        with Crew(lambda: False, size=1, patience=-1) as crew:
            (found,) = crew.spread(elsewhere, [work], lambda _lost: None, lambda _work: 1)
        assert found == recount.recount(project._db, work)


def test_another_process_counts_the_same_state_or_nothing(path, tmp_path):
    copy = tmp_path / "copy.annotator"
    copy.write_bytes(path.read_bytes())
    with Project.open(copy) as project:
        position, work = versions.position(project._db), works_of(project)
        here = recount.recount(project._db, work)
        assert crewed._counted_elsewhere(copy, position, work) == here
        project.annotate(work.ids[0], "content", [(0, 3)], annotator="Ana")
        assert crewed._counted_elsewhere(copy, position, work) is None
        assert crewed._counted_elsewhere(tmp_path / "moved.annotator", position, work) is None
        with project.step("A step that is still open") as step:
            step.writing.put("setting", "blind", {"name": "blind", "value": "no"})
            assert crewed._counted_elsewhere(copy, versions.position(project._db), work) is None


@pytest.mark.usefixtures("many")
def test_after_a_change_that_others_do_not_see_everything_is_counted_here(path, tmp_path):
    copy = tmp_path / "copy.annotator"
    copy.write_bytes(path.read_bytes())
    with Project.open(copy) as project, project.step("A step that is still open") as step:
        step.writing.put("setting", "blind", {"name": "blind", "value": "no"})
        assert counted(project, copy).fresh == counted(project).fresh
