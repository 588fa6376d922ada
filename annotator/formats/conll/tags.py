"""Tags of tokens: ``B-claim``, ``I-claim``, ``O``, and with BIOES also ``E-`` and ``S-``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote, unquote

from annotator.model.span import Fragment

SCHEMES = ("IOB2", "BIOES")
OUTSIDE = "O"
_UNSAFE = re.compile(r"[\s%,|=]")
_TAG = re.compile(r"([BIESLUM])-(.+)")
_BEGIN = frozenset("BSU")
_END = frozenset("ESLU")


def word_of(label: str) -> str:
    """Return a label as a tag can hold it: blanks and signs that mean something are escaped as in a URL."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), label)


def is_tag(word: str) -> bool:
    """Whether a word is a tag of any of the schemes."""
    return word == OUTSIDE or _TAG.fullmatch(word) is not None


def tags(tokens: Sequence[Fragment], spans: Iterable[tuple[Fragment, str]], scheme: str) -> list[str]:
    """Return a tag a token. `spans` share no token, and begin and end with one."""
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}
    made = [OUTSIDE] * len(tokens)
    for (start, end), label in spans:
        low, high = first[start], last[end]
        word = word_of(label)
        for number in range(low, high + 1):
            made[number] = f"{_letter(number - low, high - number, scheme)}-{word}"
    return made


def _letter(before: int, after: int, scheme: str) -> str:
    if scheme == "BIOES":
        return ("B" if after else "S") if not before else ("I" if after else "E")
    return "I" if before else "B"


def runs(found: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans that the tags of one sentence make: first token, last token, label.

    IOB1, IOB2, BIOES and BILOU are understood: what continues nothing begins a span.
    """
    start, label, is_open = 0, "", False
    for number, tag in enumerate([*found, OUTSIDE]):
        if tag == OUTSIDE and not label:  # as most are
            continue
        parts = _TAG.fullmatch(tag)
        letter, word = (parts[1], parts[2]) if parts else ("", "")
        goes_on = is_open and word == label and letter not in _BEGIN
        if label and not goes_on:
            yield start, number - 1, unquote(label)
        if word and not goes_on:
            start = number
        label = word
        is_open = bool(word) and letter not in _END
