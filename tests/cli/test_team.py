"""The commands of a team: who is who, who labels what, copies out, copies back."""

import json

import pytest

from annotator.model.article import State
from annotator.model.assigning import Assignment
from annotator.project import Project


@pytest.fixture
def path(project):
    project.close()
    return project.path


def label(file, place, note=""):
    with Project.open(file) as copy:
        who = copy.annotators()[0].name
        return copy.annotate(copy.articles()[0].id, "claim", [place], annotator=who, note=note).id


def test_the_whole_round(do, path, tmp_path):
    status, said, _ = do("assign", path, "--readers", 2, "--seed", 4)
    assert (status, said) == (0, "Ana: 2 articles\nBen: 2 articles\n")
    assert do("assign", path)[1] == "Every article is assigned already.\n"
    status, said, _ = do("hand-out", path, tmp_path / "out")
    assert status == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [each.name for each in files] == ["study - Ana.annotator", "study - Ben.annotator"]
    for file in files:
        label(file, (0, 6))
    status, said, _ = do("merge", path, *files, "--dry-run", "--json")
    plan = json.loads(said)
    assert (status, plan["merged"], plan["conflicts"]) == (0, None, [])
    assert {"annotator": "Ana", "noun": "annotation", "fate": "new", "count": 1} in plan["files"][0]["counts"]
    status, said, _ = do("merge", path, *files)
    assert status == 0
    assert "Ana: labels 1 new" in said
    assert "Merged 2 files: 2 new, 0 changed and 0 deleted labels; 0 left as they were." in said
    status, said, _ = do("merge", path, *reversed(files))
    assert (status, "There was nothing new." in said) == (0, True)
    status, said, _ = do("annotators", path, "--everybody", "--json")
    people = json.loads(said)
    assert people["blind"] is True
    assert [(each["name"], each["labels"]) for each in people["annotators"]] == [("Ana", 1), ("Ben", 1)]


def test_conflicts_are_listed_and_decided(do, path, tmp_path):
    do("hand-out", path, tmp_path / "out", "Ana", "--all-articles")
    (file,) = (tmp_path / "out").iterdir()
    key = label(file, (0, 6))
    do("merge", path, file)
    for some, note in ((file, "there"), (path, "here")):
        with Project.open(some) as project:
            project.set_note(key, note)
    status, said, complaint = do("merge", path, file)
    assert status == 1
    assert f"Conflict annotation:{key}: Ana, Claim" in said
    assert "0  in the project, Ana, 20" in said
    assert "note there" in said
    assert complaint == "Nothing was merged: 1 conflict to decide. Decide with --rule or --choose.\n"
    status, said, _ = do("merge", path, file, "--dry-run")
    assert (status, "note here" in said) == (0, True)
    assert do("merge", path, file, "--choose", f"annotation:{key}=9")[0] == 1
    assert do("merge", path, file, "--choose", "nonsense")[0] == 2
    assert do("merge", path, file, "--choose", f"annotation:{key}=1")[0] == 0
    with Project.open(path) as project:
        assert project.annotation(key).note == "there"


def test_files_that_cannot_be_merged(do, path, tmp_path):
    do("hand-out", path, tmp_path / "out", "Ana", "--all-articles")
    (file,) = (tmp_path / "out").iterdir()
    label(file, (0, 6))
    (tmp_path / "text.annotator").write_text("no project", "utf-8")
    status, said, complaint = do("merge", path, tmp_path / "text.annotator")
    assert (status, "not an Annotator project" in complaint, "Nothing was changed" in complaint) == (1, True, True)
    status, said, complaint = do("merge", path, tmp_path / "text.annotator", file)
    assert (status, "Merged 1 file: 1 new" in said) == (1, True)
    assert "not an Annotator project" in complaint
    assert complaint.endswith("\n1 file of 2 could not be merged.\n")


def test_a_folder_stands_for_the_projects_in_it(do, path, tmp_path):
    do("hand-out", path, tmp_path / "out", "--all-articles")
    for file in (tmp_path / "out").iterdir():
        label(file, (0, 6))
    status, said, _ = do("merge", path, tmp_path / "out")
    assert (status, "Merged 2 files: " in said) == (0, True)
    (tmp_path / "nothing").mkdir()
    status, _, complaint = do("merge", path, tmp_path / "nothing")
    assert (status, "“nothing” is a folder without a copy of the project. It is empty. Put" in complaint) == (1, True)
    (tmp_path / "nothing" / "mail.eml").write_text("The file is too large.", encoding="utf-8")
    _, _, complaint = do("merge", path, tmp_path / "nothing", "--dry-run")
    assert "None of the files in it ends in .annotator. Put the copies" in complaint


