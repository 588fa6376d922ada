"""The laws of merging, on random work in random copies: twice is once, no order of files, undo is the inverse."""

import os
import random
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from annotator.model.assigning import Assignment, Scheme
from annotator.model.errors import AnnotatorError
from annotator.project import Project
from tests.project.copies.team import TEXTS, Worker, state_of, whole

PEOPLE = ("Ana", "Ben", "Cem", "Dee", "Eva")
pytestmark = pytest.mark.timeout(0 if "LAW_EXAMPLES" in os.environ else 600)
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "6"))
"""Random teams in an ordinary run, for each law. The proof is ``LAW_EXAMPLES=500``, with any ``--hypothesis-seed``."""
# A seed cannot be made smaller, so there is nothing to shrink.
lawful = settings(
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def team(folder: Path, dice: random.Random) -> Path:
    """Make a project of five annotators and a codebook, with some work in it, closed."""
    with Project.create(folder / "p", annotator=PEOPLE[0]) as project:
        for name in PEOPLE[1:]:
            project.ensure_annotator(name)
        for text in TEXTS:
            project.add_text(text)
        for name in PEOPLE:
            Worker(project, name, dice).work(4)
        project.assign(project.assign_plan(PEOPLE, Scheme(readers=2)))
        return project.path


def sealed(folder: Path, dice: random.Random, times: int = 12, *, here: bool = True) -> tuple[Path, list[Path]]:
    """Hand out to all five, who work; two of them go on on a second machine, and one of them goes on in both.

    `here` says whether somebody goes on in the project as well.
    """
    path = team(folder, dice)
    with Project.open(path) as project:
        ids = [each.id for each in project.articles()]
        out = [project.hand_out(name, folder / f"out {name}", ids=ids).path for name in PEOPLE]
        if here:
            Worker(project, dice.choice(PEOPLE), dice, together=True).work(times)
    for number, (name, copy) in enumerate(zip(PEOPLE, list(out), strict=True)):
        with Project.open(copy) as project:
            Worker(project, name, dice, together=number == 0).work(times)
        if number < 2:
            second = copy.with_name(f"second {name}.annotator")
            shutil.copy(copy, second)
            out.append(second)
            for each in (second, copy)[: number + 1]:
                with Project.open(each) as project:
                    Worker(project, name, dice).work(times)
    return path, out


def plain(folder: Path, dice: random.Random, times: int = 12) -> tuple[Path, list[Path]]:
    """Copy the whole file for everybody, who do what they like in it, the codebook included; the project goes on too."""
    path = team(folder, dice)
    out = []
    for name in PEOPLE:
        copy = folder / f"{name}.annotator"
        shutil.copy(path, copy)
        out.append(copy)
        with Project.open(copy) as project:
            Worker(project, name, dice, together=True).work(times)
    with Project.open(path) as project:
        Worker(project, dice.choice(PEOPLE), dice, together=True).work(times)
    return path, out


def labels_of(project: Project, name: str):
    return {each.id: each for each in project.annotations(annotator=name)}


WAYS = st.sampled_from([sealed, plain])


def merged(path: Path, files: list[Path], rule: str = "newer") -> None:
    with Project.open(path) as project:
        project.merge(project.merge_draft(files), rule=rule)
        assert project.check() == []


@lawful
@given(made=WAYS, seed=st.integers(0, 10**9), rule=st.sampled_from(["ours", "theirs", "newer"]))
def test_twice_is_once_and_undo_is_the_inverse(made, seed, rule):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path, files = made(Path(folder), dice)
        before = whole(path)
        bytes_before = [each.read_bytes() for each in files]
        with Project.open(path) as project:
            steps = project.info().steps
            project.merge(project.merge_draft(files), rule=rule)
            assert project.check() == []
            assert project.info().steps <= steps + 1
            after, count = whole(path), project.info().steps
            again = project.merge_draft(reversed(files))
            assert again.is_empty, (again.items, again.conflicts)
            project.merge(again)
            assert (whole(path), project.info().steps) == (after, count)
            if count > steps:
                project.undo()
                assert whole(path) == before
                project.redo()
                assert whole(path) == after
                assert project.check() == []
        assert [each.read_bytes() for each in files] == bytes_before


@lawful
@given(made=WAYS, seed=st.integers(0, 10**9), rule=st.sampled_from(["ours", "theirs", "newer"]))
def test_the_order_of_the_files_does_not_matter(made, seed, rule):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path, files = made(Path(folder), dice)
        found = []
        for number in range(3):
            twin = path.with_name(f"twin {number}.annotator")
            shutil.copy(path, twin)
            merged(twin, files, rule)
            rows = whole(twin)
            # The time of the merge is all that may differ.
            rows["codebook"] = [row[:-1] for row in rows["codebook"]]
            found.append({name: some for name, some in rows.items() if name != "visit"})
            dice.shuffle(files)
        assert all(one == other for one, other in pairwise(found))


# What was broken once: a codebook that one file took back and the other left; a label and a state that one put back by
# hand, so that it was as in the project, and the other went on with.
@example(seed=24)
@example(seed=26)
@example(seed=77)
@example(seed=132)
@example(seed=1142)
@example(seed=1283)
@lawful
@given(seed=st.integers(0, 10**9))
def test_one_after_the_other_is_all_at_once_where_nobody_is_asked(seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path, files = sealed(Path(folder), dice, here=False)
        twin = path.with_name("twin.annotator")
        shutil.copy(path, twin)
        with Project.open(path) as project:
            plan = project.merge_draft(files)
            if plan.conflicts:
                return
            project.merge(plan)
        for each in dice.sample(files, len(files)):
            merged(twin, [each])
        assert state_of(twin) == state_of(path)


@lawful
@given(seed=st.integers(0, 10**9))
def test_what_everybody_has_done_in_their_own_copy_is_in_the_project(seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = team(Path(folder), dice)
        wanted = {}
        with Project.open(path) as project:
            ids = [each.id for each in project.articles()]
            files = [project.hand_out(name, Path(folder) / name, ids=ids).path for name in PEOPLE]
        for name, file in zip(PEOPLE, files, strict=True):
            with Project.open(file) as copy:
                Worker(copy, name, dice).work(15)
                wanted[name] = (labels_of(copy, name), {each.id: each for each in copy.links()}, copy.threads())
        with Project.open(path) as project:
            plan = project.merge_draft(files)
            assert (plan.conflicts, plan.unplaced) == ((), ())
            project.merge(plan)
            for name, (labels, links, threads) in wanted.items():
                assert labels_of(project, name) == labels
                who = project.annotator(name).id
                assert {each.id: each for each in project.links() if each.annotator == who} == links
                assert [(each.text, each.span) for each in project.threads(annotator=name)] == [
                    (each.text, each.span) for each in threads
                ]


@lawful
@given(seed=st.integers(0, 10**9))
def test_copies_that_are_sent_every_week(seed):
    """Somebody goes on in the same copy after it was merged: the next merge asks about nothing that was settled."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = team(Path(folder), dice)
        with Project.open(path) as project:
            ids = [each.id for each in project.articles()]
            file = project.hand_out("Ana", Path(folder) / "Ana", ids=ids).path
        for _ in range(3):
            with Project.open(file) as copy:
                Worker(copy, "Ana", dice).work(8)
                labels = labels_of(copy, "Ana")
            with Project.open(path) as project:
                plan = project.merge_draft([file])
                # Ben may have answered what Ana took back.
                assert {each.noun for each in plan.conflicts} <= {"thread"}
                project.merge(plan, rule="ours")
                assert labels_of(project, "Ana") == labels
                Worker(project, "Ben", dice).work(5)
                assert project.check() == []


@lawful
@given(seed=st.integers(0, 10**9))
def test_two_partners_who_merge_each_other_in_turn(seed):
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        one = team(Path(folder), dice)
        other = one.with_name("other.annotator")
        shutil.copy(one, other)
        for _ in range(3):
            for path, name in ((one, "Ana"), (other, "Ben")):
                with Project.open(path) as project:
                    Worker(project, name, dice).work(6)
            merged(one, [other])
            merged(other, [one])
            names = ("annotation", "fragment", "attribute", "link", "thread", "message", "state")
            here, there = state_of(one), state_of(other)
            assert {name: here[name] for name in names} == {name: there[name] for name in names}


@settings(lawful, max_examples=max(EXAMPLES // 2, 1))
@given(seed=st.integers(0, 10**9))
def test_copies_that_go_out_and_come_back_at_any_time(seed):
    """New copies while older ones are still used, some merged again and again, renamed, a second reading among them."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = team(Path(folder), dice)
        with Project.open(path) as project:
            ids = [each.id for each in project.articles()]
            ana = project.annotator("Ana").id
            project.assign(Assignment(each, ana, 0, is_repeat=True) for each in ids[:2])
            again = next(each.name for each in project.annotators() if each.repeats)
        copies = []
        for number in range(4):
            with Project.open(path) as project:
                for name in dice.sample((*PEOPLE, again), 2):
                    out = project.hand_out(name, Path(folder) / f"{len(copies)} {name}", ids=ids)
                    copies.append((name, out.path))
            for name, copy in dice.sample(copies, min(3, len(copies))):
                with Project.open(copy) as project:
                    Worker(project, name, dice).work(5)
            some = [copy for _, copy in dice.sample(copies, dice.randint(1, len(copies)))]
            some.append(Path(shutil.copy(some[0], Path(folder) / f"renamed {number}.annotator")))
            before = whole(path)
            merged(path, some, dice.choice(("ours", "theirs", "newer")))
            after = whole(path)
            with Project.open(path) as project:
                assert project.merge_draft(reversed(some)).is_empty
                assert project.annotator(again).repeats == ana
                if after != before:
                    project.undo()
                    assert whole(path) == before
                    project.redo()
                    assert whole(path) == after
                Worker(project, dice.choice(PEOPLE), dice, together=True).work(4)


def test_a_random_worker_does_something(tmp_path):
    with Project.open(team(tmp_path, random.Random(1))) as project:
        before = project.info().steps
        worker = Worker(project, "Ana", random.Random(1), together=True)
        for kind in worker.kinds:
            for _ in range(8):
                try:
                    kind()
                except AnnotatorError:
                    continue
        assert project.info().steps > before + 40
        assert project.check() == []
