"""Which labels of several annotators stand for the same thing: groups that are decided about as one.

The result depends on nothing but the labels: not on the order of annotators, of rows, or of ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from annotator.model.versions import Mark

Fragments = tuple[tuple[int, int], ...]
Group = tuple[Mark, ...]
_Pair = tuple[float, Fragments, str, Fragments, str, int, int]
"""Two groups: how little they are alike (below zero), what each covers and its label, and their places."""
_SAME_STRETCH = 0.5
"""Spans of two labels are one thing under two names where they share at least this much (intersection over union)."""


def shared(one: Fragments, other: Fragments) -> int:
    """Return how many code points two spans share."""
    if len(one) == 1 and len(other) == 1:
        (a, b), (c, d) = one[0], other[0]
        low, high = a if a > c else c, b if b < d else d  # noqa: FURB136 - asked by the million: a call takes longer
        return high - low if high > low else 0
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def size(fragments: Fragments) -> int:
    """Return how many code points a span covers."""
    if len(fragments) == 1:
        return fragments[0][1] - fragments[0][0]
    return sum([end - start for start, end in fragments])


def joined(spans: Iterable[Fragments]) -> Fragments:
    """Return what some spans cover together; what overlaps or touches is one fragment."""
    found: list[tuple[int, int]] = []
    for start, end in sorted([fragment for span in spans for fragment in span]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def common(spans: Sequence[Fragments]) -> Fragments:
    """Return what all of some spans cover."""
    found = spans[0]
    for span in spans[1:]:
        found = tuple((max(a, c), min(b, d)) for a, b in found for c, d in span if max(a, c) < min(b, d))
    return joined([found])


def likeness(one: Fragments, other: Fragments) -> float:
    """Return the intersection of two spans over their union."""
    both = shared(one, other)
    return both / (size(one) + size(other) - both)


reading: Callable[[Mark], tuple[Fragments, str, str, str]] = itemgetter(3, 2, 1, 0)
"""Returns what marks are sorted by: fragments, label, annotator and id."""


_annotator: Callable[[Mark], str] = itemgetter(1)


def groups(marks: Iterable[Mark], pool: Sequence[str]) -> list[Group]:
    """Return the groups among the labels of a pool of annotators in one article, in reading order.

    What all have alike is a group. Of the rest, spans of one label that overlap belong together, but of an annotator's
    spans that themselves overlap only the one that fits best. Then groups of two labels are one where they cover much the
    same stretch, and nobody is in both: whoever gave both labels there has said that they are two things.
    """
    by_label: dict[str, dict[Fragments, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        by_label[mark.label][mark.fragments].append(mark)
    whole: list[Group] = []
    parts: list[Group] = []
    count = len(pool)
    for spans in by_label.values():
        rest: list[Mark] = []
        for alike in spans.values():
            if len(alike) == count and len({mark.annotator for mark in alike}) == count:
                alike.sort(key=_annotator)
                whole.append(tuple(alike))
            else:
                rest.extend(alike)
        if rest:
            parts.extend(_overlapping(rest))
    return sorted([*whole, *_renamed(parts, count)], key=lambda group: reading(group[0]))


def _overlapping(marks: list[Mark]) -> list[Group]:
    """Return marks of one label in groups of those that overlap."""
    marks.sort(key=reading)
    made: list[Group] = []
    run: list[Mark] = []
    end = 0
    for mark in marks:
        if run and mark.fragments[0][0] >= end:
            made.extend(_apart(run))
            run = []
        run.append(mark)
        end = max(end, mark.fragments[-1][1])
    return [*made, *_apart(run)]


def _apart(run: list[Mark]) -> list[Group]:
    """Return the groups in a run of marks of one label, of which each begins before all earlier ones have ended."""
    if len(run) == 1:
        return [(run[0],)]
    if len({mark.annotator for mark in run}) == len(run) and all(len(mark.fragments) == 1 for mark in run):
        return [tuple(run)]  # one of each annotator, hand in hand: there is nothing to choose
    return _fitting(run)


def _fitting(marks: list[Mark]) -> list[Group]:
    """Return marks of one label, in reading order, in groups of those that fit one another best."""
    near: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    active: list[tuple[int, int, str, Fragments, int]] = []
    """Of those that have not ended yet: end, place, annotator, fragments and size."""
    for here, (_, who, _, fragments, _) in enumerate(marks):
        start, mine = fragments[0][0], size(fragments)
        active = [each for each in active if each[0] > start]
        for _, there, other, theirs, length in active:
            if other != who:
                both = shared(fragments, theirs)
                if both:
                    fit = -(both / (mine + length - both))  # their likeness, below zero: the best sorts first
                    near[here, other].append((fit, there))
                    near[there, who].append((fit, here))
        active.append((fragments[-1][1], here, who, fragments, mine))
    chosen = {(here, there) for (here, _), some in near.items() for there in _best(marks, some)}
    above = list(range(len(marks)))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for here, there in chosen:
        if (there, here) in chosen:
            above[top(here)] = top(there)
    found: dict[int, list[Mark]] = defaultdict(list)
    for place, mark in enumerate(marks):
        found[top(place)].append(mark)
    return [tuple(group) for group in found.values()]


def _best(marks: list[Mark], some: list[tuple[float, int]]) -> list[int]:
    """Return which of one annotator's marks stand for a mark of another: of those that overlap one another the best."""
    if len(some) == 1:
        return [some[0][1]]
    kept: list[int] = []
    for _, place in sorted(some, key=lambda each: (each[0], marks[each[1]].fragments)):
        if not any(shared(marks[place].fragments, marks[each].fragments) for each in kept):
            kept.append(place)
    return kept


