"""The commands: what they do, what they print where, and their exit status."""

import gc
import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli import run
from annotator.project import Project

RUN = "import sys; from annotator.cli import main; main()"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The test's folder as the one that paths start from."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def path(project):
    project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    project.close()
    return project.path


@pytest.mark.parametrize("words", [["--help"], ["codebook", "--help"]])
def test_no_command_is_told_in_half_a_sentence(capsys, words):
    assert run(words) == 0
    listed = capsys.readouterr().out.partition("Commands:")[2].splitlines()
    assert len(listed) > 3
    assert not any(line.endswith("...") for line in listed)


def test_a_project_from_nothing_to_a_copy(do, tmp_path):
    study, copy, out = (tmp_path / name for name in ("study.annotator", "copy.annotator", "out.jsonl"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text("One says so. 📰", "utf-8")
    (tmp_path / "texts" / "two.txt").write_text("Two denies it.", "utf-8")
    (tmp_path / "same.txt").write_text("Two denies it.\n", "utf-8")
    status, said, complaint = do("new", study, "--annotator", "Ana")
    assert (status, complaint) == (0, "")
    assert "Made “" in said
    status, said, complaint = do("add", study, tmp_path / "texts")
    assert (status, said, complaint) == (0, "Added 2 articles; 0 there already.\n", "")
    status, said, complaint = do("add", study, tmp_path / "texts" / "one.txt")
    assert (status, complaint) == (0, "")
    assert "one.txt: there already, as “One says so. 📰”" in said
    assert said.endswith("Added 0 articles; 1 there already.\n")
    assert do("check", study) == (0, f"“{study}” is sound.\n", "")
    status, said, complaint = do("export", study, out, "--format", "jsonl")
    assert (status, complaint) == (0, "")
    assert said.startswith("Wrote 2 articles, 0 labels and 0 links")
    assert do("new", copy, "--codebook", "default")[0] == 0
    assert do("import", copy, out)[1] == "Added 2 articles, 0 labels and 0 links; 0 there already.\n"
    assert do("import", copy, out)[1] == "Added 0 articles, 0 labels and 0 links; 2 there already.\n"


def test_what_cannot_be_read_is_told_and_the_rest_added(do, path, tmp_path):
    (tmp_path / "good.txt").write_text("Good.", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    status, said, complaint = do("add", path, tmp_path / "empty.txt", tmp_path / "good.txt", tmp_path / "gone.txt")
    assert status == 1
    assert said == "Added 1 article; 0 there already.\n"
    lines = complaint.splitlines()
    assert "empty.txt: " in lines[0]
    assert "gone.txt: There is no such file" in lines[1]
    assert lines[2] == "2 files could not be read, or not all of it; the rest was added."


def test_info(do, path):
    status, said, _ = do("info", path, "--everybody")
    assert status == 0
    assert "Ana: claim 1 (in progress 1)" in said
    status, said, complaint = do("info", path, "--everybody", "--json")
    found = json.loads(said)
    assert (status, complaint) == (0, "")
    assert (found["articles"], found["annotators"], found["codebook_revision"]) == (2, ["Ana", "Ben"], 1)
    assert found["labels"] == {"Ana": {"claim": 1}, "Ben": {}}
    assert found["states"]["Ana"] == {"in progress": 1}
    assert found["steps"] == 4


def test_reading_commands_work_while_another_program_holds_the_project(do, path, tmp_path):
    with Project.open(path):
        assert do("info", path)[0] == 0
        assert do("check", path)[0] == 0
        assert do("export", path, tmp_path / "out.jsonl")[0] == 0
        status, said, complaint = do("add", path, tmp_path / "out.jsonl")
        assert (status, said) == (1, "")
        assert "already open" in complaint


def test_check_lists_what_is_wrong(do, path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE fragment SET covered = 'x'")
        connection.commit()
    status, said, complaint = do("check", path)
    assert status == 1
    assert "but was made on “x”" in said
    assert complaint == f"“{path}” has 1 problem. Nothing was changed.\n"


def test_export_of_one_annotator_tells_what_it_leaves_out(do, path, tmp_path):
    with Project.open(path) as project:
        article = project.articles()[0].id
        denial = project.annotate(article, "denial", [(0, 8)], annotator="Ben")
        project.link("denies", denial.id, project.annotations(annotator="Ana")[0].id)
    status, said, complaint = do("export", path, tmp_path / "out.jsonl", "--annotator", "Ben")
    assert status == 0
    assert "1 label and 0 links" in said
    assert complaint == "Left out: 1 link to what was not chosen.\n"


def test_export_writes_over_a_file_only_with_force(do, path, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    assert do("export", path, out)[0] == 1
    assert out.read_text() == "mine"
    assert do("export", path, out, "--force")[0] == 0
    assert out.read_text() != "mine"


def test_import_of_a_wrong_line(do, path, tmp_path):
    out = tmp_path / "out.jsonl"
    do("export", path, out)
    with out.open("ab") as file:
        file.write(b"{\n")
    do("new", tmp_path / "copy")
    copy = tmp_path / "copy.annotator"
    status, said, complaint = do("import", copy, out)
    assert (status, said) == (1, "")
    assert "out.jsonl, line 3: The line is not JSON" in complaint
    assert "Nothing was added" in complaint
    assert json.loads(do("info", copy, "--json")[1])["articles"] == 0
    status, said, complaint = do("import", copy, out, "--partly")
    assert status == 1
    assert said == "Added 2 articles, 1 label and 0 links; 0 there already.\n"
    assert "line 3" in complaint


def test_a_codebook_from_a_file(do, tmp_path):
    book = tmp_path / "book.json"
    label = {"id": "rumour", "name": "Rumour", "key": "R", "color": "#112233"}
    book.write_text(json.dumps({"format": "annotator-codebook", "version": 1, "name": "Mine", "labels": [label]}))
    assert do("new", tmp_path / "a", "--codebook", book)[0] == 0
    with Project.open(tmp_path / "a.annotator", read_only=True) as project:
        assert [label.id for label in project.codebook.labels] == ["rumour"]


BAD_BOOKS = {
    "nothing": (None, "There is no codebook"),
    "no JSON": ("{", "is not JSON"),
    "a list": ("[]", "This is not a codebook"),
    "no UTF-8": (b"\xff", "line 1: It is not UTF-8"),
    "a number as a name": (
        (
            '{"format": "annotator-codebook", "version": 1, "name": "x",'
            ' "labels": [{"id": "a", "name": 5, "key": "", "color": "#112233"}]}'
        ),
        "must be a string",
    ),
}


@pytest.mark.parametrize("name", BAD_BOOKS)
def test_a_codebook_that_is_none(do, tmp_path, files, name):
    content, words = BAD_BOOKS[name]
    book = tmp_path / "book.json"
    if content is not None:
        book.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files()
    status, said, complaint = do("new", tmp_path / "a", "--codebook", book)
    assert (status, said) == (1, "")
    assert words in complaint
    assert files() == before


def test_version_and_help(do):
    assert do("--version") == (0, f"annotator {__version__}\n", "")
    for words in (["--help"], ["-h"], ["add", "--help"]):
        status, said, complaint = do(*words)
        assert (status, complaint) == (0, "")
        assert said.startswith("Usage: annotator")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["add"], 2),
        (["add", "x.annotator"], 2),
        (["info", "x.annotator", "--loud"], 2),
        (["--loud"], 2),
        (["x.annotator", "y"], 2),
        (["info", "x.annotator"], 1),
        (["check", "."], 1),
        (["new", "no/such/folder/x"], 1),
        (["nwe"], 1),
        (["export", "x.annotator", "y"], 1),
        (["info", "x" * 5000], 1),
    ],
)
def test_what_goes_wrong_is_one_line_on_stderr(do, here, files, words, status):
    found, said, complaint = do(*words)
    assert (found, said) == (status, "")
    assert complaint.count("\n") == 1
    assert complaint.endswith(".\n")
    assert "Traceback" not in complaint
    assert files() == []


def test_a_word_that_is_no_command_is_said_to_be_that(do, here):
    assert do("chekc", "study")[::2] == (
        2,
        "There is no command “chekc”, and no project of that name. Did you mean “check”? Type “annotator --help” for help.\n",
    )
    assert do("info", "study", "--jso")[2].endswith("Type “annotator info --help” for help.\n")


def test_a_project_is_known_by_the_name_it_was_made_with(do, here):
    assert do("new", "study")[0] == 0
    assert do("check", "study") == (0, "“study.annotator” is sound.\n", "")
    assert json.loads(do("check", "study", "--json")[1]) == []


def test_a_project_of_an_older_version_is_read_once_it_was_brought_up_to_date(do, here, tmp_path):
    older = Path(__file__).parents[1] / "data" / "schema-1.annotator"
    (tmp_path / "old.annotator").write_bytes(older.read_bytes())
    status, said, complaint = do("info", "old")
    assert (status, said) == (1, "")
    assert "was written by an older version of Annotator" in complaint
    assert (tmp_path / "old.annotator").read_bytes() == older.read_bytes()
    assert do("upgrade", "old") == (0, "“old.annotator” is up to date now; what it was is kept beside it.\n", "")
    assert len(list(tmp_path.glob("old.backup-v1-*.annotator"))) == 1
    assert do("info", "old")[0] == 0
    assert do("upgrade", "old")[1] == "“old.annotator” is up to date already.\n"


def test_a_project_named_like_a_command_is_opened_with_a_path(do, here):
    assert "Missing argument" in do("new")[2]
    assert "There is no project at “new”" in do("./new")[2]


def test_a_fault_of_the_program_is_a_sentence_too(do, path, monkeypatch):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError("the words of an article")

    monkeypatch.setattr(Project, "open", fail)
    status, said, complaint = do("info", path)
    assert (status, said) == (70, "")
    assert "a fault of its own (ZeroDivisionError in test_cli.py, line " in complaint
    assert "article" not in complaint
    monkeypatch.setenv("ANNOTATOR_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run(["info", str(path)])


def test_a_reader_that_goes_away_is_no_traceback(start, path):
    code = "import sys, os, click; from annotator.cli import run; sys.stdin.read(); status = run(sys.argv[1:]); os._exit(status)"
    process = start(code, "info", path, "--everybody")
    process.stdout.close()
    process.stdin.close()
    complaint = process.stderr.read()
    process.wait()
    assert complaint == ""
    assert process.returncode == 1
    process.stdin = process.stdout = None


@pytest.mark.skipif(sys.platform == "win32", reason="a Ctrl+C cannot be sent to one program there")
def test_ctrl_c_while_adding_adds_nothing(start, path, tmp_path, dump, files):
    before = dump(path)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Article {number}.")
    code = """
import os, signal, sys
from annotator.cli import main
def press(event, arguments):
    if event == "open" and str(arguments[0]).endswith("3.txt"):
        os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background is born deaf to it
sys.addaudithook(press)
main()
"""
    process = start(code, "add", path, *(tmp_path / f"{number}.txt" for number in range(5)))
    said, complaint = process.communicate()
    assert (process.returncode, said) == (130, "")
    assert complaint.strip() == "Stopped; what was not finished was not written."
    assert dump(path) == before
    assert "study.annotator.lock" not in files()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals there")
def test_adding_shows_how_far_it_is_on_a_terminal_only(start, path, tmp_path):
    (tmp_path / "one.txt").write_text("Article one.")
    leader, follower = os.openpty()
    code = "import os, sys; os.dup2(int(sys.argv.pop(1)), 2); from annotator.cli import main; main()"
    process = start(code, follower, "add", path, tmp_path / "one.txt", pass_fds=[follower])
    said, _ = process.communicate()
    os.close(follower)
    shown = os.read(leader, 10_000).decode()
    os.close(leader)
    assert said == "Added 1 article; 0 there already.\n"
    assert "0 of 1  one.txt" in shown


def test_an_output_without_the_letters_shows_their_codes(start, path):
    process = start(RUN, "info", path.with_name("وزیر"), encoding="cp1252")
    _, complaint = process.communicate()
    assert process.returncode == 1
    assert "\\u0648" in complaint


def test_the_window_gets_the_path_and_gives_the_status(do, path, monkeypatch):
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    from annotator.ui import app, requirements  # noqa: PLC0415 - it imports Qt, which not every run has

    opened = []
    monkeypatch.setattr(requirements, "obstacle", str)
    monkeypatch.setattr(app, "run", lambda project: opened.append(project) or 3)
    try:
        assert do(path) == (3, "", "")
        assert do() == (3, "", "")
    finally:
        gc.enable()  # nothing is collected until the window is there, and here it never is
    assert opened == [path, None]
