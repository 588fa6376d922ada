"""What is known of a project's articles before anything is compared: read once, enough for every choice among them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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


@dataclass(frozen=True)
class States:
    """Who has finished which article, and when.

    Attributes:
        people: ids of all who have a state somewhere. done, begun: article × annotator: what each has finished, and begun.
        times: when each finished what: by annotator, and by place of the article in the states that were read.
    """

    people: tuple[str, ...]
    done: Bools
    begun: Bools
    times: Mapping[str, Mapping[int, str]]

    @classmethod
    def read(cls, db: measured.File, place: dict[str, int], some: frozenset[str]) -> "States":
        """Read the states of all annotators in some articles; `some`: these, where they are few."""
        done: dict[str, dict[int, str]] = defaultdict(dict)
        begun: dict[str, list[int]] = defaultdict(list)
        is_finished = {each.value: each.is_finished for each in State}
        for article, who, state, time in measured.states(db, some):
            if article in place:
                if is_finished.get(state) or State(state).is_finished:
                    done[who][place[article]] = time
                elif state == State.IN_PROGRESS:
                    begun[who].append(place[article])
        people = tuple(dict.fromkeys((*done, *begun)))
        return cls(people, _table(len(place), people, done), _table(len(place), people, begun), dict(done))

    def of(self, places: Ints) -> "States":
        """Return the states in some articles."""
        return replace(self, done=self.done[places], begun=self.begun[places])

    @cached_property
    def finishers(self) -> tuple[str, ...]:
        """Those who have finished something, ascending."""
        return tuple(sorted(self.who_finished(self.people)))

    def started(self, people: Iterable[str]) -> int:
        """Return how many readings these people have begun and not ended."""
        return int(self.begun[:, self._columns(people)].sum())

    def who_finished(self, people: Iterable[str]) -> tuple[str, ...]:
        """Return those who have finished something."""
        some = {self.people[place] for place in np.flatnonzero(self.done.any(axis=0)).tolist()}
        return tuple(who for who in people if who in some)

    def table(self, people: Iterable[str]) -> Bools:
        """Return article × annotator: who has finished what."""
        known = tuple(people)
        found = np.zeros((len(self.done), len(known)), dtype=bool)
        found[:, [number for number, who in enumerate(known) if who in self.people]] = self.done[
            :, self._columns(known)
        ]
        return found

    def _columns(self, people: Iterable[str]) -> list[int]:
        return [self.people.index(who) for who in people if who in self.people]


def _table(count: int, people: Sequence[str], places: Mapping[str, Collection[int]]) -> Bools:
    found = np.zeros((count, len(people)), dtype=bool)
    for number, who in enumerate(people):
        found[list(places.get(who, ())), number] = True
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
        column = {who: number for number, who in enumerate(self.states.times)}
        return column, Finishing.of(list(self.states.times.values()), len(self.headings))

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
        chosen = np.ones(len(self.headings), dtype=bool)
        if request.articles:
            chosen &= [each.id in request.articles for each in self.headings]
        if request.outlet:
            chosen &= [each == request.outlet.casefold() for each, _ in self._origins]
        if request.since:
            chosen &= [date >= request.since for _, date in self._origins]
        if request.until:
            # "2024" as an end takes in all of that year.
            size = len(request.until)
            chosen &= [bool(date) and date[:size] <= request.until for _, date in self._origins]
        return np.flatnonzero(chosen)

    @cached_property
    def _origins(self) -> list[tuple[str, str]]:
        """Of each article the outlet, to be compared, and the date on which it was published; empty where it is not known."""
        known = [dict(reversed(each.metadata)) for each in self.headings]
        return [(each.get("outlet", "").casefold(), each.get("date published", "")) for each in known]

    def of(self, places: Ints) -> "Stock":
        """Return the stock of some articles (ascending), whose places are new."""
        if len(places) == len(self.headings):
            return self
        some = places.tolist()
        return Stock(
            tuple(self.headings[place] for place in some),
            self.states.of(places),
            {number: self.left_out[place] for number, place in enumerate(some) if place in self.left_out},
            {number: self.rows[place] for number, place in enumerate(some) if place in self.rows},
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
