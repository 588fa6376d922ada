"""Find the place of a quote in a text that has changed, by its words and what stands around it. Never a guess."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from annotator.model.span import Fragment, Span
from annotator.text.fold import Folded, find_all, fold

SURE = 0.85
"""From this score on a place is taken for the same."""
DOUBTFUL = 0.4
"""From this score on a place is worth showing to a person; below it, the quote is lost."""

_AROUND = 48
"""Code points compared on either side."""
_ENOUGH = 24
"""Code points. As much of the same on one side is as good as more."""
_LONG = 16
"""Code points. A quote of this length that stands once only says by itself where it belongs."""
_ANCHOR = 20
"""Code points of context that must stand once, to find between them a quote whose words were changed."""
_ALIKE = 0.6
"""Least likeness of a changed quote to what it was."""
_MOST = 200
"""Occurrences that are looked at; a quote that stands more often says nothing."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a span lies in the changed text.

    Attributes:
        span: in code points of the changed text, half-open; None when it is lost.
        score: how sure that is, from 0 to 1: that of the least sure fragment.
        why: what is to know about it, in words; empty when nothing is.
    """

    span: Span | None
    score: float
    why: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether it can be taken without asking."""
        return self.span is not None and self.score >= SURE


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    score: float
    why: str = ""


def reanchor(span: Span, before: str, after: str) -> Anchor:
    """Return where `span` of the text `before` lies in the text `after`.

    Each fragment is looked for by its own words, exactly or as a person reads them, and the places are judged by what
    stands around them. Several places that are alike are doubtful, whatever their words. Where the words themselves
    were changed, what stands between the same neighbours is offered, as doubtful.
    """
    folded = fold(after)
    places = [_place(fragment, before, folded) for fragment in span.fragments]
    found = [place for place in places if place is not None]
    if len(found) < len(places):
        return Anchor(None, 0.0, "its words are not in the text any more")
    score = min(place.score for place in found)
    why = next((place.why for place in found if place.why), "")
    if any(one.end >= other.start for one, other in pairwise(found)):
        return Anchor(None, 0.0, "its fragments do not follow one another any more")
    if score < DOUBTFUL:
        return Anchor(None, score, why or "what stands around it is different")
    return Anchor(Span(tuple(Fragment(place.start, place.end) for place in found)), score, why)


def _place(fragment: Fragment, before: str, after: Folded) -> _Place | None:
    """Return the best place of one fragment."""
    quote = before[fragment.start : fragment.end]
    left = before[max(0, fragment.start - _AROUND) : fragment.start]
    right = before[fragment.end : fragment.end + _AROUND]
    likeness, found = 1.0, list(_exact(quote, after.original))
    if not found:
        likeness, found = 0.95, list(find_all(after, quote))[:_MOST]
    if not found:
        return _between(quote, left, right, after.original)
    ranked = sorted(
        ((_context(left, right, each, after.original), each) for each in found),
        key=lambda pair: (-pair[0], abs(pair[1].start - fragment.start)),
    )
    context, best = ranked[0]
    if len(ranked) > 1 and ranked[1][0] > context - 0.1:
        return _Place(best.start, best.end, min(likeness * context, SURE - 0.2), "it stands in several places alike")
    alone = len(ranked) == 1 and len(quote) >= _LONG
    score = likeness * (0.6 + 0.4 * context if alone else context)
    return _Place(best.start, best.end, score, "" if score >= SURE else "what stands around it is different")


def _exact(quote: str, text: str) -> Iterator[Fragment]:
    start, count = text.find(quote), 0
    while start >= 0 and count < _MOST:
        yield Fragment(start, start + len(quote))
        start, count = text.find(quote, start + 1), count + 1


def _context(left: str, right: str, place: Fragment, text: str) -> float:
    """Return how much of what stood around is there still, from 0 to 1: the better side counts three times."""
    there_left = text[max(0, place.start - len(left)) : place.start]
    there_right = text[place.end : place.end + len(right)]
    one = _common(left[::-1], there_left[::-1])
    other = _common(right, there_right)
    return (3 * max(one, other) + min(one, other)) / 4


def _common(wanted: str, there: str) -> float:
    """Return how far both begin alike, from 0 to 1: `_ENOUGH` is all; where both are at an edge of the text, too."""
    if not wanted:
        return 1.0 if not there else 0.0
    same = next((at for at, pair in enumerate(zip(wanted, there, strict=False)) if pair[0] != pair[1]), None)
    return min(1.0, (min(len(wanted), len(there)) if same is None else same) / min(len(wanted), _ENOUGH))


def _between(quote: str, left: str, right: str, text: str) -> _Place | None:
    """Return what stands between the same neighbours now, if it is like the quote."""
    left, right = left[-_ANCHOR:], right[:_ANCHOR]
    if len(left) < _ANCHOR or len(right) < _ANCHOR or text.count(left) != 1:
        return None
    start = text.index(left) + len(left)
    end = text.find(right, start, start + 2 * len(quote) + _AROUND)
    if end <= start:
        return None
    likeness = SequenceMatcher(None, quote, text[start:end], autojunk=False).ratio()
    if likeness < _ALIKE:
        return None
    return _Place(start, end, min(likeness, SURE - 0.05), "its own words were changed")
