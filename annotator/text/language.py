"""Which language a text is written in."""

from collections.abc import Sequence

from annotator.model.article import Block


def detect_language(text: str, blocks: Sequence[Block] = ()) -> str:
    """Return the language (ISO 639-1) of the parts of a text that are labelled, or nothing where that is not clear."""
    return ""
