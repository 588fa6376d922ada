"""Counts, lengths and times as the tables of the team say them."""

from annotator.model.article import State

STATE_WORDS = {
    State.NEW: "new",
    State.IN_PROGRESS: "in progress",
    State.DONE: "done",
    State.EMPTY: "nothing found",
}
_HOUR = 60


def listed(*parts: str) -> str:
    """Return parts side by side, from the left whatever they are written in, each in its own direction."""
    return "\u200e" + " · ".join(isolated(part) for part in parts if part)


def isolated(words: str) -> str:
    """Return words that keep their own direction among others."""
    return f"\u2068{words}\u2069"


def spent(minutes: float) -> str:
    """Return ``12 min``, ``3 h 05 min``; empty for no time."""
    whole = round(minutes)
    if not whole:
        return "< 1 min" if minutes > 0 else ""
    if whole < _HOUR:
        return f"{whole} min"
    return f"{whole // _HOUR:,} h {whole % _HOUR:02} min"


def finished_words(finished: int, assigned: int, unplanned: int) -> str:
    """Say how many readings of a plan are finished, and how many `unplanned` ones besides; nothing where there is neither."""
    if not assigned:
        return f"{unplanned:,}" if unplanned else ""
    more = f", {unplanned:,} more" if unplanned else ""
    return f"{finished:,} of {assigned:,}{more}"
