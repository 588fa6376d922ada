"""The person who labels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotator:
    """Somebody who labels. ``name`` is unique within a project; ``id`` survives renaming and merging."""

    id: str
    name: str
    made_at: str = ""
