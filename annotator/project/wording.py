"""Counting finished work in words: the words are found in the texts, and what was counted in characters is counted in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import local

import numpy as np

from annotator.agreement.apart import Words
from annotator.agreement.corpus import Bools, Columns, Corpus, corpus_from
from annotator.agreement.finding import Finder
from annotator.agreement.in_words import counted_in_words
from annotator.agreement.packing import unpacked_fragments
from annotator.agreement.packing_in_words import packed_in_words
from annotator.agreement.ruler import Ruler, of_characters, of_pieces, units_of
from annotator.project.recount import Work, in_units
from annotator.store import measured
from annotator.store.statistics import Statistic
from annotator.store.word_statistics import WordStatistic


class _Known(local):
    """The words that were found in this thread, for the next texts have the same ones."""

    def __init__(self) -> None:
        self.finder = Finder()


_KNOWN = _Known()


@dataclass(frozen=True, slots=True)
class Wording:
    """Articles to count in words.

    Attributes:
        work: the articles, and who has finished them. rows: what was counted in each.
        labels: ids of those to be counted.
    """

    work: Work
    rows: Sequence[Statistic]
    labels: tuple[str, ...]

    def portions(self) -> "Iterator[Wording]":
        """Yield them in portions that are counted at a time."""
        first = 0
        for each in self.work.portions():
            rows = self.rows[first : first + len(each.ids)]
            # Another process needs no more of them than this.
            yield replace(self, work=each, rows=[replace(row, tables=(), waiting=()) for row in rows])
            first += len(rows)


def recount_in_words(db: measured.File, wording: Wording) -> list[WordStatistic]:
    """Find the words in each of the articles, and count in them, in order."""
    work, labels = wording.work, wording.labels
    texts = measured.contents(db, work.ids)
    out = [list(work.left_out.get(place, ())) for place in range(len(work.ids))]
    find = _KNOWN.finder.words
    tokens = [of_pieces(np.stack(find(texts[each]), axis=1), length, less) for each, length, less in _each(work, out)]
    characters = [of_characters(length, less) for _, length, less in _each(work, out)]
    every = _columns(wording)
    in_tokens = in_units(every, tokens)
    is_known = (every.annotator < len(work.annotators)) & (every.label < len(labels))
    counted = counted_in_words(
        _corpus(wording, characters, _some(in_units(every, characters), is_known)),
        _corpus(wording, tokens, _some(in_tokens, is_known)),
        _words(characters, tokens),
    )
    packed = packed_in_words(counted, in_tokens, work.finished, (work.annotators, labels))
    return [
        WordStatistic(article, one.annotators, one.labels, one.is_wide, ruler.length, one.tables, one.places)
        for article, one, ruler in zip(work.ids, packed, tokens, strict=True)
    ]


def _each(work: Work, out: list[list[tuple[int, int]]]) -> "Iterator[tuple[str, int, list[tuple[int, int]]]]":
    return zip(work.ids, work.texts, out, strict=True)


def _columns(wording: Wording) -> Columns:
    """Return all fragments, in characters of the texts; annotators and labels that are not counted come behind the others."""
    person, label = (
        {key: place for place, key in enumerate(keys)} for keys in (wording.work.annotators, wording.labels)
    )
    return unpacked_fragments(
        [(place, one.fragments) for place, one in enumerate(wording.rows)],
        [np.array([person.get(key, len(person)) for key in one.annotators], dtype=np.int64) for one in wording.rows],
        [np.array([label.get(key, len(label)) for key in one.labels], dtype=np.int64) for one in wording.rows],
        wide=[one.is_wide for one in wording.rows],
    )


def _corpus(wording: Wording, rulers: Sequence[Ruler], columns: Columns) -> Corpus:
    return corpus_from(
        tuple(wording.work.ids),
        wording.work.annotators,
        wording.labels,
        length=np.array([each.length for each in rulers], dtype=np.int64),
        finished=wording.work.finished,
        columns=columns,
    )


def _some(columns: Columns, keep: Bools) -> Columns:
    return Columns(*(getattr(columns, name)[keep] for name in Columns.__slots__))


def _words(characters: Sequence[Ruler], tokens: Sequence[Ruler]) -> Words:
    """Return where the words stand in characters that are not left out, all articles end to end."""
    counts = np.array([each.length for each in tokens], dtype=np.int64)
    article = np.repeat(np.arange(len(tokens)), counts)
    start, end = (np.concatenate([getattr(each, side) for each in tokens]) for side in ("start", "end"))
    start, end = units_of(characters, article, start, end)
    lengths = np.array([each.length for each in characters], dtype=np.int64)
    shift = np.repeat(np.cumsum(lengths) - lengths, counts)
    return Words(start + shift, end + shift)
