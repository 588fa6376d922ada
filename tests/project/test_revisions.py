"""The codebook's revisions: every change a step, nothing lost, and what to look at again."""

from dataclasses import replace

import pytest

from annotator.model.codebook import Attribute, Codebook, Label, Relation, Value
from annotator.model.errors import CodebookError, NotFoundError, RuleError

TEXT = "The firm said the well is deep. The firm denied that the well is dry. It is deep."


@pytest.fixture
def article(desk):
    return desk.add(TEXT, "Well")


def changed(book: Codebook, label: str, **changes) -> Codebook:
    """Return the codebook with one label changed."""
    return replace(book, labels=tuple(replace(each, **changes) if each.id == label else each for each in book.labels))


def without(book: Codebook, part: str, key: str) -> Codebook:
    """Return the codebook without one label, attribute, role or relation."""
    return replace(book, **{part: tuple(each for each in getattr(book, part) if each.id != key)})


def with_label(book: Codebook, label: Label) -> Codebook:
    """Return the codebook with one more label, which every part that speaks of claims speaks of as well."""

    def more(labels: tuple[str, ...]) -> tuple[str, ...]:
        return (*labels, label.id) if "claim" in labels else labels

    return replace(
        book,
        labels=(*book.labels, label),
        roles=tuple(replace(each, labels=more(each.labels)) for each in book.roles),
        relations=tuple(
            replace(each, sources=more(each.sources), targets=more(each.targets)) for each in book.relations
        ),
    )


ALLEGATION = Label("allegation", "Allegation", "G", "#777777")


def test_renaming_moves_everything_along(desk, article):
    claim = desk.put(article, "claim", "the well is deep")
    with desk.one_step("Change the codebook: label claim"):
        book = desk.project.save_codebook(changed(desk.project.codebook, "claim", name="Statement"), annotator="Ana")
    assert book.revision == desk.project.codebook.revision == 2
    assert book.label("claim").name == "Statement"
    assert desk.project.annotation(claim.id) == claim
    assert desk.project.revision(1).label("claim").name == "Claim"
    assert [(each.number, each.note, each.annotator) for each in desk.project.revisions()] == [
        (1, "First revision", ""),
        (2, "label claim", "Ana"),
    ]


def test_a_note_says_why(desk):
    desk.project.save_codebook(changed(desk.project.codebook, "claim", key="K"), "C is taken by copy")
    assert desk.project.revisions()[-1].note == "C is taken by copy"


def test_an_equal_codebook_is_no_revision(desk):
    with desk.nothing_done():
        assert desk.project.save_codebook(desk.project.codebook).revision == 1
        assert desk.project.save_codebook(replace(desk.project.codebook, revision=7)).revision == 1


def test_an_unknown_revision_is_told(desk):
    with pytest.raises(NotFoundError, match="no revision 2"):
        desk.project.revision(2)


def test_a_retired_label_stays_readable_and_is_refused_for_new_ones(desk, article):
    claim = desk.put(article, "claim", "the well is deep")
    denial = desk.put(article, "denial", "denied that the well is dry")
    with desk.one_step("Change the codebook: label claim"):
        desk.project.save_codebook(changed(desk.project.codebook, "claim", retired=True))
    assert desk.project.annotation(claim.id) == claim
    assert "“Claim” is retired: give it another label" in desk.remarks(article)
    with desk.nothing_done():
        with pytest.raises(RuleError, match="retired"):
            desk.put(article, "claim", "It is deep")
        with pytest.raises(RuleError, match="retired"):
            desk.project.relabel(denial.id, "claim")
    with desk.one_step("Move edge of claim"):
        desk.project.reshape(claim.id, desk.span(article, "well is deep"))
    desk.project.delete([claim.id])
    with desk.one_step("Bring back claim"):
        desk.project.restore(claim.id)


def test_what_is_in_use_cannot_go(desk, article):
    claim = desk.put(article, "claim", "the well is deep")
    denial = desk.put(article, "denial", "denied that the well is dry")
    desk.link("denies", denial, claim)
    book = desk.project.codebook
    lone = Codebook("Alone", (book.label("denial"),))
    narrow = tuple(replace(each, targets=("content",)) if each.id == "denies" else each for each in book.relations)
    with desk.nothing_done():
        with pytest.raises(CodebookError, match="1 annotation is labelled “Claim”"):
            desk.project.save_codebook(lone)
        with pytest.raises(CodebookError, match="“denies” joins Denial to Claim in 1 link"):
            desk.project.save_codebook(without(book, "relations", "denies"))
        with pytest.raises(CodebookError, match="“denies” joins Denial to Claim in 1 link"):
            desk.project.save_codebook(replace(book, relations=narrow))
    desk.project.save_codebook(without(book, "relations", "supports"))
    assert desk.project.codebook.link_kind("supports") is None


