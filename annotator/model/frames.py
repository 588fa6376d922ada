"""Attribution frames: a cue with its sources and contents, as functions of annotations and links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.model.annotation import Annotation, Link
from annotator.model.codebook import Codebook, Role


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: the annotation at its cue, and what fills its roles, in the order of joining.

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
    roles = {role.id for role in codebook.roles}
    parts: dict[str, list[tuple[int, str, Annotation]]] = defaultdict(list)
    for link in links:
        if (
            link.kind in roles
            and link.origin_id in annotations
            and link.target is not None
            and link.target in annotations
        ):
            parts[link.origin_id].append((link.place, link.kind, annotations[link.target]))
    cues = sorted((each for each in annotations.values() if each.label in labels), key=lambda each: each.order)
    return {
        cue.id: Frame(cue, tuple((kind, part) for _, kind, part in sorted(parts[cue.id], key=_by_role))) for cue in cues
    }


def _by_role(part: tuple[int, str, Annotation]) -> tuple[str, int, tuple[int, int, str]]:
    place, kind, annotation = part
    return (kind, place, annotation.order)


def nesting(found: Mapping[str, Frame]) -> dict[str, int]:
    """Return how deep each frame is nested in the contents of others: 0 for one that stands alone.

    A frame is nested in another one whose part is the frame itself, or covers its whole cue. Frames that contain each
    other in a ring count as one level.
    """
    outer: dict[str, set[str]] = {key: set() for key in found}
    by_start = sorted(found.values(), key=lambda frame: frame.cue.span.start)
    for frame in found.values():
        for _, part in frame.parts:
            for other in by_start:
                if other.cue.span.start >= part.span.end:
                    break
                if other.cue.id != frame.cue.id and (part.id == other.cue.id or _lies_in(other.cue, part)):
                    outer[other.cue.id].add(frame.cue.id)
    levels: dict[str, int] = {}
    for key in found:
        _level(key, outer, levels, frozenset())
    return levels


def _lies_in(inner: Annotation, outer: Annotation) -> bool:
    return all(
        any(whole.start <= part.start and part.end <= whole.end for whole in outer.span.fragments)
        for part in inner.span.fragments
    )


def _level(key: str, outer: Mapping[str, set[str]], levels: dict[str, int], above: frozenset[str]) -> int:
    if key in levels:
        return levels[key]
    inside = [_level(each, outer, levels, above | {key}) for each in outer[key] if each not in above and each != key]
    levels[key] = 1 + max(inside) if inside else 0
    return levels[key]
