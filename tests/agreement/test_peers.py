"""What went wrong with agreement in other programs, each as a test."""

from fractions import Fraction

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.spans import RULES, Rule, counts, f1
from annotator.agreement.sweep import pair_table
from annotator.agreement.unitizing import family


def made(sizes, work):
    """Return a corpus, and how all in it appear."""
    corpus = corpus_of(sizes, work)
    return corpus, labelling.view(
        corpus, pair_table(corpus), tuple(range(len(corpus.annotators))), (1 << len(corpus.labels)) - 1
    )


def marks(*spans, label="claim"):
    return [Marked(label, (span,)) for span in spans]


def span_f1(corpus, rule):
    found = counts(corpus, (0, 1), (Rule(rule, tolerance=1),))[rule]
    return f1(corpus, [found], None, np.arange(len(corpus.articles))).score().value


@pytest.mark.parametrize(("shared", "kappa"), [(500, 0.4737), (900, 0.8947), (0, -0.0526)])
def test_chance_is_computed_of_all_characters_and_both_values(shared, kappa):
    """A product for a sum, and coded characters alone, gave .2987 for .4737."""
    work = {("a", "ana"): marks((0, 1_000)), ("a", "ben"): marks((1_000 - shared, 2_000 - shared))}
    assert labelling.kappa(made({"a": 20_000}, work)[1], 0).score().value == pytest.approx(kappa, abs=0.00005)


def test_a_position_that_one_left_empty_is_not_dropped():
    """Dropping them made two who agree on nothing but one position perfect."""
    work = {("a", "ana"): marks((0, 5), (20, 30)), ("a", "ben"): marks((0, 5), (40, 50))}
    corpus, sight = made({"a": 60}, work)
    assert labelling.kappa(sight, 0).score().value < 0.2
    assert labelling.alpha(sight, 0).score().value < 0.2
    assert span_f1(corpus, "exact") == 0.5


def test_a_short_article_counts_as_much_as_it_is_long():
    """A mean over articles makes a short one as important as a long one."""
    work = {("long", who): marks((0, 500)) for who in ("ana", "ben")}
    work |= {("short", "ana"): marks((0, 5)), ("short", "ben"): marks((5, 10))}
    sight = made({"long": 1_000, "short": 10}, work)[1]
    each = labelling.alpha(sight, 0).each()
    assert float(each.mean()) < 0.1
    assert labelling.alpha(sight, 0).score().value > 0.97


def test_stacked_spans_are_all_there():
    work = {
        ("a", "ana"): [*marks((0, 10)), *marks((0, 10), label="denial")],
        ("a", "ben"): marks((0, 10)),
    }
    corpus, sight = made({"a": 20}, work)
    assert labelling.observed(sight, 1).score().value == 0.5
    assert span_f1(corpus, "exact") == pytest.approx(2 / 3)


@pytest.mark.parametrize("shift", [1, 2, 5])
def test_unitizing_alpha_does_not_rise_when_an_edge_gets_worse(shift):
    ana = marks((10, 20), (40, 60), (80, 90))

    def u(moved):
        ben = marks((10, 20), (40 + moved, 60 + moved), (80, 90))
        corpus, sight = made({"a": 100}, {("a", "ana"): ana, ("a", "ben"): ben})
        return family(corpus, sight).u.score().value

    assert u(0) == 1
    assert u(shift) < u(shift - 1)


def test_labels_of_any_name_are_told_apart_and_full_agreement_is_one():
    """A hash of names made different labels the same; full agreement gave 0."""
    names = [f"{left}{right}" for left in ("Aa", "BB", "C#") for right in ("Aa", "BB", "C#")]
    work = {("a", "ana"): [Marked(name, ((5 * at, 5 * at + 5),)) for at, name in enumerate(names)]}
    turned = [*names[1:], names[0]]
    apart = {**work, ("a", "ben"): [Marked(name, ((5 * at, 5 * at + 5),)) for at, name in enumerate(turned)]}
    alike = {**work, ("a", "ben"): work["a", "ana"]}
    corpus, sight = made({"a": 60}, apart)
    assert labelling.alpha(sight).score().value < 0.2
    assert span_f1(corpus, "exact") == 0
    corpus, sight = made({"a": 60}, alike)
    assert labelling.alpha(sight).score().value == 1
    assert family(corpus, sight).u.score().value == 1


def test_units_without_length_are_no_units():
    work = {("a", "ana"): [*marks((0, 10), (30, 30))], ("a", "ben"): [*marks((0, 10), (50, 50))]}
    corpus, sight = made({"a": 60}, work)
    assert family(corpus, sight).u.score().value == 1
    assert span_f1(corpus, "exact") == 1
    assert len(corpus.span_article) == 2


def test_lengths_of_a_large_project_do_not_overflow():
    size = 2_000_000_000
    work = {("a", who): marks((0, size // 2)) for who in ("ana", "ben")}
    corpus, sight = made({"a": size}, work)
    assert labelling.alpha(sight, 0).score().value == 1
    assert family(corpus, sight).u.score().value == 1


def test_what_is_compared_is_the_labels_and_not_where_they_are_kept():
    """Comparing keys alone gave 1.0 to every pair."""
    work = {("a", "ana"): marks((0, 5)), ("a", "ben"): marks((30, 35))}
    corpus, sight = made({"a": 60}, work)
    assert all(span_f1(corpus, rule) == 0 for rule in RULES)
    assert labelling.alpha(sight, 0).score().value < 0


def test_overlaps_of_ones_own_lower_no_match_and_no_order_matters():
    ana = [*marks((0, 20)), *marks((5, 12)), *marks((0, 20), label="denial")]
    for ben in (ana, ana[::-1], [ana[1], ana[2], ana[0]]):
        corpus = corpus_of({"a": 60}, {("a", "ana"): ana, ("a", "ben"): ben})
        assert all(span_f1(corpus, rule) == 1 for rule in RULES)


def test_chance_alone_is_zero():
    """Two who mark independently of one another agree no more than chance would: κ is 0, exactly."""
    # Of 100 characters ana marks half, ben half of each of her halves.
    work = {("a", "ana"): marks((0, 50)), ("a", "ben"): marks((25, 75))}
    sight = made({"a": 100}, work)[1]
    assert labelling.kappa(sight, 0).score().value == pytest.approx(0, abs=1e-12)
    assert labelling.alpha(sight, 0).score().value == pytest.approx(float(Fraction(1, 200)), abs=1e-9)
