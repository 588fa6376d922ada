"""Which way a text runs."""

import unicodedata
from typing import Literal

_SAMPLE = 4000
"""Code points that are looked at: enough to see past a link or a byline in another script."""

Direction = Literal["ltr", "rtl"]


def direction(text: str) -> Direction:
    """Return ``rtl`` where most of the strong characters near the text's beginning run from right to left."""
    if text.isascii():
        return "ltr"
    left = right = 0
    for character in text[:_SAMPLE]:
        match unicodedata.bidirectional(character):
            case "L":
                left += 1
            case "R" | "AL":
                right += 1
    return "rtl" if right > left else "ltr"
