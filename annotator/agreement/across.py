"""What of spans depends on which labels are chosen: those that meet only spans of other labels, and extents of several labels.

Both are counted for all labels together; a choice among the labels is a choice of rows.
"""

import numpy as np

from annotator.agreement.apart import SPAN_CLASSES
from annotator.agreement.corpus import Bools, Floats, Ints
from annotator.agreement.lanes import Lane, Meeting, ranked
from annotator.agreement.sweep import distinct
from annotator.agreement.tables import Rows

_FACED = SPAN_CLASSES.index("category")


def faced(lanes: tuple[Lane, Lane], met: Meeting, labels: int) -> Rows:
    """Return how many spans of two lanes meet spans of which labels, of those that meet none of their own."""
    across, cells, masks = met.across, [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for lane, other, kind, mine, theirs in (
        (lanes[0], lanes[1], met.kinds[0], across.left, across.right),
        (lanes[1], lanes[0], met.kinds[1], across.right, across.left),
    ):
        rows = np.flatnonzero(kind[mine] == _FACED)
        span, rival = np.divmod(distinct(mine[rows] * labels + other.label[theirs[rows]]), labels)
        heads = np.flatnonzero(_is_new(span))
        cells.append(lane.cell[span[heads]])
        masks.append(np.bitwise_or.reduceat(np.left_shift(1, rival), heads) if len(heads) else heads)
    sets, place = ranked(np.concatenate(masks))
    key = np.sort(np.concatenate(cells) * len(sets) + place)
    heads = np.flatnonzero(_is_new(key))
    cell, place = np.divmod(key[heads], max(len(sets), 1))
    article, label = np.divmod(cell, labels)
    return {"article": article, "label": label, "rivals": sets[place], "spans": np.diff(np.append(heads, len(key)))}


def extents(lanes: tuple[Lane, Lane], met: Meeting, labels: int) -> Rows:
    """Return which labels one of two has more often than the other on the same extent, where both have such labels."""
    one, other = lanes
    # All that lie on one extent meet one another: where two of them differ, each of them is one of such two.
    differ = np.flatnonzero(met.is_exact & ~met.is_near)
    here, there = np.zeros(len(one.cell), dtype=bool), np.zeros(len(other.cell), dtype=bool)
    here[met.across.left[differ]] = there[met.across.right[differ]] = True
    rows = np.flatnonzero(met.is_exact & (here[met.across.left] | there[met.across.right]))
    left, right = met.across.left[rows], met.across.right[rows]
    lowest = np.full(len(other.cell), len(one.cell), dtype=np.int64)
    np.minimum.at(lowest, right, left)
    group = lowest[right]
    sides = []
    for lane, mine in ((one, left), (other, right)):
        place = np.zeros(len(lane.cell), dtype=np.int64)
        place[mine] = group
        spans = distinct(mine)
        sides.append(place[spans] * labels + lane.label[spans])
    cell = distinct(np.concatenate(sides))
    here, there = (np.bincount(np.searchsorted(cell, side), minlength=len(cell)) for side in sides)
    both = np.minimum(here, there)
    here, there = here - both, there - both
    group, label = np.divmod(cell, labels)
    number = np.cumsum(_is_new(group)) - 1
    some = [np.bincount(number, side)[number] > 0 for side in (here, there)] if len(number) else [number > 0] * 2
    keep = some[0] & some[1] & (here + there > 0)
    group, label, here, there = group[keep], label[keep], here[keep], there[keep]
    article = one.article[group]
    number = np.cumsum(_is_new(group))
    first = np.maximum.accumulate(np.where(_is_new(article), number, 0))
    return {"article": article, "group": number - first, "label": label, "one": here, "other": there}


def shared(rows: Rows, articles: int) -> Floats:
    """Return by article how many spans on an extent of `extents` find one of another label; rows of one pair, in order."""
    found = np.zeros(articles)
    if len(rows["article"]):
        heads = np.flatnonzero(_is_new(rows["article"]) | _is_new(rows["group"]))
        both = np.minimum(*(np.add.reduceat(rows[side].astype(np.int64), heads) for side in ("one", "other")))
        found += np.bincount(rows["article"][heads], both, minlength=articles)
    return found


def _is_new(values: Ints) -> Bools:
    """Return which values are others than the one before."""
    found = np.ones(len(values), dtype=bool)
    found[1:] = values[1:] != values[:-1]
    return found
