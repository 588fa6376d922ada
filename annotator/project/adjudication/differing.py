"""How the labels of one group differ: whether, in which way, and how much is lost by it."""

from collections.abc import Collection, Sequence
from itertools import combinations

from annotator.model.versions import Content, Held, Mark, content, disputed_values
from annotator.project.adjudication.grouping import Fragments, Group, joined, shared, size

MAIN = ("category", "structure", "missed", "boundary", "attribute")
"""Of several kinds the first one of these is the main one."""
AGREED = "agreed"


def is_agreed(group: Group, pool: Sequence[str]) -> bool:
    """Whether all annotators of a pool have the same spans and labels, and nobody another value than somebody else."""
    if len(group) < len(pool) or len({mark.annotator for mark in group}) < len(pool):
        return False
    if len(group) == len(pool) and len({mark[2:] for mark in group}) == 1:  # label, span and values
        return True
    by: dict[str, set[Content]] = {who: set() for who in pool}
    for mark in group:
        by[mark.annotator].add((mark.label, mark.fragments))
    return len({frozenset(some) for some in by.values()}) == 1 and not disputed_values(group)


def held_by(group: Group, pool: Sequence[str]) -> tuple[Held, ...]:
    """Return what each annotator of a pool has in a group."""
    by: dict[str, list[Mark]] = {who: [] for who in pool}
    for mark in group:
        by[mark.annotator].append(mark)
    return tuple(Held(who, tuple(marks)) for who, marks in by.items())


def compared(held: Collection[Held]) -> tuple[frozenset[str], int]:
    """Return what differs between annotators, nothing where all agree, and what it costs.

    The cost are the characters lost over pairs of annotators; where only attributes differ, how many pairs differ.
    """
    disputed = disputed_values(mark for each in held for mark in each.marks)
    counts: dict[tuple[Content, ...], int] = {}
    some: dict[tuple[Content, ...], tuple[Mark, ...]] = {}
    for each in held:
        told = tuple([content(mark, disputed) for mark in each.marks])
        counts[told] = counts.get(told, 0) + 1
        some[told] = each.marks
    lost = 0
    for one, other in combinations(counts, 2):
        lost += max(_apart(_covers(some[one]), _covers(some[other])), 1) * counts[one] * counts[other]
    return _kinds(list(some.values()), is_disputed=bool(disputed)), lost


def _kinds(versions: Sequence[tuple[Mark, ...]], *, is_disputed: bool) -> frozenset[str]:
    having = [marks for marks in versions if marks]
    kinds = set()
    if len(having) < len(versions):
        kinds.add("missed")
    if len({frozenset([mark.label for mark in marks]) for marks in having}) > 1:
        kinds.add("category")
    if len({len(marks) for marks in having}) > 1:
        kinds.add("structure")
    elif len({tuple(sorted([mark.fragments for mark in marks])) for marks in having}) > 1:
        kinds.add("boundary")
    if is_disputed:
        kinds.add("attribute")
    if not kinds and len({frozenset([(mark.label, mark.fragments) for mark in marks]) for marks in having}) > 1:
        kinds.add("boundary")  # the same spans, but other labels on each of them
    return frozenset(kinds)


def _covers(marks: Sequence[Mark]) -> dict[str, Fragments]:
    """Return what labels cover, by label."""
    if len(marks) == 1:
        return {marks[0].label: marks[0].fragments}
    by: dict[str, list[Fragments]] = {}
    for mark in marks:
        by.setdefault(mark.label, []).append(mark.fragments)
    return {name: some[0] if len(some) == 1 else joined(some) for name, some in by.items()}


def _apart(mine: dict[str, Fragments], theirs: dict[str, Fragments]) -> int:
    """Return how many characters of a label one has and the other has not, over all labels."""
    lost = sum(map(size, mine.values())) + sum(map(size, theirs.values()))
    for name in mine.keys() & theirs.keys():
        lost -= 2 * shared(mine[name], theirs[name])
    return lost
