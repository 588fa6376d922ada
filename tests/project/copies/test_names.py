"""One person or one text under several ids: whoever finds it first, and whoever merges whom, it stays one."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.project import Project
from annotator.project.copies.names import Names

APART = "A text that two machines add apart."
IDS = st.sampled_from("abcdef")


def label_of_ben(file, start):
    """Add Ben, where nobody did, and let him label once in the first article; return his id."""
    with Project.open(file) as project:
        who = project.ensure_annotator("Benedict").id
        project.annotate(project.articles()[0].id, "claim", [(start, start + 4)], annotator=who)
        return who


def label_added(file, start):
    """Add a text, where nobody did, and let Ana label once in it; return its id."""
    with Project.open(file) as project:
        found = [each.id for each in project.articles() if each.length == len(APART)]
        article = found[0] if found else project.add_text(APART).added[0]
        project.annotate(article, "claim", [(start, start + 4)], annotator="Ana")
        return article


def merged_into(project, *files):
    project.merge(project.merge_draft(files), rule="theirs")
    assert project.check() == []
    again = project.merge_draft(reversed(files))
    assert again.is_empty, (again.items, again.conflicts)


def merged(path, *files):
    with Project.open(path) as project:
        merged_into(project, *files)
        return sorted((each.article, each.annotator, each.span.start) for each in project.annotations())


@pytest.mark.parametrize("do", [label_of_ben, label_added])
def test_partners_who_added_one_thing_apart_and_merge_each_other_in_turn_keep_each_their_own(project, twin, do):
    one, other = twin("one"), twin("other")
    ids = [do(one, 0), do(other, 8)]
    for turn in range(2):
        for file, partner, own, theirs in ((one, other, *ids), (other, one, *reversed(ids))):
            labels = merged(file, partner)
            assert all(theirs not in label for label in labels)
            assert sum(own in label for label in labels) == 2 + turn
        do(one, 16 + 8 * turn)
        do(other, 16 + 8 * turn)


def test_two_who_were_found_to_be_one_elsewhere_are_one_and_nobody_is_offered_again(project, twin):
    """A backup was put back, and what had been merged into the project since comes again, by itself and with that."""
    early, late, backup = twin("early"), twin("late"), twin("backup")
    label_of_ben(early, 0)
    label_of_ben(late, 8)
    merged(late, early)
    found = []
    for number, turns in enumerate(([early, late], [[early], [late]], [[late], [early]], [late])):
        result = shutil.copy(backup, backup.with_name(f"result {number}.annotator"))
        for files in turns if isinstance(turns[0], list) else [turns]:
            labels = merged(result, *files)
        found.append([(article, start) for article, _, start in labels])
        assert len({who for _, who, _ in labels}) == 1
    assert all(each == found[0] for each in found)
    assert len(found[0]) == 2


def test_what_was_put_into_an_article_that_was_one_with_another_waits_for_that_one(project, twin):
    """Its own id is not the one that was removed, and it must not be written into nothing."""
    here, copy = twin("here"), twin("copy")
    own = label_added(here, 0)
    label_added(copy, 8)
    merged(here, copy)
    label_added(copy, 16)
    with Project.open(here) as opened:
        opened.remove([own])
        plan = opened.merge_draft([copy])
        (lost,) = [each for each in plan.unplaced if each.noun == "annotation"]
        assert lost.words == APART[16:20]
        assert "not in the project" in lost.why
        opened.merge(plan)
        assert opened.check() == []


def test_whoever_was_taken_back_here_comes_again_with_what_they_did_since_and_not_without(project, article, twin):
    dana = project.ensure_annotator("Dana").id
    copy = twin("copy")
    project.undo()
    assert project.merge_draft([copy]).is_empty
    with Project.open(copy) as opened:
        opened.annotate(article, "claim", [(0, 8)], annotator=dana)
    project.merge(project.merge_draft([copy]))
    assert [each.annotator for each in project.annotations()] == [dana]
    assert project.check() == []
    assert project.merge_draft([copy]).is_empty


@pytest.mark.parametrize("has_worked", [True, False])
def test_whoever_was_taken_back_in_a_copy_stays_here_with_what_they_did(project, article, twin, has_worked):
    dana = project.ensure_annotator("Dana").id
    copy = twin("copy")
    with Project.open(copy) as opened:
        opened.undo()
        assert "Dana" not in {each.name for each in opened.annotators()}
        opened.annotate(article, "claim", [(9, 15)], annotator="Ana")
    if has_worked:
        project.annotate(article, "claim", [(0, 8)], annotator=dana)
    merged_into(project, copy)
    assert [each.name for each in project.annotators()] == ["Ana", "Ben", "Cem", "Dana"]
    assert len(project.annotations(annotator="Dana")) == has_worked
    assert len(project.annotations(annotator="Ana")) == 1


def test_with_somebody_who_is_declined_all_that_they_did_stays_away_and_is_offered_again(project, article, twin):
    copy = twin("copy")
    with Project.open(copy) as opened:
        opened.annotate(article, "claim", [(0, 8)], annotator=opened.ensure_annotator("Dana").id)
        opened.annotate(article, "claim", [(9, 15)], annotator="Ana")
        opened.save_codebook(replace(opened.codebook, name="Of Dana"), annotator="Dana")
    plan = project.merge_draft([copy])
    (dana,) = [each for each in plan.items if each.noun == "annotator"]
    project.merge(plan, {dana.id: 0})
    assert [(each.name, len(project.annotations(annotator=each.id))) for each in project.annotators()] == [
        ("Ana", 1), ("Ben", 0), ("Cem", 0),
    ]  # fmt: skip
    assert project.check() == []
    project.merge(project.merge_draft([copy]))
    assert len(project.annotations(annotator="Dana")) == 1
    assert project.merge_draft([copy]).is_empty


def test_who_comes_where_the_name_was_just_taken_gets_a_number_and_keeps_their_labels(project, article, twin):
    one, other = twin("one"), twin("other")
    with Project.open(one) as copy:
        copy.rename_annotator("Ben", "Dana")
    with Project.open(other) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator=copy.ensure_annotator("Dana").id)
    merged_into(project, one, other)
    assert {each.name for each in project.annotators()} == {"Ana", "Dana", "Cem", "Dana 2"}
    assert len(project.annotations(annotator="Dana 2")) == 1


def test_an_article_that_was_taken_back_here_and_kept_in_a_copy_that_went_on_comes_with_its_text(project, twin):
    added = project.add_text("An article that one takes back, and the other keeps.").added[0]
    copy = twin("copy")
    project.undo()
    with Project.open(copy) as opened:
        opened.annotate(added, "claim", [(0, 2)], annotator="Ana")
        plan = opened.merge_draft([project.path])
        opened.merge(plan, rule="ours")
        opened.set_title(added, "It was kept")
    merged_into(project, copy)
    assert project.article(added).title == "It was kept"


def test_an_article_that_was_removed_here_after_a_copy_had_it_by_a_merge_is_not_offered_again(project, out, twin):
    """Where it stands among the others is all that differs between the two."""
    copy = project.hand_out("Ben", project.path.with_name("some"), ids=[project.articles()[1].id]).path
    first = project.articles()[0].id
    with Project.open(copy) as opened:
        opened.merge(opened.merge_draft([project.path]), rule="theirs")
        assert {each.id for each in opened.articles()} == {each.id for each in project.articles()}
        opened.annotate(opened.articles()[1].id, "claim", [(0, 4)], annotator="Ben")
    project.remove([first])
    merged_into(project, copy)
    assert first not in {each.id for each in project.articles()}


def test_an_article_that_a_copy_kept_while_it_was_removed_here_waits_however_often_the_copy_comes(project, twin):
    copy, article = twin("copy"), project.articles()[0].id
    project.remove([article])
    with Project.open(copy) as opened:
        opened.merge(opened.merge_draft([project.path]), rule="theirs")
    merged_into(project, copy)
    with Project.open(copy) as opened:
        opened.set_title(article, "It was kept")
        opened.annotate(article, "claim", [(0, 8)], annotator="Ana")
    for _ in range(2):
        assert {each.noun for each in project.merge_draft([copy]).unplaced} == {"article", "annotation", "state"}
        merged_into(project, copy)


@given(pairs=st.lists(st.tuples(IDS, IDS)), own=st.sets(IDS, max_size=1), brought=st.sets(IDS), dice=st.randoms())
def test_it_does_not_matter_in_which_order_ids_are_found_to_be_one(pairs, own, brought, dice):
    ranks = {("annotator", each): 1 for each in brought} | {("annotator", each): 0 for each in own}
    one, other = Names(ranks), Names(ranks)
    for pair in pairs:
        one.join("annotator", *pair)
    for pair in dice.sample(pairs, len(pairs)):
        other.join("annotator", *dice.sample(pair, 2))
    assert one.found == other.found
    for key, also in pairs:
        stays = one.of("annotator", key)
        assert stays == one.of("annotator", also) == one.of("annotator", stays)
        assert own <= {stays} or stays not in own


def test_two_whom_the_project_has_are_not_one_whatever_a_copy_says():
    names = Names({("annotator", "a"): 0, ("annotator", "b"): 0})
    names.join("annotator", "c", "b")
    names.join("annotator", "c", "a")
    assert [names.of("annotator", each) for each in "abc"] == ["a", "b", "b"]
