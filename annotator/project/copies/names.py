"""What is one under several ids, in the project and the copies that are merged into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.project.copies.reading import Copy, Here, aliases
from annotator.store.versions import Key

_ELSEWHERE = 2
"""The rank of what neither the project has nor any of the copies brings."""


@dataclass(slots=True)
class Names:
    """Which ids mean one thing.

    Of several ids of one annotator or article that one stays which the project has, or else one that a copy brings; of
    equal ones, as of all other things, the smallest. So it does not matter who found first that they are one, or in
    which order: two files that merge each other in turn keep each its own.

    Attributes:
        ranks: 0 for the annotators and articles that the project has, 1 for those that a copy brings.
        known: what the project knew before this merge.
        told: by number of the copy, what is to know about that.
    """

    ranks: Mapping[Key, int] = field(default_factory=dict)
    known: Mapping[Key, str] = field(default_factory=dict)
    told: dict[int, list[str]] = field(default_factory=dict)
    _to: dict[Key, str] = field(default_factory=dict)

    def of(self, noun: str, key: str) -> str:
        """Return the id that stands for `key`."""
        passed = []
        while (found := self._to.get((noun, key))) is not None:
            passed.append(key)
            key = found
        for each in passed[:-1]:
            self._to[noun, each] = key
        return key

    def join(self, noun: str, key: str, other: str) -> None:
        """Let `key` mean what `other` does. What the project has under two ids stays two."""
        ids = {self.of(noun, key), self.of(noun, other)}
        if len(ids) == 1 or self._are_two(noun, ids):
            return
        goes, stays = sorted(ids, key=lambda each: (self._rank(noun, each), each), reverse=True)
        self._to[noun, goes] = stays

    def knew(self, noun: str, key: str) -> bool:
        """Whether the project knew before this merge what `key` means."""
        return self.known.get((noun, key)) == self.of(noun, key)

    def is_brought(self, noun: str, key: str) -> bool:
        """Whether the project has an annotator or article of this id, or one of the copies brings it."""
        return self._rank(noun, key) < _ELSEWHERE

    @property
    def found(self) -> dict[Key, str]:
        """What is to be remembered with this merge: all that is one and that the project did not know to be."""
        found = {(noun, key): self.of(noun, key) for noun, key in self._to}
        return {key: to for key, to in found.items() if self.known.get(key) != to}

    def tell(self, copy: int, sentence: str) -> None:
        """Remember a sentence about a copy."""
        self.told.setdefault(copy, []).append(sentence)

    def _rank(self, noun: str, key: str) -> int:
        return self.ranks.get((noun, key), _ELSEWHERE)

    def _are_two(self, noun: str, ids: Iterable[str]) -> bool:
        return all(self._rank(noun, each) == 0 for each in ids)


def names_of(here: Here, copies: Sequence[Copy]) -> Names:
    """Return what is one: by earlier merges, annotators by their names, new articles by their texts."""
    ranks = {("annotator", key): 1 for copy in copies for key in copy.annotators}
    ranks |= {("article", key): 1 for copy in copies for key in added(copy, here)}
    ranks |= {("annotator", key): 0 for key in here.annotators} | {("article", key): 0 for key in here.marks}
    own = Names(ranks)
    _join_all(own, here.alias)
    names = Names(ranks, own.found)
    _join_all(names, here.alias)
    _join_all(names, {each for copy in copies for each in aliases(copy.visits)})
    _join_annotators(here, copies, names)
    _join_articles(here, copies, names)
    return names


def added(copy: Copy, here: Here) -> list[str]:
    """Return the articles that the copy has added and the project does not have."""
    return [
        key
        for (noun, key), base in copy.bases.items()
        if noun == "article" and base is None and key in copy.marks and key not in here.marks
    ]


def _join_all(names: Names, found: Iterable[tuple[str, str, str]]) -> None:
    for noun, key, to in sorted(found):
        names.join(noun, key, to)


def _join_annotators(here: Here, copies: Sequence[Copy], names: Names) -> None:
    """Annotators are the same by id, and by name where both were added apart; gold is never one with a person."""
    stays = {(each.name, each.kind): each.id for each in here.annotators.values()}
    for copy in copies:
        for key, annotator in copy.annotators.items():
            if names.of("annotator", key) not in here.annotators:
                names.join("annotator", key, stays.setdefault((annotator.name, annotator.kind), key))
    for copy in copies:
        for key, annotator in copy.annotators.items():
            if names.of("annotator", key) != key and not names.knew("annotator", key):
                names.tell(copy.number, f"“{annotator.name}” was added apart, and is taken for the one of that name.")


def _join_articles(here: Here, copies: Sequence[Copy], names: Names) -> None:
    """Articles are the same by id and text; a text that was added apart is told of and joined."""
    stays: dict[str, str] = {}
    for article, (mark, _) in here.marks.items():
        stays[mark] = min(stays.get(mark, article), article)
    for copy in copies:
        for article in added(copy, here):
            if names.of("article", article) not in here.marks:
                names.join("article", article, stays.setdefault(copy.marks[article][0], article))
    for copy in copies:
        for article in added(copy, here):
            if names.of("article", article) != article and not names.knew("article", article):
                names.tell(
                    copy.number, f"“{copy.titles[article]}” was added apart, with the same text; it stays one article."
                )
