"""Compute an agreement report: a pure function of what was gathered, with progress, to be stopped at any moment."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np

from annotator.agreement import labelling
from annotator.agreement.gamma import gamma, units_of
from annotator.agreement.labelling import View
from annotator.agreement.linked import Conditional, Pairing, attribute_alpha, filled, link_f1
from annotator.agreement.spans import RULES, directed, directeds, recalls
from annotator.agreement.sums import Score, Sums
from annotator.agreement.unitizing import binary, family
from annotator.project.bench import Bench
from annotator.project.report import Figure


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
