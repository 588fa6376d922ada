"""Counting finished work: the tables that every figure is a sum of, of all pairs of annotators.

What two pairs need alike is made once: each annotator's spans in order (`lanes`), and one grid of all edges. Spans that
overlap are looked for once for a pair, whatever their labels; every rule chooses among these.
"""

import numpy as np

from annotator.agreement.across import extents, faced
from annotator.agreement.apart import SPAN_CLASSES
from annotator.agreement.corpus import Bools, Corpus, Ints
from annotator.agreement.facing import Facing, facing
from annotator.agreement.lanes import Grid, Lane, Meeting, Said, edges_of, grid_of, lanes_of, meeting, ranked
from annotator.agreement.matching import each_matched
from annotator.agreement.overlaps import Edges
from annotator.agreement.sweep import cells_of
from annotator.agreement.tables import COLUMNS, IOU, Rows, Tables, by_article, none, together, typed


def counted(corpus: Corpus, said: Said) -> Tables:
    """Return the tables of a corpus in characters; `said` is the same work in sentences. Rows come by article."""
    edges = edges_of(corpus)
    lanes = lanes_of(corpus, said, edges)
    grid = grid_of(corpus, lanes, edges)
    faces = list(facing(corpus, lanes, grid))
    meetings = [meeting(each.one, each.other) for each in faces]
    by_rule = [_by_rule((each.one, each.other), met) for each, met in zip(faces, meetings, strict=True)]
    # All at once: what is left of each when the lone ones are taken is too little for itself.
    matching = iter(each_matched([each for rules in by_rule for each in rules.values()]))
    labels = max(len(corpus.labels), 1)
    found = {name: [none(name)] for name in ("sets", "spans", "lost", "faced", "extents")}
    for each, met, rules in zip(faces, meetings, by_rule, strict=True):
        two = (each.one, each.other)
        matched = {name: edges.left[next(matching)] for name, (edges, _) in rules.items()}
        for name, rows in (
            ("sets", sets_of(grid, each)),
            ("spans", _spans(two, met, rules, matched, (each.both, len(corpus.labels)))),
            ("lost", lost_of(grid, each, met.touches)),
            ("faced", faced(two, met, labels)),
            ("extents", extents(two, met, labels)),
        ):
            found[name].append(each.placed(name, rows))
    rows_of = {name: by_article(together(parts)) for name, parts in found.items()}
    return Tables(corpus.annotators, corpus.labels, made=_made(corpus), **rows_of)


Rules = dict[str, tuple[Edges, Bools | None]]
"""By rule, which spans may be paired, and which of these pairs are known to have nothing to do with any other."""


def _by_rule(lanes: tuple[Lane, Lane], met: Meeting) -> Rules:
    one, other = lanes
    near = met.near
    union = one.size[near.left] + other.size[near.right] - near.shared
    exact, close = (np.flatnonzero(rows) for rows in (met.is_same, near.shared / np.maximum(union, 1) >= IOU))
    return {
        "exact": (near.at(exact), met.is_alone[exact]),
        "extent": (met.across.of(met.is_exact), None),
        "overlap": (near, met.is_alone),
        "iou": (near.at(close), met.is_alone[close]),
    }


def _made(corpus: Corpus) -> Rows:
    people, labels = max(len(corpus.annotators), 1), max(len(corpus.labels), 1)
    cell = (corpus.span_article * people + corpus.span_annotator) * labels + corpus.span_label
    count = np.bincount(cell)
    at = np.flatnonzero(count)
    rest, label = np.divmod(at, labels)
    article, who = np.divmod(rest, people)
    return typed("made", {"article": article, "who": who, "label": label, "spans": count[at]})


def sets_of(grid: Grid, each: Facing) -> Rows:
    """Return over how many characters the two had which sets of labels."""
    width = len(grid.sets)
    kinds, kind = ranked(each.left * width + each.right)  # of all that could be few occur
    cell, length = each.article * len(kinds) + kind, each.length
    if not each.both.all():
        rows = np.flatnonzero(each.both[each.article])
        cell, length = cell[rows], length[rows]
    keys, sums = cells_of(cell, length, len(each.both) * len(kinds))
    article, kind = np.divmod(keys, max(len(kinds), 1))
    x, y = np.divmod(kinds, width)
    return {"article": article, "x": grid.sets[x[kind]], "y": grid.sets[y[kind]], "length": sums}


