"""Gold in copies that come back: decisions merge like the rest, and what two decided differently is a conflict."""

import shutil

import pytest

from annotator.model.adjudication import Outcome, Status
from annotator.model.article import State
from annotator.project import Project
from annotator.project.copies.plan import Fate, Rule
from annotator.project.copies.words import image_words


@pytest.fixture
def apart(make, tmp_path):
    """A bench with one disagreement of Ana and Ben, and a function that opens a copy of its file."""
    bench = make()
    bench.put("Ana", "the bridge was safe")
    bench.put("Ben", "that the bridge was safe")
    bench.finish("Ana", "Ben")
    opened = []

    def copy(name="copy"):
        path = tmp_path / f"{name}.annotator"
        shutil.copy(bench.project.path, path)
        opened.append(Project.open(path))
        return opened[-1]

    yield bench, copy
    for project in opened:
        project.close()


def decide(project, outcome, version=0, by="Ana", **options):
    (found,) = project.queue().items
    return project.decide(found, outcome, version=version, by=by, **options)


def merged(project, copy, rule=None):
    copy.close()
    plan = project.merge_draft([copy.path])
    assert not plan.refused
    project.merge(plan, rule=rule)
    assert project.check() == []
    again = project.merge_draft([copy.path])
    assert not again.items
    assert not again.conflicts
    return plan


def test_decisions_made_in_a_copy_come_back_with_their_gold(apart):
    bench, copy = apart
    other = copy()
    decision = decide(other, Outcome.UNION, reason="edge")
    merged(bench.project, other)
    assert bench.project.decisions() == [decision]
    (gold,) = bench.gold()
    assert bench.project.certificate(gold.id) == decision
    assert bench.project.gold().is_gold
    assert bench.project.state(bench.article, "Gold") == State.DONE
    assert not bench.project.queue().items
    bench.project.undo()
    assert bench.project.gold() is None
    assert bench.project.queue().left == 1


def test_two_who_decide_alike_agree(apart):
    bench, copy = apart
    other = copy()
    decide(other, Outcome.UNION)
    decide(bench.project, Outcome.UNION)
    plan = merged(bench.project, other)
    assert not plan.conflicts
    assert len(bench.gold()) == 1
    assert len(bench.project.decisions()) == 1


@pytest.mark.parametrize("choice", [0, 1])
def test_two_who_take_different_versions_are_one_conflict_and_a_whole_decision_stands(apart, choice):
    bench, copy = apart
    other = copy()
    theirs = decide(other, Outcome.VERSION, 1, reason="edge", note="as in the guide")
    ours = decide(bench.project, Outcome.VERSION, 0, clause="claim-u1", by="Ben")
    spans = [each.annotations(annotator="Gold")[0].span for each in (bench.project, other)]
    other.close()
    plan = bench.project.merge_draft([other.path])
    (item,) = plan.conflicts
    assert (item.noun, item.key) == ("decision", ours.id)
    assert [each.who for each in item.versions] == ["Ben", "Ana"]
    assert all(each.when for each in item.versions)
    told = [image_words(each.image) for each in item.versions]
    assert told[0] == "a version was taken; label claim; “that the bridge was safe” at 28-52; cites claim-u1"
    assert "“the bridge was safe” at 33-52" in told[1]
    assert told[1].endswith("Edges: too much or too little was marked; “as in the guide”")
    bench.project.merge(plan, choices={item.id: choice})
    (made,) = bench.gold()
    assert made.span == spans[choice]
    assert bench.project.certificate(made.id) == (ours, theirs)[choice]
    assert bench.project.queue().left == 0
    assert bench.project.check() == []
    again = bench.project.merge_draft([other.path])
    assert not again.items
    assert not again.conflicts


@pytest.mark.parametrize("rule", [Rule.OURS, Rule.THEIRS])
@pytest.mark.parametrize("outcome", [Outcome.UNION, Outcome.NONE])
def test_of_two_outcomes_one_is_taken_and_gold_follows_it(apart, rule, outcome):
    bench, copy = apart
    other = copy()
    theirs = decide(other, Outcome.NONE if outcome is Outcome.UNION else Outcome.UNION)
    ours = decide(bench.project, outcome)
    other.close()
    plan = bench.project.merge_draft([other.path])
    (item,) = [each for each in plan.conflicts if each.noun == "decision"]
    assert item.fate is Fate.CONFLICT
    assert "Decision on" in item.words
    bench.project.merge(plan, rule=rule)
    taken = theirs if rule is Rule.THEIRS else ours
    (stands,) = bench.project.decisions()
    assert stands.outcome is taken.outcome
    assert len(bench.gold()) == (taken.outcome is Outcome.UNION)
    assert bench.project.queue().left == 0
    assert bench.project.check() == []


def test_a_label_that_was_changed_in_a_copy_opens_the_decision_again(apart):
    bench, copy = apart
    other = copy()
    mine = other.annotations(annotator="Ana")[0]
    other.reshape(mine.id, [(mine.span.start, mine.span.end - 5)])
    decide(bench.project, Outcome.VERSION)
    merged(bench.project, other)
    (found,) = bench.project.queue().items
    assert found.status is Status.AGAIN
    assert len(bench.gold()) == 1


def test_gold_and_a_person_of_its_name_stay_two(apart):
    bench, copy = apart
    other = copy()
    other.ensure_annotator("Gold")
    decide(bench.project, Outcome.UNION)
    merged(bench.project, other)
    assert {each.name: each.is_gold for each in bench.project.everybody()} == {
        "Ana": False,
        "Ben": False,
        "Chiara": False,
        "Gold": True,
        "Gold 2": False,
    }
    assert len(bench.gold()) == 1


def test_a_copy_that_is_handed_out_holds_no_gold(apart, tmp_path):
    bench, _ = apart
    decide(bench.project, Outcome.UNION, note="nobody is to know of this")
    path = bench.project.hand_out("Ana", tmp_path / "Ana", ids=[bench.article]).path
    with Project.open(path) as handed:
        assert handed.gold() is None
        assert handed.decisions() == []
    content = path.read_bytes()
    assert b"nobody is to know" not in content


def test_a_question_travels_to_who_is_asked_and_the_answer_comes_back(apart, tmp_path):
    bench, _ = apart
    (found,) = bench.project.queue().items
    asked = bench.project.ask_about(found, "Does “that” belong to it?", by="Chiara")
    for name, settle in (("Ana", True), ("Ben", False)):
        path = bench.project.hand_out(name, tmp_path / name, ids=[bench.article]).path
        with Project.open(path) as copy:
            (thread,) = copy.threads()
            assert next(message.text for message in thread.messages) == "Does “that” belong to it?"
            assert thread.messages[0].annotator == ""
            assert copy.decisions() == []
            copy.answer(thread.id, f"{name} thinks so.", annotator=name, settle=settle)
        assert b"Chiara" not in path.read_bytes()
        plan = bench.project.merge_draft([path])
        assert not plan.conflicts
        bench.project.merge(plan)
    (thread,) = bench.project.threads()
    assert thread.id == asked.thread
    assert thread.annotator == bench.project.annotator("Chiara").id
    assert [message.text for message in thread.messages][1:] == ["Ana thinks so.", "Ben thinks so."]
    assert thread.settled
    assert bench.project.check() == []


def test_a_question_about_others_is_not_handed_out(apart, tmp_path):
    bench, _ = apart
    (found,) = bench.project.queue().items
    bench.project.ask_about(found, "Why?", by="Ana")
    path = bench.project.hand_out("Chiara", tmp_path / "Chiara", ids=[bench.article]).path
    with Project.open(path) as copy:
        assert copy.threads() == []
