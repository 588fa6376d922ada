"""Which lane below the words each mark takes, so that no two that overlap share one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MANY = 64
"""From so many overlapping marks on, lanes are given out first come, first served: nobody can read them apart."""


class Stretch(NamedTuple):
    """What one mark takes of one paragraph, gaps between its fragments included.

    Attributes:
        start, end: in code points, half-open.
        size: length of the whole mark from its first to its last character, beyond this paragraph too.
    """

    mark: str
    start: int
    end: int
    size: int


class Lane(NamedTuple):
    """A mark's place: `lane` 0 lies next to the words; `lanes` says how many there are where it lies."""

    lane: int
    lanes: int


def assign_lanes(stretches: Iterable[Stretch]) -> dict[str, Lane]:
    """Return each mark's lane in one paragraph.

    Longer marks lie outside (further from the words) those they contain. A mark keeps its lane through the whole
    paragraph, and the number of lanes is that of the marks it hangs together with, so that a line is as thick where a
    mark ends as where it begins.
    """
    placed: dict[str, Lane] = {}
    for cluster in _clusters(sorted(stretches, key=lambda each: (each.start, each.end, each.mark))):
        lanes = _first_fit(cluster) if len(cluster) > _MANY else _inside_out(cluster)
        depth = max(lanes.values()) + 1
        placed.update((mark, Lane(lane, depth)) for mark, lane in lanes.items())
    return placed


def _clusters(ordered: Sequence[Stretch]) -> Iterable[list[Stretch]]:
    """Yield the groups that hang together by overlaps; `ordered` is sorted by start."""
    cluster: list[Stretch] = []
    reach = 0
    for stretch in ordered:
        if cluster and stretch.start >= reach:
            yield cluster
            cluster = []
        reach = max(reach, stretch.end) if cluster else stretch.end
        cluster.append(stretch)
    if cluster:
        yield cluster


def _inside_out(cluster: Sequence[Stretch]) -> dict[str, int]:
    """Shortest first; a mark goes below all it contains, and beside all it merely crosses."""
    if len(cluster) == 1:
        return {cluster[0].mark: 0}
    lanes: dict[str, int] = {}
    done: list[Stretch] = []
    for stretch in sorted(cluster, key=lambda each: (each.end - each.start, each.size, each.mark)):
        taken = set()
        floor = 0
        for other in done:
            if other.start < stretch.end and stretch.start < other.end:
                taken.add(lanes[other.mark])
                if stretch.start <= other.start and other.end <= stretch.end:
                    floor = max(floor, lanes[other.mark] + 1)
        while floor in taken:
            floor += 1
        lanes[stretch.mark] = floor
        done.append(stretch)
    return lanes


def _first_fit(cluster: Sequence[Stretch]) -> dict[str, int]:
    lanes: dict[str, int] = {}
    ends: list[int] = []
    for stretch in cluster:
        lane = next((lane for lane, end in enumerate(ends) if end <= stretch.start), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = stretch.end
        lanes[stretch.mark] = lane
    return lanes
