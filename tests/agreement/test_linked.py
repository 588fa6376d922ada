"""What hangs on spans: α and F1 of the pairs that can be compared, and how many those are."""

import pytest

from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.linked import Hangings, Target, attribute_alpha, link_f1, pairing

PEOPLE = ("ana", "ben")


def work(count):
    marks = [Marked("claim", ((10 * at, 10 * at + 5),)) for at in range(count)]
    return corpus_of({"a": 10 * count + 10}, {("a", who): marks for who in PEOPLE}, PEOPLE, ("claim",))


def values(corpus, *given):
    """For each annotator the values of the spans in order of place; None: not set."""
    found = {}
    for who, mine in enumerate(given):
        spans = [span for span in range(len(corpus.key)) if corpus.span_annotator[span] == who]
        for span, value in zip(spans, mine, strict=True):
            if value is not None:
                found[int(corpus.key[span])] = {"kind": frozenset(value.split())}
    return Hangings(found)


def test_alpha_of_an_attribute_is_alpha_over_the_matched_spans():
    """Content Analysis, 2nd ed., p. 224: ten units, two coders: .095."""
    corpus = work(10)
    hangings = values(corpus, "1100000000", "0110010100")
    found = attribute_alpha(corpus, [pairing(corpus, (0, 1))], hangings, "kind", {0}, as_sets=False)
    assert found.sums.score().value == pytest.approx(0.095, abs=0.0006)
    assert (found.compared, found.possible, found.share) == (10, 10, 1.0)


def test_what_one_of_the_two_did_not_set_is_not_compared():
    corpus = work(4)
    hangings = values(corpus, ["1", "2", "1", None], ["1", "2", None, "2"])
    found = attribute_alpha(corpus, [pairing(corpus, (0, 1))], hangings, "kind", {0}, as_sets=False)
    assert found.sums.score().value == 1
    assert found.share == 0.5
    nothing = attribute_alpha(corpus, [pairing(corpus, (0, 1))], Hangings(), "kind", {0}, as_sets=False)
    assert "no matched spans on which both set it" in nothing.sums.score().undefined


def test_several_values_are_a_set_with_partial_credit():
    corpus = work(3)
    hangings = values(corpus, ["a b", "a", "c"], ["a", "a", "c"])
    scores = [
        attribute_alpha(corpus, [pairing(corpus, (0, 1))], hangings, "kind", {0}, as_sets=as_sets).sums.score().value
        for as_sets in (True, False)
    ]
    # Do = 2 · ½/6; values {a b} 1, {a} 3, {c} 2: De = 2(1·3·½ + 1·2 + 3·2)/30.
    assert scores[0] == pytest.approx(1 - (1 / 6) / (19 / 30))
    assert scores[1] == pytest.approx(1 - (2 / 6) / (22 / 30))


def links(corpus, *given):
    found = {}
    for who, mine in enumerate(given):
        spans = [span for span in range(len(corpus.key)) if corpus.span_annotator[span] == who]
        for span, targets in zip(spans, mine, strict=True):
            found[int(corpus.key[span])] = {"denies": tuple(targets)}
    return Hangings(links=found)


def test_targets_are_the_same_by_place_and_one_to_one():
    corpus = work(5)
    here, near, far = Target("a", ((0, 5),)), Target("a", ((4, 9),)), Target("a", ((5, 9),))
    absent, elsewhere = Target(), Target("b", ((0, 5),))
    hangings = links(
        corpus,
        [[here], [here], [absent], [here], [here, near]],
        [[near], [far], [absent], [elsewhere, absent], [near]],
    )
    found = link_f1(corpus, [pairing(corpus, (0, 1))], hangings, "denies", {0})
    assert found.sums.total.tolist() == [3, 6, 6]
    assert found.sums.score().value == 0.5
    assert found.share == 1


def test_spans_that_are_not_matched_lower_the_share():
    marks = [Marked("claim", ((0, 5),)), Marked("claim", ((10, 15),)), Marked("claim", ((20, 25),))]
    corpus = corpus_of({"a": 30}, {("a", "ana"): marks, ("a", "ben"): marks[:1]}, PEOPLE, ("claim",))
    found = link_f1(corpus, [pairing(corpus, (0, 1))], Hangings(), "denies", {0})
    assert (found.compared, found.possible) == (1, 3)
    assert found.sums.score().value is None
