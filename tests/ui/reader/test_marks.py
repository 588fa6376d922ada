import re

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import Annotation
from annotator.model.span import Span
from annotator.ui.reader.marks import SECTION, MarkIndex, sections_of

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
    assert index.pieces(0, len(TEXT)) == anew.pieces(0, len(TEXT))


@given(CHANGES)
def test_the_pieces_cover_what_the_marks_cover(changes):
    index, kept = after(changes)
    covered = {name: set() for name in kept}
    for piece in index.pieces(0, len(TEXT)):
        covered[piece.mark].update(range(piece.start, piece.end))
    for name, each in kept.items():
        assert covered[name] == {n for start, end in each.span.fragments for n in range(start, end)}


@given(CHANGES, st.integers(0, len(TEXT) - 1))
def test_at_a_place_the_shortest_comes_first(changes, position):
    index, kept = after(changes)
    found = index.at(position)
    assert {each.id for each in found} == {name for name, each in kept.items() if each.span.covers(position)}
    assert [each.span.size for each in found] == sorted(each.span.size for each in found)


@given(CHANGES, st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_between_two_places_all_pieces_are_found(changes, start, length):
    index, _ = after(changes)
    end = min(len(TEXT), start + length)
    expected = [piece for piece in index.pieces(0, len(TEXT)) if piece.start < end and piece.end > start]
    assert index.pieces(start, end) == expected


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
    first, second = index.pieces(0, 13)
    assert (first.opens, first.closes, first.first, first.last) == (True, True, True, False)
    assert (second.opens, second.closes, second.first, second.last) == (True, False, False, True)
    (across,) = index.pieces(15, 24)
    assert (across.opens, across.closes) == (False, False)
    (end,) = index.pieces(25, 40)
    assert (end.opens, end.closes) == (False, True)


def test_the_fragments_of_one_mark_run_in_one_lane():
    index = MarkIndex(STARTS, [annotation("apart", (0, 3), (8, 13)), annotation("between", (4, 7))])
    lanes = {(piece.mark, piece.start): piece.lane.lane for piece in index.pieces(0, 13)}
    assert lanes == {("apart", 0): 1, ("apart", 8): 1, ("between", 4): 0}


@given(st.lists(st.integers(1, 5 * SECTION), min_size=1, max_size=6))
def test_sections_are_the_paragraphs_with_the_very_long_ones_cut(lengths):
    paragraphs = [sum(lengths[:n]) for n in range(len(lengths))]
    sections = sections_of(paragraphs, sum(lengths))
    assert set(paragraphs) <= set(sections)
    assert sections == sorted(set(sections))
    ends = [*sections[1:], sum(lengths)]
    assert max(end - start for start, end in zip(sections, ends, strict=True)) <= 2 * SECTION


def test_a_text_without_anything_has_one_section():
    assert sections_of([0], 0) == [0]


def test_a_mark_over_the_cut_of_a_long_paragraph_is_found_on_both_sides():
    length = 3 * SECTION
    index = MarkIndex(sections_of([0], length), [annotation("m", (SECTION - 10, SECTION + 10))])
    pieces = index.pieces(SECTION - 20, SECTION + 20)
    assert [(piece.start, piece.end, piece.opens, piece.closes) for piece in pieces] == [
        (SECTION - 10, SECTION, True, False),
        (SECTION, SECTION + 10, False, True),
    ]
    assert [each.id for each in index.at(SECTION + 5)] == ["m"]
