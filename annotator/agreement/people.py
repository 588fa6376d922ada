"""Each annotator against the others: what they find, how much, where they put edges, which labels they like."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.corpus import Corpus, Floats, Ints
from annotator.agreement.overlaps import overlaps
from annotator.agreement.spans import Counts


@dataclass(frozen=True, slots=True)
class Against:
    """One annotator against the others, in the articles that both finished; every pair counts alike by its spans.

    Attributes:
        annotator: place in the corpus.
        recall: which share of the others' spans this one has; None where they have none.
        precision: which share of this one's spans the others have.
        f1: both in one.
        spans: how many this one marked in all finished articles.
        per_thousand_words: spans for each 1,000 words; None where words were not counted.
        start, end: where this one's spans begin and end beside the others' of the same label, in units, on average:
            below 0 is earlier. None where no span stands against exactly one other.
        preference: for each label, this one's share of it among all labels less the others' in the same articles.
    """

    annotator: int
    recall: float | None
    precision: float | None
    f1: float | None
    spans: int
    per_thousand_words: float | None
    start: float | None
    end: float | None
    preference: tuple[float, ...]


def against(corpus: Corpus, who: int, others: tuple[int, ...], found: list[Counts], words: Ints | None) -> Against:
    """Return one annotator against `others`. `found` are the span counts of all pairs."""
    spans = int((corpus.span_annotator == who).sum())
    read = int(words[corpus.finished[:, who]].sum()) if words is not None else 0
    return beside(who, found, spans, read, _habits(corpus, who, others))


def beside(who: int, found: list[Counts], spans: int, read: int, habits: tuple[float | None, float | None]) -> Against:
    """Return one annotator against the others.

    `found` are the span counts of all pairs, `spans` what this one marked in `read` words; `habits` where this one's spans
    start and end beside the others'.
    """
    both = theirs = mine = 0.0
    for each in found:
        if who in each.pair:
            both += each.both.sum()
            first = each.pair[0] == who
            mine += (each.one if first else each.other).sum()
            theirs += (each.other if first else each.one).sum()
    return Against(
        who,
        _ratio(both, theirs),
        _ratio(both, mine),
        _ratio(2 * both, mine + theirs),
        spans,
        1000 * spans / read if read else None,
        *habits,
        tuple(float(each) for each in _preference(who, found)),
    )


def ranked(found: list[Against]) -> list[Against]:
    """Return them with the one who agrees best with the others first."""
    return sorted(found, key=lambda each: (-(each.f1 if each.f1 is not None else -1.0), each.annotator))


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _habits(corpus: Corpus, who: int, others: tuple[int, ...]) -> tuple[float | None, float | None]:
    first, last = corpus.start[corpus.first[:-1]], corpus.end[corpus.first[1:] - 1]
    starts: list[Ints] = []
    ends: list[Ints] = []
    for other in others:
        near = overlaps(corpus, who, other)
        left, right = (np.bincount(ends_, minlength=len(first)) for ends_ in (near.left, near.right))
        alone = (left[near.left] == 1) & (right[near.right] == 1)
        starts.append((first[near.left] - first[near.right])[alone])
        ends.append((last[near.left] - last[near.right])[alone])
    shifts = [np.concatenate(each) if each else np.zeros(0) for each in (starts, ends)]
    return (float(shifts[0].mean()), float(shifts[1].mean())) if len(shifts[0]) else (None, None)


def _preference(who: int, found: list[Counts]) -> Floats:
    mine: Floats | float = 0.0
    theirs: Floats | float = 0.0
    for each in found:
        if who in each.pair:
            own, others = (each.one, each.other) if each.pair[0] == who else (each.other, each.one)
            mine, theirs = mine + own.sum(axis=0), theirs + others.sum(axis=0)
    return np.asarray(mine / np.maximum(np.sum(mine), 1) - theirs / np.maximum(np.sum(theirs), 1), dtype=np.float64)
