"""Gathering what is counted in words: what was counted before as it is, the rest from the texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement.corpus import Ints
from annotator.agreement.packing_in_words import METHOD
from annotator.agreement.sweep import MOST_LABELS
from annotator.agreement.tables import Tables, chosen
from annotator.project.crewed import Counting, Progress
from annotator.project.stock import Source, Stock, parts_of
from annotator.project.to_count import work_of
from annotator.project.worded import Worded, is_of, worded
from annotator.project.wording import Wording
from annotator.store import word_statistics
from annotator.store.statistics import Statistic
from annotator.store.word_statistics import WordStatistic

_FEW = 1_000
"""Articles up to which what is kept is asked for by their ids."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Articles of which is asked, and for whom.

    Attributes:
        places: of the articles in the stock. rows: what was counted in each in characters.
        annotators, labels: ids.
    """

    places: Ints
    rows: Sequence[Statistic]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]


def in_words(
    source: Source, stock: Stock, asked: Asked, progress: Progress | None, *, anew: bool = False
) -> tuple[Worded, Ints, tuple[WordStatistic, ...]]:
    """Return what is counted in words; where the articles are in it; and what of it was not kept, and can be.

    Counted once for every choice of annotators and labels, and of articles, unless few of them are wanted; of those asked
    for alone where all labels are too many.
    """
    for known, there in stock.in_words:
        if np.isin(asked.places, there).all():
            return known, np.searchsorted(there, asked.places), ()
    every = np.arange(len(stock.headings))
    some = every if len(every) == len(stock.rows) <= 2 * len(asked.places) else asked.places
    rows = [stock.rows.get(place) for place in some.tolist()]
    labels = {each for labels in {row.labels for row in rows if row is not None} for each in labels}
    if len(labels) > MOST_LABELS or None in rows:
        found, _ = _counted(source, stock, asked, {}, progress)
        tables = chosen(parts_of(enumerate(asked.rows)), asked.annotators, asked.labels)
        return worded(found, tables), np.arange(len(asked.places)), ()
    whole = Asked(
        some, [row for row in rows if row is not None], stock.of(some).states.finishers, tuple(sorted(labels))
    )
    kept = {} if anew else _kept(source, stock, whole)
    found, fresh = _counted(source, stock, whole, kept, progress)
    made = worded(found, _characters(stock, whole, asked))
    stock.in_words[1:] = [(made, some)]  # the first one, and the latest
    return made, np.searchsorted(some, asked.places), fresh


def _kept(source: Source, stock: Stock, whole: Asked) -> dict[str, WordStatistic]:
    few = [stock.headings[place].id for place in whole.places.tolist()] if len(whole.places) <= _FEW else []
    return {each.article: each for each in word_statistics.read(source.db, METHOD, few)}


def _counted(
    source: Source, stock: Stock, asked: Asked, kept: dict[str, WordStatistic], progress: Progress | None
) -> tuple[list[WordStatistic | None], tuple[WordStatistic, ...]]:
    """Return what is counted in each article that several have finished, and what of that is not kept."""
    finished = stock.states.table(asked.annotators)[asked.places]
    found: list[WordStatistic | None] = [None] * len(asked.places)
    todo = []
    for number in np.flatnonzero(finished.sum(axis=1) > 1).tolist():
        row = asked.rows[number]
        known = kept.get(row.article)
        if known is not None and is_of(known, row):
            found[number] = known
        else:
            todo.append(number)
    work = work_of(source, stock, asked.places[todo].tolist())
    work = replace(work, annotators=asked.annotators, finished=finished[todo])
    with Counting(source.db, source.path, progress) as counting:
        wording = Wording(work, [asked.rows[number] for number in todo], asked.labels)
        fresh = tuple(counting.in_words(wording))
    for number, row_ in zip(todo, fresh, strict=True):
        found[number] = row_
    return found, fresh


def _characters(stock: Stock, whole: Asked, asked: Asked) -> Tables:
    """Return what was counted in characters in the same articles."""
    deck = stock.deck(asked.annotators, asked.labels) if len(whole.places) == len(stock.headings) else None
    if deck is not None:
        return deck.tables
    return chosen(parts_of(enumerate(whole.rows)), whole.annotators, whole.labels)
