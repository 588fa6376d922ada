"""What readers give back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.article import Block, BlockKind, Metadatum, Provenance
from annotator.model.problem import Problem


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article that is not in a project yet.

    Attributes:
        title: proposed; the person may change it.
        text: normalised; all offsets are code points into it.
        fingerprint: of `text`: equal texts, equal fingerprints.
        blocks: proposed kinds of stretches of the text, in order, without overlap; what none covers is body.
        language: a BCP 47 tag, or empty where unknown.
        direction: ``ltr`` or ``rtl``.
        metadata: what is known about it.
        provenance: where it came from and what was done to it.
    """

    title: str
    text: str
    fingerprint: str
    blocks: tuple[Block, ...] = ()
    language: str = ""
    direction: str = ""
    metadata: tuple[Metadatum, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file came to: its articles, in its order, and what could not be understood."""

    articles: tuple[NewArticle, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table that was read: what a person needs to see to say what its columns hold.

    Attributes:
        where: the file, or the member of an archive.
        names: of the columns.
        samples: of each column the first cell that is not empty.
        columns: what each was taken for, by name: see `columns.propose_columns`.
    """

    where: str
    names: tuple[str, ...]
    samples: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as a reader found it.

    Attributes:
        text: its words, not yet normalised. A line feed inside stays one (a verse, an address).
        kind: what it is where the file itself says so (a field, a tag, a style); None where that must be proposed.
        link: the address that its words lead to, where a document says one: news databases name an article by it.
    """

    text: str
    kind: BlockKind | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One article as a reader found it, before `compose` makes a `NewArticle` of it.

    Attributes:
        pieces: everything that can be read in it, in order; nothing is dropped, furniture is marked.
        importer: the reader's kind: ``html``, ``docx`` … or the database's: ``nexis`` …
        title: the headline where the file names it; empty: proposed from the text.
        metadata: what the file says itself, under the keys of `metadata.KEYS`; more is read from the blocks.
        language: a BCP 47 tag where the file says it and can be trusted; empty: detected.
        encoding: the character encoding that was taken, and why, where there was a choice.
        report: what the reader did that changes words (joined hyphens …), in sentences without full stop.
        name: what the article is called in its provenance; empty: the source's name.
    """

    pieces: tuple[Piece, ...]
    importer: str
    title: str = ""
    metadata: tuple[Metadatum, ...] = ()
    language: str = ""
    encoding: str = ""
    report: tuple[str, ...] = ()
    name: str = ""
