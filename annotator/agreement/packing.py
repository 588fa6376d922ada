"""The tables of an article as bytes, to be kept, and back: exactly the same tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.corpus import Bools, Columns, Ints
from annotator.agreement.tables import KINDS, Rows, Tables, pair_order

METHOD = 5
"""Which way of counting and packing this is: to be raised with every change of what is counted, for kept tables of
another way are counted again."""
SMALL_LABELS = 16
"""As many labels as go into narrow numbers."""
_NARROW: dict[Any, Any] = {
    np.dtype(np.int64): np.dtype("<u2"),
    np.dtype(np.int32): np.dtype("<i2"),
    np.dtype(np.int16): np.dtype("u1"),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """The tables of one article.

    Attributes:
        annotators, labels: ids, ascending, in which the rows hold places.
        is_wide: whether a number in it needs more than the few bytes that nearly all do with.
        tables: the bytes of each table, in the order of `KINDS`.
    """

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    is_wide: bool
    tables: tuple[bytes, ...]


def row_of(kinds: dict[str, np.dtype[Any]], *, is_wide: bool) -> "np.dtype[np.void]":
    """Return how rows with columns of these kinds lie in bytes: without the article, small numbers small."""
    return np.dtype(
        [
            (column, kind.newbyteorder("<") if is_wide else _NARROW[kind])
            for column, kind in kinds.items()
            if column != "article"
        ]
    )


def _kind(name: str, *, is_wide: bool) -> "np.dtype[np.void]":
    return row_of(KINDS[name], is_wide=is_wide)


def packed(tables: Tables, articles: int, who: Sequence[Sequence[int]]) -> list[Packed]:
    """Return the tables of each article (rows by article), for the annotators (places) who have finished it."""
    cuts = {name: np.searchsorted(getattr(tables, name)["article"], np.arange(articles + 1)) for name in KINDS}
    wide = np.zeros(articles, dtype=bool)
    if len(tables.labels) > SMALL_LABELS or any(len(each) > 255 for each in who):
        wide[:] = True
    for name in KINDS:
        rows = getattr(tables, name)
        wide[rows["article"][is_large(KINDS[name], rows)]] = True
    forms = {False: [_bytes(tables, name, cuts[name], is_wide=False) for name in KINDS]}
    if wide.any():
        forms[True] = [_bytes(tables, name, cuts[name], is_wide=True) for name in KINDS]
    contents = {is_wide: list(zip(*(_cut(*each) for each in form), strict=True)) for is_wide, form in forms.items()}
    people: dict[tuple[int, ...], tuple[str, ...]] = {}
    found = []
    for article, (places, is_wide) in enumerate(zip(who, wide.tolist(), strict=True)):
        mine = tuple(places)
        if mine not in people:
            people[mine] = tuple(tables.annotators[each] for each in mine)
        found.append(Packed(people[mine], tables.labels, is_wide, contents[is_wide][article]))
    return _of_their_own(found, tables, who)


def _cut(content: bytes, bounds: list[int]) -> list[bytes]:
    """Return what lies between each two bounds."""
    return [content[low:high] for low, high in pairwise(bounds)]


def _of_their_own(found: list[Packed], tables: Tables, who: Sequence[Sequence[int]]) -> list[Packed]:
    """Return the same with places among those who have finished an article, where that is not everybody."""
    everybody = tuple(range(len(tables.annotators)))
    made = []
    for each, places in zip(found, who, strict=True):
        if tuple(places) == everybody:
            made.append(each)
            continue
        own = np.full(len(everybody), 0, dtype=np.int64)
        own[list(places)] = np.arange(len(places))
        parts = []
        for name, content in zip(KINDS, each.tables, strict=True):
            rows = np.frombuffer(content, _kind(name, is_wide=each.is_wide)).copy()
            for column in ("left", "right", "who"):
                if column in (rows.dtype.names or ()):
                    rows[column] = own[rows[column]]
            parts.append(rows.tobytes())
        made.append(Packed(each.annotators, each.labels, each.is_wide, tuple(parts)))
    return made


def is_large(kinds: dict[str, np.dtype[Any]], rows: Rows) -> Bools:
    """Return of each row whether a number in it needs more bytes than nearly all do with."""
    found = np.zeros(len(rows["article"]), dtype=bool)
    for column, kind in kinds.items():
        if column != "article":
            limits = np.iinfo(_NARROW[kind])
            found |= (rows[column] < limits.min) | (rows[column] > limits.max)
    return found


def _bytes(tables: Tables, name: str, cuts: Ints, *, is_wide: bool) -> tuple[bytes, list[int]]:
    return bytes_of(getattr(tables, name), _kind(name, is_wide=is_wide), cuts)


def bytes_of(rows: Rows, kind: "np.dtype[np.void]", cuts: Ints) -> tuple[bytes, list[int]]:
    """Return rows as bytes, and where in these each article begins; `cuts` are where it begins in the rows."""
    made = np.empty(len(rows["article"]), kind)
    for column in kind.names or ():
        # What does not fit here is taken from the wide form.
        made[column] = rows[column].astype(kind[column], casting="unsafe")
    return made.tobytes(), (cuts * kind.itemsize).tolist()


def unpacked(each: Iterable[tuple[int, Packed]]) -> list[Tables]:
    """Return tables of articles (given with their places), one for each choice of annotators and labels.

    Rows come out by pair where there are pairs, and by article.
    """
    groups: dict[tuple[tuple[str, ...], tuple[str, ...], bool], tuple[list[int], list[tuple[bytes, ...]]]] = {}
    for article, one in each:
        places, contents = groups.setdefault((one.annotators, one.labels, one.is_wide), ([], []))
        places.append(article)
        contents.append(one.tables)
    return [_unpacked(key, np.array(places, dtype=np.int32), contents) for key, (places, contents) in groups.items()]


def rows_of(contents: Sequence[bytes], places: NDArray[Any], kind: "np.dtype[np.void]") -> Rows:
    """Return the rows that bytes of articles (given with their places) hold: by pair where there are pairs, and by article."""
    rows = np.frombuffer(b"".join(contents), kind)
    article = np.repeat(places, np.array([len(part) for part in contents], dtype=np.int64) // kind.itemsize)
    if "left" in (kind.names or ()) and (order := pair_order(rows["left"], rows["right"])) is not None:
        # As rows of bytes, which are put in order much sooner than their columns.
        rows = rows.view(f"V{kind.itemsize}").take(order).view(kind)
        article = article[order]
    return {"article": article} | {column: np.ascontiguousarray(rows[column]) for column in kind.names or ()}


def _unpacked(
    key: tuple[tuple[str, ...], tuple[str, ...], bool], places: Ints, contents: list[tuple[bytes, ...]]
) -> Tables:
    annotators, labels, is_wide = key
    tables: dict[str, Rows] = {}
    for name, parts in zip(KINDS, zip(*contents, strict=True), strict=True):
        tables[name] = rows_of(parts, places, _kind(name, is_wide=is_wide))
    return Tables(annotators, labels, **tables)


_FRAGMENTS = {
    False: np.dtype([("who", "u1"), ("label", "u1"), ("span", "<u2"), ("start", "<i4"), ("end", "<i4")]),
    True: np.dtype([("who", "<i2"), ("label", "<i2"), ("span", "<i4"), ("start", "<i8"), ("end", "<i8")]),
}


def packed_fragments(columns: Columns, finished: Bools, wide: Bools) -> tuple[list[bytes], Bools]:
    """Return the fragments of each article (rows by article) as bytes, and of which articles these are in the wide form.

    Annotators are places among those who have finished the article, spans are counted from 0. `wide` tells of which
    articles the wide form is wanted anyway.
    """
    bounds = np.searchsorted(columns.article, np.arange(len(finished) + 1))
    some = bounds[1:] > bounds[:-1]
    begins, ends = bounds[:-1][some], bounds[1:][some]
    first, is_wide = np.zeros(len(finished), dtype=np.int64), wide.copy()
    first[some] = columns.span[begins]
    if len(begins):
        is_long = np.maximum.reduceat(columns.end, begins) >= 1 << 31
        is_wide[some] |= is_long | (columns.span[ends - 1] - columns.span[begins] >= 1 << 16)
    own = np.cumsum(finished, axis=1) - 1
    forms = {}
    for form in set(is_wide.tolist()):
        made = np.empty(len(columns.span), _FRAGMENTS[form])
        made["who"] = own[columns.article, columns.annotator]
        made["span"] = columns.span - first[columns.article]
        for name in ("label", "start", "end"):
            made[name] = getattr(columns, name)
        forms[form] = (made.tobytes(), (bounds * made.itemsize).tolist())
    contents = []
    for place, form in enumerate(is_wide.tolist()):
        content, cut = forms[form]
        contents.append(content[cut[place] : cut[place + 1]])
    return contents, is_wide


def fragment_count(content: bytes, *, is_wide: bool) -> int:
    """Return how many fragments an article has."""
    return len(content) // _FRAGMENTS[is_wide].itemsize


def moved_fragments(content: bytes, start: Ints, end: Ints, *, is_wide: bool) -> bytes:
    """Return the fragments of an article with other starts and ends."""
    made = np.frombuffer(content, _FRAGMENTS[is_wide]).copy()
    made["start"], made["end"] = start, end
    return made.tobytes()


def unpacked_fragments(
    each: Sequence[tuple[int, bytes]], person: Sequence[Ints], label: Sequence[Ints], *, wide: Sequence[bool]
) -> Columns:
    """Return the fragments of articles (places and bytes); `person` and `label` say for each which places are meant.

    A place of -1 leaves its fragments out. Spans are numbered on over all articles, those left out too.
    """
    parts = [np.frombuffer(content, _FRAGMENTS[is_wide]) for (_, content), is_wide in zip(each, wide, strict=True)]
    counts = np.array([len(part) for part in parts], dtype=np.int64)
    spans = np.array([int(part["span"][-1]) + 1 if len(part) else 0 for part in parts], dtype=np.int64)
    article = np.repeat(np.array([place for place, _ in each], dtype=np.int64), counts)
    none = np.zeros(0, dtype=np.int64)
    columns: dict[str, Ints] = {
        name: np.concatenate([none, *(part[name] for part in parts)]) for name in ("span", "start", "end")
    }
    columns["span"] += np.repeat(np.cumsum(spans) - spans, counts)
    who, kind = (
        np.concatenate([none, *(places[part[name]] for places, part in zip(found, parts, strict=True))])
        for found, name in ((person, "who"), (label, "label"))
    )
    keep = (who >= 0) & (kind >= 0)
    return Columns(article[keep], who[keep], kind[keep], *(columns[name][keep] for name in ("span", "start", "end")))
