"""What a step was, and what it touched."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class StepKind(StrEnum):
    """Whether a step did something new, took something back, did it again, or came with the project."""

    START = "start"
    """What a project begins with, such as the example's labels: there is no state before it to go back to."""
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Step:
    """One gesture: one transaction, one entry of undo.

    Attributes:
        number: counts from 1 in the order of doing.
        title: what was done, in words that fit after "Undo": ``Label claim in “…”``.
        article: id of the article it happened in; empty when in none or in many.
        inverts: number of the step that this one takes back; None for a new one.
        undone_by: number of the step that took this one back; None while it stands.
    """

    number: int
    title: str
    kind: StepKind
    made_at: str
    annotator: str = ""
    article: str = ""
    inverts: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The only notice there is: which rows of which nouns a step touched.

    Attributes:
        step: the step that was written.
        nouns: names of the nouns touched: ``annotation``, ``link``, ``article``, ``block`` …
        annotations: ids of the annotations made, changed or deleted.
        articles: ids of the articles in which something was.
    """

    step: Step
    nouns: frozenset[str] = field(default_factory=frozenset)
    annotations: frozenset[str] = field(default_factory=frozenset)
    articles: frozenset[str] = field(default_factory=frozenset)


class Spot(NamedTuple):
    """A place in an article at which a step changed something: code points, half-open.

    Attributes:
        annotation: id of the label that is, or was, there; "" for a note or a paragraph.
    """

    article: str
    start: int
    end: int
    annotation: str = ""
