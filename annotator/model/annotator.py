"""The person who labels, and the layer that is decided from what persons labelled."""

from dataclasses import dataclass

GOLD = "gold"
_INITIALS = 3


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who labels. ``name`` is unique within a project; ``id`` survives renaming and merging.

    Attributes:
        short: a short name or initials; empty: `initials` are made from the name.
        color: the hue as ``#rrggbb``; empty where the window gives one.
        email: an address, or empty.
        repeats: id of the annotator whose second, blind reading this is; empty for a person's first one.
        kind: empty for a person; `GOLD` for the layer of what was decided, of which a project has one at most.
    """

    id: str
    name: str
    made_at: str = ""
    short: str = ""
    color: str = ""
    email: str = ""
    repeats: str = ""
    kind: str = ""

    @property
    def is_gold(self) -> bool:
        """Whether this is no person, but what was decided from their labels."""
        return self.kind == GOLD

    @property
    def reads_again(self) -> bool:
        """Whether this is the second reading of somebody: blind for as long as it lasts, whatever is opened."""
        return bool(self.repeats)

    @property
    def initials(self) -> str:
        """The short name, or the first letters of the name's words."""
        return self.short or "".join(word[0] for word in self.name.replace("-", " ").split())[:_INITIALS].upper()
