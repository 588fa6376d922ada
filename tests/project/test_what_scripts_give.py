"""What a script of somebody else's gives to the verbs: words for states, numbers of numpy, mistakes that are told."""

import numpy as np
import pytest

from annotator import AnnotatorError, BlockKind, Span, State
from annotator.model.errors import NotFoundError, RuleError, SpanError


@pytest.fixture
def article(project):
    return project.articles()[0].id


def test_numbers_of_numpy_are_offsets(project, article):
    made = project.annotate(article, "claim", [np.array([0, 8])], annotator="Ana")
    assert project.annotation(made.id).span == Span.of((0, 8))
    moved = project.reshape(made.id, [(np.int32(9), np.uint8(15))])
    assert project.annotation(made.id).span == moved.span == Span.of((9, 15))
    asked = project.ask(article, "Is it?", annotator="Ana", span=[(np.int64(0), np.int64(8))])
    assert project.thread(asked.id).span == Span.of((0, 8))
    assert project.check() == []


@pytest.mark.parametrize(
    "span", [(0, 8), [(0.0, 8.5)], [("0", "8")], [(0, 8, 9)], 8, [], [(8, 0)], [(-3, 8)], [(0, 8000)]]
)
def test_what_can_be_no_span_is_told(project, article, span):
    with pytest.raises(SpanError):
        project.annotate(article, "claim", span, annotator="Ana")
    with pytest.raises(SpanError):
        project.ask(article, "Is it?", annotator="Ana", span=span)
    assert project.annotations() == []


def test_attributes_are_pairs_or_a_mapping(project, article):
    made = project.annotate(article, "claim", [(0, 8)], annotator="Ana", attributes={"certainty": "certain"})
    assert made.attributes == (("certainty", "certain"),)
    again = project.set_attributes(made.id, {"certainty": "probable", "polarity": "negative"})
    assert (
        project.annotation(made.id).attributes
        == again.attributes
        == tuple(sorted([("certainty", "probable"), ("polarity", "negative")]))
    )
    with pytest.raises(RuleError, match="is not a value of"):
        project.set_attributes(made.id, {"certainty": "nonsense"})


def test_states_and_types_of_paragraphs_are_told_by_their_words(project, article):
    project.set_state(article, "Ana", "nothing found")
    assert project.state(article, "Ana") is State.EMPTY
    project.set_block_kind(article, 0, 5, "caption")
    assert project.article(article).blocks[0].kind is BlockKind.CAPTION
    with pytest.raises(RuleError, match="There are: new, in progress, done, nothing found"):
        project.set_state(article, "Ana", "finished")
    with pytest.raises(RuleError, match="There are: headline, "):
        project.set_block_kind(article, 0, 5, "picture")


def test_an_article_that_is_not_there_has_no_state(project):
    with pytest.raises(NotFoundError):
        project.set_state("nowhere", "Ana", State.DONE)
    assert project.check() == []


def test_paths_may_be_words(project, tmp_path):
    (tmp_path / "one.txt").write_text("Some words of a text.\n", "utf-8")
    draft = project.draft([str(tmp_path / "one.txt"), str(tmp_path / "nowhere.txt")])
    assert (len(draft.articles), len(draft.problems)) == (1, 1)


def test_every_refusal_is_one_of_ours(project, article):
    for refused in (
        lambda: project.annotate("nowhere", "claim", [(0, 8)], annotator="Ana"),
        lambda: project.annotate(article, "nonsense", [(0, 8)], annotator="Ana"),
        lambda: project.annotate(article, "claim", [(0, 8)], annotator="Zed"),
        lambda: project.link("nonsense", "a", "b"),
        lambda: project.find_article("nonsense"),
        lambda: project.export("nowhere/at/all.jsonl"),
        lambda: project.import_("nowhere.jsonl"),
        lambda: project.queue(order="nonsense"),
        lambda: project.split("one", by="nonsense"),
    ):
        with pytest.raises(AnnotatorError):
            refused()
    assert project.annotations() == []
