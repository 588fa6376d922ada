"""Compute an agreement report: a pure function of what was gathered, with progress, to be stopped at any moment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations

import numpy as np

from annotator.agreement import labelling
from annotator.agreement.corpus import Corpus, Floats, Ints, Outline, corpus_of
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.labelling import View
from annotator.agreement.ledger import Book
from annotator.agreement.linked import Conditional, Pairing, attribute_alpha, filled, holding, link_f1, pairing
from annotator.agreement.replicates import Scoring
from annotator.agreement.spans import RULES, Counts, Had, Rule, counts, directed, directeds, f1s, f1s_of, recalls
from annotator.agreement.sums import Score, Sums
from annotator.agreement.tables import IOU
from annotator.agreement.unitizing import Units, binary, family
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


def figures(work: Bench) -> tuple[Figure, ...]:
    """Return all figures that were asked for, with their intervals.

    Raises:
        StoppedError: the person stopped it.
    """
    collect(work)
    return scored_figures(work, work.scoring.scores(lambda: work.tick("Drawing articles again")))


def collect(work: Bench) -> None:
    """Make what all figures that were asked for are computed from.

    Raises:
        StoppedError: the person stopped it.
    """
    wanted = frozenset(work.material.request.wanted)
    for group in work.groups:
        work.tick("Coefficients")
        _coefficients(work, group, wanted)
        _unitizing(work, group, wanted)
        work.put_away(group)
    if "span_f1" in wanted:
        _span_f1(work)
    if "agr" in wanted:
        _directed(work)
        _directed_by_roles(work)
    if wanted & {"role_f1", "target_f1", "attribute_alpha"}:
        _hanging(work, wanted)
    if wanted & {"gamma", "gamma_cat", "gamma_k"}:
        _gamma(work, wanted)


def scored_figures(work: Bench, scores: Sequence[Score]) -> tuple[Figure, ...]:
    """Return the figures that were collected, with these scores."""
    made = [figure for figure, _ in work.found]
    with_sums = [place for place, (_, has_sums) in enumerate(work.found) if has_sums]
    for place, score in zip(with_sums, scores, strict=True):
        made[place] = replace(
            made[place],
            value=score.value,
            undefined=score.undefined,
            low=score.low,
            high=score.high,
            note=score.note,
            articles=score.articles,
        )
    return tuple(made)


_OF_LABELS = {
    "krippendorff_alpha": labelling.alpha,
    "observed": labelling.observed,
    "gwet_ac1": labelling.ac1,
}


def _coefficients(work: Bench, group: tuple[int, ...], wanted: frozenset[str]) -> None:
    sight, unit, names = work.view(group), work.material.request.unit, work.names(group)
    makers: dict[str, Callable[[View, int | None], Sums]] = dict(_OF_LABELS)
    if len(group) == 2:
        makers["scott_pi"], makers["cohen_kappa"] = labelling.pi, labelling.kappa
    if group == work.everybody:
        makers["fleiss_kappa"] = labelling.pi
    chosen = {measure: make for measure, make in makers.items() if measure in wanted}
    shares: dict[int, dict[int | None, float | None]] = {}
    for measure, make in chosen.items():
        seen = labelling.complete(sight) if measure == "fleiss_kappa" else sight  # the prevalence in what it is about
        if id(seen) not in shares:
            shares[id(seen)] = {label: labelling.prevalence(seen, label).score().value for label in work.labels}
        for label in (None, *work.labels):
            sums = make(sight, label)
            figure = Figure(measure, unit, work.label(label), names, prevalence=shares[id(seen)].get(label))
            work.add(figure, sums, work.length(sums))
    for distance in ("jaccard", "masi"):
        if f"krippendorff_alpha_{distance}" in wanted:
            sums = labelling.alpha(sight, None, distance)
            work.add(Figure(f"krippendorff_alpha_{distance}", unit, None, names), sums, work.length(sums))


def _unitizing(work: Bench, group: tuple[int, ...], wanted: frozenset[str]) -> None:
    if not wanted & {"u_alpha", "u_alpha_binary", "cu_alpha", "ku_alpha"}:
        return
    found = family(work.units, work.view(group))
    unit, names = work.material.request.unit, work.names(group)
    for measure, sums in (("u_alpha", found.u), ("u_alpha_binary", found.u_binary), ("cu_alpha", found.cu)):
        if measure in wanted:
            work.add(Figure(measure, unit, None, names), sums, work.length(sums))
    if "ku_alpha" in wanted:
        for label, sums in found.ku:
            work.add(Figure("ku_alpha", unit, work.label(label), names), sums, work.length(sums))
    if "u_alpha_binary" in wanted:
        # One label alone against everything else: defined also where labels of different names overlap.
        for label in work.labels:
            alone = binary(work.units, work.view(group).narrowed(1 << label))
            work.add(Figure("u_alpha_binary", unit, work.label(label), names), alone, work.length(alone))


def _rules(work: Bench) -> list[str]:
    if work.is_brief:
        return ["exact", "overlap"]
    return [name for name in RULES if name != "tolerance" or work.material.request.tolerance]


def _span_f1(work: Bench) -> None:
    for group in work.groups:
        for match in _rules(work):
            # The label does not matter for "extent", so that it has no figure for each.
            labels = (None, *(work.labels if match != "extent" else ()))
            whole = work.f1s(group, match, labels)
            sides: list[tuple[float | None, float | None]] = [(None, None)] * len(labels)
            if len(group) == 2:
                sides = recalls(work.counts((group[0], group[1]), match), labels, work.used)
            for label, sums, (mine, theirs) in zip(labels, whole, sides, strict=True):
                figure = Figure("span_f1", "span", work.label(label), work.names(group), match)
                figure = replace(figure, recall=mine, precision=theirs)
                work.add(figure, sums, float(sums.total[1:].sum()))


def _directed(work: Bench) -> None:
    for pair in permutations(work.everybody, 2):
        work.tick("Directed agreement")
        for match in ("exact", "overlap", "sentence"):
            found = work.had(pair, match)
            labels = (None, *work.labels)
            for label, sums in zip(labels, directeds(work.outline, found, labels, work.used), strict=True):
                work.add(Figure("agr", "span", work.label(label), work.names(pair), match), sums, float(sums.total[1]))


def _directed_by_roles(work: Bench) -> None:
    corpus, hangings = work.linking(), work.material.hangings
    for pair in permutations(work.everybody, 2):
        for role in work.material.codebook.roles:
            if role.frame in corpus.labels:
                label = corpus.labels.index(role.frame)
                sums = directed(corpus, filled(corpus, pair, hangings, role.id, label), label, work.used)
                figure = Figure("agr", "span", role.frame, work.names(pair), "filler", role.id)
                work.add(figure, sums, float(sums.total[1]))


def _hanging(work: Bench, wanted: frozenset[str]) -> None:
    for group in work.groups:
        pairings = [work.pairing(pair) for pair in combinations(group, 2)]
        for measure, part, found in _conditional(work, pairings, wanted):
            figure = Figure(measure, "span", None, work.names(group), "overlap", part, compared=found.share)
            work.add(figure, found.sums, found.compared)


def _conditional(
    work: Bench, pairings: list[Pairing], wanted: frozenset[str]
) -> Iterator[tuple[str, str, Conditional]]:
    """Yield the figures about matched spans: measure, role, relation or attribute, figure."""
    material, book = work.material, work.material.codebook
    corpus, hangings = work.linking(), material.hangings
    place = {label: number for number, label in enumerate(corpus.labels)}
    if "role_f1" in wanted:
        for role in book.roles:
            if role.frame in place:
                yield "role_f1", role.id, link_f1(corpus, pairings, hangings, role.id, {place[role.frame]})
    if "target_f1" in wanted:
        for relation in book.relations:
            labels = {place[each] for each in relation.sources if each in place}
            if labels:
                yield "target_f1", relation.id, link_f1(corpus, pairings, hangings, relation.id, labels)
    if "attribute_alpha" in wanted:
        for attribute in book.attributes:
            labels = {place[each] for each in attribute.labels if each in place}
            if labels and attribute.kind != "text":
                as_sets = attribute.kind == "choices"
                found = attribute_alpha(corpus, pairings, hangings, attribute.id, labels, as_sets=as_sets)
                yield "attribute_alpha", attribute.id, found


def _gamma(work: Bench, wanted: frozenset[str]) -> None:
    corpus, request = work.material.characters, work.material.request
    for article in work.used.tolist():
        work.tick("γ")
        readers = tuple(who for who in work.everybody if corpus.finished[article, who])
        found = gamma(units_of(corpus, article, readers), float(corpus.length[article]), request.seed)
        spans = int(((corpus.span_article == article) & np.isin(corpus.span_annotator, readers)).sum())
        by_label = ((int(kind), value) for kind, value in found.gamma_k.items())
        for measure, label, value in (
            ("gamma", None, found.gamma),
            ("gamma_cat", None, found.gamma_cat),
            *(("gamma_k", label, value) for label, value in by_label),
        ):
            if measure in wanted:
                note = found.between if measure == "gamma" else ""
                reason = found.undefined or ("no unit of one stands against one of another" if value is None else "")
                figure = Figure(
                    measure,
                    "character",
                    work.label(label),
                    work.names(readers),
                    value=value,
                    undefined=reason if value is None else "",
                    note=note,
                    articles=1,
                    units=spans,
                    article=corpus.articles[article],
                )
                work.found.append((figure, False))
