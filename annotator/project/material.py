"""What agreement is computed from, as values: read once, then the project is not needed any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from annotator.agreement.corpus import Bools, Columns, Corpus, Ints, corpus_from
from annotator.agreement.deck import Deck, Hand
from annotator.agreement.linked import Hangings, Target
from annotator.agreement.packing import METHOD, unpacked_fragments
from annotator.agreement.packing_in_words import METHOD as METHOD_IN_WORDS
from annotator.agreement.ruler import Ruler, of_characters
from annotator.agreement.tables import Tables, chosen
from annotator.agreement.unitizing import Units
from annotator.model.codebook import Codebook
from annotator.project.finishing import Finishing
from annotator.project.outlined import Stretches
from annotator.project.recount import in_units
from annotator.project.report import Exclusion
from annotator.project.request import Request
from annotator.project.stock import Stock, parts_of
from annotator.project.worded import Worded
from annotator.store.statistics import Statistic
from annotator.store.word_statistics import WordStatistic

_AT_ONCE = 1_000
"""Articles whose fragments are laid out at a time: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was counted for this material, because nothing was kept that still holds.

    Attributes:
        articles: places of its articles in the material, ascending.
        rows: the counts of each.
        can_be_kept: of each, whether all labels are counted, so that other requests can use it too.
    """

    articles: tuple[int, ...] = ()
    rows: tuple[Statistic, ...] = ()
    can_be_kept: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Hanging:
    """Attributes and links as they stand in the project.

    Attributes:
        values: annotation, attribute and value.
        links: annotation that it leaves, kind, and where it leads.
    """

    values: tuple[tuple[str, str, str], ...] = ()
    links: tuple[tuple[str, str, Target], ...] = ()


@dataclass(frozen=True)
class Material:
    """Everything that a report is computed from. What is large is made when it is first asked for, in any thread.

    Attributes:
        project: the project's name.
        revision: number of its last step.
        request: what was asked; annotators and labels are ids, in the order of the project and the codebook.
        names: names of the annotators by id.
        codebook: the project's.
        titles: of the articles, by id, in order of id.
        length: characters of each article that are not left out.
        finished: article × annotator, of those asked for.
        words: of each article, blank-separated, in what is not left out.
        texts: characters of each article, with what is left out.
        left_out: by article (place), what is left out.
        rows: what was counted in each article.
        fresh: what of that had to be counted for this.
        stock: what is known of all articles that were read; places: where these are in it.
        keys: id of each annotation, by the number that it has in the corpora; empty where nobody asked for what hangs on it.
        worded: what is counted in words; None where nobody asked. in_words: where the articles are in it.
        fresh_words: what of that had to be counted for this, and can be kept.
        hanging: attributes and links.
        exclusions: what was left out.
        cited: clause, kind of disagreement and revision of the codebook of every decision in these articles.
    """

    project: str
    revision: int
    request: Request
    names: dict[str, str]
    codebook: Codebook
    titles: dict[str, str]
    length: Ints
    finished: Bools
    words: Ints
    texts: Ints
    left_out: Mapping[int, Stretches]
    rows: tuple[Statistic, ...]
    fresh: Fresh
    stock: Stock
    places: Ints
    keys: tuple[str, ...]
    worded: Worded | None
    in_words: Ints
    hanging: Hanging
    exclusions: tuple[Exclusion, ...] = field(default=())
    cited: tuple[tuple[str, str, int], ...] = ()
    fresh_words: tuple[WordStatistic, ...] = ()

    @cached_property
    def finishing(self) -> Finishing:
        """When it was finished."""
        return self.stock.finishing(self.request.annotators, self.places)

    @cached_property
    def rulers(self) -> tuple[Ruler, ...]:
        """By article, how its characters are counted."""
        return tuple(
            of_characters(length, list(self.left_out.get(place, ())))
            for place, length in enumerate(self.texts.tolist())
        )

    @cached_property
    def _parts(self) -> list[Tables]:
        """All that was counted, of all annotators and labels."""
        if not all(self.fresh.can_be_kept):
            return parts_of(enumerate(self.rows))
        if len(self.rows) == len(self.stock.headings):
            return self.stock.parts
        new = np.full(len(self.stock.headings), -1, dtype=np.int32)
        new[self.places] = np.arange(len(self.places))
        return [each.of_articles(new) for each in self.stock.parts]

    @cached_property
    def tables(self) -> Tables:
        """The counts in characters of all that was asked for."""
        return chosen(self._parts, self.request.annotators, self.request.labels)

    @property
    def method(self) -> int:
        """The way of counting."""
        return METHOD

    @property
    def method_in_words(self) -> int:
        """The way of finding words, and of counting in them."""
        return METHOD_IN_WORDS

    @cached_property
    def hand(self) -> Hand:
        """The same, of which only what is looked for is laid out."""
        people, labels = self.request.annotators, self.request.labels
        deck = self.stock.deck(people, labels) if all(self.fresh.can_be_kept) else None
        if deck is None:
            return Hand(Deck.of([self.tables], people, labels, len(self.rows)), people, labels)
        return Hand(deck, people, labels, None if len(self.rows) == deck.articles else self.places)

    @cached_property
    def characters(self) -> Corpus:
        """Finished work, in characters."""
        return self._corpus_of(in_units(self._columns(self.rows), self.rulers), self.length)

    @cached_property
    def units(self) -> Units:
        """The fragments of finished work, in characters: what unitizing needs, without the spans."""
        parts = []
        for first in range(0, len(self.rows), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            columns = self._columns(self.rows[some])
            if self.left_out:
                columns = in_units(columns, self.rulers[some])
            finished = self.finished[some]
            parts.append(Units.of_columns(columns, self.length[some], finished, len(self.request.labels)))
        return Units.together(parts, self.finished.shape[1], len(self.request.labels))

    @cached_property
    def tokens(self) -> Corpus | None:
        """The same in tokens; None where nobody asked."""
        if self.worded is None:
            return None
        known, places = self.worded, self.in_words.tolist()
        rows = [
            replace(row, fragments=known.fragments(place, row)) for place, row in zip(places, self.rows, strict=True)
        ]
        return self._corpus_of(self._columns(rows), known.lengths(self.in_words))

    @cached_property
    def token_hand(self) -> Hand | None:
        """What was counted in tokens, as `hand`; None where nobody asked."""
        return self._in_words(self.worded.tokens) if self.worded is not None else None

    @cached_property
    def edge_hand(self) -> Hand | None:
        """Lost points with the words that their stretches touch, as `hand`; None where nobody asked."""
        return self._in_words(self.worded.edges) if self.worded is not None else None

    def _in_words(self, deck: Deck) -> Hand:
        places = None if len(self.in_words) == deck.articles else self.in_words
        return Hand(deck, self.request.annotators, self.request.labels, places)

    @cached_property
    def hangings(self) -> Hangings:
        """Attributes and links, by the numbers of the annotations."""
        number = {key: place for place, key in enumerate(self.keys)} if self.hanging != Hanging() else {}
        values: dict[int, dict[str, frozenset[str]]] = {}
        for key, name, value in self.hanging.values:
            if key in number:
                mine = values.setdefault(number[key], {})
                mine[name] = mine.get(name, frozenset()) | {value}
        links: dict[int, dict[str, tuple[Target, ...]]] = {}
        for key, kind, target in self.hanging.links:
            if key in number:
                leads = links.setdefault(number[key], {})
                leads[kind] = (*leads.get(kind, ()), target)
        return Hangings(values, links)

    def _columns(self, rows: Sequence[Statistic]) -> Columns:
        """The fragments of articles, in characters of the texts, with places as asked for."""
        person = {key: place for place, key in enumerate(self.request.annotators)}
        label = {key: place for place, key in enumerate(self.request.labels)}
        known: dict[tuple[str, ...], Ints] = {}

        def places(keys: tuple[str, ...], wanted: dict[str, int]) -> Ints:
            if keys not in known:
                known[keys] = np.array([wanted.get(key, -1) for key in keys], dtype=np.int64)
            return known[keys]

        return unpacked_fragments(
            [(place, one.fragments) for place, one in enumerate(rows)],
            [places(one.annotators, person) for one in rows],
            [places(one.labels, label) for one in rows],
            wide=[one.is_wide for one in rows],
        )

    def _corpus_of(self, columns: Columns, length: Ints) -> Corpus:
        people, labels = self.request.annotators, self.request.labels
        return corpus_from(tuple(self.titles), people, labels, length=length, finished=self.finished, columns=columns)

    def counts_to_keep(self) -> list[Statistic]:
        """Return what was counted for this material, so that nobody has to count it again."""
        return [row for row, is_whole in zip(self.fresh.rows, self.fresh.can_be_kept, strict=True) if is_whole]
