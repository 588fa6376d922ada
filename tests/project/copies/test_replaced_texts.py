"""Copies and new versions of a text: what was labelled on the old one is anchored, asked about or refused, never guessed."""

import pytest

from annotator.model.article import BlockKind, State
from annotator.project import Project
from annotator.project.copies.plan import Fate

NEW = "Update 📰: a correction was made below."


@pytest.fixture
def text(project, article):
    return project.article(article).text


def put(project, article, words, name="Ana", label="claim"):
    content = project.article(article).text
    start = content.index(words)
    return project.annotate(article, label, [(start, start + len(words))], annotator=name)


def renew(project, article, text, **rules):
    return project.replace(project.replacement(article, text=text), **rules)


def told(project, name=""):
    return [
        " … ".join(each.span.covered(project.article(each.article).text))
        for each in project.annotations(annotator=name)
    ]


def words_of(text):
    """Three stretches of an article, one in each third."""
    paragraphs = [each for each in text.split("\n") if len(each) > 30]
    return paragraphs[0][:20].strip(), paragraphs[-1][:24].strip()


def test_labels_on_the_old_text_find_their_place_in_the_new_one(project, article, text, out):
    first, last = words_of(text)
    own = put(project, article, first)
    file = out("Ana")
    renew(project, article, f"{NEW}\n\n{text}")
    with Project.open(file) as copy:
        copy.set_note(own.id, "seen")
        put(copy, article, last, label="denial")
        copy.set_title(article, "Another title")
        copy.set_state(article, "Ana", State.DONE)
    plan = project.merge_draft([file])
    assert plan.conflicts == ()
    assert "has another text in the project now" in plan.files[0].told[0]
    project.merge(plan)
    assert project.article(article).text == f"{NEW}\n\n{text}"
    assert project.article(article).title == "Another title"
    assert told(project) == [first, last]
    assert project.annotation(own.id).note == "seen"
    assert project.state(article, "Ana") is State.IN_PROGRESS
    assert project.check() == []
    assert project.merge_draft([file]).is_empty
    project.undo()
    project.undo()
    assert project.article(article).text == text
    assert project.check() == []


def test_what_was_taken_out_meanwhile_is_told_and_what_was_changed_is_asked(project, article, text, out):
    first, last = words_of(text)
    file = out("Ana")
    with Project.open(file) as copy:
        put(copy, article, last)
        put(copy, article, first)
        at = text.index(last)
        copy.set_block_kind(article, at, at, BlockKind.CAPTION)
    changed = f"{first[:6]}zzz{first[6:]}"
    renew(project, article, text.replace(first, changed).replace(text[text.index(last) :], "The end."), doubtful="drop")
    plan = project.merge_draft([file])
    assert [each.score < 0.85 for each in plan.conflicts] == [True]
    assert {each.noun for each in plan.unplaced} == {"annotation", "blocks"}
    project.merge(plan, rule="theirs")
    assert told(project) == []
    assert project.check() == []


def test_a_decision_here_against_a_change_there_is_a_conflict(project, article, text, out):
    first, _ = words_of(text)
    own = put(project, article, first)
    file = out("Ana")
    renew(project, article, text.replace(first, "Gone"), doubtful="drop", lost="drop")
    with Project.open(file) as copy:
        copy.set_note(own.id, "mine")
    plan = project.merge_draft([file])
    assert [each.why for each in plan.unplaced] or plan.conflicts
    project.merge(plan, rule="ours")
    assert told(project) == []
    assert project.check() == []


def test_a_version_that_was_made_in_the_copy_is_refused_until_the_project_has_it(project, article, text, twin):
    first, last = words_of(text)
    for name in ("Ana", "Ben"):
        put(project, article, first, name)
    other = project.articles()[1].id
    file = twin("copy")
    new = f"{NEW}\n\n{text}"
    with Project.open(file) as copy:
        renew(copy, article, new)
        put(copy, article, last)
        denial = put(copy, article, first, "Ana", "denial")
        claim = next(each for each in copy.annotations(article, "Ana") if each.label == "claim")
        copy.link("denies", denial.id, claim.id)
        put(copy, other, project.article(other).text[:12].strip())
    plan = project.merge_draft([file])
    assert "replaced" in plan.files[0].told[0]
    assert all("has replaced" in each.why for each in plan.unplaced)
    project.merge(plan)
    assert project.article(article).text == text
    assert len(project.annotations(article)) == 2
    assert len(project.annotations(other)) == 1
    assert project.check() == []
    still = project.merge_draft([file])
    assert {each.key for each in still.unplaced} == {each.key for each in plan.unplaced}
    renew(project, article, new)
    again = project.merge_draft([file])
    assert (again.conflicts, again.unplaced) == ((), ())
    project.merge(again)
    assert len(project.annotations(article, "Ana")) == 3
    assert len(project.links(article)) == 1
    assert project.article(article).text == new
    assert project.check() == []
    assert project.merge_draft([file]).is_empty


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_what_was_said_in_a_note_goes_with_the_note_and_not_before_it(project, article, text, twin, how):
    first, last = words_of(text)
    start = text.index(first)
    project.ask(article, "Is this one?", annotator="Ana", span=[(start, start + len(first))])
    with Project.open(twin("theirs")) as copy:
        file = copy.path
        copy.undo()
        if how == "replaced":
            renew(copy, article, f"{NEW}\n\n{text}")
        else:
            copy.remove([article])
    put(project, article, last, label="denial")
    project.merge(project.merge_draft([file]), rule="ours")
    assert [each.messages[0].text for each in project.threads()] == ["Is this one?"]
    assert project.check() == []
    if how == "replaced":
        renew(project, article, f"{NEW}\n\n{text}", doubtful="accept")
        project.merge(project.merge_draft([file]), rule="theirs")
        assert project.threads() == []
        assert project.check() == []


