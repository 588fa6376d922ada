"""Tokens in sentences, cut so that every span sits on tokens and lies within one sentence."""

from collections.abc import Iterable

from annotator.formats.tokens import tokenise
from annotator.model.span import Fragment
from annotator.text.sentences import sentences


def sentences_of(text: str, fragments: Iterable[Fragment], tokens: str) -> list[list[Fragment]]:
    """Return the tokens of `text` (tokenised as `tokens` says), a list a sentence; no sentence is empty.

    Tokens are cut at the edges of `fragments`. Sentences through whose border a fragment goes are one.
    """
    fragments = sorted(fragments)
    starts = [each.start for each in sentences(text)]
    found = tokenise(text, tokens, [edge for each in fragments for edge in each])
    made: list[list[Fragment]] = []
    passed, reach, upcoming = 0, 0, 0
    is_new = True
    for token in found:
        while upcoming < len(fragments) and fragments[upcoming].start < token.start:
            reach = max(reach, fragments[upcoming].end)
            upcoming += 1
        while passed < len(starts) and starts[passed] <= token.start:
            is_new = True
            passed += 1
        if is_new and (reach <= token.start or not made):
            made.append([])
        # A border inside a fragment is passed by: the sentence goes on to its own end.
        is_new = False
        made[-1].append(token)
    return made
