"""Small corpora for the tests of agreement: made by hand, or at random with everything that is hard."""

import random

import pytest

from annotator.agreement import labelling
from annotator.agreement.corpus import Marked, corpus_of
from annotator.agreement.sweep import pair_table

PEOPLE = ("ana", "ben", "chiara", "dora")
LABELS = ("claim", "denial", "source")


def _spans(dice, length, most, labels):
    found = []
    for _ in range(dice.randint(0, most)):
        start = dice.randrange(length - 9)
        fragments = [(start, start + dice.randint(1, 8))]
        if dice.random() < 0.3:
            again = fragments[0][1] + dice.randint(0, 3)
            fragments.append((again, min(length, again + dice.randint(1, 4))))
        found.append(Marked(dice.choice(labels), tuple(f for f in fragments if f[1] > f[0])))
    return found


@pytest.fixture
def random_work():
    """A function: seed → lengths and work, with missing annotators, nothing found, overlaps and several fragments."""

    def make(seed, *, articles=5, people=PEOPLE, labels=LABELS, most=6, missing=0.25):
        dice = random.Random(seed)
        lengths = {f"article {number}": dice.randint(40, 60) for number in range(articles)}
        work = {
            (article, who): _spans(dice, lengths[article], most, labels)
            for article in lengths
            for who in people
            if dice.random() >= missing
        }
        return lengths, work

    return make


@pytest.fixture
def random_corpus(random_work):
    """A function: seed → corpus of `random_work`."""

    def make(seed, **options):
        people, labels = options.get("people", PEOPLE), options.get("labels", LABELS)
        return corpus_of(*random_work(seed, **options), people, labels)

    return make


@pytest.fixture
def view_of():
    """A function: a corpus as everybody in it, or some, see it."""

    def make(corpus, people=None, labels=None):
        everybody = tuple(range(len(corpus.annotators))) if people is None else people
        mask = (1 << len(corpus.labels)) - 1 if labels is None else labels
        return labelling.view(corpus, pair_table(corpus), everybody, mask)

    return make


@pytest.fixture
def characters():
    """A function: lengths, work, article, annotator → the label sets of each character; None where not finished."""

    def make(lengths, work, article, who):
        marked = work.get((article, who))
        if marked is None:
            return None
        sets = [frozenset()] * lengths[article]
        for each in marked:
            for start, end in each.fragments:
                for place in range(start, end):
                    sets[place] |= {each.label}
        return sets

    return make
