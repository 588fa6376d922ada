"""Attribution frames: a cue with its sources and contents, as functions of annotations and links."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, Role


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: the annotation at its cue, and what fills its roles: role after role, in the order of joining.

    `parts` are pairs of the role's id and the annotation that fills it; a role may be filled several times or not at all,
    and an annotation may belong to several frames.
    """

    cue: Annotation
    parts: tuple[tuple[str, Annotation], ...] = ()

    def filling(self, role: str) -> tuple[Annotation, ...]:
        """Return what fills one role."""
        return tuple(part for name, part in self.parts if name == role)


def frame_labels(codebook: Codebook) -> frozenset[str]:
    """Return the ids of the labels that open a frame: those with roles."""
    return frozenset(role.frame for role in codebook.roles)


def role_for(codebook: Codebook, frame_label: str, part_label: str) -> Role | None:
    """Return the first role of a frame that a label can fill, or None."""
    return next(
        (role for role in codebook.roles if role.frame == frame_label and part_label in role.labels),
        None,
    )


def frames(codebook: Codebook, annotations: Mapping[str, Annotation], links: Iterable[Link]) -> dict[str, Frame]:
    """Return the frames among `annotations` by the id of their cue, in reading order."""
    labels = frame_labels(codebook)
    roles = {role.id: place for place, role in enumerate(codebook.roles)}
    parts: dict[str, list[tuple[int, int, str, Annotation]]] = defaultdict(list)
    for link in links:
        if (
            link.kind in roles
            and link.origin_id in annotations
            and link.target is not None
            and link.target in annotations
        ):
            parts[link.origin_id].append((roles[link.kind], link.place, link.kind, annotations[link.target]))
    cues = sorted((each for each in annotations.values() if each.label in labels), key=lambda each: each.order)
    return {
        cue.id: Frame(cue, tuple((kind, part) for _, _, kind, part in sorted(parts[cue.id], key=_by_role)))
        for cue in cues
    }


def _by_role(part: tuple[int, int, str, Annotation]) -> tuple[int, int, tuple[int, int, str]]:
    role, place, _, annotation = part
    return (role, place, annotation.order)


def nesting(found: Mapping[str, Frame]) -> dict[str, int]:
    """Return how deep each frame is nested in the contents of others: 0 for one that stands alone.

    A frame is nested in another one whose part is the frame itself, or covers its whole cue. Frames that contain each
    other in a ring stand on one level.
    """
    above = _above(found)
    levels: dict[str, int] = {}
    # Whoever is above a frame, and not in a ring with it, has fewer frames above itself: it comes first here.
    for key in sorted(found, key=lambda each: len(above[each] | {each})):
        levels[key] = max(
            (1 + levels[each] for each in above[key] if each != key and key not in above[each]), default=0
        )
    return {key: levels[key] for key in found}


def _above(found: Mapping[str, Frame]) -> dict[str, set[str]]:
    """Return, for each frame, all frames in which it lies, directly or within others."""
    outer: dict[str, set[str]] = {key: set() for key in found}
    by_start = sorted(found.values(), key=lambda frame: frame.cue.span.start)
    starts = [frame.cue.span.start for frame in by_start]
    for frame in found.values():
        for _, part in frame.parts:
            inside = by_start[bisect_left(starts, part.span.start) : bisect_left(starts, part.span.end)]
            for other in inside:
                if other.cue.id != frame.cue.id and (part.id == other.cue.id or _lies_in(other.cue, part)):
                    outer[other.cue.id].add(frame.cue.id)
    above: dict[str, set[str]] = {}
    for key in found:
        reached: set[str] = set()
        waiting = list(outer[key])
        while waiting:
            each = waiting.pop()
            if each not in reached:
                reached.add(each)
                waiting.extend(outer[each])
        above[key] = reached
    return above


def _lies_in(inner: Annotation, outer: Annotation) -> bool:
    return all(
        any(whole.start <= part.start and part.end <= whole.end for whole in outer.span.fragments)
        for part in inner.span.fragments
    )
