"""What replacing an article by a new version would do: values that a person looks at and decides about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.articles.reading import NewArticle
from annotator.model.adjudication import Decision
from annotator.model.annotation import Annotation, Link
from annotator.model.annotator import Annotator
from annotator.model.article import Article, State
from annotator.model.codebook import Codebook
from annotator.model.span import Fragment, Span
from annotator.model.thread import Thread

AROUND = 60
"""Code points shown on either side of a quote."""


class Fate(StrEnum):
    """What becomes of something that lies in the old text."""

    STAYED = "stayed"
    """The same words at the same offsets."""
    MOVED = "moved"
    """The same words at other offsets."""
    DOUBTFUL = "doubtful"
    """There is a place, but its words were changed, or another place is as likely."""
    LOST = "lost"
    """There is no place."""


class Choice(StrEnum):
    """What a person decides about something doubtful or lost."""

    ACCEPT = "accept"
    """It takes the place that is offered."""
    DROP = "drop"
    """It goes to the trash, with the links that leave or reach it; a note becomes one on the article as a whole."""
    KEEP = "keep"
    """It stays on the old version, which then stays in the project as an article of its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that lies in an article, as values.

    Attributes:
        links: those that leave or reach any of the annotations, in other articles too.
        people: everybody in the project.
        states: how far each annotator is, by id; who has none is not in it.
        decisions: what was decided where annotators differ.
        codebook: the project's, for the names of labels and for which links may reach into another article.
    """

    article: Article
    annotations: tuple[Annotation, ...]
    threads: tuple[Thread, ...]
    links: tuple[Link, ...]
    people: tuple[Annotator, ...]
    states: Mapping[str, State]
    codebook: Codebook
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something that lies in the old text, and where it lies in the new one.

    Attributes:
        noun: ``annotation``, ``thread`` (a note) or ``block`` (what kind of passage it is).
        key: id of the annotation or note; of a block, its number from 0.
        was: where it lies in the old text, in code points, half-open.
        now: where it lies in the new one; None when it is lost.
        why: what is doubtful, in words; empty when nothing is.
        score: how sure the place is, from 0 to 1.
        annotator: id of who made it; empty for a block.
        name: what it is: the label's name, ``note``, or the kind of the block.
        links: how many links leave or reach it.
        near: where to look for it in the new text, in code points, though it may be lost.
    """

    noun: str
    key: str
    fate: Fate
    was: Span
    now: Span | None
    why: str = ""
    score: float = 1.0
    annotator: str = ""
    name: str = ""
    links: int = 0
    near: int = 0

    @property
    def id(self) -> str:
        """What a choice is made under."""
        return f"{self.noun}:{self.key}"

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be decided about it; nothing where there is nothing to decide."""
        if self.fate in (Fate.STAYED, Fate.MOVED) or (self.noun == "block" and self.now is None):
            return ()
        if self.noun == "block":
            return (Choice.ACCEPT, Choice.DROP)
        return (*((Choice.ACCEPT,) if self.now else ()), Choice.DROP, Choice.KEEP)


@dataclass(frozen=True, slots=True)
class ReplacementPlan:
    """What replacing an article by a new version would do.

    Attributes:
        standing: what lay in the article when the plan was made; of another state the plan is worthless.
        new: the new version.
        items: everything that lies in the old text: annotations and notes in reading order, then blocks.
        share: how much of the shorter text stands in the other, from 0 to 1.
        new_words: words of the new text, in what is labelled, that the old one did not have there.
        body: stretches of the new text that were body in the old one, and stay body.
        removed, added: stretches of the old text that are not in the new one, and of the new one that were not in the old.
        decided: the decisions, as they are where all that they are about has a place; the others are open again.
        refused: why it cannot be done, as a sentence; empty when it can.
        told: what is to know about it, in sentences.
    """

    standing: Standing
    new: NewArticle
    items: tuple[Item, ...] = ()
    share: float = 1.0
    new_words: int = 0
    body: tuple[tuple[int, int], ...] = ()
    removed: tuple[Fragment, ...] = ()
    added: tuple[Fragment, ...] = ()
    decided: tuple[Decision, ...] = ()
    refused: str = ""
    told: tuple[str, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        """Whether the new version is the text that the article has: there is nothing to do."""
        return self.new.text == self.standing.article.text

    @property
    def waiting(self) -> tuple[Item, ...]:
        """What somebody has to decide about. A block is not: its kind is laid over the place that is offered."""
        return tuple(each for each in self.items if each.choices and each.noun != "block")

    @property
    def finished(self) -> tuple[str, ...]:
        """Names of those who have read the old version to its end."""
        states = self.standing.states
        return tuple(each.name for each in self.standing.people if each.id in states and states[each.id].is_finished)

    def count(self, fate: Fate, noun: str = "annotation") -> int:
        """Return how many annotations (or notes, or blocks) have that fate."""
        return sum(each.fate is fate and each.noun == noun for each in self.items)

    def words_before(self, item: Item) -> str:
        """Return the words it covers in the old text, fragments joined by an ellipsis."""
        return " … ".join(item.was.covered(self.standing.article.text))

    def words_after(self, item: Item) -> str:
        """Return the words it would cover in the new text; empty when it is lost."""
        return " … ".join(item.now.covered(self.new.text)) if item.now else ""

    def around(self, item: Item) -> tuple[str, str, str, str]:
        """Return what stands before and behind it in the old text, and in the new one (empty when it is lost)."""
        found: list[str] = []
        for text, span in ((self.standing.article.text, item.was), (self.new.text, item.now)):
            found.append(text[max(0, span.start - AROUND) : span.start] if span else "")
            found.append(text[span.end : span.end + AROUND] if span else "")
        return found[0], found[1], found[2], found[3]
