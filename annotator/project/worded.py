"""What is counted in words: tokens as units, and the words at edges that differ. Laid out once, enough for every choice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.corpus import Ints
from annotator.agreement.deck import Deck
from annotator.agreement.in_words import WORDS
from annotator.agreement.packing import fragment_count, moved_fragments
from annotator.agreement.packing_in_words import PackedInWords, unpacked_in_words, unpacked_places
from annotator.agreement.tables import KINDS, Rows, Tables, by_pair, chosen, none, together
from annotator.store.statistics import Statistic
from annotator.store.word_statistics import WordStatistic


@dataclass(frozen=True, slots=True)
class Worded:
    """Some articles in words.

    Attributes:
        rows: of each, what was counted in words; None where nobody can be compared. length: how many tokens it has.
        tokens: what was counted in tokens. edges: lost points in characters, with the words that boundaries touch.
    """

    rows: tuple[WordStatistic | None, ...]
    length: Ints
    tokens: Deck
    edges: Deck

    def lengths(self, places: Ints) -> Ints:
        """Return how many tokens some articles have."""
        return self.length[places]

    def fragments(self, place: int, row: Statistic) -> bytes:
        """Return the fragments of an article in tokens; `row` is what was counted in it in characters."""
        known = self.rows[place]
        if known is None:
            return moved_fragments(row.fragments, *[np.zeros(1, dtype=np.int64)] * 2, is_wide=row.is_wide)
        return moved_fragments(row.fragments, *unpacked_places(_packed(known)), is_wide=row.is_wide)


def worded(rows: Sequence[WordStatistic | None], characters: Tables) -> Worded:
    """Lay out what was counted in words in some articles; `characters` is what was counted in them in characters."""
    annotators, labels = characters.annotators, characters.labels
    parts = unpacked_in_words([(place, _packed(each)) for place, each in enumerate(rows) if each is not None])
    tokens = [_tables(each.annotators, each.labels, sets=each.sets, lost=each.lost) for each in parts]
    edges = [_tables(each.annotators, each.labels, lost=each.edges) for each in parts]
    at_edges = Deck.of(edges, annotators, labels, len(rows))
    if parts:
        kept = {name: column[characters.lost["boundary"] == 0] for name, column in characters.lost.items()}
        kept["words"] = np.zeros(len(kept["article"]), WORDS)
        at_edges.tables = replace(at_edges.tables, lost=by_pair(together([kept, at_edges.tables.lost])))
    length = np.array([0 if each is None else each.tokens for each in rows], dtype=np.int64)
    in_tokens = Deck.of(tokens, annotators, labels, len(rows))
    for deck in (in_tokens, at_edges):
        deck.lay_out()
        # Laid out, these are not needed any more: tens of megabytes. Sets are, by unitizing and by the camps of articles.
        deck.tables = replace(deck.tables, lost=none("lost"))
    return Worded(tuple(rows), length, in_tokens, at_edges)


def _packed(row: WordStatistic) -> PackedInWords:
    return PackedInWords(row.annotators, row.labels, row.is_wide, row.tables, row.places)


def _tables(annotators: Sequence[str], labels: Sequence[str], **known: dict[str, NDArray[Any]]) -> Tables:
    rows: dict[str, Rows] = {name: known.get(name) or none(name) for name in KINDS}
    return Tables(tuple(annotators), tuple(labels), **rows)


def is_of(row: WordStatistic, other: Statistic) -> bool:
    """Return whether two rows are of the same work: somebody may have changed the article after the other one was read."""
    count = fragment_count(other.fragments, is_wide=other.is_wide)
    return row.annotators == other.annotators and _packed(row).fragments == count


def is_same(one: WordStatistic, other: WordStatistic) -> bool:
    """Return whether two rows say the same; the list of labels may be longer in one, and rows may stand in another order."""
    if (one.article, one.annotators, one.tokens) != (other.article, other.annotators, other.tokens):
        return False
    labels = tuple(sorted({*one.labels, *other.labels}))
    try:
        return _told(one, labels) == _told(other, labels)
    except (ValueError, IndexError):
        return False  # bytes that are no such table


def _told(row: WordStatistic, labels: tuple[str, ...]) -> list[list[tuple[int, ...]]]:
    (part,) = unpacked_in_words([(0, _packed(row))])
    known = ({"sets": part.sets, "lost": part.lost}, {"lost": part.edges})
    tables = [chosen([_tables(part.annotators, part.labels, **each)], row.annotators, labels) for each in known]
    rows = [tables[0].sets, tables[0].lost, tables[1].lost]
    found = [sorted(zip(*(each[name].tolist() for name in sorted(each)), strict=True)) for each in rows]
    return [*found, list(zip(*(each.tolist() for each in unpacked_places(_packed(row))), strict=True))]
