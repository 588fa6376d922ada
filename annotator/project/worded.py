"""What is counted in words: tokens as units, and the words at edges that differ. Laid out once, enough for every choice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.apart import Words, stretches
from annotator.agreement.corpus import Bools, Columns, Corpus, Ints, corpus_from
from annotator.agreement.deck import Deck
from annotator.agreement.losses import rows_of
from annotator.agreement.packing import SMALL_LABELS, unpacked_fragments
from annotator.agreement.ruler import Ruler, of_characters, of_pieces
from annotator.agreement.sweep import pair_table
from annotator.agreement.tables import KINDS, Rows, Tables, none, together, typed
from annotator.project.outlined import Stretches
from annotator.project.recount import in_units
from annotator.store.measured import Heading
from annotator.store.statistics import Statistic
from annotator.text.words import all_words

_AT_ONCE = 500
"""Articles that are laid out at a time: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Worded:
    """Some articles in words.

    Attributes:
        rulers: by article, how its tokens are counted; none where nobody can be compared.
        tokens: what was counted in tokens. edges: lost points in characters, with the words that their stretches touch.
    """

    rulers: tuple[Ruler, ...]
    tokens: Deck
    edges: Deck

    def lengths(self, places: Ints) -> Ints:
        """Return how many tokens some articles have."""
        return np.array([self.rulers[place].length for place in places.tolist()], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Wording:
    """What words are counted from.

    Attributes:
        headings, rows: of the articles, and what was counted in them. left_out: by article (place).
        annotators, labels: ids of those to be counted. finished: article × annotator.
        contents: reads texts by the ids of their articles. heard: how far it is: articles, of how many, title.
    """

    headings: Sequence[Heading]
    rows: Sequence[Statistic]
    left_out: Mapping[int, Stretches]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    finished: Bools
    contents: Callable[[list[str]], dict[str, str]]
    heard: Callable[[int, int, str], None] | None = None


def worded(work: Wording) -> Worded:
    """Find the words in the texts, and count in them what somebody may ask for."""
    rulers: list[Ruler] = []
    tokens: dict[str, list[Rows]] = {"sets": [], "lost": []}
    edges: list[Rows] = []
    for first in range(0, len(work.headings), _AT_ONCE):
        some = range(first, min(first + _AT_ONCE, len(work.headings)))
        if work.heard:
            work.heard(first, len(work.headings), work.headings[first].title)
        mine = list(_rulers(work, some))
        rulers += mine
        columns = _columns(work, some)
        in_characters = [
            of_characters(work.headings[place].length, list(work.left_out.get(place, ()))) for place in some
        ]
        corpus = _corpus(work, some, columns, in_characters)
        edges.append(_lost(corpus, _words(in_characters, mine), first))
        corpus = _corpus(work, some, columns, mine)
        every = np.arange(corpus.offset[-1])
        tokens["lost"].append(_lost(corpus, Words(every, every + 1), first))
        tokens["sets"].append(_sets(corpus, first))
    return Worded(
        tuple(rulers),
        _deck(work, {name: _all(tokens.pop(name)) for name in list(tokens)}),
        _deck(work, {"lost": _all(edges)}),
    )


def _rulers(work: Wording, some: range) -> "Sequence[Ruler]":
    several = work.finished.sum(axis=1) > 1
    texts = work.contents([work.headings[place].id for place in some if several[place]])
    found = []
    for place in some:
        text = texts.get(work.headings[place].id, "")
        ruler = of_pieces(all_words(text), len(text), list(work.left_out.get(place, ())))
        start, end = (each.astype(_kind(len(text))) for each in (ruler.start, ruler.end))  # there are millions of them
        found.append(Ruler(start, end, is_whole=True))
    return found


def _kind(length: int) -> Any:  # noqa: ANN401 - numpy has no one name for these
    return np.int32 if length < 1 << 31 else np.int64


def _columns(work: Wording, some: range) -> Columns:
    rows = [work.rows[place] for place in some]
    person, label = ({key: place for place, key in enumerate(keys)} for keys in (work.annotators, work.labels))
    return unpacked_fragments(
        [(place, one.fragments) for place, one in enumerate(rows)],
        [np.array([person.get(key, -1) for key in one.annotators], dtype=np.int64) for one in rows],
        [np.array([label.get(key, -1) for key in one.labels], dtype=np.int64) for one in rows],
        wide=[one.is_wide for one in rows],
    )


def _corpus(work: Wording, some: range, columns: Columns, rulers: Sequence[Ruler]) -> Corpus:
    return corpus_from(
        tuple(work.headings[place].id for place in some),
        work.annotators,
        work.labels,
        length=np.array([each.length for each in rulers], dtype=np.int64),
        finished=work.finished[some.start : some.stop],
        columns=in_units(columns, rulers),
    )


def _words(characters: Sequence[Ruler], tokens: Sequence[Ruler]) -> Words:
    """Return where the words stand in characters that are not left out, all articles end to end."""
    offset, starts, ends = 0, [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for ruler, each in zip(characters, tokens, strict=True):
        start, end = ruler.units(each.start, each.end)
        starts.append(start + offset)
        ends.append(end + offset)
        offset += ruler.length
    return Words(np.concatenate(starts), np.concatenate(ends))


def _lost(corpus: Corpus, words: Words, first: int) -> Rows:
    """Return the lost points of all pairs in articles from `first` on, with their words."""
    people = len(corpus.annotators)
    pairs = [(one, other) for one in range(people) for other in range(one + 1, people)]
    rows = rows_of(stretches(corpus, pair, words) for pair in pairs)
    rows["article"] = rows["article"] + first
    return {**_small(typed("lost", rows), corpus), "words": rows["words"].astype(np.int32)}


def _small(rows: Rows, corpus: Corpus) -> Rows:
    """Return rows with sets of labels in few bytes, where that is enough: there are millions of them."""
    if len(corpus.labels) > SMALL_LABELS:
        return rows
    return {name: each.astype(np.uint16) if name in ("x", "y", "rivals") else each for name, each in rows.items()}


def _all(parts: list[Rows]) -> Rows:
    """Return the rows of all parts, which are empty then."""
    found = together(parts) if parts else {}
    parts.clear()
    return found


def _sets(corpus: Corpus, first: int) -> Rows:
    table = pair_table(corpus)
    x, y = (table.masks[each] for each in (table.x, table.y))
    rows: dict[str, NDArray[Any]] = {"article": table.article + first, "left": table.left, "right": table.right}
    return _small(typed("sets", {**rows, "x": x, "y": y, "length": table.length}), corpus)


def _deck(work: Wording, rows: dict[str, Rows]) -> Deck:
    tables = Tables(work.annotators, work.labels, **{name: rows.get(name) or none(name) for name in KINDS})
    deck = Deck.of([tables], work.annotators, work.labels, len(work.headings))
    deck.lay_out()
    return deck
