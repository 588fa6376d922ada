"""Two files of one person: what one of them has seen of the other and gone beyond does not count twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.project.copies.proposals import Said
from annotator.project.copies.reading import Copy
from annotator.project.copies.settle import Proposal
from annotator.store.versions import Key


def without_superseded(said: Sequence[Said]) -> list[Proposal]:
    """Return what some copies say, without what another copy knew of when it went on.

    Copies of a copy share steps, as do a copy and one that it was merged into. What one has as it was after the last
    step that the other knows, and the other has changed since or decided against, is the other's past. Proposals that
    nothing is to change dissent where both have gone on from what both had made, and are left out otherwise.
    """
    paired = _pairs(said)
    found = []
    for each in (proposal for some in said for proposal in some.proposals):
        pairs = paired[each.copy]
        key = each.noun, each.source
        if any(pair.is_past(each, key) for pair in pairs):
            continue
        if each.dissents and any(pair.differ(key) for pair in pairs):
            found.append(each)
        elif each.base != each.theirs:  # what was put back by hand is another row than before: changed later
            found.append(replace(each, dissents=False) if each.dissents else each)
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two copies that share steps, and the number of the last one that they do in each; 0 where one does not know it."""

    mine: Said
    other: Said
    cut: int
    there: int

    def is_past(self, each: Proposal, key: Key) -> bool:
        """Whether what the first says is what the second went on from."""
        if _has_removed_thread(self.other.copy, each):
            return False
        here, there = self.mine.touched.get(key), self.other.touched.get(key)
        if here is None or here.step <= self.cut:
            return there is None or there.step > self.there
        return self.mine.is_as_after(key, self.cut) and not self.other.is_as_after(key, self.there)

    def differ(self, key: Key) -> bool:
        """Whether both went on."""
        return not self.mine.is_as_after(key, self.cut) and not self.other.is_as_after(key, self.there)


def _pairs(said: Sequence[Said]) -> dict[int, list[_Pair]]:
    """Return by its number with which copies one shares steps."""
    known = _known([each.copy for each in said])
    by = {each.copy.number: each for each in said}
    found: dict[int, list[_Pair]] = defaultdict(list)
    for (mine, other), cut in known.items():
        found[mine].append(_Pair(by[mine], by[other], cut, known.get((other, mine), 0)))
    return found


def _has_removed_thread(other: Copy, each: Proposal) -> bool:
    """Whether a message went only because all of its note did there: what comes of the note decides about it then."""
    if each.noun != "message" or each.theirs is None:
        return False
    thread: Key = ("thread", each.theirs["thread"])
    return thread in other.touched and thread not in other.theirs


def _known(copies: Sequence[Copy]) -> dict[tuple[int, int], int]:
    """Return how far the second of two copies knows the first: the number of a step of the first."""
    owners: dict[str, list[int]] = defaultdict(list)
    for copy in copies:
        for step in {*(each["id"] for each in copy.looked_at), *copy.visited}:
            owners[step].append(copy.number)
    found: dict[tuple[int, int], int] = {}
    for copy in copies:
        for step in copy.looked_at:
            for other in owners[step["id"]]:
                if other != copy.number:
                    found[copy.number, other] = step["number"]
    return found
