"""What was counted in words in an article as bytes, to be kept, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints
from annotator.agreement.in_words import WORDS, InWords
from annotator.agreement.packing import METHOD as CHARACTERS
from annotator.agreement.packing import SMALL_LABELS, bytes_of, is_large, row_of, rows_of
from annotator.agreement.tables import KINDS, Rows

METHOD = 1_000 * CHARACTERS + 1
"""Which way of finding words, counting and packing this is: its last three figures are to be raised with every change of
these. The fragments stand in the order of those that are kept in characters."""
_LOST = KINDS["lost"]
_TABLES = {
    "sets": KINDS["sets"],
    "lost": {**_LOST, "words": WORDS},
    # Boundaries alone, so that there are no rivals.
    "edges": {**{name: kind for name, kind in _LOST.items() if name not in ("boundary", "rivals")}, "words": WORDS},
}
_PLACES: dict[bool, np.dtype[Any]] = {False: np.dtype("<u2"), True: np.dtype("<i4")}


@dataclass(frozen=True, slots=True)
class PackedInWords:
    """What was counted in one article; annotators and labels as in `Packed`.

    Attributes:
        tables: the bytes of sets, lost points in tokens, and boundaries in characters.
        places: start and end in tokens of each of the article's fragments, as bytes.
    """

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    is_wide: bool
    tables: tuple[bytes, ...]
    places: bytes

    @property
    def fragments(self) -> int:
        """How many fragments there are."""
        return len(self.places) // (2 * _PLACES[self.is_wide].itemsize)


def packed_in_words(
    found: InWords, columns: Columns, finished: Bools, names: tuple[tuple[str, ...], tuple[str, ...]]
) -> list[PackedInWords]:
    """Return what was counted in each article, for those who have finished it.

    `columns` are the fragments in tokens, by article; `names` are the ids of the annotators and the labels.
    """
    (people, labels), articles = names, np.arange(len(finished) + 1)
    tables: dict[str, Rows] = {name: getattr(found, name) for name in _TABLES}
    wide = np.full(len(finished), len(labels) > SMALL_LABELS) | (finished.sum(axis=1) > 255)
    for name, kinds in _TABLES.items():
        wide[tables[name]["article"][is_large(kinds, tables[name])]] = True
    wide[columns.article[columns.end >= 1 << 16]] = True
    own = np.cumsum(finished, axis=1) - 1
    for name, rows in tables.items():
        mine = {side: own[rows["article"], rows[side]] for side in ("left", "right")}
        tables[name] = {**rows, **mine}
    bounds = np.searchsorted(columns.article, articles)
    forms = {}
    for is_wide in set(wide.tolist()):
        parts = []
        for name, kinds in _TABLES.items():
            cuts = np.searchsorted(tables[name]["article"], articles)
            parts.append(bytes_of(tables[name], row_of(kinds, is_wide=is_wide), cuts))
        places = np.stack((columns.start, columns.end), axis=1).astype(_PLACES[is_wide])
        parts.append((places.tobytes(), (bounds * 2 * places.itemsize).tolist()))
        forms[is_wide] = [[content[low:high] for low, high in pairwise(cut)] for content, cut in parts]
    made = []
    for number, is_wide in enumerate(wide.tolist()):
        *contents, each = (part[number] for part in forms[is_wide])
        mine_ = tuple(people[who] for who in np.flatnonzero(finished[number]).tolist())
        made.append(PackedInWords(mine_, labels, is_wide, tuple(contents), each))
    return made


@dataclass(frozen=True, slots=True)
class PartInWords:
    """What was counted in articles with the same annotators and labels, as rows of `Tables`; those of lost points with words."""

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    sets: Rows
    lost: Rows
    edges: Rows


def unpacked_in_words(each: Sequence[tuple[int, PackedInWords]]) -> list[PartInWords]:
    """Return what was counted in articles, given with their places; rows by pair, and by article."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...], bool], list[tuple[int, PackedInWords]]] = {}
    for place, one in each:
        groups.setdefault((one.annotators, one.labels, one.is_wide), []).append((place, one))
    made = []
    for (annotators, labels, is_wide), some in groups.items():
        places = np.array([place for place, _ in some], dtype=np.int32)
        rows = {
            name: rows_of([one.tables[number] for _, one in some], places, row_of(kinds, is_wide=is_wide))
            for number, (name, kinds) in enumerate(_TABLES.items())
        }
        nothing = np.zeros(len(rows["edges"]["article"]), dtype=rows["lost"]["rivals"].dtype)
        rows["edges"] |= {"boundary": (nothing + 1).astype(rows["lost"]["boundary"].dtype), "rivals": nothing}
        made.append(PartInWords(annotators, labels, **rows))
    return made


def unpacked_places(one: PackedInWords) -> tuple[Ints, Ints]:
    """Return start and end in tokens of each fragment of an article."""
    start, end = np.frombuffer(one.places, _PLACES[one.is_wide]).astype(np.int64).reshape(-1, 2).T
    return start, end
