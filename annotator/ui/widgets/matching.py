"""How well typed words match a name: functions of values, for the palette and the filters."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return `text` without case and accents, as it is compared."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    # Letter by letter only for the few that a text has, and not for all of its places.
    for each in set(apart):
        if each > "\u02ff" and unicodedata.combining(each):
            apart = apart.replace(each, "")
    return apart


def has_words(query: str, text: str) -> bool:
    """Whether `text` (already `folded`) holds every word of `query` (already `folded`)."""
    return all(word in text for word in query.split())


def score(query: str, name: str) -> int | None:
    """Rate how well `query` finds `name`; both already `folded`.

    Returns:
        Lower is better: 0 the name starts with it, 1 a word starts with it, 2 it is somewhere inside, 3 each of its
        words is, 4 its letters are, in order, each at the start of a word or after the one before. None: no match.
    """
    if not query or name.startswith(query):
        return 0
    if f" {query}" in f" {name}":
        return 1
    if query in name:
        return 2
    if has_words(query, name):
        return 3
    return 4 if _letters_in_order(query.replace(" ", ""), name) else None


def _letters_in_order(letters: str, name: str) -> bool:
    """Whether `letters` can be read off `name`, jumping only to starts of words: ``fia`` finds ``find in all``."""
    starts = [index for index, each in enumerate(name) if index == 0 or not name[index - 1].isalnum()]
    places = {-1}
    for wanted in letters:
        found = set()
        for place in places:
            next_place = place + 1
            if place >= 0 and next_place < len(name) and name[next_place] == wanted:
                found.add(next_place)
            found.update(start for start in starts if start > place and name[start] == wanted)
        if not found:
            return False
        places = found
    return True
