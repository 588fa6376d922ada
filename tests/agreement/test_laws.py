"""What must hold for any data: names and orders do not matter, identical is 1, far-off text changes nothing it should not."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import labelling
from annotator.agreement.apart import Words, span_classes, stretches
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.losses import lost
from annotator.agreement.overlaps import overlaps
from annotator.agreement.replicates import scored
from annotator.agreement.spans import RULES, Rule, counts, directed, f1, had
from annotator.agreement.sweep import pair_table
from annotator.agreement.unitizing import family

LENGTH = 40
NAMES = ("ana", "ben", "chiara")
LABELS = ("claim", "denial", "source")


@st.composite
def fragments(draw):
    start = draw(st.integers(0, LENGTH - 1))
    end = draw(st.integers(start + 1, min(LENGTH, start + 12)))
    if end < LENGTH - 1 and draw(st.booleans()):
        again = draw(st.integers(end, LENGTH - 1))
        return ((start, end), (again, draw(st.integers(again + 1, LENGTH))))
    return ((start, end),)


spans = st.lists(st.builds(Marked, st.sampled_from(LABELS), fragments()), max_size=6)
works = st.dictionaries(st.tuples(st.sampled_from(("a", "b", "c")), st.sampled_from(NAMES)), spans, max_size=9)
# Each example computes every figure twice.
some = settings(max_examples=40)
SIZES = {"a": LENGTH, "b": LENGTH, "c": LENGTH}


def whole(corpus):
    everybody = tuple(range(len(corpus.annotators)))
    return labelling.view(corpus, pair_table(corpus), everybody, (1 << len(corpus.labels)) - 1)


def everything(work, sizes=SIZES, names=NAMES, labels=LABELS):
    """Every figure of everybody together, by a name that does not depend on places."""
    corpus = corpus_of(sizes, work, names, labels)
    sight = whole(corpus)
    used = sight.articles
    found = {
        ("jaccard", None): labelling.alpha(sight, None, "jaccard"),
        ("masi", None): labelling.alpha(sight, None, "masi"),
    }
    makers = (labelling.alpha, labelling.observed, labelling.pi, labelling.ac1)
    for label in (None, *range(len(labels))):
        name = None if label is None else labels[label]
        found |= {(make.__name__, name): make(sight, label) for make in makers}
    units = family(corpus, sight)
    found |= {("u", None): units.u, ("|u", None): units.u_binary, ("cu", None): units.cu}
    found |= {("ku", labels[label]): sums for label, sums in units.ku}
    pairs = list(combinations(range(len(names)), 2))
    rules = tuple(Rule(name, tolerance=2) for name in RULES)
    tallies = {pair: counts(corpus, pair, rules) for pair in pairs}
    for rule in rules:
        for label in (None, *range(len(labels))):
            if rule.name != "extent" or label is None:
                name = None if label is None else labels[label]
                found[rule.name, name] = f1(corpus, [tallies[pair][rule.name] for pair in pairs], label, used)
    for pair in pairs:
        names_here = tuple(sorted((names[pair[0]], names[pair[1]])))
        found["kappa", names_here] = labelling.kappa(labelling.view(corpus, pair_table(corpus), pair, 7))
        for one, other in (pair, pair[::-1]):
            made = had(corpus, (one, other), Rule("overlap"))
            found["agr", (names[one], names[other])] = directed(corpus, made, None, used)
    return {key: sums.score() for key, sums in found.items()}


def assert_same(one, other):
    assert one.keys() == other.keys()
    for key, score in one.items():
        assert other[key].undefined == score.undefined, key
        assert other[key].value == (None if score.value is None else pytest.approx(score.value, abs=1e-9)), key


@some
@given(works, st.randoms(use_true_random=False))
def test_the_order_of_anything_does_not_matter(work, dice):
    items = [(key, dice.sample(marked, len(marked))) for key, marked in work.items()]
    dice.shuffle(items)
    people, labels, articles = (dice.sample(list(each), len(each)) for each in (NAMES, LABELS, SIZES))
    again = everything(dict(items), dict.fromkeys(articles, LENGTH), tuple(people), tuple(labels))
    assert_same(everything(work), again)


@some
@given(works)
def test_names_do_not_matter(work):
    renamed = {(f"z{article}", who): marked for (article, who), marked in work.items()}
    assert_same(everything(work), everything(renamed, {f"z{name}": size for name, size in SIZES.items()}))


@some
@given(st.dictionaries(st.sampled_from(("a", "b", "c")), spans, min_size=1, max_size=3))
def test_identical_work_is_one_or_undefined(marked):
    work = {(article, who): found for article, found in marked.items() for who in NAMES}
    found = everything(work)
    for key, score in found.items():
        assert score.value is None or score.value == pytest.approx(1, abs=1e-12), key
    if any(marked.values()):
        assert found["exact", None].value == 1


@some
@given(works)
def test_an_unfinished_article_changes_nothing(work):
    one_reader = {**work, ("far", "ana"): [Marked("claim", ((0, 5),))]}
    assert_same(everything(work), everything(one_reader, {**SIZES, "far": 500}))


@some
@given(works)
def test_a_far_off_article_nobody_labelled_changes_no_span_figure(work):
    more = {**work, **{("far", who): [] for who in NAMES}}
    before, after = everything(work), everything(more, {**SIZES, "far": 500})
    for key, score in before.items():
        if key[0] in (*RULES, "agr", "cu", "ku"):
            assert after[key].value == score.value, key


@some
@given(works)
def test_values_stay_in_their_range(work):
    for (measure, _), score in everything(work).items():
        if score.value is not None:
            assert score.value <= 1 + 1e-12
            if measure in (*RULES, "agr", "observed"):
                assert score.value >= 0


@some
@given(works)
def test_stricter_rules_never_match_more(work):
    found = everything(work)
    values = {name: found[name, None].value for name in RULES}
    if values["exact"] is not None:
        assert values["exact"] <= values["iou"] <= values["overlap"]
        assert values["exact"] <= values["tolerance"] <= values["overlap"]
        assert values["exact"] <= values["extent"]


@given(works, st.integers(0, 6))
def test_lost_points_add_up(work, tolerance):
    corpus = corpus_of(SIZES, work, NAMES, LABELS)
    sight = whole(corpus)
    ends = np.arange(corpus.offset[-1])
    words = Words(ends, ends + 1)
    pairs = list(combinations(range(3), 2))
    found = lost(corpus, sight, (stretches(corpus, pair, words) for pair in pairs), tolerance)
    for label in range(3):
        alpha = labelling.alpha(sight, label)
        assert found.points[label].sum() + found.forgiven[label] == pytest.approx(alpha.total[0], abs=1e-9)
    assert found.confused.sum(axis=1) == pytest.approx(found.points.sum(axis=1), abs=1e-9)
    if found.points.sum():
        assert found.shares.sum() == pytest.approx(1)
    for pair in pairs:
        both = corpus.finished[:, pair[0]] & corpus.finished[:, pair[1]]
        mine = np.isin(corpus.span_annotator, pair) & both[corpus.span_article]
        assert span_classes(corpus, pair).sum() == mine.sum()


@given(works)
def test_the_rows_of_the_table_are_the_lengths(work):
    corpus = corpus_of(SIZES, work, NAMES, LABELS)
    table = pair_table(corpus)
    for left, right in combinations(range(3), 2):
        both = (corpus.finished[:, left] & corpus.finished[:, right]).sum()
        rows = (table.left == left) & (table.right == right)
        assert table.length[rows].sum() == both * LENGTH


@given(works)
def test_a_part_of_the_rows_is_the_figure_of_the_part(work):
    """A filter on the statistics says what computing anew from the filtered work says."""
    corpus = corpus_of(SIZES, work, NAMES, LABELS)
    part = labelling.view(corpus, pair_table(corpus), (0, 2), 0b011, np.array([0, 1]))
    chosen = {
        (article, who): [each for each in marked if each.label != "source"]
        for (article, who), marked in work.items()
        if article != "c" and who != "ben"
    }
    anew = whole(corpus_of({"a": LENGTH, "b": LENGTH}, chosen, ("ana", "chiara"), LABELS[:2]))
    for distance in ("nominal", "jaccard", "masi"):
        one, other = (labelling.alpha(sight, None, distance).score() for sight in (part, anew))
        assert one.value == (None if other.value is None else pytest.approx(other.value, abs=1e-12))


def many(seed, articles=14):
    dice = random.Random(seed)
    work = {}
    for number in range(articles):
        marks = [
            Marked(dice.choice(LABELS), ((start, start + 8),))
            for start in range(0, LENGTH - 10, 12)
            if dice.random() < 0.8
        ]
        for who in NAMES:
            work[f"{number:02}", who] = [each for each in marks if dice.random() < 0.8]
    return {f"{number:02}": LENGTH for number in range(articles)}, work


def test_intervals_are_the_same_digits_every_time_and_hold_the_value():
    sizes, work = many(1)
    corpus = corpus_of(sizes, work, NAMES, LABELS)
    figures = [labelling.alpha(whole(corpus), label) for label in (None, 0, 1, 2)]
    first = scored(figures, 500, 7)
    assert first == scored(figures, 500, 7)
    assert first != scored(figures, 500, 8)
    # A figure has the same interval alone and among others, also among such that rest on other articles.
    del work["03", "ana"]
    fewer = labelling.pi(whole(corpus_of(sizes, work, NAMES, LABELS)))
    assert scored([fewer, *figures[1:2]], 500, 7)[1:] == scored(figures[1:2], 500, 7) == first[1:2]
    for score in first:
        assert score.low < score.value < score.high


def test_intervals_do_not_depend_on_the_order_of_articles():
    sizes, work = many(2)
    one = corpus_of(sizes, work, NAMES, LABELS)
    other = corpus_of(dict(reversed(sizes.items())), dict(reversed(work.items())), NAMES, LABELS)
    assert scored([labelling.alpha(whole(one))], 200, 1) == scored([labelling.alpha(whole(other))], 200, 1)


def test_figures_that_share_their_sums_have_the_intervals_that_they_have_alone():
    """A column that is another's half or the same is drawn once."""
    sizes, work = many(6)
    sight = whole(corpus_of(sizes, work, NAMES, LABELS))
    figures = [
        make(sight, label)
        for label in (None, 0, 1)
        for make in (labelling.alpha, labelling.observed, labelling.ac1, labelling.pi, labelling.alpha)
    ]
    together, alone = scored(figures, 300, 7), [scored([each], 300, 7)[0] for each in figures]
    for one, other in zip(together, alone, strict=True):
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), abs=1e-12)
        assert one.low < one.value < one.high
    assert [each.value for each in scored(figures, 0, 7)] == [each.value for each in together]


