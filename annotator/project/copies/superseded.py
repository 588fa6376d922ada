"""Two files of one person: what one of them has seen of the other and gone beyond does not count twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from annotator.project.copies.reading import Copy
from annotator.project.copies.settle import Proposal
from annotator.store.versions import Key


def without_superseded(copies: Sequence[Copy], proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return the proposals without those that another copy knew of when it went on.

    Copies of a copy share steps, as do a copy and one that it was merged into. What one did before the last step that
    the other knows, and the other has changed since or decided against, is the other's past. Proposals that nothing is
    to change dissent where another copy has gone on from what both had made, and nobody is asked for nothing otherwise.
    """
    proposals = list(proposals)
    known = _known(copies)
    if not known:
        return [each for each in proposals if not each.dissents]
    by = {copy.number: copy for copy in copies}
    last = {(copy.number, key): touch.step for copy in copies for key, touch in copy.touched.items()}
    first = {(copy.number, key): touch.first for copy in copies for key, touch in copy.touched.items()}

    def is_past(each: Proposal) -> bool:
        key: Key = (each.noun, each.source)
        return any(
            last.get((each.copy, key), 0) <= cut
            and not ((other, key) in last and last[other, key] <= known.get((other, each.copy), 0))
            for (mine, other), cut in known.items()
            if mine == each.copy and not _has_removed_thread(by[other], each)
        )

    def is_heard(each: Proposal) -> bool:
        key: Key = (each.noun, each.source)
        return any(
            first[each.copy, key] <= cut < last[each.copy, key]
            and last.get((other, key), 0) > known.get((other, mine), 0)
            for (mine, other), cut in known.items()
            if mine == each.copy
        )

    return [each for each in proposals if (is_heard(each) if each.dissents else not is_past(each))]


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
        for step in {*(each["id"] for each in copy.news), *copy.visited}:
            owners[step].append(copy.number)
    found: dict[tuple[int, int], int] = {}
    for copy in copies:
        for step in copy.news:
            for other in owners[step["id"]]:
                if other != copy.number:
                    found[copy.number, other] = step["number"]
    return found
