"""What counting begins with is laid ready when somebody has finished an article, and is never older than the labels."""

import random
import struct

import pytest

from annotator.model.article import BlockKind, State
from annotator.project import Project
from annotator.project.collecting import gather
from annotator.project.request import Request
from annotator.project.stock import Source
from annotator.store import outlines, works

TEXT = "Dr. Ito said she knew 📰 of it. “I never saw it,” she said.  It was denied. Rain fell.\n" * 2
PEOPLE = ("Ana", "Ben", "Chiara")


@pytest.fixture
def team(tmp_path):
    """Three who labelled six articles, of which some are partly left out, some unread, and one has no labels."""
    dice = random.Random(3)
    with Project.create(tmp_path / "team.annotator", annotator="Ana") as project:
        for name in PEOPLE[1:]:
            project.ensure_annotator(name)
        for number in range(6):
            project.add_text(f"{TEXT}{number}", f"Article {number}")
        for number, head in enumerate(project.articles()):
            if number % 2:
                project.set_block_kind(head.id, 10 * number, 10 * number + 35, BlockKind.CAPTION)
            for name in PEOPLE[: number + 1] if number < 5 else ():
                for start in dice.sample(range(0, 150, 11), 6):
                    rest = [(start + 15, start + 19)] if dice.random() < 0.4 else []
                    kind = dice.choice(("claim", "denial", "source"))
                    project.annotate(head.id, kind, [(start, start + 9), *rest], annotator=name)
                project.set_state(head.id, name, State.DONE if dice.random() < 0.8 else State.IN_PROGRESS)
        yield project


def ready(project):
    return {each.article for each in works.read(project._db)}


def counts(project, *, anew):
    names = {each.id: each.name for each in project.annotators()}
    source = Source(project._db, project.name, 1, names, tuple(names), project.codebook)
    return gather(source, Request(), anew=anew).fresh.rows


def test_counting_what_is_laid_ready_gives_what_counting_the_labels_gives(team):
    assert ready(team)
    assert counts(team, anew=False) == counts(team, anew=True)
    some = min(ready(team))
    team.annotate(some, "content", [(0, 3)], annotator="Ana")
    assert counts(team, anew=False) == counts(team, anew=True)


def test_a_label_takes_it_away_and_finishing_lays_it_ready_again(team):
    article = team.articles()[4].id
    team.set_state(article, "Ana", State.DONE)
    for change in (
        lambda: team.annotate(article, "content", [(0, 3)], annotator="Ben"),
        team.undo,
        team.redo,
        lambda: team.delete([team.annotations(article, "Ben")[0].id]),
        lambda: team.replace(team.replacement(article, text=f"{TEXT}And more."), doubtful="drop", lost="drop"),
    ):
        change()
        assert article not in ready(team)
        with team._db.atomic():
            works.remember(team._db, [article])  # without a step, which would be what is undone
        assert not team.check()
    team.annotate(article, "content", [(0, 3)], annotator="Chiara")
    team.set_state(article, "Ana", State.IN_PROGRESS)
    assert article not in ready(team)
    team.set_state(article, "Ana", State.DONE)
    assert article in ready(team)
    team.remove([article])
    assert article not in ready(team)


def test_what_is_laid_ready_goes_with_the_text(team):
    before = team._db.execute("SELECT count(*) FROM outline").fetchone()
    team.remove([team.articles()[0].id])
    team.undo()
    assert team._db.execute("SELECT count(*) FROM outline").fetchone() == before
    assert not team.check()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE work SET fragments = zeroblob(length(fragments))",
        "UPDATE outline SET words = words + 1",
        "UPDATE annotation SET label = 'cue' WHERE id = (SELECT min(n.id) FROM annotation n JOIN work w ON w.article = n.article)",
    ],
)
def test_a_check_finds_what_is_not_as_it_was_laid_ready(team, damage):
    with team._db.atomic():
        team._db.execute(damage)
    assert any("laid ready" in each.message or "when it came" in each.message for each in team.check())


def test_a_copy_that_is_handed_out_holds_nothing_of_others(team, tmp_path):
    article = team.articles()[4].id
    team.set_state(article, "Ben", State.DONE)
    team.hand_out("Ben", tmp_path / "ben.annotator", ids=[article])
    ben = team.annotator("Ben").id
    with Project.open(tmp_path / "ben.annotator") as theirs:
        theirs.set_state(article, "Ben", State.DONE)
        assert [works.lists({}, each.annotators) for each in works.read(theirs._db)] in ([], [(ben,)])
        assert not theirs.check()


def test_a_project_without_it_is_counted_all_the_same(team):
    expected = counts(team, anew=True)
    with team._db.atomic():
        team._db.execute("DELETE FROM work")
        team._db.execute("DELETE FROM outline")
    assert counts(team, anew=False) == expected


def test_blanks_at_edges_are_left_out_whatever_stands_there(tmp_path):
    """As older versions, and other programs, have written them."""
    edges = ("", " ", "\t ", "\x1f", "\x7f", "\u00a0", "\u2003\u3000", "!", "~", "~~", "}", "é", "📰", "“")
    with Project.create(tmp_path / "one.annotator", annotator="Ana") as project:
        project.add_text(TEXT, "One")
        article = project.articles()[0].id
        project.annotate(article, "claim", [(10, 20)], annotator="Ana")
        with project._db.atomic():
            for covered in (f"{left}{word}{right}" for left in edges for right in edges for word in ("", "so it was")):
                if not covered.strip():
                    continue
                first, last = len(covered) - len(covered.lstrip()), len(covered.rstrip())
                values = (covered, 10 + len(covered))
                project._db.execute('UPDATE fragment SET covered = ?, start = 10, "end" = ?', values)
                (found,) = works.made(project._db, [article])
                (code,) = struct.unpack("<q", found.fragments)
                assert divmod(code, 1 << works.HALF) == (10 + first, 10 + last), covered


def test_sentences_are_found_as_this_way_of_finding_them_does():
    """Whoever changes what a sentence or a word is raises `outlines.METHOD` and this: what is kept is found anew then."""
    text = "Dr. Ito, of the U.S. team, left at 5 p.m. on Jan. 3. “Is it true?” he asked … Nobody knew. 第一。第二。\n\nA list\n1. One"
    told = outlines.found(text)
    bounds = [int.from_bytes(told.sentences[at : at + 4], "little") for at in range(0, len(told.sentences), 4)]
    found = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    assert (outlines.METHOD, told.words) == (1, 26)
    assert found == [
        "Dr. Ito, of the U.S. team, left at 5 p.m. on Jan. 3.",
        "“Is it true?” he asked … Nobody knew.",
        "第一。",
        "第二。",
        "A list",
        "1. One",
    ]
