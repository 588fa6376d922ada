"""What changed between two codebooks, in words."""

from dataclasses import replace

import pytest

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role, Value
from annotator.model.comparison import compare, touched_labels

BOOK = Codebook(
    "Test",
    (Label("claim", "Claim", "C", "#2277aa", bare=True), Label("cue", "Cue", "A", "#aa7722")),
    attributes=(Attribute("kind", "Kind", ("claim",), "choice", (Value("a", "A", "1"), Value("b", "B", "2"))),),
    roles=(Role("content", "content", "cue", ("claim",)),),
    relations=(Relation("repeats", "repeats", ("claim",), ("claim",), "R"),),
    clauses=(Clause("B1", "A case."),),
)
KIND = BOOK.attributes[0]


def label(book=BOOK, **changes):
    return replace(book, labels=(replace(book.labels[0], **changes), *book.labels[1:]))


def words(after, before=BOOK):
    return [str(each) for each in compare(before, after)]


def test_equal_but_for_the_revision():
    assert compare(BOOK, replace(BOOK, revision=9)) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (label(name="Statement"), ["label claim, name: Claim → Statement"]),
        (label(bare=False, retired=True), ["label claim, bare: yes → no", "label claim, retired: no → yes"]),
        (label(use_when=(Clause("u", "Always."),)), ["label claim, use when: – → Always."]),
        (label(examples=("One, two ,", "Three")), ["label claim, examples: – → One, two ,; Three"]),
        (replace(BOOK, name="Other"), ["codebook, name: Test → Other"]),
        (replace(BOOK, description="New."), ["codebook, description: – → New."]),
        (replace(BOOK, labels=BOOK.labels[::-1]), ["codebook, order of labels: claim, cue → cue, claim"]),
        (replace(BOOK, clauses=()), ["clause B1: taken out"]),
        (replace(BOOK, relations=()), ["relation repeats: taken out"]),
        (replace(BOOK, clauses=(*BOOK.clauses, Clause("B2", "Two."))), ["clause B2: added"]),
        (replace(BOOK, roles=(replace(BOOK.roles[0], minimum=1),)), ["role content, minimum: 0 → 1"]),
        (
            replace(BOOK, attributes=(replace(KIND, values=(*KIND.values, Value("c", "C"))),)),
            ["attribute kind, values: A; B → A; B; C"],
        ),
        (
            replace(BOOK, attributes=(replace(KIND, values=(KIND.values[0], Value("b", "B", "3"))),)),
            ["attribute kind, values: a, A, 1; b, B, 2 → a, A, 1; b, B, 3"],
        ),
        (replace(BOOK, clauses=(Clause("B1", "Another."),)), ["clause B1, text: A case. → Another."]),
    ],
)
def test_each_difference_is_one_line(after, expected):
    assert words(after) == expected


def test_the_other_way_round_is_the_opposite():
    after = label(name="Statement", key="K")
    forth, back = compare(BOOK, after), compare(after, BOOK)
    assert [(each.before, each.after) for each in forth] == [(each.after, each.before) for each in back]


def test_a_clause_that_only_changed_its_id_is_told():
    one, two = label(use_when=(Clause("u1", "Always."),)), label(use_when=(Clause("u2", "Always."),))
    assert words(two, one) == ["label claim, use when: u1, Always. → u2, Always."]


@pytest.mark.parametrize(
    ("after", "touched"),
    [
        (label(description="New."), {"claim"}),
        (label(bare=False), {"claim"}),
        (label(retired=True), {"claim"}),
        (label(avoid_when=(Clause("a", "Never."),)), {"claim"}),
        (label(name="Statement", key="K", color="#000000", line="dotted", examples=("So.",)), set()),
        (replace(BOOK, name="Other", description="Other.", clauses=()), set()),
        (replace(BOOK, labels=BOOK.labels[::-1]), set()),
        (replace(BOOK, attributes=()), {"claim"}),
        (replace(BOOK, attributes=(replace(KIND, labels=("cue",)),)), {"claim", "cue"}),
        (replace(BOOK, attributes=(replace(KIND, required=True),)), {"claim"}),
        (replace(BOOK, attributes=(replace(KIND, values=(KIND.values[0], Value("b", "Bee", "2"))),)), {"claim"}),
        (replace(BOOK, attributes=(replace(KIND, values=(Value("a", "A"), Value("b", "B"))),)), set()),
        (replace(BOOK, attributes=(replace(KIND, values=KIND.values[::-1], name="Sort", default="a"),)), set()),
        (replace(BOOK, roles=(replace(BOOK.roles[0], minimum=1),)), {"cue"}),
        (replace(BOOK, roles=()), {"cue"}),
        (replace(BOOK, relations=(replace(BOOK.relations[0], required=True),)), {"claim"}),
        (replace(BOOK, relations=(replace(BOOK.relations[0], key="X", name="says again"),)), set()),
        (replace(BOOK, relations=()), {"claim"}),
    ],
)
def test_what_to_look_at_again(after, touched):
    assert touched_labels(BOOK, after) == touched
    # A label that is new, or gone, has nothing to look at; otherwise the way back touches the same.
    assert touched_labels(after, BOOK) == touched
