"""An article: its text, which never changes, and what is known about it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.span import Span


class BlockKind(StrEnum):
    """What a stretch of an article is."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    FURNITURE = "furniture"
    COMMENT = "comment"
    DUPLICATE = "duplicate"

    @property
    def is_labelled(self) -> bool:
        """Whether such a block takes part in annotation and statistics."""
        return self in _LABELLED


_LABELLED = frozenset(
    {BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.BODY},
)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text (code points, half-open) and its kind. What no block covers is body."""

    kind: BlockKind
    start: int
    end: int


def labelled_text(text: str, blocks: Sequence[Block]) -> str:
    """Return what takes part in annotation and statistics: the text without the blocks that are left out."""
    parts: list[str] = []
    place = 0
    for block in blocks:
        if not block.kind.is_labelled:
            parts.append(text[place : block.start])
            place = block.end
    return "\n".join((*parts, text[place:]))


def touches_left_out(blocks: Iterable[Block], span: Span) -> bool:
    """Whether a span covers anything that takes no part in annotation."""
    out = [block for block in blocks if not block.kind.is_labelled]
    return any(each.start < block.end and each.end > block.start for each in span.fragments for block in out)


class State(StrEnum):
    """How far one annotator is with one article."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"
    EMPTY = "nothing found"
    """Read to the end, and there is nothing to label: not the same as new."""

    @property
    def is_finished(self) -> bool:
        """Whether the annotator has read the article to its end."""
        return self in (State.DONE, State.EMPTY)


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One thing known about an article (outlet, date, byline …).

    Attributes:
        key: what it is, in lower case: ``outlet``, ``byline``, ``date published`` …
        value: the value, normalised (dates as ISO 8601, as precise as known).
        original: the string it was read from, where that differs.
    """

    key: str
    value: str
    original: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text came from and what was done to it.

    Attributes:
        source: the file's name, or ``pasted text``.
        source_hash: SHA-256 of the original bytes, in hex.
        importer: which reader took it (``text`` …).
        encoding: the character encoding that was taken, and why.
        report: what normalising changed, in sentences.
    """

    source: str = ""
    source_hash: str = ""
    importer: str = ""
    encoding: str = ""
    report: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its text.

    All offsets in the program are code points into `text`, half-open; the text is LF only and is never changed.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    language: str = ""
    direction: str = ""
    """``ltr`` or ``rtl``; empty where the text itself decides."""
    provenance: Provenance = field(default_factory=Provenance)
    added_at: str = ""

    def value(self, key: str) -> str:
        """Return the first metadata value under `key`, or an empty string."""
        return next((datum.value for datum in self.metadata if datum.key == key), "")


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An article in the list: everything but its text.

    Attributes:
        length: the text's length in code points.
        state: how far the annotator who was asked about is.
        count: how many labels that annotator has made in it.
        outlet, date, story, byline: from its metadata; the date is the one of publication, as ISO 8601, as precise as known.
    """

    id: str
    title: str
    length: int
    language: str = ""
    direction: str = ""
    source: str = ""
    state: State = State.NEW
    count: int = 0
    outlet: str = ""
    date: str = ""
    story: str = ""
    byline: str = ""


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a normalised text's UTF-8 bytes, in hex: equal texts, equal fingerprints."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
