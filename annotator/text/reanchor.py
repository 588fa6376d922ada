"""Find the place of a quote in a text that has changed, by its words and what stands around it. Never a guess."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from annotator.model.span import Fragment, Span
from annotator.text.align import Alignment, align
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
_SENTENCE = 48
"""Code points. A quote of this length that stands once in either text is the same sentence, whatever stands around it."""
_NEIGHBOUR = 12
"""Code points that must stand on either side as they did, to offer what stands between them now, however changed."""
_ALIKE = 0.5
"""Least likeness of changed words to what they were, where their neighbours changed as well."""
_MOST = 200
"""Occurrences that are looked at; a quote that stands more often says nothing."""
_COMPARED = 2000
"""Code points. Of longer quotes it is compared which characters they hold, not in which order."""


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


class Reanchoring:
    """Two versions of a text, and where what lay in the earlier one lies in the later.

    Each fragment is looked for where the two run alike, and else by its own words, exactly or as a person reads them;
    places are judged by what stands around them. Several places that are alike are doubtful, whatever their words.
    Where the words themselves were changed, what stands there now is offered, as doubtful.
    """

    def __init__(self, before: str, after: str) -> None:
        self.before = before
        self.after = after

    @cached_property
    def alignment(self) -> Alignment:
        """The two texts beside each other."""
        return align(self.before, self.after)

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.after)

    def anchor(self, span: Span) -> Anchor:
        """Return where a span of the earlier text (code points, half-open) lies in the later one."""
        places = [self._place(fragment) for fragment in span.fragments]
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

    def _place(self, fragment: Fragment) -> _Place | None:
        """Return the best place of one fragment."""
        aligned = self._aligned(fragment)
        if aligned is not None and aligned.score >= SURE:
            return aligned
        quoted = self._quoted(fragment)
        if quoted is not None and (quoted.score >= SURE or aligned is not None):
            # Its words stand somewhere; where that is doubtful, the place at which they stood is the likelier one.
            return quoted if aligned is None or quoted.score >= SURE else aligned
        changed = self._changed(fragment)
        return max((each for each in (quoted, changed) if each is not None), key=lambda each: each.score, default=None)

    def _aligned(self, fragment: Fragment) -> _Place | None:
        """Return the place of a fragment that stands as it did where the texts run alike."""
        run = self.alignment.run_at(fragment.start)
        if run is None or fragment.end > run.before + run.length:
            return None
        place = Fragment(*(edge - run.before + run.after for edge in fragment))
        if self.alignment.is_repeated(*fragment):
            return _Place(*place, SURE - 0.2, "it stands in several places alike")
        # That both texts run alike here says which of several places it is, so one side that is the same will do; and
        # words that stand nowhere else say as much as what stands around them.
        score = min(1.0, sum(_sides(*self._around(fragment), place, self.after)))
        if score < SURE:
            words = self.after[place.start : place.end]
            alone = self.before.count(words) == 1 == self.after.count(words)
            score = min(1.0, score + alone * len(words) / _ENOUGH)
        return _Place(*place, score, "" if score >= SURE else "what stands around it is different")

    def _around(self, fragment: Fragment) -> tuple[str, str]:
        return (
            self.before[max(0, fragment.start - _AROUND) : fragment.start],
            self.before[fragment.end : fragment.end + _AROUND],
        )

    def _quoted(self, fragment: Fragment) -> _Place | None:
        """Return the best place of a fragment's own words, wherever they stand."""
        quote = self.before[fragment.start : fragment.end]
        left, right = self._around(fragment)
        likeness, found = 1.0, list(_exact(quote, self.after))
        if not found:
            likeness, found = 0.95, list(find_all(self._folded, quote))[:_MOST]
        if not found:
            return None
        ranked = sorted(
            ((_context(left, right, each, self.after), each) for each in found),
            key=lambda pair: (-pair[0], abs(pair[1].start - fragment.start)),
        )
        context, best = ranked[0]
        if len(ranked) > 1 and ranked[1][0] > context - 0.1:
            return _Place(*best, min(likeness * context, SURE - 0.2), "it stands in several places alike")
        alone = len(ranked) == 1 and len(quote) >= _LONG
        score = likeness * (0.6 + 0.4 * context if alone else context)
        if alone and self._is_itself(fragment, best) and self.before.count(quote) == 1:
            score = max(score, likeness * 0.9)
        return _Place(*best, score, "" if score >= SURE else "what stands around it is different")

    def _is_itself(self, fragment: Fragment, place: Fragment) -> bool:
        """Whether words that stand once are long enough, or a whole paragraph in both texts, to be what they were."""
        if fragment.end - fragment.start >= _SENTENCE:
            return True
        is_paragraph = _is_paragraph(self.before, fragment) and _is_paragraph(self.after, place)
        return is_paragraph and fragment.end - fragment.start >= _ENOUGH

    def _changed(self, fragment: Fragment) -> _Place | None:
        """Return what stands where a fragment stood, if it is like it, or its neighbours stand on either side."""
        stretch = self.alignment.stretch(*fragment)
        if stretch is None:
            return None
        start, end = _trimmed(self.after, *stretch)
        if start >= end:
            return None
        quote, words = self.before[fragment.start : fragment.end], self.after[start:end]
        matcher = SequenceMatcher(None, quote, words, autojunk=False)
        likeness = matcher.ratio() if len(quote) + len(words) <= _COMPARED else matcher.quick_ratio()
        left, right = self._around(fragment)
        if _stands(left[::-1], self.after[max(0, start - _AROUND) : start][::-1]) and _stands(
            right, self.after[end : end + _AROUND]
        ):
            near = len(words) <= 2 * len(quote) + _ENOUGH
            likeness = max(likeness, DOUBTFUL) if near else likeness
        elif likeness < _ALIKE:
            return None
        return _Place(start, end, min(likeness, SURE - 0.05), "its own words were changed")


