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
_SHAPES = {str: "a string", bool: "true or false", int: "a whole number from 0"}


def read_parts(kind: type[Part], content: Mapping[str, Any], name: str) -> tuple[Part, ...]:
    """Return the list under `name`, each entry as a `kind`; none where the list is missing.

    Raises:
        CodebookError: one of them has a field too many, too few, or of the wrong shape.
    """
    return _list(kind, content.get(name, ()), name)


def read_words(content: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    """Return the string under `name`, an empty one where it is missing and not `needed`.

    Raises:
        CodebookError: it is missing or no string.
    """
    if needed and name not in content:
        raise CodebookError(f"The codebook lacks “{name}”.")
    value = content.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name, _SHAPES[str])
    return value


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
