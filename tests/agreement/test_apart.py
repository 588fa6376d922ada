"""Disagreement taken apart, against going through the text character by character."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from annotator.agreement.apart import CLASSES, Words, span_classes, stretches
from annotator.agreement.corpus import Marked, corpus_of

from .conftest import LABELS, PEOPLE


def covered(each):
    return {place for start, end in each.fragments for place in range(start, end)}


def by_character(mine, theirs, length):
    """What each character that one labelled and the other did not is: (label, class) → count."""
    found = Counter()
    for place in range(length):
        have = {each.label for each in mine if place in covered(each)}
        other = {each.label for each in theirs if place in covered(each)}
        for label in have - other:
            here = [each for each in mine if each.label == label and place in covered(each)]
            meets = any(covered(one) & covered(two) for one in here for two in theirs if two.label == label)
            found[label, "boundary" if meets else "category" if other - have else "missed"] += 1
    return found


@pytest.mark.parametrize("seed", range(25))
def test_classes_are_those_of_each_character(seed, random_work):
    lengths, work = random_work(seed, articles=3)
    corpus = corpus_of(lengths, work, PEOPLE, LABELS)
    for pair in combinations(range(len(PEOPLE)), 2):
        found = stretches(corpus, pair)
        for number, article in enumerate(sorted(lengths)):
            sides = [work.get((article, PEOPLE[who])) for who in pair]
            for holder in (0, 1):
                rows = np.flatnonzero((found.article == number) & (found.holder == holder))
                if None in sides:
                    assert not len(rows)
                    continue
                counted = Counter()
                for row in rows:
                    counted[LABELS[found.label[row]], CLASSES[found.kind[row]]] += int(found.length[row])
                assert counted == by_character(sides[holder], sides[1 - holder], lengths[article])


@pytest.mark.parametrize("seed", range(20))
def test_the_words_of_a_stretch_are_counted(seed, random_work):
    lengths, work = random_work(seed, articles=2)
    corpus = corpus_of(lengths, work, PEOPLE, LABELS)
    total = int(corpus.offset[-1])
    starts = np.arange(0, total, 5)
    words = Words(starts, starts + 4)  # of four characters, with a blank between
    found = stretches(corpus, (0, 1), words)
    shift = corpus.offset[found.article]
    for start, end, count in zip(found.start + shift, found.end + shift, found.words, strict=True):
        assert count == sum(start < word + 4 and word < end for word in starts)


def test_each_span_is_in_one_class():
    ana = [
        Marked("claim", ((0, 10),)),  # exact
        Marked("claim", ((20, 30),)),  # boundary
        Marked("claim", ((40, 60),)),  # structure: two of Ben's
        Marked("claim", ((70, 80),)),  # category: a denial to Ben
        Marked("claim", ((90, 95),)),  # missed
    ]
    ben = [
        Marked("claim", ((0, 10),)),
        Marked("claim", ((22, 30),)),
        Marked("claim", ((40, 48),)),
        Marked("claim", ((50, 60),)),
        Marked("denial", ((70, 80),)),
    ]
    corpus = corpus_of({"a": 100}, {("a", "ana"): ana, ("a", "ben"): ben}, ("ana", "ben"), ("claim", "denial"))
    assert span_classes(corpus, (0, 1)).tolist() == [[2, 2, 3, 1, 1], [0, 0, 0, 1, 0]]
