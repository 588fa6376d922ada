"""What figures are made on: tables that are made once, whatever they are for, and the figures so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from annotator.agreement import labelling
from annotator.agreement.corpus import Corpus, Floats, Ints, Outline, corpus_of
from annotator.agreement.labelling import View
from annotator.agreement.ledger import Book
from annotator.agreement.linked import Pairing, holding, pairing
from annotator.agreement.replicates import Scoring
from annotator.agreement.spans import Counts, Had, Rule, counts, f1s, f1s_of
from annotator.agreement.sums import Sums
from annotator.agreement.tables import IOU
from annotator.agreement.unitizing import Units
from annotator.model.errors import StoppedError
from annotator.project.material import Material
from annotator.project.report import Figure

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Bench:
    """What the figures are made on: tables that are made once, and the figures so far.

    Attributes:
        outline: who has finished what, in the unit of the coefficients.
        ledger: what pairs of annotators gave.
        everybody: places of the annotators.
        used: places of the articles that two or more have finished.
        found: figures, and whether value and interval come from `scoring`, in its order; else they are complete.
        is_brief: whether only what a summary reads is wanted: no pairs, and the strictest and the loosest match of spans.
    """

    material: Material
    outline: Outline
    ledger: Book
    everybody: tuple[int, ...]
    used: Ints
    tick: Callable[[str], None]
    scoring: Scoring
    found: list[tuple[Figure, bool]] = field(default_factory=list)
    is_brief: bool = False
    _counts: dict[tuple[tuple[int, int], str], Counts] = field(default_factory=dict)
    _pairings: dict[tuple[int, int], Pairing] = field(default_factory=dict)
    _views: dict[tuple[int, ...], View] = field(default_factory=dict)
    _units: Units | None = None
    _bare: Corpus | None = None

    @property
    def corpus(self) -> Corpus:
        """Finished work in the unit of the coefficients, with its spans: large, and not needed for most figures."""
        material = self.material
        return material.tokens if self.in_tokens and material.tokens is not None else material.characters

    @property
    def units(self) -> Units:
        """The spans of `corpus` as units."""
        if self._units is None:
            self._units = Units.of(self.corpus) if self.in_tokens else self.material.units
        return self._units

    @property
    def in_tokens(self) -> bool:
        """Whether the coefficients count tokens."""
        return self.material.request.unit == "token"

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """All pairs of annotators."""
        return list(combinations(self.everybody, 2))

    @property
    def groups(self) -> list[tuple[int, ...]]:
        """Everybody, and each pair where that is not the same."""
        return [self.everybody, *(self.pairs if len(self.everybody) > 2 and not self.is_brief else [])]

    @property
    def labels(self) -> range:
        """Places of the labels."""
        return range(len(self.outline.labels))

    def view(self, group: tuple[int, ...]) -> View:
        """Return how a group's work appears."""
        if group not in self._views:
            every = (1 << len(self.outline.labels)) - 1
            self._views[group] = labelling.view(self.outline, self.ledger, group, every)
        return self._views[group]

    def put_away(self, group: tuple[int, ...]) -> None:
        """Forget how a group's work appears, where nobody asks again: it takes much memory."""
        if group != self.everybody:
            self._views.pop(group, None)

    def names(self, group: tuple[int, ...]) -> tuple[str, ...]:
        """Return the names of annotators."""
        return tuple(self.material.names[self.outline.annotators[who]] for who in group)

    def label(self, place: int | None) -> str | None:
        """Return the id of a label; None for all."""
        return None if place is None else self.outline.labels[place]

    def column(self, pair: tuple[int, int], name: str) -> Floats:
        """Return one of `tables.COLUMNS` of a pair: article × label."""
        return self.material.hand.column(pair, name)

    def counts(self, pair: tuple[int, int], match: str) -> Counts:
        """Return the span counts of a pair by one rule."""
        if not self._is_counted(match):
            both, one, other = self._added_up((pair,), match)
            return Counts(pair, both, one, other)
        if (pair, match) not in self._counts:
            self.tick("Matching spans")
            request, material = self.material.request, self.material
            if match == "tolerance" and material.tokens is not None:
                self._counts[pair, match] = self._within(pair, material.tokens, request.tolerance)
            else:
                self._counts[pair, match] = counts(material.characters, pair, (Rule(match, request.iou),))[match]
        return self._counts[pair, match]

    def _within(self, pair: tuple[int, int], tokens: Corpus, tolerance: int) -> Counts:
        """Return the span counts of a pair by edges in words; a span without a word is the same as its equal only."""
        found = counts(tokens, pair, (Rule("tolerance", tolerance=tolerance),))["tolerance"]
        _, one, other = self._added_up((pair,), "exact")
        both = found.both
        if one.sum() > found.one.sum() and other.sum() > found.other.sum():
            wordless = self.material.characters.lacking_in(tokens)
            both = both + counts(wordless, pair, (Rule("exact"),))["exact"].both
        return Counts(pair, both, one, other)

    def f1s(self, group: tuple[int, ...], match: str, labels: Sequence[int | None]) -> list[Sums]:
        """Return F1 of the pairs of a group together by one rule, for each of several labels."""
        pairs = list(combinations(group, 2))
        if self._is_counted(match):
            return f1s(self.outline, [self.counts(pair, match) for pair in pairs], labels, self.used)
        used = self.used[self.outline.readers(group)[self.used] > 1]
        return f1s_of(*self._added_up(pairs, match), labels, used)

    def _is_counted(self, match: str) -> bool:
        """Return whether the spans themselves are matched by a rule: what was counted holds for one threshold, and none in words."""
        return match == "tolerance" or (match == "iou" and self.material.request.iou != IOU)

    def _added_up(self, pairs: Sequence[tuple[int, int]], match: str) -> tuple[Floats, Floats, Floats]:
        """Return of pairs, by article and label, the matches that were counted, and the spans of each."""
        hand = self.material.hand
        both = hand.same_extent(pairs) if match == "extent" else hand.columns(pairs, match)
        return both, hand.columns(pairs, "one"), hand.columns(pairs, "other")

    def had(self, pair: tuple[int, int], match: str) -> Had:
        """Return how many of the spans of the first of a pair the second one has by one rule."""
        turned = pair[0] > pair[1]
        ordered = pair[::-1] if turned else pair
        mine = "other" if turned else "one"
        mine = f"{mine}_sentence" if match == "sentence" else mine
        side = "right" if turned else "left"
        return Had(pair, self.column(ordered, f"{side}_{match}"), self.column(ordered, mine))

    def linking(self) -> Corpus:
        """Return the corpus on whose spans things hang; without spans where nothing does."""
        material = self.material
        if material.hangings.values or material.hangings.links:
            return material.characters
        if self._bare is None:
            nothing = corpus_of(dict.fromkeys(material.titles, 0), {}, self.outline.annotators, self.outline.labels)
            self._bare = replace(nothing, finished=self.outline.finished)
        return self._bare

    def pairing(self, pair: tuple[int, int]) -> Pairing:
        """Return which spans of a pair stand for the same, where something hangs on one of them."""
        if pair not in self._pairings:
            self.tick("Pairing spans")
            hangings = self.material.hangings
            if hangings.values or hangings.links:
                corpus = self.material.characters
                self._pairings[pair] = pairing(corpus, pair, holding(corpus, hangings))
            else:
                none = np.zeros(0, dtype=np.int64)
                tallies = (self.column(pair, name) for name in ("overlap", "one", "other"))
                self._pairings[pair] = Pairing(pair, none, none, *tallies)
        return self._pairings[pair]

    def add(self, figure: Figure, sums: Sums, units: float) -> None:
        """Take a figure, whose value and interval come from `sums`."""
        self.found.append((replace(figure, units=round(units)), True))
        self.scoring.add(sums)

    def length(self, sums: Sums) -> float:
        """Return how many units the articles of a figure have."""
        return float(self.outline.length[sums.articles].sum())


def bench(material: Material, progress: Progress | None, cancelled: Callable[[], bool] | None) -> Bench:
    """Lay everything out.

    Raises:
        StoppedError: the person stopped it.
    """
    steps = 0

    def tick(what: str) -> None:
        nonlocal steps
        if cancelled and cancelled():
            raise StoppedError
        if progress:
            progress(steps, 0, what)
        steps += 1

    tick("Sweeping over edges")
    request = material.request
    length, ledger = material.length, material.hand
    if request.unit == "token" and material.worded is not None and material.token_hand is not None:
        length, ledger = material.worded.lengths(material.in_words), material.token_hand
    outline = Outline(request.annotators, request.labels, length, material.finished)
    everybody = tuple(range(len(request.annotators)))
    used = np.flatnonzero(outline.readers(everybody) > 1)
    scoring = Scoring(request.replicates, request.seed)
    return Bench(material, outline, ledger, everybody, used, tick, scoring)
