"""What the codebook finds missing or odd."""

from dataclasses import replace

import pytest

from annotator.model.annotation import Annotation, Link
from annotator.model.article import Block, BlockKind
from annotator.model.codebook import Attribute, Codebook, Label, Relation, Role, Value
from annotator.model.review import Remark, review
from annotator.model.span import Span

BOOK = Codebook(
    "Review",
    (
        Label("claim", "Claim", "C", "#000000", bare=True),
        Label("denial", "Denial", "D", "#000000"),
        Label("cue", "Cue", "A", "#000000"),
        Label("who", "Source", "S", "#000000"),
    ),
    attributes=(
        Attribute("kind", "Kind", ("claim",), "choice", (Value("a", "A"),)),
        Attribute("type", "Type", ("cue",), "choice", (Value("implicit", "implicit"), Value("named", "named"))),
    ),
    roles=(
        Role("source", "source", "cue", ("who",), empty_when="type=implicit"),
        Role("content", "content", "cue", ("claim", "denial"), minimum=1, maximum=2),
    ),
    relations=(
        Relation("denies", "denies", ("denial",), ("claim",), absent=True, required=True),
        Relation("supports", "supports", ("claim",), ("claim",)),
    ),
)


def at(key, label, start, end, *attributes):
    return Annotation(key, "article", "ana", label, Span.of((start, end)), attributes)


def link(kind, origin, target, place=0):
    return Link(f"{kind}-{origin}-{target}", kind, origin, target, "ana", place)


def messages(annotations, *links, book=BOOK, text="x" * 100):
    return [(each.annotation, each.kind, each.message) for each in review(book, text, annotations, links)]


def test_nothing_to_say():
    annotations = [at("w", "who", 0, 3), at("c", "cue", 4, 8), at("k", "claim", 9, 20), at("d", "denial", 30, 40)]
    links = (link("source", "c", "w"), link("content", "c", "k"), link("denies", "d", "k"))
    assert messages(annotations, *links) == []


def test_a_frame_without_source_unless_marked():
    claim, content = at("k", "claim", 9, 20), link("content", "c", "k")
    without = ("c", "role", "Cue without source")
    assert messages([at("c", "cue", 4, 8), claim], content) == [without]
    assert messages([at("c", "cue", 4, 8, ("type", "named")), claim], content) == [without]
    assert messages([at("c", "cue", 4, 8, ("type", "implicit")), claim], content) == []


def test_a_mark_speaks_for_a_role_that_is_needed_too():
    source = replace(BOOK.roles[0], minimum=1)
    book = replace(BOOK, roles=(source, BOOK.roles[1]))
    claim, content = at("k", "claim", 9, 20), link("content", "c", "k")
    assert messages([at("c", "cue", 4, 8, ("type", "implicit")), claim], content, book=book) == []
    assert messages([at("c", "cue", 4, 8), claim], content, book=book) == [("c", "role", "Cue without source")]


def test_a_role_with_too_few_or_too_many():
    cue = at("c", "cue", 4, 8, ("type", "implicit"))
    assert messages([cue]) == [("c", "role", "Cue without content")]
    many = [link("content", "c", f"k{n}", n) for n in range(3)]
    assert messages([cue], *many) == [("c", "role", "Cue with more than 2 × content")]
    book = replace(BOOK, roles=(replace(BOOK.roles[1], minimum=2),))
    assert messages([cue], many[0], book=book) == [("c", "role", "Cue with 1 of 2 × content")]


def test_a_required_relation_that_is_missing():
    denial = at("d", "denial", 30, 40)
    assert messages([denial]) == [("d", "relation", "Denial: “denies” points at nothing yet")]
    assert messages([denial], link("denies", "other", "k")) != []
    assert messages([denial], link("denies", "d", None)) == []


def test_a_required_attribute_that_is_not_set():
    book = replace(BOOK, attributes=(replace(BOOK.attributes[0], required=True), BOOK.attributes[1]))
    assert messages([at("k", "claim", 0, 3)], book=book) == [("k", "attribute", "Claim: “Kind” is not set")]
    assert messages([at("k", "claim", 0, 3, ("kind", "a"))], book=book) == []
    assert messages([at("w", "who", 0, 3)], book=book) == []


@pytest.mark.parametrize(
    ("covered", "is_odd"),
    [
        ("The dam leaked", False),
        ("The dam leaked.", True),
        ("“The dam leaked.”", True),
        ("Did the dam leak?", True),
        ("Leak!", True),
        ("سد شکست؟", True),
        ("大坝漏水。", True),
        ("It leaked …", True),
        ("It leaked...", True),
        ("It leaked,", False),
        ("It belongs to the U.S.", False),
        ("It leaked at 4 p.m.", False),
        ("It lost 4.5", False),
    ],
)
def test_a_claim_with_its_full_stop(covered, is_odd):
    text = f"{covered} And more."
    expected = [("k", "edge", "Claim ends with its full stop")] if is_odd else []
    assert messages([at("k", "claim", 0, len(covered))], text=text) == expected
    assert messages([at("w", "who", 0, len(covered))], text=text) == []


def test_the_last_fragment_is_where_it_ends():
    text = "One. Two, three."
    claim = Annotation("k", "article", "ana", "claim", Span.of((0, 4), (5, 8)))
    assert messages([claim], text=text) == []


def test_a_full_stop_before_the_span_is_not_its_own():
    text = "It leaked. ” And"
    assert messages([at("k", "claim", 11, 12)], text=text) == []


def test_a_retired_label_is_told():
    book = replace(BOOK, labels=(replace(BOOK.labels[0], retired=True), *BOOK.labels[1:]))
    assert review(book, "x" * 9, [at("k", "claim", 0, 3)], []) == [
        Remark("k", "retired", "“Claim” is retired: give it another label")
    ]


def test_remarks_stand_in_reading_order():
    annotations = [at("late", "denial", 50, 60), at("early", "denial", 0, 6), at("longer", "denial", 0, 9)]
    assert [each[0] for each in messages(annotations)] == ["longer", "early", "late"]


def test_a_label_on_text_that_is_left_out_is_told():
    text = "Photo: the mine. The mine was shut, they say."
    marks = [at("a", "who", 0, 5), at("b", "who", 17, 25), at("c", "who", 11, 25)]
    blocks = [Block(BlockKind.CAPTION, 0, 16), Block(BlockKind.DATELINE, 17, 20)]
    found = review(BOOK, text, marks, [], blocks)
    assert [(each.annotation, each.kind) for each in found] == [("a", "left out"), ("c", "left out")]
    assert found[0].message == "Source stands on text that is left out of all figures"
    assert review(BOOK, text, marks, []) == []
