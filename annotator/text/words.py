"""Where words begin and end, as somebody who labels news means it.

A word is a run of letters, digits and marks of any script, together with what holds it together:

- apostrophes (don't, Iran's), ZWNJ, ZWJ, soft hyphens and invisible direction marks between letters;
- hyphens: a compound ("17-year-old", "Iran-Iraq", "post-9/11") is one word, because nobody labels half of one.
  En and em dashes separate;
- periods within (planet.com), after each letter of an abbreviation (U.S., p.m. with the last one), and
  marks within figures (3.5, 1,000, 10:30, 9/11);
- a currency sign before a figure, a per cent or currency sign after it, @ and # before a name.

An emoji is a word. Scripts written without blanks (Han, Hiragana, Thai, Lao, Khmer, Burmese) have no words that could
be found without a dictionary: each character is one, so that a selection there is exact.
"""

import re
from collections.abc import Iterator

import regex

from annotator.model.span import Fragment

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_CHARACTER = rf"[[\p{{L}}\p{{N}}\p{{Pc}}]--[{_UNSPACED}]][\p{{M}}\u200c\u200d]*+"
_JOINER = r"""(?:
    [\u00ad\u2060\u200e\u200f]+                                 # seen by nobody
  | ['\u2019\uff07\u00b7\u05f3\u05f4]                            # apostrophes, geresh, the Catalan dot
  | (?<=\p{N})[.,:/\u066b\u066c](?=\p{N})                       # figures
  | (?<=\p{L}\p{M}*)\.(?=\p{Ll})                                # planet.com, but not "said.The"
  | (?<=(?<![\p{L}\p{M}\p{N}])\p{L})\.(?=\p{L})                 # U.S
  | (?<=\p{Lu})&(?=\p{Lu})                                      # AT&T
)"""
_ABBREVIATION = r"(?<![\p{L}\p{M}\p{N}])(?:\p{L}\.){2,}(?!\p{L})(?:['\u2019]\p{L}+)?"
_PLAIN = rf"{_CHARACTER}(?:{_JOINER}?{_CHARACTER})*+(?:(?<=\p{{N}})[%\u2030\u066a\u00b0\p{{Sc}}])?"
_WORD = regex.compile(
    rf"""(?V1x)
    (?:\p{{Sc}}(?=\p{{N}})|[@\#](?=[\p{{L}}\p{{N}}]))?
    (?:{_ABBREVIATION}|{_PLAIN})
    (?:[-\u2010\u2011](?:{_ABBREVIATION}|{_PLAIN}))*
    [\p{{M}}\u200c\u200d]*+                # after a period or a sign: what a person sees as one character is not cut
  | (?=[\p{{Extended_Pictographic}}\p{{Regional_Indicator}}{_UNSPACED}])\X
    """
)
_BLANKS = re.compile(r"(\s+)")
_REACH = 1000
"""Code points without a blank that are looked at on either side of a position: no scan of a long text."""


def words(text: str, start: int, end: int) -> list[Fragment]:
    """Return the words of which at least one code point lies within ``start`` and ``end``."""
    return [word for word in _words_near(text, start, end) if word.end > start and word.start < end]


def runs(text: str) -> list[str]:
    """Return a text in pieces: what stands between blanks, and these blanks, in turn. No word goes beyond a blank."""
    return _BLANKS.split(text)


def words_of_run(run: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of the words of what stands between two blanks. The same runs stand in every text again and again."""
    return tuple(found.span() for found in _WORD.finditer(run))


def word_at(text: str, position: int) -> Fragment | None:
    """Return the word at a caret: the one that covers or begins at `position`, else the one that ends there."""
    before: Fragment | None = None
    for word in _words_near(text, position, position):
        if word.start <= position < word.end:
            return word
        if word.end == position:
            before = word
    return before


def word_over(text: str, position: int) -> Fragment | None:
    """Return the word that covers the code point at `position`, or None."""
    word = word_at(text, position)
    return word if word and word.start <= position < word.end else None


def next_word(text: str, position: int) -> int:
    """Return where the next word after `position` starts; the text's end where there is none."""
    words_after = _words_from(text, position)
    return next((word.start for word in words_after if word.start > position), len(text))


def previous_word(text: str, position: int) -> int:
    """Return where the last word that starts before `position` starts; 0 where there is none."""
    return next((word.start for word in _words_back(text, position) if word.start < position), 0)


def next_word_end(text: str, position: int) -> int:
    """Return the first end of a word after `position`; the text's end where there is none."""
    return next((word.end for word in _words_from(text, position) if word.end > position), len(text))


def previous_word_end(text: str, position: int) -> int:
    """Return the last end of a word before `position`; 0 where there is none."""
    return next((word.end for word in _words_back(text, position) if word.end < position), 0)


def _words_near(text: str, start: int, end: int) -> Iterator[Fragment]:
    return _found(text, _run_start(text, start), _run_end(text, end))


def _words_from(text: str, position: int) -> Iterator[Fragment]:
    return _found(text, _run_start(text, position), len(text))


def _words_back(text: str, position: int) -> Iterator[Fragment]:
    end = _run_end(text, position)
    while end > 0:
        start = _run_start(text, max(0, min(position, end) - _REACH))
        yield from reversed(list(_found(text, start, end)))
        end = start


def _found(text: str, start: int, end: int) -> Iterator[Fragment]:
    return (Fragment(*found.span()) for found in _WORD.finditer(text, start, end))


def _run_start(text: str, position: int) -> int:
    position = min(max(position, 0), len(text))
    low = max(0, position - _REACH)
    while position > low and not text[position - 1].isspace():
        position -= 1
    return position


def _run_end(text: str, position: int) -> int:
    position = min(max(position, 0), len(text))
    high = min(len(text), position + _REACH)
    while position < high and not text[position].isspace():
        position += 1
    return position
