"""The same label put twice, apart: by one person on two machines, or by an import in two copies. It is one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.project.copies.names import Names
from annotator.project.copies.reading import Here
from annotator.project.copies.settle import Image, Proposal
from annotator.store import versions
from annotator.store.versions import Key

Sign = tuple[str, ...]


@dataclass(slots=True)
class Twins:
    """What joining came to.

    Attributes:
        ours: rows of the project under the id that stays.
        replaced: the project's labels and links that are continued under another id, and that id.
        moved: the project's links of such labels, as they are then.
    """

    proposals: list[Proposal]
    ours: dict[Key, Image] = field(default_factory=dict)
    replaced: dict[Key, str] = field(default_factory=dict)
    moved: dict[str, Image] = field(default_factory=dict)


def join_twins(here: Here, proposals: Iterable[Proposal], names: Names) -> Twins:
    """Let labels with the same annotator, article, label and span be one, under the smallest id; and links alike.

    Where their attributes or notes differ, they are two versions of one label, and somebody decides.
    """
    twins = Twins(list(proposals))
    _join(twins, names, "annotation", _own_labels(here, twins.proposals))
    renamed = {key: to for (_, key), to in twins.replaced.items()}
    twins.proposals = [_relinked(each, names) for each in twins.proposals]
    stored = _own_links(here, twins.proposals, renamed)
    links = {key: _moved(image, renamed) for key, image in stored.items()}
    _join(twins, names, "link", links)
    twins.moved = {
        key: image for key, image in links.items() if image != stored[key] and ("link", key) not in twins.replaced
    }
    twins.ours.update((("link", key), image) for key, image in twins.moved.items())
    return twins


def _own_labels(here: Here, proposals: Iterable[Proposal]) -> dict[str, Image]:
    """Return the project's labels that could be a twin of one that comes in."""
    wanted: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for each in proposals:
        if each.noun == "annotation" and each.theirs and each.theirs["fragments"]:
            image = each.theirs
            wanted[image["article"]].add((image["annotator"], image["label"], image["fragments"][0][0]))
    return {image["id"]: image for image in versions.twins(here.db, wanted)}


def _own_links(here: Here, proposals: Iterable[Proposal], renamed: Mapping[str, str]) -> dict[str, Image]:
    ends = {
        end
        for each in proposals
        if each.noun == "link" and each.theirs
        for end in (each.theirs["origin_id"], each.theirs["target"])
        if end
    }
    return versions.links_of(here.db, sorted({*ends, *renamed, *renamed.values()}))


def _join(twins: Twins, names: Names, noun: str, own: Mapping[str, Image]) -> None:
    groups: dict[Sign, set[str]] = defaultdict(set)
    leaving = {each.key for each in twins.proposals if each.noun == noun and _leaves(each, own.get(each.key))}
    for each in twins.proposals:
        if each.noun == noun and each.theirs:
            groups[_sign(noun, each.theirs)].add(each.key)
    for key, image in own.items():
        if key not in leaving and _sign(noun, image) in groups:
            groups[_sign(noun, image)].add(key)
    stays = {key: min(group) for group in groups.values() if len(group) > 1 for key in group}
    if not stays:
        return
    twins.proposals = [
        replace(each, key=stays[each.key], base=None, theirs=_renamed(each.theirs, stays[each.key]))
        if each.noun == noun and each.key in stays
        else each
        for each in twins.proposals
    ]
    for key, to in stays.items():
        names.join(noun, key, to)
        if key in own:
            twins.ours[noun, to] = _renamed(own[key], to) or {}
            if key != to:
                twins.replaced[noun, key] = to


def _leaves(proposal: Proposal, own: Image | None) -> bool:
    """Whether a copy has taken away, or moved elsewhere, a label that stands in the project as it was."""
    if own is None or proposal.base is None:
        return False
    return proposal.theirs is None or _sign(proposal.noun, proposal.theirs) != _sign(proposal.noun, own)


def _sign(noun: str, image: Mapping[str, Any]) -> Sign:
    if noun == "link":
        return (image["annotator"], image["kind"], image["origin_id"], image["target"] or "")
    fragments = (f"{start}-{end}" for start, end, _ in image["fragments"])
    return (image["annotator"], image["article"], image["label"], *fragments)


def _renamed(image: Image | None, key: str) -> Image | None:
    return None if image is None else {**image, "id": key}


def _relinked(proposal: Proposal, names: Names) -> Proposal:
    """Return a link whose ends bear the ids that stay."""
    if proposal.noun != "link":
        return proposal
    found = [
        image
        and {
            **image,
            "origin_id": names.of("annotation", image["origin_id"]),
            "target": image["target"] and names.of("annotation", image["target"]),
        }
        for image in (proposal.base, proposal.theirs)
    ]
    return replace(proposal, base=found[0], theirs=found[1])


def _moved(image: Image, renamed: Mapping[str, str]) -> Image:
    ends = {end: renamed.get(image[end], image[end]) for end in ("origin_id", "target")}
    return {**image, **ends}
