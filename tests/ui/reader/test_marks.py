import re

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation
from annotator.model.span import Span
from annotator.ui.reader.marks import MarkIndex

TEXT = "one two three\n\nfour five\nsix seven eight nine\nten"
STARTS = [0, *(found.end() for found in re.finditer("\n", TEXT))]


def annotation(name, *fragments, label="claim"):
    return Annotation(name, "a", "p", label, Span.of(*fragments))


NAMES = st.integers(0, 7).map("m{}".format)


@st.composite
def annotations(draw):
    bounds = draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return annotation(draw(NAMES), *pairs)


CHANGES = st.lists(st.one_of(annotations(), NAMES), max_size=25)


def after(changes):
    index, kept = MarkIndex(STARTS), {}
    for change in changes:
        if isinstance(change, str):
            index.remove(change)
            kept.pop(change, None)
        else:
            index.put(change)
            kept[change.id] = change
    return index, kept


@given(CHANGES)
def test_changed_bit_by_bit_it_is_what_it_would_be_made_anew(changes):
    index, kept = after(changes)
    anew = MarkIndex(STARTS, kept.values())
    assert len(index) == len(kept)
    for number in range(len(STARTS)):
        assert index.placed(number).pieces == anew.placed(number).pieces


@given(CHANGES)
def test_the_pieces_cover_what_the_marks_cover(changes):
    index, kept = after(changes)
    covered = {name: set() for name in kept}
    for number in range(len(STARTS)):
        for piece in index.placed(number).pieces:
            covered[piece.mark].update(range(piece.start, piece.end))
    for name, each in kept.items():
        assert covered[name] == {n for start, end in each.span.fragments for n in range(start, end)}


@given(CHANGES, st.integers(0, len(TEXT) - 1))
def test_at_a_place_the_shortest_comes_first(changes, position):
    index, kept = after(changes)
    found = index.at(position)
    assert {each.id for each in found} == {name for name, each in kept.items() if each.span.covers(position)}
    assert [each.span.size for each in found] == sorted(each.span.size for each in found)


@given(CHANGES, st.integers(0, 3), st.integers(0, len(TEXT)), st.integers(1, 20))
def test_between_two_places_all_pieces_are_found(changes, number, start, length):
    index, _ = after(changes)
    placed = index.placed(number)
    expected = [piece for piece in placed.pieces if piece.start < start + length and piece.end > start]
    assert placed.between(start, start + length) == expected


@given(CHANGES)
def test_stepping_goes_through_all_in_reading_order(changes):
    index, kept = after(changes)
    order = sorted(kept.values(), key=lambda each: each.order)
    here, found = (-1, 0, ""), []
    while name := index.step(here, 1):
        found.append(name)
        here = kept[name].order
    assert found == [each.id for each in order]
    assert [index.step(each.order, -1) for each in order[1:]] == found[:-1]


def test_pieces_know_which_edges_are_the_marks_own():
    index = MarkIndex(STARTS, [annotation("m", (4, 7), (8, 30))])
    first, second = index.placed(0).pieces
    assert (first.opens, first.closes, first.first, first.last) == (True, True, True, False)
    assert (second.opens, second.closes, second.first, second.last) == (True, False, False, True)
    (across,) = index.placed(2).pieces
    assert (across.opens, across.closes) == (False, False)
    (end,) = index.placed(3).pieces
    assert (end.opens, end.closes) == (False, True)


def test_the_fragments_of_one_mark_run_in_one_lane():
    index = MarkIndex(STARTS, [annotation("apart", (0, 3), (8, 13)), annotation("between", (4, 7))])
    lanes = {(piece.mark, piece.start): piece.lane.lane for piece in index.placed(0).pieces}
    assert lanes == {("apart", 0): 1, ("apart", 8): 1, ("between", 4): 0}
