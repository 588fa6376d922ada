"""Counting finished work from labels and texts, where nothing is kept that still holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Ints, corpus_from
from annotator.agreement.counting import counted
from annotator.agreement.lanes import Said
from annotator.agreement.packing import SMALL_LABELS, fits, packed, packed_fragments
from annotator.agreement.ruler import Ruler, kept, of_characters, of_pieces, units_of
from annotator.agreement.sweep import MOST_LABELS
from annotator.store import measured
from annotator.store.statistics import Statistic
from annotator.text.sentences import sentences

Progress = Callable[[int, int, str], None]
Stretches = tuple[tuple[int, int], ...]
_AT_ONCE, _MOST_CHARACTERS = 500, 4_000_000
"""Articles, and characters of them, that are counted at a time: bounds the memory."""
_BLANK = np.array([chr(code).isspace() for code in range(0x3001)] + [False])
"""Which code points are blank; there are none beyond."""


@dataclass(frozen=True, slots=True)
class Work:
    """Articles to count.

    Attributes:
        ids, titles: of the articles.
        texts: how long they are. left_out: by place among them, what is left out.
        annotators: ids, ascending; finished: article × annotator.
        known: ids of labels that may occur. asked: the labels to count where all would be too many.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    texts: Sequence[int]
    left_out: dict[int, Stretches]
    annotators: tuple[str, ...]
    finished: Bools
    known: tuple[str, ...]
    asked: tuple[str, ...]


def recount(db: measured.File, work: Work, progress: Progress | None = None) -> Iterator[tuple[Statistic, bool]]:
    """Count each of the articles, in order; and say of each whether it can be kept."""
    first = 0
    while first < len(work.ids):
        last, size = first, 0
        while last < len(work.ids) and last - first < _AT_ONCE and (size < _MOST_CHARACTERS or last == first):
            size += work.texts[last]
            last += 1
        if progress:
            progress(first, len(work.ids), work.titles[first])
        yield from _counted(db, work, range(first, last))
        first = last


@dataclass(frozen=True, slots=True)
class _Runs:
    """Fragments of some articles as they come from the file, in runs of one article, annotator and label.

    Attributes:
        labels: ids; annotators: likewise, of each run.
        article, who, label: of each run, places; who is -1 where nobody is known by that id.
        spans, fragments: of each run, how many.
        is_next: of each fragment, whether it goes on with the span before. start, end: of each.
    """

    labels: tuple[str, ...]
    annotators: tuple[str, ...]
    article: Ints
    who: Ints
    label: Ints
    spans: Ints
    fragments: Ints
    is_next: Bools
    start: Ints
    end: Ints


def _counted(db: measured.File, work: Work, some: range) -> Iterator[tuple[Statistic, bool]]:
    ids, finished = work.ids[some.start : some.stop], work.finished[some.start : some.stop]
    read = _read(db, ids, work.annotators)
    is_done = read.who >= 0  # where nobody has finished anything, there is nobody to look up
    is_done[is_done] = finished[read.article[is_done], read.who[is_done]]
    wanted = [each for each, row in zip(ids, finished, strict=True) if row.any()]
    texts = measured.contents(db, wanted)
    contents = [texts.get(each, "") for each in ids]
    # Where nobody has finished, no text is read: as if it were empty, with nothing to leave out of it.
    out = [list(work.left_out.get(place, ())) if row.any() else [] for place, row in zip(some, finished, strict=True)]
    labels, can_be_kept = _labels({read.labels[place] for place in set(read.label[is_done].tolist())}, work)
    columns = _columns(read, is_done, labels, contents)
    rulers = [of_characters(len(text), each) for text, each in zip(contents, out, strict=True)]
    said = [
        of_pieces(_sentences(text) if who.sum() > 1 else [], len(text), each)
        for text, each, who in zip(contents, out, finished, strict=True)
    ]
    corpus = corpus_from(
        tuple(ids),
        work.annotators,
        labels,
        length=np.array([each.length for each in rulers], dtype=np.int64),
        finished=finished,
        columns=in_units(columns, rulers),
    )
    tables = counted(corpus, Said(in_units(columns, said), np.array([each.length for each in said], dtype=np.int64)))
    places = [tuple(np.flatnonzero(row).tolist()) for row in finished]
    bounds = np.searchsorted(columns.article, np.arange(len(ids) + 1)).tolist()
    waiting = _waiting(read, ~is_done, len(ids))
    for number, one in enumerate(packed(tables, len(ids), places)):
        rows = slice(bounds[number], bounds[number + 1])
        is_wide = one.is_wide or not fits(columns, rows)
        content = packed_fragments(columns, rows, places[number], is_wide=is_wide)
        words = _words(contents[number], out[number])
        row = Statistic(
            ids[number], one.annotators, one.labels, one.is_wide, words, waiting[number], one.tables, content
        )
        # What is so large that its fragments alone need wide numbers is counted anew each time.
        yield row, can_be_kept and is_wide == one.is_wide


