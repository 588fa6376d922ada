"""Two versions of a text beside each other: what they share is the same, in order, and edits elsewhere move nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.span import Span
from annotator.text.align import align
from annotator.text.reanchor import Reanchoring

WORDS = (
    "The",
    "minister",
    "denied",
    "on",
    "17",
    "boats",
    "📰",
    "had",
    "sunk;",
    "می‌گوید",
    "“nobody”",
    "knew",
    "é",
    "it,",
)
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=12).map(" ".join)


@st.composite
def edited(draw):
    """A text of numbered paragraphs, and what some edits between marked stretches make of it."""
    parts = [
        f"Paragraph {number}: {draw(SENTENCE)} So says witness {number}." for number in range(draw(st.integers(3, 7)))
    ]
    new = []
    for part in parts:
        match draw(st.sampled_from(["keep", "keep", "put in", "change"])):
            case "put in":
                new += [(part, part), ("", f"Update {len(new)}: {draw(SENTENCE)}")]
            case "change":
                head, tail = part[: len(part) // 3], part[2 * len(part) // 3 :]
                changed = draw(SENTENCE)
                new += [(part, f"{head}{changed}{tail}")]
            case _:
                new += [(part, part)]
    return parts, new


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_runs_are_the_same_in_both_texts_in_order_and_apart(one, other, shared):
    for before, after in (
        (one, other),
        (one + shared, shared + other),
        (shared + one + shared, shared + other + shared),
    ):
        found = align(before, after)
        for run in found.runs:
            assert run.length > 0
            assert before[run.before : run.before + run.length] == after[run.after : run.after + run.length]
        for first, second in pairwise(found.runs):
            assert first.before + first.length <= second.before
            assert first.after + first.length <= second.after
        assert 0.0 <= found.share <= 1.0


@given(st.text(max_size=200))
def test_the_same_text_is_one_run(text):
    found = align(text, text)
    assert found.share == 1.0
    assert len(found.runs) == bool(text)


@given(edited())
def test_what_lies_outside_the_edits_keeps_its_words_and_its_place(case):
    parts, new = case
    before, after = "\n\n".join(parts), "\n\n".join(words for _, words in new)
    found = Reanchoring(before, after)
    at = there = 0
    for old, words in new:
        if old and old == words:
            anchor = found.anchor(Span.of((at, at + len(old))))
            assert anchor.is_sure
            assert anchor.span == Span.of((there, there + len(old)))
        at += len(old) + 2 if old else 0
        there += len(words) + 2


def test_a_paragraph_between_new_ones_is_sure():
    parts = [f"Paragraph {number}: The The The The So says witness {number}." for number in range(3)]
    before = "\n\n".join(parts)
    after = "\n\n".join(f"{part}\n\nUpdate {number}: The The The The" for number, part in enumerate(parts))
    span = Span.of((before.index(parts[1]), before.index(parts[1]) + len(parts[1])))
    found = Reanchoring(before, after).anchor(span)
    assert found.is_sure
    assert found.span == Span.of((after.index(parts[1]), after.index(parts[1]) + len(parts[1])))


@given(
    before=st.text("ab 📰\n", max_size=40),
    data=st.data(),
    put_in=st.text("ab 📰\n", max_size=10),
)
def test_one_edit_never_gives_other_words_to_what_it_did_not_touch(before, data, put_in):
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    after = before[:start] + put_in + before[end:]
    found = Reanchoring(before, after)
    low = data.draw(st.integers(0, max(0, len(before) - 1)))
    high = data.draw(st.integers(low, len(before)))
    if low < high and (high <= start or low >= end):
        span = Span.of((low, high))
        anchor = found.anchor(span)
        assert anchor.span is not None
        assert anchor.is_sure <= (anchor.span.covered(after) == span.covered(before))


def test_words_stand_against_words_where_as_many_were_changed():
    before = "On Monday the ministre denid it flatly, twice."
    after = "On Monday the minister denied it flatly, twice."
    start = before.index("denid")
    assert align(before, after).stretch(start, start + 5) == (after.index("denied"), after.index("denied") + 6)


def test_what_was_put_in_at_an_edge_does_not_belong_to_it():
    before, after = "He denied it.", "Yesterday he denied it flatly."
    low, high = align(before, after).stretch(before.index("denied"), before.index("denied") + 6)
    assert after[low:high] == "denied"


def test_a_million_characters_are_beside_each_other_at_once():
    before = "".join(
        f"Sentence {number} says that {number * 7919 % 1013} people denied it.\n" for number in range(20_000)
    )
    after = before.replace("Sentence 9999 says", "Sentence 9999 does not say").replace(
        "people denied it.\n", "denied.\n", 3
    )
    assert align(before, after).share > 0.99
