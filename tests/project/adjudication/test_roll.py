"""What a queue puts down as numbers comes back as it was, in every order, and also after some articles were read anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.adjudication import ORDERS, Cell, Status
from annotator.model.codebook import Codebook, Label
from annotator.model.errors import StoppedError
from annotator.model.versions import Mark
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.cases import found
from annotator.project.adjudication.roll import Roll
from annotator.project.adjudication.scene import Scene
from annotator.project.adjudication.sheaf import Sheaf, sign

LABELS = ("claim", "denial", "source")
BOOK = Book(Codebook("Words", labels=tuple(Label(each, each.title(), each[0], "#336699") for each in LABELS)))
POOL = ("ana", "ben", "cleo", "dan")
PLACES = {"first": 0, "second": 1, "third": 2}
CLAUSES = {"claim": 2, "denial": 0, "source": 1}


@st.composite
def spans(draw):
    """Draw fragments, in order and apart."""
    edges = draw(st.lists(st.integers(0, 24), min_size=2, max_size=6, unique=True))
    ends = sorted(edges)[: len(edges) // 2 * 2]
    return tuple(zip(ends[::2], ends[1::2], strict=True))


MARKS = st.lists(
    st.tuples(
        st.sampled_from(POOL),
        st.sampled_from(LABELS),
        spans(),
        st.sampled_from([(), (("sure", "yes"),), (("sure", "no"),)]),
    ),
    max_size=12,
    unique_by=lambda each: each[:3],
)
ARTICLES = st.dictionaries(st.sampled_from(list(PLACES)), MARKS, min_size=1)


def places_of(article, some, name="then"):
    """Return all that differs, and all that agrees, among labels of an article."""
    marks = [Mark(f"{article}-{name}-{number:02}", *each) for number, each in enumerate(some)]
    return found(Scene(BOOK, article, POOL, marks), agreed=True)


def in_order(some, order):
    """Return disagreements as they are to stand, by the plainest of ways."""

    def key(each):
        rank = {
            "article": 0,
            "cost": -each.cost,
            "clause": min((CLAUSES.get(label, 0) for label in each.labels), default=0),
        }[order]
        return each.status is Status.ASKED, rank, PLACES[each.article], sign(each)

    return sorted(some, key=key)


@settings(deadline=None, max_examples=40)
@given(ARTICLES, st.data())
def test_all_comes_back_in_every_order(articles, data):
    every = [each for key, some in articles.items() for each in places_of(key, some)]
    asked = data.draw(st.sets(st.sampled_from(range(len(every)))) if every else st.just(set()))
    for place in asked:
        every[place].__dict__["status"] = Status.ASKED
    sheaves = {key: Sheaf(key, [each for each in every if each.article == key]) for key in articles}
    for key, sheaf in sheaves.items():
        mine = sorted((each for each in every if each.article == key), key=sign)
        assert list(sheaf.items()) == mine
        assert list(sheaf.costs) == [each.cost for each in mine]
        assert len(sheaf) == len(mine)
    for order in ORDERS:
        expected = in_order(every, order)
        roll = Roll(sheaves, order, PLACES, CLAUSES)
        assert roll == roll.in_order("cost").in_order(order) == expected
        assert roll[:] == tuple(expected)
        assert [roll[place] for place in range(len(roll))] == expected
        assert [roll.place_of(each) for each in expected] == list(range(len(expected)))
        assert [roll.behind(each) for each in expected] == list(range(1, len(expected) + 1))
        key = data.draw(st.sampled_from(list(PLACES)))
        others = [each for each in every if each.article != key]
        fresh = places_of(key, data.draw(MARKS), "now")
        renewed = roll.renewed({key}, Roll({key: Sheaf(key, fresh)} if fresh else {}))
        assert renewed == in_order([*others, *fresh], order)
        assert roll == expected
        for each in roll.of(key):  # one that is gone by now leaves the place where it stood
            at = renewed.behind(each)
            assert renewed.place_of(each) == -1
            assert in_order([*others, *fresh, each], order).index(each) == at


CELLS = st.builds(
    Cell,
    kinds=st.frozensets(st.sampled_from(["missed", "category", "boundary", "structure", "attribute"]), max_size=2),
    labels=st.frozensets(st.sampled_from(LABELS), max_size=2),
    pair=st.sampled_from([(), ("ana", "ben")]),
    part=st.sampled_from(["", "", "about"]),
)


@settings(deadline=None, max_examples=60)
@given(MARKS, CELLS, CELLS, st.data())
def test_those_of_a_cell_are_told_from_the_numbers_as_from_what_they_stand_for(marks, cell, inner, data):
    every = [each for each in places_of("first", marks) if not each.is_agreed]
    for place in data.draw(st.sets(st.sampled_from(range(len(every)))) if every else st.just(set())):
        every[place].__dict__["status"] = Status.ASKED
    whole = Sheaf("first", every)
    _ = data.draw(st.booleans()) and whole.costs
    chosen = whole.only(cell)
    for part, cells in ((chosen, (cell,)), (chosen.only(inner), (cell, inner))):
        expected = Sheaf("first", [each for each in every if all(one.takes(each) for one in cells)])
        assert part == expected
        assert (len(part), part.asked, part.again) == (len(expected), expected.asked, expected.again)
        assert list(part.costs) == list(expected.costs)
        assert part.first_labels(CLAUSES) == expected.first_labels(CLAUSES)


def test_weighing_stops_when_it_is_asked_to():
    some = places_of("first", [("ana", "claim", ((0, 4),), ())])
    with pytest.raises(StoppedError):
        Roll({"first": Sheaf("first", some)}, "article", PLACES, CLAUSES).weigh(cancelled=lambda: True)
