import random
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.matching import each_matched, matched, paired
from annotator.agreement.overlaps import Edges, overlap_share, overlaps
from annotator.agreement.spans import RULES, Rule, counts, had


def covered(each):
    return frozenset(place for start, end in each.fragments for place in range(start, end))


def edges_of(each):
    joined = []
    for start, end in sorted(each.fragments):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def close(one, other, tolerance):
    left, right = edges_of(one), edges_of(other)
    return len(left) == len(right) and all(
        abs(a - c) <= tolerance and abs(b - d) <= tolerance for (a, b), (c, d) in zip(left, right, strict=True)
    )


RULE = {
    "exact": lambda a, b: a.label == b.label and covered(a) == covered(b),
    "extent": lambda a, b: covered(a) == covered(b),
    "overlap": lambda a, b: a.label == b.label and bool(covered(a) & covered(b)),
    "iou": lambda a, b: a.label == b.label and 2 * len(covered(a) & covered(b)) >= len(covered(a) | covered(b)),
    "tolerance": lambda a, b: RULE["overlap"](a, b) and close(a, b, 2),
}


def most(ones, others, is_match):
    """The size of a maximum matching, by trying everything."""

    def best(at, free):
        if at == len(ones):
            return 0
        taken = [1 + best(at + 1, free - {other}) for other in free if is_match(ones[at], others[other])]
        return max([best(at + 1, free), *taken])

    return best(0, frozenset(range(len(others))))


@pytest.mark.parametrize("seed", range(60))
def test_matches_are_as_many_as_there_can_be(seed, random_work):
    lengths, work = random_work(seed, articles=1, people=("ana", "ben"), labels=("claim", "denial"), most=7, missing=0)
    (article,) = lengths
    ones, others = work[article, "ana"], work[article, "ben"]
    corpus = corpus_of(lengths, work, ("ana", "ben"), ("claim", "denial"))
    found = counts(corpus, (0, 1), tuple(Rule(name, tolerance=2) for name in RULES))
    for name in RULES:
        assert found[name].both.sum() == most(ones, others, RULE[name]), name
        assert (found[name].one.sum(), found[name].other.sum()) == (len(ones), len(others))
    for rule, name in ((Rule("exact"), "exact"), (Rule("overlap"), "overlap")):
        expected = sum(any(RULE[name](one, other) for other in others) for one in ones)
        assert had(corpus, (0, 1), rule).had.sum() == expected


@pytest.mark.parametrize("seed", range(60))
def test_pairs_do_not_depend_on_who_comes_first(seed, random_work):
    lengths, work = random_work(seed, articles=2, people=("ana", "ben"), labels=("claim",), most=7, missing=0)
    swapped = {(article, "ben" if who == "ana" else "ana"): marked[::-1] for (article, who), marked in work.items()}
    found = []
    for each in (work, swapped):
        corpus = corpus_of(lengths, each, ("ana", "ben"), ("claim",))
        near = overlaps(corpus, 0, 1)
        pairs = paired(corpus, near)
        assert len(pairs) == counts(corpus, (0, 1), (Rule("overlap"),))["overlap"].both.sum()
        found.append(
            [tuple((int(corpus.span_article[span]), corpus.fragments_of(span)) for span in pair) for pair in pairs]
        )
    assert sorted(found[0]) == sorted((two, one) for one, two in found[1])


@pytest.mark.parametrize("seed", range(60))
def test_pairs_share_as_much_as_they_can(seed, random_work):
    lengths, work = random_work(seed, articles=1, people=("ana", "ben"), labels=("claim",), most=5, missing=0)
    corpus = corpus_of(lengths, work, ("ana", "ben"), ("claim",))
    near = overlaps(corpus, 0, 1)
    shares = dict(
        zip(zip(near.left.tolist(), near.right.tolist(), strict=True), overlap_share(corpus, near), strict=True)
    )
    pairs = paired(corpus, near)
    ones, others = (sorted(set(side.tolist())) for side in (near.left, near.right))
    best = 0.0
    for order in permutations([*others, *([None] * len(ones))], len(ones)):
        chosen = [(one, other) for one, other in zip(ones, order, strict=True) if (one, other) in shares]
        if len(chosen) == len(pairs):
            best = max(best, sum(shares[pair] for pair in chosen))
        if len(ones) > 4:
            break
    assert sum(shares[pair] for pair in pairs) >= best - 1e-9


def test_a_chain_of_overlaps_as_long_as_an_article_is_matched():
    ones = [Marked("claim", ((10 * at, 10 * at + 8),)) for at in range(2000)]
    others = [Marked("claim", ((10 * at + 5, 10 * at + 13),)) for at in range(2000)]
    corpus = corpus_of({"a": 20_010}, {("a", "ana"): ones, ("a", "ben"): others})
    assert counts(corpus, (0, 1), (Rule("overlap"),))["overlap"].both.sum() == 2000


ends = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30)


def tried(pairs):
    """Return how many of these can be chosen, no end twice: by trying (Kuhn 1955)."""
    holder = {}

    def place(one, seen):
        for other in (b for a, b in pairs if a == one and b not in seen):
            seen.add(other)
            if other not in holder or place(holder[other], seen):
                holder[other] = one
                return True
        return False

    return sum(place(one, set()) for one in {a for a, _ in pairs})


@given(st.lists(ends, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_as_many_are_matched_as_can_be_in_each_of_several(several, are_told):
    tables = [np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2) for pairs in several]
    edges = [Edges(table[:, 0], table[:, 1], table[:, 0]) for table in tables]
    alone = [
        (np.bincount(each.left)[each.left] == 1) & (np.bincount(each.right)[each.right] == 1) if told else None
        for each, told in zip(edges, are_told, strict=False)
    ]
    found = each_matched(list(zip(edges, alone, strict=True)))
    for table, pairs, keep, each in zip(tables, several, found, edges, strict=True):
        left, right = table[keep].T.tolist()
        assert len(set(left)) == len(set(right)) == len(left) == tried(pairs)
        assert (keep == matched(each)).all()  # whatever stands beside it


def test_dense_overlaps_are_matched():
    dice = random.Random(1)
    left, right = zip(*{(dice.randrange(60), dice.randrange(60)) for _ in range(400)}, strict=True)
    edges = Edges(np.array(left), np.array(right), np.ones(len(left), dtype=np.int64))
    keep = matched(edges)
    chosen = [(left[at], right[at]) for at in np.flatnonzero(keep)]
    assert len({one for one, _ in chosen}) == len({other for _, other in chosen}) == len(chosen)
    scipy = pytest.importorskip("scipy.sparse.csgraph")
    from scipy.sparse import csr_array  # noqa: PLC0415 - only where it is installed

    table = csr_array((np.ones(len(left)), (left, right)), shape=(60, 60))
    assert len(chosen) == (scipy.maximum_bipartite_matching(table) >= 0).sum()
