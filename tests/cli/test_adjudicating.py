import json

import pytest

from annotator.cli import run
from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.project import Project
from annotator.project.example import open_example


@pytest.fixture
def example(tmp_path):
    return open_example(tmp_path)


def said(capsys, *words):
    assert run([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_a_dry_run_changes_nothing_and_the_rule_twice_adds_nothing(example, capsys):
    before = example.read_bytes()
    dry = json.loads(said(capsys, "adjudicate", example, "--rule", "majority", "--dry-run", "--json"))
    assert dry["dry_run"]
    assert dry["accepted"]["labels"] > 100
    assert example.read_bytes() == before
    done = json.loads(said(capsys, "adjudicate", example, "--rule", "majority", "--json"))
    assert done["accepted"] == dry["accepted"]
    assert done["left"] == len(done["queue"]) < dry["left"]
    again = json.loads(said(capsys, "adjudicate", example, "--rule", "majority", "--json"))
    assert set(again["accepted"].values()) == {0}
    assert again["queue"] == done["queue"]
    with Project.open(example, read_only=True) as project:
        assert len(project.annotations(annotator="Gold")) == done["accepted"]["labels"]
        assert project.check() == []


def test_the_list_quotes_every_version(example, capsys):
    text = said(capsys, "adjudicate", example, "--queue", "--kind", "boundary", "--label", "claim", "--order", "cost")
    assert "Ana: claim “" in text
    assert "Ben: claim “" in text


def test_the_list_says_where_links_lead_and_which_values_differ(example, capsys):
    text = said(capsys, "adjudicate", example, "--queue", "--kind", "role", "--kind", "target")
    assert "” → “" in text
    assert "” → no link" in text
    listed = said(capsys, "adjudicate", example, "--queue", "--kind", "attribute").splitlines()
    versions = [line.partition(": ")[2] for line in listed if line.startswith("  ") and "“" in line]
    assert len(set(versions)) == len(versions) > 2, "what differs in its values only is told apart"


def test_where_nobody_can_be_compared_that_is_said(tmp_path, capsys):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("It rained.")
        article = project.articles()[0].id
        for who in ("Ana", "Ben"):
            project.annotate(article, "claim", [(0, 9)], annotator=who)
        path = project.path
    assert "two annotators have to finish the same article" in said(capsys, "adjudicate", path)
    with Project.open(path) as project:
        for who in ("Ana", "Ben"):
            project.set_state(article, who, State.DONE)
    assert "1 place that all agree about: accept with --rule all." in said(capsys, "adjudicate", path)
    assert "have to finish" not in said(capsys, "adjudicate", path, "--rule", "all")
    assert said(capsys, "adjudicate", path).strip() == "0 disagreements left. 0 decided."


def test_a_wrong_name_is_told_though_there_is_nothing_to_accept(tmp_path, capsys):
    with Project.create(tmp_path / "study", annotator="Ana") as made:
        path = made.path
    assert run(["adjudicate", str(path), "--rule", "all", "--by", "Zed"]) == 1
    assert "no annotator “Zed”" in capsys.readouterr().err


def test_decisions_are_listed_with_who_and_how(example, capsys):
    said(capsys, "adjudicate", example, "--rule", "all", "--by", "Chiara")
    assert "agreed, all by Chiara" in said(capsys, "decisions", example)
    rows = json.loads(said(capsys, "decisions", example, "--json"))
    assert {(row["outcome"], row["decider"]) for row in rows} == {("all", "Chiara")}


def test_a_label_that_is_none_is_a_sentence(example, capsys):
    assert run(["adjudicate", str(example), "--queue", "--label", "nonsense"]) == 1
    assert "has no label “nonsense”" in capsys.readouterr().err


def test_feedback_is_a_page_for_each_annotator(example, tmp_path, capsys):
    said(capsys, "adjudicate", example, "--rule", "majority")
    out = tmp_path / "out"
    text = said(capsys, "feedback", example, out, "--bootstrap", "0")
    pages = sorted(out.glob("*.html"))
    assert len(pages) == 3
    assert "Ana: “" in text
    assert all(page.read_text("utf-8").startswith("<!DOCTYPE html>") for page in pages)
    assert run(["feedback", str(example), str(out), "Ana"]) == 1
    assert "exists already" in capsys.readouterr().err
    said(capsys, "feedback", example, out, "Ana", "--json", "--bootstrap", "0")
    values = json.loads(next(out.glob("*Ana.json")).read_text("utf-8"))
    assert values["annotator"] == "Ana"
    assert values["corrections"]


def test_what_a_rule_accepted_in_many_articles_is_taken_back_in_one_step(example, capsys):
    with Project.open(example, read_only=True) as project:
        before = project.annotations(), project.links()
    said(capsys, "adjudicate", example, "--rule", "majority")
    with Project.open(example) as project:
        assert len(project.annotations()) > len(before[0])
        project.undo()
        assert (project.annotations(), project.links(), project.gold()) == (*before, None)
        assert project.check() == []
        project.redo()
        assert project.check() == []


def test_decisions_are_counted_by_clause_with_their_passages(example, capsys):
    with Project.open(example) as project:
        first, *_, second = project.queue().items
        told = project.decide(first, Outcome.NONE, by="Ana", clause="claim-u1", reason="codebook")
        project.decide(second, Outcome.NONE, by="Ana")
        words = project.article(told.article).text[told.start : told.end]
        clause = next(each.text for each in project.codebook.label("claim").use_when if each.id == "claim-u1")
    text = said(capsys, "decisions", example, "--by-clause")
    assert f"1 claim-u1 {clause}" in text
    assert "1 no clause cited" in text
    (cited,) = [
        each for each in json.loads(said(capsys, "decisions", example, "--by-clause", "--json")) if each["clause"]
    ]
    assert (cited["count"], cited["reasons"], cited["passages"][0]["text"]) == (1, {"codebook": 1}, words)
