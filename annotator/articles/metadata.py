"""What is known about an article besides its text."""

from collections.abc import Sequence

from annotator.model.article import Block, Metadatum

KEYS = (
    "headline",
    "subhead",
    "byline",
    "contributors",
    "outlet",
    "edition",
    "section",
    "page",
    "dateline",
    "date published",
    "date updated",
    "date reposted",
    "date accessed",
    "agency",
    "credit",
    "reposted by",
    "url",
    "canonical url",
    "word count",
    "article type",
    "database",
    "database id",
    "rights",
    "copy of",
    "story",
)
"""The keys that readers use. Any other key is the person's own (a column of a table …)."""


def gather(text: str, blocks: Sequence[Block], given: Sequence[Metadatum]) -> tuple[Metadatum, ...]:
    """Return the metadata that the file gave, and for keys that it lacks what the blocks say."""
    return tuple(given)
