"""``annotator add``: what it reports, to people and to scripts."""

import json
from zipfile import ZipFile

import pytest

from annotator.project import Project

WORDS = (
    "The council of Marrowby gave shelter on Monday to a keeper of the gates who had left the company in protest. "
    "“I could not put my name below figures that nobody had read,” said Ivo Renn, who kept the gates for nine years. "
    "The company denied that any page of the book had been copied, and said that Mr. Renn had left of his own will."
)


@pytest.fixture
def study(tmp_path):
    with Project.create(tmp_path / "study", annotator="Ana") as made:
        return made.path


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "files"
    where.mkdir()
    (where / "gates.html").write_text(
        f"<html><body><h1>The gates</h1><p>By Lena Ashby</p><p>{WORDS}</p></body></html>", "utf-8"
    )
    (where / "copy.txt").write_text(
        f"Keeper leaves\n\n{WORDS}\n\nMore in our paper tomorrow, which you can buy everywhere.", "utf-8"
    )
    with ZipFile(where / "more.zip", "w") as archive:
        archive.writestr("rain.txt", "Rain fell on Monday, as it was said.")
        archive.writestr("empty.txt", "")
    return where


def test_the_report_for_scripts(do, study, folder):
    status, said, complaint = do("add", study, folder, "--json")
    assert (status, complaint) == (1, "1 file could not be read, or not all of it; the rest was added.\n")
    report = json.loads(said)
    assert report["dry_run"] is False
    first, second, third = report["articles"]
    assert (first["title"], second["title"], third["source"]) == ("Keeper leaves", "The gates", "rain.txt")
    assert second["blocks"] == {"headline": 1, "byline": 1}
    assert second["metadata"] == [{"key": "byline", "value": "Lena Ashby", "original": "By Lena Ashby"}]
    assert (second["importer"], second["language"], second["direction"]) == ("html", "en", "ltr")
    assert [(each["title"], each["of"]) for each in report["copies"]] == [("The gates", "Keeper leaves")]
    assert report["problems"][0]["where"].endswith("more.zip/empty.txt")
    with Project.open(study, read_only=True) as opened:
        assert [each.id for each in opened.articles()] == [each["id"] for each in report["articles"]]


def test_a_dry_run_adds_nothing_and_needs_no_right_to_write(do, study, folder):
    with Project.open(study):
        status, said, complaint = do("add", study, folder, "--dry-run")
    assert status == 1
    assert "“The gates”: 97% the same as “Keeper leaves”" in said
    assert said.endswith("Would add 3 articles; 0 there already.\n")
    assert complaint.endswith("1 file could not be read, or not all of it; nothing was added.\n")
    status, said, _ = do("add", study, folder, "--dry-run", "--json")
    assert [each["id"] for each in json.loads(said)["articles"]] == ["", "", ""]
    with Project.open(study, read_only=True) as opened:
        assert opened.articles() == []


def test_what_is_there_already_is_told_and_copies_of_it_too(do, study, folder):
    do("add", study, folder / "copy.txt")
    status, said, _ = do("add", study, folder / "copy.txt", folder / "gates.html", "--json")
    report = json.loads(said)
    assert status == 0
    assert [each["title"] for each in report["duplicates"]] == ["Keeper leaves"]
    assert [(each["title"], each["of"]) for each in report["copies"]] == [("The gates", "Keeper leaves")]


def test_copies_of_one_title_are_told_apart_by_their_files_and_never_wholly_the_same(do, study, tmp_path):
    long = "\n\n".join(WORDS.replace("Monday", f"day {number}") for number in range(9))
    for name, words in (("old.txt", long), ("new.txt", f"{long}\n\nA word more.")):
        (tmp_path / name).write_text(f"Keeper leaves\n\n{words}\n", "utf-8")
    _, said, _ = do("add", study, tmp_path / "old.txt", tmp_path / "new.txt")
    assert "“Keeper leaves” (new.txt): 99% the same as “Keeper leaves”" in said
