"""Where annotators differ, what was decided about it, and why: values of adjudication."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from annotator.model.span import Span
from annotator.model.versions import Held, Version, versions_of

KINDS = ("missed", "boundary", "category", "structure", "attribute", "role", "target", "agreed")
"""What a disagreement can be. Missed: somebody has nothing there. Boundary: the same label with other edges. Category:
another label. Structure: one span here, several there. Attribute: other values, where several have set one. Role, target: other ends of links."""
OF_LINKS = ("role", "target")
ORDERS = ("article", "cost", "clause")
RULES = ("all", "majority", "none")
"""Who must have the very same for it to be gold without a person's decision."""
REASONS = {
    "edge": "Edges: too much or too little was marked",
    "overlooked": "Overlooked",
    "label": "Another label fits better",
    "slip": "A slip of the hand",
    "context": "The context decides",
    "codebook": "The codebook says so",
    "unclear": "The codebook does not settle it",
}
"""Why something was decided so: id, and words for people."""


class Outcome(StrEnum):
    """What was decided."""

    VERSION = "version"
    """What one or several annotators have is right."""
    UNION = "union"
    OVERLAP = "overlap"
    EDITED = "edited"
    """Something that nobody has."""
    NONE = "none"
    """No span is right here, no link holds."""
    RULE = "majority"
    """More than half of those who finished the article have it, or have nothing."""
    AGREED = "all"
    """All who finished the article have it."""
    ASKED = "asked"
    """Nothing yet: the annotators were asked."""


OUTCOME_WORDS = {
    Outcome.VERSION: "a version was taken",
    Outcome.UNION: "the union was taken",
    Outcome.OVERLAP: "the overlap was taken",
    Outcome.EDITED: "decided otherwise",
    Outcome.NONE: "nothing is right",
    Outcome.RULE: "by the majority",
    Outcome.AGREED: "agreed",
    Outcome.ASKED: "asked",
}
"""What was decided, in words for people."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a place: the birth certificate of gold labels, and of “no span here”.

    Attributes:
        part: of links: id of the role or relation; else empty.
        start, end: where it was, in code points, half-open.
        held: what every annotator had then, those included who had nothing.
        gold: ids of the gold labels that came of it; none of links.
        targets: of links: where those lead that hold, by ids of annotators' labels or gold ones; None is “not in this
            article”. Gold links follow as soon as both their ends are gold.
        annotator: id of who decided; empty when nobody in particular did.
        reason: one of `REASONS`, or empty; `note`: free text; `clause`: id of the clause of the codebook that was cited.
        thread: id of the question to the annotators, or empty.
    """

    id: str
    article: str
    kind: str
    part: str
    start: int
    end: int
    held: tuple[Held, ...]
    outcome: Outcome
    gold: tuple[str, ...] = ()
    targets: tuple[str | None, ...] = ()
    annotator: str = ""
    reason: str = ""
    note: str = ""
    clause: str = ""
    thread: str = ""
    codebook: int = 1
    made_at: str = ""
    changed_at: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether it says what is right; a question to the annotators does not."""
        return self.outcome is not Outcome.ASKED

    @property
    def annotations(self) -> frozenset[str]:
        """Ids of the annotators' labels that it was about."""
        return frozenset(mark.annotation for held in self.held for mark in held.marks)


class Status(StrEnum):
    """How far a disagreement is."""

    NEW = "new"
    ASKED = "asked"
    AGAIN = "again"
    """It was decided, and what the annotators have there has changed since."""
    DECIDED = "decided"


@dataclass(frozen=True)
class Disagreement:
    """A place where annotators differ (or, of the kind “agreed”, have the same), with all that they have there.

    A queue has thousands of them, of which few are ever seen: the versions are made when they are asked for.

    Attributes:
        id: the same in every copy of the project as long as the labels are the same ones.
        kind: the main kind; `kinds` are all that apply.
        part: of links: id of the role or relation; else empty.
        labels: ids of the labels concerned, in the order of the codebook.
        clauses: ids of the clauses of those labels: what can be cited.
        start, end: from the first to the last character of all versions, in code points, half-open.
        held: what each annotator who is compared has there.
        cost: characters that are lost, summed over pairs of annotators; of attributes and links: how many pairs differ.
        is_frame: whether it is the cue of a frame of which some version has parts: they can be decided with it.
        decision: what was decided or asked before; None: nothing.
        linked: of links: the versions, which need to know what stands for the same in other labels' places.
    """

    id: str
    article: str
    kind: str
    kinds: frozenset[str]
    part: str
    labels: tuple[str, ...]
    clauses: tuple[str, ...]
    start: int
    end: int
    held: tuple[Held, ...]
    cost: int
    is_frame: bool = False
    status: Status = Status.NEW
    decision: Decision | None = None
    linked: tuple[Version, ...] = ()

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """What most annotators have first, then by place; “nothing” last."""
        return self.linked or versions_of(self.held)

    @cached_property
    def is_agreed(self) -> bool:
        """Whether all have the same there."""
        return self.kind == "agreed"

    @cached_property
    def tie(self) -> str:
        """What tells two of the same place apart where they are put in order; the same in every copy of the project."""
        return self.id

    def is_same(self, other: "Disagreement") -> bool:
        """Whether they are one and the same place, as it stood at two times: what is decided may be another."""
        return self is other or (self.article == other.article and self.part == other.part and self.id == other.id)

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to decide."""
        return self.status is not Status.DECIDED

    @property
    def annotators(self) -> frozenset[str]:
        """Ids of all whose work is compared there."""
        return frozenset(each.annotator for each in self.held)

    def version_of(self, annotator: str) -> Version | None:
        """Return what one annotator has there; None when that annotator is not compared."""
        return next((each for each in self.versions if annotator in each.annotators), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """A gold label to be.

    Attributes:
        links: pairs of role or relation and the label it is to lead to: a gold one, or an annotator's, which stands for
            the gold label of its place; None is “not in this article”; a number: the draft of that place in the same decision.
    """

    label: str
    span: Span
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    links: tuple[tuple[str, str | int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What is to fill a role of a frame that is edited.

    Attributes:
        role: its id.
        annotation: id of the annotator's label that it stands for, of which the place is decided with it; empty: of none.
    """

    role: str
    draft: Draft
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Which disagreements are wanted, as one cell of an agreement table asks for them. Empty means all.

    Attributes:
        pair: only where these two (ids) have something else.
        agreed: whether that in which all agree is among them, too.
    """

    articles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    part: str = ""
    pair: tuple[str, ...] = ()
    agreed: bool = False

    def takes(self, found: Disagreement) -> bool:
        """Whether a disagreement is wanted."""
        if found.is_agreed and not self.agreed and "agreed" not in self.kinds:
            return False
        if self.kinds and not self.kinds & found.kinds:
            return False
        if self.labels and self.labels.isdisjoint(found.labels):
            return False
        if self.part and self.part != found.part:
            return False
        if len(self.pair) == 2:
            mine, theirs = (found.version_of(each) for each in self.pair)
            return mine is not None and theirs is not None and (mine is not theirs or found.is_agreed)
        return True
