"""Types of columns, said once: the card says them in YAML, a Parquet file in JSON and in Arrow's own words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Names:
    """One of these words (a ClassLabel); a file of JSON holds the word, a Parquet file its number."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    of: "Kind"


Kind = str | Names | Many | Mapping[str, Any]
"""A type: a plain one by its name (``string``, ``int64``), one of several words, a list, or fields with their types."""


def yaml(fields: Mapping[str, Kind], indent: str) -> Iterator[str]:
    """Yield the lines that a card says of fields. Words are quoted as JSON does, which YAML understands."""
    for name, kind in fields.items():
        yield f"{indent}- name: {_quoted(name)}"
        yield from _yaml(kind, f"{indent}  ", "dtype")


def _yaml(kind: Kind, indent: str, key: str) -> Iterator[str]:
    match kind:
        case str():
            yield f"{indent}{key}: {kind}"
        case Names(names):
            yield f"{indent}{key}:"
            yield f"{indent}  class_label:"
            yield f"{indent}    names:"
            yield from (f"{indent}      '{number}': {_quoted(name)}" for number, name in enumerate(names))
        case Many(of):
            if isinstance(of, Mapping):
                yield f"{indent}list:"
                yield from yaml(of, indent)
            else:
                yield from _yaml(of, indent, "list")
        case _:
            raise TypeError(f"a card has no words for {kind!r}")


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)


def described(kind: Kind) -> dict[str, Any]:
    """Return a type as the metadata of a Parquet file says it."""
    match kind:
        case str():
            return {"dtype": kind, "_type": "Value"}
        case Names(names):
            return {"names": list(names), "_type": "ClassLabel"}
        case Many(of):
            return {"feature": described(of), "_type": "List"}
        case _:
            return {name: described(each) for name, each in kind.items()}


def numbered(kind: Kind, value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a value with the numbers of words in their place."""
    match kind:
        case Names(names):
            return names.index(value)
        case Many(of):
            return [numbered(of, each) for each in value]
        case Mapping():
            return {name: numbered(each, value[name]) for name, each in kind.items()}
        case _:
            return value


def worded(description: Any, value: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a value with words in the place of their numbers, as the metadata of a Parquet file describes it."""
    if not isinstance(description, dict):
        return value
    match description:
        case {"_type": "ClassLabel", "names": list(names)} if isinstance(value, int) and 0 <= value < len(names):
            return names[value]
        case {"feature": inner} if isinstance(value, list):
            return [worded(inner, each) for each in value]
    if isinstance(value, dict):
        return {name: worded(description.get(name), each) for name, each in value.items()}
    return value
