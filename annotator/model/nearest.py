"""Which annotations a relation most likely points at."""

from collections.abc import Iterable

from annotator.model.annotation import Annotation
from annotator.model.codebook import Relation


def nearest(relation: Relation, source: Annotation, others: Iterable[Annotation], most: int = 9) -> list[Annotation]:
    """Return the annotations of the same article that `relation` may point at from `source`, the nearest first.

    Distance is counted in code points between the spans' outer edges, 0 where they overlap or nest; of equally near ones
    the one that stands before `source` comes first, since what is answered was mostly said before. At most `most`
    are returned, as many as there are digit keys.
    """
    found = [
        other
        for other in others
        if other.label in relation.targets and other.article == source.article and other.id != source.id
    ]
    return sorted(
        found, key=lambda other: (_distance(source, other), other.span.start > source.span.start, other.order)
    )[:most]


def _distance(one: Annotation, other: Annotation) -> int:
    return max(0, other.span.start - one.span.end, one.span.start - other.span.end)
