"""The marks of versions, indexed; what was indexed before is taken over, and a version that has hardly changed follows."""

from collections.abc import Sequence

from annotator.model.annotation import Annotation
from annotator.model.span import Fragment
from annotator.ui.reader.marks import MarkIndex

Indexed = tuple[Sequence[Annotation], MarkIndex]
_FEW, _SOME = 4, 12
"""So few marks come or go in an index that holds at least some: gold has another label or two after every decision."""


def indexed(
    before: Sequence[Indexed],
    shown: Sequence[Sequence[Annotation]],
    sections: Sequence[int],
    changed: dict[int, list[Fragment]],
) -> list[Indexed]:
    """Return the marks of versions with their indexes. No index of `before` is good for anything afterwards but by this.

    `changed` is told, by the identity of an index that was there, where marks came into it or went.
    """
    old = [next((each for each in before if each[0] == marks), None) for marks in shown]
    taken = {id(each[1]) for each in old if each is not None}
    left = {id(each[1]): each for each in before if id(each[1]) not in taken}
    made = []
    for known, marks in zip(old, shown, strict=True):
        found = known or next(filter(None, (_followed(each, marks, changed) for each in left.values())), None)
        found = found or (marks, MarkIndex(sections, marks))
        left.pop(id(found[1]), None)
        made.append(found)
    return made


def _followed(before: Indexed, marks: Sequence[Annotation], changed: dict[int, list[Fragment]]) -> Indexed | None:
    """Return an index with these marks, where they are nearly those that it has; None where it cannot be."""
    known, index = before
    if min(len(known), len(marks)) < _SOME:
        return None
    old, new = ({id(each): each for each in some} for some in (known, marks))
    gone = [each for key, each in old.items() if key not in new]
    come = [each for key, each in new.items() if key not in old]
    if len(gone) + len(come) > _FEW:
        return None
    for each in gone:
        index.remove(each.id)
    for each in come:
        index.put(each)
    changed[id(index)] = [piece for each in (*gone, *come) for piece in each.span.fragments]
    return marks, index
