"""The person who labels."""

from dataclasses import dataclass

_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who labels. ``name`` is unique within a project; ``id`` survives renaming and merging.

    Attributes:
        short: a short name or initials; empty: `initials` are made from the name.
        color: the hue as ``#rrggbb``; empty where the window gives one.
        email: an address, or empty.
        repeats: id of the annotator whose second, blind reading this is; empty for a person's first one.
    """

    id: str
    name: str
    made_at: str = ""
    short: str = ""
    color: str = ""
    email: str = ""
    repeats: str = ""

    @property
    def initials(self) -> str:
        """The short name, or the first letters of the name's words."""
        return self.short or "".join(word[0] for word in self.name.split())[:_INITIALS].upper()