def test_a_link_to_nothing_needs_its_place_too(desk, article):
    desk.link("denies", desk.put(article, "denial", "denied that the well is dry"), None)
    book = desk.project.codebook
    present = tuple(replace(each, absent=False) for each in book.relations)
    with desk.nothing_done(), pytest.raises(CodebookError, match="joins Denial to nothing"):
        desk.project.save_codebook(replace(book, relations=present))


def test_values_in_use_are_kept_or_taken_off(desk, article):
    claim = desk.put(article, "claim", "the well is deep", attributes=(("kind", "number"), ("checkable", "yes")))
    book = without(desk.project.codebook, "attributes", "kind")
    with desk.nothing_done(), pytest.raises(CodebookError, match="“kind” is “number” on 1 annotation"):
        desk.project.save_codebook(book)
    with desk.one_step("Change the codebook: attribute kind"):
        desk.project.save_codebook(book, leave_out=True)
    assert desk.project.annotation(claim.id).attributes == (("checkable", "yes"),)
    desk.project.undo()
    assert desk.project.annotation(claim.id) == claim


def test_several_values_do_not_become_one_in_silence(desk, article):
    both = (("unasserted", "hypothetical"), ("unasserted", "negated"))
    desk.put(article, "attribution", "said", attributes=both)
    book = desk.project.codebook
    single = tuple(replace(each, kind="choice") for each in book.attributes)
    with desk.nothing_done(), pytest.raises(CodebookError, match="several values on 1 annotation"):
        desk.project.save_codebook(replace(book, attributes=single))


def test_merging_gives_every_annotation_the_other_label(desk, article):
    desk.project.save_codebook(with_label(desk.project.codebook, ALLEGATION))
    cue = desk.put(article, "attribution", "said")
    first = desk.into(cue, "allegation", "the well is deep")
    second = desk.put(article, "allegation", "It is deep")
    desk.link("denies", desk.put(article, "denial", "denied that the well is dry"), second)
    links = desk.project.links()
    with desk.one_step("Merge allegation into claim"):
        assert desk.project.merge_labels("allegation", "claim", annotator="Ana") == 2
    assert [desk.project.annotation(each.id).label for each in (first, second)] == ["claim", "claim"]
    assert desk.project.annotation(first.id).codebook == desk.project.codebook.revision == 3
    assert desk.project.codebook.label("allegation").retired
    assert desk.project.links() == links
    assert desk.frame(cue) == {"content": ["the well is deep"]}
    assert desk.project.counts("Ana") == {"attribution": 1, "claim": 2, "denial": 1}


def test_merging_twins_keeps_one_with_all_links_and_values(desk, article):
    desk.project.save_codebook(with_label(desk.project.codebook, ALLEGATION))
    old = desk.put(article, "allegation", "the well is deep")
    twin = desk.put(article, "claim", "the well is deep", attributes=(("kind", "number"),))
    desk.project.set_note(old.id, "Who says so?")
    cue = desk.put(article, "attribution", "said")
    denial = desk.put(article, "denial", "denied that the well is dry")
    other = desk.put(article, "claim", "It is deep")
    desk.project.join(cue.id, old.id)
    for target in (old, twin):
        desk.link("denies", denial, target)
    desk.link("repeats", other, old)
    desk.link("supports", old, twin)
    with desk.one_step("Merge allegation into claim"):
        desk.project.merge_labels("allegation", "claim")
    left = {(link.kind, link.origin_id, link.target) for link in desk.project.links()}
    assert left == {
        ("content", cue.id, twin.id),
        ("denies", denial.id, twin.id),
        ("repeats", other.id, twin.id),
    }
    kept = desk.project.annotation(twin.id)
    assert (kept.attributes, kept.note) == ((("kind", "number"),), "Who says so?")
    with pytest.raises(NotFoundError):
        desk.project.annotation(old.id)
    desk.project.undo()
    assert desk.project.annotation(twin.id) == twin
    assert len(desk.project.links()) == 5


def test_merging_leaves_out_attributes_that_the_other_label_lacks(desk, article):
    content = desk.put(article, "content", "the well is deep")
    claim = desk.put(article, "claim", "It is deep", attributes=(("kind", "number"),))
    with desk.one_step("Merge claim into content"):
        desk.project.merge_labels("claim", "content")
    assert desk.project.annotation(claim.id).attributes == ()
    assert desk.project.annotation(content.id) == content


