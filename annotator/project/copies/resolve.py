"""From a plan and what somebody has decided to the rows that are to be written. A function of values."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.errors import RuleError
from annotator.project.copies import parts
from annotator.project.copies.decided import bare, followed
from annotator.project.copies.plan import CopiesPlan, Fate, Image, Item, Rule
from annotator.project.copies.settle import newest, speaks_of
from annotator.text.reanchor import SURE

Key = tuple[str, str]
MERGED = (
    "annotator", "text", "article", "blocks", "annotation", "link", "state", "assignment", "thread", "message", "decision",
    "handout", "visit",
)  # fmt: skip
"""Nouns in the order in which rows can be written: none speaks of one behind it. They are taken away the other way."""


@dataclass(slots=True)
class Resolved:
    """What is to be written.

    Attributes:
        writes: rows in an order in which they can be written; None: taken away.
        removed: ids of articles to be removed with everything in them.
        book: the codebook's content as it is to be, where it changes; the revisions of the plan go before it.
        visits: what is to be remembered of the copies.
        taken, left: how many things were taken, and how many were left as they are here.
    """

    writes: list[tuple[str, str, Image | None]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    book: str = ""
    visits: list[dict[str, Any]] = field(default_factory=list)
    taken: int = 0
    left: int = 0


def undecided(plan: CopiesPlan, choices: Mapping[str, int], rule: Rule | None) -> list[Item]:
    """Return the conflicts that neither a choice nor the rule decides."""
    return [] if rule else [each for each in plan.conflicts if each.id not in choices and each.score >= SURE]


def chosen(item: Item, choices: Mapping[str, int], rule: Rule | None) -> int:
    """Return the number of the version that is taken.

    No rule takes a doubtful place, or removes an article: that is done by a choice only.

    Raises:
        RuleError: the choice is none of the versions.
    """
    choice = choices.get(item.id)
    if choice is not None:
        if not 0 <= choice < len(item.versions):
            raise RuleError(f"“{item.words}” has {len(item.versions)} versions, and {choice} is none of them.")
        return choice
    if item.fate is not Fate.CONFLICT:
        return 1
    if rule in (None, Rule.OURS) or item.score < SURE or (item.noun == "article" and item.versions[-1].image is None):
        return 0
    first = 1 if rule is Rule.THEIRS else 0
    dated = {
        at: (version.when, dict(version.image) if version.image is not None else None)
        for at, version in enumerate(item.versions)
        if at >= first
    }
    return newest(dated)


def resolve(plan: CopiesPlan, choices: Mapping[str, int], rule: Rule | None) -> Resolved:
    """Return what is to be written.

    Raises:
        RuleError: a choice is none of the versions.
    """
    picked = {each.id: chosen(each, choices, rule) for each in (*plan.items, *plan.conflicts)}
    leads = {each.id: each for each in plan.conflicts}
    for each in plan.items:
        if each.follows:
            picked[each.id] = followed(each, leads[each.follows], picked[each.follows])
    final = _final(plan, picked)
    _keep_what_stays(plan, picked, final)
    removed = [each.key for each in plan.conflicts if each.noun == "article" and _is_removed(each, picked)]
    dropped = _dropped(plan, picked) | set(removed)
    people = _unwanted(plan, picked)
    lost: set[Key] = {key for key, image in final.items() if _lies_in(key, image, dropped) or speaks_of(image) & people}
    for key in lost:
        del final[key]
    declined = {each.id for each in plan.items if picked[each.id] == 0 and not each.follows}
    declined |= {each.id for each in plan.conflicts if each.score < SURE and picked[each.id] == 0}
    declined |= {f"{noun}:{key}" for noun, key in lost}
    speaking = {key: final[key] for key in final if key[0] in ("link", "message")}
    ended = _settle_ends(plan, final)
    # Where somebody has decided that its end stays away, that is decided too; where the end was only left, it is offered
    # again along with it.
    away = declined | {f"{each.noun}:{each.key}" for each in plan.unplaced}
    declined |= {f"{noun}:{key}" for noun, key in ended if _ends(speaking[noun, key]) & away}
    lost |= ended
    found = Resolved(removed=removed)
    found.writes = list(_ordered(final))
    found.book = _book(plan, picked, final)
    told = [each for each in (*plan.items, *plan.conflicts) if each.fate is not Fate.SAME]
    found.taken = sum(picked[each.id] > 0 and (each.noun, each.key) not in lost for each in told)
    found.left = len(told) - found.taken
    found.visits = list(_visits(plan, declined))
    return found


def _keep_what_stays(plan: CopiesPlan, picked: Mapping[str, int], final: dict[Key, Image | None]) -> None:
    """Leave links and answers alone that went with something only, where it was decided that it stays."""
    kept = {
        each.id
        for each in plan.conflicts
        if each.versions[picked[each.id]].image is not None and any(version.image is None for version in each.versions)
    }
    for each in plan.items:
        key = (each.noun, each.key)
        if each.noun in ("link", "message") and final.get(key, each) is None and _ends(each.versions[0].image) & kept:
            del final[key]


def _is_removed(item: Item, picked: Mapping[str, int]) -> bool:
    return item.versions[0].image is not None and item.versions[picked[item.id]].image is None


def _final(plan: CopiesPlan, picked: Mapping[str, int]) -> dict[Key, Image | None]:
    """Return what stands under each key then; keys of which the project's version stays are not in it."""
    final: dict[Key, Image | None] = {}
    stays = {(noun, to) for (noun, _), to in plan.replaced.items()}
    for each in (*plan.items, *plan.conflicts):
        key = (each.noun, each.key)
        if each.noun in ("part", "visit") or (picked[each.id] == 0 and key not in stays):
            continue
        if not (each.noun == "article" and _is_removed(each, picked)):
            final[key] = bare(each.versions[picked[each.id]].image)
    for link, image in plan.moved.items():
        final.setdefault(("link", link), image)
    final.update(dict.fromkeys(plan.replaced, None))
    return final


