"""Where a person sees one character end and the next begin (UAX 29 grapheme clusters)."""

import regex

from annotator.model.span import Fragment

_GRAPHEME = regex.compile(r"\X")
_PLAIN = regex.compile(r"(?r)[\n\x20-\x7e]")
_REACH = 256
"""How far back, in code points, a place is sought where a grapheme surely begins: no scan of a long text."""


def grapheme_over(text: str, position: int) -> Fragment:
    """Return the grapheme that covers the code point at `position`, which must lie within the text."""
    low = max(0, position - _REACH)
    plain = _PLAIN.search(text, low, position)
    start = plain.start() if plain else low
    for found in _GRAPHEME.finditer(text, start):
        if found.end() > position:
            return Fragment(found.start(), found.end())
    raise IndexError(position)


def grapheme_next(text: str, position: int) -> int:
    """Return the first grapheme boundary after `position`; the text's end where there is none."""
    return grapheme_over(text, max(position, 0)).end if position < len(text) else len(text)


def grapheme_previous(text: str, position: int) -> int:
    """Return the last grapheme boundary before `position`; 0 where there is none."""
    return grapheme_over(text, min(position, len(text)) - 1).start if position > 0 and text else 0
