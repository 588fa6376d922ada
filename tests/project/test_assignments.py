"""Annotators, their plans, what they see, and how far they are."""

from dataclasses import replace

import pytest

from annotator.model.article import State
from annotator.model.assigning import Scheme
from annotator.model.errors import NotFoundError, RuleError, StoppedError
from annotator.project import Project


def ids(project):
    return [each.id for each in project.articles()]


def test_what_is_known_of_an_annotator(project):
    made = project.set_annotator("Ben", short="B.", color="#1f8ef1", email="ben@example.org")
    assert project.annotator("Ben") == made
    assert (made.initials, project.annotator("Ana").initials) == ("B.", "A")
    project.rename_annotator("Ben", "Benjamin")
    assert project.annotator("Benjamin") == replace(made, name="Benjamin")
    project.undo()
    project.undo()
    assert project.annotator("Ben").short == ""
    with pytest.raises(NotFoundError, match="somebody else's"):
        project.set_annotator("Ben", name="Ana")
    project.set_annotator("Ana", short="X")
    with pytest.raises(RuleError, match="short name of somebody else"):
        project.set_annotator("Ben", short="X")
    with pytest.raises(RuleError, match="no colour"):
        project.set_annotator("Ben", color="blue")


def test_blind_until_the_coordinator_opens_it(project):
    ana, ben = (project.annotator(each).id for each in ("Ana", "Ben"))
    article = ids(project)[0]
    project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    step = project.next_undo()
    assert project.is_blind
    assert project.visible_to("Ben") == {ben}
    assert (project.is_visible(step, "Ana"), project.is_visible(step, "Ben")) == (True, False)
    project.set_blind(blind=False)
    assert project.visible_to("Ben") == {ana, ben}
    assert project.is_visible(step, "Ben")
    assert not project.is_blind
    project.undo()
    assert project.is_blind


def test_a_plan_is_looked_at_then_written_once(project):
    plan = project.assign_plan(["Ana", "Ben"], Scheme(readers=2, seed=3))
    assert project.assignments() == []
    assert project.assign(plan) == 4
    assert sorted(each.article for each in project.assignments("Ana")) == sorted(ids(project))
    assert project.assign(plan) == 0
    assert project.assign_plan(["Ana", "Ben"], Scheme(readers=2)) == []
    added = project.add_text("A third article, longer than the others are, so that it takes a while.").added[0]
    more = project.assign_plan(["Ana", "Ben"], Scheme())
    assert [each.article for each in more] == [added]
    assert more[0].place == 2
    project.assign(more)
    assert project.unassign(more[0].annotator, [added, "nothing"]) == 1
    assert len(project.assignments()) == 4
    project.remove([ids(project)[0]])
    assert len(project.assignments()) == 2
    assert project.check() == []
    while project.undo():
        pass
    assert project.assignments() == []


def test_repeats_go_to_a_second_blind_reading(project):
    project.assign(project.assign_plan(["Ana"], Scheme(repeats=1)))
    again = project.annotator("Ana again")
    assert again.repeats == project.annotator("Ana").id
    assert sorted(each.article for each in project.assignments("Ana again")) == sorted(ids(project))
    assert all(each.is_repeat for each in project.assignments("Ana again"))
    article = ids(project)[0]
    project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    assert project.annotations(article, "Ana again") == []
    assert project.visible_to("Ana again") == {again.id}
    project.assign(project.assign_plan(["Ana"], Scheme(repeats=1)))
    assert len(project.annotators()) == 3


def test_how_far_everybody_is(project, tmp_path):
    first, second = ids(project)
    project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2)))
    project.annotate(first, "claim", [(0, 8)], annotator="Ana")
    project.annotate(first, "denial", [(9, 15)], annotator="Ana")
    project.set_state(first, "Ana", State.DONE)
    project.set_state(second, "Ana", State.EMPTY)
    project.hand_out("Ben", tmp_path / "ben")
    ana, ben = project.progress()
    lengths = {each.id: each.length for each in project.articles()}
    assert ana.states == {State.DONE: 1, State.EMPTY: 1}
    assert (ana.labels, ana.remaining, ana.length, ana.handed_out) == (2, 0, sum(lengths.values()), "")
    assert {each.article: (each.labels, each.state) for each in ana.shares} == {
        first: (2, State.DONE),
        second: (0, State.EMPTY),
    }
    assert ana.minutes > 0
    assert (ben.states, ben.labels, ben.minutes, ben.remaining) == ({State.NEW: 2}, 0, 0, ben.length)
    assert ben.handed_out
    project.unassign("Ana", [first])
    ana, _ = project.progress()
    assert [(each.article, each.place) for each in ana.shares][-1] == (first, -1)


