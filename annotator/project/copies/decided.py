"""Decisions with the gold that came of them: two who decided differently are one conflict, and one choice takes all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.project.copies.plan import Fate, Item
from annotator.project.copies.settle import Image, Proposal

LABELS = "labels"
"""In the image of a decision in a plan: what its gold labels are. Two take different versions by labels of the same ids."""
_SAID = ("label", "fragments", "attributes", "note")
_NOUN = "decision"
Key = tuple[str, str]


def gold_of(proposals: Iterable[Proposal], ours: Mapping[Key, Image | None]) -> set[Key]:
    """Return the keys of the project's gold labels that its own decisions among these speak of."""
    told = (ours.get((_NOUN, each.key)) for each in proposals if each.noun == _NOUN)
    return {("annotation", label) for image in told if image is not None for label in image["gold"]}


def with_gold(proposals: Sequence[Proposal], ours: Mapping[Key, Image | None]) -> list[Proposal]:
    """Return what copies say, decisions with what their gold labels are in that copy."""
    said = {(each.copy, each.key): each for each in proposals if each.noun == "annotation"}

    def label(each: Proposal, key: str, *, before: bool) -> Image | None:
        own = said.get((each.copy, key))
        if own is None:
            return ours.get(("annotation", key))
        return own.base if before else own.theirs

    def told(each: Proposal, image: Image | None, *, before: bool) -> Image | None:
        return image and _told(image, {key: label(each, key, before=before) for key in image["gold"]})

    return [
        replace(each, base=told(each, each.base, before=True), theirs=told(each, each.theirs, before=False))
        if each.noun == _NOUN
        else each
        for each in proposals
    ]


def ours_with_gold(ours: Mapping[Key, Image | None]) -> dict[Key, Image | None]:
    """Return what the project has, decisions with what their gold labels are."""
    return {
        key: _told(image, {each: ours.get(("annotation", each)) for each in image["gold"]})
        if key[0] == _NOUN and image is not None
        else image
        for key, image in ours.items()
    }


def bare(image: Mapping[str, Any] | None) -> Image | None:
    """Return an image as it can be written."""
    return None if image is None else {name: value for name, value in image.items() if name != LABELS}


def follow(items: list[Item], conflicts: list[Item]) -> None:
    """Let gold labels follow the decision they came of, where that one is in conflict: nobody decides about them apart."""
    leads = {
        key: each.id
        for each in conflicts
        if each.noun == _NOUN
        for version in each.versions
        if version.image is not None
        for key in version.image["gold"]
    }
    for some in (items, conflicts):
        led = [each for each in some if each.noun == "annotation" and each.key in leads]
        for each in led:
            some.remove(each)
            items.append(replace(each, fate=Fate.CHANGED, why="", score=1.0, follows=leads[each.key]))


def followed(item: Item, lead: Item, choice: int) -> int:
    """Return which version of a gold label goes with a version of the decision that it came of."""
    files = set(lead.versions[choice].files) if choice else set()
    return next((at for at, version in enumerate(item.versions) if at and files & set(version.files)), 0)


def _told(image: Image, labels: Mapping[str, Image | None]) -> Image:
    return {**image, LABELS: [[each[name] for name in _SAID] if each else None for each in labels.values()]}


def labels_of(image: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the gold labels of a decision in a plan: label, fragments, attributes and note of each that is there."""
    return [dict(zip(_SAID, each, strict=True)) for each in image.get(LABELS, ()) if each]
