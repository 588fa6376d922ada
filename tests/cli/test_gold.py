"""Gold out to other programs: alone, with or without articles in which something is undecided."""

import csv
import json

import pytest

from annotator.formats.format import Taking
from annotator.formats.registry import READERS, WRITERS
from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.project import Project
from annotator.project.selecting import Selection

BRIDGE = "The ministry said the bridge was safe. Engineers denied that."
RAIN = "Rain was forecast, the office said. It stayed dry."


@pytest.fixture
def path(tmp_path):
    """A project in which one article is decided, and of another one place of two."""
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(BRIDGE, "Bridge")
        project.add_text(RAIN, "Rain")
        titles = {each.title: each.id for each in project.articles()}
        bridge, rain = titles["Bridge"], titles["Rain"]
        denial = project.annotate(bridge, "denial", [(39, 55)], annotator="Ana")
        claim = project.annotate(bridge, "claim", [(18, 37)], annotator="Ana", attributes=[("certainty", "certain")])
        project.link("denies", denial.id, claim.id)
        project.annotate(bridge, "claim", [(22, 37)], annotator="Ben")
        for who, end in (("Ana", 17), ("Ben", 4)):
            project.annotate(rain, "claim", [(0, end)], annotator=who)
            project.annotate(rain, "denial", [(36, 36 + end - 4)] if end > 4 else [(36, 38)], annotator=who)
            for article in (bridge, rain):
                project.set_state(article, who, State.DONE)
        while open_ones := project.disagreements(bridge):
            found = open_ones[0]
            mine = next(
                number for number, each in enumerate(found.versions) if project.annotator("Ana").id in each.annotators
            )
            project.decide(found, Outcome.VERSION, version=mine, by="Ana", whole=True)
        project.decide(project.disagreements(rain)[0], Outcome.UNION, by="Ana")
        assert project.disagreements(rain)
        assert project.check() == []
        return project.path


def labels(reading):
    names = {each.id: each.name for each in reading.project.annotators}
    return {
        (names[each.annotator], each.label, *each.span.covered(record.article.text))
        for record in reading.records
        for each in record.annotations
    }


@pytest.mark.parametrize("name", WRITERS)
def test_gold_goes_out_by_every_writer_and_comes_back(do, path, tmp_path, name):
    writer = WRITERS[name]
    if writer.needs:
        pytest.importorskip(writer.needs)
    out = tmp_path / f"out{writer.suffix}"
    status, said, complaint = do("export", path, out, "--format", name, "--gold")
    assert status == 0
    assert said.startswith("Wrote 1 article, 2 labels and")
    assert "Left out: 1 article with something undecided, or agreed and not accepted yet" in complaint
    if name in READERS:
        reading = READERS[name].read(out, Taking("Gold"))
        found = {(who, label, words) for who, label, words in labels(reading)}
        assert found == {("Gold", "claim", "the bridge was safe"), ("Gold", "denial", "Engineers denied")}


def test_with_what_is_undecided_all_articles_with_gold_go_out(do, path, tmp_path):
    out = tmp_path / "out.jsonl"
    status, said, complaint = do("export", path, out, "--gold", "--undecided")
    assert status == 0
    assert said.startswith("Wrote 2 articles, 3 labels and 1 link")
    assert "Undecided, and so without gold: 1 place in these articles.\n" in complaint
    reading = READERS["jsonl"].read(out, Taking())
    assert {who for who, *_ in labels(reading)} == {"Gold"}
    assert sum(len(each.decisions) for each in reading.records) == 3


def test_the_readme_says_of_how_many_articles(do, path, tmp_path):
    do("export", path, tmp_path / "decided", "--gold", "--format", "brat")
    do("export", path, tmp_path / "all", "--gold", "--undecided", "--format", "brat")
    decided, everything = (
        " ".join((tmp_path / each / "README.md").read_text("utf-8").split()) for each in ("decided", "all")
    )
    assert "Only 1 of the 2 articles of the project." in decided
    assert "articles of the project" not in everything


