"""Which labels of an article have to be looked at to know what a format would lose of it: of the others, how many."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from annotator.formats.format import Trait
from annotator.model.annotation import Annotation
from annotator.store import plain

_Kind = tuple[str, str]
"""Annotator and label."""
_Pieces = tuple[tuple[int, int], ...]


def looked_at(places: Iterable[plain.Place], text: str, traits: Collection[Trait]) -> set[str]:
    """Return the ids of labels that have one of some traits, or may come to equal one of them.

    What becomes of a label lies where it lay, so only one that lies within it may come to equal it.
    """
    kinds: dict[str, _Kind] = {}
    pieces: dict[str, _Pieces] = {}
    for key, who, label, _, start, end in places:
        kinds[key] = (who, label)
        pieces[key] = (*pieces.get(key, ()), (start, end))
    wanted = {key for key, some in pieces.items() if any(_has(trait, some, text) for trait in traits)}
    if wanted:
        around: dict[_Kind, list[tuple[int, int]]] = defaultdict(list)
        for key in wanted:
            around[kinds[key]].append((pieces[key][0][0], pieces[key][-1][1]))
        times = Counter((kinds[key], some) for key, some in pieces.items())
        wanted |= {
            key
            for key, some in pieces.items()
            if times[kinds[key], some] > 1
            or any(start <= some[0][0] and some[-1][1] <= end for start, end in around.get(kinds[key], ()))
        }
    return wanted


def _has(trait: Trait, pieces: _Pieces, text: str) -> bool:
    match trait:
        case Trait.PIECES:
            return len(pieces) > 1
        case Trait.LINES:
            return text.find("\n", pieces[0][0], pieces[-1][1]) >= 0
        case Trait.BLANKS:
            return any(text[start].isspace() or text[end - 1].isspace() for start, end in pieces)


def others(counts: Iterable[tuple[str, str, int]], some: Iterable[Annotation]) -> tuple[tuple[str, str, int], ...]:
    """Return annotator, label and how many labels there are besides some of those that were counted."""
    taken = Counter((each.annotator, each.label) for each in some)
    left = ((who, label, count - taken[who, label]) for who, label, count in counts)
    return tuple(each for each in left if each[2])
