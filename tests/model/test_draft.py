"""Changes to a codebook: collected, told where they do not hold, and carried over to a newer revision."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.codebook import Clause, Codebook, Label
from annotator.model.draft import (
    GROUPS,
    Add,
    Draft,
    Move,
    Put,
    TakeOut,
    clause_ids,
    edited,
    free_id,
    next_clause_id,
    rebased,
)
from annotator.model.errors import CodebookError
from annotator.model.faults import faults
from annotator.resources import read_text

BOOK = Codebook.from_dict(json.loads(read_text("codebooks/default.json")))
DRAFT = Draft.of(BOOK)
NEW = Label("opinion", "Opinion", "O", "#5a00e0")


def places(draft):
    return {(each.group, each.part, each.field) for each in faults(draft)}


def test_a_draft_holds_a_codebook_as_it_is():
    assert DRAFT.codebook(BOOK.revision) == BOOK
    assert Draft.from_dict(json.loads(json.dumps(DRAFT.to_dict()))) == DRAFT
    assert faults(DRAFT) == []


def test_edits_are_pure():
    new = edited(DRAFT, Put("labels", "claim", "name", "Statement"))
    assert new.part("labels", "claim").name == "Statement"
    assert DRAFT.part("labels", "claim").name == "Claim"
    assert edited(new, Put("labels", "claim", "name", "Claim")) == DRAFT


def test_a_label_that_goes_leaves_nothing_behind():
    new = edited(DRAFT, TakeOut("labels", "source"))
    assert all("source" not in each.labels for each in (*new.attributes, *new.roles))
    assert all("source" not in (*each.sources, *each.targets) for each in new.relations)
    assert all(each.frame != "attribution" for each in edited(DRAFT, TakeOut("labels", "attribution")).roles)


@given(st.sampled_from([each.id for each in BOOK.labels]), st.integers(-9, 9))
def test_moving_loses_nothing(part, by):
    moved = edited(DRAFT, Move("labels", part, by))
    assert set(moved.labels) == set(DRAFT.labels)
    here = [each.id for each in DRAFT.labels].index(part)
    assert [each.id for each in moved.labels].index(part) == min(max(here + by, 0), len(DRAFT.labels) - 1)


def test_a_clash_of_keys_is_told_at_both_places_and_nothing_is_lost():
    new = edited(DRAFT, Put("labels", "denial", "key", "c"))
    assert {("labels", "claim", "key"), ("labels", "denial", "key")} <= places(new)
    assert any("key of Claim already" in each.words for each in faults(new))
    assert new.part("labels", "denial").key == "c"
    with pytest.raises(CodebookError):
        new.codebook()


def test_a_retired_label_holds_no_key():
    new = edited(edited(DRAFT, Put("labels", "claim", "retired", value=True)), Put("labels", "denial", "key", "C"))
    assert faults(new) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (Put("", "", "name", " "), ("", "", "name")),
        (Put("labels", "claim", "name", ""), ("labels", "claim", "name")),
        (Put("labels", "claim", "name", "denial"), ("labels", "denial", "name")),
        (Put("labels", "claim", "color", "#12"), ("labels", "claim", "color")),
        (Put("labels", "claim", "key", "7"), ("labels", "claim", "key")),
        (Put("labels", "claim", "use_when", (Clause("c", ""),)), ("labels", "claim", "use_when:c")),
        (Put("attributes", "kind", "labels", ()), ("attributes", "kind", "labels")),
        (Put("attributes", "kind", "values", ()), ("attributes", "kind", "values")),
        (Put("attributes", "kind", "default", "gone"), ("attributes", "kind", "values")),
        (Put("roles", "source", "labels", ()), ("roles", "source", "labels")),
        (Put("roles", "source", "empty_when", "no=such"), ("roles", "source", "empty_when")),
        (Put("relations", "denies", "targets", ()), ("relations", "denies", "targets")),
        (Put("clauses", "B1", "text", ""), ("clauses", "B1", "text")),
    ],
)
def test_what_does_not_hold_is_told_at_its_field(change, place):
    assert place in places(edited(DRAFT, change))


def test_minimum_above_maximum_is_told():
    new = edited(edited(DRAFT, Put("roles", "source", "maximum", 1)), Put("roles", "source", "minimum", 2))
    assert ("roles", "source", "maximum") in places(new)


def test_ids_are_new_and_clause_ids_never_come_again():
    assert free_id("Source type", {"source-type": 1}) == "source-type-2"
    assert free_id("???", set()) == "part"
    ever = clause_ids(BOOK)
    assert next_clause_id("claim-u", ever) == "claim-u6"
    gone = edited(DRAFT, Put("labels", "claim", "use_when", BOOK.label("claim").use_when[:-1]))
    assert next_clause_id("claim-u", clause_ids(gone) | ever) == "claim-u6"
    assert next_clause_id("opinion-u", ever) == "opinion-u1"


def test_changes_are_carried_over_to_a_newer_revision():
    mine = edited(edited(DRAFT, Put("labels", "claim", "name", "Statement")), Add("labels", NEW))
    theirs = edited(edited(DRAFT, Put("labels", "claim", "key", "K")), Put("labels", "content", "retired", value=True))
    both = rebased(BOOK, mine, theirs.codebook())
    claim = both.part("labels", "claim")
    assert (claim.name, claim.key) == ("Statement", "K")
    assert both.part("labels", "content").retired
    assert both.part("labels", "opinion") == NEW


def test_what_one_side_took_out_goes_and_what_the_other_changed_stays():
    gone = edited(DRAFT, TakeOut("clauses", "B1"))
    assert rebased(BOOK, gone, BOOK).part("clauses", "B1") is None
    assert rebased(BOOK, DRAFT, gone.codebook()).part("clauses", "B1") is None
    changed = edited(DRAFT, Put("clauses", "B1", "text", "Other words."))
    assert rebased(BOOK, gone, changed.codebook()).part("clauses", "B1") is not None


def test_without_changes_of_mine_theirs_is_taken_and_the_other_way_round():
    other = edited(edited(DRAFT, Move("labels", "content", -3)), Put("", "", "description", "New."))
    assert rebased(BOOK, DRAFT, other.codebook()) == other
    assert rebased(BOOK, other, BOOK) == other
    assert set(GROUPS) == {"labels", "attributes", "roles", "relations", "clauses"}
    assert rebased(BOOK, replace(DRAFT, name="A"), replace(other, name="B").codebook()).name == "A"
