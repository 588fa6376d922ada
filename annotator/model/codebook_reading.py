"""Parts of a codebook from plain values, as they come from JSON or TOML: each of the right shape, or a sentence why not."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from annotator.model.codebook_parts import Attribute, Clause, Label, Relation, Role, Value
from annotator.model.errors import CodebookError

Part = TypeVar("Part", Label, Attribute, Role, Relation, Clause, Value)

_NESTED: dict[tuple[type, str], type[Any]] = {
    (Label, "use_when"): Clause,
    (Label, "avoid_when"): Clause,
    (Attribute, "values"): Value,
}
GROUPS: dict[str, type[Any]] = {
    "labels": Label,
    "attributes": Attribute,
    "roles": Role,
    "relations": Relation,
    "clauses": Clause,
}
"""The groups of parts, in the order in which they are read."""
_SHAPES = {str: "a string", bool: "true or false", int: "a whole number from 0"}


def read_fields(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a codebook consists of, by name; parts that are missing are none.

    Raises:
        CodebookError: the name is missing, or something has a field too many, too few, or of the wrong shape.
    """
    if "name" not in content:
        raise CodebookError("The codebook lacks “name”.")
    words: dict[str, Any] = {name: content.get(name, "") for name in ("name", "description")}
    for name, value in words.items():
        if not isinstance(value, str):
            raise _wrong(name, _SHAPES[str])
    return words | {name: _list(kind, content.get(name, ()), name) for name, kind in GROUPS.items()}


def _list(kind: type[Part], found: object, where: str) -> tuple[Part, ...]:
    if not isinstance(found, list | tuple):
        raise _wrong(where, "a list")
    return tuple(_part(kind, each, f"{where}[{number}]") for number, each in enumerate(found, start=1))


def _part(kind: type[Part], content: object, where: str) -> Part:
    if not isinstance(content, Mapping):
        raise _wrong(where, "an object with named fields")
    where = f"{where} ({content['id']})" if isinstance(content.get("id"), str) else where
    known = {each.name: each for each in fields(kind)}
    for name in content:
        if name not in known:
            raise CodebookError(
                f"The codebook has an unknown field “{name}” in {where}. A {kind.__name__.lower()} can have:"
                f" {', '.join(known)}."
            )
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in content:
            values[name] = _value(kind, name, field.type, content[name], f"{where}, {name}")
        elif field.default is MISSING:
            raise CodebookError(f"The codebook lacks “{name}” in {where}.")
    return kind(**values)


def _value(kind: type, name: str, shape: object, value: object, where: str) -> object:
    if (kind, name) in _NESTED:
        return _list(_NESTED[kind, name], value, where)
    if isinstance(shape, type) and shape in _SHAPES:
        # A bool is an int to Python, but not to a reader of the file.
        if type(value) is not shape or (isinstance(value, int) and value < 0):
            raise _wrong(where, _SHAPES[shape])
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise _wrong(where, "a list of strings")
    return tuple(value)


def _wrong(where: str, wanted: str) -> CodebookError:
    return CodebookError(f"The codebook has a part of the wrong shape: {where} must be {wanted}.")
