"""The commands of the codebook: what they print, what they write, and their exit status."""

import json
from dataclasses import replace

import pytest

from annotator.project import Project
from annotator.project.codebook_file import read_codebook, write_codebook
from annotator.project.handout import handout
from annotator.project.templates import template


def two_linked(folder):
    with Project.create(folder / "study", annotator="Ana") as project:
        article = project.add_text("The well is deep. He denied that.", "Well").added[0]
        claim = project.annotate(article, "claim", [(0, 16)], annotator="Ana", attributes=[("kind", "number")])
        denial = project.annotate(article, "denial", [(21, 32)], annotator="Ana")
        project.link("denies", denial.id, claim.id)
        return project.path


@pytest.fixture
def path(cast):
    return cast(two_linked)


@pytest.fixture
def book(tmp_path):
    """A file with the default codebook in which one label has another name."""
    codebook = template("default")
    labels = (replace(codebook.labels[0], name="Statement"), *codebook.labels[1:])
    write_codebook(replace(codebook, labels=labels), tmp_path / "book.json")
    return tmp_path / "book.json"


def test_show_says_what_is_in_it(do, path):
    status, said, complaint = do("codebook", path, "show")
    assert (status, complaint) == (0, "")
    lines = said.splitlines()
    assert lines[0] == "Claims, denials and attributions, with roles, revision 1 of 1"
    assert "  C  Claim (claim)" in lines
    assert "       polarity: affirmative, negative" in lines
    assert "  attribution has the role source: source" in lines
    assert "  denies: denial → claim, key X" in lines
    assert "  same-source: source ↔ source, key E" in lines
    assert "  13 clauses beside those of the labels" in lines
    assert lines[-1].endswith(": First revision")


def test_the_verb_may_come_before_the_project_as_with_all_other_commands(do, path):
    assert do("codebook", "show", path) == do("codebook", path, "show")
    status, _, complaint = do("codebook", "show")
    assert (status, complaint.count("\n")) == (2, 1)


def test_show_writes_a_page(do, path, tmp_path):
    page = tmp_path / "page.html"
    status, said, complaint = do("codebook", path, "show", "--html", page)
    assert (status, complaint) == (0, "")
    assert said == f"Wrote revision 1 of “{template('default').name}” to “{page}”.\n"
    assert page.read_text("utf-8") == handout(replace(template("default"), revision=1))
    assert do("codebook", path, "show", "--html", page)[0] == 1
    assert do("codebook", path, "show", "--html", page, "--force")[0] == 0


def test_save_change_compare_and_load(do, path, tmp_path):
    out = tmp_path / "out.json"
    assert do("codebook", path, "save", out) == (
        0,
        f"Wrote revision 1 of “{template('default').name}” to “{out}”.\n",
        "",
    )
    assert read_codebook(out) == template("default")
    assert do("codebook", path, "compare", out) == (0, "They are the same.\n", "")
    content = json.loads(out.read_text("utf-8"))
    content["labels"][0]["name"] = "Statement"
    out.write_text(json.dumps(content), "utf-8")
    line = "label claim, name: Claim → Statement\n"
    status, said, complaint = do("codebook", path, "load", out, "--note", "Plainer words", "--annotator", "Ana")
    assert (status, said, complaint) == (0, f"{line}Saved as revision 2: 1 difference.\n", "")
    said = do("codebook", path, "load", out)[1]
    assert said == "Revision 2 is the same already; nothing was changed.\n"
    assert do("codebook", path, "show")[1].splitlines()[-1].endswith(", by Ana: Plainer words")
    assert do("codebook", path, "compare", "1") == (1, line, "1 difference.\n")
    assert do("codebook", path, "compare", "2", "--revision", "1")[1] == "label claim, name: Statement → Claim\n"
    with Project.open(path) as project:
        assert project.codebook.label("claim").name == "Statement"
        project.undo()
        assert project.codebook.label("claim").name == "Claim"


def test_an_older_revision_is_saved_and_shown(do, path, book, tmp_path):
    do("codebook", path, "load", book)
    assert do("codebook", path, "save", tmp_path / "one.json", "--revision", "1")[0] == 0
    assert read_codebook(tmp_path / "one.json") == template("default")
    assert "Claim (claim)" in do("codebook", path, "show", "--revision", "1")[1]
    assert do("codebook", path, "show", "--revision", "3") == (1, "", "The codebook has no revision 3. It has 2.\n")
    assert do("codebook", path, "compare", "3")[0] == 1


def test_compare_with_a_template(do, path):
    status, said, complaint = do("codebook", path, "compare", "claim-denial-attribution")
    assert status == 1
    assert "label source: added" in said.splitlines()
    assert complaint.endswith(" differences.\n")


def test_values_without_a_place_are_kept_unless_asked(do, path, tmp_path):
    codebook = template("default")
    less = replace(codebook, attributes=tuple(each for each in codebook.attributes if each.id != "kind"))
    write_codebook(less, tmp_path / "less.json")
    status, said, complaint = do("codebook", path, "load", tmp_path / "less.json")
    assert (status, said) == (1, "")
    assert "“kind” is “number” on 1 annotation" in complaint
    assert do("codebook", path, "load", tmp_path / "less.json", "--leave-out")[0] == 0
    with Project.open(path, read_only=True) as project:
        assert [each.attributes for each in project.annotations()] == [(), ()]


@pytest.mark.parametrize(
    "case",
    [
        (("load", "nothing.json"), (1, "There is no codebook “nothing.json”")),
        (("load", "bad.json"), (1, "bad.json”, line 2: It is not JSON")),
        (("load", "small.json"), (1, "1 annotation is labelled “Claim”")),
        (("load", "default", "--annotator", "Nobody"), (0, "")),
        (("load", "stance", "--annotator", "Nobody"), (1, "labelled “Denial”")),
        (("compare", "nothing.json"), (1, "There is no codebook")),
        (("save", "bad.json"), (1, "exists already")),
        (("save", "out.toml"), (1, "written as JSON")),
        (("save", "nowhere/out.json"), (1, "cannot be written")),
        (("show", "--revision", "0"), (2, "--revision")),
        (("show", "--revision", "x"), (2, "--revision")),
        (("frob",), (2, "No such command 'frob'")),
        ((), (2, "Missing command")),
    ],
)
def test_what_cannot_be_done_is_one_sentence(do, path, tmp_path, monkeypatch, case):
    words, (status, sentence) = case
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text("{\n")
    label = {"id": "rumour", "name": "Rumour", "key": "R", "color": "#112233"}
    small = {"format": "annotator-codebook", "version": 1, "name": "Small", "labels": [label]}
    (tmp_path / "small.json").write_text(json.dumps(small))
    before = sorted(each.name for each in tmp_path.iterdir()), path.read_bytes()
    found, _, complaint = do("codebook", path, *words)
    assert found == status
    assert sentence in complaint
    assert len(complaint.splitlines()) == (1 if status else 0)
    assert (sorted(each.name for each in tmp_path.iterdir()), path.read_bytes()) == before


def test_no_project(do, tmp_path):
    assert do("codebook", tmp_path / "none.annotator", "show")[0] == 1
    status, _, complaint = do("codebook")
    assert status == 2
    assert complaint == "Missing argument 'PROJECT'. Type “annotator codebook --help” for help.\n"


def test_info_counts_links_by_kind(do, path):
    assert "  links     1 (denies 1)\n" in do("info", path)[1]
    assert json.loads(do("info", path, "--json")[1])["links"] == {"denies": 1}
