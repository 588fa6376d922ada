"""Articles drawn with replacement: as many as there are, each as likely as any other, and the same ones for a seed."""

import hashlib
from math import comb

import numpy as np
import pytest

from annotator.agreement import drawing
from annotator.agreement.drawing import FEW, drawn

MANY = FEW + 1


def counts(articles, replicates, seed):
    return np.concatenate(list(drawn(articles, replicates, seed)))


@pytest.mark.parametrize("articles", [1, 10, FEW, MANY, 5_000])
def test_as_many_are_drawn_as_there_are(articles):
    found = counts(articles, 130, 3)
    assert found.shape == (130, articles)
    assert (found.sum(axis=1, dtype=np.int64) == articles).all()


@pytest.mark.parametrize("articles", [FEW, MANY])
def test_how_often_an_article_comes_is_what_chance_makes_of_it(articles):
    found = counts(articles, 1_000, 11)
    # Each draw is a given article with a chance of 1 in `articles`.
    expected = [comb(articles, k) * (1 / articles) ** k * (1 - 1 / articles) ** (articles - k) for k in range(8)]
    shares = np.bincount(found.ravel(), minlength=8)[:8] / found.size
    for share, chance in zip(shares, expected, strict=True):
        assert share == pytest.approx(chance, abs=5 * np.sqrt(chance / found.size) + 1e-9)
    # No article comes more often than another beyond chance: their means scatter as those of as many draws do.
    scatter = found.mean(axis=0).var() * 1_000
    assert scatter == pytest.approx(1, abs=5 * np.sqrt(2 / articles))


@pytest.mark.parametrize("articles", [FEW, MANY])
def test_a_sum_scatters_as_that_of_articles_drawn_one_by_one(articles):
    values = np.random.Generator(np.random.PCG64(5)).lognormal(size=articles)
    found = counts(articles, 4_000, 2) @ values
    assert found.mean() == pytest.approx(values.sum(), abs=5 * values.std() * np.sqrt(articles / 4_000))
    assert found.std() == pytest.approx(values.std() * np.sqrt(articles), rel=5 / np.sqrt(2 * 4_000))


@pytest.mark.parametrize("articles", [40, MANY])
def test_fewer_replicates_are_the_first_of_more_and_another_seed_gives_others(articles):
    whole = counts(articles, 300, 1)
    assert (counts(articles, 70, 1) == whole[:70]).all()
    assert (counts(articles, 70, 2) != whole[:70]).any()


@pytest.mark.parametrize(
    ("articles", "digits"),
    [(40, "2ece88de66c73cdd"), (FEW, "cfac87d0b1f39fdf"), (MANY, "6f35ab3745b00317"), (4_500, "2f92e13ca118212d")],
)
def test_a_seed_draws_the_same_for_ever(articles, digits):
    """Published intervals rest on it: where this fails, all of them change, and reports that are kept are stale."""
    found = counts(articles, 300, 1).astype("<u2")
    assert hashlib.sha256(found.tobytes()).hexdigest()[:16] == digits


def test_where_more_came_than_there_are_all_are_drawn_anew():
    table = np.full((3, 50), 1, dtype=np.uint8)
    table[0, 0], table[1, :10] = 9, 0  # 58, 40 and 50
    found = drawing._filled(table.copy(), np.random.Generator(np.random.PCG64(1)))
    assert (found.sum(axis=1) == 50).all()
    assert (found[0] != table[0]).any()
    assert (found[1] >= table[1]).all()
    assert (found[2] == table[2]).all()
