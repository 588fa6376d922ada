"""``annotator agreement``: what it prints is what the report says, in every form, and nothing in a project can hurt it."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from annotator.cli import run
from annotator.model.article import State
from annotator.project import Project
from annotator.project.example import open_example
from annotator.project.request import MEASURES, SLOW

TEXT = "The mayor denied it on Monday. Two aides say she was told in March.\n"
EVIL = "<script>alert('&')</script>"


@pytest.fixture
def example(tmp_path):
    return open_example(tmp_path)


@pytest.fixture
def told(capsys):
    """A function that runs a command line and returns what it printed; it must succeed."""

    def tell(*arguments):
        assert run(["agreement", *map(str, arguments)]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return tell


def test_json_has_every_figure_with_its_keys(example, told):
    found = json.loads(told(example, "--json", "--bootstrap", 100, "--seed", 3))
    assert found["format"] == "annotator-agreement"
    assert (found["request"]["replicates"], found["request"]["seed"]) == (100, 3)
    assert found["versions"]["numpy"]
    assert found["exclusions"]
    assert {each["measure"] for each in found["figures"]} == set(MEASURES) - set(SLOW)
    for each in found["figures"]:
        assert {"measure", "unit", "label", "annotators", "match", "ci95", "articles", "units"} <= each.keys()
        assert ("value" in each) != ("undefined" in each)
        if "undefined" in each:
            assert each["undefined"]
            assert each["ci95"] is None


def test_the_json_says_what_python_says(example, told):
    found = json.loads(told(example, "--json", "--bootstrap", 0))
    with Project.open(example, read_only=True) as project:
        report = project.agreement()
    values = [each.get("value") for each in found["figures"]]
    assert values == [each.value for each in report.figures]


def test_all_takes_in_gamma(example, told):
    pytest.importorskip("scipy")
    found = json.loads(told(example, "--json", "--measure", "all", "--tolerance", 2, "--bootstrap", 0))
    assert {each["measure"] for each in found["figures"]} == set(MEASURES)
    assert {each["match"] for each in found["figures"] if each["measure"] == "span_f1"} >= {"tolerance"}
    gammas = [each for each in found["figures"] if each["measure"] == "gamma"]
    assert len(gammas) == found["articles"]
    assert all(each["article"] for each in gammas)


def test_one_measure_of_two_people(example, told):
    found = json.loads(
        told(example, "--json", "--measure", "cohen_kappa,observed", "--annotators", "Ana,Ben", "--labels", "claim,D")
    )
    assert {each["measure"] for each in found["figures"]} == {"cohen_kappa", "observed"}
    assert found["annotators"] == ["Ana", "Ben"]
    assert [each["id"] for each in found["labels"]] == ["claim", "denial"]


@pytest.mark.parametrize("unit", ["character", "token", "span"])
def test_every_unit(example, told, unit):
    found = json.loads(told(example, "--json", "--unit", unit, "--bootstrap", 0))
    units = {each["unit"] for each in found["figures"]}
    assert units == {"span"} if unit == "span" else units == {unit, "span"}


def test_csv_has_a_row_for_each_figure(example, told):
    rows = list(csv.DictReader(io.StringIO(told(example, "--csv", "--bootstrap", 0))))
    figures = json.loads(told(example, "--json", "--bootstrap", 0))["figures"]
    assert [row["measure"] for row in rows] == [each["measure"] for each in figures]
    assert [row["value"] for row in rows] == [str(each.get("value", "")) for each in figures]


def test_text_markdown_and_latex_say_the_same_number(example, told):
    alpha = next(
        each["value"]
        for each in json.loads(told(example, "--json", "--bootstrap", 0))["figures"]
        if each["measure"] == "krippendorff_alpha_jaccard"
    )
    shown = f"{alpha:.2f}".removeprefix("0")
    for form in ([], ["--markdown"], ["--latex"]):
        assert shown in told(example, "--bootstrap", 0, *form)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture
def evil(tmp_path):
    """A project whose names are as nasty as names can be."""
    with Project.create(tmp_path / "evil", annotator=EVIL, name=EVIL) as project:
        project.ensure_annotator('=cmd|" /C calc"!A0')
        project.add_text(TEXT, EVIL)
        (head,) = project.articles()
        for who in project.annotators():
            project.annotate(head.id, "claim", [(31, 40)], annotator=who.id)
            project.set_state(head.id, who.id, State.DONE)
        project.annotate(head.id, "denial", [(4, 16)], annotator=EVIL)
    return project.path


def test_the_page_escapes_every_text(evil, told, tmp_path):
    page = tmp_path / "out.html"
    told(evil, "--html", page)
    text = page.read_text("utf-8")
    assert "<script" not in text
    parsed = _Page()
    parsed.feed(text)
    assert "script" not in parsed.tags
    words = " ".join(parsed.words)
    assert EVIL in words
    for part in ("Methods", "Left out", "What was asked", "numpy", "resample"):
        assert part in words
    sources = re.findall(r"(?:src|srcset|href)=\"([^\"]{0,30})", text)  # it needs nothing from elsewhere
    assert all(each.startswith("data:image/svg+xml;base64,") for each in sources)
    assert len(re.findall("<picture>", text)) == len(re.findall("<img ", text)) > 0


def test_tables_are_no_formulas_and_markdown_and_latex_are_escaped(evil, told):
    rows = list(csv.DictReader(io.StringIO(told(evil, "--csv"))))
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())
    assert EVIL not in told(evil, "--markdown")
    table = told(evil, "--latex")
    assert "_" not in re.sub(r"\\_", "", table)
    assert not set(table) & set("<>|“”–±…")


def test_of_two_forms_none_is_dropped_in_silence(example, capsys):
    assert run(["agreement", str(example), "--json", "--csv"]) == 2
    assert "--json and --csv are forms of one report. Choose one." in capsys.readouterr().err


def test_a_page_is_not_written_over(example, tmp_path, capsys):
    page = tmp_path / "out.html"
    page.write_text("mine", "utf-8")
    assert run(["agreement", str(example), "--html", str(page)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert page.read_text("utf-8") == "mine"
    assert run(["agreement", str(example), "--html", str(page), "--force"]) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--measure", "magic"], 2, "there is no measure “magic”"),
        (["--annotators", "Ana"], 1, "two annotators"),
        (["--annotators", "Ana,Zoe"], 1, "no annotator “Zoe”"),
        (["--labels", "nothing"], 1, "no label “nothing”"),
        (["--bootstrap", "-1"], 2, "-1"),
        (["--since", "yesterday"], 1, "“yesterday” is no date"),
        (["--until", "2024-13"], 1, "“2024-13” is no date"),
        (["--outlet", "Northen Wire"], 1, "There are: "),
    ],
)
def test_what_cannot_be_measured_is_one_sentence(example, capsys, arguments, status, words):
    assert run(["agreement", str(example), *arguments]) == status
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not told.out


def test_a_project_of_one_person_says_what_is_missing(tmp_path, capsys):
    with Project.create(tmp_path / "lonely", annotator="Ana") as project:
        path = project.path
    assert run(["agreement", str(path)]) == 1
    assert "two annotators" in capsys.readouterr().err


def test_nothing_finished_is_told_and_not_zero(tmp_path, told):
    with Project.create(tmp_path / "new", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(TEXT)
    found = json.loads(told(project.path, "--json"))
    assert all("value" not in each for each in found["figures"])
    assert "none of the chosen annotators has finished it" in json.dumps(found["exclusions"])
    assert told(project.path)
    assert told(project.path, "--markdown")


def test_nobody_who_read_twice_is_a_sentence(told, evil):
    assert told(evil, "--oneself").startswith("Nobody has read articles a second time.")
    assert json.loads(told(evil, "--oneself", "--json")) == []
