"""A division of the articles into parts for training and testing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """Which article is in which part.

    Attributes:
        id: a UUID, made where the split was made.
        name: unique within a project.
        by: ``article`` or ``story``: what never lies on both sides. Copies of one text never do either way.
        seed: what the dice were started with: the same project, shares and seed give the same split.
        shares: pairs of a part's name and its share, as they were asked for.
        parts: pairs of a part's name and the ids of its articles. Articles that came later are in none.
        made_at: ISO 8601 in UTC.
    """

    id: str
    name: str
    by: str
    seed: int
    shares: tuple[tuple[str, float], ...]
    parts: tuple[tuple[str, frozenset[str]], ...]
    made_at: str = ""
