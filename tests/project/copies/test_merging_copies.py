"""What merging does, case by case: who wins, what is asked, what is refused, what comes again."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.article import State, fingerprint
from annotator.model.errors import NotFoundError, RuleError, StoppedError
from annotator.project import Project
from annotator.project.copies.plan import Fate
from annotator.project.copies.reading import OWN
from annotator.project.copies.resolve import MERGED
from annotator.project.merging_copies import StalePlanError
from annotator.store.clock import now
from annotator.store.file import NOUNS

LINKS = frozenset({"link"})


def merge(project, *files, **options):
    return project.merge(project.merge_draft(files), **options)


def tick():
    """Wait until the clock of the rows shows another time, a millisecond at the most."""
    start = now()
    while now() == start:
        pass


def labels(project, name=""):
    return [(each.label, each.span.start, each.note) for each in project.annotations(annotator=name)]


def test_new_changed_deleted_and_same_are_counted_by_file_and_annotator(project, article, out):
    claim, denial, same = (
        project.annotate(article, label, [(start, start + 8)], annotator="Ana").id
        for label, start in (("claim", 0), ("denial", 9), ("source", 24))
    )
    file = out("Ana")
    with Project.open(file) as copy:
        copy.set_note(claim, "look")
        copy.delete([denial])
        copy.annotate(article, "claim", [(42, 50)], annotator="Ana")
    plan = project.merge_draft([file])
    (found,) = plan.files
    assert [found.count(fate, "Ana") for fate in Fate] == [1, 1, 1, 1, 0, 0]
    assert found.annotators == ("Ana",)
    assert (plan.count(Fate.NEW), plan.count(Fate.CHANGED), plan.count(Fate.DELETED)) == (1, 1, 1)
    assert labels(project) == [("claim", 0, ""), ("denial", 9, ""), ("source", 24, "")]
    report = project.merge(plan)
    assert (report.files, report.new, report.changed, report.deleted, report.unplaced) == (1, 1, 1, 1, 0)
    assert labels(project) == [("claim", 0, "look"), ("source", 24, ""), ("claim", 42, "")]
    assert project.next_undo().title == "Merge Ana.annotator"
    assert same in {each.id for each in project.annotations()}
    assert [each.annotation.id for each in project.trash()] == [denial]


def test_what_only_the_project_changed_stays(project, article, twin):
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    gone = project.annotate(article, "claim", [(9, 15)], annotator="Ana")
    file = twin("copy")
    project.set_note(claim.id, "later")
    project.delete([gone.id])
    plan = project.merge_draft([file])
    assert plan.is_empty
    assert project.merge(plan).taken == 0
    assert labels(project) == [("claim", 0, "later")]


@pytest.mark.parametrize(
    ("choice", "rule", "note"),
    [(0, None, "here"), (1, None, "there"), (None, "ours", "here"), (None, "theirs", "there"), (None, "newer", "here")],
)
def test_a_conflict_shows_both_who_and_when_and_is_decided(project, article, twin, choice, rule, note):  # noqa: PLR0917
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    file = twin("copy")
    with Project.open(file) as copy:
        copy.set_note(claim.id, "there")
    tick()
    project.set_note(claim.id, "here")
    plan = project.merge_draft([file])
    (item,) = plan.conflicts
    ours, theirs = item.versions
    assert (ours.image["note"], theirs.image["note"]) == ("here", "there")
    assert (ours.who, theirs.who, ours.files, theirs.files) == ("Ana", "Ana", (), (0,))
    assert ours.when > theirs.when > ""
    assert "Minister" in item.words
    with pytest.raises(RuleError, match="Decide first"):
        project.merge(plan)
    with pytest.raises(RuleError, match="none of them"):
        project.merge(plan, {item.id: 7})
    assert project.annotation(claim.id).note == "here"
    report = project.merge(plan, {} if choice is None else {item.id: choice}, rule)
    assert project.annotation(claim.id).note == note
    assert (report.taken, report.left) == ((1, 0) if note == "there" else (0, 1))
    assert project.merge_draft([file]).is_empty


def test_changed_here_and_deleted_there_is_asked(project, article, twin):
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    file = twin("copy")
    with Project.open(file) as copy:
        copy.delete([claim.id])
    project.set_note(claim.id, "here")
    plan = project.merge_draft([file])
    assert [version.image is None for version in plan.conflicts[0].versions] == [False, True]
    project.merge(plan, rule="theirs")
    assert project.annotations() == []
    project.undo()
    assert labels(project) == [("claim", 0, "here")]


def test_deleted_there_and_linked_here_since_is_asked(project, article, twin):
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    file = twin("copy")
    with Project.open(file) as copy:
        copy.delete([claim.id])
    denial = project.annotate(article, "denial", [(9, 15)], annotator="Ana")
    project.link("denies", denial.id, claim.id)
    plan = project.merge_draft([file])
    assert "linked it since" in plan.conflicts[0].why
    project.merge(plan, rule="ours")
    assert len(project.links()) == 1
    project.undo()
    merge(project, file, rule="theirs")
    assert (labels(project), project.links()) == ([("denial", 9, "")], [])
    assert project.check() == []


def test_linked_there_and_deleted_here_since_is_asked(project, article, twin):
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    file = twin("copy")
    with Project.open(file) as copy:
        denial = copy.annotate(article, "denial", [(9, 15)], annotator="Ana")
        copy.link("denies", denial.id, claim.id)
    project.delete([claim.id])
    plan = project.merge_draft([file])
    assert "linked it since" in plan.conflicts[0].why
    project.merge(plan, rule="ours")
    assert (labels(project), project.links()) == ([("denial", 9, "")], [])
    assert project.merge_draft([file]).is_empty
    project.undo()
    merge(project, file, rule="theirs")
    assert len(project.links()) == 1
    assert project.check() == []


def test_a_link_that_was_not_handed_out_goes_with_its_label(project, out, tmp_path):
    first, second = (each.id for each in project.articles()[:2])
    claim = project.annotate(first, "claim", [(0, 8)], annotator="Ana")
    denial = project.annotate(second, "denial", [(0, 8)], annotator="Ana")
    project.link("denies", denial.id, claim.id)
    file = project.hand_out("Ana", tmp_path / "Ana", ids=[second]).path
    with Project.open(file) as copy:
        assert copy.links() == []
        copy.delete([denial.id])
    plan = project.merge_draft([file])
    assert plan.conflicts == ()
    project.merge(plan)
    assert (labels(project), project.links()) == ([("claim", 0, "")], [])
    assert project.check() == []


def test_links_across_articles_come_with_their_ends(project, twin):
    first, second = (each.id for each in project.articles()[:2])
    file = twin("copy")
    with Project.open(file) as copy:
        claim = copy.annotate(first, "claim", [(0, 8)], annotator="Ana")
        denial = copy.annotate(second, "denial", [(0, 8)], annotator="Ana")
        copy.link("denies", denial.id, claim.id)
        copy.link("denies", copy.annotate(second, "denial", [(9, 16)], annotator="Ana").id, None)
    plan = project.merge_draft([file])
    assert plan.count(Fate.NEW, LINKS) == 2
    project.merge(plan)
    assert {(each.kind, each.target) for each in project.links()} == {("denies", claim.id), ("denies", None)}


def test_two_machines_of_one_person_renamed_and_in_another_time_zone(project, article, out, tmp_path, monkeypatch):
    first = out("Ana")
    with Project.open(first) as copy:
        moved = copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    second = Path(shutil.copy(first, tmp_path / "Copy of final (2).annotator"))
    with Project.open(first) as copy:
        copy.reshape(moved.id, [(0, 15)])
        copy.annotate(article, "denial", [(24, 30)], annotator="Ana")
    monkeypatch.setenv("TZ", "Asia/Tehran")
    with Project.open(second) as copy:
        copy.annotate(article, "denial", [(24, 30)], annotator="Ana")  # the same on both, by chance
        copy.annotate(article, "source", [(42, 50)], annotator="Ana")
        copy.set_state(article, "Ana", State.DONE)
    plan = project.merge_draft([second, first])
    assert plan.conflicts == ()
    project.merge(plan)
    assert [each.span.end for each in project.annotations(annotator="Ana")] == [15, 30, 49]
    assert project.state(article, "Ana") is State.DONE
    assert merge(project, first).taken == merge(project, second).taken == 0
    assert project.check() == []


def test_twins_are_one_under_the_smaller_id_and_links_follow(project, article, twin):
    one, other = twin("one"), twin("other")
    ids = []
    for file in (one, other):
        with Project.open(file) as copy:
            claim = copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
            denial = copy.annotate(article, "denial", [(9, 15)], annotator="Ana")
            copy.link("denies", denial.id, claim.id)
            ids.append((claim.id, denial.id))
    merge(project, other)
    assert {each.id for each in project.annotations()} == set(ids[1])
    merge(project, one)
    assert {each.id for each in project.annotations()} == {min(each) for each in zip(*ids, strict=True)}
    (link,) = project.links()
    assert (link.origin_id, link.target) == (ids[0][1], ids[0][0])
    assert project.check() == []
    with Project.open(other) as copy:  # who goes on under the other id is understood
        copy.set_note(ids[1][0], "later")
    merge(project, other)
    assert project.annotation(ids[0][0]).note == "later"
    assert len(project.annotations()) == 2


def test_twins_with_other_notes_are_two_versions_of_one(project, article, twin):
    one, other = twin("one"), twin("other")
    for file, note in ((one, "a"), (other, "b")):
        with Project.open(file) as copy:
            copy.annotate(article, "claim", [(0, 8)], annotator="Ana", note=note)
    plan = project.merge_draft([one, other])
    (item,) = plan.conflicts
    assert {version.image and version.image["note"] for version in item.versions} == {None, "a", "b"}
    project.merge(plan, rule="newer")
    assert labels(project) == [("claim", 0, "b")]


def test_codebooks_changed_in_different_parts_go_together(project, article, twin):
    one, other = twin("one"), twin("other")
    for file, label in ((one, "claim"), (other, "denial")):
        with Project.open(file) as copy:
            book = copy.codebook
            some = [replace(each, description=label) if each.id == label else each for each in book.labels]
            copy.save_codebook(replace(book, labels=tuple(some)), annotator="Ben")
            copy.annotate(article, label, [(0, 8)], annotator="Ana")
    plan = project.merge_draft([one, other])
    assert plan.conflicts == ()
    project.merge(plan)
    book = project.codebook
    assert (book.label("claim").description, book.label("denial").description) == ("claim", "denial")
    assert book.revision == 4
    under = {
        each.label: project.revision(each.codebook).label(each.label).description for each in project.annotations()
    }
    assert under == {"claim": "claim", "denial": "denial"}
    assert project.merge_draft([one, other]).is_empty
    assert project.check() == []
    project.undo()
    assert project.codebook.revision == 1


def test_one_part_changed_in_two_ways_is_asked(project, twin):
    file = twin("copy")
    for path, words in ((file, "there"), (None, "here")):
        with Project.open(path) if path else project_itself(project) as some:
            book = some.codebook
            changed = [replace(each, description=words) if each.id == "claim" else each for each in book.labels]
            some.save_codebook(replace(book, labels=tuple(changed)))
    plan = project.merge_draft([file])
    (item,) = plan.conflicts
    assert item.id == "part:labels:claim"
    project.merge(plan, {item.id: 1})
    assert project.codebook.label("claim").description == "there"
    project.undo()
    merge(project, file, rule="ours")
    assert project.codebook.label("claim").description == "here"


class project_itself:  # noqa: N801 - reads as a function
    """The open project, as if it were opened here."""

    def __init__(self, project):
        self.project = project

    def __enter__(self):
        return self.project

    def __exit__(self, *error):
        return None


def test_a_copy_from_before_a_revision_keeps_its_labels_under_the_old_one(project, article, out):
    file = out("Ana")
    book = project.codebook
    project.save_codebook(replace(book, description="Newer."))
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    merge(project, file)
    (found,) = project.annotations()
    assert (found.codebook, project.codebook.revision, project.codebook.description) == (1, 2, "Newer.")


def test_a_label_taken_out_here_and_used_there_stays_retired(project, article, out):
    file = out("Ana")
    book = project.codebook
    project.save_codebook(
        replace(
            book,
            labels=tuple(each for each in book.labels if each.id != "content"),
            attributes=tuple(replace(each, labels=tuple(set(each.labels) - {"content"})) for each in book.attributes),
            roles=tuple(each for each in book.roles if "content" not in each.labels),
            relations=(),
        )
    )
    with Project.open(file) as copy:
        copy.annotate(article, "content", [(0, 8)], annotator="Ana")
    merge(project, file)
    assert project.codebook.label("content").retired
    assert project.check() == []


def test_new_articles_are_offered_and_the_same_text_stays_one(project, twin):
    one, other = twin("one"), twin("other")
    for file in (one, other):
        with Project.open(file) as copy:
            added = copy.add_text("Added apart on two machines.").added[0]
            copy.annotate(added, "claim", [(0, 5)], annotator="Ana")
            copy.annotate(added, "claim", [(6, 11)], annotator="Ben" if file == one else "Cem")
    plan = project.merge_draft([one, other])
    (offered,) = [each for each in plan.items if each.noun == "article"]
    assert any("added apart" in sentence for file in plan.files for sentence in file.told)
    report = project.merge(plan, {offered.id: 0})
    assert (len(project.articles()), project.annotations(), report.taken) == (3, [], 0)
    again = project.merge_draft([one, other])
    assert [each.id for each in again.items if each.noun == "article"] == [offered.id]
    project.merge(again)
    assert len(project.articles()) == 4
    assert len(project.annotations()) == 3
    assert project.check() == []
    assert project.merge_draft([one, other]).is_empty


def test_removing_an_article_is_asked_and_no_rule_does_it(project, article, twin):
    project.annotate(article, "claim", [(0, 8)], annotator="Ben")
    file = twin("copy")
    with Project.open(file) as copy:
        copy.remove([article])
    project.annotate(article, "claim", [(9, 15)], annotator="Cem")
    plan = project.merge_draft([file])
    (item,) = plan.conflicts
    assert item.noun == "article"
    project.merge(plan, rule="theirs")
    assert len(project.annotations()) == 2
    project.undo()
    merge(project, file, choices={item.id: 1})
    assert (len(project.articles()), project.annotations()) == (2, [])
    assert project.check() == []
    project.undo()
    assert len(project.annotations()) == 2


def test_an_article_that_was_removed_here_is_told_of_and_comes_when_it_is_back(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
        copy.annotate(project.articles()[1].id, "claim", [(0, 8)], annotator="Ana")
    project.remove([article])
    plan = project.merge_draft([file])
    (lost,) = [each for each in plan.unplaced if each.noun == "annotation"]
    assert (lost.annotator, lost.words, lost.file) == ("Ana", "Minister", 0)
    assert "not in the project" in lost.why
    project.merge(plan)
    assert len(project.annotations()) == 1
    merged = project.info().steps
    project.undo()
    project.undo()
    assert project.info().steps == merged + 2
    merge(project, file)
    assert len(project.annotations()) == 2


def test_annotators_of_one_name_are_one(project, article, twin):
    one, other = twin("one"), twin("other")
    for file, label in ((one, "claim"), (other, "denial")):
        with Project.open(file) as copy:
            copy.ensure_annotator("Dana")
            copy.annotate(article, label, [(0, 8)], annotator="Dana")
    merge(project, one, other)
    assert [each.name for each in project.annotators()] == ["Ana", "Ben", "Cem", "Dana"]
    assert len(project.annotations(annotator="Dana")) == 2
    assert project.check() == []


def test_a_rename_and_a_name_that_is_taken_by_now(project, twin):
    one, other = twin("one"), twin("other")
    with Project.open(one) as copy:
        copy.rename_annotator("Ben", "Benjamin")
    with Project.open(other) as copy:
        copy.rename_annotator("Cem", "Benjamin")
    merge(project, one, other)
    names = {each.name for each in project.annotators()}
    assert len(names) == 3
    assert "Benjamin" in names
    assert project.check() == []


def test_questions_come_back_and_answers_go_out(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        asked = copy.ask(article, "Is this a denial?", annotator="Ana", span=[(0, 8)])
    merge(project, file)
    project.answer(asked.id, "Yes.", annotator="Ben", settle=True)
    again = out("Ana", "Ana 2")
    with Project.open(again) as copy:
        (thread,) = copy.threads()
        assert [each.text for each in thread.messages] == ["Is this a denial?", "Yes."]
        assert (thread.messages[1].annotator, thread.settled, thread.is_answered) == ("", True, True)
        copy.answer(asked.id, "Thanks.", annotator="Ana")
    merge(project, again)
    (thread,) = project.threads()
    assert [each.text for each in thread.messages] == ["Is this a denial?", "Yes.", "Thanks."]
    assert thread.messages[1].annotator == project.annotator("Ben").id


def test_a_note_taken_away_there_and_answered_here_is_asked(project, article, twin):
    asked = project.ask(article, "What?", annotator="Ana")
    file = twin("copy")
    with Project.open(file) as copy:
        copy.remove_thread(asked.id)
    project.answer(asked.id, "That.", annotator="Ben")
    plan = project.merge_draft([file])
    assert "answered here" in plan.conflicts[0].why
    project.merge(plan, rule="ours")
    assert len(project.thread(asked.id).messages) == 2
    project.undo()
    merge(project, file, rule="theirs")
    assert project.threads() == []
    assert project.check() == []


def test_what_a_copy_keeps_for_figures_never_comes_into_the_project(project, article, out):
    """So it is not looked through either: it would be found anew in all its texts, which is most of what looking takes."""
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
        copy.add_text("A minister denies. Another one does not.", "Added there")
        for head in copy.articles():
            copy.set_state(head.id, "Ana", State.DONE)
        with copy._db.atomic():
            copy._db.execute("UPDATE outline SET words = words + 1")
            copy._db.execute("UPDATE work SET fragments = zeroblob(length(fragments))")
        assert any("when it came" in each.message for each in copy.check())
        assert any("laid ready" in each.message for each in copy.check())
    report = project.merge(project.merge_draft([file]))
    assert report.new
    assert {"Added there"} <= {head.title for head in project.articles()}
    assert project.check() == []


def change_text(path, article, old, new):
    """Give an article another text under the same id, as no verb of the program does."""
    with closing(sqlite3.connect(path)) as db:
        key, content = db.execute(
            "SELECT t.id, t.content FROM text t JOIN article a ON a.text = t.id WHERE a.id = ?", (article,)
        ).fetchone()
        made = content.replace(old, new)
        db.execute(
            "UPDATE text SET content = ?, fingerprint = ?, length = ? WHERE id = ?",
            (made, fingerprint(made), len(made), key),
        )
        db.execute("DELETE FROM outline WHERE text = ?", (key,))
        db.commit()


def test_a_changed_text_is_anchored_anew_asked_or_refused_never_guessed(project, article, out):
    file = out("Ana")
    change_text(file, article, "Minister denies", "UPDATE 📰 Minister strongly denies")
    with Project.open(file) as copy:
        text = copy.article(article).text
        for words in ("never saw it", "strongly denies", "UPDATE"):
            copy.annotate(article, "claim", [(text.index(words), text.index(words) + len(words))], annotator="Ana")
    plan = project.merge_draft([file])
    assert {each.words for each in plan.unplaced} == {"UPDATE"}
    assert [each.words for each in plan.conflicts] == ["Claim “denies”"]
    project.merge(plan, rule="theirs")
    own = project.article(article).text
    assert [each.span.covered(own) for each in project.annotations()] == [("never saw it",)]
    assert project.check() == []
    assert {each.words for each in project.merge_draft([file]).unplaced} == {each.words for each in plan.unplaced}


def test_a_doubtful_place_is_asked_and_no_rule_takes_it(project, article, out):
    file = out("Ana")
    change_text(file, article, "“I never saw it,”", "“I never ever saw it,”")
    with Project.open(file) as copy:
        text = copy.article(article).text
        start = text.index("I never ever saw it,")
        copy.annotate(article, "claim", [(start, start + 20)], annotator="Ana")
    plan = project.merge_draft([file])
    (item,) = plan.conflicts
    assert item.score < 1
    assert "doubtful" in item.why
    assert project.merge(plan, rule="theirs").left == 1
    assert project.annotations() == []
    again = project.merge_draft([file])
    assert [each.id for each in again.conflicts] == [item.id]
    project.merge(again, {item.id: 1})
    own = project.article(article).text
    assert [each.span.covered(own) for each in project.annotations()] == [("I never saw it,",)]
    assert project.check() == []


def test_what_was_declined_is_offered_again(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
        copy.annotate(article, "denial", [(9, 15)], annotator="Ana")
    plan = project.merge_draft([file])
    claim = next(each for each in plan.items if each.words.startswith("Claim"))
    project.merge(plan, {claim.id: 0})
    assert labels(project) == [("denial", 9, "")]
    again = project.merge_draft([file])
    assert [each.id for each in again.items if each.fate is not Fate.SAME] == [claim.id]
    project.merge(again)
    assert len(project.annotations()) == 2


def test_what_was_merged_and_deleted_here_since_does_not_come_back(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        claim = copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    merge(project, file)
    project.delete([claim.id])
    assert project.merge_draft([file]).is_empty
    with Project.open(file) as copy:
        copy.set_note(claim.id, "but look")
    plan = project.merge_draft([file])
    assert [each.fate for each in plan.conflicts] == [Fate.CONFLICT]


def test_an_undone_merge_can_be_done_again(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    merge(project, file)
    project.undo()
    assert project.annotations() == []
    assert merge(project, file).new == 1


def test_a_plan_of_another_state_is_refused(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    plan = project.merge_draft([file])
    project.annotate(article, "denial", [(9, 15)], annotator="Ben")
    with pytest.raises(StalePlanError, match="has changed since"):
        project.merge(plan)
    assert len(project.annotations()) == 1


def test_files_that_cannot_be_merged_are_named_and_the_others_go_on(project, article, out, tmp_path):
    good = out("Ana")
    with Project.open(good) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    damaged, newer, foreign, text = (tmp_path / f"{name}.annotator" for name in ("damaged", "newer", "foreign", "text"))
    content = bytearray(good.read_bytes())
    content[4096 * 3 :] = b"\x55" * (len(content) - 4096 * 3)
    damaged.write_bytes(content)
    shutil.copy(good, newer)
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    Project.create(foreign, annotator="Ana").close()
    text.write_text("no project", "utf-8")
    again = shutil.copy(good, tmp_path / "renamed.annotator")
    files = [
        damaged,
        newer,
        good,
        foreign,
        text,
        tmp_path / "missing.annotator",
        project.path,
        tmp_path / "nothing",
        again,
    ]
    (tmp_path / "nothing").mkdir()
    plan = project.merge_draft(files)
    refused = [each.refused for each in plan.files]
    for said, words in zip(
        refused,
        [
            "damaged",
            "newer version",
            "",
            "another project",
            "not an Annotator project",
            "no project at",
            "itself",
            "folder",
            "",
        ],
        strict=True,
    ):
        assert (words in said) if words else said == ""
    assert "The same as “Ana.annotator”." in plan.files[-1].told
    assert project.merge(plan).new == 1
    assert len(project.annotations()) == 1


def test_a_clock_that_is_ahead_is_told_of(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE step SET made_at = '2999-01-01T00:00:00.000Z'")
        db.commit()
    assert any("clock is ahead" in sentence for sentence in project.merge_draft([file]).files[0].told)


def test_looking_can_be_stopped_and_tells_how_far_it_is(project, out):
    file, told = out("Ana"), []
    project.merge_draft([file], progress=lambda *step: told.append(step))
    assert told == [(0, 1, "Ana.annotator"), (1, 1, "")]
    with pytest.raises(StoppedError):
        project.merge_draft([file], cancelled=lambda: True)


def test_minutes_of_work_come_with_the_copy(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        for start in (0, 9, 16):
            copy.annotate(article, "claim", [(start, start + 6)], annotator="Ana")
    merge(project, file)
    ana = next(each for each in project.progress() if each.annotator.name == "Ana")
    assert ana.minutes > 0
    assert ana.labels == 3


def test_every_noun_is_merged_or_left_alone_on_purpose():
    assert {*MERGED, *OWN, "codebook"} == NOUNS.keys()
    assert not OWN & set(MERGED)


def test_what_belongs_to_the_file_stays_its_own(project, article, twin):
    file = twin("copy")
    with Project.open(file) as copy:
        copy.set_blind(blind=False)
        copy.annotate(article, "claim", [(0, 8)], annotator="Ana")
    merge(project, file)
    assert project.is_blind
    assert len(project.annotations()) == 1


def test_nobody_of_that_name(project, tmp_path):
    with pytest.raises(NotFoundError):
        project.hand_out("Nobody", tmp_path / "x")


def test_how_far_merging_is_is_heard_and_what_raises_there_leaves_nothing(project, article, out):
    file = out("Ana")
    with Project.open(file) as copy:
        for start in (0, 9, 24):
            copy.annotate(article, "claim", [(start, start + 4)], annotator="Ana")
    plan = project.merge_draft([file])
    heard = []
    before = project.steps(1)[0]

    def stop(*told):
        heard.append(told)
        raise StoppedError

    with pytest.raises(StoppedError):
        project.merge(plan, progress=stop)
    assert heard[0][0] == 0
    assert heard[0][1] >= len(plan.items) - 1
    assert project.steps(1)[0] == before
    assert project.annotations() == []
    assert project.merge(plan, progress=lambda *_told: None).new == plan.count(Fate.NEW)


def test_the_report_counts_what_has_become_of_labels_not_what_was_planned(project, article, out):
    kept = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    gone = project.annotate(article, "claim", [(9, 15)], annotator="Ana")
    file = out("Ana")
    with Project.open(file) as copy:
        copy.set_note(kept.id, "theirs")
        copy.delete([gone.id])
        declined, taken = (
            copy.annotate(article, "denial", [(start, start + 8)], annotator="Ana").id for start in (0, 24)
        )
    project.set_note(kept.id, "ours")
    plan = project.merge_draft([file])
    assert (plan.count(Fate.NEW), plan.count(Fate.DELETED), plan.count(Fate.CONFLICT)) == (2, 1, 1)
    choices = {f"annotation:{declined}": 0, f"annotation:{kept.id}": 1}
    report = project.merge(plan, choices)
    assert (report.new, report.changed, report.deleted) == (1, 1, 1)
    assert {each.id for each in project.annotations()} == {kept.id, taken}
    project.undo()
    report = project.merge(project.merge_draft([file]), {f"annotation:{gone.id}": 0}, rule="ours")
    assert (report.new, report.changed, report.deleted) == (2, 0, 0)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE fragment SET covered = 'Ninister' WHERE covered = 'Minister'", "was made on “Ninister”"),
        ("UPDATE codebook SET content = replace(content, '{', '\x01')", "cannot be read"),
        ("UPDATE text SET content = replace(content, 'denies', 'denied')", "not the one that was added"),
        ("UPDATE annotation SET origin = 'hend'", "not an origin"),
    ],
)
def test_a_copy_with_another_letter_in_it_is_named_and_the_others_go_on(project, article, out, statement, said):
    good, bad = out("Ana"), out("Ben")
    for file, name in ((good, "Ana"), (bad, "Ben")):
        with Project.open(file) as copy:
            copy.annotate(article, "claim", [(0, 8)], annotator=name)
    with closing(sqlite3.connect(bad)) as db, db:
        db.execute(statement)
    plan = project.merge_draft([bad, good])
    assert said in plan.files[0].refused
    assert plan.files[1].refused == ""
    assert project.merge(plan).new == 1
    assert project.check() == []
