"""The life of a label in words."""

import json
from dataclasses import replace

import pytest

from annotator.model.annotation import Annotation
from annotator.model.changes import Step, StepKind
from annotator.model.codebook import Codebook
from annotator.model.past import Turn
from annotator.model.span import Span
from annotator.resources import read_text
from annotator.ui.inspector.story import story, when

MADE = Annotation("a", "article", "ana", "claim", Span.of((0, 5)), codebook=1)


@pytest.fixture(scope="module")
def codebook():
    return Codebook.from_dict(json.loads(read_text("codebooks/default.json")))


def step(number, kind=StepKind.DO):
    return Step(number, "", kind, "2010-03-19T14:05:00+00:00", "ana")


def lines(codebook, *states, kinds=()):
    kinds = [*kinds, *[StepKind.DO] * len(states)]
    turns = [
        Turn(step(number, kinds[number]), before, after)
        for number, (before, after) in enumerate(zip((None, *states), states, strict=False))
    ]
    return [line.split(" · ", 2)[-1] for line in reversed(story(turns, codebook, lambda _who: "Ana"))]


def test_every_kind_of_change_is_told(codebook):
    valued = replace(MADE, attributes=(("kind", "number"),))
    other = replace(MADE, attributes=(("kind", "cause"),))
    told = lines(
        codebook,
        MADE,
        valued,
        other,
        replace(other, note="why"),
        replace(other, note="why", span=Span.of((0, 9))),
        None,
    )
    assert told == [
        "labelled claim · codebook 1",
        "kind: number",
        "kind: number → cause",
        "note written",
        "edges moved",
        "taken away",
    ]


def test_a_new_revision_of_the_codebook_is_told_once(codebook):
    told = lines(codebook, MADE, replace(MADE, codebook=2), replace(MADE, codebook=2, note="x"))
    assert told == ["labelled claim · codebook 1", "confirmed · codebook 2", "note written"]


def test_undoing_is_told_as_such(codebook):
    told = lines(codebook, MADE, replace(MADE, label="denial"), MADE, kinds=[StepKind.DO, StepKind.DO, StepKind.UNDO])
    assert told[1:] == ["was claim, now denial", "undone: was denial, now claim"]


def test_a_time_that_is_none_stays_as_it_is():
    assert when("some day") == "some day"
    assert "2010" in when("2010-03-19T14:05:00+00:00")
