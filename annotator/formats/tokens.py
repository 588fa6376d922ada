"""Tokenisations by name, for formats that have tokens."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import NamedTuple

from annotator.model.span import Fragment
from annotator.text.words import words

_RUN = re.compile(r"\S+")


def _by_words(text: str) -> list[Fragment]:
    """Words as the window knows them; between them each character that is no blank."""
    found: list[Fragment] = []
    at = 0
    for word in (*words(text, 0, len(text)), Fragment(len(text), len(text))):
        start, end = word
        if at < start and (at + 1 < start or text[at] != " "):  # between most words stands a blank, or nothing
            found.extend(Fragment(place, place + 1) for place in range(at, start) if not text[place].isspace())
        if start < end:
            found.append(word)
        at = end
    return found


def _by_blanks(text: str) -> list[Fragment]:
    return [Fragment(*run.span()) for run in _RUN.finditer(text)]


TOKENISERS: dict[str, Callable[[str], list[Fragment]]] = {"words": _by_words, "blanks": _by_blanks}
"""Tokenisations by name: ``words`` (words, and every sign by itself), ``blanks`` (whatever stands between blanks)."""


def tokenise(text: str, name: str = "words", edges: Iterable[int] = ()) -> list[Fragment]:
    """Return the tokens of `text`, in order and apart; none holds a blank. They are cut at `edges` (code points).

    Raises:
        KeyError: there is no tokenisation of that name.
    """
    tokens = TOKENISERS[name](text)
    cuts = sorted(set(edges).difference(chain.from_iterable(tokens)))
    if not cuts:
        return tokens
    made: list[Fragment] = []
    at = 0
    for token in tokens:
        start, end = token
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        while at < len(cuts) and cuts[at] < end:
            made.append(Fragment(start, cuts[at]))
            start = cuts[at]
            at += 1
        made.append(token if start == token[0] else Fragment(start, end))
    return made


class Token(NamedTuple):
    """A token (code points, half-open), and whether one blank follows it that is part of no token."""

    start: int
    end: int
    ws: bool


def covering(text: str, name: str = "words", starts: Collection[int] = (), ends: Collection[int] = ()) -> list[Token]:
    """Return tokens of which, with their blanks, the whole text is made, as spaCy has them.

    They are cut where spans start and end. Blanks are tokens of their own, but for the single one behind a token, unless
    a span starts or ends with it.

    Raises:
        KeyError: there is no tokenisation of that name.
    """
    edges = sorted({*starts, *ends, len(text)})
    inked = tokenise(text, name, edges)
    made: list[Token] = []
    before: tuple[int, int] | None = None  # the last token, of which it is not known yet whether a blank follows
    at = 0
    for start, end in (*inked, Fragment(len(text), len(text))):
        while at < start:
            if before is not None and text[at] == " " and at not in starts and at + 1 not in ends:
                made.append(Token(*before, ws=True))
                before = None
                at += 1
                continue
            if before is not None:
                made.append(Token(*before, ws=False))
            stop = min(start, edges[bisect_right(edges, at)])
            before, at = (at, stop), stop
        if before is not None:
            made.append(Token(*before, ws=False))
        before, at = ((start, end) if start < end else None), end
    return made
