"""What stands behind a figure, for everybody at once: the places where any of the compared differ, each place once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from annotator.agreement.corpus import Corpus
from annotator.agreement.linked import Hangings
from annotator.agreement.ruler import Ruler
from annotator.model.codebook import Codebook
from annotator.model.errors import StoppedError
from annotator.project.material import Material
from annotator.project.passages import Passage, passages
from annotator.project.wanted import Dispute, Wanted

FIRST, MOST = 16, 1024
"""Articles of the first part, and of the largest ones: each has twice as many as the one before."""


@dataclass(frozen=True, slots=True)
class _Some:
    """Some articles of a material."""

    characters: Corpus
    rulers: tuple[Ruler, ...]
    codebook: Codebook
    hangings: Hangings


def disputes(material: Material, wanted: Wanted, cancelled: Callable[[], bool] | None = None) -> list[Dispute]:
    """Return the places that were asked for, in the order of the articles and of their text.

    What several pairs differ in at the same place, for the same label and in the same way, is one.

    Raises:
        StoppedError: the person stopped it.
    """
    return [each for part in parts(material, wanted, cancelled) for each in part]


def parts(material: Material, wanted: Wanted, cancelled: Callable[[], bool] | None = None) -> Iterator[list[Dispute]]:
    """Yield the same some articles at a time, so that the first are there at once; parts can be empty.

    Raises:
        StoppedError: the person stopped it.
    """
    ids = material.characters.articles
    rows = [place for place, key in enumerate(ids) if not wanted.articles or key in wanted.articles]
    places = {key: number for number, key in enumerate(ids)}
    size = FIRST
    while rows:
        some, rows = rows[:size], rows[size:]
        size = min(2 * size, MOST)
        behind = _Some(
            material.characters.of_articles(np.array(some, dtype=np.int64)),
            tuple(material.rulers[place] for place in some),
            material.codebook,
            material.hangings,
        )
        found: list[Passage] = []
        for pair in _pairs(material, wanted):
            if cancelled is not None and cancelled():
                raise StoppedError
            found.extend(_of_pair(behind, wanted, pair))
        made = _together(found, material.request.annotators)
        yield sorted(made, key=lambda each: (places[each.article], each.fragments, each.kind, each.label, each.part))


def _pairs(material: Material, wanted: Wanted) -> Iterator[tuple[str, str]]:
    everybody = material.request.annotators
    for pair in combinations(everybody, 2):
        if wanted.people and not set(pair) <= set(wanted.people):
            continue
        if wanted.one and wanted.one not in pair:
            continue
        yield pair


def _of_pair(behind: _Some, wanted: Wanted, pair: tuple[str, str]) -> Iterator[Passage]:
    for each in passages(behind, pair, label=wanted.label, kind=wanted.kind):
        holder, other = each.annotators
        if (
            (not wanted.part or each.part == wanted.part)
            and (not wanted.instead or wanted.instead in each.instead)
            and (not wanted.holder or holder == wanted.holder)
            and (not wanted.lacks or other == wanted.lacks)
        ):
            yield each


def _together(found: Sequence[Passage], order: Sequence[str]) -> list[Dispute]:
    """Join passages of one article, label, kind and part that share a character."""
    groups: dict[tuple[str, str, str, str], list[Passage]] = {}
    for each in found:
        groups.setdefault((each.article, each.label, each.kind, each.part), []).append(each)
    made: list[Dispute] = []
    for passages_here in groups.values():
        reach, cluster = -1, list[Passage]()
        for each in sorted(passages_here, key=lambda one: one.fragments):
            if cluster and each.fragments[0][0] >= reach:
                made.append(_one(cluster, order))
                cluster = []
                reach = -1
            cluster.append(each)
            reach = max(reach, each.fragments[-1][1])
        made.append(_one(cluster, order))
    return made


def _one(cluster: Sequence[Passage], order: Sequence[str]) -> Dispute:
    first = cluster[0]
    fragments: list[tuple[int, int]] = []
    for start, end in sorted(place for each in cluster for place in each.fragments):
        if fragments and start <= fragments[-1][1]:
            fragments[-1] = (fragments[-1][0], max(end, fragments[-1][1]))
        else:
            fragments.append((start, end))
    have = {each.annotators[0] for each in cluster}
    lack = {each.annotators[1] for each in cluster} - have
    made = Dispute(
        first.kind,
        first.article,
        first.label,
        tuple(fragments),
        tuple(who for who in order if who in have),
        tuple(who for who in order if who in lack),
        first.part,
    )
    instead = dict.fromkeys(label for each in cluster for label in each.instead)
    return replace(made, instead=tuple(instead))
