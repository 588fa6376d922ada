"""Dividing articles into parts: what belongs together stays together, and every label is in every part, as far as it goes."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """An article to be placed: its id, the ids of labels that it has, and the words of what it belongs to (or none)."""

    id: str
    labels: frozenset[str] = frozenset()
    story: str = ""


def together(pieces: Sequence[Piece], same: Iterable[tuple[str, str]]) -> list[list[Piece]]:
    """Return the pieces in groups: those of one story (case does not matter), and those that `same` joins, by their ids."""
    above = {piece.id: piece.id for piece in pieces}

    def top(key: str) -> str:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    first: dict[str, str] = {}
    joined = [pair for pair in same if pair[0] in above and pair[1] in above]
    for piece in pieces:
        story = " ".join(piece.story.casefold().split())
        if story:
            joined.append((first.setdefault(story, piece.id), piece.id))
    for one, other in joined:
        above[top(other)] = top(one)
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[top(piece.id)].append(piece)
    return list(groups.values())


def divide(groups: Iterable[Sequence[Piece]], shares: Mapping[str, float], seed: int) -> dict[str, str]:
    """Return the part of each piece, by its id; a group is never torn apart.

    Iterative stratification (Sechidis, Tsoumakas and Vlahavas 2011), with groups for examples: the rarest label goes
    first, its largest group to the part that lacks most of it; then to the one that lacks most pieces. `shares` are
    weights above 0; the same groups, shares and seed give the same parts.
    """
    dice = random.Random(seed)
    waiting = sorted(groups, key=lambda group: min(piece.id for piece in group))
    dice.shuffle(waiting)
    waiting.sort(key=len, reverse=True)
    total = sum(shares.values())
    count = sum(map(len, waiting))
    labels = [Counter(label for piece in group for label in piece.labels) for group in waiting]
    have = sum(labels, Counter())
    lack = {part: {label: number * share / total for label, number in have.items()} for part, share in shares.items()}
    room = {part: count * share / total for part, share in shares.items()}
    chance = {part: dice.random() for part in shares}
    placed: dict[str, str] = {}
    left = dict(enumerate(waiting))
    by_label: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(labels):
        for label in found:
            by_label[label].append(number)
    for label in [*sorted(have, key=lambda each: (len(by_label[each]), each)), ""]:
        for number in by_label[label] if label else list(left):
            group = left.pop(number, None)
            if group is None:
                continue
            part = max(shares, key=lambda part: (lack[part].get(label, 0.0), room[part], chance[part]))
            for each, many in labels[number].items():
                lack[part][each] -= many
            room[part] -= len(group)
            placed.update((piece.id, part) for piece in group)
    return placed
