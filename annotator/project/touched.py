"""How many labels something touches, told so that nobody learns how many are somebody else's."""

from dataclasses import dataclass

from annotator.model.counting import counted


@dataclass(frozen=True, slots=True)
class Touched:
    """How many annotations something touches.

    Attributes:
        count: of everybody.
        own: of the one who is told, where others' are hidden; None: everybody's may be told.
    """

    count: int
    own: int | None = None

    @property
    def seen(self) -> int:
        """How many may be told."""
        return self.count if self.own is None else self.own

    @property
    def others(self) -> bool:
        """Whether there are some that are hidden: that may be told, but not how many."""
        return self.own is not None and self.count > self.own

    @property
    def is_one(self) -> bool:
        """Whether the words speak of a single one."""
        return self.seen == 1 and not self.others

    @property
    def words(self) -> str:
        """``3 annotations``; where others' are hidden, ``3 annotations of yours and some of others``."""
        return self.of("annotation")

    def of(self, noun: str) -> str:
        """Return the words with another noun than annotation, in the singular."""
        if self.others and not self.seen:
            return f"{noun}s of others"
        number = counted(self.seen, noun)
        if self.own is None:
            return number
        return f"{number} of yours{' and some of others' if self.others else ''}"


def touched(alone: str, count: int, own: int) -> Touched:
    """Return how many something touches; `alone`: who is told their own only, empty where everybody's may be told."""
    return Touched(count, own if alone else None)


def at_the_start(words: str) -> str:
    """Return words as they stand at the start of a sentence."""
    return words[:1].upper() + words[1:]
