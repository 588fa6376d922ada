"""What a merge says beforehand is what it does."""

import pytest

from annotator.model.errors import CodebookError


@pytest.fixture
def article(project):
    return project.articles()[0]


def count(project, label):
    return project.uses().get(label, 0)


def test_the_plan_is_what_the_merge_does(project, article):
    project.annotate(article.id, "content", [(0, 8)], annotator="Ana")
    project.annotate(article.id, "content", [(9, 15)], annotator="Ana")
    project.annotate(article.id, "content", [(9, 15)], annotator="Ben")
    project.annotate(article.id, "claim", [(9, 15)], annotator="Ana", attributes=[("kind", "number")])
    plan = project.merge_plan("content", "claim")
    assert (plan.changed.count, plan.together.count, plan.without.count, plan.refused) == (3, 1, 0, "")
    before = count(project, "claim")
    assert project.merge_labels("content", "claim", annotator="Ana") == plan.changed.count
    assert count(project, "content") == 0
    assert count(project, "claim") == before + plan.changed.count - plan.together.count
    project.undo()
    assert (count(project, "content"), count(project, "claim")) == (3, 1)
    assert project.merge_plan("content", "claim") == plan


def test_the_plan_counts_what_the_other_label_has_no_place_for(project, article):
    project.annotate(article.id, "claim", [(0, 8)], annotator="Ana", attributes=[("kind", "number")])
    assert project.merge_plan("claim", "source").without.count == 1
    assert project.merge_plan("claim", "claim").refused


def test_the_plan_says_when_links_forbid_it(project, article):
    denial = project.annotate(article.id, "denial", [(0, 8)], annotator="Ana")
    claim = project.annotate(article.id, "claim", [(9, 15)], annotator="Ana")
    project.link("denies", denial.id, claim.id, annotator="Ana")
    plan = project.merge_plan("claim", "source")
    assert "denies" in plan.refused
    with pytest.raises(Exception, match="denies"):
        project.merge_labels("claim", "source", annotator="Ana")
    with pytest.raises(CodebookError):
        project.merge_plan("claim", "nothing")


def test_who_does_not_see_others_labels_is_told_their_own_and_that_there_are_others(project, article):
    for who, places in (("Ana", [(0, 8)]), ("Ben", [(0, 8), (9, 15), (16, 20)])):
        for place in places:
            project.annotate(article.id, "content", [place], annotator=who)
    blind = project.merge_plan("content", "claim", annotator="Ana").changed
    assert (blind.count, blind.seen, blind.words) == (4, 1, "1 annotation of yours and some of others")
    assert project.merge_plan("claim", "content", annotator="Ana").changed.words == "0 annotations of yours"
    assert project.merge_plan("content", "claim").changed.words == "4 annotations"
    project.set_blind(blind=False)
    assert project.merge_plan("content", "claim", annotator="Ana").changed.words == "4 annotations"
