"""How annotators are told apart where there is no room for names: by a few letters, and by a colour."""

from collections.abc import Sequence

from annotator.model.annotator import Annotator
from annotator.model.colour import SAFE

_TONES = tuple(SAFE.values())


def tags(people: Sequence[Annotator]) -> list[str]:
    """Return what stands beside the lane of each, three letters at most, told apart.

    It is the short name, else initials; where two would be the same, the name's first letters, else a number.
    """
    found = [each.initials[:3] for each in people]
    found = [
        each.name[:3] if not each.short and found.count(tag) > 1 else tag
        for each, tag in zip(people, found, strict=True)
    ]
    return [
        f"{tag[:1]}{found[:place].count(tag) + 1}" if found.count(tag) > 1 else tag for place, tag in enumerate(found)
    ]


def color_of(annotator: Annotator, place: int) -> str:
    """Return an annotator's colour, or one of the eight safe tones by the place among all."""
    return annotator.color or _TONES[place % len(_TONES)]
