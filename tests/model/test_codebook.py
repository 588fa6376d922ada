"""The codebook holds together or says where it does not."""

import json
from dataclasses import replace

import pytest

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role, Value
from annotator.model.errors import CodebookError

BOOK = Codebook(
    name="Test",
    description="A small one.",
    labels=(
        Label(
            "claim",
            "Claim",
            "C",
            "#2277aa",
            description="What is stated.",
            use_when=(Clause("c-u1", "It is stated."),),
            avoid_when=(Clause("c-a1", "It is asked."),),
            examples=("⟦It rains⟧.",),
            bare=True,
        ),
        Label("cue", "Cue", "A", "#aa7722", "double"),
        Label("old", "Old", "C", "#777777", retired=True),
    ),
    attributes=(
        Attribute(
            "kind",
            "Kind",
            ("claim",),
            "choices",
            (Value("a", "A", "1", "First."), Value("b", "B", "2")),
            required=True,
            default="a",
        ),
        Attribute("open", "Open", ("cue",), "flag"),
        Attribute("remark", "Remark", ("cue", "claim"), "text"),
    ),
    roles=(Role("content", "content", "cue", ("claim",), 0, 3, "open=yes", "What is said."),),
    relations=(
        Relation(
            "repeats",
            "repeats",
            ("claim",),
            ("claim",),
            "R",
            absent=True,
            across=False,
            symmetric=True,
            required=True,
            description="Says it again.",
        ),
    ),
    clauses=(Clause("B1", "A case."),),
    revision=4,
)


def test_it_reads_back_equal_through_json():
    content = json.loads(json.dumps(BOOK.to_dict()))
    assert Codebook.from_dict(content, revision=4) == BOOK
    assert Codebook.from_dict(BOOK.to_dict()) == replace(BOOK, revision=0)


def test_every_field_is_written():
    content = BOOK.to_dict()
    assert content["labels"][0]["bare"] is True
    assert content["roles"][0]["empty_when"] == "open=yes"
    assert content["relations"][0]["key"] == "R"
    assert content["relations"][0]["required"] is True
    assert "revision" not in content


def test_what_may_be_left_out():
    label = {"id": "a", "name": "A", "key": "", "color": "#000000"}
    book = Codebook.from_dict({"format": "annotator-codebook", "version": 1, "name": "Small", "labels": [label]})
    assert book == Codebook("Small", (Label("a", "A", "", "#000000"),))


def test_lookups():
    assert BOOK.label("claim").name == "Claim"
    assert BOOK.find_label("CUE").id == "cue"
    assert BOOK.find_label("nothing") is None
    assert [each.id for each in BOOK.attributes_of("cue")] == ["open", "remark"]
    assert isinstance(BOOK.link_kind("content"), Role)
    assert isinstance(BOOK.link_kind("repeats"), Relation)
    assert BOOK.link_kind("nothing") is None
    with pytest.raises(CodebookError, match=r"no label “nothing”\. It has: claim, cue, old"):
        BOOK.label("nothing")


def test_a_key_finds_the_label_that_is_in_force():
    book = replace(BOOK, labels=(BOOK.labels[2], *BOOK.labels[:2]))
    assert book.find_label("c").id == "claim"


def test_a_letter_stands_at_the_mark():
    assert BOOK.label("claim").letter == "C"
    assert Label("x", "éclair", "", "#000000").letter == "É"


def label(**changes):
    return {"labels": (replace(BOOK.labels[0], **changes), *BOOK.labels[1:])}


def attribute(**changes):
    return {"attributes": (replace(BOOK.attributes[0], **changes), *BOOK.attributes[1:])}


def role(**changes):
    return {"roles": (replace(BOOK.roles[0], **changes),)}


