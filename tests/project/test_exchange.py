"""Export and import between projects."""

from dataclasses import replace

import pytest

from annotator.model.article import State
from annotator.model.errors import ExchangeError, NotFoundError, ProjectExistsError
from annotator.project import Project
from annotator.project.templates import template


@pytest.fixture
def labelled(project):
    """Two annotators' labels, with links within one's own and to the other's, and across articles."""
    one, two = (head.id for head in project.articles())
    claim = project.annotate(one, "claim", [(0, 8)], annotator="Ana")
    far = project.annotate(two, "claim", [(18, 40)], annotator="Ana")
    denial = project.annotate(one, "denial", [(0, 15)], annotator="Ana")
    theirs = project.annotate(one, "claim", [(0, 15)], annotator="Ben")
    project.link("denies", denial.id, claim.id)
    project.link("denies", denial.id, far.id)
    project.link("denies", denial.id, None)
    project.link("denies", denial.id, theirs.id)
    project.link("supports", theirs.id, claim.id, annotator="Ana")
    project.set_state(two, "Ben", State.EMPTY)
    return project


def test_a_copy_by_export_and_import_is_equal(labelled, tmp_path):
    report = labelled.export(tmp_path / "out.jsonl")
    assert (report.articles, report.annotations, report.links, report.left_out) == (2, 4, 5, ())
    with Project.create(tmp_path / "copy") as copy:
        assert copy.import_(tmp_path / "out.jsonl").problems == ()
        assert copy.records()[1] == labelled.records()[1]
        assert {*copy.annotators()} == {*labelled.annotators()}


@pytest.mark.parametrize("name", ["brat", "doccano", "label-studio", "prodigy", "conllu", "huggingface", "webanno-tsv"])
def test_who_found_nothing_in_an_article_has_it_in_every_export(labelled, tmp_path, name):
    """An article without labels is not the same as no article: it teaches a program, and counts as read."""
    labelled.export(tmp_path / "out", format=name)
    with Project.create(tmp_path / "copy") as copy:
        copy.import_(tmp_path / "out", format=name)
        words = labelled.article(labelled.articles()[1].id).text.split()
        (two,) = (head.id for head in copy.articles() if copy.article(head.id).text.split() == words)
        assert copy.state(two, "Ben") is State.EMPTY
        assert copy.annotations(two, copy.annotator("Ben").id) == []
        assert copy.agreement().articles == labelled.agreement().articles + 2 == 2  # Ana's are taken for done


def test_one_annotators_part_says_what_it_leaves_out(labelled, tmp_path):
    report = labelled.export(tmp_path / "ana.jsonl", annotator="Ana")
    assert (report.annotations, report.links) == (3, 3)
    assert report.left_out == ("2 links to what was not chosen",)
    assert "Ben" not in (tmp_path / "ana.jsonl").read_text("utf-8")
    with Project.create(tmp_path / "copy") as copy:
        assert copy.import_(tmp_path / "ana.jsonl").problems == ()
        assert [each.name for each in copy.annotators()] == ["Ana"]
        assert len(copy.links()) == 3
    report = labelled.export(tmp_path / "ben.jsonl", annotator="Ben")
    assert (report.annotations, report.links, report.left_out) == (1, 0, ())


def test_two_annotators_files_meet_in_one_project(labelled, tmp_path):
    for name in ("Ana", "Ben"):
        labelled.export(tmp_path / f"{name}.jsonl", annotator=name)
    with Project.create(tmp_path / "both") as both:
        for name in ("Ben", "Ana", "Ben"):
            assert both.import_(tmp_path / f"{name}.jsonl").problems == ()
        assert sorted(each.id for each in both.annotations()) == sorted(each.id for each in labelled.annotations())
        assert both.check() == []


def test_labels_of_somebody_of_the_same_name_become_theirs(labelled, tmp_path):
    labelled.export(tmp_path / "out.jsonl")
    with Project.create(tmp_path / "copy", annotator="Ben") as copy:
        ben = copy.annotator("Ben").id
        assert ben != labelled.annotator("Ben").id
        copy.import_(tmp_path / "out.jsonl")
        assert [each.name for each in copy.annotators()] == ["Ana", "Ben"]
        assert len(copy.annotations(annotator=ben)) == 1


def test_what_the_project_says_otherwise_is_kept_and_told(labelled, tmp_path):
    labelled.export(tmp_path / "out.jsonl")
    article = labelled.articles()[0].id
    mine = labelled.annotations(article, "Ben")[0]
    labelled.set_note(mine.id, "my own")
    labelled.set_title(article, "My title")
    labelled.set_state(article, "Ben", State.DONE)
    before = labelled.records()[1]
    report = labelled.import_(tmp_path / "out.jsonl")
    assert not report.refused
    told = " ".join(problem.message for problem in report.problems)
    assert len(report.problems) == 3
    for words in ("another title", f"The label {mine.id} is in the project already", "“done” in the project"):
        assert words in told
    assert labelled.records()[1] == before


def test_the_projects_codebook_stays_the_one_that_holds(labelled, project, tmp_path):
    with Project.create(tmp_path / "other", annotator="Cem", codebook=template("stance")) as other:
        other.add_text("Something else entirely.\n")
        label = other.codebook.labels[0].id
        other.annotate(other.articles()[0].id, label, [(0, 9)], annotator="Cem")
        other.export(tmp_path / "other.jsonl")
    own = project.codebook
    assert project.import_(tmp_path / "other.jsonl").problems == ()
    assert replace(project.codebook, revision=own.revision) == own
    (taken,) = project.annotations(annotator="Cem")
    assert taken.codebook == 2
    assert project.codebook.revision == 3
    assert project.check() == []
    steps = len(project.steps())
    project.import_(tmp_path / "other.jsonl")
    assert len(project.steps()) == steps


def test_a_project_is_never_exported_onto_itself(labelled):
    before = labelled.path.read_bytes()
    with pytest.raises(ExchangeError, match="the project itself"):
        labelled.export(labelled.path, overwrite=True)
    assert labelled.path.read_bytes() == before


def test_nothing_is_written_over_unless_asked_for(labelled, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    with pytest.raises(ProjectExistsError):
        labelled.export(out)
    assert out.read_text() == "mine"
    labelled.export(out, overwrite=True)
    assert out.read_text("utf-8").startswith('{"format": "annotator-article"')


@pytest.mark.parametrize("name", ["no/such/folder.jsonl", "file/out.jsonl", "."])
def test_where_nothing_can_be_written_nothing_is_left(labelled, tmp_path, files, name):
    (tmp_path / "file").write_text("")
    before = files()
    with pytest.raises(ExchangeError, match="cannot be written"):
        labelled.export(tmp_path / name, overwrite=True)
    assert files() == before


def test_unknown_formats_and_annotators_are_named(labelled, tmp_path):
    with pytest.raises(ExchangeError, match="“xls” is not a format for export"):
        labelled.export(tmp_path / "out", "xls")
    with pytest.raises(ExchangeError, match="“xls” is not a format for import"):
        labelled.import_(tmp_path / "out", "xls")
    with pytest.raises(NotFoundError, match="has no annotator “Zoe”"):
        labelled.export(tmp_path / "out", annotator="Zoe")


def test_an_empty_project_has_nothing_to_export(tmp_path):
    with Project.create(tmp_path / "empty") as empty, pytest.raises(ExchangeError, match="no articles"):
        empty.export(tmp_path / "out.jsonl")
