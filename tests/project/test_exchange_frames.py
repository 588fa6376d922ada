"""Frames, relations, attributes and several revisions of the codebook survive export and import."""

from dataclasses import replace

import pytest

from annotator.model.codebook import Label
from annotator.project import Project


@pytest.fixture
def full(desk):
    """A project with everything in it that a codebook can ask for, made under four revisions."""
    one = desk.add("Lee said that Kim denied that the shop was shut. “It was open,” she said, “all day.”", "One")
    two = desk.add("The shop was shut, it is said. Ito had said so.", "Two")
    said = desk.put(one, "attribution", "said", attributes=(("quote-form", "indirect"), ("unasserted", "negated")))
    desk.project.set_attributes(said.id, [*said.attributes, ("unasserted", "hypothetical")])
    desk.into(said, "source", "Lee")
    denial = desk.into(said, "denial", "Kim denied that the shop was shut")
    claim = desk.put(one, "claim", "the shop was shut")
    desk.link("denies", denial, claim)
    book = desk.project.codebook
    allegation = Label("allegation", "Allegation", "G", "#777777")
    targets = tuple(
        replace(each, targets=(*each.targets, "allegation")) if each.id == "denies" else each for each in book.relations
    )
    desk.project.save_codebook(replace(book, labels=(*book.labels, allegation), relations=targets), "Allegations")
    far = desk.put(two, "allegation", "The shop was shut")
    desk.link("denies", denial, far)
    again = desk.put(one, "attribution", "said", after="open,” she ")
    desk.into(again, "content", "It was open", "all day")
    desk.link("denies", desk.put(one, "denial", "It was open"), None)
    desk.project.merge_labels("claim", "allegation")
    desk.project.set_note(denial.id, "Whose words?")
    desk.project.ensure_annotator("Ben")
    return desk.project


def test_a_whole_project_comes_back_equal(full, tmp_path):
    out = tmp_path / "out.jsonl"
    report = full.export(out)
    assert (report.articles, report.annotations, report.links) == (2, 8, 6)
    with Project.create(tmp_path / "copy") as copy:
        taken = copy.import_(out)
        assert (taken.problems, taken.annotations, taken.links) == ((), 8, 6)
        mine, theirs = full.records(), copy.records()
        assert theirs[1:] == mine[1:]
        assert theirs[0].codebooks == mine[0].codebooks
        assert copy.codebook.revision == full.codebook.revision == 3
        assert copy.outdated("Ana") == full.outdated("Ana")
        assert copy.check() == []
        for head in full.articles():
            assert copy.frames(head.id, "Ana") == full.frames(head.id, "Ana")
            assert copy.remarks(head.id, "Ana") == full.remarks(head.id, "Ana")
        again = copy.import_(out)
        assert (again.annotations, again.links, again.problems) == (0, 0, ())


def test_it_comes_back_into_a_project_with_a_codebook_of_its_own(full, tmp_path):
    out = tmp_path / "out.jsonl"
    full.export(out)
    with Project.create(tmp_path / "other", annotator="Cleo") as other:
        article = other.add_text("Nothing but this.", "Mine").added[0]
        other.annotate(article, "claim", [(0, 7)], annotator="Cleo")
        taken = other.import_(out, partly=True)
        assert (taken.annotations, taken.links) == (8, 6)
        assert other.check() == []
        # What the project's own codebook lacks is in it as retired, so that everything has a name.
        assert other.codebook.label("claim").retired is False
        assert other.codebook.label("allegation").retired
        assert other.codebook.name == other.revision(1).name
        for head in other.articles():
            told = {each.message for each in other.remarks(head.id, "Ana")}
            assert head.id == article or "“Allegation” is retired: give it another label" in told
        assert other.import_(out, partly=True).annotations == 0
        assert other.codebook.revision == 4
        other.save_codebook(replace(other.codebook, name="Ours"))
        words = {(each.kind, each.origin_id, each.target) for each in full.links()}
        assert {(each.kind, each.origin_id, each.target) for each in other.links()} == words


def test_a_label_that_was_given_up_comes_back_retired(desk, tmp_path):
    book = desk.project.codebook
    article = desk.add("The shop was shut.", "One")
    content = desk.put(article, "content", "The shop was shut")
    desk.project.export(tmp_path / "out.jsonl")
    desk.project.delete([content.id])
    less = {
        "labels": tuple(each for each in book.labels if each.id != "content"),
        "roles": tuple(replace(each, labels=("claim",)) for each in book.roles if each.id == "content"),
    }
    desk.project.save_codebook(replace(book, **less))
    with desk.one_step("Import"):
        assert desk.project.import_(tmp_path / "out.jsonl").annotations == 1
    assert desk.project.codebook.label("content").retired
    assert desk.remarks(article) == ["“Content” is retired: give it another label"]


def test_one_annotators_part_keeps_its_frames(full, tmp_path):
    out = tmp_path / "ana.jsonl"
    assert full.export(out, annotator="Ana").links == 6
    with Project.create(tmp_path / "copy") as copy:
        copy.import_(out)
        assert copy.links() == full.links()


def test_info_counts_links_by_kind(full):
    assert full.info().links == {"content": 2, "denies": 3, "source": 1}
