"""What is known of a project's articles before anything is compared: read once, enough for every choice among them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from annotator.agreement.corpus import Bools, Ints
from annotator.agreement.deck import Deck
from annotator.agreement.packing import Packed, unpacked
from annotator.agreement.sweep import MOST_LABELS
from annotator.agreement.tables import Tables
from annotator.model.article import BlockKind, State
from annotator.model.codebook import Codebook
from annotator.project.finishing import Finishing
from annotator.project.outlined import Stretches
from annotator.project.request import Request
from annotator.project.worded import Worded
from annotator.store import measured, statistics
from annotator.store.statistics import Statistic

_FEW = 1_000
"""Articles up to which what stands about them is asked for by their ids."""


@dataclass(slots=True)
class Source:
    """Where a project's values come from, and what is known of it; `firsts` are compared when nobody is named.

    `path` is where other processes find the same file; None: they are not to read it.
    """

    db: measured.File
    name: str
    revision: int
    names: dict[str, str]
    firsts: tuple[str, ...]
    codebook: Codebook
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class States:
    """Who has finished which article, and when: by annotator and place of the article."""

    count: int
    done: dict[str, dict[int, str]]
    unfinished: dict[str, list[tuple[int, str]]]

    @classmethod
    def read(cls, db: measured.File, place: dict[str, int], some: frozenset[str]) -> "States":
        """Read the states of all annotators in some articles; `some`: these, where they are few."""
        done: dict[str, dict[int, str]] = defaultdict(dict)
        unfinished: dict[str, list[tuple[int, str]]] = defaultdict(list)
        is_finished = {each.value: each.is_finished for each in State}
        for article, who, state, time in measured.states(db, some):
            if article in place:
                if is_finished.get(state) or State(state).is_finished:
                    done[who][place[article]] = time
                else:
                    unfinished[who].append((place[article], state))
        return cls(len(place), dict(done), dict(unfinished))

    def of(self, new: dict[int, int]) -> "States":
        """Return the states in some articles, with their new places by the old ones."""
        done = {who: {new[old]: time for old, time in mine.items() if old in new} for who, mine in self.done.items()}
        unfinished = {
            who: [(new[old], state) for old, state in mine if old in new] for who, mine in self.unfinished.items()
        }
        return States(len(new), {who: mine for who, mine in done.items() if mine}, unfinished)

    def started(self, people: Iterable[str]) -> int:
        """Return how many readings these people have begun and not ended."""
        return sum(state == State.IN_PROGRESS for who in people for _, state in self.unfinished.get(who, ()))

    def who_finished(self, people: Iterable[str]) -> tuple[str, ...]:
        """Return those who have finished something."""
        return tuple(who for who in people if self.done.get(who))

    def table(self, people: Iterable[str]) -> Bools:
        """Return article × annotator: who has finished what."""
        known = tuple(people)
        found = np.zeros((self.count, len(known)), dtype=bool)
        for number, who in enumerate(known):
            found[list(self.done.get(who, ())), number] = True
        return found


@dataclass(frozen=True)
class Stock:
    """Articles, who has finished them, what is left out in them, and what was counted in them.

    Attributes:
        headings: of the articles, by id; what follows holds places in these.
        states, left_out: in them. rows: what was counted in an article, of all annotators and labels; where it is known.
        is_whole: whether these are all articles of the project.
    """

    headings: tuple[measured.Heading, ...]
    states: States
    left_out: Mapping[int, Stretches]
    rows: Mapping[int, Statistic]
    is_whole: bool

    @cached_property
    def parts(self) -> list[Tables]:
        """What was counted, as tables."""
        return parts_of(sorted(self.rows.items()))

    @cached_property
    def _finishing(self) -> tuple[dict[str, int], Finishing]:
        column = {who: number for number, who in enumerate(self.states.done)}
        return column, Finishing.of(list(self.states.done.values()), len(self.headings))

    def finishing(self, people: Sequence[str], places: Ints) -> Finishing:
        """Return when some annotators finished some articles."""
        column, every = self._finishing
        rank = np.full((len(places), len(people)), -1, dtype=np.int64)
        for number, who in enumerate(people):
            if who in column:
                rank[:, number] = every.rank[places, column[who]]
        return replace(every, rank=rank)

    @cached_property
    def in_words(self) -> list[tuple[Worded, Ints]]:
        """What is counted in words, once somebody has asked for it; of which articles (places, ascending)."""
        return []

    @cached_property
    def _decks(self) -> list[Deck]:
        return []

    def deck(self, annotators: Sequence[str], labels: Sequence[str]) -> Deck | None:
        """Return what was counted, laid out once for all choices; those who are asked for first come first in it.

        None where there are more labels than go into one table.
        """
        if not self._decks:
            people = dict.fromkeys((*annotators, *sorted({who for part in self.parts for who in part.annotators})))
            kinds = dict.fromkeys((*labels, *sorted({each for part in self.parts for each in part.labels})))
            if len(kinds) > MOST_LABELS:
                return None
            self._decks.append(Deck.of(self.parts, tuple(people), tuple(kinds), len(self.headings)))
            self.__dict__.pop("parts")  # the same again, a hundred megabytes: made anew should somebody ask
        return self._decks[0]

    def places(self, request: Request) -> Ints:
        """Return the articles that a request chooses."""
        if not (request.articles or request.outlet or request.since or request.until):
            return np.arange(len(self.headings))
        return np.array(
            [number for number, each in enumerate(self.headings) if _is_chosen(each, request)], dtype=np.int64
        )

    def of(self, places: Ints) -> "Stock":
        """Return the stock of some articles (ascending), whose places are new."""
        if len(places) == len(self.headings):
            return self
        new = {old: number for number, old in enumerate(places.tolist())}
        return Stock(
            tuple(self.headings[place] for place in new),
            self.states.of(new),
            {new[old]: out for old, out in self.left_out.items() if old in new},
            {new[old]: row for old, row in self.rows.items() if old in new},
            is_whole=False,
        )

    def knowing(self, rows: Mapping[int, Statistic]) -> "Stock":
        """Return the stock with more that was counted."""
        return replace(self, rows={**self.rows, **rows})


def parts_of(rows: Iterable[tuple[int, Statistic]]) -> list[Tables]:
    """Return as tables what was counted in articles, given with their places."""
    return unpacked((place, Packed(one.annotators, one.labels, one.is_wide, one.tables)) for place, one in rows)


def read(db: measured.File, articles: frozenset[str], method: int | None) -> Stock:
    """Read what is known of some articles, or of all; and what was counted in them by a method, None: nothing of that."""
    some = articles if len(articles) <= _FEW else frozenset()
    headings = measured.headings(db, some)
    place = {each.id: number for number, each in enumerate(headings)}
    rows = statistics.read(db, method, some) if method is not None else ()
    return Stock(
        tuple(headings),
        States.read(db, place, some),
        _left_out(db, place, some),
        {place[each.article]: each for each in rows if each.article in place},
        is_whole=not some,
    )


def _left_out(db: measured.File, place: dict[str, int], some: frozenset[str]) -> dict[int, Stretches]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for article, kind, start, end in measured.blocks(db, some):
        if article in place and not BlockKind(kind).is_labelled:
            found[place[article]].append((start, end))
    return {article: tuple(each) for article, each in found.items()}


def _is_chosen(heading: measured.Heading, request: Request) -> bool:
    if request.articles and heading.id not in request.articles:
        return False
    if not (request.outlet or request.since or request.until):
        return True
    known = dict(reversed(heading.metadata))
    date = known.get("date published", "")
    return (
        (not request.outlet or known.get("outlet", "").casefold() == request.outlet.casefold())
        and (not request.since or date >= request.since)
        # "2024" as an end takes in all of that year.
        and (not request.until or (bool(date) and date[: len(request.until)] <= request.until))
    )
