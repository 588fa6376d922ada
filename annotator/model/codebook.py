"""The codebook: labels, attributes, roles and relations, with clauses that can be cited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.model.codebook_checks import check_parts
from annotator.model.codebook_parts import (
    ATTRIBUTE_KINDS,
    LINES,
    Attribute,
    Clause,
    Label,
    Relation,
    Role,
    Value,
)
from annotator.model.codebook_reading import read_fields
from annotator.model.errors import CodebookError

__all__ = [
    "ATTRIBUTE_KINDS",
    "FORMAT",
    "LINES",
    "Attribute",
    "Clause",
    "Codebook",
    "Label",
    "Relation",
    "Role",
    "Value",
]

FORMAT = "annotator-codebook"
VERSION = 1


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
        check_parts(self.labels, self.attributes, self.roles, self.relations, self.clauses)

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
        """Return the label whose id, name or key is `word` (case does not matter), or None.

        A label that is in force goes before a retired one, which may have the same name or key.
        """
        wanted = word.casefold()
        ranked = sorted(self.labels, key=lambda label: label.retired)
        for part in ("id", "name", "key"):
            for label in ranked:
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
        return {"format": FORMAT, "version": VERSION, **{name: _plain(getattr(self, name)) for name in _CONTENT}}

    @classmethod
    def from_dict(cls, content: object, *, revision: int = 0) -> "Codebook":
        """Read what `to_dict` wrote.

        Raises:
            CodebookError: something is missing, of the wrong shape, or does not hold together.
        """
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise CodebookError(f"This is not a codebook: “format” must be “{FORMAT}”.")
        if content.get("version") != VERSION:
            raise CodebookError(
                f"This program reads codebooks of version {VERSION} only. Update Annotator to read this."
            )
        for name in content:
            if name not in _FIELDS:
                raise CodebookError(f"The codebook has an unknown field “{name}”. It can have: {', '.join(_FIELDS)}.")
        return cls(**read_fields(content), revision=revision)


_CONTENT = ("name", "description", "labels", "attributes", "roles", "relations", "clauses")
_FIELDS = ("format", "version", *_CONTENT)


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever a part of a codebook holds
    """Return parts of a codebook as plain values; `dataclasses.asdict` copies every word besides, and takes four times as long."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    names = getattr(value, "__dataclass_fields__", ())
    return {name: _plain(getattr(value, name)) for name in names} if names else value
