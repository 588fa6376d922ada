"""How annotators are told apart where there is no room for names: by initials, and by a colour."""

from collections.abc import Sequence

from annotator.model.annotator import Annotator
from annotator.model.colour import SAFE

_TONES = tuple(SAFE.values())


def initials(names: Sequence[str]) -> list[str]:
    """Return initials that are told apart: where two would be the same, the names' first letters."""
    short = ["".join(word[0] for word in name.replace("-", " ").split())[:3].upper() for name in names]
    return [name[:3] if short.count(tag) > 1 else tag for name, tag in zip(names, short, strict=True)]


def color_of(annotator: Annotator, place: int) -> str:
    """Return an annotator's colour, or one of the eight safe tones by the place among all."""
    return annotator.color or _TONES[place % len(_TONES)]