def test_a_merge_that_a_link_does_not_allow_changes_nothing(desk, article):
    claim = desk.put(article, "claim", "the well is deep")
    desk.put(article, "claim", "It is deep")
    desk.link("denies", desk.put(article, "denial", "denied that the well is dry"), claim)
    with desk.nothing_done():
        with pytest.raises(RuleError, match="cannot point at a content"):
            desk.project.merge_labels("claim", "content")
        with pytest.raises(CodebookError, match="into itself"):
            desk.project.merge_labels("claim", "claim")
        with pytest.raises(CodebookError, match="no label"):
            desk.project.merge_labels("claim", "rumour")


def test_nothing_is_merged_into_a_retired_label(desk, article):
    desk.project.save_codebook(changed(desk.project.codebook, "content", retired=True))
    desk.put(article, "claim", "the well is deep")
    with desk.nothing_done(), pytest.raises(CodebookError, match="retired"):
        desk.project.merge_labels("claim", "content")


def test_merging_a_label_that_nobody_used_only_retires_it(desk):
    with desk.one_step("Merge content into claim"):
        assert desk.project.merge_labels("content", "claim") == 0
    assert desk.project.codebook.label("content").retired


def test_what_changed_meaning_is_looked_at_again(desk, article):
    claims = [desk.put(article, "claim", "It is deep"), desk.put(article, "claim", "the well is deep")]
    denial = desk.put(article, "denial", "denied that the well is dry")
    assert desk.project.outdated("Ana") == []
    desk.project.save_codebook(changed(desk.project.codebook, "claim", description="Anything that could be disputed."))
    assert desk.project.outdated("Ana") == claims[::-1]
    with desk.one_step("Confirm claim in “Well”"):
        assert desk.project.confirm([claims[0].id]) == 1
    assert desk.project.outdated("Ana") == [claims[1]]
    with desk.nothing_done():
        assert desk.project.confirm([claims[0].id]) == 0
    assert desk.project.annotation(denial.id) == denial
    desk.project.undo()
    assert desk.project.outdated("Ana") == claims[::-1]
    with desk.one_step("Confirm 2 labels"):
        desk.project.confirm([each.id for each in claims])
    assert desk.project.outdated("Ana") == []


def test_every_revision_since_counts(desk, article):
    first = desk.put(article, "claim", "the well is deep")
    desk.project.save_codebook(changed(desk.project.codebook, "claim", description="Another."))
    second = desk.put(article, "claim", "It is deep")
    desk.project.save_codebook(changed(desk.project.codebook, "denial", description="Another."))
    assert desk.project.outdated("Ana") == [first]
    desk.project.save_codebook(changed(desk.project.codebook, "claim", description="A third."))
    assert desk.project.outdated("Ana") == [first, second]


def test_changing_an_annotation_is_looking_at_it(desk, article):
    claim = desk.put(article, "claim", "the well is deep")
    desk.project.save_codebook(changed(desk.project.codebook, "claim", description="Another."))
    desk.project.set_attributes(claim.id, [("kind", "number")])
    assert desk.project.outdated("Ana") == []


def test_looks_names_and_examples_ask_nobody_to_look_again(desk, article):
    desk.put(article, "claim", "the well is deep")
    book = changed(
        desk.project.codebook,
        "claim",
        name="Statement",
        key="K",
        color="#123456",
        line="dotted",
        examples=("The well is deep.",),
    )
    relations = tuple(replace(each, key="") for each in book.relations)
    desk.project.save_codebook(replace(book, relations=relations))
    assert desk.project.outdated("Ana") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda book: without(book, "attributes", "kind"),
        lambda book: without(book, "relations", "supports"),
        lambda book: replace(
            book, attributes=(*book.attributes, Attribute("topic", "Topic", ("claim",), "choice", (Value("a", "A"),)))
        ),
        lambda book: replace(
            book, relations=(*book.relations, Relation("tops", "tops", ("claim",), ("claim",), required=True))
        ),
        lambda book: changed(book, "claim", use_when=()),
        lambda book: changed(book, "claim", bare=False),
    ],
    ids=["attribute gone", "relation gone", "attribute new", "relation new", "clauses", "edge"],
)
def test_what_belongs_to_a_label_counts(desk, article, change):
    claim = desk.put(article, "claim", "the well is deep")
    desk.put(article, "content", "It is deep")
    desk.project.save_codebook(change(desk.project.codebook))
    assert desk.project.outdated("Ana") == [claim]


def test_another_annotators_labels_are_theirs_to_confirm(desk, article):
    desk.project.ensure_annotator("Ben")
    desk.put(article, "claim", "the well is deep")
    desk.project.save_codebook(changed(desk.project.codebook, "claim", description="Another."))
    assert desk.project.outdated("Ben") == []
    assert len(desk.project.outdated("Ana")) == 1