def _dropped(plan: CopiesPlan, picked: Mapping[str, int]) -> set[str]:
    """Return the ids of new articles that are not wanted, and those of their texts."""
    unwanted = [each for each in plan.items if each.noun == "article" and each.fate is Fate.NEW and not picked[each.id]]
    texts = {each.versions[1].image["text"] for each in unwanted if each.versions[1].image}
    return {each.key for each in unwanted} | texts


def _unwanted(plan: CopiesPlan, picked: Mapping[str, int]) -> set[str]:
    """Return the ids of annotators who are not in the project and are not wanted there; what they did stays away as well."""
    found = {
        each.key
        for each in (*plan.items, *plan.conflicts)
        if each.noun == "annotator" and not picked[each.id] and each.versions[0].image is None
    }
    while more := {
        each.key
        for each in plan.items
        if each.noun == "annotator"
        and each.key not in found
        and speaks_of(each.versions[picked[each.id]].image) & found
    }:
        found |= more
    return found


def _lies_in(key: Key, image: Image | None, dropped: set[str]) -> bool:
    article = (image or {}).get("article", "")
    return article in dropped or (key[0] in ("text", "blocks", "article") and key[1] in dropped)


def _ends(image: Image | None) -> set[str]:
    """Return the ids of the items that a link or message speaks of."""
    found = image or {}
    return {
        f"{noun}:{found[name]}"
        for name, noun in (("origin_id", "annotation"), ("target", "annotation"), ("thread", "thread"))
        if found.get(name)
    }


def _settle_ends(plan: CopiesPlan, final: dict[Key, Image | None]) -> set[Key]:
    """Take links with what they joined, and messages with their thread; return what could not be taken for that."""

    def stands(annotation: str | None) -> bool:
        if annotation is None:
            return True
        if ("annotation", annotation) in final:
            return final["annotation", annotation] is not None
        return annotation in plan.present

    going = [key for (noun, key), image in final.items() if noun == "annotation" and image is None]
    for annotation in going:
        for link in plan.attached.get(annotation, {}):
            final.setdefault(("link", link), None)
    known = {link for some in plan.attached.values() for link in some}
    lost: set[Key] = set()
    for (noun, key), image in list(final.items()):
        if noun == "link" and image is not None and not (stands(image["origin_id"]) and stands(image["target"])):
            lost.add((noun, key))
            del final[noun, key]
            if key in known:
                final[noun, key] = None
    return lost | _settle_threads(plan, final)


