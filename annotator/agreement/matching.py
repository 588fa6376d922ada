"""Maximum one-to-one matching of spans: as many pairs as there can be, whatever the order they are stored in.

Pairing whatever comes first gives half of them on the same spans.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from annotator.agreement.corpus import Bools, Corpus, Ints
from annotator.agreement.overlaps import Edges

_NONE = np.zeros(0, dtype=np.int64)
_ROUNDS = 8
"""How often an edge of each component is taken before it is searched: more would be slow where a component is long."""


def matched(edges: Edges) -> Bools:
    """Return which edges make up one maximum matching. How many there are is unique; which ones need not be."""
    return each_matched([(edges, None)])[0]


def each_matched(several: Sequence[tuple[Edges, Bools | None]]) -> list[Bools]:
    """Return the same for each of several sets of edges, which have nothing to do with one another.

    With each may stand which of its edges are known to be alone: no other one has an end of theirs.
    """
    kept, some = [], []
    left, right, passed = [_NONE], [_NONE], 0
    for edges, alone in several:
        # Most stand for one another and for nothing else.
        keep = np.zeros(len(edges.left), dtype=bool) if alone is None else alone.copy()
        rest = np.flatnonzero(~keep)
        one, other = edges.left[rest], edges.right[rest]
        lone = (np.bincount(one)[one] == 1) & (np.bincount(other)[other] == 1)
        keep[rest[lone]] = True
        alive = np.flatnonzero(~lone)
        kept.append(keep)
        some.append(rest[alive])
        left.append(one[alive] + passed)
        right.append(other[alive] + passed)
        passed += int(max(one.max(initial=0), other.max(initial=0))) + 1
    taken = _matched(*(_counted_from_0(np.concatenate(each), passed) for each in (left, right)))
    bounds = np.searchsorted(taken, np.cumsum([0, *(len(alive) for alive in some)]))
    first = 0
    for keep, alive, (low, high) in zip(kept, some, pairwise(bounds.tolist()), strict=True):
        keep[alive[taken[low:high] - first]] = True
        first += len(alive)
    return kept


def _counted_from_0(ends: Ints, room: int) -> Ints:
    """Return the place of each end among those that occur; all are below `room`."""
    there = np.zeros(room, dtype=bool)
    there[ends] = True
    found, place = np.flatnonzero(there), np.empty(room, dtype=np.int64)
    place[found] = np.arange(len(found))
    return place[ends]


def _matched(left: Ints, right: Ints) -> Ints:
    """Return the places of the edges of a maximum matching; their ends are counted from 0."""
    keep = np.zeros(len(left), dtype=bool)
    alive = np.arange(len(left))
    while len(alive):
        # An end with a single edge may always take it: some maximum matching does (Karp and Sipser 1981).
        taken = _leaves(left[alive], right[alive])
        if not len(taken):
            taken = _of_rings(left[alive], right[alive])
        if not len(taken):
            break
        chosen = alive[taken]
        keep[chosen] = True
        is_left, is_right = (np.zeros(int(ends.max()) + 1, dtype=bool) for ends in (left, right))
        is_left[left[chosen]] = is_right[right[chosen]] = True
        alive = alive[~is_left[left[alive]] & ~is_right[right[alive]]]
    if len(alive):
        keep[alive[_of_knots(left[alive], right[alive])]] = True
    return np.flatnonzero(keep)


def _of_rings(left: Ints, right: Ints) -> Ints:
    """Return an edge of each component in which every end has two edges: in a ring any edge is in a maximum matching."""
    group = _lowest(left, right)
    several = (np.bincount(left)[left] != 2) | (np.bincount(right)[right] != 2)
    is_ring = np.ones(len(group), dtype=bool)
    is_ring[group[left[several]]] = False
    rings = np.flatnonzero(is_ring[group[left]])
    return rings[_firsts(group[left[rings]])]


def _lowest(left: Ints, right: Ints) -> Ints:
    """Return for each left end the lowest one of its component."""
    count = int(left.max()) + 1
    group = np.arange(count)
    while True:
        # The lowest left end that can be reached, one step further each time.
        far = np.full(int(right.max()) + 1, count, dtype=np.int64)
        np.minimum.at(far, right, group[left])
        near = group.copy()
        np.minimum.at(near, left, far[right])
        if (near == group).all():
            return group
        group = near


def _of_knots(left: Ints, right: Ints) -> Ints:
    """Return the places of the edges of a maximum matching where every end has several edges.

    Nearly all components are of two or three ends a side: some edge of each is taken, the ends with the fewest first, then
    of what is left again. Where as many are taken as the smaller side has ends, there can be no more; what falls short of
    that is searched.
    """
    group = _lowest(left, right)[left]
    alive, taken = np.arange(len(left)), [_NONE]
    is_left, is_right = (np.ones(int(ends.max()) + 1, dtype=bool) for ends in (left, right))
    for _ in range(_ROUNDS):
        one, other = left[alive], right[alive]
        here, there = np.bincount(one)[one], np.bincount(other)[other]
        few = np.minimum(here, there)
        order = np.lexsort((here + there, few, group[alive]))
        found = alive[order[_heads(group[alive[order]])]]
        taken.append(found)
        is_left[left[found]] = is_right[right[found]] = False
        alive = alive[is_left[left[alive]] & is_right[right[alive]]]
        if not len(alive):
            break
    sizes = [np.bincount(group[_firsts(ends)]) for ends in (left, right)]
    chosen = np.concatenate(taken)
    is_short = np.bincount(group[chosen], minlength=len(sizes[0])) < np.minimum(*sizes)
    again = np.flatnonzero(is_short[group])
    searched = _augmented(left[again].tolist(), right[again].tolist())
    return np.concatenate((chosen[~is_short[group[chosen]]], again[searched]))


def _heads(values: Ints) -> Ints:
    """Return where each run of equal values begins."""
    return np.flatnonzero(np.concatenate((values[:1] == values[:1], values[1:] != values[:-1])))


def _firsts(values: Ints) -> Ints:
    """Return where each value stands first, in the order of the values."""
    order = np.argsort(values, kind="stable")
    return order[_heads(values[order])]


def _leaves(left: Ints, right: Ints) -> Ints:
    for near, far in ((left, right), (right, left)):
        leaf = np.flatnonzero(np.bincount(near)[near] == 1)
        if len(leaf):
            return leaf[_firsts(far[leaf])]
    return np.zeros(0, dtype=np.int64)


def _augmented(left: list[int], right: list[int]) -> list[int]:
    """Return the places of the edges of a maximum matching, found by augmenting paths (Kuhn 1955)."""
    beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, (one, other) in enumerate(zip(left, right, strict=True)):
        beside[one].append((other, place))
    holder: dict[int, tuple[int, int]] = {}
    held: dict[int, int] = {}
    for one in sorted(beside):
        _augment(one, beside, holder, held)
    return sorted(place for _, place in holder.values())


def _augment(
    root: int, beside: dict[int, list[tuple[int, int]]], holder: dict[int, tuple[int, int]], held: dict[int, int]
) -> None:
    """Find a partner for `root`; `holder` says who holds each right end by which edge, `held` which one each left has."""
    # Breadth first and without recursion: a chain of overlaps may be as long as an article.
    came: dict[int, tuple[int, int]] = {}
    waiting = [root]
    for one in waiting:
        for other, place in beside[one]:
            if other in came:
                continue
            came[other] = (one, place)
            if other in holder:
                waiting.append(holder[other][0])
                continue
            end: int | None = other
            while end is not None:
                before, edge = came[end]
                given_up = held.get(before)
                holder[end], held[before] = (before, edge), end
                end = given_up
            return


def paired(corpus: Corpus, edges: Edges, needed: Bools | None = None) -> list[tuple[int, int]]:
    """Return one matching, the same whatever the order of storing and whichever annotator comes first.

    As many pairs as there can be; among those matchings the one with the largest sum of intersection over union; then
    the closest edges; then the pairs that lie first. With `needed` (a flag for each span) only the spans that have to do
    with one of these are paired, as they would be among all.
    """
    if needed is None:
        needed = np.ones(len(corpus.span_article), dtype=bool)
    wanted = needed[edges.left] | needed[edges.right]
    # Most spans meet one other only: these need no search.
    lone = (np.bincount(edges.left)[edges.left] == 1) & (np.bincount(edges.right)[edges.right] == 1)
    found = list(zip(edges.left[lone & wanted].tolist(), edges.right[lone & wanted].tolist(), strict=True))
    edges, wanted = edges.of(~lone), wanted[~lone]
    for rows in _components(edges) if wanted.any() else []:
        if not wanted[rows].any():
            continue
        pairs = [(int(edges.left[row]), int(edges.right[row])) for row in rows]
        weights = [_weight(corpus, int(edges.left[row]), int(edges.right[row]), int(edges.shared[row])) for row in rows]
        found.extend(_best(pairs, weights))
    return sorted(found)


def _components(edges: Edges) -> list[list[int]]:
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(node: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    ends = [((0, left), (1, right)) for left, right in zip(edges.left.tolist(), edges.right.tolist(), strict=True)]
    for one, other in ends:
        parent[root(one)] = root(other)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, (one, _) in enumerate(ends):
        groups[root(one)].append(row)
    return list(groups.values())


Weight = tuple[int, Fraction, int, int]


def _weight(corpus: Corpus, left: int, right: int, shared: int) -> Weight:
    union = int(corpus.span_size[left]) + int(corpus.span_size[right]) - shared
    one, other = corpus.fragments_of(left), corpus.fragments_of(right)
    apart = abs(one[0][0] - other[0][0]) + abs(one[-1][1] - other[-1][1])
    place = one[0][0] + other[0][0] + one[-1][1] + other[-1][1]
    return (1, Fraction(shared, union), -apart, -place)


def _best(pairs: Sequence[tuple[int, int]], weights: Sequence[Weight]) -> list[tuple[int, int]]:
    """Return the matching of the largest total weight, compared part by part, by successive best paths."""
    if len({one for one, _ in pairs}) == 1 or len({other for _, other in pairs}) == 1:
        # One against several, as most are: the best edge is the matching; the first one of equals.
        return [max(sorted(zip(pairs, weights, strict=True)), key=lambda each: each[1])[0]]
    zero: Weight = (0, Fraction(0), 0, 0)
    weight = dict(zip(pairs, weights, strict=True))
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted(pairs):
        beside[one].append(other)
    holder: dict[int, int] = {}
    while True:
        path = _best_path(beside, weight, holder, zero)
        if not path:
            return [(one, other) for other, one in holder.items()]
        holder |= {other: one for one, other in path}


def _best_path(
    beside: dict[int, list[int]], weight: dict[tuple[int, int], Weight], holder: dict[int, int], zero: Weight
) -> list[tuple[int, int]]:
    """Return the edges to take up along the augmenting path that gains most (Bellman and Ford); none: it is done."""
    holds = {one: other for other, one in holder.items()}
    best: dict[int, tuple[Weight, list[tuple[int, int]]]] = {one: (zero, []) for one in beside if one not in holds}
    ends: dict[int, tuple[Weight, list[tuple[int, int]]]] = {}
    changed = True
    while changed:
        changed = False
        for one, (gain, path) in sorted(best.items()):
            for other in beside[one]:
                if holds.get(one) == other:
                    continue
                total = _plus(gain, weight[one, other])
                if other in ends and ends[other][0] >= total:
                    continue
                ends[other] = (total, [*path, (one, other)])
                changed = True
                if other in holder:
                    before = holder[other]
                    best[before] = (_minus(total, weight[before, other]), ends[other][1])
    free = [found for other, found in sorted(ends.items()) if other not in holder]
    top = max(free, key=lambda found: found[0], default=(zero, []))
    return top[1] if top[0] > zero else []


def _plus(one: Weight, other: Weight) -> Weight:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


def _minus(one: Weight, other: Weight) -> Weight:
    return (one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3])