def test_formats_without_decisions_say_so_and_tables_have_them_apart(do, path, tmp_path):
    _, _, complaint = do("export", path, tmp_path / "brat", "--gold", "--undecided", "--format", "brat")
    assert "3 decisions behind gold: left out" in complaint
    _, _, complaint = do("export", path, tmp_path / "csv", "--gold", "--undecided", "--format", "csv")
    assert "3 decisions behind gold: in a table of their own, which is not read back" in complaint
    with (tmp_path / "csv" / "decisions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["decided by"] for row in rows) == ["Ana", "Ana", "Ana"]
    assert {each["annotator"] for row in rows for each in json.loads(row["versions"])} == {"Ana", "Ben"}
    assert all(row["text"] and row["made_at"] for row in rows)
    _, _, complaint = do("export", path, tmp_path / "own", "--annotator", "Ana", "--format", "csv")
    assert "decision" not in complaint
    assert not (tmp_path / "own" / "decisions.csv").exists()


def test_gold_is_no_annotator_among_the_others(do, path, tmp_path):
    status, _, complaint = do("export", path, tmp_path / "out", "--format", "brat")
    assert status == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir() if each.is_dir()) == ["Ana", "Ben"]
    assert "Left out: gold, which is exported by itself.\n" in complaint
    assert do("export", path, tmp_path / "all.jsonl")[0] == 0
    reading = READERS["jsonl"].read(tmp_path / "all.jsonl", Taking())
    assert {each.name for each in reading.project.annotators if each.is_gold} == {"Gold"}
    assert {who for who, *_ in labels(reading)} == {"Ana", "Ben", "Gold"}


def test_a_project_has_one_gold_after_an_import_too(do, path, tmp_path):
    assert do("export", path, tmp_path / "all.jsonl")[0] == 0
    with Project.create(tmp_path / "other", annotator="Cem") as other:
        other.ensure_gold()
        own = other.gold()
        other.import_(tmp_path / "all.jsonl", partly=True)
        assert [each for each in other.everybody() if each.is_gold] == [own]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--gold", "--annotator", "Ana"), "Choose gold or annotators"),
        (("--undecided",), "--undecided belongs to --gold"),
        (("--gold", "--article", "Rain"), "In every chosen article something is undecided"),
    ],
)
def test_what_cannot_be_chosen_together_is_told(do, path, tmp_path, words, answer):
    status, _, complaint = do("export", path, tmp_path / "out.jsonl", *words)
    assert status != 0
    assert answer in complaint
    assert not (tmp_path / "out.jsonl").exists()


def test_a_project_without_gold_says_so(do, tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.add_text("A text.")
    status, _, complaint = do("export", project.path, tmp_path / "out.jsonl", "--gold")
    assert status != 0
    assert "has no gold" in complaint


def test_gold_is_only_a_choice_of_whose_labels(path, tmp_path):
    with Project.open(path) as project:
        chosen = project.gold_selection()
        assert chosen == Selection(annotators=frozenset({project.gold().id}), articles=chosen.articles)
        assert len(chosen.articles) == 1


def test_gold_in_one_file_has_its_readme_beside_it_which_is_never_older_than_the_file(do, path, tmp_path):
    out, beside = tmp_path / "out.jsonl", tmp_path / "out.jsonl.README.md"
    assert do("export", path, out, "--annotator", "Ana")[0] == 0
    assert not beside.exists()
    _, said, _ = do("export", path, out, "--gold", "--force")
    assert f"What it is stands in “{beside}”." in said
    words = " ".join(beside.read_text("utf-8").split())
    assert "Labels of Gold (what was decided to be right)." in words
    assert "Before, Ana and Ben agreed at α = " in words
    assert do("export", path, out, "--annotator", "Ana", "--force")[0] == 0
    assert "Labels of Ana." in beside.read_text("utf-8")
    assert "gold" not in beside.read_text("utf-8")


def test_what_all_agree_about_and_nobody_has_accepted_is_told(do, tmp_path):
    with Project.create(tmp_path / "alike", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text("It rained. Nobody denied it.")
        article = project.articles()[0].id
        for who in ("Ana", "Ben"):
            project.annotate(article, "claim", [(0, 9)], annotator=who)
        project.annotate(article, "denial", [(11, 27)], annotator="Ana")
        for who in ("Ana", "Ben"):
            project.set_state(article, who, State.DONE)
        project.decide(project.queue().items[0], Outcome.NONE, by="Ana")
    out = tmp_path / "out.jsonl"
    status, _, complaint = do("export", project.path, out, "--gold")
    assert status != 0
    assert "agreed and not accepted yet" in complaint
    assert "annotator adjudicate PROJECT --rule all" in complaint
    assert do("export", project.path, tmp_path / "a.jsonl", "--gold", "--undecided")[2].startswith(
        "Agreed but not accepted, and so without gold: 1 place in these articles"
    )
    assert do("adjudicate", project.path, "--rule", "all")[0] == 0
    assert do("export", project.path, out, "--gold")[1].startswith("Wrote 1 article, 1 label")
