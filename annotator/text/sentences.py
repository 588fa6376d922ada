"""Where sentences begin and end: UAX 29 in spirit, with abbreviations kept whole.

A sentence ends after a full stop, question or exclamation mark of any script, with the quotes and brackets that close
there. It does not end where a lower-case letter follows ("Is it true?" he asked), after an abbreviation or an initial,
nor at an ellipsis that stands for left-out words. A paragraph's end always ends it.
"""

from collections.abc import Iterator

import regex

from annotator.model.span import Fragment
from annotator.text.abbreviations import MONTHS, NUMBERED, SOFT, STARTERS, TITLES
from annotator.text.paragraphs import ink_after, ink_before, paragraph_at, paragraphs

_CLOSERS = r"[\"'\u2019\u201d\u201c\u2018\u00bb\u00ab\u203a)\]}*\u200e\u200f\u2069]"
_CANDIDATE = regex.compile(
    rf"""(?x)
    (?P<mark>[.!?\u2026\u061f\u06d4\u0964\u0965\u203c\u2047-\u2049]+)
    (?P<closers>{_CLOSERS}*(?:[\u00a0\u202f\x20]\u00bb)?(?:\[\d{{1,3}}\])*) (?=\s|\Z)
  | (?P<wide>[\u3002\uff01\uff1f\uff61]+) [\u300d\u300f\uff09\u3011\u3009\u300b\u201d\u2019)\]"']*
    """
)
_NEXT = regex.compile(
    r"\s*(?:[\"'\u201c\u2018\u201e\u201a\u201d\u2019\u00ab\u00bb\u2039(\[{\u00bf\u00a1\u2013\u2014\u2026.*\u2022-]\s*)*"
    r"(?P<word>[\p{L}\p{M}\p{N}]*)"
)
_TOKEN = regex.compile(r"(?r)[\p{L}\p{M}\p{N}.\-\u00ad]+")
_LETTERS = regex.compile(r"\p{L}(?:\.-?\p{L})+")
_SPACED_ELLIPSIS = regex.compile(r"\.(?:[ \u00a0]\.)+")
_ELLIPSIS = regex.compile(r"\u2026|\.{2,}")
_WINDOW = 2000
"""Code points before a position that are looked at first: a paragraph may be a whole book."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Fragment]:
    """Return the sentences between `start` and `end`, as if the text began and ended there; no blanks at the edges."""
    return [
        sentence
        for paragraph in paragraphs(text, start, end)
        for sentence in _sentences_of(text, paragraph, paragraph.start)
    ]


def sentence_at(text: str, position: int) -> Fragment | None:
    """Return the sentence around a caret at `position`, or None on a blank line.

    Between two sentences that is the one before; where one begins, that one.
    """
    paragraph = paragraph_at(text, position)
    if paragraph is None:
        return None
    position = min(max(position, paragraph.start), paragraph.end)
    window = _WINDOW
    while True:
        low = max(paragraph.start, position - window)
        whole = low == paragraph.start
        last: Fragment | None = None
        # Without its beginning in sight, the first sentence of the window is not one.
        for number, sentence in enumerate(_sentences_of(text, paragraph, low)):
            if sentence.start > position:
                break
            last = sentence if whole or number else None
            if sentence.end > position:
                break
        if last is not None:
            return last
        window *= 8


def next_sentence(text: str, position: int) -> int:
    """Return the first end of a sentence after `position`; the text's end where there is none."""
    ink = ink_after(text, position)
    sentence = None if ink is None else sentence_at(text, ink)
    return sentence.end if sentence else len(text)


def previous_sentence(text: str, position: int) -> int:
    """Return the last start of a sentence before `position`; 0 where there is none."""
    ink = ink_before(text, position)
    sentence = None if ink is None else sentence_at(text, ink)
    return sentence.start if sentence else 0


def _sentences_of(text: str, paragraph: Fragment, low: int) -> Iterator[Fragment]:
    # Whether a sentence ends at a mark depends on its neighbourhood only, so that a scan may begin at any `low`.
    start = ink_after(text, low)
    for found in _CANDIDATE.finditer(text, low, paragraph.end):
        if start is None or start >= paragraph.end:
            return
        end = found.end()
        if end <= start:
            continue
        if _plainly_ends(text, found.start(), end, paragraph.start):
            yield Fragment(start, end)
            start = end + 1
        elif end == paragraph.end or _ends(text, found, paragraph):
            yield Fragment(start, end)
            start = ink_after(text, end)
    if start is not None and start < paragraph.end:
        yield Fragment(start, paragraph.end)


def _plainly_ends(text: str, mark: int, end: int, low: int) -> bool:
    """Return whether `_ends` need not look closer: an ordinary word, a period, a blank and a capital, as nearly always."""
    if end - mark != 1 or text[mark] != "." or text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
        return False
    word = text[max(text.rfind(" ", low, mark) + 1, low) : mark]
    return len(word) > 1 and word.isalpha() and word not in TITLES and word not in SOFT


def _ends(text: str, found: "regex.Match[str]", paragraph: Fragment) -> bool:
    if found["wide"]:
        return True
    following = _NEXT.match(text, found.end(), paragraph.end)
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    if _ELLIPSIS.fullmatch(found["mark"]):
        # Standing alone or in brackets it is an omission, and belongs to what follows.
        return found.start() > paragraph.start and text[found.start() - 1] not in " \u00a0\u202f\t([{"
    if found["mark"] != ".":
        return True
    if _SPACED_ELLIPSIS.match(text, found.start(), paragraph.end) or text.endswith((". ", ".\u00a0"), 0, found.start()):
        return False
    return _period_ends(_token(text, found.start(), paragraph.start), word)


def _token(text: str, position: int, low: int) -> tuple[str, str]:
    """Return the word that ends at `position`, and the character before it but for a blank."""
    found = _TOKEN.match(text, low, position)
    if found is None:
        return "", ""
    before = ink_before(text, found.start())
    return found[0].lstrip("-."), text[before] if before is not None and before >= low else ""


def _period_ends(token: tuple[str, str], following: str) -> bool:
    word, before = token
    last = word.rpartition("-")[2]
    if last in TITLES or (last in NUMBERED and following[:1].isdecimal()):
        return False
    if word.isdecimal() and (following in MONTHS or not before):
        # A German ordinal, or the number of a list's item at the paragraph's start.
        return False
    if _LETTERS.fullmatch(word) or last in SOFT:
        return following in STARTERS
    if len(word) == 1 and word.isalpha():
        # An initial; but "So did I." is the end of something.
        return (word == "I" and before.islower()) or (word.islower() and following in STARTERS)
    return True