def test_what_is_known_of_annotators(do, path):
    words = ("--add", "Cem", "--short", "Ben", "B.", "--color", "Ben", "#112233", "--email", "Ben", "b@example.org")
    status, said, _ = do("annotators", path, *words, "--name", "Ben", "Benjamin", "--open")
    assert status == 0
    assert "Benjamin (B.); 0 labels; 0 minutes; nothing assigned" in said
    assert "Cem (C)" in said
    assert "They see each other's labels." in said
    assert do("annotators", path, "--color", "Ana", "blue")[0] == 1
    status, said, _ = do("annotators", path, "--blind")
    assert "They do not see each other's labels." in said


def test_a_plan_is_shown_before_it_is_made(do, path):
    status, said, _ = do("assign", path, "Ana", "--repeats", 50, "--order", "story", "--dry-run")
    assert status == 0
    assert said.startswith("Ana: 2 articles\nAna again: 1 article\n  Ana: ")
    assert do("annotators", path)[1].count("nothing assigned") == 2
    assert len(json.loads(do("assign", path, "Ana", "--json")[1])) == 2
    assert do("assign", path, "Ana", "--readers", 2)[0] == 1
    assert do("assign", path, "Nobody")[0] == 1
    assert do("hand-out", path, path.parent / "out", "Ben")[0] == 1


class TestBlind:
    """What commands tell of labels while annotators do not see each other's."""

    @pytest.fixture
    def path(self, path):
        """Ana has labelled twice, Ben has found nothing, and each has an article assigned."""
        with Project.open(path) as project:
            first, second = (head.id for head in project.articles())
            project.assign([Assignment(first, project.annotator(name).id, 0) for name in ("Ana", "Ben")])
            project.annotate(first, "claim", [(0, 6)], annotator="Ana")
            project.annotate(second, "denial", [(0, 6)], annotator="Ana")
            project.set_state(first, "Ben", State.EMPTY)
        return path

    def test_nobody_s_figures_are_told_until_somebody_asks(self, do, path):
        status, said, complaint = do("annotators", path)
        assert status == 0
        assert said.count("labels hidden") == 2
        assert "nothing found" not in said
        assert "1 article assigned: done 1" in said
        assert complaint.startswith("Figures are hidden, as labels are: --as NAME")
        people = json.loads(do("annotators", path, "--json")[1])["annotators"]
        assert [each["labels"] for each in people] == [None, None]
        assert {share["labels"] for each in people for share in each["articles"]} == {None}
        assert [share["state"] for each in people for share in each["articles"] if each["name"] == "Ben"] == ["done"]
        said = do("info", path)[1]
        assert "Ana: labels hidden (in progress 2)" in said
        assert "Ben: labels hidden (done 1)" in said
        assert "  links     hidden" in said
        found = json.loads(do("info", path, "--json")[1])
        assert (found["labels"], found["links"]) == ({"Ana": None, "Ben": None}, None)
        assert found["states"]["Ben"] == {"done": 1}

    def test_who_asks_is_told_of_their_own(self, do, path):
        status, said, complaint = do("annotators", path, "--as", "Ben")
        assert status == 0
        assert "Ana (A); labels hidden" in said
        assert "Ben (B); 0 labels" in said
        assert "nothing found 1" in said
        assert complaint == "Others' figures are hidden, as their labels are: --everybody tells them.\n"
        assert "Ana: claim 1, denial 1 (in progress 2)" in do("info", path, "--as", "Ana")[1]
        assert do("info", path, "--as", "Nobody")[0] == 1
        assert do("info", path, "--as", "Ana", "--everybody")[0] == 2

    def test_whoever_coordinates_is_told_everything(self, do, path):
        status, said, complaint = do("annotators", path, "--everybody")
        assert (status, complaint) == (0, "")
        assert "Ana (A); 2 labels" in said
        assert "nothing found 1" in said
        do("annotators", path, "--open")
        assert do("annotators", path) == (0, said.replace("do not see", "see"), "")
        assert do("info", path)[2] == ""

    def test_who_labels_alone_is_told_everything(self, do, tmp_path):
        with Project.create(tmp_path / "alone", annotator="Ana") as project:
            article = project.add_text("Rain fell.").added[0]
            project.annotate(article, "claim", [(0, 4)], annotator="Ana")
        for words in ((), ("--as", "Ana")):
            assert "Ana: claim 1 (in progress 1)" in do("info", project.path, *words)[1]

    def test_a_second_reading_is_told_of_nobody_else_whatever_is_open(self, do, path):
        do("annotators", path, "--open")
        with Project.open(path) as project:
            first, ana = project.articles()[0].id, project.annotator("Ana").id
            project.assign([Assignment(first, ana, 0, is_repeat=True)])
        assert "Ana (A); 2 labels" in do("annotators", path)[1]
        said = do("annotators", path, "--as", "Ana again")[1]
        assert "Ana (A); labels hidden" in said
        assert "Ana again (AA); 0 labels" in said
