"""What is counted once and kept gives every figure the same as the spans themselves, and comes back from bytes unchanged."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import labelling
from annotator.agreement.apart import SPAN_CLASSES, lost, lost_of, span_classes, stretches
from annotator.agreement.corpus import Columns, Marked, corpus_of
from annotator.agreement.counting import across_labels, counted
from annotator.agreement.lanes import Said, lanes_of
from annotator.agreement.packing import packed, unpacked
from annotator.agreement.spans import Rule, counts, had
from annotator.agreement.sweep import pair_table
from annotator.agreement.tables import KINDS, Tables, chosen

PEOPLE, LABELS, LENGTH = ("ana", "ben", "chiara"), ("A", "B", "C"), 30
fragment = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 8)).map(lambda each: (each[0], min(LENGTH, sum(each))))
marked = st.builds(Marked, st.sampled_from(LABELS), st.lists(fragment, min_size=1, max_size=3).map(tuple))
work = st.dictionaries(
    st.tuples(st.sampled_from(("one", "two", "three")), st.sampled_from(PEOPLE)),
    st.lists(marked, max_size=5),
    max_size=9,
)


def said(corpus):
    """Return a corpus of sentences as counting takes it."""
    at = corpus.fragment_span
    owners = (corpus.span_article[at], corpus.span_annotator[at], corpus.span_label[at], corpus.key[at])
    return Said(Columns(*owners, corpus.start, corpus.end), corpus.length)


def corpora(work):
    """Return the work in characters, and in sentences of six characters."""
    lengths = dict.fromkeys(("one", "two", "three"), LENGTH)
    spoken = {
        key: [Marked(each.label, tuple((a // 6, -(-b // 6)) for a, b in each.fragments)) for each in mine]
        for key, mine in work.items()
    }
    return corpus_of(lengths, work, PEOPLE, LABELS), corpus_of(
        dict.fromkeys(lengths, LENGTH // 6), spoken, PEOPLE, LABELS
    )


def equal(one: Tables, other: Tables) -> bool:
    return (one.annotators, one.labels) == (other.annotators, other.labels) and all(
        np.array_equal(getattr(one, name)[column], getattr(other, name)[column])
        for name, columns in KINDS.items()
        for column in columns
    )


@given(work)
def test_every_count_is_that_of_the_spans(work):
    corpus, sentences = corpora(work)
    tables = chosen([counted(corpus, said(sentences))], PEOPLE, LABELS)
    rules = (Rule("exact"), Rule("extent"), Rule("overlap"), Rule("iou"))
    for pair in combinations(range(3), 2):
        for name, found in counts(corpus, pair, rules).items():
            assert (tables.counts(pair, name, 3).sum(axis=1) == found.both.sum(axis=1)).all()
            if name != "extent":
                assert (tables.counts(pair, name, 3) == found.both).all()
            assert (tables.counts(pair, "one", 3) == found.one).all()
            assert (tables.counts(pair, "other", 3) == found.other).all()
        classes = [tables.counts(pair, f"class_{name}", 3).sum(axis=0) for name in SPAN_CLASSES]
        assert (np.stack(classes, axis=1) == span_classes(corpus, pair)).all()
    for one, other in permutations(range(3), 2):
        pair, side = (min(one, other), max(one, other)), "left" if one < other else "right"
        for name, of, rule in (
            ("exact", corpus, "exact"),
            ("overlap", corpus, "overlap"),
            ("sentence", sentences, "overlap"),
        ):
            found = had(of, (one, other), Rule(rule))
            assert (tables.counts(pair, f"{side}_{name}", 3) == found.had).all()


@given(work, st.sets(st.sampled_from(LABELS), min_size=1))
def test_what_depends_on_the_choice_of_labels_is_counted_for_it(work, wanted):
    labels = tuple(sorted(wanted))
    chosen_work = {key: [each for each in mine if each.label in wanted] for key, mine in work.items()}
    corpus = corpus_of(dict.fromkeys(("one", "two", "three"), LENGTH), chosen_work, PEOPLE, labels)
    lanes = lanes_of(corpus)
    for pair in combinations(range(3), 2):
        both = corpus.finished[:, pair[0]] & corpus.finished[:, pair[1]]
        extent, classes = across_labels((lanes[pair[0]], lanes[pair[1]]), both, len(labels))
        found = counts(corpus, pair, (Rule("extent"),))["extent"].both
        assert (extent.sum(axis=1) == found.sum(axis=1)).all()
        assert (classes == span_classes(corpus, pair)).all()


@given(work, st.permutations(PEOPLE), st.lists(st.sampled_from(LABELS), min_size=1, unique=True))
def test_a_choice_of_the_counts_is_the_counts_of_a_choice(work, people, labels):
    corpus, sentences = corpora(work)
    tables = chosen([counted(corpus, said(sentences))], people, labels)
    named = {key: [each for each in mine if each.label in labels] for key, mine in work.items()}
    mine = corpus_of(dict.fromkeys(("one", "two", "three"), LENGTH), named, people, labels)
    everybody, mask = (0, 1, 2), (1 << len(labels)) - 1
    sights = [labelling.view(mine, table, everybody, mask) for table in (tables.pair_table(), pair_table(mine))]
    for label in (None, *range(len(labels))):
        one, other = (labelling.alpha(sight, label).score() for sight in sights)
        assert one.undefined == other.undefined
        assert one.value is None or one.value == pytest.approx(other.value, abs=1e-12)
    pairs = (stretches(mine, pair) for pair in combinations(range(3), 2))
    here, there = lost_of(tables.lost, len(labels), sights[0]), lost(mine, sights[1], pairs)
    assert here.points == pytest.approx(there.points)
    assert here.confused == pytest.approx(there.confused)
    for pair in combinations(range(3), 2):
        found = counts(mine, pair, (Rule("overlap"),))["overlap"]
        assert (tables.counts(pair, "overlap", 3) == found.both).all()


@given(work)
def test_articles_counted_together_are_counted_as_each_alone(work):
    corpus, sentences = corpora(work)
    told = said(sentences)
    whole = counted(corpus, told)
    for place in range(3):
        at = told.columns.article == place
        columns = Columns(*(getattr(told.columns, name)[at] for name in Columns.__slots__))
        columns = replace(columns, article=np.zeros_like(columns.article))
        alone = counted(corpus.of_articles(np.array([place])), Said(columns, told.length[[place]]))
        new = np.full(3, -1, dtype=np.int32)
        new[place] = 0
        assert equal(whole.of_articles(new), alone)


@settings(max_examples=30)
@given(work)
def test_pairs_added_up_give_the_figure_of_the_group(work):
    corpus, sentences = corpora(work)
    table = chosen([counted(corpus, said(sentences))], PEOPLE, LABELS).pair_table()
    groups = [(0, 1), (1, 2), (0, 1, 2)]
    sight = labelling.view(corpus, table, (0, 1, 2), 7)
    for group in groups:
        sums = labelling.alpha(sight.of(group), None, "jaccard")
        whole = labelling.alpha(labelling.view(corpus, table, group, 7), None, "jaccard")
        assert (sums.articles == whole.articles).all()
        assert sums.score().value == pytest.approx(whole.score().value)


@given(work, st.booleans())
def test_counts_come_back_from_bytes_as_they_were(work, is_long):
    if is_long:  # numbers that need more bytes
        work = {
            key: [Marked(each.label, tuple((a * 9_000, b * 9_000) for a, b in each.fragments)) for each in mine]
            for key, mine in work.items()
        }
    lengths = dict.fromkeys(("one", "two", "three"), LENGTH * (9_000 if is_long else 1))
    corpus = corpus_of(lengths, work, PEOPLE, LABELS)
    tables = counted(corpus, said(corpus))
    who = [tuple(np.flatnonzero(row)) for row in corpus.finished]
    again = unpacked(enumerate(packed(tables, 3, who)))
    assert equal(chosen(again, PEOPLE, LABELS), chosen([tables], PEOPLE, LABELS))
