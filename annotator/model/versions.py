"""What annotators have in one place, alike or not: values, and the rule by which labels are alike."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.model.span import Fragment, Span

Content = tuple[object, ...]
"""What tells a label from another one in the same place."""


class Mark(NamedTuple):
    """A label of one annotator, as it stands or stood when it was decided about.

    A tuple, because a queue makes a hundred thousand of them.

    Attributes:
        annotation: its id.
        fragments: in code points, half-open, in order and apart.
    """

    annotation: str
    annotator: str
    label: str
    fragments: tuple[tuple[int, int], ...]
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def span(self) -> Span:
        """Where it lies."""
        return Span(tuple(Fragment(start, end) for start, end in self.fragments))

    @property
    def size(self) -> int:
        """How many code points it covers."""
        return sum(end - start for start, end in self.fragments)


@dataclass(frozen=True, slots=True)
class Held:
    """What one annotator has in a place, or had when a decision was made.

    Attributes:
        marks: labels; of links those that the links leave.
        targets: of links, where they lead: ids of labels; None is “not in this article”.
    """

    annotator: str
    marks: tuple[Mark, ...] = ()
    targets: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What one annotator has in a place, or several have alike.

    Attributes:
        annotators: ids.
        marks: the labels of the first of them, with every value that any of them has set; empty: nothing there. Of a
            link: the label it leaves.
        annotations: ids of the labels of all of them.
        targets: of links: ids of the labels that those of the first one lead to; None is “not in this article”.
    """

    annotators: tuple[str, ...]
    marks: tuple[Mark, ...]
    annotations: frozenset[str] = frozenset()
    targets: tuple[str | None, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether these annotators have no label there."""
        return not self.marks


def versions_of(held: Sequence[Held]) -> tuple[Version, ...]:
    """Return the versions among what annotators have: what most have first, then by place; “nothing” last."""
    disputed = disputed_values(mark for each in held for mark in each.marks)
    by: dict[tuple[Content, ...], list[Held]] = defaultdict(list)
    for each in held:
        by[tuple(content(mark, disputed) for mark in each.marks)].append(each)
    order = sorted(by, key=lambda content: (not content, -len(by[content]), content))
    return tuple(_version(by[content]) for content in order)


def disputed_values(marks: Iterable[Mark]) -> frozenset[Content]:
    """Return label, span and attribute where several have set another value. Who has set none says nothing about it."""
    values: dict[Content, set[tuple[str, ...]]] = defaultdict(set)
    for mark in marks:
        if not mark.attributes:
            continue
        mine: dict[str, list[str]] = defaultdict(list)
        for name, value in mark.attributes:
            mine[name].append(value)
        for name, some in mine.items():
            values[mark.label, mark.fragments, name].add(tuple(some))
    return frozenset(place for place, some in values.items() if len(some) > 1)


def content(mark: Mark, disputed: frozenset[Content]) -> Content:
    """Return what tells one version of a label from another: its span, its name, and its values where these differ."""
    _, _, label, fragments, values = mark
    if values:
        values = tuple(pair for pair in values if (label, fragments, pair[0]) in disputed)
    return (fragments, label, values)


def alike(held: Sequence[Held]) -> tuple[Mark, ...]:
    """Return the labels that some annotators have alike: those of the first, with every value that any of them has set."""
    marks = held[0].marks
    if any(mark.attributes for each in held for mark in each.marks):
        values: dict[Content, set[tuple[str, str]]] = defaultdict(set)
        for each in held:
            for mark in each.marks:
                values[mark.label, mark.fragments].update(mark.attributes)
        marks = tuple(mark._replace(attributes=tuple(sorted(values[mark.label, mark.fragments]))) for mark in marks)
    return marks


def _version(held: Sequence[Held]) -> Version:
    return Version(
        tuple([each.annotator for each in held]),
        alike(held),
        frozenset([mark.annotation for each in held for mark in each.marks]),
    )
