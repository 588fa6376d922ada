"""Relations: across articles, to nothing, refused where the codebook has no place, and back with their ends."""

import pytest

from annotator.model.errors import NotFoundError, RuleError


@pytest.fixture
def one(desk):
    return desk.add("The port says the crane is safe. The crane is new. The union denies that.", "One")


@pytest.fixture
def two(desk):
    return desk.add("A day before: “The crane is safe,” the port wrote. Nobody asked.", "Two")


@pytest.fixture
def denial(desk, one):
    return desk.put(one, "denial", "The union denies that")


@pytest.fixture
def claim(desk, one):
    return desk.put(one, "claim", "the crane is safe")


def test_a_denial_is_linked_to_its_claim(desk, one, denial, claim):
    assert desk.remarks(one) == ["Denial: “denies” points at nothing yet"]
    with desk.one_step("Link denies in “One”"):
        link = desk.link("denies", denial, claim)
    assert (link.kind, link.origin_id, link.target) == ("denies", denial.id, claim.id)
    assert desk.remarks(one) == []


def test_a_link_reaches_into_another_article(desk, one, two, denial):
    far = desk.put(two, "claim", "The crane is safe")
    with desk.one_step("Link denies in “One”"):
        link = desk.link("denies", denial, far)
    assert desk.project.links(one) == [link]
    assert desk.project.links(two) == [link]
    assert desk.remarks(one) == []
    assert desk.remarks(two) == []


def test_not_in_this_article_is_recorded(desk, one, denial):
    with desk.one_step("Link denies"):
        link = desk.link("denies", denial, None)
    assert link.target is None
    assert desk.remarks(one) == []
    with desk.nothing_done(), pytest.raises(RuleError, match="already"):
        desk.link("denies", denial, None)


def test_a_denial_has_many_targets_and_a_claim_many_denials(desk, one, denial, claim):
    other = desk.put(one, "claim", "The crane is new")
    second = desk.put(one, "denial", "denies")
    links = [desk.link("denies", denial, claim), desk.link("denies", denial, other), desk.link("denies", second, claim)]
    assert [link.place for link in links] == [0, 1, 0]
    assert set(desk.project.links(one)) == set(links)


def test_what_the_codebook_does_not_join_is_refused(desk, one, denial, claim):
    source = desk.put(one, "source", "The port")
    with desk.nothing_done():
        with pytest.raises(RuleError, match="cannot start at a claim"):
            desk.link("denies", claim, claim)
        with pytest.raises(RuleError, match="cannot point at a source"):
            desk.link("denies", denial, source)
        with pytest.raises(RuleError, match="cannot point at itself"):
            desk.link("supports", claim, claim)
        with pytest.raises(RuleError, match="needs something"):
            desk.link("supports", claim, None)
        with pytest.raises(RuleError, match="no role or relation"):
            desk.link("mocks", claim, denial)
        with pytest.raises(NotFoundError):
            desk.project.link("denies", denial.id, "nobody")
        with pytest.raises(NotFoundError):
            desk.project.unlink("nothing")


def test_a_role_stays_in_its_article(desk, one, two):
    cue = desk.put(one, "attribution", "says")
    far = desk.put(two, "source", "the port")
    with desk.nothing_done(), pytest.raises(RuleError, match="another article"):
        desk.project.join(cue.id, far.id)


def test_a_link_is_drawn_once(desk, one, denial, claim):
    desk.link("denies", denial, claim)
    with desk.nothing_done(), pytest.raises(RuleError, match="already"):
        desk.link("denies", denial, claim)


def test_a_relation_without_direction_is_drawn_once_either_way(desk, one, two):
    here, there = desk.put(one, "source", "The port"), desk.put(two, "source", "the port")
    desk.link("same-source", here, there)
    with desk.nothing_done(), pytest.raises(RuleError, match="already"):
        desk.link("same-source", there, here)


def test_a_relation_with_direction_is_another_one_the_other_way(desk, one, two, claim):
    far = desk.put(two, "claim", "The crane is safe")
    desk.link("supports", claim, far)
    desk.link("supports", far, claim)
    assert len(desk.project.links()) == 2


def test_unlinking_is_one_step(desk, denial, claim):
    link = desk.link("denies", denial, claim)
    with desk.one_step("Remove link denies in “One”"):
        desk.project.unlink(link.id)
    assert desk.project.links() == []


def test_deleting_a_target_takes_the_link_along_and_says_so(desk, one, denial, claim):
    link = desk.link("denies", denial, claim)
    with desk.one_step("Delete claim and 1 link in “One”"):
        desk.project.delete([claim.id])
    assert desk.project.links() == []
    assert desk.remarks(one) == ["Denial: “denies” points at nothing yet"]
    desk.project.undo()
    assert desk.project.annotation(claim.id) == claim
    assert desk.project.links() == [link]


def test_deleting_a_target_in_another_article_does_so_too(desk, one, two, denial):
    far = desk.put(two, "claim", "The crane is safe")
    link = desk.link("denies", denial, far)
    with desk.one_step("Delete claim and 1 link in “Two”"):
        desk.project.delete([far.id])
    assert desk.remarks(one) == ["Denial: “denies” points at nothing yet"]
    desk.project.undo()
    assert desk.project.links(one) == [link]


def test_removing_an_article_takes_links_along_and_undo_brings_them_back(desk, one, two, denial):
    desk.link("denies", denial, desk.put(two, "claim", "The crane is safe"))
    with desk.one_step("Remove “Two”"):
        desk.project.remove([two])
    assert desk.project.links() == []


def test_restoring_a_deleted_target_restores_its_links(desk, denial, claim):
    link = desk.link("denies", denial, claim)
    desk.project.delete([claim.id])
    with desk.one_step("Bring back claim"):
        desk.project.restore(claim.id)
    assert desk.project.links() == [link]


def test_both_ends_deleted_together_come_back_together(desk, one, denial, claim):
    desk.link("denies", denial, claim)
    with desk.one_step("Delete 2 labels and 1 link in “One”"):
        desk.project.delete([denial.id, claim.id])


def test_a_label_that_its_links_do_not_allow_is_refused(desk, denial, claim):
    link = desk.link("denies", denial, claim)
    with desk.nothing_done():
        with pytest.raises(RuleError, match="cannot start at a claim"):
            desk.project.relabel(denial.id, "claim")
        with pytest.raises(RuleError, match="cannot point at a content"):
            desk.project.relabel(claim.id, "content")
    desk.project.unlink(link.id)
    with desk.one_step("Change claim to content"):
        desk.project.relabel(claim.id, "content")


def test_relabelling_within_a_frame_keeps_its_role(desk, one, claim):
    cue = desk.put(one, "attribution", "says")
    desk.project.join(cue.id, claim.id)
    with desk.one_step("Change claim to content"):
        desk.project.relabel(claim.id, "content")
    assert desk.frame(cue) == {"content": ["the crane is safe"]}


def test_links_survive_a_move_of_edges(desk, one, denial, claim):
    link = desk.link("denies", denial, claim)
    with desk.one_step("Move edge of claim"):
        desk.project.reshape(claim.id, desk.span(one, "crane is safe"))
    assert desk.project.links() == [link]


def test_edges_do_not_move_onto_the_same_label(desk, one, claim):
    other = desk.put(one, "claim", "The crane is new")
    with desk.nothing_done(), pytest.raises(RuleError, match="already"):
        desk.project.reshape(other.id, claim.span)
