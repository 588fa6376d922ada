"""Frames edited as a whole: roles gain, lose and move parts, and one step holds all of it."""

import pytest

from annotator.model.adjudication import Draft, Outcome, Part
from annotator.model.errors import RuleError
from annotator.model.span import Span
from tests.project.adjudication.conftest import TEXT


def span(words):
    start = TEXT.index(words)
    return Span.of((start, start + len(words)))


@pytest.fixture
def framed(bench):
    """A bench on which Ana and Ben mark the same cue with other edges and sources; only Ana has a content."""
    project = bench.project
    for who, cue, source in (("Ana", "said", "The ministry"), ("Ben", "said on Monday", "ministry")):
        made = bench.put(who, cue, "attribution")
        project.join(made.id, bench.put(who, source, "source").id)
        if who == "Ana":
            project.join(made.id, bench.put(who, "the bridge was safe").id)
    bench.finish("Ana", "Ben")
    return bench


def cue_of(bench):
    return next(each for each in bench.project.queue().items if each.is_frame)


def roles(bench):
    """Return what gold has in roles: role and words."""
    gold = {each.id: each for each in bench.gold()}
    ends = {each: one.span.covered(TEXT)[0] for each, one in gold.items()}
    found = [each for each in bench.project.links() if each.origin_id in gold]
    assert len({each.origin_id for each in found}) <= 1
    return sorted((each.kind, ends[each.target]) for each in found)


def test_the_parts_to_begin_with_are_those_of_the_first_version_that_has_any(framed):
    parts = framed.project.to_edit(cue_of(framed))[1]
    who = framed.project.annotation(parts[0].annotation).annotator
    assert who in cue_of(framed).versions[0].annotators
    assert parts[0].role == "source"


def test_parts_are_moved_added_and_taken_out_in_one_step(framed):
    project = framed.project
    before = framed.content()
    found = cue_of(framed)
    ana = project.annotator("Ana").id
    source = next(each for each in project.annotations(annotator=ana) if each.label == "source")
    moved = Part("source", Draft("source", span("ministry said")), source.id)
    added = Part("content", Draft("claim", span("the bridge was safe. Engineers")))
    made = project.decide(
        found, Outcome.EDITED, drafts=[Draft("attribution", span("said"))], parts=[moved, added], by="Ana"
    )
    assert made.outcome is Outcome.EDITED
    assert roles(framed) == [("content", "the bridge was safe. Engineers"), ("source", "ministry said")]
    assert [each.labels for each in project.queue().items] == [
        ("claim",)
    ]  # the place of the content that nobody took over
    assert project.check() == []
    left = [each.draft.span for each in project.to_edit(cue_again(project, found))[1] if each.role == "source"]
    assert left == [span("ministry said")]
    project.undo()
    assert framed.content() == before


def cue_again(project, found):
    return next(each for each in project.disagreements(found.article, every=True) if each.id == found.id)


def test_a_role_alone_is_edited_and_the_decided_cue_stays(framed):
    project = framed.project
    project.decide(cue_of(framed), Outcome.VERSION, by="Ana")
    cue = next(each for each in framed.gold() if each.label == "attribution")
    for each in [one for one in project.queue().items if not one.part]:
        project.decide(each, Outcome.UNION, by="Ana")
    found = next((each for each in project.queue().items if each.part == "content"), None)
    assert found is None or found.kind == "role"
    again = next(each for each in project.disagreements(framed.article, every=True) if each.is_frame)
    parts = [each for each in project.to_edit(again)[1] if each.role == "source"]
    project.decide(again, Outcome.EDITED, drafts=[Draft("attribution", cue.span)], parts=parts, by="Ben")
    assert roles(framed) == [("source", "The ministry")]
    assert project.queue().left == 0
    assert project.check() == []


def test_what_the_codebook_has_no_room_for_is_refused(framed):
    project, found = framed.project, cue_of(framed)
    cue = Draft("attribution", span("said"))
    wrong = Part("source", Draft("claim", span("The ministry")))
    with pytest.raises(RuleError, match="cannot be"):
        project.decide(found, Outcome.EDITED, drafts=[cue], parts=[wrong], by="Ana")
    assert project.gold() is None
