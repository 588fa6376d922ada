"""Counting a large project by several processes: each reads the file for itself, and hands back what it counted.

Counting is arithmetic on the labels of one article after the other, so that as many articles can be counted at once as
there are processes, to the same digits.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from annotator.articles.crew import Crew
from annotator.model.errors import ProjectFileError
from annotator.project.recount import Counted, Work, recount
from annotator.store import measured, versions
from annotator.store.database import explained, open_file

if TYPE_CHECKING:
    from annotator.project.wording import Wording
    from annotator.store.word_statistics import WordStatistic

P = TypeVar("P")
R = TypeVar("R")
Progress = Callable[[int, int, str], None]
_FEW = 6
"""Portions of articles that are counted sooner than a process begins: to load what counting needs takes a third of a second."""
_FEW_IN_WORDS = 2
"""The same where words are to be found."""
_PATIENCE = 0.08
"""Seconds of counting after which that is so: where little stands in the articles, many are counted in no time."""
_MOST = 3
"""Processes beside this one. Each holds up to 100 MB."""
MANY = 2_000
"""Articles to be counted from which on other processes begin before it is known what stands in them."""


class Counting:
    """Counts articles; where there are many, and the file lies at a path, with the help of other processes.

    These count the state that this connection sees, or nothing. They end with the ``with`` block, and with what `progress`
    raises.
    """

    def __init__(self, db: measured.File, path: Path | None, progress: Progress | None) -> None:
        self._db, self._path, self._told = db, path, Told(progress)
        self._size = min((os.cpu_count() or 1) - 1, _MOST)
        self._crew = Crew(self._told, size=max(self._size, 1), patience=_PATIENCE, loads=(__name__,))

    def __enter__(self) -> Self:
        self._crew.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._crew.__exit__(kind, error, trace)

    @property
    def _has_helpers(self) -> bool:
        return self._path is not None and self._size > 0

    def begin(self) -> None:
        """Let the other processes load what counting needs, while this one still reads what is to be counted."""
        if self._has_helpers:
            self._crew.begin()

    def of(self, work: Work) -> Iterator[Counted]:
        """Count articles, in order; and say of each whether it can be kept."""
        self._told.of_all(work)
        return self._spread(recount, list(work.portions()), _FEW)

    def in_words(self, wording: "Wording") -> "Iterator[WordStatistic]":
        """Count articles in words, in order."""
        from annotator.project.wording import recount_in_words  # noqa: PLC0415 - its patterns take a while to be made

        self._told.of_all(wording.work)
        return self._spread(recount_in_words, list(wording.portions()), _FEW_IN_WORDS)

    def _spread(self, function: Callable[[measured.File, P], list[R]], portions: Sequence[P], few: int) -> Iterator[R]:
        """Yield what a function counts in portions, in order; up to `few` of them are counted here."""
        here = partial(function, self._db)
        if self._path is None or not self._has_helpers or len(portions) <= few:
            for portion in portions:
                self._told()
                yield from self._told.of(here(portion))
            return
        elsewhere = partial(_elsewhere, function, self._path, versions.position(self._db))
        several = self._crew.spread(elsewhere, portions, here, lambda _portion: 1, here=here)
        for portion, rows in zip(portions, several, strict=True):
            yield from self._told.of(here(portion) if rows is None else rows)


def counted_quietly(
    path: Path, position: tuple[int, str], portions: Iterable[Work], cancelled: Callable[[], bool]
) -> Iterator[list[Counted]]:
    """Count portions of articles in a process of their own, while this one does something else; yield each, in order.

    Ends before all are counted where the file is not in the state with that last step any more, and where it is cancelled.
    """
    with Crew(cancelled, size=1, patience=-1, loads=(__name__,)) as crew:
        elsewhere = partial(_counted_elsewhere, path, position)
        for rows in crew.spread(elsewhere, portions, lambda _lost: None, lambda portion: len(portion.ids)):
            if rows is None:
                return
            yield rows


class Told:
    """Says how far it is."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0
        self._titles: Sequence[str] = ()

    def of_all(self, work: Work) -> None:
        """Remember what is to be done."""
        self._titles, self._done = work.titles, 0

    def __call__(self) -> bool:
        """Say it; what is told raises where it is to end, and so this is never true."""
        if self._progress and self._done < len(self._titles):
            self._progress(self._done, len(self._titles), self._titles[self._done])
        return False

    def of(self, rows: list[R]) -> list[R]:
        """Return what was counted, and remember how much."""
        self._done += len(rows)
        return rows


def _elsewhere(
    function: Callable[[measured.File, P], list[R]], path: Path, position: tuple[int, str], portion: P
) -> list[R] | None:
    """Count articles in another process; None where the file cannot be read, or is not in the state that is counted."""
    try:
        db = open_file(path, writing=False)
        try:
            with explained(path):
                return function(db, portion) if versions.position(db) == position else None
        finally:
            db.close()
    except ProjectFileError:  # counted where it was asked for, this says what is wrong
        return None


_counted_elsewhere = partial(_elsewhere, recount)
