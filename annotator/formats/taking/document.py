"""A labelled text as a file has it: with the file's own words, ids and offsets, before anything is checked."""

from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.format import Unit
from annotator.model.article import BlockKind, Metadatum, Provenance, State


@dataclass(frozen=True, slots=True)
class Item:
    """A label as a file has it.

    Attributes:
        key: its name in the document; unique for the document and the annotator.
        label: the file's word for the label.
        ranges: its fragments in any order, in the document's unit.
        quotes: what the file says that they cover: a string a fragment, or one string for all of them, joined by
            blanks; empty where the file says nothing. They are checked, and decide about the unit.
        attributes: pairs of name and value; a flag has the value ``yes``.
        annotator: name of who made it; empty: the document's.
        id: a UUID that the file keeps for it; empty: one is derived.
        line: where it stands in the file, from 1.
    """

    key: str
    label: str
    ranges: tuple[tuple[int, int], ...]
    quotes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    annotator: str = ""
    id: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as a file has it.

    Attributes:
        kind: the file's word for the role or relation.
        origin, target: keys of items; no target means “not in this article”.
        is_role: whether `kind` is a role of the frame `origin`.
        annotator: name of who made it; empty: the document's.
        elsewhere: name of the document in which the target lies; empty: this one.
        id: a UUID that the file keeps for it; empty: one is derived.
    """

    kind: str
    origin: str
    target: str | None
    is_role: bool = False
    annotator: str = ""
    elsewhere: str = ""
    id: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what was labelled in it by one annotator, or by several who are named in the items.

    Several documents may have the same text: each annotator's folder holds it again. They become one article.

    Attributes:
        file: where the labels stand, for messages.
        name: what the file calls the text: its path without suffix, or its id; unique within an import but for the
            annotator. It is the title where there is none.
        text: exactly as the offsets count it (line ends as they are), without a byte order mark.
        unit: what offsets count by the rules of the format.
        inclusive, first: whether an end is the last character itself, and the number of the first one.
        annotator: name; empty: who the person says (`Taking.annotator`).
        state: how far the annotator is; None: what the person says (`Taking.state`).
        states: pairs of an annotator's name and state, where several are told.
        labelled: whether somebody worked on it. A text that nobody touched has no annotator.
        blocks: kind, start and end, in the document's unit.
        id: a UUID that the file keeps for the article; empty: one is derived from the text.
        closes_lines: whether gaps of nothing but line ends and blanks between fragments are closed, because the format
            cannot say that a line end is covered.
    """

    file: Path
    name: str
    text: str
    items: tuple[Item, ...] = ()
    ties: tuple[Tie, ...] = ()
    unit: Unit = Unit.CODE_POINTS
    inclusive: bool = False
    first: int = 0
    annotator: str = ""
    state: State | None = None
    states: tuple[tuple[str, State], ...] = ()
    labelled: bool = True
    title: str = ""
    language: str = ""
    direction: str = ""
    metadata: tuple[Metadatum, ...] = ()
    blocks: tuple[tuple[BlockKind, int, int], ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    id: str = ""
    closes_lines: bool = False
