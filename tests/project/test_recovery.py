"""A damaged project: what can be read of it is saved, and what is saved is sound and what it was."""

import random
import shutil

import pytest

from annotator.cli.command import run
from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.model.errors import MissingProjectError, NoProjectError, ProjectExistsError
from annotator.project import Project
from annotator.project.recovery import recover
from annotator.store.file import NOUNS
from annotator.store.mending import KEYS
from tests.benchmarks import corpus
from tests.durability.test_journal import stop_halfway
from tests.project.copies.team import Worker

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A project with everything in it, and some pages that hold nothing any more."""
    path = corpus.build(tmp_path_factory.mktemp("sound") / "p.annotator", corpus.Size(4, 6_000, 40))
    with Project.open(path) as project:
        project.ensure_annotator("Ben")
        for name, seed in (("Ana", 1), ("Ben", 2)):
            Worker(project, name, random.Random(seed), together=True).work(40)
        for each in project.annotations()[::7]:
            project.delete([each.id])
        article = project.articles()[0].id
        for name in ("Ana", "Ben"):
            project.set_state(article, name, State.DONE)
        for each in project.queue().items[:5]:
            project.decide(each, Outcome.VERSION, by="Ana")
        assert project.decisions()
    return path


@pytest.fixture
def damaged(sound, tmp_path):
    """A function that writes the sound project with some bytes changed, and returns its path."""

    def write(change):
        content = bytearray(sound.read_bytes())
        path = tmp_path / "damaged.annotator"
        path.write_bytes(change(content) or content)
        return path

    return write


def labels(path):
    """Return every label with all that it says, but the revision of the codebook, which may be another near it."""
    with Project.open(path, read_only=True) as project:
        texts = {each.id: project.article(each.id).text for each in project.articles()}
        names = {each.id: each.name for each in project.everybody()}
        return {
            (
                each.id,
                names[each.annotator],
                each.label,
                each.span,
                each.note,
                tuple(each.span.covered(texts[each.article])),
            )
            for each in project.annotations()
        }


def test_nothing_is_lost_of_a_sound_project(sound, tmp_path, dump):
    found = recover(sound, tmp_path / "out")
    assert (found.damaged, found.told, found.problems) == (0, (), ())
    saved, before = dump(found.path), dump(sound)
    assert {*before.pop("work")} <= {*saved.pop("work")}  # laid ready again, also where a label has changed since
    assert saved == before
    with Project.open(found.path) as project:
        assert project.undo() is not None
        assert project.check() == []


def test_everything_that_has_a_history_is_in_the_one_that_begins_anew():
    assert {*KEYS, "project", "codebook"} == set(NOUNS)


def test_whatever_page_is_destroyed_the_rest_is_saved(sound, damaged, tmp_path):
    everything = labels(sound)
    pages = sound.stat().st_size // PAGE
    dice = random.Random()
    least = len(everything)
    for number in {0, *dice.sample(range(pages), 25)}:
        content = dice.choice((bytes(PAGE), dice.randbytes(PAGE)))

        def destroy(sound_bytes, number=number, content=content):
            sound_bytes[number * PAGE : (number + 1) * PAGE] = content

        out = tmp_path / f"{number}.annotator"
        found = recover(damaged(destroy), out)
        assert found.problems == ()
        saved = labels(out)
        if "deleted" not in " ".join(found.told):  # without the first page nobody knows what was
            known = {(each[0], each[2], each[4]): each[3].fragments for each in everything}
            for each in saved:  # the last piece of several may be lost, and that is said
                fragments = known[each[0], each[2], each[4]]
                assert each[3].fragments == fragments[: len(each[3].fragments)]
                assert each[3].fragments == fragments or "last of them" in " ".join(found.told)
        least = min(least, len(saved))
        out.unlink()
    assert least > len(everything) / 2


@pytest.mark.parametrize("byte", [1, 8, 32, 255])
def test_nothing_is_believed_of_a_destroyed_first_page(sound, damaged, tmp_path, byte):
    def destroy(content):
        content[:PAGE] = bytes([byte]) * PAGE

    found = recover(damaged(destroy), tmp_path / "out.annotator")
    assert found.problems == ()
    assert len(labels(found.path)) > len(labels(sound)) / 2


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_and_cut_files(damaged, tmp_path, seed):
    dice = random.Random(seed)

    def spoil(content):
        if seed % 3 == 0:
            return content[: dice.randrange(PAGE, len(content))]
        for _ in range(dice.randrange(1, 300)):
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        return None

    path = damaged(spoil)
    before = path.read_bytes()
    found = recover(path, tmp_path / "out")
    assert found.problems == ()
    labels(found.path)
    assert path.read_bytes() == before
    with Project.open(found.path) as project:
        project.add_text("It can be worked in.")
        assert project.check() == []


def test_a_change_that_was_half_written_is_taken_back_first(sound, tmp_path):
    path = shutil.copy(sound, tmp_path / "p.annotator")
    copy = stop_halfway(path, tmp_path / "killed")
    found = recover(copy, tmp_path / "out")
    assert labels(found.path) == labels(sound)


def test_what_is_no_project_is_said(tmp_path, sound):
    (tmp_path / "text.annotator").write_text("Words were said. " * 2000, "utf-8")
    (tmp_path / "empty.annotator").touch()
    for name in ("text", "empty"):
        with pytest.raises(NoProjectError):
            recover(tmp_path / f"{name}.annotator", tmp_path / "out")
    with pytest.raises(MissingProjectError):
        recover(tmp_path / "none.annotator", tmp_path / "out")
    assert not (tmp_path / "out.annotator").exists()
    with pytest.raises(ProjectExistsError):
        recover(sound, sound)


def test_the_command_says_what_was_saved(damaged, tmp_path, capsys):
    def destroy(content):
        content[PAGE * 20 : PAGE * 24] = bytes(PAGE * 4)

    assert run(["recover", str(damaged(destroy)), str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "could not be read whole" in said
    with Project.open(tmp_path / "out.annotator", read_only=True) as project:
        assert f"  {len(project.articles())} articles\n  {len(project.annotations())} labels" in said
    assert run(["check", str(tmp_path / "out.annotator")]) == 0
