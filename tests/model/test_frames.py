"""Frames as values: who fills what, in which order, and how deep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, Label, Role
from annotator.model.frames import Frame, frame_labels, frames, nesting, role_for
from annotator.model.span import Span

BOOK = Codebook(
    "Frames",
    (
        Label("cue", "Cue", "A", "#000000"),
        Label("who", "Who", "S", "#000000"),
        Label("what", "What", "T", "#000000"),
        Label("other", "Other", "O", "#000000"),
    ),
    roles=(
        Role("source", "source", "cue", ("who",)),
        Role("content", "content", "cue", ("what", "cue")),
        Role("comment", "comment", "cue", ("what", "other")),
    ),
)


def at(key, label, *fragments):
    return Annotation(key, "article", "ana", label, Span.of(*fragments))


def link(kind, origin, target, place=0):
    return Link(f"{kind}-{origin}-{target}", kind, origin, target, "ana", place)


def found(annotations, *links):
    return frames(BOOK, {each.id: each for each in annotations}, links)


def test_labels_with_roles_open_frames():
    assert frame_labels(BOOK) == {"cue"}


def test_the_first_role_that_a_label_can_fill_is_taken():
    assert role_for(BOOK, "cue", "what").id == "content"
    assert role_for(BOOK, "cue", "other").id == "comment"
    assert role_for(BOOK, "who", "what") is None
    assert role_for(BOOK, "cue", "nothing") is None


def test_parts_stand_role_by_role_in_the_order_of_joining():
    parts = [at("w1", "who", (0, 3)), at("w2", "who", (4, 6)), at("t", "what", (20, 30))]
    cue = at("c", "cue", (10, 14))
    frame = found(
        [cue, *parts], link("content", "c", "t"), link("source", "c", "w1", place=1), link("source", "c", "w2", place=0)
    )["c"]
    assert [(role, part.id) for role, part in frame.parts] == [("source", "w2"), ("source", "w1"), ("content", "t")]
    assert frame.filling("source") == (parts[1], parts[0])
    assert frame.filling("comment") == ()


def test_frames_stand_in_reading_order_and_without_parts_too():
    cues = [at("late", "cue", (50, 54)), at("early", "cue", (5, 9))]
    assert found(cues) == {"early": Frame(cues[1]), "late": Frame(cues[0])}
    assert list(found(cues)) == ["early", "late"]


def test_relations_and_ends_that_are_not_there_are_no_parts():
    cue = at("c", "cue", (10, 14))
    links = (
        link("denies", "c", "c"),
        link("content", "c", "gone"),
        link("source", "c", None),
        link("source", "x", "c"),
    )
    assert found([cue], *links) == {"c": Frame(cue)}


def test_a_span_in_two_frames():
    who = at("w", "who", (0, 3))
    cues = at("a", "cue", (4, 8)), at("b", "cue", (30, 34))
    both = found([who, *cues], link("source", "a", "w"), link("source", "b", "w"))
    assert both["a"].filling("source") == both["b"].filling("source") == (who,)


def test_a_frame_alone_is_on_level_0():
    assert nesting(found([at("a", "cue", (4, 8))])) == {"a": 0}
    assert nesting({}) == {}


def test_a_cue_within_content_is_one_deeper():
    annotations = [
        at("outer", "cue", (0, 4)),
        at("whole", "what", (5, 60)),
        at("inner", "cue", (10, 14)),
        at("rest", "what", (20, 60)),
        at("innermost", "cue", (30, 34)),
        at("beside", "cue", (70, 74)),
    ]
    levels = nesting(found(annotations, link("content", "outer", "whole"), link("content", "inner", "rest")))
    assert levels == {"outer": 0, "inner": 1, "innermost": 2, "beside": 0}


def test_a_frame_that_is_itself_the_content_is_one_deeper():
    cues = [at("outer", "cue", (50, 54)), at("inner", "cue", (4, 8))]
    assert nesting(found(cues, link("content", "outer", "inner"))) == {"inner": 1, "outer": 0}


def test_a_cue_in_the_gap_of_its_content_is_not_nested_in_it():
    annotations = [at("said", "cue", (10, 14)), at("whole", "what", (0, 9), (15, 40)), at("other", "cue", (10, 15))]
    assert nesting(found(annotations, link("content", "said", "whole"))) == {"said": 0, "other": 0}


def test_a_cue_over_the_edge_of_content_is_not_nested_in_it():
    annotations = [at("said", "cue", (50, 54)), at("whole", "what", (0, 12)), at("edge", "cue", (10, 15))]
    assert nesting(found(annotations, link("content", "said", "whole"))) == {"said": 0, "edge": 0}


def test_a_cue_within_its_own_content_is_no_deeper():
    annotations = [at("said", "cue", (10, 14)), at("whole", "what", (0, 40))]
    assert nesting(found(annotations, link("content", "said", "whole"))) == {"said": 0}


@pytest.mark.parametrize("order", ["abc", "bca", "cab", "cba"])
def test_a_ring_is_one_level(order):
    spans = {"a": (0, 4), "b": (10, 14), "c": (20, 24)}
    cues = [at(key, "cue", spans[key]) for key in order]
    below = [at("d", "cue", (30, 34)), at("above", "cue", (40, 44))]
    ring = (link("content", "a", "b"), link("content", "b", "c"), link("content", "c", "a"))
    assert set(nesting(found(cues, *ring)).values()) == {0}
    chain = (*ring, link("content", "c", "d"), link("content", "above", "b"))
    assert nesting(found([*cues, *below], *chain)) == {"above": 0, "a": 1, "b": 1, "c": 1, "d": 2}


def test_the_longest_way_down_counts():
    cues = [at(key, "cue", (10 * place, 10 * place + 4)) for place, key in enumerate("abcd")]
    links = (link("content", "a", "d"), link("content", "a", "b"), link("content", "b", "c"), link("content", "c", "d"))
    assert nesting(found(cues, *links)) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_a_thousand_levels_are_no_trouble():
    cues = [at(f"c{n}", "cue", (10 * n, 10 * n + 4)) for n in range(1000)]
    links = [link("content", f"c{n}", f"c{n + 1}") for n in range(999)]
    assert nesting(found(cues, *links))["c999"] == 999


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24), st.randoms(use_true_random=False))
def test_levels_follow_the_links_and_not_their_order(pairs, random):
    cues = [at(f"c{n}", "cue", (10 * n, 10 * n + 4)) for n in range(8)]
    links = [link("content", f"c{a}", f"c{b}", place) for place, (a, b) in enumerate(pairs) if a != b]
    levels = nesting(found(cues, *links))
    assert set(levels) == {each.id for each in cues}
    for each in links:
        assert levels[each.target] >= levels[each.origin_id]
    random.shuffle(links)
    random.shuffle(cues)
    assert nesting(found(cues, *links)) == levels
