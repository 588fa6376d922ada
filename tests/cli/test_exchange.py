"""Export, import and split as commands."""

import json

import pytest

from annotator.model.article import State
from annotator.project import Project


@pytest.fixture
def path(project):
    article = project.articles()[0].id
    denial = project.annotate(article, "denial", [(0, 15), (24, 30)], annotator="Ana")
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana", note="see above")
    project.annotate(article, "claim", [(4, 12)], annotator="Ben")
    project.link("denies", denial.id, claim.id)
    project.set_state(article, "Ana", State.DONE)
    project.close()
    return project.path


def test_a_dry_run_says_what_would_be_lost_and_writes_nothing(do, path, tmp_path):
    status, said, complaint = do("export", path, tmp_path / "out", "--format", "doccano", "--dry-run")
    assert status == 0
    assert said.startswith("Would write 2 articles, 4 labels and 0 links")
    assert "Does not fit: 1 discontinuous span: each fragment is a span of its own.\n" in complaint
    assert "Does not fit: 1 relation: left out.\n" in complaint
    assert not (tmp_path / "out").exists()


def test_what_was_written_is_compared_and_the_report_says_so(do, path, tmp_path):
    status, said, complaint = do("export", path, tmp_path / "out", "--format", "brat", "--annotator", "Ana")
    assert (status, complaint.splitlines()[0]) == (0, "Does not fit: 1 state of reading: left out.")
    assert "Read back and found equal: texts, labels, links" in said
    status, said, _ = do("export", path, tmp_path / "out", "--format", "brat")
    assert status == 1
    status, said, _ = do("export", path, tmp_path / "out", "--format", "brat", "--force", "--json")
    assert (status, json.loads(said)["annotations"]) == (0, 3)


def test_only_what_was_chosen_goes_out(do, path, tmp_path):
    _, said, complaint = do(
        "export", path, tmp_path / "a.jsonl", "--labels", "Claim", "--annotator", "Ben", "--annotator", "Ana"
    )
    assert said.startswith("Wrote 2 articles, 2 labels and 0 links")
    assert "Left out: 1 link to what was not chosen." in complaint
    _, said, _ = do("export", path, tmp_path / "b.jsonl", "--finished")
    assert said.startswith("Wrote 2 articles, 2 labels and 1 link")
    status, _, complaint = do("export", path, tmp_path / "c.jsonl", "--labels", "rumour")
    assert (status, "The codebook has no label “rumour”" in complaint) == (1, True)


def test_a_split_is_made_and_used(do, path, tmp_path):
    assert do("split", path, "main", "--parts", "train=1,test=1", "--seed", "3")[:2] == (
        0,
        "Split 2 articles by story: train 1, test 1.\n",
    )
    assert do("export", path, tmp_path / "out", "--format", "prodigy", "--split", "main")[0] == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["README.md", "test.jsonl", "train.jsonl"]
    assert do("export", path, tmp_path / "x", "--split", "other")[0] == 1
    status, _, complaint = do("split", path, "three", "--parts", "train=8,dev=1,test=1")
    assert (status, "of “three” are empty: there are only 2 articles" in complaint) == (0, True)
    assert (
        "Left out: parts dev and test"
        in do("export", path, tmp_path / "y", "--format", "prodigy", "--split", "three")[2]
    )
    assert "is no number" in do("split", path, "second", "--parts", "train=a,test=1")[2]


def test_what_comes_in_is_recognised_told_and_taken_once(do, path, tmp_path):
    do("export", path, tmp_path / "out", "--format", "doccano-relations", "--annotator", "Ana")
    other = tmp_path / "other.annotator"
    do("new", other)
    source = tmp_path / "out" / "Ana.jsonl"
    status, _, complaint = do("import", other, source)
    assert (status, "Name the annotator (--annotator NAME)" in complaint) == (1, True)
    status, said, _ = do("import", other, source, "--annotator", "Cem", "--dry-run")
    assert (status, said.splitlines()[-1]) == (0, "Would add 1 article, 3 labels and 1 link; 0 there already.")
    status, said, _ = do("import", other, source, "--annotator", "Cem", "--state", "in-progress", "--json")
    assert (status, json.loads(said)["format"], json.loads(said)["annotations"]) == (0, "doccano", 3)
    assert do("import", other, source, "--annotator", "Cem")[1].startswith("Added 0 articles, 0 labels and 0 links")
    with Project.open(other, read_only=True) as opened:
        assert [head.state for head in opened.articles("Cem")] == [State.IN_PROGRESS]
    assert do("import", other, tmp_path / "out", "--state", "done")[1].startswith(
        "Added 1 article, 3 labels and 1 link"
    )
    with Project.open(other, read_only=True) as opened:
        assert [head.state for head in opened.articles("Ana")] == [State.DONE, State.NEW]


def test_words_of_the_files_are_taken_for_labels_that_one_says(do, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"text": "Rain fell. He knew.", "label": [[0, 9, "Assertion"], [11, 18, "CLAIM"]]}))
    path = tmp_path / "p.annotator"
    do("new", path)
    status, said, _ = do("import", path, source, "--annotator", "Ana", "--as", "Assertion=claim", "--dry-run")
    assert status == 0
    assert "Taken for labels of the codebook: “Assertion” is Claim, “CLAIM” is Claim." in said
    status, said, _ = do("import", path, source, "--annotator", "Ana")
    assert "The codebook gets a new revision with the label “Assertion”." in said
    with Project.open(path, read_only=True) as opened:
        assert opened.codebook.revision == 2
        assert {each.label for each in opened.annotations()} == {"Assertion", "claim"}
    status, _, complaint = do("import", path, source, "--annotator", "Ana", "--as", "Assertion=rumour")
    assert (status, "no label “rumour”" in complaint) == (1, True)


def test_a_choice_that_a_format_does_not_have_is_refused(do, path, tmp_path):
    for form, there in (("jsonl", "It has none."), ("conll", "It has: scheme, layout.")):
        status, said, complaint = do("export", path, tmp_path / "out", "--format", form, "--set", "shceme=BIOES")
        assert (status, said, complaint) == (1, "", f"“{form}” has no choice “shceme”. {there}\n")


def test_a_file_of_no_known_format_is_said_to_be_that(do, path, tmp_path):
    (tmp_path / "notes.txt").write_text("Nothing here.")
    status, _, complaint = do("import", path, tmp_path / "notes.txt")
    assert (status, "looks like no format that is known here" in complaint) == (1, True)
    assert do("import", path, tmp_path / "gone")[0] == 1


def test_the_readme_of_conll_names_the_columns_and_the_tags(do, tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("It rained.")
        for who in ("Ana", "Ben"):
            project.annotate(project.articles()[0].id, "claim", [(0, 9)], annotator=who)
    said = {}
    for name, words in {"columns": (), "flat": ("--set", "layout=flat", "--set", "scheme=BIOES")}.items():
        assert do("export", project.path, tmp_path / name, "--format", "conll", *words)[0] == 0
        said[name] = " ".join((tmp_path / name / "README.md").read_text("utf-8").split())
    assert "a column of tags (IOB2) for each label, in this order: `claim`, `denial`, `attribution`" in said["columns"]
    assert "behind a tab its tag (BIOES)" in said["flat"]