def _spans(
    lanes: tuple[Lane, Lane], met: Meeting, rules: Rules, matched: dict[str, Ints], shape: tuple[Bools, int]
) -> Rows:
    """Return `COLUMNS` of the two, by article and label; `matched` are the left ends of the pairs by each rule."""
    one, other = lanes
    both, labels = shape
    cells = len(both) * labels

    def tally(cell: Ints, weights: Ints | None = None) -> Ints:
        return np.bincount(cell, weights, minlength=cells).astype(np.int64)

    is_both = both.repeat(labels)
    alone = met.near.of(met.is_alone)
    place = one.cell[alone.left]
    table: dict[str, Ints] = {
        "one": one.made * is_both,
        "other": other.made * is_both,
        "one_sentence": one.told * is_both,
        "other_sentence": other.told * is_both,
        "left_sentence": tally(one.cell[one.said_with(other)]),
        "right_sentence": tally(other.cell[other.said_with(one)]),
        "edges": tally(place),
        "starts": tally(place, one.first[alone.left] - other.first[alone.right]),
        "ends": tally(place, one.last[alone.left] - other.last[alone.right]),
    }
    for name, lefts in matched.items():
        table[name] = tally(one.cell[lefts])
    for name in ("exact", "overlap"):
        edges, _ = rules[name]
        table[f"left_{name}"] = tally(one.cell[_each(edges.left, len(one.cell))])
        table[f"right_{name}"] = tally(other.cell[_each(edges.right, len(other.cell))])
    kinds = len(SPAN_CLASSES)
    of_one, of_other = met.kinds
    cell = np.concatenate((one.cell * kinds + of_one, other.cell * kinds + of_other))
    classes = np.bincount(cell, minlength=cells * kinds).reshape(cells, kinds) * is_both[:, np.newaxis]
    table |= {f"class_{name}": classes[:, number] for number, name in enumerate(SPAN_CLASSES)}
    some = np.flatnonzero(np.logical_or.reduce([table[name] != 0 for name in COLUMNS]))
    article, label = np.divmod(some, max(labels, 1))
    return {"article": article, "label": label, **{name: table[name][some] for name in COLUMNS}}


def _each(spans: Ints, count: int) -> Ints:
    """Return the spans, each once."""
    there = np.zeros(count, dtype=bool)
    there[spans] = True
    return np.flatnonzero(there)


def lost_of(grid: Grid, each: Facing, touches: tuple[Bools, Bools]) -> Rows:
    """Return over how many characters only one of them has a label, and what the other one has there instead."""
    is_wanted = each.left != each.right
    differ = np.flatnonzero(is_wanted if each.both.all() else is_wanted & each.both[each.article])
    left, right = grid.sets[each.left[differ]], grid.sets[each.right[differ]]
    lacking = (left & ~right, right & ~left)
    sides = zip((each.one, each.other), touches, strict=True)
    near = np.concatenate([each.masks_of(lane, is_met)[differ] for lane, is_met in sides])
    lack = np.concatenate(lacking)
    rivals, instead = ranked(np.concatenate((np.zeros(1, dtype=np.int64), *reversed(lacking))))
    instead = instead[1:]
    article, length = np.tile(each.article[differ], 2), np.tile(each.length[differ], 2)
    labels, width = grid.width, len(rivals) + 1
    cells, lengths = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for label in grid.labels:
        rows = np.flatnonzero(lack >> label & 1)
        # What is a boundary has no rivals, and comes last.
        kind = np.where(near[rows] >> label & 1, len(rivals), instead[rows])
        cells.append((article[rows] * labels + label) * width + kind)
        lengths.append(length[rows])
    keys, points = cells_of(np.concatenate(cells), np.concatenate(lengths), len(each.both) * labels * width)
    rest, kind = np.divmod(keys, width)
    place, name = np.divmod(rest, labels)
    is_boundary = kind >= len(rivals)
    instead = np.where(is_boundary, 0, rivals[np.where(is_boundary, 0, kind)])
    return {"article": place, "label": name, "boundary": is_boundary, "rivals": instead, "points": points}
