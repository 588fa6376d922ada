import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Fragment, Span
from annotator.ui.reader.selection import (
    Selection,
    dragged,
    moved_edge,
    reshaped,
    with_paragraph,
    with_sentence,
    word_ahead,
    word_back,
)

TEXT = "Mr. Vance denied it. He said so twice.\n\nThe paper stood by its story, 📰 and all."


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


def covered(selection):
    return selection.span.covered(TEXT) if selection.span else ()


def test_the_sentence_then_the_next_then_across_the_paragraph():
    selection = with_sentence(TEXT, Selection().at(6))
    assert covered(selection) == ("Mr. Vance denied it.",)
    selection = with_sentence(TEXT, selection)
    assert covered(selection) == ("Mr. Vance denied it. He said so twice.",)
    selection = with_sentence(TEXT, selection)
    assert covered(selection) == (TEXT,)
    assert with_sentence(TEXT, selection) == selection


def test_a_selection_within_a_sentence_is_filled_up():
    start, end = at("denied")
    assert covered(with_sentence(TEXT, Selection(start, end))) == ("Mr. Vance denied it.",)
    assert covered(with_sentence(TEXT, Selection(end, start))) == ("Mr. Vance denied it.",)


def test_the_paragraph_then_the_next():
    selection = with_paragraph(TEXT, Selection().at(25))
    assert covered(selection) == ("Mr. Vance denied it. He said so twice.",)
    assert covered(with_paragraph(TEXT, selection)) == (TEXT,)


def test_on_a_blank_line_what_follows_is_taken():
    blank = TEXT.index("\n\n") + 1
    for grow in (with_sentence, with_paragraph):
        assert covered(grow(TEXT, Selection().at(blank))) == ("The paper stood by its story, 📰 and all.",)
        kept = Selection(blank, blank, (Fragment(*at("Mr. Vance")),))
        assert covered(grow(TEXT, kept)) == ("Mr. Vance", "The paper stood by its story, 📰 and all.")


def test_below_the_last_words_nothing_is_taken():
    for text in ("Words.\n\n  \n", "\n", ""):
        end = Selection().at(len(text))
        assert with_sentence(text, end) == with_paragraph(text, end) == end


def test_extending_by_words_takes_whole_words_and_gives_them_back():
    start = at("denied it")[0]
    selection = Selection().at(start)
    selection = selection.extended(word_ahead(TEXT, selection))
    assert covered(selection) == ("denied",)
    selection = selection.extended(word_ahead(TEXT, selection))
    assert covered(selection) == ("denied it",)
    selection = selection.extended(word_back(TEXT, selection))
    assert covered(selection) == ("denied",)
    selection = selection.extended(word_back(TEXT, selection))
    assert selection.is_empty
    selection = selection.extended(word_back(TEXT, selection))
    assert covered(selection) == ("Vance ",)


@pytest.mark.parametrize(
    ("edge", "words", "expected"),
    [
        ("left", -1, "Vance denied it"),
        ("left", 1, "it"),
        ("left", 5, "it"),
        ("right", 1, "denied it. He"),
        ("right", -1, "denied"),
        ("right", -5, "denied"),
        ("right", 2, "denied it. He said"),
    ],
)
def test_an_edge_moves_by_words_and_never_swallows_the_span(edge, words, expected):
    assert moved_edge(TEXT, Span.of(at("denied it")), edge, words).covered(TEXT) == (expected,)


def test_edges_of_a_span_with_fragments_move_at_its_outer_ends():
    span = Span.of(at("denied"), at("twice"))
    assert moved_edge(TEXT, span, "left", -1).covered(TEXT) == ("Vance denied", "twice")
    assert moved_edge(TEXT, span, "right", 1).covered(TEXT) == ("denied", "twice.\n\nThe")


def test_dragging_backwards_takes_the_same_words():
    start, end = at("denied it")
    assert dragged(TEXT, start + 2, end - 1, exact=False) == (start, end)
    assert dragged(TEXT, end - 1, start + 2, exact=False) == (end, start)
    assert dragged(TEXT, start + 2, end - 1, exact=True) == (start + 2, end - 1)


def test_dragging_one_edge_over_the_other_leaves_a_word():
    span = Span.of(at("denied it"))
    far = len(TEXT)
    assert reshaped(TEXT, span, (0, "left"), far, exact=False).covered(TEXT) == ("it",)
    assert reshaped(TEXT, span, (0, "right"), 0, exact=False).covered(TEXT) == ("denied",)
    assert reshaped(TEXT, span, (0, "right"), 0, exact=True).covered(TEXT) == ("d",)


def test_fragments_that_come_to_touch_are_joined():
    span = Span.of(at("denied"), at("He said"))
    assert reshaped(TEXT, span, (0, "right"), at("He")[1], exact=False).covered(TEXT) == ("denied it. He said",)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.booleans())
def test_any_drag_selects_something_within_the_text(press, here, exact):
    anchor, caret = dragged(TEXT, press, here, exact=exact)
    assert 0 <= min(anchor, caret) <= max(anchor, caret) <= len(TEXT)


def test_kept_fragments_are_part_of_the_selection():
    selection = Selection(10, 16, (Fragment(0, 3),))
    assert selection.span == Span.of((0, 3), (10, 16))
    assert Selection.over(Span.of((0, 3), (10, 16))) == selection
    assert Selection(5, 5, (Fragment(0, 3),)).span == Span.of((0, 3))
