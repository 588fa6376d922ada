"""Sharing out: overlap as asked, balanced, the same for the same seed, nothing twice."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.assigning import Order, Scheme, Work, assign
from annotator.model.errors import RuleError

works = st.lists(st.tuples(st.integers(1, 5000), st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=40).map(
    lambda drawn: [Work(f"article {number}", length, story) for number, (length, story) in enumerate(drawn)]
)
people = st.integers(1, 6).map(lambda count: [f"person {number}" for number in range(count)])


def readers_of(found):
    by = {}
    for each in found:
        if not each.is_repeat:
            by.setdefault(each.article, []).append(each.annotator)
    return by


def longest_unit(some, order):
    units = Counter()
    for each in some:
        units[each.story if order is Order.STORY and each.story else each.article] += each.length
    return max(units.values())


@given(
    some=works,
    team=people,
    order=st.sampled_from(Order),
    seed=st.integers(0, 99),
    share=st.floats(0, 1),
    data=st.data(),
)
def test_everything_is_read_as_often_as_asked_and_the_load_is_even(some, team, order, seed, share, data):  # noqa: PLR0917
    readers = data.draw(st.integers(1, len(team)))
    scheme = Scheme(readers, share, order=order, seed=seed)
    found = assign(some, team, scheme)
    by = readers_of(found)
    lengths = {each.article: each.length for each in some}
    assert by.keys() == lengths.keys()
    assert all(len(set(who)) == len(who) for who in by.values())
    assert {len(who) for who in by.values()} <= {1, readers}
    longest = longest_unit(some, order)
    if readers > 1:
        several = sum(lengths[article] for article, who in by.items() if len(who) == readers)
        assert abs(several - share * sum(lengths.values())) <= longest
    loads = Counter(dict.fromkeys(team, 0))
    for article, who in by.items():
        loads.update(dict.fromkeys(who, lengths[article]))
    assert max(loads.values()) - min(loads.values()) <= 2 * longest
    assert assign(some, team, scheme) == found
    for who in team:
        mine = [each for each in found if each.annotator == who]
        assert [each.place for each in mine] == list(range(len(mine)))


@given(some=works, team=people, seed=st.integers(0, 99))
def test_read_once_nobody_has_more_than_the_longest_article_ahead(some, team, seed):
    by = readers_of(assign(some, team, Scheme(seed=seed)))
    loads = Counter(dict.fromkeys(team, 0))
    for each in some:
        loads[by[each.article][0]] += each.length
    assert max(loads.values()) - min(loads.values()) <= max(each.length for each in some)


@given(some=works, team=people, seed=st.integers(0, 99))
def test_a_story_stays_together(some, team, seed):
    found = assign(some, team, Scheme(order=Order.STORY, seed=seed))
    story = {each.article: each.story or each.article for each in some}
    for who in team:
        mine = [story[each.article] for each in found if each.annotator == who]
        assert [each for at, each in enumerate(mine) if at == 0 or mine[at - 1] != each] == list(dict.fromkeys(mine))
    assert all(len({who for article, some_who in readers_of(found).items() if story[article] == each for who in some_who}) == 1
               for each in story.values())  # fmt: skip


@given(some=works, team=people, repeats=st.floats(0, 1), seed=st.integers(0, 99))
def test_repeats_are_articles_that_the_annotator_has_and_come_last(some, team, repeats, seed):
    found = assign(some, team, Scheme(repeats=repeats, seed=seed))
    for who in team:
        first = [each.article for each in found if each.annotator == who and not each.is_repeat]
        again = [each.article for each in found if each.annotator == who and each.is_repeat]
        assert set(again) <= set(first)
        assert len(again) == len(set(again)) == round(repeats * len(first))


@given(some=works, team=people, seed=st.integers(0, 99))
def test_what_stands_is_left_and_counts(some, team, seed):
    standing = {each.article: [team[0]] for each in some[::2]}
    found = assign(some, team, Scheme(seed=seed), standing)
    assert {each.article for each in found} == {each.article for each in some[1::2]}
    if len(team) > 1 and sum(each.length for each in some[::2]) > sum(each.length for each in some[1::2]):
        assert team[0] not in {each.annotator for each in found}


def test_every_pair_meets():
    some = [Work(f"{number}", 100) for number in range(60)]
    by = readers_of(assign(some, list("abcd"), Scheme(readers=2)))
    pairs = Counter(tuple(sorted(who)) for who in by.values())
    assert set(pairs) == set(combinations("abcd", 2))
    assert max(pairs.values()) - min(pairs.values()) <= 2


@pytest.mark.parametrize(
    ("team", "scheme"),
    [([], Scheme()), (["a"], Scheme(readers=2)), (["a"], Scheme(readers=0)), (["a"], Scheme(share=1.1)),
     (["a"], Scheme(repeats=-1)), (["a", "a"], Scheme(readers=2))],
)  # fmt: skip
def test_what_cannot_be(team, scheme):
    with pytest.raises(RuleError):
        assign([Work("x", 1)], team, scheme)
