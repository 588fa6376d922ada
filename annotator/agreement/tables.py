"""What every figure is a sum of: small tables of counts, made once for each article, that need no text and no span again.

All of them count exactly, in whole numbers. A choice of annotators, labels and articles is a choice of their rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.apart import SPAN_CLASSES
from annotator.agreement.corpus import Bools, Floats, Ints
from annotator.agreement.sweep import PairTable

Rows = dict[str, NDArray[Any]]
"""Columns of equal length, by name."""
IOU = 0.5
"""The intersection over union that is counted; another one is counted when it is asked for."""
COLUMNS = (
    *("one", "other", "exact", "extent", "overlap", "iou"),
    *("left_exact", "right_exact", "left_overlap", "right_overlap"),
    *("left_sentence", "right_sentence", "one_sentence", "other_sentence"),
    *(f"class_{name}" for name in SPAN_CLASSES),
    *("edges", "starts", "ends"),
)
"""Of two annotators (left, right) and a label: spans of each; matched pairs by four rules; spans that the other one has
too, by three rules, and the spans of each where sentences are counted; what became of the spans of both; pairs that meet
nobody else, and by how much the left one starts and ends later in them, in all."""
_TURNED = {
    "one": "other",
    "left_exact": "right_exact",
    "left_overlap": "right_overlap",
    "left_sentence": "right_sentence",
    "one_sentence": "other_sentence",
}
SWAPPED = {**_TURNED, **{other: one for one, other in _TURNED.items()}}
"""Which column a column becomes when the two annotators stand the other way round."""
_MASK, _COUNT, _PLACE = (np.dtype(kind) for kind in (np.int64, np.int32, np.int16))
_PAIR: dict[str, np.dtype[Any]] = {"article": _COUNT, "left": _PLACE, "right": _PLACE}
KINDS: dict[str, dict[str, np.dtype[Any]]] = {
    "sets": {**_PAIR, "x": _MASK, "y": _MASK, "length": _COUNT},
    "spans": {**_PAIR, "label": _PLACE, **dict.fromkeys(COLUMNS, _COUNT)},
    "lost": {**_PAIR, "label": _PLACE, "boundary": _PLACE, "rivals": _MASK, "points": _COUNT},
    "made": {"article": _COUNT, "who": _PLACE, "label": _PLACE, "spans": _COUNT},
    "faced": {**_PAIR, "label": _PLACE, "rivals": _MASK, "spans": _COUNT},
    "extents": {**_PAIR, "group": _PLACE, "label": _PLACE, "one": _PLACE, "other": _PLACE},
}
"""The tables and their columns; places of annotators and labels, sets as bit masks, counts."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Counts of finished work on articles.

    Attributes:
        annotators, labels: their ids; the tables hold places in these, sets of labels are bit masks over them.
        sets: a row for each article, pair of annotators and pair of label sets, with the units over which they had them.
        spans: a row for each article, pair and label, with `COLUMNS`.
        lost: a row for each article, pair, label and what the other one has there instead, with the lost points of both.
        made: a row for each article, annotator and label, with the spans.
        faced: a row for each article, pair, label and labels of the other one (a mask), with the spans of both that meet
            spans of these labels, and none of their own: a choice of labels makes some of them meet nothing.
        extents: a row for each article, pair, extent on which each of the two has a label that the other one has not, and
            label: how many spans with the label the left or the right one has there more. `group` numbers the extents.
    """

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    sets: Rows
    spans: Rows
    lost: Rows
    made: Rows
    faced: Rows
    extents: Rows

    def of_articles(self, new: NDArray[np.int32]) -> "Tables":
        """Return the tables of some articles: `new` holds the new place of each, or -1."""
        made = {name: _of_articles(getattr(self, name), new) for name in KINDS}
        return Tables(self.annotators, self.labels, **made)

    def pair_table(self) -> PairTable:
        """Return `sets` as the coefficients take it."""
        x, y = self.sets["x"], self.sets["y"]
        left, right = (self.sets[name].astype(np.int8) for name in ("left", "right"))
        article, length = (self.sets[name].astype(np.int32, copy=False) for name in ("article", "length"))
        if x.itemsize <= 2 or max(x.max(initial=0), y.max(initial=0)) < _MOST_MASKS:
            there = np.zeros(_MOST_MASKS, dtype=bool)
            there[0] = there[x] = there[y] = True
            masks, place = np.flatnonzero(there), np.cumsum(there, dtype=np.int32) - 1
            place = place.astype(np.uint8) if len(masks) < 256 else place
            return PairTable(article, left, right, place[x], place[y], length, masks, is_by_pair=True)
        masks, places = np.unique(np.concatenate(([0], x, y)), return_inverse=True)
        one, other = np.split(places[1:].astype(np.int32), 2)
        return PairTable(article, left, right, one, other, length, masks, is_by_pair=True)

    def counts(self, pair: tuple[int, int], name: str, articles: int) -> Floats:
        """Return one of `COLUMNS` for a pair (in order): article × label."""
        low, high = self.rows_of(self.spans, pair)
        cell = self.spans["article"][low:high].astype(np.int64) * len(self.labels) + self.spans["label"][low:high]
        found = np.bincount(cell, weights=self.spans[name][low:high], minlength=articles * len(self.labels))
        return np.asarray(found.reshape(articles, len(self.labels)), dtype=np.float64)

    @staticmethod
    def rows_of(rows: Rows, pair: tuple[int, int]) -> tuple[int, int]:
        """Return where the rows of a pair (in order) begin and end in chosen tables."""
        kind = rows["left"].dtype  # numbers of another kind would convert all of the column first
        low, high = np.searchsorted(rows["left"], np.array([pair[0], pair[0] + 1], dtype=kind))
        first, last = np.searchsorted(rows["right"][low:high], np.array([pair[1], pair[1] + 1], dtype=kind))
        return int(low + first), int(low + last)


_MOST_MASKS = 1 << 16


def _places(known: Sequence[str], wanted: Sequence[str]) -> Ints:
    """Return for each of `known` its place in `wanted`, or -1."""
    place = {name: number for number, name in enumerate(wanted)}
    return np.array([place.get(name, -1) for name in known], dtype=np.int16)


def _kept(rows: Rows, keep: Ints | Bools) -> Rows:
    return {name: column[keep] for name, column in rows.items()}


def _of_pairs(rows: Rows, person: Ints) -> Rows:
    if _is_as_it_was(person):
        return dict(rows)
    left, right = person[rows["left"]], person[rows["right"]]
    keep = (left >= 0) & (right >= 0)
    found = {**rows, "left": left, "right": right}
    return found if keep.all() else _kept(found, keep)


def _of_articles(rows: Rows, new: NDArray[np.int32]) -> Rows:
    article = new[rows["article"]]
    return _kept({**rows, "article": article}, article >= 0)


def _of_one(rows: Rows, person: Ints) -> Rows:
    who = person[rows["who"]]
    return _kept({**rows, "who": who}, who >= 0)


def _of_labels(rows: Rows, label: Ints) -> Rows:
    if "label" not in rows or _is_as_it_was(label):
        return rows
    place = label[rows["label"]]
    keep = place >= 0
    found = {**rows, "label": place}
    return found if keep.all() else _kept(found, keep)


def _is_as_it_was(place: Ints) -> bool:
    return bool((place == np.arange(len(place))).all())


def narrowed(masks: Ints, label: Ints) -> Ints:
    """Return masks over the old labels as masks over the new ones."""
    if _is_as_it_was(label):
        return masks
    if masks.itemsize <= 2 and len(masks) > _MOST_MASKS:
        by_mask = narrowed(np.arange(_MOST_MASKS), label)
        return by_mask.astype(masks.dtype if by_mask.max() < _MOST_MASKS >> 1 else np.int64)[masks]
    new = np.zeros(len(masks), dtype=np.int64)
    for old, place in enumerate(label.tolist()):
        if place >= 0:
            new |= (masks.astype(np.int64) >> old & 1) << place
    return new


def _swap(rows: Rows, columns: dict[str, str]) -> None:
    """Turn the columns of pairs round whose annotators stand the other way round now."""
    turned = rows["left"] > rows["right"]
    if not turned.any():
        return
    for one, other in columns.items():
        rows[one], rows[other] = np.where(turned, rows[other], rows[one]), np.where(turned, rows[one], rows[other])
    for name in ("starts", "ends"):
        if name in rows:
            rows[name] = np.where(turned, -rows[name], rows[name])


def by_pair(rows: Rows) -> Rows:
    """Return rows in the order of their pairs, the lower one of two left; within a pair they stay as they are."""
    left, right = np.minimum(rows["left"], rows["right"]), np.maximum(rows["left"], rows["right"])
    order = pair_order(left, right)
    if order is None:
        return {**rows, "left": left, "right": right}
    return {**_kept(rows, order), "left": left[order], "right": right[order]}


def pair_order(left: Ints, right: Ints) -> Ints | None:
    """Return the order that sorts rows by pair, within one as they stand; None: so they stand."""
    # Stable, and quick for small numbers.
    pair = left.astype(np.uint16) * 256 + right.astype(np.uint16)
    return None if (pair[1:] >= pair[:-1]).all() else np.argsort(pair, kind="stable")


def none(name: str) -> Rows:
    """Return a table without rows."""
    return {column: np.zeros(0, kind) for column, kind in KINDS[name].items()}


def typed(name: str, rows: Rows) -> Rows:
    """Return the columns of a table in its kinds."""
    return {column: rows[column].astype(kind, copy=False) for column, kind in KINDS[name].items()}


def together(parts: Sequence[Rows]) -> Rows:
    """Return the rows of several tables one after another."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def by_article(rows: Rows) -> Rows:
    """Return rows in the order of their articles; within one they stay as they are."""
    article = rows["article"]
    if (article[1:] >= article[:-1]).all():
        return rows
    # Stable, and much quicker for small numbers.
    small = article.astype(np.uint16) if article.max() < 1 << 16 else article
    return _kept(rows, np.argsort(small, kind="stable"))


