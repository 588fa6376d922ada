"""What is exchanged: a project as values, an article a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.codebook import Codebook
from annotator.model.problem import Problem
from annotator.model.thread import Thread

UNLABELLED = "unlabelled"
"""Stands for an annotator in names of files and folders: the articles in them were touched by nobody."""


@dataclass(frozen=True, slots=True)
class StateRecord:
    """How far an annotator (by id) is with the article."""

    annotator: str
    state: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with everything in it.

    Attributes:
        links: those that leave an annotation of this article.
        decisions: what was decided about disagreements in it, where its gold is.
        plain: annotator, label and how many, of labels that are not among the annotations because a format loses nothing of
            them; only where nothing is asked but what would be lost.
    """

    article: Article
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    states: tuple[StateRecord, ...] = ()
    threads: tuple[Thread, ...] = ()
    decisions: tuple[Decision, ...] = ()
    plain: tuple[tuple[str, str, int], ...] = ()

    @property
    def labels(self) -> int:
        """How many labels it has."""
        return len(self.annotations) + sum(count for _, _, count in self.plain)


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """What belongs to a project as a whole: its name, its annotators, every revision of its codebook.

    Attributes:
        annotators: those whose labels may be among the records.
        others: those whose labels are not, and of whom decisions speak.
    """

    id: str
    name: str
    annotators: tuple[Annotator, ...]
    codebooks: tuple[Codebook, ...]
    others: tuple[Annotator, ...] = ()

    @property
    def everybody(self) -> tuple[Annotator, ...]:
        """All who are spoken of."""
        return (*self.annotators, *self.others)

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the annotators, and of those whom decisions speak of, by id."""
        return {annotator.id: annotator.name for annotator in self.everybody}


class Words(StrEnum):
    """Where the codebook of something that was read comes from."""

    OWN = "own"
    """It is a project's codebook with all its revisions, and every label says under which it was made."""
    BROUGHT = "brought"
    """The files bring one codebook; it holds for all labels."""
    MET = "met"
    """It was made up of the words that were met, to be found in the project's codebook, or added to it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader understood, and what it did not.

    Attributes:
        project: annotators and codebook; None when nothing at all was understood.
        problems: what could not be taken, with file and line: it finds no place, so something is lost.
        told: what the person should know though nothing is lost, in sentences (“Offsets counted UTF-16 units.”).
        words: where the words for labels come from.
        asks_who: whether nothing was understood because neither the files nor the person say whose labels they are.
    """

    project: ProjectRecord | None
    records: tuple[ArticleRecord, ...]
    problems: tuple[Problem, ...] = field(default=())
    told: tuple[str, ...] = ()
    words: Words = Words.OWN
    asks_who: bool = False