def test_under_ten_articles_there_is_no_interval():
    sizes, work = many(3, articles=9)
    score = scored([labelling.alpha(whole(corpus_of(sizes, work, NAMES, LABELS)))], 200, 1)[0]
    assert score.low is None
    assert "only 9 articles would mislead" in score.note


def test_a_bootstrap_by_hand_gives_the_same_interval():
    sizes, work = many(4)
    corpus = corpus_of(sizes, work, NAMES, LABELS)
    score = scored([labelling.alpha(whole(corpus), 0)], 300, 5)[0]
    dice = np.random.Generator(np.random.PCG64(5))
    picks = dice.integers(0, 14, size=(300, 14))
    values = []
    for row in picks:
        drawn = {f"{place:02}": LENGTH for place in range(14)}
        again = {(f"{place:02}", who): work[f"{article:02}", who] for place, article in enumerate(row) for who in NAMES}
        values.append(labelling.alpha(whole(corpus_of(drawn, again, NAMES, LABELS)), 0).score().value)
    assert (score.low, score.high) == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])), abs=1e-12)


def test_leaving_an_article_out_is_computing_without_it():
    sizes, work = many(5)
    corpus = corpus_of(sizes, work, NAMES, LABELS)
    without = labelling.alpha(whole(corpus), None, "jaccard").without_each()
    for place, article in enumerate(sorted(sizes)):
        rest = {key: marked for key, marked in work.items() if key[0] != article}
        anew = whole(corpus_of({name: LENGTH for name in sizes if name != article}, rest, NAMES, LABELS))
        assert without[place] == pytest.approx(labelling.alpha(anew, None, "jaccard").score().value, abs=1e-12)


