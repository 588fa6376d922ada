"""What agreement is computed from, as values: read once, then the project is not needed any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from annotator.agreement.apart import Words
from annotator.agreement.corpus import Bools, Columns, Corpus, Ints, corpus_from
from annotator.agreement.linked import Hangings, Target
from annotator.agreement.packing import METHOD, Packed, fits, packed, packed_fragments, unpacked, unpacked_fragments
from annotator.agreement.ruler import Ruler, of_characters
from annotator.agreement.tables import Tables, chosen, counted
from annotator.model.codebook import Codebook
from annotator.project.report import Exclusion
from annotator.project.request import Request
from annotator.store.statistics import Statistic

Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Finished work that has not been counted yet, of all annotators and labels.

    Attributes:
        articles: places of its articles in the material, ascending.
        annotators, labels: ids, ascending; the columns hold places in these.
        columns: fragments in characters, without blanks at edges, by article; articles as places in `articles`.
        finished: article × annotator.
        keys: ids of the annotations, by their numbers in `columns`.
        words, waiting: as in `Statistic`, for each article.
        sentences: how sentences are counted, for each article.
        can_be_kept: whether it holds all annotators and labels, so that other requests can use it too.
    """

    articles: tuple[int, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    columns: Columns
    finished: Bools
    keys: tuple[str, ...]
    words: tuple[int, ...]
    waiting: tuple[tuple[tuple[str, str, int], ...], ...]
    sentences: tuple[Ruler, ...]
    can_be_kept: bool


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
        times: by annotator (place) and article (place), when it was finished.
        texts: characters of each article, with what is left out.
        left_out: by article (place), what is left out.
        kept: what was counted before, with the places of its articles, in their order.
        uncounted: the rest.
        token_rulers: by article, how its tokens are counted; None where nobody asked.
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
    times: dict[int, dict[int, str]]
    texts: Ints
    left_out: Mapping[int, Stretches]
    kept: tuple[tuple[int, Statistic], ...]
    uncounted: Uncounted
    token_rulers: tuple[Ruler, ...] | None
    hanging: Hanging
    exclusions: tuple[Exclusion, ...] = field(default=())
    cited: tuple[tuple[str, str, int], ...] = ()

    @cached_property
    def rulers(self) -> tuple[Ruler, ...]:
        """By article, how its characters are counted."""
        return tuple(
            of_characters(length, list(self.left_out.get(place, ())))
            for place, length in enumerate(self.texts.tolist())
        )

    @cached_property
    def _counted(self) -> tuple[tuple[int, Tables], ...]:
        """What was not counted yet, counted, of all annotators and labels: some articles at a time, from which on."""
        work = self.uncounted
        found = []
        for first in range(0, len(work.articles), _AT_ONCE):
            some = slice(first, min(first + _AT_ONCE, len(work.articles)))
            rulers = [self.rulers[place] for place in work.articles[some]]
            corpora = (_uncounted_corpus(work, some, each) for each in (rulers, work.sentences[some]))
            found.append((first, counted(*corpora)))
        return tuple(found)

    @cached_property
    def tables(self) -> Tables:
        """The counts in characters of all that was asked for."""
        kept = ((place, Packed(one.annotators, one.labels, one.is_wide, one.tables)) for place, one in self.kept)
        parts = unpacked(kept)
        places = np.array(self.uncounted.articles, dtype=np.int64)
        parts += [each.moved(places[first : first + _AT_ONCE]) for first, each in self._counted]
        return chosen(parts, self.request.annotators, self.request.labels)

    @property
    def is_counted(self) -> bool:
        """Whether all of it has been counted."""
        return not self.uncounted.articles or "_counted" in self.__dict__

    @property
    def method(self) -> int:
        """The way of counting."""
        return METHOD

    @cached_property
    def holds_every_label(self) -> bool:
        """Whether no finished work has labels that were not asked for."""
        asked = set(self.request.labels)
        used = {self.uncounted.labels[place] for place in np.unique(self.uncounted.columns.label).tolist()}
        return used <= asked and all(set(labels) <= asked for labels in {one.labels for _, one in self.kept})

    @cached_property
    def characters(self) -> Corpus:
        """Finished work, in characters."""
        return self._corpus(self.rulers, self.length)

    @cached_property
    def tokens(self) -> Corpus | None:
        """The same in tokens; None where nobody asked."""
        if self.token_rulers is None:
            return None
        return self._corpus(self.token_rulers, np.array([each.length for each in self.token_rulers], dtype=np.int64))

    @cached_property
    def word_places(self) -> Words | None:
        """Where the words stand in `characters`, all articles end to end; None where nobody asked."""
        if self.token_rulers is None:
            return None
        offset, starts, ends = 0, [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for ruler, each in zip(self.rulers, self.token_rulers, strict=True):
            start, end = ruler.units(each.start, each.end)
            starts.append(start + offset)
            ends.append(end + offset)
            offset += ruler.length
        return Words(np.concatenate(starts), np.concatenate(ends))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Id of each annotation, by the number that it has in the corpora; empty where nobody asked for what hangs on it."""
        return (*(key for _, one in self.kept for key in one.keys), *self.uncounted.keys)

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

    @cached_property
    def _columns(self) -> Columns:
        """All fragments, in characters of the texts, with places as asked for."""
        person = {key: place for place, key in enumerate(self.request.annotators)}
        label = {key: place for place, key in enumerate(self.request.labels)}
        known: dict[tuple[str, ...], Ints] = {}

        def places(keys: tuple[str, ...], wanted: dict[str, int]) -> Ints:
            if keys not in known:
                known[keys] = np.array([wanted.get(key, -1) for key in keys], dtype=np.int64)
            return known[keys]

        old = unpacked_fragments(
            [(place, one.fragments) for place, one in self.kept],
            [places(one.annotators, person) for _, one in self.kept],
            [places(one.labels, label) for _, one in self.kept],
            wide=[one.is_wide for _, one in self.kept],
        )
        new = self.uncounted.columns
        at = np.array(self.uncounted.articles, dtype=np.int64)
        who = np.array([person.get(key, -1) for key in self.uncounted.annotators], dtype=np.int64)[new.annotator]
        kind = np.array([label.get(key, -1) for key in self.uncounted.labels], dtype=np.int64)[new.label]
        keep = (who >= 0) & (kind >= 0)
        before = len(self.keys) - len(self.uncounted.keys) if self.hanging != Hanging() else _spans(old)
        mine = (at[new.article], who, kind, new.span + before, new.start, new.end)
        pairs = zip((old.article, old.annotator, old.label, old.span, old.start, old.end), mine, strict=True)
        return _by_article(Columns(*(np.concatenate((one, other[keep])) for one, other in pairs)))

    def _corpus(self, rulers: tuple[Ruler, ...], length: Ints) -> Corpus:
        columns = _measured(self._columns, rulers)
        people, labels = self.request.annotators, self.request.labels
        return corpus_from(tuple(self.titles), people, labels, length=length, finished=self.finished, columns=columns)

    def counts_to_keep(self) -> list[Statistic]:
        """Return what was counted for this material, so that nobody has to count it again."""
        work = self.uncounted
        if not work.can_be_kept or not work.articles:
            return []
        who = [tuple(np.flatnonzero(row).tolist()) for row in work.finished]
        ids = tuple(self.titles)
        bounds = np.searchsorted(work.columns.article, np.arange(len(work.articles) + 1)).tolist()
        found = []
        each = (
            one
            for first, some in self._counted
            for one in packed(some, len(who[first : first + _AT_ONCE]), who[first : first + _AT_ONCE])
        )
        for number, one in enumerate(each):
            rows = slice(bounds[number], bounds[number + 1])
            if not one.is_wide and not fits(work.columns, rows):
                continue  # so large that it is better counted anew
            spans = work.columns.span[rows]
            keys = work.keys[int(spans[0]) : int(spans[-1]) + 1] if len(spans) else ()
            content = packed_fragments(work.columns, rows, who[number], is_wide=one.is_wide)
            found.append(
                Statistic(
                    ids[work.articles[number]],
                    one.annotators,
                    one.labels,
                    one.is_wide,
                    work.words[number],
                    work.waiting[number],
                    one.tables,
                    content,
                    keys,
                )
            )
        return found


def _spans(columns: Columns) -> int:
    return int(columns.span.max(initial=-1)) + 1


def _by_article(columns: Columns) -> Columns:
    order = np.argsort(columns.article, kind="stable")
    names = ("article", "annotator", "label", "span", "start", "end")
    return Columns(*(getattr(columns, name)[order] for name in names))


def _uncounted_corpus(work: Uncounted, some: slice, rulers: "list[Ruler] | tuple[Ruler, ...]") -> Corpus:
    """Return some of its articles, measured by their rulers."""
    low, high = np.searchsorted(work.columns.article, [some.start, some.stop])
    rows = {name: getattr(work.columns, name)[low:high] for name in Columns.__slots__}
    columns = Columns(**{**rows, "article": rows["article"] - some.start})
    return corpus_from(
        tuple(str(place) for place in work.articles[some]),
        work.annotators,
        work.labels,
        length=np.array([each.length for each in rulers], dtype=np.int64),
        finished=work.finished[some],
        columns=_measured(columns, rulers),
    )


_AT_ONCE = 500
"""Articles counted at a time: bounds the memory."""


def _measured(columns: Columns, rulers: "list[Ruler] | tuple[Ruler, ...]") -> Columns:
    """Return fragments in the units of their articles' rulers."""
    start, end = columns.start.copy(), columns.end.copy()
    bounds = np.searchsorted(columns.article, np.arange(len(rulers) + 1))
    for ruler, low, high in zip(rulers, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        is_plain = not ruler.is_whole and len(ruler.start) == 1 and ruler.start[0] == 0
        if high > low and not is_plain:
            start[low:high], end[low:high] = ruler.units(columns.start[low:high], columns.end[low:high])
    return Columns(columns.article, columns.annotator, columns.label, columns.span, start, end)
