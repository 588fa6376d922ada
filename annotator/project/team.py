"""The plan of a team and how far it is, as values: who is to label what, and what came of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.annotator import Annotator
from annotator.model.article import State

Pair = tuple[str, str]
"""Ids of an article and of an annotator."""


@dataclass(frozen=True, slots=True)
class Share:
    """One article of one annotator's plan.

    Attributes:
        article: id; `title` and `length` (code points) are the article's.
        annotator: id.
        place: order in which the annotator reads, from 0; -1 where it was never assigned and is labelled all the same.
        state: how far the annotator is.
        labels: how many labels the annotator has made in it.
        minutes: minutes of work in it, by the times of its steps (gaps over five minutes do not count).
    """

    article: str
    title: str
    length: int
    annotator: str
    place: int
    state: State
    labels: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One annotator's plan and how far it is.

    Attributes:
        shares: in the order of reading, then what was never assigned.
        states: how many assigned articles are in each state.
        labels: how many labels; `minutes`: minutes of work, in all articles.
        length: code points assigned; `remaining`: those of the articles that are not finished.
        handed_out: when the annotator last got a copy, ISO 8601 in UTC; empty: never.
    """

    annotator: Annotator
    shares: tuple[Share, ...]
    states: dict[State, int]
    labels: int
    minutes: float
    length: int
    remaining: int
    handed_out: str


@dataclass(frozen=True, slots=True)
class Line:
    """An article of the plan: id, title, and length in code points."""

    id: str
    title: str
    length: int


@dataclass(slots=True)
class Sum:
    """What one annotator has to do and has done, as in `Progress`; `unplanned`: articles finished without a plan."""

    unplanned: int = 0
    states: Counter[State] = field(default_factory=Counter)
    labels: int = 0
    minutes: float = 0.0
    length: int = 0
    remaining: int = 0

    @property
    def assigned(self) -> int:
        """How many articles."""
        return self.states.total()

    @property
    def finished(self) -> int:
        """How many of them are done, or read with nothing found."""
        return sum(count for state, count in self.states.items() if state.is_finished)


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody's plan and state. What is not in a mapping is not there: not assigned, new, no labels, no time.

    Attributes:
        articles: in the order of the project.
        places: at which place an annotator reads an article, where it is assigned.
        states: how far an annotator is with it.
        labels: how many labels an annotator has made in it.
        seconds: seconds of work in it.
        handed_out: when an annotator last got a copy (ISO 8601 in UTC), by the annotator's id.
    """

    annotators: tuple[Annotator, ...]
    articles: tuple[Line, ...]
    places: Mapping[Pair, int]
    states: Mapping[Pair, State]
    labels: Mapping[Pair, int]
    seconds: Mapping[Pair, float]
    handed_out: Mapping[str, str]

    def share(self, line: Line, annotator: str) -> Share:
        """Return what one annotator has to do, and has done, in one article."""
        pair = (line.id, annotator)
        return Share(
            line.id,
            line.title,
            line.length,
            annotator,
            self.places.get(pair, -1),
            self.states.get(pair, State.NEW),
            self.labels.get(pair, 0),
            self.seconds.get(pair, 0.0) / 60,
        )

    def sums(self) -> dict[str, Sum]:
        """Return everybody's totals, by the annotator's id."""
        found = {each.id: Sum() for each in self.annotators}
        lengths = {line.id: line.length for line in self.articles}
        for pair in self.places:
            total, state = found[pair[1]], self.states.get(pair, State.NEW)
            total.states[state] += 1
            total.length += lengths[pair[0]]
            total.remaining += 0 if state.is_finished else lengths[pair[0]]
        for pair, state in self.states.items():
            if state.is_finished and pair not in self.places and pair[1] in found:
                found[pair[1]].unplanned += 1
        for (_, who), labels in self.labels.items():
            if who in found:  # gold is nobody who labels
                found[who].labels += labels
        for (_, who), seconds in self.seconds.items():
            if who in found:
                found[who].minutes += seconds / 60
        return found

    def progress(self) -> list[Progress]:
        """Return everybody's plan and how far it is, article by article."""
        sums = self.sums()
        lines = {line.id: line for line in self.articles}
        order = {line.id: place for place, line in enumerate(self.articles)}
        planned: dict[str, dict[str, int]] = defaultdict(dict)
        for (article, who), place in self.places.items():
            planned[who][article] = place
        touched: dict[str, set[str]] = defaultdict(set)
        for article, who in (*self.states, *self.labels):
            touched[who].add(article)
        found = []
        for annotator in self.annotators:
            who, total = annotator.id, sums[annotator.id]
            mine = sorted(planned[who], key=lambda article, who=who: (planned[who][article], article))  # type: ignore[misc]
            more = sorted(touched[who] - planned[who].keys(), key=order.__getitem__)
            shares = tuple(self.share(lines[article], who) for article in (*mine, *more))
            found.append(
                Progress(
                    annotator,
                    shares,
                    dict(total.states),
                    total.labels,
                    total.minutes,
                    total.length,
                    total.remaining,
                    self.handed_out.get(who, ""),
                )
            )
        return found
