"""A division of the articles into parts for training and testing."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.counting import counted, noun

KEPT = {"story": "articles of one story", "article": "copies of one text"}


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

    @property
    def advice(self) -> str:
        """A sentence for a split that has a part without an article, and what to do; empty where each has some."""
        bare = [part for part, ids in self.parts if not ids]
        if not bare:
            return ""
        some = sum(len(ids) for _, ids in self.parts)
        least = min(share for part, share in self.shares if part in bare) / sum(share for _, share in self.shares)
        few = f"there {noun(some, 'is', 'are')} only {counted(some, 'article')} for such a share"
        why = few if some * least < 1 else f"{KEPT[self.by]} stay together"
        words = named(bare)
        empty = f"{words[:1].upper()}{words[1:]} of “{self.name}” {noun(len(bare), 'is', 'are')} empty"
        return f"{empty}: {why}. Make a split with fewer parts or larger shares for them."


def named(parts: Sequence[str]) -> str:
    """Return parts in words: ``part dev``, ``parts dev and test``."""
    words = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"{noun(len(parts), 'part')} {words}"
