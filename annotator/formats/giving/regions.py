"""Spans of several fragments as regions of one each, for formats that join regions by links."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotator.model.annotation import Annotation
from annotator.model.span import Fragment

CONTINUES = "continues"
"""The word for the link from a fragment to the next one of the same span."""


@dataclass(frozen=True, slots=True)
class Region:
    """One fragment of an annotation; `number` counts from 0. The first one's key is the annotation's id."""

    key: str
    number: int
    fragment: Fragment
    annotation: Annotation


def regions_of(annotation: Annotation) -> Iterator[Region]:
    """Yield the fragments of an annotation as regions, in order."""
    for number, fragment in enumerate(annotation.span.fragments):
        yield Region(f"{annotation.id}-{number + 1}" if number else annotation.id, number, fragment, annotation)


def continued(annotation: Annotation) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys: a region and the one that continues it."""
    keys = [region.key for region in regions_of(annotation)]
    yield from pairwise(keys)
