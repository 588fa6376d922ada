"""A problem that was planted in a made-up corpus is found, and nobody is blamed for it who has none."""

import random
from itertools import combinations

import numpy as np
import pytest

from annotator.agreement import labelling
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.drift import drift
from annotator.agreement.influence import articles_needed, camps, leverage
from annotator.agreement.people import against, ranked
from annotator.agreement.spans import Rule, counts
from annotator.agreement.sweep import pair_table

PEOPLE = ("ana", "ben", "chiara", "dora")
LENGTH = 1000


def corpus(seed, marks, articles=40, people=PEOPLE):
    """`marks` turns the true spans of an article, by annotator, into what that one marked."""
    dice = random.Random(seed)
    work = {}
    for number in range(articles):
        true = [
            Marked(dice.choice(("claim", "denial")), ((start, start + dice.randint(20, 60)),))
            for start in range(10, LENGTH - 70, 70)
        ]
        for who in people:
            kept = [each for each in true if dice.random() < 0.92]
            work[f"{number:02}", who] = marks(dice, number, who, kept)
    return corpus_of(dict.fromkeys((f"{number:02}" for number in range(articles)), LENGTH), work, people)


def sight(made):
    return labelling.view(made, pair_table(made), tuple(range(len(made.annotators))), 3)


def people_of(made):
    everybody = range(len(made.annotators))
    found = [counts(made, pair, (Rule("overlap"),))["overlap"] for pair in combinations(everybody, 2)]
    words = np.full(len(made.articles), 160)
    return ranked([against(made, who, tuple(o for o in everybody if o != who), found, words) for who in everybody])


@pytest.mark.parametrize("seed", range(5))
def test_who_misses_a_third_ranks_last(seed):
    def marks(dice, _number, who, true):
        return [each for each in true if who != "chiara" or dice.random() < 2 / 3]

    found = people_of(corpus(seed, marks))
    assert found[-1].annotator == PEOPLE.index("chiara")
    assert found[-1].recall < 0.75 < found[-2].recall
    assert found[-1].precision > 0.85  # what she marks, the others have
    assert found[-1].per_thousand_words == min(each.per_thousand_words for each in found)


@pytest.mark.parametrize("seed", range(5))
def test_who_drifts_is_flagged_and_nobody_else(seed):
    def marks(dice, number, who, true):
        return [each for each in true if who != "ben" or dice.random() > number / 60]

    made = corpus(seed, marks)
    times = np.tile(np.arange(40)[:, None], (1, 4))
    found = drift(sight(made), times, 1)
    assert [PEOPLE[each.annotator] for each in found if each.is_flagged and each.rho > 0] == ["ben"]
    assert found == drift(sight(made), times, 1)


def test_steady_work_is_not_flagged():
    flagged = 0
    for seed in range(20):
        made = corpus(seed, lambda _dice, _number, _who, true: true, articles=20)
        times = np.tile(np.arange(20)[:, None], (1, 4))
        flagged += any(each.is_flagged for each in drift(sight(made), times, 1))
    assert flagged <= 3  # one in twenty by chance


def test_an_import_at_one_moment_has_no_order():
    made = corpus(1, lambda _dice, _number, _who, true: true, articles=12)
    times = np.zeros((12, 4), dtype=np.int64)
    assert {each.undefined for each in drift(sight(made), times, 1)} == {"all were finished at the same time"}


@pytest.mark.parametrize("seed", range(5))
def test_the_article_on_which_camps_differ_leads(seed):
    def marks(_dice, number, who, true):
        if number == 17 and who in ("ana", "dora"):
            return [Marked("claim" if each.label == "denial" else "denial", each.fragments) for each in true]
        return true

    made = corpus(seed, marks)
    found = leverage(labelling.alpha(sight(made), None, "jaccard"))
    assert made.articles[found[0].article] == "17"
    assert found[0].value > 2 * abs(found[1].value)
    assert {PEOPLE[who] for who in camps(sight(made), found[0].article)[0]} in ({"ana", "dora"}, {"ben", "chiara"})


def test_habits_at_edges_and_preferred_labels_are_told():
    def marks(_dice, _number, who, true):
        if who != "dora":
            return true
        return [Marked("claim", ((each.fragments[0][0] - 3, each.fragments[0][1] + 5),)) for each in true]

    found = {PEOPLE[each.annotator]: each for each in people_of(corpus(1, marks))}
    assert found["dora"].start == pytest.approx(-3)
    assert found["dora"].end == pytest.approx(5)
    assert found["ana"].start == pytest.approx(0.6, abs=0.15)  # Dora's, half of which are claims, by 3
    assert found["dora"].preference[0] > 0.4
    assert sum(found["dora"].preference) == pytest.approx(0, abs=1e-9)


def test_more_articles_are_needed_by_fewer_people_and_for_less_width():
    """As many articles as are asked for give about the interval that was asked for."""

    def marks(dice, _number, who, true):
        return [each for each in true if dice.random() < 0.8]

    made = corpus(3, marks, articles=60)
    figures = {
        size: [labelling.alpha(labelling.view(made, sight(made).table, group, 3), None, "jaccard") for group in groups]
        for size, groups in ((2, list(combinations(range(4), 2))), (4, [(0, 1, 2, 3)]))
    }
    two, four = (articles_needed(figures[size]) for size in (2, 4))
    assert four < two
    assert articles_needed(figures[4], 0.025) == pytest.approx(4 * four, abs=4)
    widths = []
    for seed in range(60):
        again = corpus(100 + seed, marks, articles=four)
        widths.append(labelling.alpha(sight(again), None, "jaccard").score().value)
    assert 1.96 * np.std(widths) == pytest.approx(0.05, abs=0.02)
    assert articles_needed([labelling.alpha(sight(corpus(1, marks, articles=9)), 0)]) is None
