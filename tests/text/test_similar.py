"""What is said twice: within an article, and in several outlets."""

import random

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.similar import COPY, Copies, comparable, duplicates

WORDS = [f"{a}{b}{c}" for a in ("ba", "de", "ki", "lo", "mu", "ra") for b in ("na", "se", "ti", "vo") for c in "lmnrst"]
QUOTE = "we did what we could and nobody told us that the gates had been opened before the morning came"


def made(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_quotes_case_accents_and_blanks_make_no_difference() -> None:
    assert comparable("“Caf\u00e9”  on\u00a0Quay\nRoad – ‘NO’") == comparable("\"Cafe\" on Quay Road - 'no'")


def test_paragraphs_that_say_the_same() -> None:
    said = [
        "He said, ‘I couldn’t put my name below it,’ and went.",
        "Something else was said by somebody on that Monday.",
        "He said, 'I couldn't put my name below it,' and went.",
        "HE SAID: “I couldn’t put my name below it” – and went",
        "He denied it.",
        "He denied it.",
    ]
    assert duplicates(said) == {2: 0, 3: 0}


def test_a_word_or_two_changed_in_a_long_paragraph_is_still_the_same() -> None:
    words = made(1, 80)
    changed = [*words[:40], "other", *words[41:]]
    different = [*words[:40], *made(2, 40)]
    assert duplicates([" ".join(words), " ".join(changed), " ".join(different)]) == {1: 0}


def test_a_sentence_taken_out_of_a_paragraph_is_the_duplicate_wherever_it_stands() -> None:
    longer = f"On Monday she said that {QUOTE}, and she left the room without another word."
    assert duplicates([longer, QUOTE]) == {1: 0}
    assert duplicates([QUOTE, longer]) == {0: 1}


@given(st.lists(st.text(alphabet="ab cdé‘'", max_size=60), max_size=8))
def test_an_original_is_no_duplicate_and_nothing_points_at_itself(paragraphs: list[str]) -> None:
    found = duplicates(paragraphs)
    assert all(number != original for number, original in found.items())


def test_wire_copy_cut_and_edited_is_a_copy() -> None:
    wire = made(3, 400)
    cut = wire[:250]
    edited = [*made(4, 20), *wire[:120], "however", *wire[121:300], *made(5, 30)]
    copies = Copies()
    assert copies.add("wire", " ".join(wire)) is None
    for key, words in (("cut", cut), ("edited", edited)):
        found = copies.add(key, " ".join(words).upper())
        assert found is not None
        assert (found.text, found.original) == (key, "wire")
        assert found.share > 0.8


def test_two_reports_on_one_story_are_no_copies() -> None:
    names = "Kestrel Water spokesman Paul Orrin said on Tuesday in Marrowby that"
    copies = Copies()
    for number in range(10):
        body = made(10 + number, 300)
        text = " ".join([names, *body[:100], QUOTE, *body[100:200], names, QUOTE, *body[200:]])
        assert copies.add(str(number), text) is None


def test_the_bound_lies_between() -> None:
    wire = made(6, 300)
    for share, is_copy in ((0.4, False), (0.65, True)):
        part = int(300 * share)
        copies = Copies()
        copies.add("wire", " ".join(wire))
        found = copies.add("other", " ".join([*wire[:part], *made(7, 300 - part)]))
        assert (found is not None) == is_copy
        assert found is None or found.share >= COPY


def test_every_outlet_copies_the_first_one() -> None:
    wire = made(8, 300)
    copies = Copies()
    found = [copies.add(str(number), " ".join([*wire, *made(100 + number, 30)])) for number in range(50)]
    assert found[0] is None
    assert {each.original for each in found[1:] if each} == {"0"}
    assert None not in found[1:]


def test_short_texts_are_not_compared() -> None:
    copies = Copies()
    assert copies.add("a", "Write to us.") is None
    assert copies.add("b", "Write to us.") is None