def _read(db: measured.File, ids: Sequence[str], annotators: tuple[str, ...]) -> _Runs:
    place = {each: number for number, each in enumerate(ids)}
    person = {each: number for number, each in enumerate(annotators)}
    known: dict[str, int] = {}
    rows, names, numbers = [], [], []
    for article, who, label, spans, fragments, coded in measured.runs(db, ids):
        rows.append((place[article], person.get(who, -1), known.setdefault(label, len(known)), spans, fragments))
        names.append(who)
        numbers.append(coded)
    where, who_, label_, spans_, counts = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    code = np.fromstring(",".join(numbers), dtype=np.int64, sep=",") if numbers else np.zeros(0, dtype=np.int64)
    half = measured.HALF
    start, end = code >> half & (1 << half) - 1, code & (1 << half) - 1
    return _Runs(tuple(known), tuple(names), where, who_, label_, spans_, counts, code >> 2 * half > 0, start, end)


def _waiting(read: _Runs, is_waiting: Bools, articles: int) -> list[tuple[tuple[str, str, int], ...]]:
    """Return for each article the annotations that are not counted yet: annotator, label, how many."""
    found: list[list[tuple[str, str, int]]] = [[] for _ in range(articles)]
    for run in np.flatnonzero(is_waiting).tolist():
        label = read.labels[int(read.label[run])]
        found[int(read.article[run])].append((read.annotators[run], label, int(read.spans[run])))
    return [tuple(sorted(each)) for each in found]


def _labels(used: set[str], work: Work) -> tuple[tuple[str, ...], bool]:
    """Return the labels to count, and whether these are all."""
    every = used.union(work.known)
    if len(every) > SMALL_LABELS:
        every = used  # the fewer, the smaller are the numbers
    can_be_kept = len(every) <= MOST_LABELS
    return tuple(sorted(every if can_be_kept else work.asked)), can_be_kept


def _columns(read: _Runs, is_done: Bools, labels: tuple[str, ...], contents: Sequence[str]) -> Columns:
    """Return the fragments of finished work, in characters, without the blanks at their edges."""
    place = {each: number for number, each in enumerate(labels)}
    kind = np.array([place.get(each, -1) for each in read.labels], dtype=np.int64)[read.label]
    keep = np.repeat(is_done & (kind >= 0), read.fragments)
    article, who, label = (np.repeat(each, read.fragments)[keep] for each in (read.article, read.who, kind))
    span = np.cumsum(~read.is_next[keep]) - 1
    start, end = read.start[keep], read.end[keep]
    _trim(article, start, end, contents)
    return Columns(article, who, label, span, start, end)


def _trim(article: Ints, start: Ints, end: Ints, contents: Sequence[str]) -> None:
    """Take the blanks at the edges of fragments off."""
    codes = np.frombuffer("".join(contents).encode("utf-32-le"), dtype="<u4")
    lengths = np.array([len(each) for each in contents], dtype=np.int64)
    offset, most = (np.cumsum(lengths) - lengths)[article], len(codes) - 1
    edges = (np.minimum(each + offset, most) for each in (start, end - 1))
    first, last = (_BLANK[np.minimum(codes[each], len(_BLANK) - 1)] for each in edges)
    for row in np.flatnonzero(first | last).tolist():
        covered = contents[int(article[row])][int(start[row]) : int(end[row])]
        start[row] += len(covered) - len(covered.lstrip())
        end[row] -= len(covered) - len(covered.rstrip())


def in_units(columns: Columns, rulers: Sequence[Ruler]) -> Columns:
    """Return fragments, by article, in the units of their articles' rulers."""
    start, end = units_of(rulers, columns.article, columns.start, columns.end)
    return Columns(columns.article, columns.annotator, columns.label, columns.span, start, end)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(each.start, each.end) for each in sentences(text)]


def _words(text: str, out: list[tuple[int, int]]) -> int:
    if not out:
        return len(text.split())
    starts, ends = (each.tolist() for each in kept(len(text), out))
    return sum(len(text[start:end].split()) for start, end in zip(starts, ends, strict=True))
