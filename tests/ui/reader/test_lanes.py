from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.reader.lanes import Lane, Stretch, assign_lanes


@st.composite
def stretches(draw):
    bounds = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=14))
    return [Stretch(f"m{n}", start, start + length, length) for n, (start, length) in enumerate(bounds)]


def overlap(a, b):
    return a.start < b.end and b.start < a.end


@given(stretches())
def test_marks_that_overlap_never_share_a_lane(marks):
    lanes = assign_lanes(marks)
    for a in marks:
        for b in marks:
            if a is not b and overlap(a, b):
                assert lanes[a.mark].lane != lanes[b.mark].lane


@given(stretches())
def test_a_mark_lies_outside_those_it_holds(marks):
    lanes = assign_lanes(marks)
    for outer in marks:
        for inner in marks:
            holds = outer.start <= inner.start and inner.end <= outer.end
            if holds and inner.end - inner.start < outer.end - outer.start:
                assert lanes[outer.mark].lane > lanes[inner.mark].lane


@given(stretches())
def test_no_lane_is_left_empty_and_all_know_how_many_there_are(marks):
    lanes = assign_lanes(marks)
    assert set(lanes) == {mark.mark for mark in marks}
    assert all(0 <= each.lane < each.lanes for each in lanes.values())
    for a in marks:
        for b in marks:
            if overlap(a, b):
                assert lanes[a.mark].lanes == lanes[b.mark].lanes


@given(stretches(), st.randoms())
def test_the_order_in_which_marks_come_does_not_matter(marks, random):
    mixed = list(marks)
    random.shuffle(mixed)
    assert assign_lanes(mixed) == assign_lanes(marks)


def test_a_lone_mark_lies_next_to_the_words():
    assert assign_lanes([Stretch("a", 3, 9, 6)]) == {"a": Lane(0, 1)}


def test_three_deep_go_from_the_inside_out():
    nested = [Stretch("sentence", 0, 90, 90), Stretch("claim", 20, 80, 60), Stretch("word", 30, 40, 10)]
    assert assign_lanes(nested) == {"word": Lane(0, 3), "claim": Lane(1, 3), "sentence": Lane(2, 3)}


def test_marks_apart_do_not_push_each_other_out():
    assert assign_lanes([Stretch("a", 0, 5, 5), Stretch("b", 5, 9, 4)]) == {"a": Lane(0, 1), "b": Lane(0, 1)}


def test_hundreds_upon_one_another_still_get_lanes_of_their_own():
    lanes = assign_lanes([Stretch(f"m{n}", n, 500 + n, 500) for n in range(300)])
    assert sorted(each.lane for each in lanes.values()) == list(range(300))