def test_copies_of_one_text_are_one_story(tmp_path):
    words = " ".join(f"word{number}" for number in range(80))
    with Project.create(tmp_path / "p", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(f"{words} end of the first.")
        project.add_text("Something else. " * 30)
        project.add_text(f"{words} end of the second, a little longer.")
        first, _, third = ids(project)
        by = {each.article: each.annotator for each in project.assign_plan(["Ana", "Ben"], Scheme(order="story"))}
        assert by[first] == by[third]


def test_somebody_new_with_all_that_is_known(project):
    made = project.add_annotator(" Sara  Ahmadi ", short="SA", color="#1f8ef1", email="s@example.org")
    assert project.annotator("Sara Ahmadi") == made
    assert (made.short, made.color, made.email) == ("SA", "#1f8ef1", "s@example.org")
    with pytest.raises(NotFoundError, match="somebody else's"):
        project.add_annotator("Ana")
    with pytest.raises(NotFoundError, match="empty"):
        project.add_annotator("  ")
    with pytest.raises(RuleError, match="short name"):
        project.add_annotator("Cem", short="SA")
    project.undo()
    assert [each.name for each in project.annotators()] == ["Ana", "Ben"]


def test_several_plans_are_shortened_in_one_step_that_is_nobody_s_work(project):
    project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2)))
    first, second = ids(project)[:2]
    assert project.unassign_all({"Ana": [first, first, "nothing"], "Ben": [first, second]}) == 3
    assert len(project.assignments()) == 1
    assert project.steps(1)[0].annotator == "", (
        "it is no work of theirs, and no step that is hidden from the coordinator"
    )
    project.undo()
    assert len(project.assignments()) == 4


def test_an_article_that_is_gone_is_not_assigned(project):
    plan = project.assign_plan(["Ana"], Scheme())
    project.remove([ids(project)[0]])
    with pytest.raises(NotFoundError, match="One of the articles"):
        project.assign(plan)
    assert project.assignments() == []


def test_the_team_as_values_says_what_progress_says(project):
    project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2)))
    first = ids(project)[0]
    project.annotate(first, "claim", [(0, 8)], annotator="Ana")
    project.set_state(first, "Ana", State.DONE)
    project.add_text("Nobody is to read this one, and Ben labels it.")
    project.annotate(ids(project)[2], "claim", [(0, 6)], annotator="Ben")
    team = project.team()
    sums = team.sums()
    for each in project.progress():
        total = sums[each.annotator.id]
        assert (total.labels, total.length, total.remaining) == (each.labels, each.length, each.remaining)
        assert (dict(total.states), total.minutes) == (each.states, each.minutes)
        assert total.assigned == 2
        for share in each.shares:
            line = next(line for line in team.articles if line.id == share.article)
            assert team.share(line, each.annotator.id) == share
    assert [sums[project.annotator(who).id].finished for who in ("Ana", "Ben")] == [1, 0]


def test_reading_the_articles_can_be_stopped(project):
    heard = []
    with pytest.raises(StoppedError):
        project.works(progress=lambda *told: heard.append(told), cancelled=lambda: bool(heard))
    assert heard == [(0, 2, "")]
    assert len(project.works()) == 2


def test_assigning_that_is_stopped_leaves_the_plan_as_it_was(project):
    def stop_at_the_second(done, _total, _name):
        if done:
            raise StoppedError

    plan = project.assign_plan(["Ana", "Ben"], Scheme(readers=2))
    assert len(plan) > 1
    with pytest.raises(StoppedError):
        project.assign(plan, progress=stop_at_the_second)
    assert project.assignments() == []
    project.assign(plan)
    before = project.assignments()
    everything = {each.id: [head.id for head in project.articles()] for each in project.annotators()}
    with pytest.raises(StoppedError):
        project.unassign_all(everything, progress=stop_at_the_second)
    assert project.assignments() == before
