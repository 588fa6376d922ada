"""`check` finds each kind of damage, and nothing in a sound file. Reading a damaged file is a sentence, never a crash."""

import sqlite3
from contextlib import closing

import pytest

from annotator.model.article import State
from annotator.model.errors import AnnotatorError, DamagedProjectError
from annotator.project import Project


@pytest.fixture
def path(project):
    """A project with a bit of everything, closed."""
    article = project.articles()[0].id
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana", attributes=[("certainty", "certain")])
    denial = project.annotate(article, "denial", [(0, 15), (24, 30)], annotator="Ana")
    project.link("denies", denial.id, claim.id)
    project.set_note(claim.id, "a note")
    project.set_state(article, "Ana", State.DONE)
    project.undo()
    project.close()
    return project.path


def tamper(path, script):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.executescript(script)
        connection.commit()


def found(path):
    with Project.open(path, read_only=True) as project:
        return [str(problem) for problem in project.check()]


def test_a_sound_file_has_no_problem(path):
    assert found(path) == []


DAMAGE = {
    "text": ("UPDATE text SET content = 'X' || content", "Its text is not the one that was added"),
    "text moved under a label": ("UPDATE text SET content = 'X' || content", "but was made on “Minister”"),
    "covered words": ("UPDATE fragment SET covered = 'Minister?' WHERE covered = 'Minister'", "but was made on"),
    "shifted fragment": ('UPDATE fragment SET start = 1, "end" = 9 WHERE place = 0', "It covers “inister "),
    "no fragment": ("DELETE FROM fragment", "it has no fragment"),
    "order": ("UPDATE fragment SET place = 9 - place", "is not behind the one before it"),
    "no article": ("UPDATE annotation SET article = 'gone'", "refers to a row of “article” that is not there"),
    "no annotator": ("DELETE FROM annotator WHERE name = 'Ana'", "refers to a row of “annotator”"),
    "no target": ("UPDATE link SET target = 'gone'", "refers to a row of “annotation”"),
    "label": ("UPDATE annotation SET label = 'rumour'", "It has no label “rumour”, but 2 annotations"),
    "attribute": ("UPDATE attribute SET name = 'mood'", "no value “certain” of “mood” for “claim”"),
    "value": ("UPDATE attribute SET value = 'sure'", "no value “sure” of “certainty” for “claim”"),
    "link kind": ("UPDATE link SET kind = 'hears'", "no role or relation “hears”"),
    "state": ("UPDATE state SET state = 'tired'", "“tired” is not a state"),
    "block kind": ("UPDATE block SET kind = 'poem'", "“poem” is not a kind"),
    "block end": ('UPDATE block SET "end" = 99999', "A block ends behind the end of the text"),
    "origin": ("UPDATE annotation SET origin = 'sky'", "“sky” is not an origin"),
    "link origin": ("UPDATE link SET origin = 'sky'", "table link: “sky” is not an origin"),
    "metadata": ("UPDATE article SET metadata = '[['", "“metadata” cannot be read in 2 rows"),
    "report": ("UPDATE article SET report = '{' WHERE place = 1", "“report” cannot be read in 1 row"),
    "history": ("UPDATE change SET before = '{' WHERE before IS NOT NULL", "“before” cannot be read"),
    "step kind": ("UPDATE step SET kind = 'jump' WHERE number = 1", "“jump” is not a kind"),
    "codebook": ("UPDATE codebook SET content = '{'", "codebook revision 1: It cannot be read"),
    "codebook list": ("UPDATE codebook SET content = '[]'", "codebook revision 1: It cannot be read"),
    "codebook gap": ("UPDATE codebook SET revision = 3", "do not count from 1 without a gap"),
    "two projects": ("INSERT INTO project VALUES ('b', 'b', 'b', 'b')", "There must be one project"),
    "step gap": ("UPDATE step SET number = 77 WHERE number = (SELECT max(number) FROM step)", "the number 77"),
    "undo": ("UPDATE step SET undone_by = NULL", "takes back a step that does not know of it"),
    "unknown maker": ("DELETE FROM change WHERE noun = 'annotation'", "does not know how it was made"),
    "encoding": ("UPDATE text SET content = CAST(x'ff41' AS TEXT)", "cannot be read whole"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_kind_of_damage_is_found(path, name):
    script, words = DAMAGE[name]
    tamper(path, script)
    problems = found(path)
    assert any(words in problem for problem in problems), problems


def test_a_damaged_page_is_found(path):
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'text_fingerprint'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * size + 3 : (root - 1) * size + 5] = b"\0\0"  # the index's page says that it has no entries
    path.write_bytes(data)
    assert any("SQLite finds it damaged" in problem for problem in found(path))


def test_a_file_without_its_own_row_does_not_open(path):
    tamper(path, "DELETE FROM project")
    with pytest.raises(DamagedProjectError, match="own row is missing"):
        Project.open(path, read_only=True)


def reading(path):
    """What a person reads who reads everything in the file."""
    try:
        with Project.open(path, read_only=True) as project:
            project.info()
            project.check()
            project.records()
            project.trash()
            project.steps()
            list(project.find("minister"))
    except AnnotatorError as error:
        return str(error)
    return "All is well."


@pytest.mark.parametrize("name", [name for name in DAMAGE if name not in ("order", "two projects", "step gap")])
def test_damage_never_shows_as_anything_but_a_sentence(path, name):
    tamper(path, DAMAGE[name][0])
    assert reading(path).endswith(".")


@pytest.mark.parametrize("place", range(40))
def test_bytes_turned_over_anywhere_never_show_as_anything_but_a_sentence(path, place):
    data = bytearray(path.read_bytes())
    at = place * 101 + 16 if place < 20 else len(data) * (place - 20) // 20
    data[at : at + 8] = bytes(255 - byte for byte in data[at : at + 8])
    path.write_bytes(data)
    assert reading(path).endswith(".")


def test_labels_that_shifted_are_never_handed_out(path):
    tamper(path, "UPDATE fragment SET start = 1, \"end\" = 9 WHERE covered = 'Minister'")
    with Project.open(path, read_only=True) as project, pytest.raises(DamagedProjectError, match="other words"):
        project.annotations()
