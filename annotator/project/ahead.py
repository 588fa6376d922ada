"""Counting ahead: what agreement will be computed from is laid ready while nobody waits for it.

So the first look at the agreement of a large project is as quick as the second, also where an older version has written
it or copies have just been merged. What is kept is what measuring would keep, under the same rule: a change of an article
takes its row away in the same step, and what was counted before a step is not kept after it.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from annotator.agreement.packing import METHOD
from annotator.project.crewed import counted_quietly
from annotator.project.recount import Work
from annotator.project.stock import Source, read
from annotator.project.to_count import work_of
from annotator.store import measured, statistics, versions
from annotator.store.statistics import Statistic

WORTH = 1_000
"""Articles that several have finished, from which on it is done: fewer are counted as soon as somebody asks."""
_AT_ONCE = 1_000
"""Articles about which is read at a time."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was counted in some articles.

    Attributes:
        rows: one for each article. method: the way of counting.
        position: number and id of the last step then.
        done, total: how many articles are counted with these, and how many are to be.
    """

    rows: tuple[Statistic, ...]
    method: int
    position: tuple[int, str]
    done: int
    total: int


def count_ahead(source: Source, cancelled: Callable[[], bool]) -> Generator[Ahead, None, None]:
    """Count the articles of which nothing is kept, if they are many; yield portions. See `Measuring.count_ahead`."""
    position = versions.position(source.db)
    ids = missing(source.db)
    if source.path is None or not ids:
        return
    done = 0
    for counted in counted_quietly(source.path, position, _portions(source, ids), cancelled):
        done += len(counted)
        rows = tuple(row for row, can_be_kept in counted if can_be_kept)
        yield Ahead(rows, METHOD, position, done, len(ids))


def missing(db: measured.File) -> list[str]:
    """Return the articles of which nothing is kept, if it is worth while to count them ahead; else none."""
    found = statistics.missing(db, METHOD)
    return [article for article, _ in found] if sum(readers > 1 for _, readers in found) >= WORTH else []


def _portions(source: Source, ids: list[str]) -> Iterator[Work]:
    for first in range(0, len(ids), _AT_ONCE):
        stock = read(source.db, frozenset(ids[first : first + _AT_ONCE]), None)
        yield from work_of(source, stock, range(len(stock.headings))).portions()
