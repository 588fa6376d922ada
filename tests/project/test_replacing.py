"""A new version of an article: everything in it stays, moves, is asked about or is told to be lost, and undo is whole."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.model.article import BlockKind, State
from annotator.model.errors import AnnotatorError, RuleError
from annotator.project.replacement.plan import Choice, Fate

TEXT = (
    "Minister denies knowing of the report\n\nBy Ada Lane\n\n“I never saw it,” the minister said on Tuesday.\n\n"
    "Two aides 📰 say she was told in March. She denied it again, and said that nobody had told her.\n\n"
    "Photo: a harbour at dawn\n\nThe inquiry goes on. She said so on Friday.\n"
)
EDITED = (
    "Minister denies knowing of the report\n\nBy Ada Lane\n\nUpdate: the paper has apologised.\n\n"
    "“I never saw it,” the minister said on Tuesday.\n\n"
    "Two aides 📰 say she was told in March. She denied it once more, and said that nobody had told her.\n\n"
    "Photo: a harbour at dawn\n\nThe inquiry goes on.\n"
)


@pytest.fixture
def article(desk):
    return desk.add(TEXT, "The report")


def stands(project, article):
    """Return all that an article holds, to compare it before and after."""
    standing = project.standing(article)
    return standing.article, standing.annotations, standing.threads, standing.links, standing.states


def fates(plan, noun="annotation"):
    return {plan.words_before(each): each.fate for each in plan.items if each.noun == noun}


def test_what_stayed_moved_is_doubtful_and_lost(desk, article):
    for label, words in (
        ("claim", "knowing of the report"),
        ("claim", "I never saw it,"),
        ("denial", "denied it again"),
        ("claim", "She said so on Friday"),
    ):
        desk.put(article, label, words)
    plan = desk.project.replacement(article, text=EDITED)
    assert fates(plan) == {
        "knowing of the report": Fate.STAYED,
        "I never saw it,": Fate.MOVED,
        "denied it again": Fate.DOUBTFUL,
        "She said so on Friday": Fate.LOST,
    }
    doubtful, lost = plan.waiting
    assert plan.words_after(doubtful) == "denied it once more"
    assert plan.around(doubtful)[0].endswith("in March. She ")
    assert plan.around(doubtful)[3].startswith(", and said")
    assert lost.choices == (Choice.DROP, Choice.KEEP)
    assert lost.why


def test_nothing_is_replaced_before_everything_is_decided(desk, article):
    desk.put(article, "denial", "denied it again")
    desk.put(article, "claim", "She said so on Friday")
    before = stands(desk.project, article)
    plan = desk.project.replacement(article, text=EDITED)
    with pytest.raises(RuleError, match=r"denied it again.* and 1 more"):
        desk.project.replace(plan)
    with pytest.raises(RuleError, match="Decide first"):
        desk.project.replace(plan, doubtful="accept")
    with pytest.raises(RuleError, match="cannot be decided by “accept”"):
        desk.project.replace(plan, doubtful="accept", lost="accept")
    assert stands(desk.project, article) == before


def test_each_decision_does_what_it_says_in_one_step(desk, article):
    project = desk.project
    accepted = desk.put(article, "denial", "denied it again")
    dropped = desk.put(article, "claim", "The inquiry goes on. She said so on Friday")
    kept = desk.put(article, "claim", "She said so on Friday")
    before = stands(project, article)
    plan = project.replacement(article, text=EDITED)
    done = project.replace(
        plan,
        {
            f"annotation:{accepted.id}": "accept",
            f"annotation:{dropped.id}": "drop",
            f"annotation:{kept.id}": "keep",
        },
    )
    assert (done.accepted, done.dropped, done.kept) == (1, 1, 1)
    text = project.article(article).text
    assert text == plan.new.text
    assert [each.span.covered(text) for each in project.annotations(article)] == [("denied it once more",)]
    assert [each.annotation.id for each in project.trash()] == [dropped.id]
    earlier = project.article(done.earlier)
    assert earlier.text == before[0].text
    assert earlier.title == "The report (earlier version)"
    assert [each.span.covered(earlier.text) for each in project.annotations(earlier.id)] == [("She said so on Friday",)]
    assert project.check() == []
    step = project.undo()
    assert step is not None
    assert step.title == "Replace “The report” by a new version"
    assert stands(project, article) == before
    assert len(project.articles()) == 1
    assert project.check() == []
    project.redo()
    assert project.article(article).text == text
    assert project.check() == []


def test_the_same_text_changes_nothing_and_says_so(desk, article):
    desk.put(article, "claim", "She said so on Friday")
    steps = len(desk.project.steps())
    plan = desk.project.replacement(article, text=TEXT)
    assert plan.is_same
    assert desk.project.replace(plan).moved == 0
    assert len(desk.project.steps()) == steps


def test_a_text_that_is_another_article_is_refused(desk, article):
    other = desk.add("Another article altogether, about a ferry that nobody has seen.", "The ferry")
    plan = desk.project.replacement(article, text=desk.project.article(other).text)
    assert "The ferry" in plan.refused
    with pytest.raises(RuleError, match="The ferry"):
        desk.project.replace(plan)


def test_a_plan_of_another_state_is_worthless(desk, article):
    plan = desk.project.replacement(article, text=EDITED)
    desk.put(article, "claim", "She said so on Friday")
    with pytest.raises(RuleError, match="has changed since"):
        desk.project.replace(plan)


def test_links_stay_with_their_ends_and_go_with_what_goes(desk, article):
    project = desk.project
    claim = desk.put(article, "claim", "I never saw it,")
    denial = desk.put(article, "denial", "denied it again")
    desk.link("denies", denial, claim)
    plan = project.replacement(article, text=EDITED)
    assert {each.links for each in plan.items if each.noun == "annotation"} == {1}
    assert project.replace(plan, doubtful="accept").links == 0
    assert len(project.links(article)) == 1
    project.undo()
    plan = project.replacement(article, text=EDITED)
    assert project.replace(plan, doubtful="drop").links == 1
    assert project.links() == []
    project.undo()
    assert len(project.links(article)) == 1


def test_notes_move_too_and_a_lost_one_is_about_the_whole_article(desk, article):
    project = desk.project
    for words in ("on Tuesday", "She said so on Friday"):
        project.ask(article, f"Is “{words}” right?", annotator="Ana", span=desk.span(article, words))
    project.ask(article, "What is this about?", annotator="Ana")
    plan = project.replacement(article, text=EDITED)
    assert fates(plan, "thread") == {"on Tuesday": Fate.MOVED, "She said so on Friday": Fate.LOST}
    project.replace(plan, lost="drop")
    text = project.article(article).text
    assert [each.span and each.span.covered(text) for each in project.threads(article)] == [("on Tuesday",), None, None]
    assert project.check() == []


def test_what_was_said_about_a_passage_stays_with_it(desk, article):
    project = desk.project
    text = project.article(article).text
    at = text.index("Photo:")
    project.set_block_kind(article, at, at, BlockKind.CAPTION)
    body = text.index("By Ada Lane")
    project.set_block_kind(article, body, body, BlockKind.BODY)
    project.replace(project.replacement(article, text=EDITED))
    found = project.article(article)
    kinds = {found.text[each.start : each.end]: each.kind for each in found.blocks}
    assert kinds["Photo: a harbour at dawn"] is BlockKind.CAPTION
    assert "By Ada Lane" not in kinds
    assert kinds["Minister denies knowing of the report"] is BlockKind.HEADLINE


def test_who_had_finished_reads_the_new_words(desk, article):
    project = desk.project
    project.set_state(article, "Ana", State.DONE)
    plan = project.replacement(article, text=EDITED)
    assert plan.new_words == 7
    assert project.replace(plan).reopened == ("Ana",)
    assert project.state(article, "Ana") is State.IN_PROGRESS
    project.undo()
    assert project.state(article, "Ana") is State.DONE
    cut = project.replacement(article, text=TEXT.replace(" She said so on Friday.", ""))
    assert cut.new_words == 0
    assert project.replace(cut).reopened == ()
    assert project.state(article, "Ana") is State.DONE


def test_agreement_is_counted_in_the_new_text(desk, article):
    project = desk.project
    for name in ("Ana", "Ben"):
        project.ensure_annotator(name)
        project.set_state(article, name, State.DONE)
    desk.put(article, "claim", "knowing of the report")
    before = project.agreement()
    plan = project.replacement(article, text=f"{TEXT}\nAnd a last paragraph of some more words.")
    project.replace(plan, reopen=False)
    after = project.agreement()
    assert project.check() == []
    assert before != after
    project.undo()
    assert project.check() == []


def test_the_old_file_added_again_adds_nothing(desk, article):
    project = desk.project
    project.replace(project.replacement(article, text=EDITED))
    assert project.add_text(TEXT).added == ()
    assert project.add_text(EDITED).added == ()
    assert project.remove([article]) == 1
    assert project.check() == []
    assert len(project.add_text(TEXT).added) == 1


def test_what_was_deleted_before_comes_back_where_its_words_are_or_stays_in_the_trash(desk, article):
    project = desk.project
    found, gone = desk.put(article, "claim", "I never saw it,"), desk.put(article, "claim", "She said so on Friday")
    project.delete([found.id])
    project.delete([gone.id])
    project.replace(project.replacement(article, text=EDITED))
    text = project.article(article).text
    assert project.restore(found.id).span.covered(text) == ("I never saw it,",)
    with pytest.raises(RuleError, match="newer version"):
        project.restore(gone.id)
    assert [each.annotation.id for each in project.trash()] == [gone.id]
    assert project.check() == []


def test_two_labels_that_would_fall_together_are_not_both_taken(desk):
    article = desk.add("He denied it on Monday. Some words between the two. He denied it on Sunday, they say.")
    for after in ("", "between"):
        desk.put(article, "denial", "denied it", after=after)
    plan = desk.project.replacement(article, text="Some words between the two. He denied it on Sunday, they say.")
    assert sorted(each.fate for each in plan.items if each.noun == "annotation") == sorted([Fate.LOST, Fate.MOVED])
    desk.project.replace(plan, lost="keep")
    assert desk.project.check() == []


def test_of_a_file_with_several_articles_the_one_that_is_meant_or_a_question(desk, article, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text(
        f'text\n"{EDITED}"\n"Another article about a ferry that nobody has ever seen at sea."\n', encoding="utf-8"
    )
    assert desk.project.replacement(article, rows).new.text.startswith("Minister denies")
    assert desk.project.replacement(article, rows, number=2).new.text.startswith("Another")
    with pytest.raises(RuleError, match="holds 2 articles; there is no number 3"):
        desk.project.replacement(article, rows, number=3)
    other = desk.add("Nothing like it at all. Whales were seen in the bay by a child of seven years.")
    with pytest.raises(RuleError, match="Say which by its number, the most alike first: 2 “Another"):
        desk.project.replacement(other, rows)
    with pytest.raises(AnnotatorError):
        desk.project.replacement(article, tmp_path / "absent.txt")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(data=st.data())
def test_undo_restores_all_and_labels_outside_the_edit_keep_their_words(desk, data):
    article = desk.add(TEXT + data.draw(st.text("abcdefgh 📰", min_size=1, max_size=12).filter(str.strip)))
    try:
        edit_and_undo(desk.project, article, data)
    finally:
        desk.project.remove([each.id for each in desk.project.articles()])


def edit_and_undo(project, article, data):
    """Label an article anyhow, replace it by an edited text, decide anyhow, and take it back."""
    text = project.article(article).text
    for start, length in data.draw(st.lists(st.tuples(st.integers(0, len(text) - 2), st.integers(1, 30)), max_size=6)):
        if text[start : start + length].strip():
            with suppress(RuleError):  # the same words, but for blanks
                project.annotate(article, "claim", [(start, min(len(text), start + length))], annotator="Ana")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = text[:start] + data.draw(st.text("xyz 📰\n.", max_size=20)) + text[end:]
    if not new.strip():
        return
    before = stands(project, article)
    plan = project.replacement(article, text=new)
    for each in plan.items:
        if each.noun == "annotation" and (each.was.end <= start or each.was.start >= end):
            assert each.now is not None
            assert plan.words_after(each) == plan.words_before(each)
    doubtful, lost = (data.draw(st.sampled_from(each)) for each in (["accept", "drop", "keep"], ["drop", "keep"]))
    project.replace(plan, doubtful=doubtful, lost=lost)
    assert project.check() == []
    if not plan.is_same:
        project.undo()
    assert stands(project, article) == before
    assert project.check() == []