def _settle_threads(plan: CopiesPlan, final: dict[Key, Image | None]) -> set[Key]:
    """Take messages with the thread they stand in; return those that come in for one that goes."""
    going = [key for (noun, key), image in final.items() if noun == "thread" and image is None]

    def stands(thread: str) -> bool:
        return final[key] is not None if (key := ("thread", thread)) in final else thread in plan.present

    lost = {
        key for key, image in final.items() if key[0] == "message" and image is not None and not stands(image["thread"])
    }
    for key in lost:
        del final[key]
    for thread in going:
        final.update((("message", message), None) for message in plan.answers.get(thread, ()))
    return lost


def _ordered(final: Mapping[Key, Image | None]) -> Iterator[tuple[str, str, Image | None]]:
    """Yield rows to write, then rows to take away, so that no row ever speaks of one that is not there."""
    places = {noun: place for place, noun in enumerate(MERGED)}

    def order(key: Key) -> tuple[int, Any, str]:
        image = final[key] or {}
        return places[key[0]], image.get("place", 0) if key[0] == "article" else 0, key[1]

    for key in sorted(final, key=order):
        if final[key] is not None:
            yield *key, final[key]
    for key in sorted(final, key=order, reverse=True):
        if final[key] is None:
            yield *key, None


def _book(plan: CopiesPlan, picked: Mapping[str, int], final: Mapping[Key, Image | None]) -> str:
    """Return the codebook as it is to be, as JSON; empty where it stays as it is."""
    ours = dict(plan.book)
    made = dict(ours)
    for each in (*plan.items, *plan.conflicts):
        if each.noun == "part":
            image = each.versions[picked[each.id]].image
            if image is None:
                made.pop(each.key, None)
            else:
                made[each.key] = image
    used = {
        image["label"]: plan.known[image["label"]]
        for (noun, _), image in final.items()
        if noun == "annotation" and image is not None and image["label"] in plan.known
    }
    # A label that one side took out while the project has labelled with it stays as well.
    used.update((key, plan.known[key]) for key in plan.labels if key in plan.known)
    content = json.dumps(parts.assemble(made, plan.orders, ours, used).to_dict(), ensure_ascii=False)
    same = json.dumps(parts.assemble(ours, plan.orders, ours, {}).to_dict(), ensure_ascii=False) == content
    return "" if same and not plan.books else content


def _visits(plan: CopiesPlan, declined: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of what was merged, and those of earlier merges of whose rest something was settled now."""
    left = _left(plan, declined)
    for visit in plan.visits:
        kept = {name: value for name, value in visit.items() if name != "file_number"}
        yield {**kept, "untaken": [list(each) for each in sorted(left[visit["file_number"]])]}
    if plan.is_empty:  # nothing was asked, so nothing is settled
        return
    settled: dict[str, set[Key]] = defaultdict(set)
    for number, visit, looked_at in plan.waiting:
        settled[visit["id"]] |= looked_at - left[number]
    for visit in {visit["id"]: visit for _, visit, _ in plan.waiting}.values():
        untaken = [each for each in visit["untaken"] if tuple(each) not in settled[visit["id"]]]
        if untaken != visit["untaken"]:
            yield {**visit, "untaken": untaken}


def _left(plan: CopiesPlan, declined: set[str]) -> dict[int, set[Key]]:
    """Return by file what found no place or was declined, under the keys that the file has for it: it is offered again."""
    found: dict[int, set[Key]] = defaultdict(set)
    for each in plan.unplaced:
        found[each.file].add((each.noun, each.key))
    for item, sources in plan.sources.items():
        if item in declined:
            for file, noun, key in sources:
                found[file].add((noun, key))
    return found


def revisions(plan: CopiesPlan, book: str) -> Sequence[tuple[str, str, str | None, str]]:
    """Return the revisions to append: content, note, annotator and time (empty: now)."""
    if not book:
        return []
    found: list[tuple[str, str, str | None, str]] = [
        (each.content, each.note, each.annotator, each.made_at) for each in plan.books
    ]
    if not found or found[-1][0] != book:
        found.append((book, "From several copies", None, ""))
    return found
