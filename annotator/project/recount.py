"""Counting finished work from labels and texts, where nothing is kept that still holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints, corpus_from
from annotator.agreement.counting import counted
from annotator.agreement.packing import SMALL_LABELS, packed, packed_fragments
from annotator.agreement.ruler import Ruler, of_characters, units_of
from annotator.agreement.sweep import MOST_LABELS
from annotator.project import outlined, runs
from annotator.project.cutting import cut
from annotator.project.outlined import Stretches
from annotator.store import measured
from annotator.store.statistics import Statistic

Counted = tuple[Statistic, bool]
"""An article's row, and whether it can be kept."""
_AT_ONCE, _MOST_CHARACTERS = 250, 2_000_000
"""Articles, and characters of them, that are counted at a time: bounds the memory."""
_LARGE = 30_000_000
"""Bytes: once so much has been asked for, and given back untouched, Linux' C library gives nothing smaller back to the
system. Else each portion's memory is given back and asked for again, page by page: a tenth of the time."""


@dataclass(frozen=True, slots=True)
class Work:
    """Articles to count.

    Attributes:
        ids, titles: of the articles.
        texts: how long they are. left_out: by place among them, what is left out.
        annotators: ids, ascending; finished: article × annotator.
        known: ids of labels that may occur. asked: the labels to count where all would be too many.
        anew: whether nothing is taken that was made from labels and texts before.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    texts: Sequence[int]
    left_out: dict[int, Stretches]
    annotators: tuple[str, ...]
    finished: Bools
    known: tuple[str, ...]
    asked: tuple[str, ...]
    anew: bool = False

    def portions(self) -> "Iterator[Work]":
        """Yield them in portions that are counted at a time."""
        first = 0
        while first < len(self.ids):
            last, size = first, 0
            while last < len(self.ids) and last - first < _AT_ONCE and (size < _MOST_CHARACTERS or last == first):
                size += self.texts[last]
                last += 1
            yield self._of(slice(first, last))
            first = last

    def _of(self, some: slice) -> "Work":
        places = enumerate(range(some.start, some.stop))
        out = {number: self.left_out[place] for number, place in places if place in self.left_out}
        of_each = (getattr(self, name)[some] for name in ("ids", "titles", "texts"))
        return replace(
            self,
            **dict(zip(("ids", "titles", "texts"), of_each, strict=True)),
            left_out=out,
            finished=self.finished[some],
        )


def recount(db: measured.File, work: Work) -> list[Counted]:
    """Count each of the articles, in order; and say of each whether it can be kept."""
    np.empty(_LARGE, dtype=np.uint8)
    ids, finished = work.ids, work.finished
    read = runs.read(db, ids, anew=work.anew)
    place = {each: number for number, each in enumerate(work.annotators)}
    person = np.array([place.get(each, -1) for each in read.people], dtype=np.int64)
    is_done = person[read.who] >= 0  # where nobody has finished anything, there is nobody to look up
    is_done[is_done] = finished[read.article[is_done], person[read.who[is_done]]]
    labels, can_be_kept = _labels({read.labels[each] for each in set(read.label[is_done].tolist())}, work)
    kind = {each: number for number, each in enumerate(labels)}
    columns = read.columns(is_done, person, np.array([kind.get(each, -1) for each in read.labels], dtype=np.int64))
    # Where nobody has finished, no text is read: as if it were empty, with nothing to leave out of it.
    texts = np.where(finished.any(axis=1), work.texts, 0)
    out = [work.left_out.get(each, ()) if length else () for each, length in enumerate(texts.tolist())]
    columns = cut(columns, ids, out, lambda wanted: measured.contents(db, wanted))
    known = outlined.read(db, list(zip(ids, texts.tolist(), out, strict=True)), finished, anew=work.anew)
    length, in_characters = _without(columns, texts, out)
    corpus = corpus_from(tuple(ids), work.annotators, labels, length=length, finished=finished, columns=in_characters)
    tables = counted(corpus, known.said(columns))
    each = packed(tables, len(ids), _finishers(finished))
    contents, wide = packed_fragments(columns, finished, np.array([one.is_wide for one in each], dtype=bool))
    waiting = read.waiting(~is_done, len(ids))
    found: list[Counted] = []
    for number, (one, content, is_wide) in enumerate(zip(each, contents, wide.tolist(), strict=True)):
        words = known.words[number]
        row = Statistic(
            ids[number], one.annotators, one.labels, one.is_wide, words, waiting[number], one.tables, content
        )
        # What is so large that its fragments alone need wide numbers is counted anew each time.
        found.append((row, can_be_kept and is_wide == one.is_wide))
    return found


def _finishers(finished: Bools) -> list[tuple[int, ...]]:
    """Return for each article the places of those who have finished it."""
    known: dict[bytes, tuple[int, ...]] = {}
    found = []
    for row in finished:
        key = row.tobytes()
        if key not in known:
            known[key] = tuple(np.flatnonzero(row).tolist())
        found.append(known[key])
    return found


def _without(columns: Columns, texts: Ints, out: Sequence[Stretches]) -> tuple[Ints, Columns]:
    """Return how many characters of each article are not left out, and fragments in these."""
    length, start, end = texts.copy(), columns.start.copy(), columns.end.copy()
    for place in (number for number, each in enumerate(out) if each):
        ruler = of_characters(int(texts[place]), list(out[place]))
        length[place] = ruler.length
        low, high = np.searchsorted(columns.article, [place, place + 1])
        start[low:high], end[low:high] = ruler.units(start[low:high], end[low:high])
    return length, Columns(columns.article, columns.annotator, columns.label, columns.span, start, end)


def _labels(used: set[str], work: Work) -> tuple[tuple[str, ...], bool]:
    """Return the labels to count, and whether these are all."""
    every = used.union(work.known)
    if len(every) > SMALL_LABELS:
        every = used  # the fewer, the smaller are the numbers
    can_be_kept = len(every) <= MOST_LABELS
    return tuple(sorted(every if can_be_kept else work.asked)), can_be_kept


def in_units(columns: Columns, rulers: Sequence[Ruler]) -> Columns:
    """Return fragments, by article, in the units of their articles' rulers."""
    start, end = units_of(rulers, columns.article, columns.start, columns.end)
    return Columns(columns.article, columns.annotator, columns.label, columns.span, start, end)
