"""Regions of one fragment each, joined by links that say “continues”, become items of several fragments."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.formats.taking.document import Item, Tie


def joined(items: Iterable[Item], ties: Iterable[Tie], word: str) -> tuple[list[Item], list[Tie]]:
    """Return items and ties with those items put together that a tie of the kind `word` joins.

    The first region of a chain gives the item its key, label, attributes and note. A tie that joins different labels,
    or would close a ring, joins nothing and stays a tie.
    """
    by_key = {item.key: item for item in items}
    following: dict[str, str] = {}
    first: dict[str, str] = {}
    kept: list[Tie] = []
    for tie in ties:
        before, after = by_key.get(tie.origin), by_key.get(tie.target or "")
        fits = tie.kind == word and before is not None and after is not None and before.label == after.label
        if fits and tie.origin not in following and tie.target not in first and _root(tie.origin, first) != tie.target:
            following[tie.origin] = tie.target or ""
            first[tie.target or ""] = tie.origin
        else:
            kept.append(tie)
    made: list[Item] = []
    for key, item in by_key.items():
        if key in first:
            continue
        whole, at = item, key
        while at in following:
            at = following[at]
            more = by_key[at]
            quotes = (*whole.quotes, *more.quotes) if whole.quotes and more.quotes else ()
            whole = replace(whole, ranges=(*whole.ranges, *more.ranges), quotes=quotes)
        made.append(whole)
    ends = {key: _root(key, first) for key in first}
    return made, [
        replace(tie, origin=ends.get(tie.origin, tie.origin), target=ends.get(tie.target or "", tie.target))
        for tie in kept
    ]


def _root(key: str, first: dict[str, str]) -> str:
    while key in first:
        key = first[key]
    return key
