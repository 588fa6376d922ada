"""Lines of JSON, written so that every program sees the same lines, and read so that a wrong one is told and passed by."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.model.problem import Problem

_ESCAPED = {chr(code): f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""Characters that JSON allows in a string, but at which many programs end a line."""
_LARGEST = 1 << 53


def line_of(content: Mapping[str, Any]) -> str:
    """Return an object as one line with its line end."""
    line = json.dumps(content, ensure_ascii=False)
    for letter, escape in _ESCAPED.items():  # `replace` of one character runs at memory speed, `translate` does not
        line = line.replace(letter, escape)
    return line + "\n"


def lines_of(path: Path, problems: list[Problem]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers from 1. A byte order mark is no part of the first."""
    try:
        with path.open("rb") as file:
            for number, data in enumerate(file, start=1):
                try:
                    line = data.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    problems.append(Problem(str(path), f"The line is not UTF-8 (byte {error.start}).", number))
                    continue
                if line.strip():
                    yield number, line
    except OSError as error:
        problems.append(Problem(str(path), f"The file cannot be read: {error.strerror}."))


def objects_of(path: Path, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the lines that hold an object, with their numbers from 1; others are problems."""
    for number, line in lines_of(path, problems):
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            message = f"The line is not JSON: {error.msg} at character {error.colno}."
            problems.append(Problem(str(path), message, number))
            continue
        except RecursionError:
            problems.append(Problem(str(path), "The line is nested too deeply.", number))
            continue
        if isinstance(found, dict):
            yield number, found
        else:
            problems.append(Problem(str(path), "The line is no JSON object, which begins with “{”.", number))


def first_object(head: bytes) -> dict[str, Any]:
    """Return the object of the first line of a file's first bytes; empty when there is none, or it is cut off."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def first_in(path: Path, head: bytes, suffixes: tuple[str, ...], is_it: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether a file (by its first bytes), or the first fitting file of a folder, begins with such an object."""
    if not path.is_dir():
        return is_it(first_object(head) or _whole(path, head))
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in suffixes and file.is_file():
            with file.open("rb") as opened:
                start = opened.read(1 << 16)
            return is_it(first_object(start) or _whole(file, start))
    return False


def _whole(path: Path, head: bytes) -> dict[str, Any]:
    """Return the first line's object where the line is longer than what was read of the file."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or b"\n" in head:
        return {}
    with path.open("rb") as file:
        return first_object(file.readline(1 << 26))


def is_number(value: object) -> bool:
    """Whether a value of JSON is a whole number from 0 (true and false are none)."""
    return type(value) is int and 0 <= value < _LARGEST


def as_text(value: object) -> str:
    """Return a value of JSON as words: strings as they are, others as JSON writes them."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_clean(value: object) -> bool:
    """Whether a value can be written anywhere: no half of a character (a lone surrogate) is in it."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
