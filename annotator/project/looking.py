"""Which labels of an article have to be looked at to know what a format would lose of it: of the others, how many."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from annotator.formats.format import Trait
from annotator.model.annotation import Annotation
from annotator.store import plain

_Content = tuple[str, str, int, int]
"""Annotator, label, start and end: what no two labels have alike."""


def looked_at(places: Iterable[plain.Place], text: str, traits: Collection[Trait]) -> set[str] | None:
    """Return the ids of labels that have one of some traits, or may come to equal one of them; None: all of them.

    Where a line end or a blank changes where a label lies, it may come to equal any other. Where several fragments become
    a label each, only one that lies where one of them does.
    """
    pieces: dict[str, list[_Content]] = defaultdict(list)
    for key, who, label, _, start, end in places:
        pieces[key].append((who, label, start, end))
    if Trait.BLANKS in traits and any(
        text[start].isspace() or text[end - 1].isspace() for some in pieces.values() for _, _, start, end in some
    ):
        return None
    if Trait.LINES in traits and any(text.find("\n", some[0][2], some[-1][3]) >= 0 for some in pieces.values()):
        return None
    if Trait.PIECES not in traits:
        return set()
    times = Counter(each for some in pieces.values() for each in some)
    return {key for key, some in pieces.items() if len(some) > 1 or times[some[0]] > 1}


def others(counts: Iterable[tuple[str, str, int]], some: Iterable[Annotation]) -> tuple[tuple[str, str, int], ...]:
    """Return annotator, label and how many labels there are besides some of those that were counted."""
    taken = Counter((each.annotator, each.label) for each in some)
    left = ((who, label, count - taken[who, label]) for who, label, count in counts)
    return tuple(each for each in left if each[2])
