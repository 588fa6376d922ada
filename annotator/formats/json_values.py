"""Values out of objects of JSON, of the shape that they must have: what is wrong is said in words."""

from collections.abc import Mapping
from typing import Any


def string(content: Mapping[str, Any], key: str) -> str:
    """Return the string under `key`.

    Raises:
        KeyError, TypeError: there is none.
    """
    value = content[key]
    if not isinstance(value, str):
        raise TypeError(f"“{key}” must be a string")
    return value


def listed(content: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list under `key`.

    Raises:
        KeyError, TypeError: there is none.
    """
    value = content[key]
    if not isinstance(value, list):
        raise TypeError(f"“{key}” must be a list")
    return value


def strings(content: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the strings that the list under `key` holds.

    Raises:
        KeyError, TypeError: there is no such list.
    """
    found = listed(content, key)
    if not all(isinstance(each, str) for each in found):
        raise TypeError(f"“{key}” must be a list of strings")
    return tuple(found)


def whole_number(content: Mapping[str, Any], key: str) -> int:
    """Return the whole number from 0 under `key`.

    Raises:
        KeyError, TypeError: there is none.
    """
    value = content[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise TypeError(f"“{key}” must be a whole number from 0")
    return value


def pairs(content: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Return the object of lists of strings under `key` as pairs of name and value, sorted and each once.

    Raises:
        KeyError, TypeError: there is none.
    """
    value = content[key]
    if not isinstance(value, dict):
        raise TypeError(f"“{key}” must be an object")
    return tuple(sorted({(name, each) for name in value for each in strings(value, name)}))