def test_touching_spans_do_not_overlap():
    work = {("a", "ana"): [Marked("claim", ((0, 5),))], ("a", "ben"): [Marked("claim", ((5, 9),))]}
    corpus = corpus_of({"a": 20}, work, ("ana", "ben"), LABELS)
    assert len(overlaps(corpus, 0, 1).left) == 0


def test_one_long_span_or_two_touching_ones_are_alike_to_alpha_and_not_to_f1():
    work = {
        ("a", "ana"): [Marked("claim", ((0, 10),))],
        ("a", "ben"): [Marked("claim", ((0, 5),)), Marked("claim", ((5, 10),))],
    }
    corpus = corpus_of({"a": 20}, work, ("ana", "ben"), LABELS)
    assert labelling.alpha(whole(corpus), 0).score().value == 1
    assert f1(corpus, [counts(corpus, (0, 1), (Rule("exact"),))["exact"]], None, np.array([0])).score().value == 0


def test_absent_is_not_empty():
    work = {("a", "ana"): [Marked("claim", ((0, 5),))], ("b", "ana"): [], ("b", "ben"): []}
    sizes = {"a": 10, "b": 10}
    assert (
        labelling.alpha(whole(corpus_of(sizes, work, NAMES, LABELS)), 0).score().undefined.startswith("only one value")
    )
    work["a", "ben"] = []
    assert labelling.alpha(whole(corpus_of(sizes, work, NAMES, LABELS)), 0).score().value < 0.01


