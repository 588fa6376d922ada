"""Which labels of several annotators stand for the same thing: groups that are decided about as one.

The result depends on nothing but the labels: not on the order of annotators, of rows, or of ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from annotator.model.versions import Mark

Fragments = tuple[tuple[int, int], ...]
Group = tuple[Mark, ...]
_SAME_STRETCH = 0.5
"""Spans of two labels are one thing under two names where they share at least this much (intersection over union)."""


def shared(one: Fragments, other: Fragments) -> int:
    """Return how many code points two spans share."""
    if len(one) == 1 and len(other) == 1:
        return max(0, min(one[0][1], other[0][1]) - max(one[0][0], other[0][0]))
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def size(fragments: Fragments) -> int:
    """Return how many code points a span covers."""
    return sum(end - start for start, end in fragments)


def joined(spans: Iterable[Fragments]) -> Fragments:
    """Return what some spans cover together; what overlaps or touches is one fragment."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(fragment for span in spans for fragment in span):
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
    people = {mark.annotator for mark in run}
    if len(run) == 1 or (len(people) == len(run) and all(len(mark.fragments) == 1 for mark in run)):
        return [tuple(run)]  # one of each annotator, hand in hand: there is nothing to choose
    return _fitting(run)


def _fitting(marks: list[Mark]) -> list[Group]:
    """Return marks of one label, in reading order, in groups of those that fit one another best."""
    near: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    active: list[int] = []
    for here, mark in enumerate(marks):
        start = mark.fragments[0][0]
        active = [each for each in active if marks[each].fragments[-1][1] > start]
        for there in active:
            other = marks[there]
            if other.annotator != mark.annotator and shared(mark.fragments, other.fragments):
                fit = -likeness(mark.fragments, other.fragments)
                near[here, other.annotator].append((fit, there))
                near[there, mark.annotator].append((fit, here))
        active.append(here)
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
    loose = [group for group in parts if len({mark.annotator for mark in group}) < count]
    if len({group[0].label for group in loose}) < 2:
        return parts
    covers = [joined(mark.fragments for mark in group) for group in loose]
    order = sorted(range(len(loose)), key=lambda place: (covers[place], loose[place][0].label))
    pairs: list[tuple[float, Fragments, str, Fragments, str, int, int]] = []
    active: list[int] = []
    for here in order:
        start = covers[here][0][0]
        active = [each for each in active if covers[each][-1][1] > start]
        for there in active:
            if loose[here][0].label != loose[there][0].label:
                fit = likeness(covers[here], covers[there])
                if fit >= _SAME_STRETCH:
                    one, other = loose[there][0].label, loose[here][0].label
                    pairs.append((-fit, covers[there], one, covers[here], other, there, here))
        active.append(here)
    people = [frozenset(mark.annotator for mark in group) for group in loose]
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
