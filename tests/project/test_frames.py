"""Frames: parts join in one step, leave, and belong to several; and every step can be taken back."""

from dataclasses import replace

import pytest

from annotator.model.codebook import Relation, Role
from annotator.model.errors import NotFoundError, RuleError, SpanError
from annotator.model.frames import nesting

TEXT = (
    "The mayor and the harbour office said the dam had leaked. "
    "“We saw water,” said a clerk, “and we ran.” "
    "It was rumoured that the gate stood open."
)


@pytest.fixture
def article(desk):
    return desk.add(TEXT, "Dam")


def test_labelling_into_a_frame_is_one_step(desk, article):
    cue = desk.put(article, "attribution", "said")
    with desk.one_step("Label source as source in “Dam”"):
        desk.into(cue, "source", "The mayor")
    with desk.one_step("Label claim as content in “Dam”"):
        desk.into(cue, "claim", "the dam had leaked")
    assert desk.frame(cue) == {"source": ["The mayor"], "content": ["the dam had leaked"]}
    assert [each.label for each in desk.project.annotations(article)] == ["source", "attribution", "claim"]


def test_cue_source_and_content_are_three_steps(desk, article):
    before = desk.project.info().steps
    cue = desk.put(article, "attribution", "said")
    desk.into(cue, "source", "The mayor")
    desk.into(cue, "claim", "the dam had leaked")
    assert desk.project.info().steps == before + 3


def test_a_span_that_has_the_label_joins_and_stays_one(desk, article):
    cue = desk.put(article, "attribution", "said")
    claim = desk.put(article, "claim", "the dam had leaked")
    with desk.one_step("Join claim as content"):
        assert desk.into(cue, "claim", "the dam had leaked") == claim
    assert len(desk.project.annotations(article)) == 2
    with desk.nothing_done(), pytest.raises(RuleError, match="already"):
        desk.into(cue, "claim", "the dam had leaked")


def test_blanks_at_the_edges_do_not_make_a_second_annotation(desk, article):
    cue = desk.put(article, "attribution", "said")
    claim = desk.put(article, "claim", "the dam had leaked")
    assert desk.into(cue, "claim", " the dam had leaked") == claim


def test_a_frame_takes_several_sources_and_contents_in_the_order_of_joining(desk, article):
    cue = desk.put(article, "attribution", "said")
    desk.into(cue, "claim", "the dam had leaked")
    desk.into(cue, "source", "the harbour office")
    desk.into(cue, "source", "The mayor")
    desk.into(cue, "content", "leaked")
    assert desk.frame(cue) == {
        "source": ["the harbour office", "The mayor"],
        "content": ["the dam had leaked", "leaked"],
    }
    assert [role for role, _ in desk.project.frames(article, "Ana")[cue.id].parts] == [
        "source",
        "source",
        "content",
        "content",
    ]


def test_a_span_belongs_to_several_frames(desk, article):
    said = desk.put(article, "attribution", "said")
    again = desk.put(article, "attribution", "said", after="water,”")
    source = desk.into(said, "source", "The mayor")
    desk.project.join(again.id, source.id)
    frames = desk.project.frames(article, "Ana")
    assert frames[said.id].filling("source") == frames[again.id].filling("source") == (source,)
    with desk.one_step("Take out of frame in “Dam”"):
        desk.project.leave(again.id, source.id)
    assert desk.frame(said) == {"source": ["The mayor"]}
    assert desk.frame(again) == {}


def test_content_can_be_discontinuous(desk, article):
    cue = desk.put(article, "attribution", "said", after="water,”")
    desk.into(cue, "content", "We saw water", "and we ran")
    assert desk.frame(cue) == {"content": ["We saw water … and we ran"]}
    assert desk.remarks(article) == ["Attribution without source"]


def test_a_frame_without_a_source_is_marked(desk, article):
    cue = desk.put(article, "attribution", "was rumoured")
    desk.into(cue, "claim", "the gate stood open")
    assert desk.remarks(article) == ["Attribution without source"]
    with desk.one_step("Set attributes of attribution"):
        desk.project.set_attributes(cue.id, [("source-type", "implicit")])
    assert desk.remarks(article) == []


def test_existing_annotations_join_and_leave(desk, article):
    cue = desk.put(article, "attribution", "said")
    source = desk.put(article, "source", "The mayor")
    with desk.one_step("Link source"):
        desk.project.join(cue.id, source.id)
    assert desk.frame(cue) == {"source": ["The mayor"]}
    with desk.one_step("Take out of frame"):
        desk.project.leave(cue.id, source.id)
    assert desk.frame(cue) == {}
    assert source in desk.project.annotations(article)
    with desk.nothing_done(), pytest.raises(NotFoundError):
        desk.project.leave(cue.id, source.id)


