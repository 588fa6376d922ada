"""A codebook taken apart, so that what two people changed in different parts of it goes together."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.model.codebook import Codebook
from annotator.model.codebook_reading import GROUPS
from annotator.model.errors import CodebookError

WHOLE = ("name", "description")
Parts = dict[str, Any]


def parts_of(content: str) -> Parts:
    """Return the parts of a codebook (JSON), by ``group:id``; its name and description by ``codebook:name`` …"""
    book = json.loads(content)
    found: Parts = {f"codebook:{name}": {"words": book[name]} for name in WHOLE}
    for group in GROUPS:
        found.update((f"{group}:{part['id']}", part) for part in book[group])
    return found


def labels_of(contents: Sequence[str]) -> Parts:
    """Return every label of some codebooks by its id, as the last one has it."""
    return {part["id"]: part for content in contents for part in json.loads(content)["labels"]}


def orders_of(content: str) -> dict[str, list[str]]:
    """Return the ids of each group's parts, in order."""
    book = json.loads(content)
    return {group: [part["id"] for part in book[group]] for group in GROUPS}


def order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[Sequence[str]]) -> list[str]:
    """Return in which order the parts of a group stand: ours, unless only one of the others changed it."""
    lead = list(ours)
    changed = [each for each in theirs if _common(each, base) != _common(base, each)]
    if changed and _common(ours, base) == _common(base, ours) and all(each == changed[0] for each in changed):
        lead = list(changed[0])
    for each in (ours, *theirs):
        lead.extend(part for part in each if part not in lead)
    return lead


def _common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [each for each in one if each in other]


def assemble(parts: Parts, orders: Mapping[str, Sequence[str]], ours: Parts, used: Mapping[str, Any]) -> Codebook:
    """Return the codebook that the parts make.

    `used` are labels that stand on annotations: those that the parts lack stay as retired ones. Where the parts do not
    hold together (two labels with one key, a label that one side took out and another spoke of), the key of the later
    one goes, and what was taken out stays; where that does not help, `ours` stays as it was, with those labels.
    """
    for tried in (parts, _keyed(parts, ours), _keyed({**ours, **parts}, ours), ours):
        whole = dict(tried)
        for label, part in used.items():
            retired = {**part, "retired": True, "key": "", "use_when": [], "avoid_when": []}
            whole.setdefault(f"labels:{label}", retired)
        try:
            return _codebook(whole, orders)
        except CodebookError:
            continue
    return _codebook(ours, orders)


def _codebook(parts: Parts, orders: Mapping[str, Sequence[str]]) -> Codebook:
    content: dict[str, Any] = {"format": "annotator-codebook", "version": 1}
    content.update((name, parts[f"codebook:{name}"]["words"]) for name in WHOLE)
    for group in GROUPS:
        ids = [key.partition(":")[2] for key in parts if key.startswith(f"{group}:")]
        places = {each: place for place, each in enumerate(orders.get(group, ()))}
        ids.sort(key=lambda each: places.get(each, len(places)))
        content[group] = [parts[f"{group}:{each}"] for each in ids]
    return Codebook.from_dict(content)


def _keyed(parts: Parts, ours: Parts) -> Parts:
    """Return the parts with each key once: what is ours keeps its own."""
    taken: set[str] = set()
    made = dict(parts)
    for name in sorted(parts, key=lambda each: each not in ours):
        group = name.partition(":")[0]
        key = str(parts[name].get("key", "")).casefold()
        if group in ("labels", "relations") and key:
            if key in taken:
                made[name] = {**parts[name], "key": ""}
            taken.add(key)
    return made
