"""Fragments that lie in what is left out, wholly or partly: what is left of them has no blanks at its edges either."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from annotator.agreement.corpus import Columns
from annotator.agreement.ruler import kept, of_characters
from annotator.project.outlined import Stretches

Contents = Callable[[list[str]], dict[str, str]]
"""Returns the texts of articles, by their ids."""


def cut(columns: Columns, ids: Sequence[str], out: Sequence[Stretches], contents: Contents) -> Columns:
    """Return fragments, by article, that begin and end with a character that counts; where there is none, they are empty.

    `out` is what is left out of each article. Only the texts of articles in which a fragment lies partly in that are
    asked for.
    """
    start, end = columns.start.copy(), columns.end.copy()
    partly: dict[int, list[int]] = {}
    for place in (number for number, each in enumerate(out) if each):
        low, high = np.searchsorted(columns.article, [place, place + 1])
        if low == high:
            continue
        ruler = of_characters(int(end[low:high].max()), list(out[place]))
        first, last = ruler.units(start[low:high], end[low:high])
        rows = low + np.flatnonzero((last > first) & (last - first < end[low:high] - start[low:high]))
        end[low:high][last <= first] = start[low:high][last <= first]
        if len(rows):
            partly[place] = rows.tolist()
    texts = contents([ids[place] for place in partly]) if partly else {}
    for place, several in partly.items():
        text = texts.get(ids[place], "")
        for row in several:
            start[row], end[row] = _inked(text, int(start[row]), int(end[row]), out[place])
    return replace(columns, start=start, end=end)


def _inked(text: str, start: int, end: int, out: Stretches) -> tuple[int, int]:
    """Return where the first and the last character stand that is neither blank nor left out; an empty range for none."""
    edges: list[int] = []
    low, high = kept(end, [(0, start), *out])
    for first, last in zip(low.tolist(), high.tolist(), strict=True):
        words = text[first:last]
        bare = words.strip()
        if bare:
            begin = first + len(words) - len(words.lstrip())
            edges += (begin, begin + len(bare))
    return (edges[0], edges[-1]) if edges else (start, start)
