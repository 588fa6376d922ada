"""Find a span by the words it covers, so that a person can write it down without counting characters."""

from collections.abc import Iterator, Sequence

from annotator.model.errors import SpanError
from annotator.model.span import Span


def find_quote(text: str, fragments: Sequence[str], occurrences: Sequence[int] = ()) -> Span:
    """Return the span in `text` (code points, half-open) whose fragments read `fragments`, in order.

    A fragment is found where its first and its last word stand whole (“her” is not found in “there”). The first one
    is sought from the start of the text, each further one after the end of the one before it.

    Args:
        text: the normalised text of an article.
        fragments: the covered words, exactly as they stand, a string a fragment.
        occurrences: which of several equal places is meant, from 1, a number a fragment; 0, or no number, means
            that there must be only one.

    Raises:
        SpanError: a fragment is not there, is there several times without a number, or is empty.
    """
    if len(occurrences) > len(fragments):
        raise SpanError("There are more occurrences than fragments.")
    found: list[tuple[int, int]] = []
    at = 0
    for number, fragment in enumerate(fragments):
        wanted = occurrences[number] if number < len(occurrences) else 0
        start = _one_of(text, fragment, at, wanted)
        at = start + len(fragment)
        found.append((start, at))
    return Span.of(*found)


def _one_of(text: str, fragment: str, at: int, wanted: int) -> int:
    places = list(_places(text, fragment, at))
    rest = " after the fragment before it" if at else ""
    if not places:
        raise SpanError(f"“{fragment}” is not in the text{rest}.")
    if not wanted and len(places) > 1:
        raise SpanError(f"“{fragment}” is in the text {len(places)} times{rest}. Say which with “occurrence”.")
    if not 0 <= wanted <= len(places):
        raise SpanError(f"“{fragment}” is in the text {len(places)} times{rest}, so there is no occurrence {wanted}.")
    return places[max(wanted - 1, 0)]


def _places(text: str, fragment: str, at: int) -> Iterator[int]:
    if not fragment:
        raise SpanError("A fragment must have at least one character.")
    start = text.find(fragment, at)
    while start >= 0:
        end = start + len(fragment)
        if not _cuts_word(text, start) and not _cuts_word(text, end):
            yield start
        start = text.find(fragment, start + 1)


def _cuts_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()
