"""What the page of a new version says about what lies in the article, and about what is decided."""

from annotator.model.counting import counted
from annotator.project.replacement.plan import Choice, Item
from annotator.ui.replacing.items import Row, said

_LONG = 30
"""Characters of a title that fit beside the buttons."""


def short(title: str) -> str:
    """Return a title that fits beside the buttons."""
    return title if len(title) <= _LONG else f"{title[: _LONG - 1].rstrip()}…"


def verb(item: Item, choice: Choice) -> str:
    """Return what the button of a choice says."""
    if choice is Choice.ACCEPT:
        return "Take the place"
    if choice is Choice.KEEP:
        return "Keep on old version"
    return {"thread": "Note on whole article", "block": "Leave as proposed"}.get(item.noun, "Drop into trash")


def about(row: Row | None, item: Item | None) -> str:
    """Return what there is to know about the chosen row, in a line."""
    if row is None or item is None:
        return "Nothing lies in this article. What is different in the texts is marked."
    if row.choice is not None:
        return f"{row.name} {said(item, row.choice)[0].lower()}{said(item, row.choice)[1:]}"
    why = f": {item.why}" if item.why else ""
    links = f" · {counted(item.links, 'link')}" if item.links and row.waits else ""
    return f"{item.fate.value.capitalize()}{why}{links}"
