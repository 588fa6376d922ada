"""What is counted once and kept gives every figure the same as the spans themselves, and comes back from bytes unchanged."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import labelling, ledger
from annotator.agreement.apart import SPAN_CLASSES, span_classes, stretches
from annotator.agreement.corpus import Columns, Marked, corpus_of
from annotator.agreement.counting import counted
from annotator.agreement.deck import Deck, Hand
from annotator.agreement.lanes import Said
from annotator.agreement.losses import lost, lost_of
from annotator.agreement.packing import packed, packed_fragments, unpacked, unpacked_fragments
from annotator.agreement.spans import Rule, counts, had
from annotator.agreement.sweep import pair_table
from annotator.agreement.tables import COLUMNS, KINDS, SWAPPED, Tables, chosen
from annotator.agreement.unitizing import Units, family

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
    # Whoever stands first: the same counts, turned round.
    turned = Hand(Deck.of([tables], PEOPLE, LABELS, 3), PEOPLE[::-1], LABELS)
    for name in COLUMNS:
        if name != "extent":
            mirrored = SWAPPED.get(name, name)
            there = tables.counts((0, 2), mirrored, 3) * (-1 if name in ("starts", "ends") else 1)
            assert (turned.column((0, 2), name) == there).all()


choices = st.tuples(
    st.lists(st.sampled_from(PEOPLE), min_size=2, unique=True),
    st.lists(st.sampled_from((*LABELS, "nobody's")), min_size=1, unique=True),
    st.sets(st.sampled_from(("one", "two", "three")), min_size=1),
)


@settings(max_examples=200)
@given(work, st.permutations(PEOPLE), choices, st.booleans())
def test_what_is_read_off_the_deck_is_what_counting_the_choice_gives(work, order, choice, is_large):
    with pytest.MonkeyPatch.context() as patch:
        if is_large:  # as with so many articles and labels that what pairs gave is not laid out
            patch.setattr(ledger, "_DENSE", 0)
        read_off(work, order, *choice)


def read_off(work, order, people, labels, names):
    corpus, sentences = corpora(work)
    deck = Deck.of([counted(corpus, said(sentences))], order, LABELS, 3)
    places = np.array([place for place, name in enumerate(corpus.articles) if name in names])
    hand = Hand(deck, tuple(people), tuple(labels), None if len(places) == 3 else places)
    named = {
        key: [each for each in mine if each.label in labels]
        for key, mine in work.items()
        if key[0] in names and key[1] in people
    }
    mine = corpus_of(dict.fromkeys(sorted(names), LENGTH), named, people, labels)
    everybody, mask = tuple(range(len(people))), (1 << len(labels)) - 1
    sights = [labelling.view(mine, each, everybody, mask) for each in (hand, pair_table(mine))]
    figures = [lambda sight, label=label: labelling.alpha(sight, label) for label in (None, *range(len(labels)))]
    figures += [lambda sight: labelling.alpha(sight, None, "masi"), lambda sight: labelling.pi(sight, 0)]
    if len(people) == 2:
        figures += [lambda sight, label=label: labelling.kappa(sight, label) for label in (None, 0)]
    for figure in figures:
        one, other = (figure(sight).score() for sight in sights)
        assert one == other
    pairs = list(combinations(everybody, 2))
    assert (hand.span_classes() == sum(span_classes(mine, pair) for pair in pairs)).all()
    for pair in pairs:
        rules = (Rule("exact"), Rule("overlap"), Rule("iou"))
        for name, found in counts(mine, pair, rules).items():
            assert (hand.column(pair, name) == found.both).all()
            assert (hand.column(pair, "one") == found.one).all()
            assert (hand.column(pair, "other") == found.other).all()
        extent = counts(mine, pair, (Rule("extent"),))["extent"].both
        assert (hand.same_extent([pair]).sum(axis=1) == extent.sum(axis=1)).all()
    here, there = hand.lost(sights[0].readers), lost(mine, sights[1], (stretches(mine, p) for p in pairs))
    assert (here.points == there.points).all()
    assert (here.confused == there.confused).all()
    assert hand.spans.tolist() == np.bincount(mine.span_annotator, minlength=len(people)).tolist()
    units = Units.of(mine)
    for one, other in zip(*(family(units, sight).ku for sight in sights), strict=True):
        assert one[1].score() == other[1].score()


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
        assert one == other
    pairs = (stretches(mine, pair) for pair in combinations(range(3), 2))
    here, there = lost_of(tables.lost, len(labels), sights[0]), lost(mine, sights[1], pairs)
    assert (here.points == there.points).all()
    assert (here.confused == there.confused).all()
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


def test_fragments_come_back_from_bytes_as_they_were():
    """Those of an article that are too large for few bytes too, and of people among whom some have not finished."""
    article, who, label = np.array([[0, 0, 0, 1, 1, 3], [0, 2, 2, 1, 2, 0], [1, 0, 0, 2, 1, 0]])
    span, start = np.array([[4, 5, 5, 6, 8, 9], [3, 0, 9, 7, 7, 1]])
    end = start + np.array([1, 2, 3, 1 << 31, 5, 6])
    columns = Columns(article, who, label, span, start, end)
    finished = np.array([[True, False, True], [False, True, True], [True, True, True], [True, False, False]])
    contents, wide = packed_fragments(columns, finished, np.array([False, False, True, False]))
    assert wide.tolist() == [False, True, True, False]
    people = [np.flatnonzero(row) for row in finished]
    again = unpacked_fragments(list(enumerate(contents)), people, [np.arange(3)] * 4, wide=wide.tolist())
    for name in ("article", "annotator", "label", "start", "end"):
        assert np.array_equal(getattr(again, name), getattr(columns, name))
    assert (np.diff(again.span) > 0).tolist() == (np.diff(span) > 0).tolist()
