"""What a codebook is made of: labels, attributes with values, roles, relations and clauses."""

from dataclasses import dataclass

LINES = ("solid", "dashed", "dotted", "double")
"""Line styles of a mark, so that colour is never the only sign."""
ATTRIBUTE_KINDS = ("choice", "choices", "flag", "text")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the codebook with an id that stays, so that a decision can cite it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be tagged as.

    Attributes:
        id: stays when the label is renamed; the default codebook's are plain words (``claim``).
        key: the key that labels, one character, shown in the palette and at the mark's start.
        color: the hue as ``#rrggbb``; light and dark variants are derived from it.
        line: one of `LINES`.
        bare: whether a span of it should end before its sentence's full stop.
    """

    id: str
    name: str
    key: str
    color: str
    line: str = "solid"
    description: str = ""
    use_when: tuple[Clause, ...] = ()
    avoid_when: tuple[Clause, ...] = ()
    examples: tuple[str, ...] = ()
    bare: bool = False
    retired: bool = False

    @property
    def letter(self) -> str:
        """The capital that stands at a mark's start."""
        return (self.key or self.name)[:1].upper()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an attribute."""

    id: str
    name: str
    key: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something recorded about an annotation of certain labels.

    Attributes:
        labels: ids of the labels to which it applies.
        kind: one of `ATTRIBUTE_KINDS`: one value of those listed, any number of them, simply set or not, or free text.
        required: whether an annotation without it is remarked.
        default: id of the value that a new annotation is offered first.
    """

    id: str
    name: str
    labels: tuple[str, ...]
    kind: str = "choice"
    values: tuple[Value, ...] = ()
    required: bool = False
    default: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A part of a frame: which labels can fill it, and how many.

    Attributes:
        maximum: 0 means as many as there are.
        empty_when: ``attribute=value`` by which an annotator marks that the role is empty on purpose
            (``source-type=implicit``); empty where an empty role needs no mark.
    """

    id: str
    name: str
    frame: str
    labels: tuple[str, ...]
    minimum: int = 0
    maximum: int = 0
    empty_when: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """An arrow from the later act to what it is about.

    Attributes:
        sources: labels it may leave.
        targets: labels it may point at.
        absent: whether the target may be the recorded fact "not in this article".
        across: whether the target may lie in another article.
        key: the key that offers targets, one character; labels and relations share one keyboard.
        symmetric: whether the arrow has no direction (``same source``).
        required: whether an annotation of its sources that it does not leave is remarked.
    """

    id: str
    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    key: str = ""
    absent: bool = False
    across: bool = True
    symmetric: bool = False
    required: bool = False
    description: str = ""