def relation(**changes):
    return {"relations": (replace(BOOK.relations[0], **changes),)}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"labels": ()}, "at least one label"),
        (label(id="cue"), "label id “cue” twice"),
        (label(id=""), "Every label needs an id"),
        (label(name=" "), "“claim” needs a name"),
        (label(color="blue"), "must look like #2277aa, not “blue”"),
        (label(color="#12345g"), "must look like"),
        (label(line="wavy"), "one of solid, dashed, dotted, double, not “wavy”"),
        (label(key="CC"), "one visible character"),
        (label(key=" "), "one visible character"),
        (label(key="\x07"), "one visible character"),
        (label(key="a"), "“Claim” and “Cue” have the same key, A"),
        (label(key="3"), "cannot be 3: digits choose values and targets"),
        (relation(key="C"), "“Claim” and “repeats” have the same key, C"),
        (relation(key="c"), "same key"),
        (relation(key="3"), "digits"),
        (label(use_when=(Clause("B1", "Again."),)), "clause id “B1” twice"),
        (label(avoid_when=(Clause("", "Nameless."),)), "Every clause needs an id"),
        (attribute(id="open"), "attribute id “open” twice"),
        (attribute(kind="slider"), "one of choice, choices, flag, text, not “slider”"),
        (attribute(values=()), "no values to choose from"),
        (attribute(values=(Value("a", "A"), Value("a", "B"))), "id “a” twice"),
        (attribute(values=(Value("a", "A", "1"), Value("b", "B", "1"))), "same key, 1"),
        (attribute(values=(Value("a", "A", "12"),)), "one visible character"),
        (attribute(default="z"), "default of “Kind”, “z”"),
        (attribute(labels=("rumour",)), "speaks of the label “rumour”"),
        (role(frame="rumour"), "speaks of the label “rumour”"),
        (role(labels=("rumour",)), "speaks of the label “rumour”"),
        (role(minimum=4), "at least 4 and at most 3"),
        (role(empty_when="open"), "Write attribute=value"),
        (role(empty_when="kind=a"), "no such attribute or value"),
        (role(empty_when="nothing=yes"), "no such attribute or value"),
        (role(frame="claim", empty_when="kind=c"), "no such attribute or value"),
        (role(id="repeats"), "role or relation id “repeats” twice"),
        (relation(sources=("rumour",)), "speaks of the label “rumour”"),
        (relation(targets=("rumour",)), "speaks of the label “rumour”"),
    ],
)
def test_what_does_not_hold_together_is_refused(changes, sentence):
    with pytest.raises(CodebookError, match=sentence) as refused:
        replace(BOOK, **changes)
    assert str(refused.value).endswith(".")


def test_a_role_may_be_marked_by_a_value_of_a_choice():
    assert replace(BOOK, **role(frame="claim", empty_when="kind=a")).roles[0].empty_when == "kind=a"


def test_relations_may_have_no_key():
    two = (replace(BOOK.relations[0], key=""), replace(BOOK.relations[0], id="other", key=""))
    assert len(replace(BOOK, relations=two).relations) == 2


def read(**changes):
    content = json.loads(json.dumps(BOOK.to_dict()))
    for path, value in changes.items():
        *parts, last = (int(each) if each.isdigit() else each for each in path.split("__"))
        inner = content
        for each in parts:
            inner = inner[each]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return Codebook.from_dict(content)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "something"}, "“format” must be “annotator-codebook”"),
        ({"format": None}, "“format” must be"),
        ({"version": 2}, "version 1 only"),
        ({"version": "1"}, "version 1 only"),
        ({"name": None}, "lacks “name”"),
        ({"name": 5}, "name must be a string"),
        ({"labels": "claim"}, "labels must be a list"),
        ({"labels": None}, "at least one label"),
        ({"labels__1": "cue"}, r"labels\[2\] must be an object"),
        ({"labels__0__colour": "#000000"}, r"unknown field “colour” in labels\[1\] \(claim\). A label can have: id,"),
        ({"labels__0__color": None}, r"lacks “color” in labels\[1\] \(claim\)"),
        ({"labels__0__id": None}, r"lacks “id” in labels\[1\]"),
        ({"labels__0__bare": "yes"}, r"labels\[1\] \(claim\), bare must be true or false"),
        ({"labels__0__key": 1}, "key must be a string"),
        ({"labels__0__examples": "one"}, "examples must be a list of strings"),
        ({"labels__0__examples": [1]}, "examples must be a list of strings"),
        ({"labels__0__use_when": ["words"]}, r"use_when\[1\] must be an object"),
        ({"labels__0__use_when__0__text": None}, r"lacks “text” in labels\[1\] \(claim\), use_when\[1\] \(c-u1\)"),
        ({"attributes__0__labels": "claim"}, "labels must be a list of strings"),
        ({"attributes__0__values__1__id": 2}, r"values\[2\], id must be a string"),
        ({"roles__0__minimum": "1"}, "minimum must be a whole number from 0"),
        ({"roles__0__minimum": True}, "minimum must be a whole number from 0"),
        ({"roles__0__maximum": -1}, "maximum must be a whole number from 0"),
        ({"relations__0__absent": 1}, "absent must be true or false"),
        ({"clauses": {"id": "B1"}}, "clauses must be a list"),
        ({"colours": []}, "unknown field “colours”"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(changes, sentence):
    with pytest.raises(CodebookError, match=sentence) as refused:
        read(**changes)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("content", [None, [], "words", 5, {}])
def test_what_is_no_codebook_at_all(content):
    with pytest.raises(CodebookError, match="not a codebook"):
        Codebook.from_dict(content)
