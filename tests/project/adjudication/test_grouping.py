from hypothesis import given
from hypothesis import strategies as st

from annotator.model.versions import Mark
from annotator.project.adjudication.grouping import common, groups, joined, size

ANA, BEN, CHI = "ana", "ben", "chi"
POOL = (ANA, BEN, CHI)


def mark(who, start, end, label="claim", *more, values=()):
    fragments = ((start, end), *more)
    return Mark(f"{who}-{label}-{fragments}", who, label, fragments, values)


def shapes(found):
    return [sorted((each.annotator, each.label, *each.fragments[0]) for each in group) for group in found]


def test_the_same_span_of_all_is_a_group():
    found = groups([mark(who, 0, 10) for who in POOL], POOL)
    assert shapes(found) == [[(ANA, "claim", 0, 10), (BEN, "claim", 0, 10), (CHI, "claim", 0, 10)]]


def test_spans_that_overlap_are_a_group_and_those_that_touch_are_two():
    found = groups([mark(ANA, 0, 10), mark(BEN, 2, 12), mark(CHI, 12, 20)], POOL)
    assert shapes(found) == [[(ANA, "claim", 0, 10), (BEN, "claim", 2, 12)], [(CHI, "claim", 12, 20)]]


def test_what_lies_within_a_span_of_the_same_annotator_is_another_thing():
    found = groups([mark(ANA, 0, 100), mark(ANA, 20, 40), mark(BEN, 0, 90)], (ANA, BEN))
    assert shapes(found) == [[(ANA, "claim", 0, 100), (BEN, "claim", 0, 90)], [(ANA, "claim", 20, 40)]]


def test_one_span_that_stands_for_two_is_one_group_with_both():
    found = groups([mark(ANA, 0, 100), mark(BEN, 0, 45), mark(BEN, 50, 100)], (ANA, BEN))
    assert len(found) == 1
    assert len(found[0]) == 3


def test_two_labels_on_the_same_stretch_are_one_thing_under_two_names():
    found = groups([mark(ANA, 0, 10), mark(BEN, 0, 11, "denial")], (ANA, BEN))
    assert len(found) == 1


def test_two_labels_are_two_things_where_somebody_gave_both():
    found = groups([mark(ANA, 0, 10), mark(ANA, 0, 10, "denial"), mark(BEN, 0, 10, "denial")], (ANA, BEN))
    assert shapes(found) == [[(ANA, "claim", 0, 10)], [(ANA, "denial", 0, 10), (BEN, "denial", 0, 10)]]


def test_a_small_span_of_another_label_inside_is_another_thing():
    found = groups([mark(ANA, 0, 100, "content"), mark(BEN, 10, 30)], (ANA, BEN))
    assert len(found) == 2


def test_the_gap_of_a_span_in_two_parts_is_not_covered():
    found = groups([mark(ANA, 0, 10, "claim", (20, 30)), mark(BEN, 12, 18)], (ANA, BEN))
    assert len(found) == 2


@st.composite
def scenes(draw):
    found = {}
    for who in POOL:
        for _ in range(draw(st.integers(0, 5))):
            start = draw(st.integers(0, 40))
            end = start + draw(st.integers(1, 12))
            more = [(end + 2, end + 5)] if draw(st.booleans()) else []
            label = draw(st.sampled_from(["claim", "denial"]))
            each = mark(who, start, end, label, *more)
            found[each.annotation] = each
    return list(found.values())


@given(scenes(), st.randoms(use_true_random=False))
def test_every_label_is_in_one_group_and_the_order_of_rows_does_not_matter(marks, dice):
    once = groups(marks, POOL)
    assert sorted(each.annotation for group in once for each in group) == sorted(each.annotation for each in marks)
    dice.shuffle(marks)
    assert groups(marks, POOL) == once


@given(scenes(), st.permutations(POOL))
def test_it_does_not_matter_who_is_who(marks, names):
    new = dict(zip(POOL, names, strict=True))
    renamed = [mark(new[m.annotator], *m.fragments[0], m.label, *m.fragments[1:]) for m in marks]

    def spans(found, who):
        return {frozenset((who[m.annotator], m.label, m.fragments) for m in group) for group in found}

    assert spans(groups(marks, POOL), new) == spans(groups(renamed, POOL), {each: each for each in POOL})


_SPANS = st.lists(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), min_size=1, max_size=3), min_size=1, max_size=4
).map(lambda some: [joined([tuple((a, a + b) for a, b in each)]) for each in some])


def places(span):
    return {at for start, end in span for at in range(start, end)}


@given(_SPANS)
def test_union_and_overlap_are_those_of_sets(spans):
    assert places(joined(spans)) == set.union(*map(places, spans))
    assert places(common(spans)) == set.intersection(*map(places, spans))
    assert size(joined(spans)) == len(places(joined(spans)))
    assert joined(spans) == joined(spans[::-1])
    assert common(spans) == common(spans[::-1])
    assert joined([spans[0]] * 2) == common([spans[0]] * 2) == spans[0]
