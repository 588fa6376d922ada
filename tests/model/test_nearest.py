"""Which targets get the digits."""

from annotator.model.annotation import Annotation
from annotator.model.codebook import Relation
from annotator.model.nearest import nearest
from annotator.model.span import Span

DENIES = Relation("denies", "denies", ("denial",), ("claim", "content"))


def at(key, label, *fragments, article="here"):
    return Annotation(key, article, "ana", label, Span.of(*fragments))


SOURCE = at("d", "denial", (100, 120))


def ids(others, most=9):
    return [each.id for each in nearest(DENIES, SOURCE, others, most)]


def test_the_nearest_comes_first():
    others = [at("far", "claim", (0, 10)), at("near", "claim", (125, 130)), at("nearer", "content", (90, 99))]
    assert ids(others) == ["nearer", "near", "far"]


def test_what_overlaps_is_at_no_distance():
    others = [at("beside", "claim", (99, 100)), at("inside", "claim", (110, 115)), at("over", "claim", (90, 200))]
    # Two stand or begin before it, and so come before the one inside; the longer of those that begin first.
    assert ids(others) == ["over", "beside", "inside"]


def test_of_equally_near_ones_what_was_said_before_comes_first():
    assert ids([at("after", "claim", (125, 130)), at("before", "claim", (80, 95))]) == ["before", "after"]


def test_the_outer_edges_count():
    assert ids([at("split", "claim", (0, 5), (98, 99)), at("one", "claim", (80, 97))]) == ["split", "one"]


def test_only_what_the_relation_may_point_at():
    others = [SOURCE, at("d2", "denial", (90, 95)), at("c", "claim", (0, 5)), at("x", "claim", (0, 5), article="there")]
    assert ids(others) == ["c"]


def test_a_relation_never_points_at_its_own_start():
    repeats = Relation("repeats", "repeats", ("claim",), ("claim",))
    claim = at("c", "claim", (0, 5))
    assert nearest(repeats, claim, [claim]) == []


def test_as_many_as_there_are_digits():
    others = [at(f"c{n:02}", "claim", (n, n + 1)) for n in range(20)]
    assert ids(others) == [f"c{n:02}" for n in range(19, 10, -1)]
    assert len(ids(others, most=3)) == 3