def test_a_link_to_a_label_that_finds_no_place_waits_with_it(project, article, text, out):
    last = words_of(text)[1]
    other = project.articles()[1].id
    file, new = out("Ana"), f"{NEW}\n\n{text}"
    with Project.open(file) as copy:
        denial = put(copy, other, copy.article(other).text[:12].strip(), label="denial")
        renew(copy, article, new)
        copy.link("denies", denial.id, put(copy, article, last).id)
    plan = project.merge_draft([file])
    assert plan.files[0].count(Fate.NEW, nouns=frozenset({"link"})) == 0
    assert "joins finds no place. The copy has replaced" in next(e.why for e in plan.unplaced if e.noun == "link")
    report = project.merge(plan)
    assert (report.new, len(project.links())) == (1, 0)
    assert all(each.fate is Fate.SAME for each in project.merge_draft([file]).items)
    renew(project, article, new)
    project.merge(project.merge_draft([file]))
    assert [each.origin_id for each in project.links()] == [denial.id]
    assert project.check() == []
    assert project.merge_draft([file]).is_empty


def test_both_replaced_it_alike_and_went_on(project, article, text, twin):
    first, last = words_of(text)
    own = put(project, article, first)
    file = twin("copy")
    new = f"{NEW}\n\n{text}"
    renew(project, article, new)
    with Project.open(file) as copy:
        renew(copy, article, new)
        copy.set_note(own.id, "there")
        copy.set_title(article, "Theirs")
        put(copy, article, last)
    plan = project.merge_draft([file])
    assert plan.conflicts == ()
    assert plan.count(Fate.NEW) == plan.count(Fate.CHANGED) == 1
    project.merge(plan)
    assert project.annotation(own.id).note == "there"
    assert told(project) == [first, last]
    assert project.article(article).title == "Theirs"
    assert project.check() == []


def test_an_old_version_that_was_kept_in_the_copy_is_the_project_s_own_article(project, article, text, twin):
    first, last = words_of(text)
    put(project, article, first)
    lost = put(project, article, last)
    file = twin("copy")
    cut = text[: text.index(last)]
    with Project.open(file) as copy:
        renew(copy, article, cut, lost="keep", doubtful="keep")
    project.merge(project.merge_draft([file]))
    assert project.article(article).text == text
    assert project.annotation(lost.id).article == article
    assert project.check() == []
    renew(project, article, cut, lost="keep", doubtful="keep")
    project.merge(project.merge_draft([file]), rule="ours")
    assert project.check() == []
    assert sorted(told(project)) == sorted([first, last])


def test_an_old_version_comes_with_its_text_where_the_project_lacks_it(project, article, text, twin):
    _, last = words_of(text)
    put(project, article, last)
    file = twin("copy")
    with Project.open(file) as copy:
        renew(copy, article, text[: text.index(last)], lost="keep", doubtful="keep")
    project.remove([article])
    plan = project.merge_draft([file])
    project.merge(plan, rule="theirs")
    assert project.check() == []


def test_a_copy_of_a_replaced_article_holds_the_new_text_only(project, article, text, out):
    first, _ = words_of(text)
    put(project, article, first)
    renew(project, article, f"{NEW}\n\n{text}")
    file = out("Ana")
    assert text.encode() not in file.read_bytes().replace(f"{NEW}\n\n{text}".encode(), b"")
    with Project.open(file) as copy:
        assert told(copy) == [first]
        assert copy.check() == []
    assert project.merge_draft([file]).is_empty


def test_a_label_that_went_here_and_was_linked_there_comes_back_only_at_its_words(project, article, text, out):
    first, last = words_of(text)
    claim, denial = put(project, article, first), put(project, article, last, label="denial")
    file = out("Ana")
    project.delete([claim.id])
    renew(project, article, f"{NEW}\n\n{text}")
    with Project.open(file) as copy:
        copy.link("denies", denial.id, claim.id)
    plan = project.merge_draft([file])
    (conflict,) = plan.conflicts
    project.merge(plan, {conflict.id: 1})
    assert project.check() == []
    assert told(project) == [first, last]
    assert len(project.links(article)) == 1
