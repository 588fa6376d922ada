"""What is gathered of one article, and of one document of it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.formats.taking.document import Document
from annotator.formats.taking.units import Counting, Places, Ranges
from annotator.model.annotation import Annotation, Link
from annotator.model.article import Article, State
from annotator.model.errors import SpanError
from annotator.model.span import Fragment, Span
from annotator.text.normalise import Normalised


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document, how its offsets count, and what its text becomes."""

    document: Document
    normalised: Normalised
    places: Places
    counting: Counting

    def ranges(self, found: Ranges) -> Ranges | None:
        """Return ranges in code points of the text as it is; None where one lies outside it."""
        return self.places.ranges(found, self.counting)


@dataclass(slots=True)
class Place:
    """An article that is being gathered."""

    article: Article
    mark: str
    annotations: list[Annotation] = field(default_factory=list)
    twins: dict[tuple[str, str, Span], Annotation] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Whose state a file tells, so that it is not made out from the labels."""

    def has_work_of(self, who: str) -> bool:
        """Return whether an annotator has labelled something."""
        return any(each.annotator == who for each in self.annotations)


class End(NamedTuple):
    """What a link needs to know of a label at one of its ends."""

    id: str
    label: str
    article: str


def state_word(state: State, *, has: bool) -> str:
    """Return the state's word: what is done, and `has` no label (nor is told by the file), is known to have none."""
    return (State.EMPTY if state is State.DONE and not has else state).value


def span_in(ranges: Ranges | None, normalised: Normalised) -> Span | None:
    """Return ranges of the raw text (code points) as a span of the normalised one; None where nothing is left."""
    if ranges is None:
        return None
    if len(ranges) == 1:  # nearly all have one, and there are many
        start, end = normalised.position(ranges[0][0]), normalised.position(ranges[0][1])
        return Span((Fragment(start, end),)) if start < end else None
    found = [Fragment(normalised.position(start), normalised.position(end)) for start, end in ranges]
    kept = [each for each in found if each.start < each.end]
    try:
        return Span.of(*kept) if kept else None
    except SpanError:
        return None
