"""What a merge left waits until it is decided, is measured each time against what it was then, and is not asked after."""

import shutil

import pytest

from annotator.project import Project

NEW = "An update came first."


def renew(project, article, text):
    project.replace(project.replacement(article, text=text), doubtful="accept", lost="keep")


def merged_into(project, *files, rule="ours"):
    project.merge(project.merge_draft(files), rule=rule)
    assert project.check() == []
    again = project.merge_draft(reversed(files))
    assert again.is_empty, (again.items, again.conflicts)


def declined(project, copy):
    """Merge a copy without its one label; return the label's id."""
    plan = project.merge_draft([copy])
    (item,) = [each for each in plan.items if each.noun == "annotation"]
    project.merge(plan, {item.id: 0})
    assert item.id in {each.id for each in project.merge_draft([copy]).items}
    return item.key


@pytest.mark.parametrize("change", ["delete", "relabel"])
def test_what_was_declined_and_taken_later_is_the_projects_own_from_then_on(project, article, out, change):
    copy = out("Ana")
    with Project.open(copy) as opened:
        opened.annotate(article, "claim", [(0, 8)], annotator="Ana")
    label = declined(project, copy)
    merged_into(project, copy)
    assert [each.id for each in project.annotations()] == [label]
    if change == "delete":
        project.delete([label])
    else:
        project.relabel(label, "denial")
    before = project.annotations()
    assert project.merge_draft([copy]).is_empty
    merged_into(project, copy, rule="theirs")
    assert project.annotations() == before


def test_what_was_declined_and_changed_in_the_copy_is_offered_as_it_is_now_and_asked_once(project, article, out):
    copy = out("Ana")
    with Project.open(copy) as opened:
        opened.annotate(article, "claim", [(0, 8)], annotator="Ana")
    label = declined(project, copy)
    with Project.open(copy) as opened:
        opened.set_note(label, "Now with a note")
    merged_into(project, copy)
    assert [each.note for each in project.annotations()] == ["Now with a note"]
    assert project.next_undo() is not None
    project.undo()
    assert {each.key for each in project.merge_draft([copy]).items} >= {label}


def test_a_new_version_of_an_article_that_came_with_a_copy_waits_however_often_the_copy_comes(project, twin):
    copy = twin("copy")
    with Project.open(copy) as opened:
        added = opened.add_text("A text that only the copy has at first.").added[0]
    merged_into(project, copy)
    with Project.open(copy) as opened:
        renew(opened, added, f"{NEW} A text that only the copy has at first.")
        opened.annotate(added, "claim", [(0, 2)], annotator="Ana")
    for _ in range(2):
        merged_into(project, copy)
        assert {each.noun for each in project.merge_draft([copy]).unplaced} >= {"article", "annotation"}
    assert len(project.annotations()) == 0


def test_a_label_that_waits_in_one_of_two_files_is_not_taken_from_the_other_that_is_older(project, article, out, twin):
    """One file is what the other went on from: its past, and no version of its own."""
    backup = twin("backup")
    project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    older = twin("older")
    newer = shutil.copy(older, backup.with_name("newer.annotator"))
    with Project.open(newer) as opened:
        renew(opened, article, f"{NEW} {opened.article(article).text}")
    with Project.open(backup) as opened:
        merged_into(opened, older, newer)
        assert opened.annotations() == []
        assert {each.noun for each in opened.merge_draft([older, newer]).unplaced} >= {"article", "annotation"}


def test_whoever_is_called_differently_by_two_copies_comes_with_what_they_did(project, article, twin):
    backup = twin("backup")
    project.annotate(article, "claim", [(0, 8)], annotator=project.ensure_annotator("Dana").id)
    one, other = twin("one"), twin("other")
    with Project.open(other) as opened:
        opened.rename_annotator("Dana", "Eve")
        opened.annotate(article, "denial", [(0, 8)], annotator="Eve")
    with Project.open(one) as opened:
        opened.annotate(article, "denial", [(9, 15)], annotator="Dana")
    with Project.open(backup) as opened:
        merged_into(opened, one, other)
        assert [len(opened.annotations(annotator=each.id)) for each in opened.annotators()] == [0, 0, 0, 3]


def test_what_one_file_went_on_with_in_an_article_that_the_other_took_away_waits(project, twin):
    backup = twin("backup")
    added = project.add_text("A text that one file takes away again.").added[0]
    one = twin("one")
    project.undo()
    other = twin("other")
    with Project.open(one) as opened:
        opened.annotate(added, "claim", [(0, 6)], annotator="Ana")
        opened.ask(added, "Is it a claim?", annotator="Ana")
    with Project.open(backup) as opened:
        plan = opened.merge_draft([one, other])
        assert {"annotation", "state", "thread"} <= {each.noun for each in plan.unplaced}
        assert all("not in the project" in each.why for each in plan.unplaced if each.noun == "annotation")
        merged_into(opened, one, other)
        assert (len(opened.articles()), opened.annotations(), opened.threads()) == (3, [], [])