def _renamed(parts: list[Group], count: int) -> list[Group]:
    """Join groups that are one thing under several labels."""
    loose = [group for group in parts if len(group) < count or len({mark.annotator for mark in group}) < count]
    if len({group[0].label for group in loose}) < 2:
        return parts
    covers = [_cover(group) for group in loose]
    pairs = _alike(covers, [group[0].label for group in loose])
    if not pairs:
        return parts
    people = [frozenset([mark.annotator for mark in group]) for group in loose]
    home = list(range(len(loose)))
    for pair in sorted(pairs):
        a, b = home[pair[5]], home[pair[6]]
        if a != b and not people[a] & people[b]:
            people[a] |= people[b]
            home = [a if each == b else each for each in home]
    made: dict[int, list[Mark]] = defaultdict(list)
    for place, group in enumerate(loose):
        made[home[place]].extend(group)
    kept = set(map(id, loose))
    whole = [group for group in parts if id(group) not in kept]
    return [*whole, *(tuple(sorted(group, key=reading)) for group in made.values())]


def _cover(group: Group) -> Fragments:
    """Return what the labels of a group cover together."""
    fragments = group[0].fragments
    return fragments if len(group) == len(fragments) == 1 else joined([mark.fragments for mark in group])


def _alike(covers: Sequence[Fragments], labels: Sequence[str]) -> list[_Pair]:
    """Return the pairs of another label that cover much the same stretch: those that fit best sort first."""
    pairs: list[_Pair] = []
    active: list[tuple[int, int, str, Fragments, int]] = []
    """Of those that have not ended yet: end, place, label, what they cover, and how much that is."""
    for cover, label, here in sorted(zip(covers, labels, range(len(covers)), strict=True)):
        start, mine = cover[0][0], size(cover)
        active = [each for each in active if each[0] > start]
        for _, there, other, theirs, length in active:
            if label != other:
                both = shared(cover, theirs)
                fit = both / (mine + length - both)
                if fit >= _SAME_STRETCH:
                    pairs.append((-fit, theirs, other, cover, label, there, here))
        active.append((cover[-1][1], here, label, cover, mine))
    return pairs
