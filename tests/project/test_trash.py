"""Deleted labels are found and brought back."""

from dataclasses import replace

import pytest

from annotator.model.errors import NotFoundError, RuleError


@pytest.fixture
def denial(project):
    """A denial of a claim, deleted together with its link."""
    article = project.articles()[0].id
    claim = project.annotate(article, "claim", [(0, 8)], annotator="Ana")
    denial = project.annotate(
        article, "denial", [(0, 15), (24, 30)], annotator="Ana", note="clear", attributes=[("strength", "flat")]
    )
    link = project.link("denies", denial.id, claim.id)
    project.delete([denial.id])
    return claim, denial, link


def test_a_deleted_label_comes_back_whole(project, denial):
    claim, gone, link = denial
    assert project.annotations() == [claim]
    assert project.links() == []
    (found,) = project.trash()
    assert found.annotation == gone
    assert found.covered == ("Minister denies", "of the")
    assert found.links == (link,)
    assert project.restore(gone.id) == gone
    assert set(project.annotations()) == {claim, gone}
    assert project.links() == [link]
    assert project.trash() == []
    assert project.check() == []


def test_bringing_back_is_undone_like_anything(project, denial):
    project.restore(denial[1].id)
    project.undo()
    assert [each.annotation for each in project.trash()] == [denial[1]]


def test_a_link_whose_other_end_is_gone_stays_away(project, denial):
    claim, gone, _ = denial
    project.delete([claim.id])
    project.restore(gone.id)
    assert project.links() == []
    assert project.check() == []


def test_the_latest_is_first(project, denial):
    claim, gone, _ = denial
    project.delete([claim.id])
    assert [each.annotation.id for each in project.trash()] == [claim.id, gone.id]


def test_not_where_the_same_label_lies_by_now(project, denial):
    gone = denial[1]
    project.annotate(gone.article, "denial", gone.span, annotator="Ana")
    with pytest.raises(RuleError, match="already"):
        project.restore(gone.id)


def test_not_without_its_article(project, denial):
    project.remove([denial[1].article])
    with pytest.raises(NotFoundError, match="article"):
        project.restore(denial[1].id)


def test_not_without_its_annotator(project):
    cem = project.ensure_annotator("Cem")
    made = project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator=cem.id)
    project.undo()
    project.undo()
    with pytest.raises(NotFoundError, match="annotator"):
        project.restore(made.id)


def test_not_without_its_codebook(project):
    project.save_codebook(replace(project.codebook, description="Another."), "a better word")
    made = project.annotate(project.articles()[0].id, "claim", [(0, 8)], annotator="Ana")
    project.undo()
    project.undo()
    with pytest.raises(NotFoundError, match="codebook"):
        project.restore(made.id)


def test_what_was_never_deleted_is_not_brought_back(project, denial):
    with pytest.raises(NotFoundError):
        project.restore(denial[0].id)


def test_the_trash_of_some_annotators(project):
    article = project.articles()[0].id
    made = [project.annotate(article, "claim", [(0, 8)], annotator=each) for each in ("Ana", "Ben")]
    project.delete([each.id for each in made])
    ana = project.annotator("Ana").id
    assert [each.annotation.annotator for each in project.trash(annotators=[ana])] == [ana]
    assert project.trash(annotators=[]) == []
    assert len(project.trash(1, annotators=[ana])) == 1
    assert len(project.trash()) == 2
