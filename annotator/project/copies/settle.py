"""Three-way: what a copy had when it parted, what it has now, and what the project has. Functions of values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from annotator.model.article import State

Image = dict[str, Any]

_PASSING: dict[str, frozenset[str]] = {
    "annotation": frozenset({"id", "revision", "made_at", "changed_at", "origin", "codebook"}),
    "link": frozenset({"id", "revision", "made_at", "changed_at", "origin", "codebook", "place"}),
    "state": frozenset({"changed_at"}),
    "thread": frozenset({"id", "made_at", "changed_at"}),
    # Who answered is not told in a copy that was handed out.
    "message": frozenset({"id", "made_at", "changed_at", "annotator"}),
    "article": frozenset(
        {"id", "place", "text", "added_at", "source", "source_hash", "importer", "encoding", "report"}
    ),
    "assignment": frozenset({"place", "made_at"}),
    "annotator": frozenset({"id", "made_at", "repeats"}),
    # Two who decide alike agree, whoever they are.
    "decision": frozenset({"id", "made_at", "changed_at", "codebook", "annotator", "thread"}),
    "handout": frozenset({"made_at"}),
    "visit": frozenset({"made_at", "file", "untaken", "alias", "steps"}),
    "text": frozenset({"id"}),
}
"""What tells nothing about the thing itself: two that differ in this only are the same."""
_ORIGINS = ("hand", "proposal", "import")
_FAR = [State.NEW, State.EMPTY, State.IN_PROGRESS, State.DONE]
"""How far a state is. Who has begun to label in an article did not find it empty."""


class Outcome(Enum):
    """What a copy's version of something means."""

    NOTHING = auto()
    """The copy has not changed it."""
    SAME = auto()
    """Both have changed it, alike."""
    TAKE = auto()
    """Only the copy has changed it."""
    CONFLICT = auto()
    """Both have changed it, differently."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one copy says about one row.

    Attributes:
        copy: the copy's number.
        source: the row's key in the copy.
        base: what stood there when copy and project parted; `theirs` what stands there now. None: nothing.
        who: id of the annotator who touched it last; `when`: when that was.
        dissents: whether it says that all stays as it was, against another copy that goes on from what both had made.
    """

    copy: int
    noun: str
    key: str
    source: str
    base: Image | None
    theirs: Image | None
    who: str = ""
    when: str = ""
    score: float = 1.0
    dissents: bool = False


def substance(noun: str, image: Image | None) -> str:
    """Return what of an image makes it itself, as a string to compare; empty for what is not there."""
    if image is None:
        return ""
    passing = _PASSING.get(noun, frozenset())
    return json.dumps({name: value for name, value in image.items() if name not in passing}, sort_keys=True)


def speaks_of(image: Mapping[str, Any] | None) -> set[str]:
    """Return the ids of the annotators without whom an image could not be written."""
    return {each for name in ("annotator", "repeats") if (each := (image or {}).get(name))}


def outcome(noun: str, base: Image | None, theirs: Image | None, ours: Image | None) -> Outcome:
    """Return what it means that a copy has `theirs` where both had `base` and the project has `ours`."""
    if theirs == base:
        return Outcome.NOTHING
    if base is None and ours is None:  # what nearly everything is, without a look into it
        return Outcome.TAKE
    was, there, here = (substance(noun, each) for each in (base, theirs, ours))
    if there == here:
        return Outcome.SAME
    if there == was:
        return Outcome.NOTHING
    return Outcome.TAKE if here == was else Outcome.CONFLICT


def joined(images: Iterable[Image]) -> Image:
    """Return one image of several that say the same: made when the first was, changed when the last was.

    It does not matter in which order they come, nor how often.
    """
    found = list(images)
    if len(found) == 1:
        return found[0]
    found.sort(key=lambda each: json.dumps(each, sort_keys=True))
    made = dict(found[0])
    for name, choose in (("made_at", min), ("added_at", min), ("place", min), ("changed_at", max), ("revision", max)):
        if name in made:
            made[name] = choose(each[name] for each in found)
    if "codebook" in made:
        made["codebook"] = max(each["codebook"] for each in found)
    if "origin" in made:
        made["origin"] = min((each["origin"] for each in found), key=_ORIGINS.index)
    if "repeats" in made:
        made["repeats"] = next((each["repeats"] for each in found if each["repeats"]), None)
    if "annotator" in made:
        made["annotator"] = next((each["annotator"] for each in found if each["annotator"]), None)
    return made


def farthest(images: Iterable[Image | None]) -> Image | None:
    """Return the state that is farthest; of equal ones the later."""
    found = [each for each in images if each is not None]
    return max(found, key=lambda each: (_FAR.index(State(each["state"])), each["changed_at"]), default=None)


def newest(versions: Mapping[int, tuple[str, Image | None]]) -> int:
    """Return which of some versions was done last; of equal times the same one every time, whatever their order."""
    if len(versions) == 1:
        return next(iter(versions))
    return max(versions, key=lambda each: (versions[each][0], json.dumps(versions[each][1], sort_keys=True)))
