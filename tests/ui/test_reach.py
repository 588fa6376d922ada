"""How far an open frame reaches, as a function of values."""

from annotator.model.annotation import Annotation
from annotator.model.frames import Frame
from annotator.model.span import Span
from annotator.ui.frames.reach import is_near

TEXT = (
    "First things first. Rain fell. Ana said the gate was open. It stood so for hours. Then it shut.\n\nFields dried."
)


def label(words, kind="attribution"):
    start = TEXT.index(words)
    return Annotation(words, "article", "ana", kind, Span.of((start, start + len(words))))


def near(words, *parts):
    frame = Frame(label("said"), tuple(("content", label(part)) for part in parts))
    return is_near(TEXT, frame, label(words).span)


def test_its_sentence_and_those_beside_it_are_near():
    assert near("the gate was open")
    assert near("Rain fell")
    assert near("It stood so for hours")


def test_what_lies_further_away_is_not():
    assert not near("First things")
    assert not near("Then it shut")
    assert not near("Fields dried")


def test_a_part_carries_the_reach_on():
    assert near("Then it shut", "It stood so for hours")
    assert near("Fields dried", "Then it shut")


def test_words_that_begin_within_reach_are_near():
    assert near("It stood so for hours. Then it shut")