def chosen(parts: Sequence[Tables], annotators: Sequence[str], labels: Sequence[str]) -> Tables:
    """Return tables of different articles as one, of some annotators and labels, whose places are new.

    Rows come out by pair, so that those of a pair are neighbours, and by article within a pair.
    """
    found: dict[str, Rows] = {}
    for name in KINDS:
        some = [_placed(getattr(part, name), part, annotators, labels) for part in parts]
        rows = some[0] if len(some) == 1 else by_article(together(some or [none(name)]))
        found[name] = by_pair(rows) if "left" in rows else rows
    return Tables(tuple(annotators), tuple(labels), **found)


def _placed(rows: Rows, part: Tables, annotators: Sequence[str], labels: Sequence[str]) -> Rows:
    """Return the rows of some annotators and labels with their new places, the lower one of two left."""
    person, label = _places(part.annotators, annotators), _places(part.labels, labels)
    found = _of_labels(_of_pairs(rows, person) if "left" in rows else _of_one(rows, person), label)
    for name in ("x", "y", "rivals"):
        if name in rows:
            found[name] = narrowed(found[name], label)
    if "x" in rows:
        _swap(found, {"x": "y"})
    if "one" in rows:
        _swap(found, {one: other for one, other in _TURNED.items() if one in rows})
    return found
