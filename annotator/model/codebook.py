"""The codebook: labels, attributes, roles and relations, with clauses that can be cited."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from annotator.model.errors import CodebookError

FORMAT = "annotator-codebook"
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
    """Something recorded about an annotation of certain labels. ``kind`` is one of `ATTRIBUTE_KINDS`."""

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
        symmetric: whether the arrow has no direction (``same source``).
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


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole revision of the codebook.

    `revision` counts from 1 within a project; a template that no project has taken up has 0.
    """

    name: str
    labels: tuple[Label, ...]
    attributes: tuple[Attribute, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[Relation, ...] = ()
    clauses: tuple[Clause, ...] = field(default=())
    description: str = ""
    revision: int = 0

    def __post_init__(self) -> None:
        _check(self)

    def label(self, label_id: str) -> Label:
        """Return the label of that id.

        Raises:
            CodebookError: the codebook has no such label.
        """
        for label in self.labels:
            if label.id == label_id:
                return label
        known = ", ".join(label.id for label in self.labels)
        raise CodebookError(f"The codebook has no label “{label_id}”. It has: {known}.")

    def find_label(self, word: str) -> Label | None:
        """Return the label whose id, name or key is `word` (case does not matter), or None."""
        wanted = word.casefold()
        for part in ("id", "name", "key"):
            for label in self.labels:
                if getattr(label, part).casefold() == wanted:
                    return label
        return None

    def attributes_of(self, label_id: str) -> tuple[Attribute, ...]:
        """Return the attributes that apply to a label."""
        return tuple(attribute for attribute in self.attributes if label_id in attribute.labels)

    def link_kind(self, kind: str) -> Role | Relation | None:
        """Return the role or relation of that id, or None."""
        kinds: list[Role | Relation] = [*self.roles, *self.relations]
        return next((each for each in kinds if each.id == kind), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the codebook as plain values for JSON; `from_dict` reads it back equal (but for the revision)."""
        content = asdict(self)
        del content["revision"]
        return {"format": FORMAT, "version": 1, **content}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, revision: int = 0) -> "Codebook":
        """Read what `to_dict` wrote.

        Raises:
            CodebookError: something is missing, of the wrong shape, or does not hold together.
        """
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise CodebookError(f"This is not a codebook: “format” must be “{FORMAT}”.")
        if content.get("version") != 1:
            raise CodebookError("This codebook was written by a newer version of Annotator. Update it to read this.")
        try:
            return cls(
                name=str(content["name"]),
                description=str(content.get("description", "")),
                labels=tuple(_label(each) for each in content["labels"]),
                attributes=tuple(_attribute(each) for each in content.get("attributes", ())),
                roles=tuple(Role(**_tuples(each, "labels")) for each in content.get("roles", ())),
                relations=tuple(
                    Relation(**_tuples(each, "sources", "targets")) for each in content.get("relations", ())
                ),
                clauses=_clauses(content.get("clauses", ())),
                revision=revision,
            )
        except KeyError as missing:
            raise CodebookError(f"The codebook lacks {missing}.") from missing
        except (TypeError, AttributeError) as wrong:
            raise CodebookError(f"The codebook has a part of the wrong shape: {wrong}.") from wrong


def _tuples(content: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**content, **{name: tuple(content.get(name, ())) for name in names}}


def _clauses(content: Iterable[Mapping[str, Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(**each) for each in content)


def _label(content: Mapping[str, Any]) -> Label:
    values = _tuples(content, "examples")
    for name in ("use_when", "avoid_when"):
        values[name] = _clauses(content.get(name, ()))
    return Label(**values)


def _attribute(content: Mapping[str, Any]) -> Attribute:
    values = _tuples(content, "labels")
    values["values"] = tuple(Value(**each) for each in content.get("values", ()))
    return Attribute(**values)


def _unique(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name:
            raise CodebookError(f"Every {what} needs an id.")
        if name in seen:
            raise CodebookError(f"The codebook has two {what}s with the id “{name}”.")
        seen.add(name)


def _check(codebook: Codebook) -> None:
    if not codebook.labels:
        raise CodebookError("A codebook needs at least one label.")
    _unique("label", (each.id for each in codebook.labels))
    _unique("attribute", (each.id for each in codebook.attributes))
    _unique("role or relation", [*(each.id for each in codebook.roles), *(each.id for each in codebook.relations)])
    known = {each.id for each in codebook.labels}
    keys: dict[str, str] = {}
    for label in codebook.labels:
        _check_label(label)
        if label.key and not label.retired:
            other = keys.setdefault(label.key.casefold(), label.name)
            if other != label.name:
                raise CodebookError(f"The labels “{other}” and “{label.name}” have the same key, {label.key}.")
    values = [value for attribute in codebook.attributes for value in attribute.values]
    parts: list[Attribute | Value | Role | Relation | Clause] = [*codebook.attributes, *values]
    parts += [*codebook.roles, *codebook.relations, *codebook.clauses]
    for part in parts:
        _check_words(part)
    _check_uses(codebook, known)


def _check_uses(codebook: Codebook, known: set[str]) -> None:
    for attribute in codebook.attributes:
        if attribute.kind not in ATTRIBUTE_KINDS:
            raise CodebookError(f"The attribute “{attribute.name}” has an unknown kind, “{attribute.kind}”.")
        _unique(f"value of “{attribute.name}”", (value.id for value in attribute.values))
    uses = [
        *((each.name, each.labels) for each in codebook.attributes),
        *((each.name, (each.frame, *each.labels)) for each in codebook.roles),
        *((each.name, (*each.sources, *each.targets)) for each in codebook.relations),
    ]
    for name, labels in uses:
        for label_id in labels:
            if label_id not in known:
                raise CodebookError(f"“{name}” speaks of the label “{label_id}”, which the codebook does not have.")


def _check_words(part: Label | Attribute | Value | Role | Relation | Clause) -> None:
    """Refuse what a file may say instead of words: a number as a name would fail much later, and elsewhere."""
    for each in fields(part):
        if each.type is str and not isinstance(getattr(part, each.name), str):
            raise CodebookError(f"The codebook has a part of the wrong shape: “{each.name}” must be a string.")


def _check_label(label: Label) -> None:
    _check_words(label)
    if len(label.key) > 1:
        raise CodebookError(f"The key of “{label.name}” must be one character, not “{label.key}”.")
    color = label.color
    if len(color) != 7 or color[0] != "#" or any(digit not in "0123456789abcdefABCDEF" for digit in color[1:]):
        raise CodebookError(f"The colour of “{label.name}” must look like #2277aa, not “{color}”.")
    if label.line not in LINES:
        raise CodebookError(f"The line of “{label.name}” must be one of {', '.join(LINES)}, not “{label.line}”.")
