"""Fold a text for searching, and find the way back to what was written."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from annotator.model.errors import SpanError
from annotator.model.span import Fragment

_UNIFIED = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4\u2039\u203a\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    # Nothing that is seen: ZWSP, ZWNJ, ZWJ, direction marks and isolates, word joiner, soft hyphen; tatweel.
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u0640", ""),
    **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
    "\u2026": "...",
    "\t": " ",
    "\u064a": "\u06cc",
    "\u0649": "\u06cc",
    "\u0643": "\u06a9",
    # Letters that have no decomposition, but that people type without their stroke.
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u0131": "i",
}
# In other scripts a nonspacing mark is a vowel, not an accent: without it the word is another one.
_ACCENT = regex.compile(
    r"""(?V1)[\p{Mn}&&[\p{Inherited}\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Syriac}]--[\u3099\u309a]]"""
)
_PRESENTATION_FORM = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc\uff01-\uff5e]")
_HANGUL = re.compile("[\uac00-\ud7a3]")


class _Table(dict[int, str]):
    """What each character folds to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if _HANGUL.match(character):
        return character
    if _PRESENTATION_FORM.match(character):
        character = unicodedata.normalize("NFKD", character)
    # Twice, as a decomposition may bring a capital to light.
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", character.casefold()).casefold())
    return "".join(_fold_part(part) for part in apart if not _ACCENT.match(part))


def _fold_part(part: str) -> str:
    if part in _UNIFIED:
        return _UNIFIED[part]
    match unicodedata.category(part):
        case "Zs":
            return " "
        case "Nd":
            return str(unicodedata.decimal(part))
        case _:
            return part


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched.

    Attributes:
        text: without case and accents, with one kind of quote, dash and blank, without what nobody sees.
        original: what was folded.
    """

    text: str
    original: str = field(repr=False)
    # For each character that became none or several: where it stands in `original`, and its folding in `text`.
    _places: "array[int]" = field(repr=False)
    _starts: "array[int]" = field(repr=False)

    def span(self, start: int, end: int) -> Fragment:
        """Return the stretch of `original` (code points) that became ``text[start:end]``.

        A character of which only a part is asked for is covered whole, and so are the accents that follow the last one.

        Raises:
            SpanError: the range is out of order or outside the folded text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise SpanError(f"{start:,}-{end:,} lies outside the folded text, which has {len(self.text):,} characters.")
        first = self._origin(start)
        if start == end:
            return Fragment(first, first)
        last = self._origin(end - 1) + 1
        while last < len(self.original) and _ACCENT.match(self.original[last]):
            last += 1
        return Fragment(first, last)

    def _origin(self, position: int) -> int:
        place = bisect_right(self._starts, position) - 1
        if place < 0:
            return position
        origin, start = self._places[place], self._starts[place]
        length = len(_TABLE[ord(self.original[origin])])
        return origin if position < start + length else origin + 1 + position - start - length


def fold(text: str) -> Folded:
    """Return `text` as it is searched, with the way back to its own offsets.

    Case and accents go (ß is ss, é is e, ø is o); quotes become ' and ", dashes -, blanks a blank (a line feed stays);
    ZWNJ, ZWJ, soft hyphens, direction marks and tatweel go; Arabic and Persian yeh and kaf, and digits of all scripts,
    are one.
    """
    places, starts = array("q"), array("q")
    if text.isascii():
        return Folded(text.lower().replace("\t", " "), text, places, starts)
    irregular = "".join(character for character in set(text) if len(_TABLE[ord(character)]) != 1)
    if irregular:
        shift = 0
        for found in re.finditer(f"[{re.escape(irregular)}]", text):
            places.append(found.start())
            starts.append(found.start() + shift)
            shift += len(_TABLE[ord(found[0])]) - 1
    return Folded(text.translate(_TABLE), text, places, starts)


def find_all(text: str | Folded, query: str) -> Iterator[Fragment]:
    """Yield where `query` occurs in `text`, both folded, in order and without overlaps; nothing for an empty query.

    Who searches the same text again passes it folded.
    """
    folded = fold(text) if isinstance(text, str) else text
    sought = fold(query).text
    if not sought:
        return
    done = 0
    start = folded.text.find(sought)
    while start >= 0:
        found = folded.span(start, start + len(sought))
        if found.start >= done:
            yield found
            done = found.end
            start = folded.text.find(sought, start + len(sought))
        else:
            # It begins inside the expansion that the last hit took whole.
            start = folded.text.find(sought, start + 1)
