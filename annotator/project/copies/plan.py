"""What merging copies would do: values that a person looks at and decides about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

Image = Mapping[str, Any]
"""A row with all that belongs to it, as plain values; in the ids of the project."""
LABELS = frozenset({"annotation"})
LINKS = frozenset({"link"})


class Fate(StrEnum):
    """What becomes of something in a copy."""

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    SAME = "same"
    CONFLICT = "conflicting"
    UNPLACED = "unplaceable"


class Rule(StrEnum):
    """How conflicts are decided that nobody decides one by one."""

    OURS = "ours"
    """What the project has stays."""
    THEIRS = "theirs"
    """What the copies have is taken; where they differ among themselves, the newer one."""
    NEWER = "newer"
    """What was done last is taken, by the clocks of the machines it was done on, which may be wrong."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side of something that differs.

    Attributes:
        image: the value; None: it is not there, or was deleted.
        files: numbers of the files that have it, from 0; empty for the project.
        who: name of the annotator who did it last; empty when that is not known.
        when: when that was, ISO 8601 in UTC; empty when that is not known.
    """

    image: Image | None
    files: tuple[int, ...] = ()
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that merging would write, or that somebody has to decide.

    Attributes:
        noun: ``annotation``, ``link``, ``state``, ``article``, ``annotator``, ``thread``, ``message``, ``assignment``,
            ``blocks`` …; ``part`` for a part of the codebook.
        key: its key in the project.
        versions: the project's first, then the others; of something that is not in conflict there is one other.
        annotator: name of the one whose it is; empty when it is nobody's.
        article: id, or empty.
        words: it in words.
        why: why it is in conflict, in words; empty when the two sides changed it differently.
        score: how sure its new place is, where the article's text has changed; 1 otherwise.
        follows: id of the conflict that decides about this, too: of the decision that a gold label came of.
    """

    noun: str
    key: str
    fate: Fate
    versions: tuple[Version, ...]
    annotator: str = ""
    article: str = ""
    words: str = ""
    why: str = ""
    score: float = 1.0
    follows: str = ""

    @property
    def id(self) -> str:
        """What a choice is made under."""
        return f"{self.noun}:{self.key}"

    @property
    def files(self) -> tuple[int, ...]:
        """Numbers of the files that speak of it."""
        return tuple(sorted({file for version in self.versions for file in version.files}))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something of a file that finds no place in the project.

    Attributes:
        file: the file's number, from 0.
        key: its key in the copy.
        why: the reason, as a sentence.
    """

    file: int
    noun: str
    key: str
    annotator: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What one file brings.

    Attributes:
        refused: why it cannot be merged, as a sentence; empty when it can.
        told: what is to know about it, in sentences.
        counts: how many of what: annotator's name, noun and fate.
    """

    path: Path
    refused: str = ""
    told: tuple[str, ...] = ()
    counts: Mapping[tuple[str, str, Fate], int] = field(default_factory=dict)

    def count(self, fate: Fate, annotator: str | None = None, nouns: frozenset[str] = LABELS) -> int:
        """Return how many labels (or other nouns) have that fate, of one annotator or all."""
        return sum(
            number
            for (who, noun, found), number in self.counts.items()
            if found is fate and noun in nouns and annotator in (None, who)
        )

    @property
    def annotators(self) -> tuple[str, ...]:
        """Names of those who did something in it."""
        return tuple(sorted({who for who, _, _ in self.counts if who}))


@dataclass(frozen=True, slots=True)
class Book:
    """A revision of the codebook that a copy brings: its content as JSON, and what goes with it."""

    number: int
    content: str
    note: str
    annotator: str | None
    made_at: str


@dataclass(frozen=True, slots=True)
class CopiesPlan:
    """What merging some files into a project would do.

    Attributes:
        position: number and id of the project's last step when it was made: of another state it is worthless.
        files: as they were named.
        items: what is new, changed or deleted; each can be declined by choosing its first version.
        conflicts: what somebody has to decide.
        unplaced: what finds no place.
        told: what is to know about all of it, in sentences.
        books: revisions of the codebook that come in; `book` is the project's codebook by its parts, `orders` the
            order of these, `labels` the ids of the labels that stand on something in the project, `known` every label of
            any revision.
        visits: records of what was merged, by file.
        waiting: records of earlier merges of these copies that left something, with the number of the file, and what of it
            was looked at now.
        attached: the project's links by the labels they leave or reach, where those may go.
        present: ids of labels and notes that are in the project, among those that links and answers speak of.
        replaced: labels and links of the project that are continued under another id, by noun and the old id.
        moved: links of the project whose ends are, as they are then.
        answers: messages of the project by the thread they stand in, where a thread may go.
        sources: under which keys the files have what they speak of, by the item's id.
    """

    position: tuple[int, str]
    files: tuple[FilePlan, ...]
    items: tuple[Item, ...] = ()
    conflicts: tuple[Item, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    told: tuple[str, ...] = ()
    books: tuple[Book, ...] = ()
    book: Mapping[str, Any] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    known: Mapping[str, Any] = field(default_factory=dict)
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    visits: tuple[dict[str, Any], ...] = ()
    waiting: tuple[tuple[int, dict[str, Any], frozenset[tuple[str, str]]], ...] = ()
    attached: Mapping[str, Mapping[str, Image]] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    replaced: Mapping[tuple[str, str], str] = field(default_factory=dict)
    moved: Mapping[str, Image] = field(default_factory=dict)
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sources: Mapping[str, Sequence[tuple[int, str, str]]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether merging would add nothing."""
        return not self.conflicts and all(each.fate is Fate.SAME for each in self.items)

    @property
    def refused(self) -> tuple[FilePlan, ...]:
        """The files that cannot be merged."""
        return tuple(file for file in self.files if file.refused)

    def count(self, fate: Fate, nouns: frozenset[str] = LABELS) -> int:
        """Return how many labels (or other nouns) have that fate, in all files together."""
        if fate is Fate.UNPLACED:
            return sum(each.noun in nouns for each in self.unplaced)
        if fate is Fate.SAME:
            return sum(file.count(fate, None, nouns) for file in self.files)
        return Counter(each.fate for each in (*self.items, *self.conflicts) if each.noun in nouns)[fate]
