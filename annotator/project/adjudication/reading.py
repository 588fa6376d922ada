"""Scenes out of a project file: of some articles, or of all in one go."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import repeat
from pathlib import Path

from annotator.model.adjudication import Cell
from annotator.model.annotator import GOLD, Annotator
from annotator.model.article import BlockKind
from annotator.model.codebook import Codebook
from annotator.model.errors import DamagedProjectError, StoppedError
from annotator.model.ids import id_of
from annotator.model.versions import Mark
from annotator.project.adjudication.book import Book
from annotator.project.adjudication.grouping import Fragments
from annotator.project.adjudication.joins import Row
from annotator.project.adjudication.scene import Scene
from annotator.store import adjudged, codebooks, decisions, measured, people, versions
from annotator.store.copies import reading
from annotator.store.measured import File

_TOGETHER = 100
"""So many articles are read in one go. What many more have would not stay where the processor has it at hand."""
Progress = Callable[[int, int, str], None]
_mark: Callable[[tuple[object, ...]], Mark] = partial(tuple.__new__, Mark)
"""Makes a mark in half the time, of which a queue needs a hundred thousand."""


@dataclass(frozen=True)
class Source:
    """A project file, and what is known of the project; `gold` is the id that the gold layer has, or will have."""

    db: File
    everybody: tuple[Annotator, ...]
    codebook: Codebook
    gold: str

    @cached_property
    def pool(self) -> tuple[str, ...]:
        """Ids of those who are compared, in the order of their names: all people, without their second readings."""
        return tuple(each.id for each in self.everybody if not each.repeats and not each.is_gold)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Source, int]]:
    """Open the project at a path for reading, in any thread; yield its source, and how many steps it has.

    Raises:
        ProjectFileError: it cannot be read.
    """
    with reading(path, tested=False) as db:
        book, row = codebooks.codebook(db), codebooks.project(db)
        if book is None or row is None:
            raise DamagedProjectError(path, "it has no codebook")
        everybody = people.annotators(db)
        yield Source(db, everybody, book, gold_of(everybody, row["id"])), versions.position(db)[0]


def gold_of(everybody: Iterable[Annotator], project: str) -> str:
    """Return the id of the gold layer, made or not: made by two apart, it is the same."""
    return next((each.id for each in everybody if each.is_gold), None) or id_of(project, GOLD)


def scenes(
    source: Source,
    cell: Cell,
    *,
    decided: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[Scene]:
    """Yield the scenes of the articles that two or more of the pool have finished, or about which something was decided.

    With `decided`, only of the latter: no other is read.

    Raises:
        StoppedError: `cancelled` said so.
    """
    db, book = source.db, Book(source.codebook)
    if 0 < len(cell.articles) <= _TOGETHER and not decided:
        keys = sorted(cell.articles)
    else:
        some = adjudged.decided(db) if decided else adjudged.articles(db)
        keys = [each for each in some if not cell.articles or each in cell.articles]
    for first in range(0, len(keys), _TOGETHER):
        if progress is not None:
            progress(first, len(keys), "")
        some = keys[first : first + _TOGETHER]
        rows = _read(db, some)
        for article in some:
            if cancelled is not None and cancelled():
                raise StoppedError
            found = rows.scene(source, book, article)
            if found is not None:
                yield found


@dataclass(slots=True)
class _Rows:
    """What was read of some articles: by article, labels by annotator too, and links by the label they leave."""

    readers: dict[str, set[str]]
    told: dict[str, list[decisions.Told]]
    marked: dict[str, dict[str, list[Mark]]]
    links: dict[str, list[Row]]
    left_out: dict[str, list[tuple[int, int]]]
    where: Mapping[str, tuple[str, Fragments]]

    def scene(self, source: Source, book: Book, article: str) -> Scene | None:
        """Return the scene of an article; None where fewer than two have finished it and nothing was decided."""
        told, readers = self.told.get(article, []), self.readers[article]
        # Whoever was compared stays compared while reading the article once more.
        pool = tuple(each for each in source.pool if each in readers or any(one.speaks_of(each) for one in told))
        if len(pool) < 2 and not told:
            return None
        marked, out = self.marked.get(article, {}), self.left_out.get(article)
        marks = [mark for who in pool for mark in marked.get(who, ())]
        if out:
            text = cache(lambda: measured.contents(source.db, [article])[article])
            marks = [mark for mark in marks if not _is_left_out(mark, out, text)]
        rows = [row for mark in marks for row in self.links.get(mark.annotation, ())] if self.links else []
        inside = {mark.annotation for some in marked.values() for mark in some} if rows else set()
        return Scene(
            book=book,
            article=article,
            pool=pool,
            marks=marks,
            links=rows,
            gold={mark.annotation: mark for mark in marked.get(source.gold, ())},
            told=told,
            elsewhere={
                row[3]: self.where[row[3]] for row in rows if row[3] and row[3] in self.where and row[3] not in inside
            },
        )


def _read(db: File, articles: Sequence[str]) -> _Rows:
    """Read some articles."""
    readers: dict[str, set[str]] = defaultdict(set)
    for key, who in adjudged.finished(db, articles):
        readers[key].add(who)
    told: dict[str, list[decisions.Told]] = defaultdict(list)
    for each in decisions.told(db, articles):
        told[each.article].append(each)
    marked = _marks(db, articles)
    links: dict[str, list[Row]] = defaultdict(list)
    for row in adjudged.links(db, articles):
        links[row[2]].append(row)
    left_out: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, kind, start, end in adjudged.blocks(db, articles):
        if not BlockKind(kind).is_labelled:
            left_out[key].append((start, end))
    inside = {
        mark.annotation: (key, mark.fragments)
        for key, by in (marked.items() if links else ())
        for some in by.values()
        for mark in some
    }
    outside = {row[3] for some in links.values() for row in some if row[3] and row[3] not in inside}
    return _Rows(readers, told, marked, links, left_out, {**inside, **adjudged.elsewhere(db, sorted(outside))})


def _marks(db: File, articles: Sequence[str]) -> dict[str, dict[str, list[Mark]]]:
    """Return the labels of some articles, by article and annotator."""
    values: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, name, value in adjudged.attributes(db, articles):
        values[key].append((name, value))
    made: dict[str, dict[str, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    spans = adjudged.spans(db, articles)
    for place, who, label, every in adjudged.labels(db, articles):
        ids = [key for key in every if key in spans]  # a label of this moment waits for the next reading
        given = [tuple(values.get(key, ())) for key in ids] if values else repeat(())
        made[place][who].extend(map(_mark, zip(ids, repeat(who), repeat(label), map(spans.__getitem__, ids), given)))
    return made


def _is_left_out(mark: Mark, blocks: list[tuple[int, int]], text: Callable[[], str]) -> bool:
    """Return whether nothing of a label counts: it lies in what is left out (`blocks`), or in blanks between that."""
    near = [(low, high) for low, high in blocks if any(start < high and low < end for start, end in mark.fragments)]
    if not near:
        return False
    if all(any(low <= start and end <= high for low, high in near) for start, end in mark.fragments):
        return True
    borders = [0, *(border for each in sorted(near) for border in each), mark.fragments[-1][1]]
    between = list(zip(borders[::2], borders[1::2], strict=True))
    words = text()
    return not any(words[max(a, start) : min(b, end)].strip() for a, b in between for start, end in mark.fragments)
