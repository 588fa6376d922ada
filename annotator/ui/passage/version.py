"""What is laid side by side: the labels of one annotator, or of one solution."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.model.annotation import Annotation


@dataclass(frozen=True, slots=True)
class Version:
    """One lane of a passage view.

    Attributes:
        key: what it is known by, such as the id of an annotator.
        tag: what stands in the margin beside its lane: initials or a number, three letters at most.
        name: what it is called in words.
        annotations: the labels to show, of one article.
        is_aside: whether it stands beside the others and is not compared with them, as gold does: it has a lane only
            where it has a label, and where it alone has one the others have none.
    """

    key: str
    tag: str
    name: str
    annotations: tuple[Annotation, ...] = ()
    is_aside: bool = False


class Edge(NamedTuple):
    """An edge of a mark that another version has elsewhere: a code point; `opens`: whether the mark begins there."""

    position: int
    opens: bool


def differing_edges(versions: Sequence[Version]) -> dict[str, frozenset[Edge]]:
    """Return, by annotation, the outer edges that another version with an overlapping mark of the same label lacks.

    Where another version has no such mark at all, the whole mark is missing there, and no edge of it differs.
    """
    found: dict[str, set[Edge]] = {}
    for version in versions:
        others = [each for each in versions if each.key != version.key]
        for mark in version.annotations:
            for other in others:
                rivals = [
                    each
                    for each in other.annotations
                    if each.article == mark.article and each.label == mark.label and each.span.overlaps(mark.span)
                ]
                if rivals:
                    missing = _edges([mark]) - _edges(rivals)
                    found.setdefault(mark.id, set()).update(missing)
    return {mark: frozenset(edges) for mark, edges in found.items() if edges}


def _edges(annotations: Iterable[Annotation]) -> set[Edge]:
    edges: set[Edge] = set()
    for each in annotations:
        for start, end in each.span.fragments:
            edges |= {Edge(start, opens=True), Edge(end, opens=False)}
    return edges
