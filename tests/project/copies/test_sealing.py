"""A copy that was handed out holds nothing of anybody else: looked for in the bytes of the file."""

from dataclasses import replace

import pytest

from annotator.model.adjudication import Outcome
from annotator.model.article import State
from annotator.model.assigning import Scheme
from annotator.model.errors import NotFoundError, ProjectExistsError, StoppedError
from annotator.project import Project
from annotator.project.sealing import StaleCopiesError


@pytest.fixture
def busy(project):
    """A project in which Ben and Cem have left traces of every kind, and Ana a little."""
    first, second, third = (each.id for each in project.articles())
    project.set_annotator("Ben", name="Benedikt Zwirn", short="BZw", email="zwirn@example.org", color="#fedcba")
    project.rename_annotator("Cem", "Cemile Yokuz")
    for who in ("Benedikt Zwirn", "Cemile Yokuz"):
        claim = project.annotate(first, "claim", [(0, 8)], annotator=who, note=f"secret of {who}")
        denial = project.annotate(second, "denial", [(0, 8)], annotator=who)
        project.link("denies", denial.id, claim.id)
        gone = project.annotate(third, "claim", [(0, 8)], annotator=who, note="deleted secret")
        project.delete([gone.id])
        project.set_state(third, who, State.DONE)
        project.ask(first, f"question of {who}", annotator=who)
    mine = project.ask(first, "my own question", annotator="Ana", span=[(9, 15)])
    project.answer(mine.id, "the answer to it", annotator="Benedikt Zwirn")
    claim = project.annotate(first, "claim", [(0, 8)], annotator="Ana", note="my own note")
    denial = project.annotate(first, "denial", [(9, 15)], annotator="Ana")
    project.link("denies", denial.id, claim.id)
    project.annotate(third, "claim", [(0, 8)], annotator="Ana", note="in an article that is not handed out")
    project.save_codebook(
        replace(project.codebook, description="Otherwise."), "as bzw wished", annotator="Benedikt Zwirn"
    )
    project.save_codebook(replace(project.codebook, description="Plain."), "a plain reason", annotator="Cemile Yokuz")
    project.assign(project.assign_plan(["Benedikt Zwirn", "Cemile Yokuz"], Scheme(readers=2)))
    for article in (first, second, third):
        for who in ("Benedikt Zwirn", "Cemile Yokuz"):
            project.set_state(article, who, State.DONE)
    project.accept(project.rule_draft("all"), by="Benedikt Zwirn")
    project.annotate(first, "claim", [(16, 20)], annotator="Cemile Yokuz")
    queue = project.queue()
    project.decide(queue.items[0], Outcome.VERSION, by="Cemile Yokuz", version=0, note="secret reason")
    project.split("secret split", by="story", shares={"train": 50, "test": 50}, seed=1)
    project.hand_out("Cemile Yokuz", project.path.with_name("for Cemile"))
    project.set_blind(blind=False)
    return project


def others(project, kept):
    """Every id, name and word of the project that speaks of somebody else, or of an article that is not handed out."""
    db = project._db
    ana = project.annotator("Ana").id
    found = {each.id for each in project.annotators() if each.id != ana}
    found |= {
        "Zwirn",
        "BZw",
        "zwirn@example.org",
        "#fedcba",
        "Cemile",
        "Yokuz",
        "secret",
        "question of",
        "as bzw wished",
    }
    found |= {row[0] for table in ("decision", "split") for row in db.execute(f"SELECT id FROM {table}")}
    found |= {row[0] for row in db.execute("SELECT id FROM handout WHERE annotator IS NOT ?", (ana,))}
    found.add(project.gold().id)
    for table in ("annotation", "link", "thread", "message"):
        found |= {row[0] for row in db.execute(f"SELECT id FROM {table} WHERE annotator IS NOT ?", (ana,))}
    found -= {
        row[0]
        for row in db.execute(
            "SELECT m.id FROM message m JOIN thread t ON t.id = m.thread WHERE t.annotator = ?", (ana,)
        )
    }
    found |= {row[0] for row in db.execute("SELECT id FROM step")}
    found |= {row[0] for row in db.execute("SELECT id FROM article") if row[0] not in kept}
    found |= {"in an article that is not handed out", "وزیر"}
    return found


def test_no_trace_of_anybody_else_in_the_bytes(busy, tmp_path):
    kept = [each.id for each in busy.articles()[:2]]
    made = busy.hand_out("Ana", tmp_path / "out", ids=kept)
    data = made.path.read_bytes()
    assert len(others(busy, kept)) > 30
    for trace in others(busy, kept):
        # Ids of one machine share their first half, the time; nothing but a whole one tells anything.
        assert trace.encode() not in data, trace
        assert trace.encode("utf-16-le") not in data
    for own in ("my own note", "my own question", "the answer to it", "a plain reason", "Minister denies"):
        assert own.encode() in data
    assert (made.articles, made.labels) == (2, 2)
    with Project.open(made.path) as copy:
        assert copy.check() == []
        assert [each.name for each in copy.annotators()] == ["Ana"]
        assert [each.id for each in copy.articles()] == kept
        assert copy.codebook.to_dict() == busy.codebook.to_dict()
        assert len(copy.revisions()) == len(busy.revisions())
        assert {each.note for each in copy.annotations()} == {"my own note", ""}
        assert len(copy.links()) == 1
        assert copy.trash() == []
        assert copy.next_undo() is None
        assert copy.id == busy.id
        assert copy.is_blind
        assert copy.decisions() == []