def _exact(quote: str, text: str) -> Iterator[Fragment]:
    start, count = text.find(quote), 0
    while start >= 0 and count < _MOST:
        yield Fragment(start, start + len(quote))
        start, count = text.find(quote, start + 1), count + 1


def _is_paragraph(text: str, place: Fragment) -> bool:
    begins = place.start == 0 or text[place.start - 1] == "\n"
    return begins and (place.end == len(text) or text[place.end] == "\n")


def _context(left: str, right: str, place: Fragment, text: str) -> float:
    """Return how much of what stood around is there still, from 0 to 1: the better side counts three times."""
    one, other = _sides(left, right, place, text)
    return (3 * max(one, other) + min(one, other)) / 4


def _sides(left: str, right: str, place: Fragment, text: str) -> tuple[float, float]:
    """Return how much of what stood on the left and on the right is there still, from 0 to 1."""
    there_left = text[max(0, place.start - len(left)) : place.start]
    there_right = text[place.end : place.end + len(right)]
    return _common(left[::-1], there_left[::-1]), _common(right, there_right)


def _common(wanted: str, there: str) -> float:
    """Return how far both begin alike, from 0 to 1: `_ENOUGH` is all; where both are at an edge of the text, too."""
    if not wanted:
        return 1.0 if not there else 0.0
    same = next((at for at, pair in enumerate(zip(wanted, there, strict=False)) if pair[0] != pair[1]), None)
    return min(1.0, (min(len(wanted), len(there)) if same is None else same) / min(len(wanted), _ENOUGH))


def _stands(wanted: str, there: str) -> bool:
    """Whether both begin alike, as far as neighbours are compared; at an edge of the text nothing is to stand there."""
    return wanted[:_NEIGHBOUR].strip() == there[: len(wanted[:_NEIGHBOUR])].strip()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the blanks at its edges."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
