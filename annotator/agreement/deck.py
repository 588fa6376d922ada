"""What was counted in a project, laid out once, so that every choice of annotators, labels and articles among it is quick."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.across import shared
from annotator.agreement.apart import SPAN_CLASSES
from annotator.agreement.corpus import Bools, Floats, Ints
from annotator.agreement.ledger import Ledger, Pair, Tally
from annotator.agreement.losses import Losses, Lost
from annotator.agreement.sweep import PairTable
from annotator.agreement.tables import KINDS, SWAPPED, Rows, Tables, chosen, narrowed, none


@dataclass(slots=True)
class Deck:
    """The counts of all annotators, labels and articles.

    Attributes:
        tables: by pair, and by article within one. articles: how many there are.
        ledger: what pairs gave, by article.
    """

    tables: Tables
    articles: int
    ledger: Ledger
    _columns: dict[tuple[Pair, str], NDArray[Any]] = field(default_factory=dict)
    _losses: list[Losses] = field(default_factory=list)

    @classmethod
    def of(cls, parts: Sequence[Tables], annotators: Sequence[str], labels: Sequence[str], articles: int) -> "Deck":
        """Lay out tables of different articles."""
        tables = chosen(parts, annotators, labels)
        return cls(tables, articles, Ledger(tables.pair_table(), articles))

    def column(self, pair: Pair, name: str) -> NDArray[Any]:
        """Return one of `tables.COLUMNS` of a pair (in order): article × label."""
        if (pair, name) not in self._columns:
            counts = self.tables.counts(pair, name, self.articles)
            most = np.abs(counts).max(initial=0)
            kind = np.int8 if most < 1 << 7 else np.int16 if most < 1 << 15 else np.int64
            self._columns[pair, name] = counts.astype(kind)
        return self._columns[pair, name]

    def lay_out(self) -> None:
        """Do what the first question would have to wait for."""
        tables = self.tables
        pairs, every = list(combinations(range(len(tables.annotators)), 2)), range(len(tables.labels))
        if len(tables.sets["article"]):
            for label in (None, *every):
                self.ledger.tally(pairs, label, (1 << len(every)) - 1, "jaccard" if label is None else "nominal")
        self.losses  # noqa: B018 - made when it is first asked for

    @property
    def losses(self) -> Losses:
        """The lost points of all pairs."""
        if not self._losses:
            self._losses.append(Losses.of(self.tables.lost, len(self.tables.annotators)))
        return self._losses[0]


@dataclass(frozen=True)
class Hand:
    """Some annotators, labels and articles of a deck; to others it is what `Ledger` is.

    Attributes:
        deck: where the counts are.
        people, labels: ids; places are those in these.
        places: of the articles in the deck, ascending; None where these are all.
    """

    deck: Deck
    people: tuple[str, ...]
    labels: tuple[str, ...]
    places: Ints | None = None

    @cached_property
    def _person(self) -> list[int]:
        known = {name: number for number, name in enumerate(self.deck.tables.annotators)}
        return [known.get(name, -1) for name in self.people]

    @cached_property
    def _label(self) -> list[int]:
        known = {name: number for number, name in enumerate(self.deck.tables.labels)}
        return [known.get(name, -1) for name in self.labels]

    @cached_property
    def articles(self) -> int:
        """How many articles there are."""
        return self.deck.articles if self.places is None else len(self.places)

    @cached_property
    def new(self) -> NDArray[np.int32]:
        """The place of each article of the deck among these, or -1."""
        found = np.full(self.deck.articles, -1, dtype=np.int32)
        found[slice(None) if self.places is None else self.places] = np.arange(self.articles, dtype=np.int32)
        return found

    def _mask(self, labels: int) -> int:
        """Return a mask of labels in the places of the deck; labels that nobody has count nothing."""
        return sum(1 << place for bit, place in enumerate(self._label) if labels >> bit & 1 and place >= 0)

    def _of(self, table: NDArray[Any]) -> NDArray[Any]:
        return table if self.places is None else table[self.places]

    def _pair(self, pair: Pair) -> tuple[Pair | None, bool]:
        """Return a pair in the places of the deck, in order, and whether it is turned round; None: nothing of theirs is there."""
        one, other = self._person[pair[0]], self._person[pair[1]]
        if min(one, other) < 0:
            return None, False
        return ((one, other), False) if one < other else ((other, one), True)

    # What a ledger tells

    def _order(self, label: int | None, labels: int) -> list[int] | slice:
        """Return how the categories of the deck lie in the order of these labels: so a figure has the same digits whoever asks."""
        if label is not None:
            return slice(None)
        sets = self.deck.ledger.categories(None, self._mask(labels))[1]
        named = [
            sum(1 << bit for bit, place in enumerate(self._label) if place >= 0 and each >> place & 1) for each in sets
        ]
        order = sorted(range(len(named)), key=named.__getitem__)
        return slice(None) if order == list(range(len(order))) else order

    def delta(self, label: int | None, labels: int, distance: str) -> Floats:
        """Return the distances between the categories: one label or not, or the sets of `labels`."""
        if label is not None and self._label[label] < 0:
            return np.asarray(1.0 - np.eye(2))
        found = self.deck.ledger.delta(None if label is None else self._label[label], self._mask(labels), distance)
        order = self._order(label, labels)
        return np.asarray(found[order][:, order])

    def tally(self, pairs: Sequence[Pair], label: int | None, labels: int, distance: str) -> Tally:
        """Return what pairs (in order) gave, added up."""
        ledger, there = self.deck.ledger, [each for each, _ in map(self._pair, pairs) if each is not None]
        if label is not None and self._label[label] < 0:  # nobody gave it: all of it is "not so"
            length = self._some(ledger.tally(there, None, 0, "nominal").counts)
            return Tally((), length[:0], np.vstack((length, np.zeros_like(length))))
        found = ledger.tally(there, None if label is None else self._label[label], self._mask(labels), distance)
        return Tally(found.levels, self._some(found.apart), self._some(found.counts[self._order(label, labels)]))

    def sides(self, pair: Pair, label: int | None, labels: int) -> tuple[Floats, Floats]:
        """Return what each of a pair (in order) gave: category × article."""
        there, is_turned = self._pair(pair)
        if there is None:
            nothing = np.zeros((len(self.delta(label, labels, "nominal")), self.articles))
            return nothing, nothing
        ledger = self.deck.ledger
        if label is not None and self._label[label] < 0:
            length = self._some(ledger.sides(there, None, 0)[0])
            return (side := np.vstack((length, np.zeros_like(length)))), side
        found = ledger.sides(there, None if label is None else self._label[label], self._mask(labels))
        order = self._order(label, labels)
        one, other = (self._some(each[order]) for each in found)
        return (other, one) if is_turned else (one, other)

    def _some(self, table: Floats) -> Floats:
        """Return the columns of these articles."""
        return table if self.places is None else table[:, self.places]

    def table_of(self, people: Sequence[int], some: Bools) -> PairTable:
        """Return the rows of some annotators and articles (a flag for each), in these places."""
        deck = self.deck.tables
        if self.places is None and (self.people, self.labels) == (deck.annotators, deck.labels):
            return self.deck.ledger.table.of(np.array(people), some)
        rows = self._rows("sets", people)
        new = np.where(np.append(some, False)[self.new], self.new, -1)[rows["article"]]
        keep = new >= 0
        if not keep.all():
            rows, new = {name: column[keep] for name, column in rows.items()}, new[keep]
        part = Tables(
            deck.annotators, deck.labels, **{**{name: none(name) for name in KINDS}, "sets": {**rows, "article": new}}
        )
        return chosen([part], self.people, self.labels).pair_table()

    def _rows(self, name: str, people: Sequence[int]) -> Rows:
        """Return the rows of some annotators, in the places of the deck."""
        rows, known = getattr(self.deck.tables, name), sorted({self._person[who] for who in people} - {-1})
        if len(known) == len(self.deck.tables.annotators):
            return dict(rows)
        bounds = [Tables.rows_of(rows, pair) for pair in combinations(known, 2)]
        return {
            column: np.concatenate([values[:0], *(values[low:high] for low, high in bounds)])
            for column, values in rows.items()
        }

    def _kept(self, rows: Rows) -> Rows:
        """Return rows of these articles and labels, with their places among these."""
        article = self.new[rows["article"]]
        label = np.array([*self._new_labels, -1])[rows["label"]]
        keep = (article >= 0) & (label >= 0)
        found = {**rows, "article": article, "label": label}
        return found if keep.all() else {name: column[keep] for name, column in found.items()}

    @cached_property
    def _new_labels(self) -> list[int]:
        """The place of each label of the deck among these, or -1."""
        place = {name: number for number, name in enumerate(self.labels)}
        return [place.get(name, -1) for name in self.deck.tables.labels]

    # What else was counted

    def column(self, pair: Pair, name: str) -> Floats:
        """Return one of `tables.COLUMNS` of a pair (in order): article × label."""
        return self.columns((pair,), name)

    def columns(self, pairs: Sequence[Pair], name: str) -> Floats:
        """Return the same of several pairs, added up."""
        places = [place for place in self._label if place >= 0]
        whole: NDArray[Any] | None = None
        for pair in pairs:
            there, is_turned = self._pair(pair)
            if there is None:
                continue
            counts = self.deck.column(there, SWAPPED.get(name, name) if is_turned else name)
            is_less = is_turned and name in ("starts", "ends")
            if whole is None:
                whole = np.zeros(counts.shape, dtype=np.int64)
            (np.subtract if is_less else np.add)(whole, counts, out=whole)
        found = np.zeros((self.articles, len(self.labels)))
        if whole is not None:
            whole = self._of(whole)
            if self._label == list(range(whole.shape[1])):
                return whole.astype(np.float64)
            found[:, [number for number, place in enumerate(self._label) if place >= 0]] = whole[:, places]
        return found

    def lost(self, readers: Ints, tolerance: int = 0) -> Lost:
        """Return the lost points of all of them, where `readers` have finished each article.

        A boundary of at most `tolerance` words is forgiven, where the deck knows the words.
        """
        every = np.zeros(self.deck.articles, dtype=np.int64)
        every[slice(None) if self.places is None else self.places] = readers
        pairs = [each for each, _ in map(self._pair, combinations(range(len(self.people)), 2)) if each is not None]
        return self.deck.losses.added(pairs, every, self._new_labels, len(self.labels), tolerance)

    def same_extent(self, pairs: Sequence[Pair]) -> Floats:
        """Return, by article and label, spans of pairs (in order) of the same extent; of those of several labels under the first."""
        if self._holds_every_label:
            return self.columns(pairs, "extent")
        found = self.columns(pairs, "exact")
        for pair in pairs:
            found[:, 0] += shared(self._kept(self._rows("extents", pair)), self.articles)
        return found

    def span_classes(self) -> Ints:
        """Return what became of the spans of all pairs: label × `SPAN_CLASSES`."""
        found = np.zeros((len(self.labels), len(SPAN_CLASSES)), dtype=np.int64)
        for pair in combinations(range(len(self.people)), 2):
            columns = [self.column(pair, f"class_{name}").sum(axis=0) for name in SPAN_CLASSES]
            found += np.stack(columns, axis=1).astype(np.int64)
        if not self._holds_every_label:
            # What meets only labels that are not among these meets nothing.
            rows = self._kept(self._rows("faced", range(len(self.people))))
            alone = np.where(narrowed(rows["rivals"], np.array(self._new_labels)) == 0, rows["spans"], 0)
            moved = np.bincount(rows["label"], alone, minlength=len(self.labels)).astype(np.int64)
            found[:, SPAN_CLASSES.index("category")] -= moved
            found[:, SPAN_CLASSES.index("missed")] += moved
        return found

    @cached_property
    def spans(self) -> Ints:
        """How many spans each annotator made."""
        made, count = self._kept(self.deck.tables.made), len(self.deck.tables.annotators)
        by_person = np.bincount(made["who"], weights=made["spans"], minlength=count).astype(np.int64)
        return np.array([by_person[there] if there >= 0 else 0 for there in self._person], dtype=np.int64)

    @cached_property
    def _holds_every_label(self) -> bool:
        """Whether nobody, compared or not, has finished work in these articles with labels that are not among these."""
        made = self.deck.tables.made
        used = np.bincount(made["label"][self.new[made["article"]] >= 0], minlength=len(self._new_labels)) > 0
        return all(place >= 0 for place, is_used in zip(self._new_labels, used.tolist(), strict=True) if is_used)