def test_what_is_assigned_goes_out_in_its_order(project, tmp_path):
    project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2, seed=5)))
    made = project.hand_out_all(tmp_path / "out")
    assert [(each.annotator, each.articles) for each in made] == [("Ana", 3), ("Ben", 3)]
    for each in made:
        with Project.open(each.path) as copy:
            assert [head.id for head in copy.articles()] == [one.article for one in project.assignments(each.annotator)]
            assert [one.article for one in copy.assignments()] == [head.id for head in copy.articles()]
    with pytest.raises(ProjectExistsError):
        project.hand_out_all(tmp_path / "out")
    project.undo()
    project.undo()
    assert [each.handed_out for each in project.progress()] == ["", "", ""]


def test_a_second_reading_knows_nothing_of_the_first(project, tmp_path):
    project.assign(project.assign_plan(["Ana"], Scheme(repeats=1)))
    for head in project.articles():
        project.annotate(head.id, "claim", [(0, 8)], annotator="Ana", note="the first time")
    again = project.annotator("Ana again")
    made = project.hand_out("Ana again", tmp_path / "again")
    data = made.path.read_bytes()
    assert again.repeats.encode() not in data
    assert b"the first time" not in data
    with Project.open(made.path) as copy:
        copy.annotate(copy.articles()[0].id, "claim", [(0, 8)], annotator="Ana again")
    project.merge(project.merge_draft([made.path]))
    assert len(project.annotations(annotator="Ana again")) == 1
    assert project.annotator("Ana again").repeats == project.annotator("Ana").id
    assert project.check() == []


def test_what_cannot_be_handed_out(project, tmp_path):
    with pytest.raises(NotFoundError, match="Nothing is assigned to Ana"):
        project.hand_out("Ana", tmp_path / "a")
    with pytest.raises(NotFoundError, match="to anybody"):
        project.hand_out_all(tmp_path / "out")
    with pytest.raises(NotFoundError):
        project.hand_out("Ana", tmp_path / "a", ids=["nothing"])
    project.assign(project.assign_plan(["Ana"], Scheme()))
    with pytest.raises(NotFoundError, match="Nothing is assigned to Ben"):
        project.hand_out_all(tmp_path / "out", ["Ana", "Ben"])
    project.hand_out("Ana", tmp_path / "a")
    with pytest.raises(ProjectExistsError):
        project.hand_out("Ana", tmp_path / "a")
    assert sorted(each.name for each in tmp_path.iterdir() if each.name[0] == "a") == ["a.annotator"]


@pytest.fixture
def planned(project):
    """The project with everything assigned to Ana and Ben."""
    project.assign(project.assign_plan(["Ana", "Ben"], Scheme(readers=2)))
    return project


def test_copies_are_written_by_a_reader_and_remembered_in_one_step(planned, tmp_path):
    heard = []
    with Project.open(planned.path, read_only=True) as reader:
        sealed = reader.seal_all(tmp_path / "out", progress=lambda *told: heard.append(told))
    assert heard == [(done, 6, "Ana" if done < 3 else "Ben") for done in range(6)]
    before = planned.steps(1)[0].number
    made = planned.record_handouts(sealed)
    assert [each.annotator for each in made] == ["Ana", "Ben"]
    assert planned.steps(1)[0].number == before + 1
    assert planned.next_undo().title == "Hand out 2 copies"
    with Project.open(made[1].path) as copy:
        copy.annotate(copy.articles()[0].id, "claim", [(0, 8)], annotator="Ben")
    assert planned.merge(planned.merge_draft([made[1].path])).new == 1


def test_copies_of_a_project_that_has_changed_meanwhile_are_taken_away(planned, tmp_path):
    with Project.open(planned.path, read_only=True) as reader:
        sealed = reader.seal_all(tmp_path / "out")
    planned.annotate(planned.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    steps = planned.steps(1)[0].number
    with pytest.raises(StaleCopiesError, match="Hand out again"):
        planned.record_handouts(sealed)
    assert list((tmp_path / "out").iterdir()) == []
    assert planned.steps(1)[0].number == steps


def test_writing_copies_can_be_stopped_and_leaves_none(planned, tmp_path):
    heard = []
    with pytest.raises(StoppedError):
        planned.seal_all(tmp_path / "out", progress=lambda *told: heard.append(told), cancelled=lambda: len(heard) == 4)
    assert heard[-1] == (3, 6, "Ben")
    assert list((tmp_path / "out").iterdir()) == []
