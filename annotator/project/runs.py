"""The labels of articles as counting takes them: in columns, from what is laid ready, else from the labels themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints
from annotator.store import measured, works

_END = (1 << works.HALF) - 1
_AT_ONCE = 100
"""Articles whose labels are looked for in one statement: as long as it takes, nobody can store anything in the file."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Fragments of some articles, in runs of one article, annotator and label; ordered by these.

    Attributes:
        people, labels: ids; `who` and `label` hold places in these.
        article, who, label: of each run; articles are places among those that were asked for.
        fragments: of each run, how many.
        is_next: of each fragment, whether it goes on with the span before. start, end: of each, without blanks at edges.
    """

    people: tuple[str, ...]
    labels: tuple[str, ...]
    article: Ints
    who: Ints
    label: Ints
    fragments: Ints
    is_next: Bools
    start: Ints
    end: Ints

    def columns(self, wanted: Bools, person: Ints, kind: Ints) -> Columns:
        """Return the fragments of the wanted runs; `person` and `kind` are the new places of people and labels, or -1."""
        keep = np.repeat(wanted & (kind[self.label] >= 0), self.fragments)
        some = slice(None) if keep.all() else keep
        article, who, label = (
            np.repeat(each, self.fragments)[some] for each in (self.article, person[self.who], kind[self.label])
        )
        span = np.cumsum(~self.is_next[some]) - 1
        return Columns(article, who, label, span, self.start[some], self.end[some])

    def waiting(self, wanted: Bools, articles: int) -> list[tuple[tuple[str, str, int], ...]]:
        """Return for each article annotator, label and how many annotations, of the wanted runs."""
        found: list[list[tuple[str, str, int]]] = [[] for _ in range(articles)]
        rows = np.flatnonzero(wanted)
        if len(rows):
            spans = np.concatenate(([0], np.cumsum(~self.is_next)))
            ends = np.cumsum(self.fragments)
            counts = spans[ends] - spans[ends - self.fragments]
            for run in rows.tolist():
                who, label = self.people[int(self.who[run])], self.labels[int(self.label[run])]
                found[int(self.article[run])].append((who, label, int(counts[run])))
        return [tuple(sorted(each)) for each in found]


def read(db: measured.File, ids: Sequence[str], *, anew: bool) -> Runs:
    """Return the labels of some articles; `anew`: from the labels themselves, whatever is laid ready."""
    ready = {} if anew else {each.article: each for each in works.read(db, ids)}
    missing = [each for each in ids if each not in ready]
    for first in range(0, len(missing), _AT_ONCE):
        ready |= {each.article: each for each in works.made(db, missing[first : first + _AT_ONCE])}
    return laid_out([(place, ready[each]) for place, each in enumerate(ids) if each in ready])


def laid_out(several: Sequence[tuple[int, works.Work]]) -> Runs:
    """Return the work on articles, given with their places."""
    runs = np.frombuffer(b"".join(each.runs for _, each in several), dtype="<u4").astype(np.int64).reshape(-1, 3)
    code = np.frombuffer(b"".join(each.fragments for _, each in several), dtype="<i8").astype(np.int64, copy=False)
    counts = np.array([len(each.runs) // 12 for _, each in several], dtype=np.int64)
    people, who = _places((each.annotators for _, each in several), counts, runs[:, 0])
    labels, label = _places((each.labels for _, each in several), counts, runs[:, 1])
    return Runs(
        people,
        labels,
        np.repeat(np.array([place for place, _ in several], dtype=np.int64), counts),
        who,
        label,
        runs[:, 2],
        code >> 2 * works.HALF > 0,
        code >> works.HALF & _END,
        code & _END,
    )


def _places(written: Iterable[str], counts: Ints, own: Ints) -> tuple[tuple[str, ...], Ints]:
    """Return all ids in some lists, and for each run its place among them; `own` are the places in the article's list."""
    known: dict[str, tuple[str, ...]] = {}
    lists = [works.lists(known, text) for text in written]
    every: dict[str, int] = {}
    table: list[int] = []
    starts: dict[tuple[str, ...], int] = {}
    for ids in known.values():
        starts[ids] = len(table)
        table += [every.setdefault(key, len(every)) for key in ids]
    first = np.repeat(np.array([starts[ids] for ids in lists], dtype=np.int64), counts)
    return tuple(every), np.array(table, dtype=np.int64)[first + own]