def test_what_has_no_role_is_refused(desk, article):
    cue = desk.put(article, "attribution", "said")
    claim = desk.put(article, "claim", "the dam had leaked")
    source = desk.put(article, "source", "The mayor")
    with desk.nothing_done():
        with pytest.raises(RuleError, match="no role for a source in a claim"):
            desk.project.annotate_into(claim.id, "source", [(0, 9)])
        with pytest.raises(RuleError, match="no role"):
            desk.project.join(claim.id, source.id)
        with pytest.raises(RuleError, match="itself"):
            desk.project.join(cue.id, cue.id)
        with pytest.raises(SpanError):
            desk.project.annotate_into(cue.id, "source", [(9, 10)])
        with pytest.raises(NotFoundError):
            desk.project.annotate_into("nobody", "source", [(0, 9)])


def test_a_full_role_is_refused(desk, article):
    book = desk.project.codebook
    roles = tuple(
        Role(each.id, each.name, each.frame, each.labels, each.minimum, 1 if each.id == "source" else 0)
        for each in book.roles
    )
    desk.project.save_codebook(replace(book, roles=roles))
    cue = desk.put(article, "attribution", "said")
    desk.into(cue, "source", "The mayor")
    with desk.nothing_done(), pytest.raises(RuleError, match="1 times at the most"):
        desk.into(cue, "source", "the harbour office")


def test_a_retired_label_is_refused_in_a_frame_too(desk, article):
    cue = desk.put(article, "attribution", "said")
    old = desk.put(article, "content", "the dam had leaked")
    desk.project.save_codebook(_retired(desk.project.codebook, "content"))
    with desk.nothing_done(), pytest.raises(RuleError, match="retired"):
        desk.into(cue, "content", "leaked")
    desk.project.join(cue.id, old.id)
    assert desk.frame(cue) == {"content": ["the dam had leaked"]}


def test_frames_belong_to_one_annotator(desk, article):
    desk.project.ensure_annotator("Ben")
    cue = desk.put(article, "attribution", "said")
    desk.project.annotate(article, "attribution", cue.span, annotator="Ben")
    assert list(desk.project.frames(article, "Ana")) == [cue.id]
    part = desk.into(cue, "source", "The mayor")
    assert part.annotator == cue.annotator


def test_nested_frames_have_levels(desk):
    article = desk.add("Lee said that Kim believed that Ito had heard that the shop was shut.", "Deep")
    said = desk.put(article, "attribution", "said")
    believed = desk.put(article, "attribution", "believed")
    heard = desk.put(article, "attribution", "had heard")
    desk.into(said, "content", "Kim believed that Ito had heard that the shop was shut")
    desk.project.join(believed.id, heard.id)
    desk.into(heard, "claim", "the shop was shut")
    levels = nesting(desk.project.frames(article, "Ana"))
    assert levels == {said.id: 0, believed.id: 1, heard.id: 2}


def test_deleting_a_cue_takes_its_links_and_leaves_its_parts(desk, article):
    cue = desk.put(article, "attribution", "said")
    desk.into(cue, "source", "The mayor")
    desk.into(cue, "claim", "the dam had leaked")
    with desk.one_step("Delete attribution and 2 links in “Dam”"):
        desk.project.delete([cue.id])
    assert [each.label for each in desk.project.annotations(article)] == ["source", "claim"]
    assert desk.project.links() == []


def test_candidates_are_found_by_their_words_in_all_articles(desk, article):
    other = desk.add("Café owners said the dam was sound.", "Later")
    denial = desk.put(article, "denial", "It was rumoured")
    near = desk.put(article, "claim", "the dam had leaked")
    far = desk.put(other, "claim", "the dam was sound")
    desk.put(other, "source", "Café owners")
    desk.project.ensure_annotator("Ben")
    desk.project.annotate(other, "claim", far.span, annotator="Ben")
    find = desk.project.candidates
    assert [each.annotation for each in find("denies", denial.id)] == [near, far]
    assert [(each.covered, each.title) for each in find("denies", denial.id, "SOUND dam")] == [
        ("the dam was sound", "Later")
    ]
    assert [each.annotation for each in find("denies", denial.id, "later")] == [far]
    assert list(find("denies", denial.id, "harbour")) == []
    assert [each.annotation for each in find("repeats", near.id)] == [far]
    with pytest.raises(RuleError):
        list(find("source", denial.id))


def test_candidates_stay_in_the_article_where_the_relation_does(desk, article):
    book = desk.project.codebook
    relation = Relation("echoes", "echoes", ("claim",), ("claim",), across=False)
    desk.project.save_codebook(replace(book, relations=(*book.relations, relation)))
    other = desk.add("The dam was sound.", "Later")
    one = desk.put(article, "claim", "the dam had leaked")
    two = desk.put(article, "claim", "the gate stood open")
    desk.put(other, "claim", "The dam was sound")
    assert [each.annotation for each in desk.project.candidates("echoes", one.id)] == [two]


def test_there_is_no_limit_to_candidates(desk):
    article = desk.add("word " * 450, "Many")
    found = [desk.project.annotate(article, "claim", [(n * 5, n * 5 + 4)], annotator="Ana") for n in range(450)]
    assert [each.annotation for each in desk.project.candidates("repeats", found[0].id)] == found[1:]


def _retired(book, label):
    labels = tuple(replace(each, retired=True) if each.id == label else each for each in book.labels)
    return replace(book, labels=labels)
