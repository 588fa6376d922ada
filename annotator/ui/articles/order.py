"""In which order the articles are listed, and under which headings: functions of values."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from annotator.model.article import ArticleHead, State
from annotator.ui.reader.header import spoken_date
from annotator.ui.widgets.matching import folded

SORTS = {
    "": "As added",
    "title": "By title",
    "outlet": "By outlet",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "language": "By language",
    "story": "By story",
}
GROUPS = {
    "": "No groups",
    "outlet": "Outlets",
    "year": "Years",
    "month": "Months",
    "language": "Languages",
    "story": "Stories",
}
"""What a person calls them, by the name under which they are kept."""
_LAST = "\uffff"
_YEAR, _MONTH = 4, 7


def known_words(head: ArticleHead) -> str:
    """Return all that the filter looks at, folded."""
    return _folded_words(head.title, head.outlet, head.byline, head.date, head.language, head.story)


# Ten thousand articles are asked for theirs at every key that is pressed in the filter.
@lru_cache(maxsize=32_768)
def _folded_words(*parts: str) -> str:
    # Folded as one, past the memory of single names: a third of the time when the first key is pressed.
    return folded.__wrapped__("\n".join((*parts, _spoken(parts[3]))))


_spoken = lru_cache(maxsize=4_096)(spoken_date)


def matching(heads: Sequence[ArticleHead], words: str, states: frozenset[State]) -> list[ArticleHead]:
    """Return the articles whose titles or metadata hold every word and that are in one of `states` (none: in any)."""
    found = [head for head in heads if head.state in states] if states else list(heads)
    for word in folded(words).split():  # word by word: a call for each article would cost more than the comparing
        found = [head for head in found if word in known_words(head)]
    return found


def group_of(head: ArticleHead, group: str) -> str:
    """Return the heading under which an article stands; empty where nothing is known."""
    match group:
        case "year":
            return head.date[:_YEAR]
        case "month":
            return head.date[:_MONTH]
        case "outlet" | "language" | "story":
            return str(getattr(head, group))
    return ""


def sort_key(head: ArticleHead, sort: str) -> str:
    """Return by what an article is sorted; what is not known comes last."""
    match sort:
        case "title":
            return folded(head.title)
        case "newest":
            # Digits the other way round: one sort, which keeps the order of what is equal.
            return head.date.translate(_BACKWARDS) or _LAST
        case "oldest":
            return head.date or _LAST
        case "outlet" | "language" | "story":
            return folded(str(getattr(head, sort))) or _LAST
    return ""


_BACKWARDS = str.maketrans("0123456789", "9876543210")


def ordered(heads: Sequence[ArticleHead], sort: str, group: str) -> list[ArticleHead]:
    """Return the articles as they are listed, by heading and within it; what is equal stays in its order."""
    found = sorted(heads, key=lambda head: sort_key(head, sort)) if sort else list(heads)
    if not group:
        return found
    newest = sort == "newest" and group in ("year", "month")
    return sorted(found, key=lambda head: _group_key(group_of(head, group), newest=newest))


def _group_key(heading: str, *, newest: bool) -> str:
    return (heading.translate(_BACKWARDS) if newest else folded(heading)) or _LAST


def with_headings(heads: Sequence[ArticleHead], group: str) -> list[ArticleHead]:
    """Return the articles, in their order, with a row before each group: one without id, its title the heading."""
    if not group:
        return list(heads)
    names = [group_of(head, group) for head in heads]
    counts = Counter(names)
    rows: list[ArticleHead] = []
    before: str | None = None
    for head, name in zip(heads, names, strict=True):
        if name != before:
            rows.append(ArticleHead("", _heading(name, group), 0, count=counts[name]))
            before = name
        rows.append(head)
    return rows


def _heading(name: str, group: str) -> str:
    if not name:
        return {"outlet": "No outlet", "language": "No language", "story": "No story"}.get(group, "No date")
    return spoken_date(name) if group == "month" else name
