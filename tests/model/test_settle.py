"""New parts get ids that can be read, and everything that speaks of them goes along."""

import json

from annotator.model.codebook import Attribute, Clause, Codebook, Label, Relation, Role, Value
from annotator.model.draft import Add, Draft, Put, edited
from annotator.model.settle import new_id, settled
from annotator.resources import read_text

BOOK = Codebook.from_dict(json.loads(read_text("codebooks/default.json")))
DRAFT = Draft.of(BOOK)


def with_new():
    draft = DRAFT
    label = Label("new-label", "Scare quote", "Q", "#5a00e0", use_when=(Clause("new-label-u1", "It is one."),))
    values = (Value("new-value", "Mild irony"), Value("kept", "Kept"))
    for group, part in (
        ("labels", label),
        ("attributes", Attribute("new-attribute", "Tone", ("new-label",), values=values, default="new-value")),
        (
            "roles",
            Role("new-role", "Target", "new-label", ("claim", "new-label"), empty_when="new-attribute=new-value"),
        ),
        ("relations", Relation("new-relation", "denies", ("new-label",), ("claim",))),
    ):
        draft = edited(draft, Add(group, part))
    return draft


def test_new_parts_get_ids_made_of_their_names():
    book = settled(with_new(), BOOK).codebook()
    label = book.label("scare-quote")
    assert label.use_when[0].id == "scare-quote-u1"
    tone = book.attributes[-1]
    assert (tone.id, tone.labels, tone.default) == ("tone", ("scare-quote",), "mild-irony")
    assert [each.id for each in tone.values] == ["mild-irony", "kept"]
    role = book.roles[-1]
    assert (role.id, role.frame, role.labels) == ("target", "scare-quote", ("claim", "scare-quote"))
    assert role.empty_when == "tone=mild-irony"
    assert (book.relations[-1].id, book.relations[-1].sources) == ("denies-2", ("scare-quote",))


def test_what_was_saved_keeps_its_id_whatever_it_is_called():
    saved = settled(with_new(), BOOK)
    renamed = edited(saved, Put("labels", "scare-quote", "name", "Irony"))
    assert settled(renamed, saved.codebook()) == renamed
    assert settled(DRAFT, BOOK) == DRAFT


def test_new_ids_are_free():
    one = new_id(DRAFT, "label")
    two = new_id(edited(DRAFT, Add("labels", Label(one, "", "", "#5a00e0"))), "label")
    assert one != two
    assert one.startswith("new-")


def test_two_new_parts_of_one_name_stay_two():
    draft = DRAFT
    for number in (1, 2):
        draft = edited(draft, Add("attributes", Attribute(f"new-{number}", "Tone", ("claim",), kind="flag")))
    assert [each.id for each in settled(draft, BOOK).attributes[-2:]] == ["tone", "tone-2"]
