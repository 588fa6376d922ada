"""Links need both ends: what one side deletes and the other has linked since is for a person to decide."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from annotator.project.copies.names import Names
from annotator.project.copies.naming import HomelessError, Translation
from annotator.project.copies.plan import Fate, Item, Version
from annotator.project.copies.reading import Copy, Here
from annotator.store import threads, versions

_LINKED = "One side has deleted it, and the other has linked it since."


def settle_links(  # noqa: PLR0917 - what a draft knows by then
    here: Here,
    copies: Sequence[Copy],
    names: Names,
    items: list[Item],
    conflicts: list[Item],
    replaced: Mapping[tuple[str, str], str],
    translations: Mapping[int, Translation],
) -> tuple[dict[str, dict[str, Any]], frozenset[str]]:
    """Make conflicts of deleted labels that new links speak of.

    Return the project's links by the labels that may go, and which labels that links speak of the project has.
    """
    coming = [each for each in (*items, *conflicts) if each.noun == "link"]
    ends = {
        end
        for each in coming
        for version in each.versions
        if version.image
        for end in (version.image["origin_id"], version.image["target"])
        if end
    }
    present = {key for _, key in versions.standing(here.db, [("annotation", end) for end in ends])}
    present |= set(replaced.values())
    going = {
        each.key: each
        for each in (*items, *conflicts)
        if each.noun == "annotation" and any(version.image is None for version in each.versions[1:])
    }
    attached = _attached(here, going)
    deciding = {each.key for each in conflicts if each.noun == "annotation"}
    linked = {end for end in ends & going.keys() if _links_to(coming, end)}
    for key in sorted(linked | _linked_since(here, copies, going, attached, coming)):
        if key not in deciding:
            items.remove(going[key])
            conflicts.append(replace(going[key], fate=Fate.CONFLICT, why=_LINKED))
            deciding.add(key)
    arriving = {each.key for each in (*items, *conflicts) if each.noun == "annotation"}
    for end in sorted(ends - present - arriving):
        found = _gone(here, copies, names, end, translations)
        if found is not None:
            conflicts.append(found)
    return attached, frozenset(present)


def _attached(here: Here, going: Mapping[str, Item]) -> dict[str, dict[str, Any]]:
    """Return the project's links by the labels they leave or reach."""
    found: dict[str, dict[str, Any]] = {}
    for key, image in versions.links_of(here.db, going).items():
        for end in {image["origin_id"], image["target"]} & going.keys():
            found.setdefault(end, {})[key] = image
    return found


def _links_to(coming: Sequence[Item], end: str) -> bool:
    """Whether a link that comes in speaks of a label."""
    return any(
        version.image is not None and end in (version.image["origin_id"], version.image["target"])
        for each in coming
        for version in each.versions[1:]
    )


def _linked_since(
    here: Here,
    copies: Sequence[Copy],
    going: Mapping[str, Item],
    attached: Mapping[str, Mapping[str, Any]],
    coming: Sequence[Item],
) -> set[str]:
    """Return the labels that a copy has deleted, and that the project has linked since the two parted."""
    if not attached:
        return set()
    dropped = {each.key for each in coming if each.versions[-1].image is None}
    parted = {copy.number: copy.parted for copy in copies}
    since = min(parted[file] for key in attached for file in going[key].files)
    new = {
        key
        for _, key in versions.touched(here.db, since, [("link", link) for some in attached.values() for link in some])
    }
    steps = {link: versions.last_touch(here.db, ("link", link)) for link in new}
    return {
        key
        for key, some in attached.items()
        for link in some
        if link not in dropped
        and (touch := steps.get(link)) is not None
        and touch.step > min(parted[file] for file in going[key].files)
    }


def _gone(
    here: Here, copies: Sequence[Copy], names: Names, end: str, translations: Mapping[int, Translation]
) -> Item | None:
    """Return what is to be decided about a label that the project has deleted and a copy has linked since."""
    for copy in copies:
        for key, image in copy.ends.items():
            if names.of("annotation", key) == end:
                found = _brought_back(here, translations[copy.number], key, image)
                if found is None:
                    return None
                made, score = found
                words = " … ".join(each[2] for each in image["fragments"])
                touch = versions.last_touch(here.db, ("annotation", end))
                ours = Version(None, (), "", touch.made_at if touch else "")
                theirs = Version(made, (copy.number,), copy.annotators[image["annotator"]].name, image["changed_at"])
                return Item(
                    "annotation",
                    end,
                    Fate.CONFLICT,
                    (ours, theirs),
                    here.annotators[made["annotator"]].name,
                    made["article"],
                    words,
                    _LINKED,
                    score,
                )
    return None


def _brought_back(
    here: Here, translation: Translation, key: str, image: dict[str, Any]
) -> tuple[dict[str, Any], float] | None:
    """Return a label of a copy as the project would have it and how sure its place is; None where it has no place."""
    try:
        translation.refuse_replaced(image["article"])
        made = translation.image("annotation", key, image)
    except HomelessError:
        return None
    if made is None or made["article"] not in here.marks or made["annotator"] not in here.annotators:
        return None
    anchor = translation.anchors.get(key)
    return made, anchor.score if anchor else 1.0


def settle_answers(here: Here, items: list[Item], conflicts: list[Item]) -> dict[str, list[str]]:
    """Make conflicts of notes that a copy has taken away and somebody has answered here.

    Return the messages of the project by the note that may go.
    """
    going = {each.key: each for each in items if each.noun == "thread" and each.fate is Fate.DELETED}
    gone = {each.key for each in items if each.noun == "message" and each.fate is Fate.DELETED}
    found = {key: threads.message_keys(here.db, key) for key in going}
    for key, messages in found.items():
        if not set(messages) <= gone:
            items.remove(going[key])
            conflicts.append(replace(going[key], fate=Fate.CONFLICT, why="It was taken away there, and answered here."))
    return found


def homeless_answers(here: Here, items: list[Item], conflicts: list[Item]) -> tuple[list[Item], set[str]]:
    """Take the answers to notes that are not there any more out of the items.

    Return them, and the ids of the notes that answers speak of and the project has.
    """
    coming = {each.key for each in (*items, *conflicts) if each.noun == "thread" and each.versions[-1].image}
    threads_of = {
        each.key: image["thread"]
        for each in (*items, *conflicts)
        if each.noun == "message" and (image := each.versions[-1].image) is not None
    }
    standing = {key for _, key in versions.standing(here.db, {("thread", each) for each in threads_of.values()})}
    gone = {key for key, thread in threads_of.items() if thread not in coming | standing}
    lost = [each for each in items if each.noun == "message" and each.key in gone]
    for each in lost:
        items.remove(each)
    return lost, standing


def homeless_links(items: list[Item], conflicts: Sequence[Item], present: AbstractSet[str]) -> list[Item]:
    """Take new links out of the items that join a label which neither the project has nor a copy brings; return them.

    `present` are the labels that links speak of and the project has. What a person may bring by a choice is brought.
    """
    brought = {
        each.key
        for each in (*items, *conflicts)
        if each.noun == "annotation" and any(version.image is not None for version in each.versions)
    }
    lost = [
        each
        for each in items
        if each.noun == "link" and each.fate is Fate.NEW and not ends_of(each) <= present | brought
    ]
    for each in lost:
        items.remove(each)
    return lost


def ends_of(link: Item) -> set[str]:
    """Return the labels that a link which comes in joins."""
    image = link.versions[-1].image or {}
    return {end for name in ("origin_id", "target") if (end := image.get(name))}