def test_a_discontinuous_span_is_its_fragments_and_not_its_hull():
    parts, hull = ((0, 4), (16, 20)), ((0, 20),)
    work = {("a", "ana"): [Marked("claim", parts)], ("a", "ben"): [Marked("claim", hull)]}
    sight = whole(corpus_of({"a": 40}, work, ("ana", "ben"), LABELS))
    assert labelling.observed(sight, 0).score().value == pytest.approx(1 - 12 / 40)
    between = {("a", "ana"): [Marked("claim", parts)], ("a", "ben"): [Marked("claim", ((6, 10),))]}
    assert len(overlaps(corpus_of({"a": 40}, between, ("ana", "ben"), LABELS), 0, 1).left) == 0


def test_pooling_is_not_the_mean_of_articles():
    long, short = ((0, 300),), ((0, 5),)
    work = {
        ("a", "ana"): [Marked("claim", long)],
        ("a", "ben"): [Marked("claim", long)],
        ("b", "ana"): [Marked("claim", short)],
        ("b", "ben"): [],
    }
    sums = labelling.alpha(whole(corpus_of({"a": 600, "b": 10}, work, ("ana", "ben"), LABELS)), 0)
    assert sums.score().value > 0.98
    assert sums.each().mean() < 0.6


def test_kappa_of_two_who_share_half_of_what_they_marked():
    """20,000 characters, 1,000 marked by each, 500 by both: an often quoted wrong formula gives .2987."""
    work = {("a", "ana"): [Marked("claim", ((0, 1000),))], ("a", "ben"): [Marked("claim", ((500, 1500),))]}
    corpus = corpus_of({"a": 20_000}, work, ("ana", "ben"), LABELS)
    assert labelling.kappa(whole(corpus), 0).score().value == pytest.approx(0.4737, abs=0.00005)
    work["a", "ben"] = [Marked("claim", ((100, 1100),))]
    corpus = corpus_of({"a": 20_000}, work, ("ana", "ben"), LABELS)
    assert labelling.kappa(whole(corpus), 0).score().value == pytest.approx(0.8947, abs=0.00005)


@pytest.mark.parametrize("marked", [[], [Marked("claim", ((0, 20),))]])
def test_one_value_is_undefined_with_its_reason(marked):
    work = {("a", who): marked for who in ("ana", "ben")}
    sight = whole(corpus_of({"a": 20}, work, ("ana", "ben"), LABELS))
    for make in (labelling.alpha, labelling.pi, labelling.kappa, labelling.ac1):
        score = make(sight, 0).score()
        assert score.value is None
        assert "only one value" in score.undefined


def test_sixty_labels_are_told_apart():
    names = tuple(f"{number:02}" for number in range(60))
    work = {
        ("a", who): [Marked(name, ((place, place + 2),)) for place, name in enumerate(names)] for who in ("ana", "ben")
    }
    work["a", "ben"][-1] = Marked(names[0], ((59, 61),))
    sight = whole(corpus_of({"a": 70}, work, ("ana", "ben"), names))
    assert labelling.observed(sight).score().value == pytest.approx(1 - 2 / 70)
    assert labelling.alpha(sight, 30).score().value == 1
    assert labelling.alpha(sight, 59).score().value < 0
