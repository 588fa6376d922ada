"""The same words again: found as whole words, labelled in one step."""

import pytest

from annotator.model.article import BlockKind, State
from annotator.model.errors import RuleError
from annotator.project import Project

TEXT = (
    "📰 She said so. He said it, too.\n\nSaid who? Nobody was unsaid; she said “no”, they say.\n\n"
    "Picture: the mayor, who said nothing.\n"
)


@pytest.fixture
def project(tmp_path):
    """A project in which Ana has labelled the first “said” of three, with a fourth one in a caption."""
    with Project.create(tmp_path / "study", annotator="Ana") as project:
        project.ensure_annotator("Ben")
        project.add_text(TEXT)
        article = project.articles()[0].id
        project.set_block_kind(article, TEXT.index("Picture"), TEXT.index("Picture") + 1, BlockKind.CAPTION)
        yield project


def lay(project, words, label="attribution", who="Ana", nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    article = project.articles()[0].id
    return project.annotate(article, label, [(at, at + len(words))], annotator=who)


def test_whole_words_are_found_in_capitals_or_not_and_not_in_what_is_left_out(project):
    found = project.alike(lay(project, "said").id)
    assert [TEXT[each.start : each.end + 3] for each in found] == ["said it", "Said wh", "said “n"]


def test_what_has_the_label_already_is_passed_by_and_what_others_have_is_not(project):
    first = lay(project, "said")
    lay(project, "said it", nth=0)
    lay(project, "Said", label="claim")
    lay(project, "she said", who="Ben")
    assert [each.fragments for each in project.alike(first.id)] == [
        ((TEXT.index("Said"), TEXT.index("Said") + 4),),
        ((TEXT.index("she said") + 4, TEXT.index("she said") + 8),),
    ]


def test_all_are_labelled_in_one_step_and_taken_back_in_one(project):
    first = lay(project, "said")
    article = first.article
    before = len(project.steps())
    made = project.label_alike(first.id, project.alike(first.id), attributes=[("stance", "neutral")])
    assert len(made) == 3
    assert {each.span.covered(TEXT)[0] for each in project.annotations(article, "Ana")} == {"said", "Said"}
    assert {each.attributes for each in made} == {(("stance", "neutral"),)}
    assert len(project.steps()) == before + 1
    assert "Label attribution in 3 places of" in project.next_undo().title
    assert project.alike(first.id) == []
    assert project.label_alike(first.id, []) == []
    assert project.check() == []
    project.undo()
    assert [each.id for each in project.annotations(article)] == [first.id]
    assert project.state(article, "Ana") is State.IN_PROGRESS


def test_a_part_of_a_word_is_found_in_words(project):
    article = project.articles()[0].id
    at = TEXT.index("unsaid") + 2
    part = project.annotate(article, "claim", [(at, at + 4)], annotator="Ana")
    whole = lay(project, "unsaid", label="denial")
    assert len(project.alike(part.id)) == 4
    assert project.alike(whole.id) == []


def test_of_several_parts_nothing_is_looked_for(project):
    article = project.articles()[0].id
    parts = project.annotate(article, "claim", [(2, 5), (6, 10)], annotator="Ana")
    with pytest.raises(RuleError, match="several parts"):
        project.alike(parts.id)


def test_where_it_is_stopped_none_is_labelled(project):
    first = lay(project, "said")

    def stop(done, _total, _name):
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        project.label_alike(first.id, project.alike(first.id), progress=stop)
    assert [each.id for each in project.annotations()] == [first.id]
