"""A label on a span, and the links between labels."""

from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.span import Span


class Origin(StrEnum):
    """How a row came to be."""

    HAND = "hand"
    IMPORT = "import"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A label on an ordered set of fragments of one article, by one annotator.

    Attributes:
        id: a UUID, made where the annotation was made.
        article: id of the article.
        annotator: id of the annotator.
        label: id of the label in the codebook.
        span: where it lies, in code points, half-open.
        attributes: pairs of attribute id and value id (or text), sorted; an attribute may have several values.
        note: the annotator's remark.
        codebook: number of the codebook revision it was made or last changed under.
        revision: 1 when made, one more with every change.
        origin: by hand, from an import, or an accepted proposal.
        made_at, changed_at: ISO 8601 in UTC.
    """

    id: str
    article: str
    annotator: str
    label: str
    span: Span
    attributes: tuple[tuple[str, str], ...] = ()
    note: str = ""
    codebook: int = 1
    revision: int = 1
    origin: Origin = Origin.HAND
    made_at: str = ""
    changed_at: str = ""

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return the values set for one attribute."""
        return tuple(value for key, value in self.attributes if key == attribute)

    @property
    def order(self) -> tuple[int, int, str]:
        """Sort key of reading order: earlier first, longer first, then by id (which grows with time)."""
        return (self.span.start, -self.span.end, self.id)


@dataclass(frozen=True, slots=True)
class Link:
    """A role in a frame, or a relation between two annotations.

    Attributes:
        kind: id of the role or relation in the codebook (``source``, ``content``, ``denies`` …).
        origin_id: id of the annotation the link leaves: the frame, the denial.
        target: id of the annotation it points at; None records the fact "not in this article".
        place: order among the links of the same kind that leave the same annotation.
    """

    id: str
    kind: str
    origin_id: str
    target: str | None
    annotator: str
    place: int = 0
    codebook: int = 1
    revision: int = 1
    origin: Origin = Origin.HAND
    made_at: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A label that was taken away and can be brought back.

    Attributes:
        annotation: it, as it last was.
        covered: the words it covered, a string a fragment.
        step: number of the step that deleted it.
        deleted_at: when, ISO 8601 in UTC.
        links: the links that went with it.
    """

    annotation: Annotation
    covered: tuple[str, ...]
    step: int
    deleted_at: str
    links: tuple[Link, ...] = field(default=())
