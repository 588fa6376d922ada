"""What is counted in words at once is what each stretch says by itself."""

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given

from annotator.agreement.apart import BOUNDARY, Words, stretches
from annotator.agreement.corpus import Columns, corpus_from, corpus_of
from annotator.agreement.in_words import counted_in_words
from annotator.agreement.ruler import of_pieces, units_of
from annotator.agreement.sweep import pair_table

from .test_tables import LABELS, LENGTH, PEOPLE, work

PIECES = [(start, min(start + 3, LENGTH)) for start in range(1, LENGTH, 4)]
"""Words of three characters, a blank between."""


def in_tokens(corpus):
    rulers = [of_pieces(PIECES, LENGTH, [])] * len(corpus.articles)
    at = corpus.fragment_span
    start, end = units_of(rulers, corpus.span_article[at], corpus.start, corpus.end)
    owners = (corpus.span_article[at], corpus.span_annotator[at], corpus.span_label[at], at)
    length = np.array([each.length for each in rulers])
    return corpus_from(
        corpus.articles, PEOPLE, LABELS, length=length, finished=corpus.finished, columns=Columns(*owners, start, end)
    )


def words_of(corpus):
    starts, ends = (np.array([piece[side] for piece in PIECES]) for side in (0, 1))
    return Words(*(np.concatenate([each + shift for shift in corpus.offset[:-1]]) for each in (starts, ends)))


def told(rows):
    """Add up rows of lost points."""
    found = Counter()
    names = ("left", "right", "article", "label", "boundary", "rivals", "words")
    for *key, points in zip(*(rows[name].tolist() for name in (*names, "points")), strict=True):
        found[tuple(key)] += points
    return found


def by_stretch(corpus, words):
    """The same, a stretch after the other; words only at boundaries."""
    found = Counter()
    for pair in combinations(range(len(PEOPLE)), 2):
        each = stretches(corpus, pair, words)
        columns = (each.article, each.label, each.kind, each.rivals, each.words, each.length)
        for article, label, kind, rivals, count, points in zip(*(column.tolist() for column in columns), strict=True):
            known = count if kind == BOUNDARY else 0
            found[*pair, article, label, int(kind == BOUNDARY), rivals, known] += points
    return found


@given(work)
def test_lost_points_and_sets_in_words_are_those_of_the_spans(work):
    characters = corpus_of(dict.fromkeys(("one", "two", "three"), LENGTH), work, PEOPLE, LABELS)
    tokens, words = in_tokens(characters), words_of(characters)
    found = counted_in_words(characters, tokens, words)
    every = np.arange(tokens.offset[-1])
    assert told(found.lost) == by_stretch(tokens, Words(every, every + 1))
    edges = by_stretch(characters, words)
    assert told(found.edges) == {key: points for key, points in edges.items() if key[4]}
    table = pair_table(tokens)
    rows = zip(
        table.article, table.left, table.right, table.masks[table.x], table.masks[table.y], table.length, strict=True
    )
    names = ("article", "left", "right", "x", "y", "length")
    assert sorted(zip(*(found.sets[name].tolist() for name in names), strict=True)) == sorted(
        tuple(map(int, each)) for each in rows
    )
