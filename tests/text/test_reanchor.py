"""A quote finds its place again in a text that has changed, or is said to be doubtful or lost: never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.reanchor import Reanchoring

TEXT = (
    "Minister denies knowing of the report 📰\n\n“I never saw it,” the minister said on Tuesday.\n\n"
    "Two aides say she was told in March. She denied it again, and said that nobody had told her anything.\n"
)


def span_of(text, *words):
    return Span.of(*((text.index(each), text.index(each) + len(each)) for each in words))


def reanchor(span, before, after):
    return Reanchoring(before, after).anchor(span)


def test_the_same_text_is_the_same_place():
    span = span_of(TEXT, "never saw", "minister said")
    found = reanchor(span, TEXT, TEXT)
    assert (found.span, found.score, found.is_sure) == (span, 1.0, True)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("Minister denies", "📰👨‍👩‍👧 UPDATE: Minister denies"),
        ("on Tuesday", "late on Wednesday 𝒜"),
        ("\n\nTwo aides", "\n\nA new paragraph was put in here, with some words.\n\nTwo aides"),
        ("March", "Mars"),
    ],
)
def test_an_edit_elsewhere_moves_it_along(was, becomes):
    after = TEXT.replace(was, becomes)
    for words in ("never saw it", "knowing of the report 📰", "nobody had told her"):
        found = reanchor(span_of(TEXT, words), TEXT, after)
        assert found.is_sure
        assert found.span == span_of(after, words)


def test_other_quotes_and_blanks_are_the_same_words():
    after = TEXT.replace("“I never saw it,”", '"I never saw it,"').replace("told in March", "told in\u00a0March")
    found = reanchor(span_of(TEXT, "“I never saw it,”"), TEXT, after)
    assert found.span == span_of(after, '"I never saw it,"')
    assert found.is_sure


def test_words_that_stand_several_times_are_told_apart_by_their_neighbours():
    text = "He said no. " * 3 + "In March the minister said no. " + "He said no. " * 3
    span = span_of(text, "minister said no")
    said = Span.of((span.end - 7, span.end))
    found = reanchor(said, text, "Added. " + text)
    assert found.span == Span.of((span.end, span.end + 7))
    assert found.is_sure


def test_places_that_are_alike_are_doubtful():
    before = "First line here. The end."
    after = "said no. " * 20
    found = reanchor(span_of("said no. " * 20, "said no"), "said no. " * 20, after + "said no. ")
    assert not found.is_sure
    assert reanchor(span_of(before, "First line"), before, after).span is None


def test_changed_words_between_the_same_neighbours_are_offered_not_taken():
    after = TEXT.replace("never saw it", "never really saw that")
    found = reanchor(span_of(TEXT, "I never saw it,"), TEXT, after)
    assert not found.is_sure
    assert found.why
    assert found.span is None or found.span.covered(after) == ("I never really saw that,",)


def test_what_is_gone_is_lost():
    found = reanchor(span_of(TEXT, "nobody had told her"), TEXT, "Another text altogether.")
    assert (found.span, found.is_sure) == (None, False)
    assert found.why


def test_fragments_that_changed_places_are_lost():
    text = "The first part of it stands here, and the second part of it there."
    after = "The second part of it stands first now. " * 2 + "And the first part of it."
    assert reanchor(span_of(text, "first part", "second part"), text, after).span is None


@given(before=st.text(max_size=60), after=st.text(max_size=60), data=st.data())
def test_what_is_found_lies_in_the_text_and_is_sure_only_of_the_same_words(before, after, data):
    text = f"{before}The minister denied it, twice.{after}"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    new = data.draw(st.sampled_from([text, after + text, text + before, before + after, text[: len(text) // 2]]))
    found = reanchor(Span.of((start, end)), text, new)
    if found.span is not None:
        assert 0 <= found.span.start < found.span.end <= len(new)
    if new == text and text.count(text[start:end]) == 1:
        assert found.span == Span.of((start, end))
